"""The phrases of the metric dictionary, compiled for looking up what a clause counts.

The small language is explained at the head of `graph/dictionary/metrics.toml`. A phrase becomes
the plain wordings it stands for; a clause is looked up by its endings, so that a look-up costs
the same however many phrases there are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product

from gongkai.graph.dictionary.metrics import phrases, words

_PIECE = re.compile(
    r"\[(?P<maybe>[^\]]*)\]|（(?P<aside>[^）]*)）|\((?P<one>[^)]*)\)|(?P<gap>…)|(?P<plain>[^\[(（…]+)"
)
_NAMED = re.compile(r"\{([^}]*)\}")
_PAST_FIGURES = re.compile(r".*\d")
_MOST_WORDINGS = 4000
_KEY = 2  # characters under which words are filed: few words share so many


@dataclass(frozen=True, slots=True)
class Hit:
    """A metric that fits: `length` characters of it, `exact` where it stood right at the figure,
    `far` where its beginning stands in an earlier clause, `loose` where its words only stand
    somewhere in the clause."""

    metric: str
    length: int
    exact: bool = True
    far: bool = False
    loose: bool = False


_Ending = tuple[tuple[str, ...], str]  # parts that must stand before it, and the metric they mean
_Set = tuple[tuple[tuple[str, ...], ...], str]  # groups of words, and the metric they mean


@dataclass(slots=True)
class _Phrases:
    """`endings`: by the last part of a wording; `lengths`: last characters to the lengths of the
    endings that end so, longest first; `sets`: groups of words, one of each of which must be
    there, under the first characters of the words of their smallest group."""

    endings: dict[str, list[_Ending]] = field(default_factory=dict)
    lengths: dict[str, list[int]] = field(default_factory=dict)
    sets: dict[str, list[_Set]] = field(default_factory=dict)

    def add(self, phrase: str, metric: str) -> None:
        if "+" in phrase:
            groups = [tuple(sorted(wordings(part), key=len)[::-1]) for part in phrase.split("+")]
            for key in {word[:_KEY] for word in min(groups, key=len)}:
                self.sets.setdefault(key, []).append((tuple(groups), metric))
            return
        for wording in wordings(phrase):
            *before, last = [part for part in wording.split("…") if part] or [""]
            if last:
                self.endings.setdefault(last, []).append((tuple(before), metric))

    def finish(self) -> None:
        for last in sorted(self.endings, key=len, reverse=True):
            lengths = self.lengths.setdefault(last[-_KEY:], [])
            if len(last) not in lengths:
                lengths.append(len(last))
        for tail, lengths in self.lengths.items():
            if tail[-1] in self.endings and 1 not in lengths:
                lengths.append(1)


@cache
def _phrases() -> _Phrases:
    compiled = _Phrases()
    for phrase, metric in phrases():
        compiled.add(phrase, metric.id)
    compiled.finish()
    return compiled


def wordings(phrase: str) -> list[str]:
    """Every plain wording of a phrase; `N` is dropped, `…` stays.

    >>> wordings("召开N[各类](新闻发布会|通气会)")
    ['召开新闻发布会', '召开通气会', '召开各类新闻发布会', '召开各类通气会']
    """
    phrase = _NAMED.sub(lambda name: f"({'|'.join(words()[name[1]])})", phrase.replace("N", ""))
    choices: list[list[str]] = []
    for piece in _PIECE.finditer(phrase):
        if piece["maybe"] is not None:
            choices.append(["", *piece["maybe"].split("|")])
        elif piece["one"] is not None:
            choices.append(piece["one"].split("|"))
        elif piece["aside"] is not None:
            choices.append([""])
        else:
            choices.append([piece["gap"] or piece["plain"]])
    return list(dict.fromkeys("".join(choice) for choice in product(*choices)))[:_MOST_WORDINGS]


def ending_with(clause: str, before: str, sentence: str) -> list[Hit]:
    """The metrics whose phrase ends the words `clause`, longest first.

    `before`: what stands before them in the same clause, `sentence`: before that; a phrase whose
    beginning stands only there, or before another figure, counts for its ending alone.
    """
    hits: list[Hit] = []
    near = _PAST_FIGURES.sub("", before)
    for length, meant in _endings_at(clause, len(clause)):
        rest = clause[: len(clause) - length]
        in_clause, in_sentence = near + rest, sentence + before + rest
        for parts, metric in meant:
            if _in_order(parts, in_clause):
                hits.append(Hit(metric, length + sum(map(len, parts))))
            elif _in_order(parts, in_sentence):
                hits.append(Hit(metric, length + 1, far=True))
    return hits


def _endings_at(clause: str, end: int) -> Iterator[tuple[int, list[_Ending]]]:
    """The wordings whose last part ends there, by its length, longest first."""
    compiled = _phrases()
    tail = clause[max(0, end - _KEY) : end]
    for length in compiled.lengths.get(tail, (1,)):
        meant = compiled.endings.get(clause[end - length : end]) if length <= end else None
        if meant:
            yield length, meant


def within(clause: str, before: str) -> list[Hit]:
    """The metrics whose phrase stands anywhere in the words."""
    hits: list[Hit] = []
    for end in range(len(clause) - 1, 2, -1):
        for length, meant in _endings_at(clause, end):
            if length <= 2:
                break
            rest = before + clause[: end - length]
            for parts, metric in meant:
                if _in_order(parts, rest):
                    hits.append(Hit(metric, length + sum(map(len, parts)), exact=False))
    return hits


def of_all_words(clause: str) -> list[Hit]:
    """The metrics whose words all stand in the clause, in whatever order."""
    hits: list[Hit] = []
    filed = _phrases().sets
    keys = {clause[place : place + _KEY] for place in range(len(clause))} | set(clause)
    for groups, metric in dict.fromkeys(item for key in keys for item in filed.get(key, ())):
        rest, length = clause, 0
        for group in groups:
            word = next((word for word in group if word in rest), None)
            if word is None:
                break
            rest, length = rest.replace(word, " ", 1), length + len(word)
        else:
            hits.append(Hit(metric, length, exact=False, loose=True))
    return hits


def _in_order(parts: tuple[str, ...], text: str) -> bool:
    place = 0
    for part in parts:
        place = text.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return True
