"""What a store answers to `plan.Figures`, as it is read here."""

from collections.abc import Sequence
from functools import cache
from typing import Self

import msgspec

from gongkai.graph.dictionary.metrics import Metric, describe
from gongkai.graph.extract import Qualifier, Scope, Semantic

Number = int | float

FORMS = ("2014", "2019", "2021")
"""The national forms, by the year they are in force from. Before them, reports were free prose."""


class Figure(msgspec.Struct, gc=False):
    """One statement. `objects`: the JSON of its node in each shape that was asked for."""

    year: int
    breakdown: str = ""
    scope: Scope = Scope.AGENCY
    value: Number | None = None
    upper: Number | None = None
    semantic: Semantic = Semantic.NUMBER
    unit: str | None = None
    qualifier: Qualifier = Qualifier.EXACT
    quote: str = ""
    objects: tuple[msgspec.Raw, ...] = ()


class Columns(msgspec.Struct):
    """Statements of a figure, by breakdown, year and precedence: thousands are read as quickly as
    their columns are. A column that was not asked for is None.
    """

    year: list[int]
    breakdown: list[str] | None = None
    scope: list[Scope] | None = None
    value: list[Number | None] | None = None
    upper: list[Number | None] | None = None
    semantic: list[Semantic] | None = None
    unit: list[str | None] | None = None
    qualifier: list[Qualifier] | None = None
    quote: list[str] | None = None
    objects: list[tuple[msgspec.Raw, ...]] | None = None

    @classmethod
    def of(cls, figures: Sequence[Figure]) -> Self:
        return cls(*([getattr(one, name) for one in figures] for name in cls.__struct_fields__))

    def part(self, first: int, last: int) -> Self:
        """Those from the place `first` up to `last`."""
        columns = (getattr(self, name) for name in self.__struct_fields__)
        return type(self)(*(column and column[first:last] for column in columns))

    def figure(self, place: int) -> Figure:
        columns = ((name, getattr(self, name)) for name in self.__struct_fields__)
        return Figure(**{name: column[place] for name, column in columns if column is not None})

    def figures(self) -> list[Figure]:
        return [self.figure(place) for place in range(len(self.year))]


class Group(msgspec.Struct, array_like=True):
    """The figures of an agency and a metric, by their places in the answer and the question."""

    agency: int
    metric: int
    columns: Columns


class FoundMetric(msgspec.Struct, array_like=True):
    id: str
    key: str
    objects: list[msgspec.Raw]

    @property
    def entry(self) -> Metric:
        return describe(self.key)


class FoundAgency(msgspec.Struct, array_like=True):
    """`report_years`, `templates`: of its reports, one entry each; empty where not asked for."""

    id: str
    name: str
    region: str | None
    objects: list[msgspec.Raw]
    report_years: list[int]
    templates: list[str]

    @property
    def forms(self) -> dict[int, str]:
        """The form of its report for each year that the store has one of."""
        return dict(zip(self.report_years, self.templates, strict=True))


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
