"""What a store answers to `plan.Figures`, as it is read here."""

from functools import cache

import msgspec

from gongkai.graph.dictionary.metrics import Metric, describe
from gongkai.graph.extract import Qualifier, Scope, Semantic

Number = int | float

FORMS = ("2014", "2019", "2021")
"""The national forms, by the year they are in force from. Before them, reports were free prose."""


class Report(msgspec.Struct, array_like=True, gc=False):
    year: int
    template: str


class Figure(msgspec.Struct, array_like=True, gc=False):
    """One statement. `objects`: the JSON of its node in each shape that was asked for."""

    year: int
    breakdown: str
    scope: Scope
    value: Number | None
    upper: Number | None
    semantic: Semantic
    unit: str | None
    qualifier: Qualifier
    objects: tuple[msgspec.Raw, ...] = ()


class Group(msgspec.Struct, array_like=True):
    """The figures of an agency and a metric, by their places in the answer and the question."""

    agency: int
    metric: int
    figures: list[Figure]


class FoundMetric(msgspec.Struct, array_like=True):
    id: str
    key: str
    objects: list[msgspec.Raw]

    @property
    def entry(self) -> Metric:
        return describe(self.key)


class FoundAgency(msgspec.Struct, array_like=True):
    id: str
    name: str
    region: str | None
    objects: list[msgspec.Raw]
    reports: list[Report]

    @property
    def forms(self) -> dict[int, str]:
        """The form of its report for each year that the store has one of."""
        return {report.year: report.template for report in self.reports}


class Found(msgspec.Struct):
    metrics: list[FoundMetric]
    agencies: list[FoundAgency]
    figures: list[Group]


_DECODER = msgspec.json.Decoder(Found)


def read_found(answer: bytes) -> Found:
    return _DECODER.decode(answer)


@cache
def rules_of(template: str | None, year: int) -> str:
    """The form whose definitions a figure follows.

    That of its report; for prose without a form, and where there is no report, the one in force in
    its year (before 2014: that of 2014, which codified the practice under the same regulation).
    """
    if template in FORMS:
        return template
    in_force = [form for form in FORMS if year >= int(form)]
    return in_force[-1] if in_force else FORMS[0]


def plain(value: Number) -> Number:
    """Without a fraction where there is none, as the stores write numbers."""
    return int(value) if value == int(value) else value
