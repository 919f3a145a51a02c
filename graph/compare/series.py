"""Rows of points: a metric of a body over the years, missing years marked and never filled."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import groupby
from typing import NamedTuple, TypeVar

from gongkai.graph.dictionary.metrics import Metric
from gongkai.graph.extract import Qualifier, Scope, Semantic
from gongkai.graph.intervals import total

from .chosen import choose, disagreement, interval, main_scope, statements_beside
from .comparability import Basis, Comparability, comparability
from .gathered import FORMS, Columns, Figure, Found, FoundAgency, FoundMetric, Number, rules_of
from .standing import TOTAL, dimension_of

T = TypeVar("T")


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


POINT_COLUMNS = {
    "semantic": ("semantic",),
    "missing": ("semantic",),
    "qualifier": ("qualifier",),
    "unit": ("unit",),
    "comparability": ("unit",),
    "warning": ("upper", "unit", "qualifier", "quote"),
}
"""The columns that each property of `Points` reads beside `value` and `scope`, which all need."""
POINTS_OF_REPORTS = frozenset(("missing", "comparability"))
"""Those that need to know which reports there are."""

_NONE = -1  # the place of what is not there: of a list with None at its end, the last


class Points:
    """A point for each year, held as columns: a comparison of thousands of bodies makes of them
    only what is looked at.

    Each property is a list, one entry for each of `year`.
    """

    def __init__(
        self, agency: FoundAgency, metric: Metric, stated: Columns, years: Sequence[int]
    ) -> None:
        self._agency, self._metric, self._stated = agency, metric, stated
        self.year = years
        self.parts: list[Points] = []  # of the whole that this is, where they were asked for

    @cached_property
    def _forms(self) -> dict[int, str]:
        return self._agency.forms

    @cached_property
    def _by_year(self) -> dict[int, list[int]]:
        """The places of each year's statements."""
        found: dict[int, list[int]] = {}
        for place, year in enumerate(self._stated.year):
            found.setdefault(year, []).append(place)
        return found

    @cached_property
    def _preferred(self) -> list[int]:
        """The place of the preferred statement of each year."""
        years, scopes = self._stated.year, self._stated.scope or ()
        if years == self.year:
            return list(range(len(years)))
        first = dict(zip(reversed(years), range(len(years) - 1, -1, -1), strict=True))
        if len(first) == len(years) or len(set(scopes)) < 2:  # as nearly always
            return [first.get(year, _NONE) for year in self.year]
        figures, found = self._stated.figures(), self._by_year
        scope = main_scope(figures)
        return [
            places[choose([figures[place] for place in places], scope)] if places else _NONE
            for places in (found.get(year, []) for year in self.year)
        ]

    def _of_preferred(self, column: list[T] | None) -> list[T | None]:
        if column is not None and self._stated.year == self.year:
            return [*column]
        return list(map([*(column or ()), None].__getitem__, self._preferred))

    @cached_property
    def observation(self) -> list[Figure | None]:
        """The preferred statement of each year."""
        figure = self._stated.figure
        return [None if place == _NONE else figure(place) for place in self._preferred]

    @cached_property
    def value(self) -> list[Number | None]:
        return self._of_preferred(self._stated.value)

    @property
    def semantic(self) -> list[Semantic | None]:
        return self._of_preferred(self._stated.semantic)

    @property
    def scope(self) -> list[Scope | None]:
        return self._of_preferred(self._stated.scope)

    @property
    def qualifier(self) -> list[Qualifier | None]:
        return self._of_preferred(self._stated.qualifier)

    @property
    def unit(self) -> list[str | None]:
        usual, units = self._metric.unit, self._of_preferred(self._stated.unit)
        return [
            None if place == _NONE else unit or usual
            for place, unit in zip(self._preferred, units, strict=True)
        ]

    @property
    def missing(self) -> list[Missing | None]:
        if None not in self.value:
            return [None] * len(self.year)
        return [
            None if value is not None else self._why(year, semantic)
            for year, value, semantic in zip(self.year, self.value, self.semantic, strict=True)
        ]

    def _why(self, year: int, stated: Semantic | None) -> Missing:
        if stated is not None:
            return Missing.BLANK if stated is Semantic.BLANK else Missing.NOT_STATED
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
        forms = map(rules_of, map(self._forms.get, self.year), self.year)
        scopes = self.scope
        if None in self.value:
            pairs = zip(self.value, scopes, strict=True)
            scopes = [None if value is None else scope for value, scope in pairs]
        return _steps(self._metric.id, tuple(forms), tuple(scopes), tuple(self.unit))

    @property
    def statements(self) -> list[list[Figure]]:
        """All of each year, the preferred one first."""
        figure = self._stated.figure
        return [
            []
            if it is None
            else statements_beside(it, [figure(one) for one in self._by_year[year] if one != place])
            for year, place, it in zip(self.year, self._preferred, self.observation, strict=True)
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


@lru_cache(maxsize=1_000)  # most bodies follow the same forms in the same years
def _steps(
    metric: str,
    forms: tuple[str, ...],
    scopes: tuple[Scope | None, ...],
    units: tuple[str | None, ...],
) -> list[Comparability | None]:
    """Each year's with the year before that has a value. `scopes`: None where a year has none."""
    found: list[Comparability | None] = []
    earlier: Basis | None = None
    for form, scope, unit in zip(forms, scopes, units, strict=True):
        if scope is None:
            found.append(None)
            continue
        basis = Basis(form, scope, unit)
        found.append(earlier and comparability(metric, earlier, basis))
        earlier = basis
    return found


RATES = ("rate", "change")
"""Kinds of metrics that are not added up."""


def _exceeded(whole: Figure | None, parts: tuple[Figure | None, ...]) -> str | None:
    """Parts of the same scope and unit that add up to more than the printed whole allows."""
    if whole is None or whole.value is None:
        return None
    counted = [
        part
        for part in parts
        if part is not None
        and part.value is not None
        and (part.scope, part.unit) == (whole.scope, whole.unit)
    ]
    if interval(whole).reaches(total([interval(part) for part in counted])):
        return None
    added = sum(part.value for part in counted if part.value is not None)
    return f"Its parts add up to {added:,}, more than {whole.value:,}"


def years_of(found: Found, first: int | None, last: int | None) -> range:
    """The years to show: as asked; where not, from the first to the last that anything is from."""
    if first is not None and last is not None:
        return range(first, last + 1)
    stated = {year for group in found.figures for year in group.columns.year}
    stated |= {year for agency in found.agencies for year in agency.report_years}
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
    stated = {(group.agency, group.metric): group.columns for group in found.figures}
    entries, shown = [metric.entry for metric in metrics], list(years)
    for place, agency in enumerate(found.agencies):
        for number, metric in enumerate(metrics):
            columns = stated.get((place, number), _UNSTATED)
            rows = [
                Row(agency, metric, dimension, Points(agency, entries[number], part, shown))
                for dimension, part in _parts(columns, by)
            ]
            if rows[0].dimension == TOTAL:
                rows[0].points.parts = [row.points for row in rows[1:]]
            yield from rows


_UNSTATED = Columns.of(())


def _parts(columns: Columns, by: str | None) -> Iterator[tuple[str | None, Columns]]:
    """The figures by dimension: they stand in the order of their breakdown."""
    if by is None or not columns.breakdown:
        yield TOTAL if by else None, columns
        return
    first = 0
    for breakdown, same in groupby(columns.breakdown):
        last = first + len(list(same))
        yield dimension_of(breakdown), columns.part(first, last)
        first = last
