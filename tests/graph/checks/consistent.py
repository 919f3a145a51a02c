"""Consistent tables of the forms, with random numbers, as figures."""

import random

from gongkai.graph.checks.figures import Figure, Figures
from gongkai.graph.checks.forms import APPLICANTS, COLUMNS
from gongkai.graph.checks.rules import rules
from gongkai.graph.extract import Level, Semantic

REPORT = "report:1"
_RULES = {rule.id: rule for rule in rules()}
RESULTS = [metric for metric in _RULES["I.2"].right if metric != "results-other"]
OUTCOMES = ("upheld", "corrected", "other", "pending")


def cell(metric: str, value: int | None, column: str = "", procedure: str = "") -> Figure:
    place = "/".join(part for part in (metric, column, procedure) if part)
    return Figure(
        id=f"observation:{place}",
        report=REPORT,
        metric=metric,
        value=value,
        semantic=Semantic.BLANK if value is None else Semantic.NUMBER,
        year=2022,
        agency="agency:1",
        applicant=column or None,
        procedure=procedure or None,
        in_table=True,
        quote="" if value is None else str(value),
    )


def consistent_2021(chance: random.Random) -> list[Figure]:
    """Tables 3 and 4 of the form of 2021, every identity met."""
    requests = {column: _column(chance) for column in APPLICANTS}
    requests["total"] = {
        metric: sum(requests[column][metric] for column in APPLICANTS)
        for metric in requests["other"]
    }
    cells = [
        cell(metric, requests[column][metric], column)
        for column in COLUMNS
        for metric in requests[column]
    ]
    return cells + _remedies(chance)


def _column(chance: random.Random) -> dict[str, int]:
    results = {metric: chance.choice((0, 0, chance.randrange(1, 90))) for metric in RESULTS}
    answered = sum(results.values())
    carried_out = chance.randrange(9)
    carried_in = chance.randrange(min(9, answered + carried_out + 1))
    return {
        "requests-received": answered + carried_out - carried_in,
        "requests-carried-in": carried_in,
        **results,
        "requests-answered": answered,
        "requests-carried-out": carried_out,
    }


def _remedies(chance: random.Random) -> list[Figure]:
    cells = []
    for kind, procedure in (
        ("reconsideration", ""),
        ("litigation", "direct"),
        ("litigation", "after-reconsideration"),
    ):
        counts = {outcome: chance.randrange(20) for outcome in OUTCOMES}
        counts["total"] = sum(counts.values())
        cells += [
            cell(f"{kind}-{outcome}", n, procedure=procedure) for outcome, n in counts.items()
        ]
    return cells


def report_of(
    figures: list[Figure],
    template: str = "2021",
    year: int = 2022,
    level: str | None = Level.COUNTY,
    report: str = REPORT,
) -> Figures:
    return Figures(report, "agency:1", year, template, figures, level)
