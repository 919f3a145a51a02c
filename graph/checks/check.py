"""One identity, the figures it was tried on, and the verdict."""

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from gongkai.graph.identity import check_id
from gongkai.graph.intervals import Interval

from .figures import Figure


class CheckStatus(StrEnum):
    """What came of a check."""

    OK = "OK"
    VIOLATED = "VIOLATED"
    EXPLAINED = "EXPLAINED"  # not as it stands; a named alternative of the rule's family holds
    NOT_APPLICABLE = "NOT_APPLICABLE"  # an operand is blank or was not asked
    UNDECIDED = "UNDECIDED"  # does not add up, and need not: an open list, a soft rule


class Operand(msgspec.Struct, frozen=True, gc=False):
    """A figure in a check. `role`: the term of the formula it stands for.

    `low`, `high`: the interval that the printed figure allows; null where it has no number.
    """

    role: str
    observation: str
    report: str
    quote: str
    start: int
    end: int
    value: int | float | None
    low: int | float | None
    high: int | float | None


class Check(msgspec.Struct, frozen=True, gc=False):
    """`rule`: its number, then what tells instances of it apart (`I.3/requests-received`).

    `left`, `right`: the two sides as printed; `difference`: left less right. Null where a side has
    no number. `explanation`: the alternative that holds, or why nothing can be said.
    """

    id: str
    rule: str
    name: str
    report: str
    status: CheckStatus
    formula: str
    left: int | float | None
    right: int | float | None
    difference: int | float | None
    operands: list[Operand]
    explanation: str | None
    message: str


Term = tuple[str, Figure]
"""A role and the figure that plays it."""


def operand(role: str, figure: Figure) -> Operand:
    interval = figure.interval
    low = high = None
    if interval is not None:
        low, high, _ = interval
        if type(low) is float or type(high) is float:
            low, high = plain(low), plain(high)
    return Operand(
        role,
        figure.id,
        figure.report,
        figure.quote,
        figure.start,
        figure.end,
        figure.value,
        low,
        high,
    )


def plain(number: float) -> int | float:
    """Without .0 where integral; rounded where a double shows what no report printed."""
    if isinstance(number, int):
        return number
    rounded = round(number, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def make(
    rule: str,
    name: str,
    report: str,
    formula: str,
    terms: Sequence[Term],
    status: CheckStatus,
    sides: tuple[float, float] | None = None,
    explanation: str | None = None,
) -> Check:
    """`sides`: the numbers on the left and the right of the formula, as printed."""
    left, right = (plain(sides[0]), plain(sides[1])) if sides else (None, None)
    difference = None if left is None or right is None else plain(left - right)
    return Check(
        check_id(report, rule, *(figure.id for _, figure in terms)),
        rule,
        name,
        report,
        status,
        formula,
        left,
        right,
        difference,
        [operand(role, figure) for role, figure in terms],
        explanation,
        _message(name, status, formula, terms, left, right, explanation),
    )


def _message(
    name: str,
    status: CheckStatus,
    formula: str,
    terms: Sequence[Term],
    left: float | None,
    right: float | None,
    explanation: str | None,
) -> str:
    sides = "" if left is None or right is None else f": {left:,} against {right:,}"
    why = f". {explanation}" if explanation else ""
    match status:
        case CheckStatus.OK:
            return f"{name} holds{sides}"
        case CheckStatus.EXPLAINED:
            return f"{name} does not hold as it stands{sides}{why}"
        case CheckStatus.NOT_APPLICABLE:
            return f"{name} cannot be tried{why}"
        case CheckStatus.UNDECIDED:
            return f"{name} is undecided{sides}{why}"
    shown = ", ".join(f"{role} {figure.shown}" for role, figure in terms)
    return f"{name} does not hold ({formula}){sides}. As printed: {shown}"


def compare(left: Interval, right: Interval, at_most: bool) -> bool:
    """Whether left = right (or left ≤ right) is possible for the printed figures."""
    return right.reaches(left) if at_most else left.meets(right)
