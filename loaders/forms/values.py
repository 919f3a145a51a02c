"""What stands in a value cell: a number, a zero, nothing, a dash, words."""

import re
from dataclasses import dataclass
from decimal import Decimal

from gongkai.graph.extract import Qualifier, Semantic

from ..folding import fold
from ..numerals import MOST_DIGITS, is_absurd, scan

_NOT_ASKED = re.compile(r"[-—–_/\\~／－]+|[一]{2,}|N/?A|不适用", re.I)
_ZERO = re.compile(r"[0OoΟο〇零]|无|没有|未发生|均无|持平|无(?:变化|增减)|[±+-]?0(?:\.0+)?")
_UNIT = (
    "条次?|件次?|次|篇次?|个|人次|人/次|人|期|份|项|宗|起|家次?|场次?|册|卷|页|元|天|%|名|部|张|批|户次?|"
    "种|类|辆|本|处"
)
_PLAIN = re.compile(
    r"(?P<sign>[+±]|[-—]{1,2}|新?增加?了?|上升|减少?了?|下降|↑|↓)?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?P<hedge>[余多])?(?P<scale>万亿|千万|百万|[千万亿])?(?P<hedge2>[余多])?"
    rf"(?:（?(?P<unit>{_UNIT})）?(?:[/（]{_UNIT}）?)?)?"
)
_COUNTED = re.compile(r"[\d一二三四五六七八九两十]")
# What is written where a number should stand, when there is none or it is not to be told.
_WORDS = re.compile(
    r"(?:若干|[数几][十百千万]|[上近][十百千万]|不[详明公便]|未[统公填知开提]|无法[统计估]|无[统数]|暂|待定|保密|涉密|[详参]?见附"
    r"|详见|同上|略|缺|较[多少]|[许很]多|大量|多[条件次个])[^\s。，；：]{0,8}"
)
_SIGN = re.compile(r"减|降|-|—|↓")
_SPACE = re.compile(r"[\s\u200b-\u200f\ufeff]+")
_SCALES = {
    "": 1,
    "千": 10**3,
    "百万": 10**6,
    "千万": 10**7,
    "万": 10**4,
    "亿": 10**8,
    "万亿": 10**12,
}
_LONGEST_AMOUNT = 30


@dataclass(frozen=True, slots=True)
class CellValue:
    """`unit`: printed in the cell itself, else None. `is_scaled`: 万 or 亿 stood in the cell.

    `is_absurd`: more digits than a number can have.
    """

    semantic: Semantic
    value: Decimal | None = None
    unit: str | None = None
    qualifier: Qualifier = Qualifier.EXACT
    is_scaled: bool = False
    is_absurd: bool = False


BLANK = CellValue(Semantic.BLANK)
_NOT_APPLICABLE = CellValue(Semantic.NOT_APPLICABLE)
_TEXT = CellValue(Semantic.TEXT)


def read_value(text: str) -> CellValue:
    """What the text of a value cell says.

    无 is a zero in words; "/" and dashes say that the question does not apply.

    >>> read_value("３.5万元").value, read_value("——").semantic.name, read_value("无").semantic.name
    (Decimal('35000.0'), 'NOT_APPLICABLE', 'ZERO')
    """
    if text.isdecimal() and text.isascii() and len(text) <= MOST_DIGITS:
        value = Decimal(text)
        return CellValue(Semantic.NUMBER if value else Semantic.ZERO, value)
    squeezed = _SPACE.sub("", fold(text)).rstrip("。；")
    if not squeezed:
        return BLANK
    if _NOT_ASKED.fullmatch(squeezed):
        return _NOT_APPLICABLE
    if _ZERO.fullmatch(squeezed):
        return CellValue(Semantic.ZERO, Decimal(0))
    return _plain(squeezed.replace("，", ",")) or _in_words(squeezed) or _TEXT


def is_value(text: str) -> bool:
    """A number or a mark in a number's place; not a blank, not words."""
    return read_value(text).semantic not in (Semantic.BLANK, Semantic.TEXT)


def is_words(text: str) -> bool:
    """Words that stand in a number's place, as 若干 and 未统计 do; no label."""
    return _WORDS.fullmatch(text) is not None


def _plain(text: str) -> CellValue | None:
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    digits = match["digits"].replace(",", "")
    value = Decimal(digits) * _SCALES[match["scale"] or ""]
    if is_absurd(value) or len(digits.replace(".", "").strip("0")) > MOST_DIGITS:
        return CellValue(Semantic.TEXT, is_absurd=True)
    if match["sign"] and _SIGN.search(match["sign"]):
        value = -value
    over = match["hedge"] or match["hedge2"]
    return CellValue(
        Semantic.NUMBER if value else Semantic.ZERO,
        value,
        match["unit"],
        Qualifier.OVER if over else Qualifier.EXACT,
        is_scaled=match["scale"] is not None,
    )


def _in_words(text: str) -> CellValue | None:
    """Chinese numerals and hedged amounts, where the cell holds nothing else."""
    if len(text) > _LONGEST_AMOUNT or not _COUNTED.search(text):  # 万元 alone is a unit
        return None
    amounts = scan(text)
    if len(amounts) != 1 or (amounts[0].start, amounts[0].end) != (0, len(text)):
        return None
    amount = amounts[0]
    if amount.upper is not None or is_absurd(amount.value):
        return None
    return CellValue(
        Semantic.NUMBER if amount.value else Semantic.ZERO,
        amount.value,
        amount.unit,
        amount.qualifier,
        is_scaled=True,
    )
