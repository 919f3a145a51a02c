"""The figures of one report as the rules look at them: by metric and breakdown."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import msgspec
from msgspec.structs import force_setattr

from gongkai.graph.extract import Extract, Kind, Observation, Qualifier, Scope, Semantic, as_list
from gongkai.graph.intervals import Interval, printed

TOTAL = "total"


class Figure(msgspec.Struct, frozen=True, gc=False):
    """An observation without what no rule asks for. `interval`: what its printed figure allows."""

    id: str
    report: str
    metric: str
    year: int | None
    agency: str
    value: int | float | None
    upper: int | float | None = None
    unit: str | None = None
    qualifier: Qualifier = Qualifier.EXACT
    semantic: Semantic = Semantic.NUMBER
    kind: Kind = Kind.COUNT
    scope: Scope = Scope.AGENCY
    category: str | None = None
    channels: tuple[str, ...] = ()
    applicant: str | None = None
    procedure: str | None = None
    in_table: bool = False
    quote: str = ""
    start: int = 0
    end: int = 0
    wholes: tuple[str, ...] = ()
    interval: Interval | None = None

    def __post_init__(self) -> None:
        if self.value is not None:
            allowed = printed(self.value, self.upper, self.qualifier, self.quote, self.unit)
            force_setattr(self, "interval", allowed)

    @property
    def number(self) -> float:
        """Raises where there is none; see `stated`."""
        assert self.value is not None
        return self.value

    @property
    def shown(self) -> str:
        return self.semantic.value.lower() if self.value is None else f"{self.value:,}"


class Breakdown(NamedTuple):
    """Where in its form a cell stands beyond its metric."""

    metric: str
    applicant: str | None = None
    procedure: str | None = None


@lru_cache(maxsize=10_000)
def _cell(metric: str, applicant: str | None, procedure: str | None) -> Breakdown:
    """The cells of a form are the same in every report: each is named once."""
    return Breakdown(metric, applicant, procedure)


def _ids(reference: str | list[str] | None) -> tuple[str, ...]:
    return () if reference is None else tuple(as_list(reference))


def figure_of(report: str, item: Observation) -> Figure:
    dimensions = item.dimensions
    # In their order: by name it takes twice as long, and a report has hundreds.
    return Figure(
        item.id,
        report,
        item.metric,
        item.year,
        item.agency,
        item.value,
        item.upper,
        item.unit,
        item.qualifier,
        item.semantic,
        item.kind,
        item.scope,
        item.category,
        _ids(item.channel),
        dimensions.get("applicant") if dimensions else None,
        dimensions.get("procedure") if dimensions else None,
        item.cell is not None,
        item.quote,
        item.start,
        item.end,
        _ids(item.part_of),
    )


class Figures:
    """The figures of one report, in document order."""

    def __init__(
        self,
        report: str,
        agency: str,
        year: int,
        template: str,
        figures: Iterable[Figure],
        level: str | None = None,
    ) -> None:
        self.report, self.agency, self.year, self.template = report, agency, year, template
        self.level = level
        self.all = list(figures)
        self.by_id = {figure.id: figure for figure in self.all}
        self.cells: dict[Breakdown, list[Figure]] = defaultdict(list)
        self.prose: dict[str, list[Figure]] = defaultdict(list)
        self.parts: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.all:
            if figure.in_table:
                self.cells[_cell(figure.metric, figure.applicant, figure.procedure)].append(figure)
            else:
                self.prose[figure.metric].append(figure)
                for whole in figure.wholes:
                    self.parts[whole].append(figure)

    @classmethod
    def of(cls, extract: Extract) -> "Figures":
        report = extract.report
        return cls(
            report.id,
            report.agency.id,
            report.year,
            report.template,
            (figure_of(report.id, item) for item in extract.observations),
            report.agency.level,
        )

    def cell(self, key: Breakdown, copy: int = 0) -> Figure | None:
        """`copy`: of a form that stands in the report several times."""
        found = self.cells.get(key)
        return found[copy] if found and copy < len(found) else None

    def whole(self, metric: str, procedure: str | None = None) -> Figure | None:
        """The cell that counts all applicants: in the column of totals, or the only one there is."""
        total = self.cell(Breakdown(metric, TOTAL, procedure))
        return total or self.cell(Breakdown(metric, None, procedure))

    def copies(self, keys: Iterable[Breakdown]) -> int:
        """How often a form stands in the report, by the cells it is known by."""
        return max((len(self.cells.get(key, ())) for key in keys), default=0)
