"""The same facts said in different ways: composed documents varied mechanically, with their gold.

A document is cut into plain text and slots; a slot is a printed figure with the gold that stands
on it. A variation changes text or slots; the gold follows, and is judged as for any document.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import cn2an
import opencc

from .figures import printed
from .gold import Gold, GoldFigure
from .judging import judge
from .marks import Mark
from .places import Places

SEED = 20080501
CONTEXT = 14
SUBJECTS = ("figures", "year", "metric", "part_of", "agency", "scope")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True)
class Slot:
    printed: str
    figures: tuple[GoldFigure, ...]


Piece = str | Slot
Variation = Callable[[Sequence[Piece], random.Random], Iterator[Piece]]


def judge_variations(documents: Sequence[Gold]) -> list[Mark]:
    """Marks of every variation of the documents of plain text and Markdown; the tag is its name."""
    marks = []
    for gold in documents:
        if gold.document.suffix == ".html" or not gold.figures:
            continue
        pieces = cut(gold.document.read_text("utf-8"), gold.figures)
        for name, vary in VARIATIONS.items():
            chance = random.Random(f"{SEED} {gold.name} {name}")
            text, figures = render(list(vary(pieces, chance)))
            varied = replace(gold, figures=figures, not_figures=())
            judged = [m for m in judge(varied, text.encode()) if m.subject in SUBJECTS]
            marks += [replace(m, tag=name, document=f"{m.document}, {name}") for m in judged]
    return marks


def cut(text: str, figures: Sequence[GoldFigure]) -> list[Piece]:
    """The pieces of a text; figures on overlapping places after the first are left out."""
    places = Places(text)
    at: dict[tuple[int, int], list[GoldFigure]] = {}
    for figure in figures:
        place = places.find(figure.fragment)
        if place is not None:
            at.setdefault((place.start, place.end), []).append(figure)
    pieces: list[Piece] = []
    done = 0
    for (start, end), those in sorted(at.items()):
        if start >= done:
            pieces += [text[done:start], Slot(text[start:end], tuple(those))]
            done = end
    return [*pieces, text[done:]]


def render(pieces: Sequence[Piece]) -> tuple[str, tuple[GoldFigure, ...]]:
    """The text of the pieces, and the gold with fragments that find it there."""
    text = "".join(piece if isinstance(piece, str) else piece.printed for piece in pieces)
    found: list[GoldFigure] = []
    seen: dict[str, int] = {}
    start = 0
    for piece in pieces:
        if isinstance(piece, str):
            start += len(piece)
            continue
        end = start + len(piece.printed)
        before = re.sub(r"[\[\]]", "", text[max(0, start - CONTEXT) : start])
        fragment = f"{before}[{piece.printed}]"
        seen[fragment] = seen.get(fragment, 0) + 1
        if seen[fragment] > 1:
            fragment += f" #{seen[fragment]}"
        found += [replace(figure, fragment=fragment) for figure in piece.figures]
        start = end
    return text, tuple(found)


def _slots(change: Callable[[Slot], Slot]) -> Variation:
    def vary(pieces: Sequence[Piece], _: random.Random) -> Iterator[Piece]:
        for piece in pieces:
            yield piece if isinstance(piece, str) else change(piece)

    return vary


def _texts(change: Callable[[str], str], *, slots: bool = False) -> Variation:
    def vary(pieces: Sequence[Piece], _: random.Random) -> Iterator[Piece]:
        for piece in pieces:
            if isinstance(piece, str):
                yield change(piece)
            else:
                yield replace(piece, printed=change(piece.printed)) if slots else piece

    return vary


def _digits(slot: Slot) -> str | None:
    """The digits of a slot that prints one number."""
    numbers = _NUMBER.findall(slot.printed)
    return numbers[0] if len(numbers) == 1 else None


def as_written(pieces: Sequence[Piece], _: random.Random) -> Iterator[Piece]:
    yield from pieces


def other_numbers(pieces: Sequence[Piece], chance: random.Random) -> Iterator[Piece]:
    """Other digits, as many as before: the same number becomes the same everywhere."""
    seed = chance.random()
    wholes: dict[str, str] = {}
    changed: list[Piece] = []
    for piece in pieces:
        digits = None if isinstance(piece, str) else _digits(piece)
        if isinstance(piece, str) or digits is None or digits in ("100", "0"):
            changed.append(piece)
            continue
        other = _other_digits(digits, random.Random(f"{seed} {digits}"))
        ratio = float(other.replace(",", "")) / float(digits.replace(",", ""))
        figures = []
        for figure in piece.figures:
            value = round(figure.value * ratio, 6)
            wholes[printed(figure.value)] = printed(value)
            figures.append(replace(figure, value=value))
        changed.append(Slot(piece.printed.replace(digits, other), tuple(figures)))
    for piece in changed:
        yield piece if isinstance(piece, str) else _with_wholes(piece, wholes)


def _other_digits(digits: str, chance: random.Random) -> str:
    drawn = (str(chance.randint(1, 9)) if digit in "123456789" else digit for digit in digits)
    return "".join(drawn)


def _with_wholes(slot: Slot, wholes: dict[str, str]) -> Slot:
    def moved(figure: GoldFigure) -> GoldFigure:
        if figure.tag == "carried":  # 与上年持平: the value stands elsewhere
            value = wholes.get(printed(figure.value), printed(figure.value))
            return replace(figure, value=float(value))
        if "of" not in figure.attributes:
            return figure
        of = ",".join(wholes.get(whole, whole) for whole in figure.attributes["of"].split(","))
        return replace(figure, attributes={**figure.attributes, "of": of})

    return replace(slot, figures=tuple(moved(figure) for figure in slot.figures))


def _in_characters(slot: Slot) -> Slot:
    """Numbers below 100 in characters, where a unit follows."""
    digits = _digits(slot)
    if digits is None or not digits.isdigit() or int(digits) >= 100:
        return slot
    if not slot.figures[0].unit or slot.figures[0].unit in ("%", "元", "倍", "个百分点"):
        return slot
    return replace(slot, printed=slot.printed.replace(digits, cn2an.an2cn(digits)))


def _with_commas(slot: Slot) -> Slot:
    digits = _digits(slot)
    if digits is None or not digits.isdigit() or int(digits) < 1000:
        return slot
    return replace(slot, printed=slot.printed.replace(digits, f"{int(digits):,}"))


def _in_ten_thousands(slot: Slot) -> Slot:
    digits = _digits(slot)
    if digits is None or not digits.isdigit() or int(digits) < 1000 or "万" in slot.printed:
        return slot
    return replace(slot, printed=slot.printed.replace(digits, f"{int(digits) / 10_000:g}万"))


def _hedged(before: str, after: str, qualifier: str) -> Variation:
    """`before` the number or `after` it; only where the figure is an exact count."""

    def hedge(slot: Slot) -> Slot:
        digits = _digits(slot)
        exact = all(figure.qualifier == "EXACT" and figure.value for figure in slot.figures)
        counts = all(figure.tag in ("plain", "list") and figure.unit for figure in slot.figures)
        if digits is None or not exact or not counts or not slot.printed.startswith(digits):
            return slot
        if slot.figures[0].unit in ("%", "元"):
            return slot
        scale = re.match(r"[千万亿]*", slot.printed[len(digits) :])
        end = len(digits) + (scale.end() if scale else 0)
        return Slot(
            f"{before}{slot.printed[:end]}{after}{slot.printed[end:]}",
            tuple(replace(figure, qualifier=qualifier) for figure in slot.figures),
        )

    return _slots(hedge)


def _in_other_units(slot: Slot) -> Slot:
    """A unit that people use for the same things."""
    figure = slot.figures[0]
    topics = {"requests": {"件": "宗"}, "results": {"件": "份"}, "items": {"条": "篇"}}
    other = topics.get(figure.metrics[0].split("-")[0], {}).get(figure.unit or "")
    if other is None or not slot.printed.endswith(figure.unit or ""):
        return slot
    changed = tuple(replace(one, unit=other) for one in slot.figures)
    return Slot(slot.printed.removesuffix(figure.unit or "") + other, changed)


_NOUNS = re.compile(
    r"((?:召开|举办|举行|组织|开展|收到|受理|发布|编发|制发|接听|公开)(?:各类)?)"
    r"(新闻发布会|政策吹风会|政府信息公开申请|信息公开申请|政务公开会议|培训班|培训|在线访谈"
    r"|解读稿件|专题会议|推进会|政府信息|信息|来信|规范性文件|行政规范性文件)$"
)


def _turned(pieces: Sequence[Piece], _: random.Random) -> Iterator[Piece]:
    """召开新闻发布会12场 -> 召开12场新闻发布会."""
    nouns = ""
    for piece, behind in zip(pieces, [*pieces[1:], ""], strict=True):
        if isinstance(piece, Slot):
            yield piece
            continue
        text, nouns = nouns + piece, ""
        match = _NOUNS.search(text)
        turns = (
            isinstance(behind, Slot) and behind.figures[0].tag == "plain" and behind.figures[0].unit
        )
        if match and turns:
            text, nouns = text[: match.start(2)], match[2]
        yield text


def _wrapped(pieces: Sequence[Piece], chance: random.Random) -> Iterator[Piece]:
    """Lines broken inside figures, as PDF text has them."""
    for piece in pieces:
        if isinstance(piece, Slot) and len(piece.printed) > 2 and chance.random() < 0.3:
            digits = _digits(piece)
            if digits and piece.printed.startswith(digits):
                broken = f"{digits}\n{piece.printed[len(digits) :]}"
                yield replace(piece, printed=broken)
                continue
        yield piece


_HALF_WIDTH = str.maketrans("，；：（）", ",;:()")
_FULL_WIDTH = str.maketrans("0123456789%.", "０１２３４５６７８９％．")
_TRADITIONAL = opencc.OpenCC("s2t")

VARIATIONS: dict[str, Variation] = {
    "as written": as_written,
    "other numbers": other_numbers,
    "full-width digits": _slots(lambda s: replace(s, printed=s.printed.translate(_FULL_WIDTH))),
    "thousands with commas": _slots(_with_commas),
    "ten thousands": _slots(_in_ten_thousands),
    "numbers in characters": _slots(_in_characters),
    "hedged with 余": _hedged("", "余", "OVER"),
    "hedged with 约": _hedged("约", "", "ABOUT"),
    "hedged with 近": _hedged("近", "", "UNDER"),
    "other units": _slots(_in_other_units),
    "number before noun": _turned,
    "half-width punctuation": _texts(lambda text: text.translate(_HALF_WIDTH)),
    "lists with commas": _texts(lambda text: text.replace("、", "，") if len(text) < 12 else text),
    "其中 in a sentence of its own": _texts(lambda text: text.replace("，其中", "。其中，")),
    "spaces around figures": _slots(lambda s: replace(s, printed=f" {s.printed} ")),
    "broken lines": _wrapped,
    "Traditional": _texts(_TRADITIONAL.convert, slots=True),
}
