"""Rows of points: a metric of a body over the years, missing years marked and never filled."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from gongkai.graph.dictionary.metrics import Metric
from gongkai.graph.extract import Qualifier, Scope, Semantic

from .chosen import choose, disagreement, interval, main_scope, statements_beside
from .comparability import SAME, Basis, Comparability, comparability
from .gathered import FORMS, Figure, Found, FoundAgency, FoundMetric, Number, rules_of
from .standing import TOTAL, dimension_of


class Missing(StrEnum):
    """Why a year has no value."""

    NO_REPORT = "NO_REPORT"
    NOT_ASKED = "NOT_ASKED"
    NOT_STATED = "NOT_STATED"
    BLANK = "BLANK"


class Row(NamedTuple):
    """`dimension`: None unless it was asked for."""

    agency: FoundAgency
    metric: FoundMetric
    dimension: str | None
    points: "Points"


class Points:
    """A point for each year, held as columns: a comparison of thousands of bodies makes of them
    only what is looked at.

    Each property is a list, one entry for each of `year`.
    """

    def __init__(
        self, agency: FoundAgency, metric: Metric, figures: list[Figure], years: Sequence[int]
    ) -> None:
        self._agency, self._metric, self._figures = agency, metric, figures
        self.year = years
        self.parts: list[Points] = []  # of the whole that this is, where they were asked for

    @cached_property
    def _forms(self) -> dict[int, str]:
        return self._agency.forms

    @cached_property
    def _by_year(self) -> dict[int, list[Figure]]:
        found: dict[int, list[Figure]] = {}
        for figure in self._figures:
            found.setdefault(figure.year, []).append(figure)
        return found

    @cached_property
    def observation(self) -> list[Figure | None]:
        """The preferred statement of each year."""
        last = {figure.year: figure for figure in self._figures}
        if len(last) == len(self._figures):  # as nearly always: each year is stated once
            return list(map(last.get, self.year))
        scope, found = main_scope(self._figures), self._by_year
        return [choose(found[year], scope) if year in found else None for year in self.year]

    @property
    def value(self) -> list[Number | None]:
        return [None if it is None else it.value for it in self.observation]

    @property
    def semantic(self) -> list[Semantic | None]:
        return [None if it is None else it.semantic for it in self.observation]

    @property
    def scope(self) -> list[Scope | None]:
        return [None if it is None else it.scope for it in self.observation]

    @property
    def qualifier(self) -> list[Qualifier | None]:
        return [None if it is None else it.qualifier for it in self.observation]

    @property
    def unit(self) -> list[str | None]:
        usual = self._metric.unit
        return [None if it is None else it.unit or usual for it in self.observation]

    @property
    def missing(self) -> list[Missing | None]:
        return [
            None if it is not None and it.value is not None else self._why(year, it)
            for year, it in zip(self.year, self.observation, strict=True)
        ]

    def _why(self, year: int, figure: Figure | None) -> Missing:
        if figure is not None:
            blank = figure.semantic is Semantic.BLANK
            return Missing.BLANK if blank else Missing.NOT_STATED
        form = self._forms.get(year - self._metric.year_offset)
        if form is None:
            return Missing.NO_REPORT
        asks = self._metric.forms
        return (
            Missing.NOT_ASKED if asks and form in FORMS and form not in asks else Missing.NOT_STATED
        )

    @property
    def since(self) -> list[int | None]:
        """The nearest earlier year that has a value, where this one has."""
        found: list[int | None] = []
        earlier = None
        for year, value in zip(self.year, self.value, strict=True):
            found.append(None if value is None else earlier)
            earlier = earlier if value is None else year
        return found

    @property
    def comparability(self) -> list[Comparability | None]:
        """With the point that `since` names."""
        found: list[Comparability | None] = []
        earlier: tuple[str, Scope, str | None] | None = None
        usual, forms = self._metric.unit, self._forms
        for year, figure in zip(self.year, self.observation, strict=True):
            if figure is None or figure.value is None:
                found.append(None)
                continue
            basis = rules_of(forms.get(year), year), figure.scope, figure.unit or usual
            if basis == earlier:
                found.append(SAME)
            elif earlier is None:
                found.append(None)
            else:
                found.append(comparability(self._metric.id, Basis(*earlier), Basis(*basis)))
            earlier = basis
        return found

    @property
    def statements(self) -> list[list[Figure]]:
        """All of each year, the preferred one first."""
        return [
            [] if it is None else statements_beside(it, self._by_year[year])
            for year, it in zip(self.year, self.observation, strict=True)
        ]

    @property
    def warning(self) -> list[str | None]:
        """Statements that contradict the preferred one, and parts that exceed their whole."""
        found = [disagreement(several) for several in self.statements]
        if not self.parts or self._metric.kind in RATES:
            return found
        columns = zip(*(part.observation for part in self.parts), strict=True)
        exceeded = map(_exceeded, self.observation, columns)
        both = zip(found, exceeded, strict=True)
        return [". ".join(filter(None, warnings)) or None for warnings in both]


RATES = ("rate", "change")
"""Kinds of metrics that are not added up."""


def _exceeded(whole: Figure | None, parts: tuple[Figure | None, ...]) -> str | None:
    """Parts of the same scope and unit that add up to more than the printed whole allows."""
    if whole is None or whole.value is None:
        return None
    total = sum(
        part.value
        for part in parts
        if part is not None
        and part.value is not None
        and (part.scope, part.unit) == (whole.scope, whole.unit)
    )
    if total <= interval(whole)[1]:
        return None
    return f"Its parts add up to {total:,}, more than {whole.value:,}"


def years_of(found: Found, first: int | None, last: int | None) -> range:
    """The years to show: as asked; where not, from the first to the last that anything is from."""
    if first is not None and last is not None:
        return range(first, last + 1)
    stated = {figure.year for group in found.figures for figure in group.figures}
    stated |= {report.year for agency in found.agencies for report in agency.reports}
    if first is None:
        first = min(stated, default=0) if last is None else min({*stated, last})
    if last is None:
        last = max({*stated, first - 1})
    return range(first, last + 1)


def series(
    found: Found, metrics: Sequence[FoundMetric], years: range, *, by: str | None = None
) -> Iterator[Row]:
    """Rows by agency, then metric, then dimension (the total first).

    `metrics`: every metric that was asked for, in that order.
    """
    stated = {(group.agency, group.metric): group.figures for group in found.figures}
    entries = [metric.entry for metric in metrics]
    for place, agency in enumerate(found.agencies):
        for number, metric in enumerate(metrics):
            figures = stated.get((place, number), [])
            rows = [
                Row(agency, metric, dimension, Points(agency, entries[number], part, years))
                for dimension, part in _parts(figures, by)
            ]
            if rows[0].dimension == TOTAL:
                rows[0].points.parts = [row.points for row in rows[1:]]
            yield from rows


def _parts(figures: list[Figure], by: str | None) -> Iterator[tuple[str | None, list[Figure]]]:
    """The figures by dimension: they stand in the order of their breakdown."""
    if by is None or not figures:
        yield TOTAL if by else None, figures
        return
    for breakdown, part in groupby(figures, key=attrgetter("breakdown")):
        yield dimension_of(breakdown), list(part)
