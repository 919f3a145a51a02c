"""Sentences of one text in another: kept, moved, rewritten, gone, new.

The same sentences are paired first, then those that differ in numbers alone, then the most alike of
the rest. Of all pairs as many as possible stand in one order; the others have moved.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple

_SENTENCE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;]?")
_HAN = re.compile(r"[\u3400-\u9fff]")
_WHITE = re.compile(r"\s+")
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)*|[〇零一二三四五六七八九十百千万亿两]+")

SHORTEST = 4  # Han characters: less is a heading's number or a name
ALIKE = 0.5
_FEW = 50  # pairs of characters in more sentences than these tell nothing


class SentenceKind(StrEnum):
    KEPT = "KEPT"
    REWRITTEN = "REWRITTEN"
    APPEARED = "APPEARED"
    VANISHED = "VANISHED"


class Sentence(NamedTuple):
    """`text[start:end] == quote`, of the report it stands in."""

    quote: str
    start: int
    end: int


class Change(NamedTuple):
    """`similarity`: from 0 to 1, 1 for the same words. `moved`: not in the order of the others."""

    kind: SentenceKind
    moved: bool
    similarity: float
    before: Sentence | None
    after: Sentence | None


def sentences(text: str) -> list[Sentence]:
    """The running text, sentence by sentence; rows of tables are left to their figures."""
    found = []
    for match in _SENTENCE.finditer(text):
        quote = match.group().strip()
        if len(_HAN.findall(quote)) >= SHORTEST and "\t" not in quote:
            start = match.start() + match.group().index(quote)
            found.append(Sentence(quote, start, start + len(quote)))
    return found


def changes(before: str, after: str) -> list[Change]:
    """Every sentence of both texts once, in the order of the later one; those gone come last."""
    earlier, later = sentences(before), sentences(after)
    pairs = _paired(earlier, later)
    straight = in_order(pairs)
    made = []
    partner = {new: old for old, new in pairs.items()}
    for new, sentence in enumerate(later):
        old = partner.get(new)
        if old is None:
            made.append(Change(SentenceKind.APPEARED, False, 0, None, sentence))
            continue
        likeness = _similarity(earlier[old].quote, sentence.quote)
        kind = (
            SentenceKind.KEPT
            if _plain(earlier[old]) == _plain(sentence)
            else SentenceKind.REWRITTEN
        )
        made.append(Change(kind, old not in straight, likeness, earlier[old], sentence))
    gone = (sentence for old, sentence in enumerate(earlier) if old not in pairs)
    return made + [Change(SentenceKind.VANISHED, False, 0, sentence, None) for sentence in gone]


def _paired(earlier: list[Sentence], later: list[Sentence]) -> dict[int, int]:
    pairs: dict[int, int] = {}
    for key in (_plain, _without_numbers):
        _pair_equal(earlier, later, key, pairs)
    _pair_alike(earlier, later, pairs)
    return pairs


def _pair_equal(
    earlier: list[Sentence],
    later: list[Sentence],
    key: Callable[[Sentence], str],
    pairs: dict[int, int],
) -> None:
    """Repeated sentences are paired in their order."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for old in _unpaired(len(earlier), pairs.keys()):
        waiting[key(earlier[old])].append(old)
    for new in _unpaired(len(later), set(pairs.values())):
        if several := waiting.get(key(later[new])):
            pairs[several.pop(0)] = new


def _pair_alike(earlier: list[Sentence], later: list[Sentence], pairs: dict[int, int]) -> None:
    """The most alike first; of equals the earliest."""
    having: dict[str, list[int]] = defaultdict(list)
    for new in _unpaired(len(later), set(pairs.values())):
        for gram in set(_grams(later[new].quote)):
            having[gram].append(new)
    found = []
    for old in _unpaired(len(earlier), pairs.keys()):
        grams = set(_grams(earlier[old].quote))
        shared = Counter(
            new
            for gram in grams
            if len(having.get(gram, ())) <= _FEW
            for new in having.get(gram, ())
        )
        for new, _ in shared.most_common(5):
            likeness = _similarity(earlier[old].quote, later[new].quote)
            if likeness >= ALIKE:
                found.append((-likeness, old, new))
    taken = set(pairs.values())
    for _, old, new in sorted(found):
        if old not in pairs and new not in taken:
            pairs[old] = new
            taken.add(new)


def _unpaired(count: int, paired: Iterable[int]) -> list[int]:
    taken = set(paired)
    return [place for place in range(count) if place not in taken]


def in_order(pairs: dict[int, int]) -> set[int]:
    """The most pairs whose places rise on both sides, by their earlier place."""
    ends: list[int] = []  # the smallest later place that a run of each length ends with
    at: list[int] = []
    came_from: dict[int, int | None] = {}
    for old in sorted(pairs):
        length = bisect_left(ends, pairs[old])
        came_from[old] = at[length - 1] if length else None
        ends[length : length + 1] = [pairs[old]]
        at[length : length + 1] = [old]
    run: set[int] = set()
    last = at[-1] if at else None
    while last is not None:
        run.add(last)
        last = came_from[last]
    return run


def _plain(sentence: Sentence) -> str:
    return _WHITE.sub("", sentence.quote)


def _without_numbers(sentence: Sentence) -> str:
    return _NUMBERS.sub("0", _plain(sentence))


def _grams(quote: str) -> list[str]:
    text = _NUMBERS.sub("0", _WHITE.sub("", quote))
    return [text[place : place + 2] for place in range(len(text) - 1)]


def _similarity(one: str, other: str) -> float:
    """The share of pairs of characters that both have, numbers counting as equal (Dice)."""
    if one == other:
        return 1
    first, second = Counter(_grams(one)), Counter(_grams(other))
    total = first.total() + second.total()
    return round(2 * (first & second).total() / total, 3) if total else 0
