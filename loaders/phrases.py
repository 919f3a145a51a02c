"""The phrases of the metric dictionary, compiled for looking up what a clause counts.

The small language is explained at the head of `graph/dictionary/metrics.toml`. A phrase becomes
the plain wordings it stands for; a clause is looked up by its endings, so that a look-up costs
the same however many phrases there are.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import product

from gongkai.graph.dictionary.metrics import phrases

_PIECE = re.compile(
    r"\[(?P<maybe>[^\]]*)\]|（(?P<aside>[^）]*)）|\((?P<one>[^)]*)\)|(?P<gap>…)|(?P<plain>[^\[(（…]+)"
)
_MOST_WORDINGS = 4000
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Hit:
    """A metric that fits: `length` characters of it, `exact` where it stood right at the figure,
    `far` where its beginning stands in an earlier clause."""

    metric: str
    length: int
    exact: bool = True
    far: bool = False


@dataclass(slots=True)
class _Phrases:
    """`endings`: last part of a wording to the parts that must stand before it; `sets`: words that
    must all be there."""

    endings: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    sets: list[tuple[tuple[str, ...], str]] = field(default_factory=list)

    def add(self, wording: str, metric: str) -> None:
        if "+" in wording:
            self.sets.append((tuple(wording.split("+")), metric))
            return
        *before, last = [part for part in wording.split("…") if part]
        self.endings.setdefault(last, []).append((tuple(before), metric))


@cache
def _phrases() -> _Phrases:
    compiled = _Phrases()
    for phrase, metric in phrases():
        for wording in wordings(phrase):
            if wording:
                compiled.add(wording, metric.id)
    return compiled


def wordings(phrase: str) -> list[str]:
    """Every plain wording of a phrase; `N` is dropped, `…` stays.

    >>> wordings("召开N[各类](新闻发布会|通气会)")
    ['召开新闻发布会', '召开通气会', '召开各类新闻发布会', '召开各类通气会']
    """
    choices: list[list[str]] = []
    for piece in _PIECE.finditer(phrase.replace("N", "")):
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
    beginning stands only there counts for its ending alone.
    """
    hits: list[Hit] = []
    endings = _phrases().endings
    for length in range(min(len(clause), _LONGEST), 0, -1):
        for parts, metric in endings.get(clause[-length:], ()):
            rest = before + clause[:-length]
            if _in_order(parts, rest):
                hits.append(Hit(metric, length + sum(map(len, parts))))
            elif _in_order(parts, sentence + rest):
                hits.append(Hit(metric, length + 1, far=True))
    return hits


def within(clause: str, before: str) -> list[Hit]:
    """The metrics whose phrase stands anywhere in the words."""
    hits: list[Hit] = []
    endings = _phrases().endings
    for end in range(len(clause) - 1, 2, -1):
        for length in range(min(end, _LONGEST), 2, -1):
            for parts, metric in endings.get(clause[end - length : end], ()):
                if _in_order(parts, before + clause[: end - length]):
                    hits.append(Hit(metric, length + sum(map(len, parts)), exact=False))
    return hits


def of_all_words(clause: str) -> list[Hit]:
    """The metrics whose words all stand in the clause, in whatever order."""
    return [
        Hit(metric, sum(map(len, words)), exact=False)
        for words, metric in _phrases().sets
        if all(word in clause for word in words)
    ]


def _in_order(parts: tuple[str, ...], text: str) -> bool:
    place = 0
    for part in parts:
        place = text.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return True
