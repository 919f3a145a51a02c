"""`checks(report:, agency:, year:, status:, rule:)`: short ways to say what `where` can say."""

from typing import Any

import strawberry

from gongkai.graph.checks.check import CheckStatus
from gongkai.graph.plan import All, Compare, Either, Op, Related, Where
from gongkai.graph.schema import HOPS, Label

from .types import argument

_REPORT = HOPS[Label.CHECK, "report"]
_AGENCY = HOPS[Label.REPORT, "agency"]


def check_arguments() -> list[Any]:
    return [
        argument("report", strawberry.ID | None, "Only those of this report."),
        argument("agency", strawberry.ID | None, "Only those of this body's reports."),
        argument("year", int | None, "Only those of reports for this year."),
        argument("status", list[CheckStatus] | None, "Only with one of these outcomes."),
        argument("rule", str | None, "Only this rule, or all that begin with it: I.3, VI, V."),
    ]


def checks_where(given: dict[str, Any], where: Where | None) -> Where | None:
    """What the short arguments and `where` ask for together."""
    parts: list[Where] = [] if where is None else [where]
    if given.get("report") is not None:
        parts.append(Related(_REPORT, Compare("id", Op.EQ, given["report"])))
    if given.get("agency") is not None:
        agency = Related(_AGENCY, Compare("id", Op.EQ, given["agency"]))
        parts.append(Related(_REPORT, agency))
    if given.get("year") is not None:
        parts.append(Related(_REPORT, Compare("year", Op.EQ, given["year"])))
    if given.get("status") is not None:
        statuses = tuple(item.value for item in given["status"])
        parts.append(Compare("status", Op.IN, statuses))
    if given.get("rule") is not None:
        parts.append(_of_rule(given["rule"]))
    return parts[0] if len(parts) == 1 else All(tuple(parts)) if parts else None


def _of_rule(rule: str) -> Where:
    """`V` is every rule of the chapter, `V.1` its instances too, but not V.10 or VI."""
    return Either(
        (
            Compare("rule", Op.EQ, rule),
            Compare("rule", Op.STARTS_WITH, f"{rule}."),
            Compare("rule", Op.STARTS_WITH, f"{rule}/"),
        )
    )
