"""Of several statements of one figure the preferred one, and whether the others agree with it."""

from collections import Counter
from collections.abc import Iterable
from math import inf

from gongkai.graph.extract import Qualifier, Scope

from .gathered import Figure, Number

_NOT_ROUNDED = 100  # 万 and 亿 leave three zeros or more; fewer are as likely counted
_ABOUT, _UNDER = 0.05, 0.9


def main_scope(figures: Iterable[Figure]) -> Scope:
    """The scope that states most years; the body itself where both state as many.

    A body states figures of its own and figures of everything under it. They are no two statements
    of one figure, so a comparison keeps to one of them as far as it can.
    """
    years = Counter(scope for scope, _ in {(item.scope, item.year) for item in figures})
    of_body, of_all = years[Scope.AGENCY], years[Scope.JURISDICTION]
    return Scope.JURISDICTION if of_all > of_body else Scope.AGENCY


def choose(statements: list[Figure], scope: Scope) -> Figure:
    """`statements`: of one figure, not empty, by precedence (see `standing`)."""
    stated = [item for item in statements if item.value is not None] or statements
    return next((item for item in stated if item.scope is scope), stated[0])


def statements_beside(preferred: Figure, statements: list[Figure]) -> list[Figure]:
    """What states the same: the preferred one first, then those of its scope, in order."""
    beside = (
        item for item in statements if item is not preferred and item.scope is preferred.scope
    )
    return [preferred, *beside]


def disagreement(statements: list[Figure]) -> str | None:
    """Says which statements contradict the first, preferred one. None where they agree, as printed.

    Statements in another unit count another thing and are left out.
    """
    if len(statements) < 2 or (mine := statements[0]).value is None:
        return None
    values = [
        f"{item.value:,}"
        for item in statements[1:]
        if item.value is not None and item.unit == mine.unit and not _agree(mine, item)
    ]
    if not values:
        return None
    return f"Also stated as {', '.join(dict.fromkeys(values))}; {mine.value:,} is preferred"


def _agree(one: Figure, other: Figure) -> bool:
    (low, high), (other_low, other_high) = interval(one), interval(other)
    shared = min(high, other_high) - max(low, other_low)
    # Numbers rounded to neighbours only touch; a counted number may stand at an end.
    return shared > 0 or (shared == 0 and (low == high or other_low == other_high))


def interval(figure: Figure) -> tuple[float, float]:
    """What the printed figure allows: 14万余 is anything over 140,000, 1.2万 rounds to it."""
    value = figure.value or 0
    if figure.upper is not None:
        return value, figure.upper
    match figure.qualifier:
        case Qualifier.OVER:
            return value, _next_round(value)
        case Qualifier.UNDER:
            return value * _UNDER, value
        case Qualifier.ABOUT:
            return value * (1 - _ABOUT), value * (1 + _ABOUT)
        case _:
            half = _last_place(value) / 2
            return value - half, value + half


def _last_place(value: Number) -> float:
    """The place that a rounded number was rounded to; 0 for one that looks counted."""
    whole = abs(int(value))
    if whole != abs(value) or whole == 0:
        return 0
    place = 1
    while whole % (place * 10) == 0:
        place *= 10
    return place if place > _NOT_ROUNDED else 0


def _next_round(value: Number) -> float:
    """N余 stays below the next number that is as round."""
    if value == 0:
        return inf
    whole, place = abs(int(value)), 1
    while whole and whole % (place * 10) == 0:
        place *= 10
    return value + place if whole == abs(value) else inf
