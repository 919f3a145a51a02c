"""What a printed figure allows: rounding and hedges as intervals.

Sums and ratios of printed figures are compared as intervals, so that 10.92万 of 12.47万 may be
87.64 % although the division of the two gives 87.57.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, Self

from gongkai.graph.extract import Qualifier

_NUMBER = re.compile(r"(\d[\d,，]*(?:\.\d+)?)\s*[余多几来]?\s*(百万|千万|万亿|[百千万亿])?")
_SCALES = {
    None: 1,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
    "万亿": 1_000_000_000_000,
}
_WIDE = {
    ord(wide): narrow
    for wide, narrow in zip("０１２３４５６７８９．％", "0123456789.%", strict=True)
}
_ABOUT = 0.05
_NEARLY = 0.9
_TIE = 1e-9  # relative: below it two doubles are the same number


RATIOS = frozenset(("%", "‰", "个百分点", "倍"))
"""Units of what is never counted, so always rounded."""


class Interval(NamedTuple):
    """`low` to `high`; `open`: `high` itself is not reached, as for 余."""

    low: float
    high: float
    open: bool = False

    @classmethod
    def exactly(cls, value: float) -> Self:
        return cls(value, value)

    @property
    def width(self) -> float:
        return self.high - self.low

    def __add__(self, other: object) -> "Interval":
        assert isinstance(other, Interval)
        return Interval(self.low + other.low, self.high + other.high, self.open or other.open)

    def minus(self, other: "Interval") -> "Interval":
        return Interval(self.low - other.high, self.high - other.low, self.open or other.open)

    def times(self, factor: "Interval") -> "Interval":
        products = [a * b for a in (self.low, self.high) for b in (factor.low, factor.high)]
        return Interval(min(products), max(products), self.open or factor.open)

    def over(self, other: "Interval") -> "Interval | None":
        """None where the other may be zero."""
        if other.low <= 0 <= other.high:
            return None
        return self.times(Interval(1 / other.high, 1 / other.low, other.open))

    def meets(self, other: "Interval") -> bool:
        return self.reaches(other) and other.reaches(self)

    def reaches(self, other: "Interval") -> bool:
        """Some number of this one is at least some number of the other."""
        slack = _TIE * max(abs(self.high), abs(other.low), 1)
        return self.high > other.low + slack or (not self.open and self.high >= other.low - slack)


def total(parts: list[Interval]) -> Interval:
    low: float = 0
    high: float = 0
    is_open = False
    for part in parts:
        low += part.low
        high += part.high
        is_open = is_open or part.open
    return Interval(low, high, is_open)


def printed(
    value: float, upper: float | None, qualifier: Qualifier, quote: str, unit: str | None = None
) -> Interval:
    """The numbers that a figure allows, as it was printed in its quote: 81% may be 81.4%, 81条 not."""
    if upper is not None:
        return Interval(value, upper)
    if qualifier is Qualifier.EXACT and quote == str(value):
        return _exactly(value)
    match qualifier:
        case Qualifier.ABOUT:
            margin = abs(value) * _ABOUT
            return Interval(value - margin, value + margin)
        case Qualifier.OVER:
            return Interval(value, value + _round_step(value), open=True)
        case Qualifier.UNDER:
            return Interval(value * _NEARLY, value, open=True)
    place = last_place(value, quote)
    half = place / 2 if place != 1 or unit in RATIOS else 0
    return Interval(value - half, value + half)


@lru_cache(maxsize=10_000, typed=True)
def _exactly(value: float) -> Interval:
    """Most cells of a form say 0 or 1: their interval is made once."""
    return Interval(value, value)


def _round_step(value: float) -> float:
    """From N余 to the next number as round: 600余万 stays below 700万, 1300余 below 1400."""
    digits = Decimal(str(value)).normalize()
    exponent = digits.as_tuple().exponent
    assert isinstance(exponent, int)
    return float(Decimal(10) ** exponent)


@lru_cache(maxsize=10_000)
def last_place(value: float, quote: str) -> float:
    """What one unit of the last printed digit is worth: 100 in 12.47万, 0.01 in 81.01%, 1 in 632.

    1 where the number is not found in its quote in digits: it was written out in characters.
    """
    wanted = abs(value)
    for match in _NUMBER.finditer(quote.translate(_WIDE).replace("\n", "")):
        digits = match[1].replace(",", "").replace("，", "")
        scale = _SCALES[match[2]]
        if abs(float(digits) * scale - wanted) <= _TIE * max(wanted, 1):
            decimals = len(digits.partition(".")[2])
            return float(scale / 10**decimals)
    return 1
