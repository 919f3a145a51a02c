"""What the client's methods return: GraphQL's answers, typed, each with its pandas frame."""

from typing import TYPE_CHECKING

import msgspec

from gongkai.graph.compare.comparability import ComparabilityLevel
from gongkai.graph.compare.moved import SentenceKind
from gongkai.graph.compare.series import Missing
from gongkai.graph.extract import Confidence, Kind, Level, Qualifier, Scope, Semantic

if TYPE_CHECKING:
    from pandas import DataFrame


class _Answer(msgspec.Struct, rename="camel"):
    """Fields as in the GraphQL schema, which describes them."""


class Named(_Answer):
    id: str
    name: str


class Region(_Answer):
    code: str
    name: str


class Agency(Named):
    level: Level | None
    region: Region | None


class MetricName(_Answer):
    key: str
    name: str
    name_en: str | None
    unit: str | None


class Metric(MetricName):
    kind: str | None
    topic: str | None
    definition: str | None
    open: bool


class ReportName(_Answer):
    id: str
    title: str
    year: int


class Dimension(_Answer):
    name: str
    value: str


class Cell(_Answer):
    table: int
    row: int
    column: int
    row_path: list[str]
    column_path: list[str]


class Observation(_Answer):
    id: str
    measure: str
    value: int | float | None
    upper: int | float | None
    unit: str | None
    qualifier: Qualifier
    semantic: Semantic
    kind: Kind
    year: int | None
    scope: Scope
    quote: str
    start: int
    end: int
    confidence: Confidence
    metric: MetricName
    agency: Named
    report: ReportName
    dimensions: list[Dimension]
    cell: Cell | None


class Comparability(_Answer):
    level: ComparabilityLevel
    reason: str | None
    reason_zh: str | None
    notice: str | None


class Figure(_Answer):
    year: int
    value: int | float | None
    unit: str | None
    semantic: Semantic | None
    qualifier: Qualifier | None
    scope: Scope | None
    missing: Missing | None
    warning: str | None
    observation: Observation | None


class Point(Figure):
    comparability: Comparability | None
    since: int | None


class Row(_Answer):
    agency: Named
    metric: MetricName
    dimension: str | None
    points: list[Point]


class Series(_Answer):
    rows: list[Row]

    def frame(self) -> "DataFrame":
        """A row for each point, with its semantic, comparability and source."""
        from .frames import frame_of
        from .tables import series_table

        return frame_of(series_table(self))


class FigureChange(_Answer):
    metric: MetricName
    dimension: str | None
    before: Figure = msgspec.field(name="from")
    after: Figure = msgspec.field(name="to")
    change: int | float | None
    ratio: int | float | None
    comparability: Comparability | None


class Said(_Answer):
    quote: str
    start: int
    end: int
    report: ReportName


class RelationChange(Named):
    before: list[Said] = msgspec.field(name="from")
    after: list[Said] = msgspec.field(name="to")


class RelationChanges(_Answer):
    appeared: list[RelationChange]
    vanished: list[RelationChange]
    kept: list[RelationChange]


class Stretch(_Answer):
    start: int
    end: int


class SectionChange(_Answer):
    heading: str
    moved: bool
    before: Stretch | None = msgspec.field(name="from")
    after: Stretch | None = msgspec.field(name="to")


class SectionChanges(_Answer):
    appeared: list[SectionChange]
    vanished: list[SectionChange]
    kept: list[SectionChange]


class Heading(_Answer):
    heading: str


class Sentence(_Answer):
    quote: str
    start: int
    end: int
    section: Heading | None


class SentenceChange(_Answer):
    kind: SentenceKind
    moved: bool
    similarity: float
    before: Sentence | None = msgspec.field(name="from")
    after: Sentence | None = msgspec.field(name="to")


class YearComparison(_Answer):
    agency: Named
    from_report: ReportName | None
    to_report: ReportName | None
    figures: list[FigureChange]
    categories: RelationChanges
    channels: RelationChanges
    policies: RelationChanges
    sections: SectionChanges
    text: list[SentenceChange]

    def frame(self) -> "DataFrame":
        """A row for each figure, with both values, their change and their sources."""
        from .frames import frame_of
        from .tables import years_table

        return frame_of(years_table(self))


class Ranked(_Answer):
    place: int
    percentile: float | None
    value: int | float
    unit: str | None
    scope: Scope
    agency: Named
    observation: Observation
    of_observation: Observation | None


class Ranking(_Answer):
    year: int
    stated: int
    blank: int
    not_applicable: int
    missing: int
    left_out: int
    unit: str | None
    warning: str | None
    quartiles: list[float]
    items: list[Ranked]

    def frame(self) -> "DataFrame":
        """A row for each peer, with its source."""
        from .frames import frame_of
        from .tables import ranking_table

        return frame_of(ranking_table(self))


class LeftOut(_Answer):
    agency: Named
    within: Named


class Aggregate(_Answer):
    year: int
    dimension: str | None
    unit: str | None
    count: int
    sum: int | float | None
    mean: float | None
    median: float | None
    min: int | float | None
    max: int | float | None
    stated: int
    blank: int
    not_applicable: int
    missing: int
    other_units: int
    warning: str | None
    left_out: list[LeftOut]


class Aggregates(_Answer):
    rows: list[Aggregate]

    def frame(self) -> "DataFrame":
        """A row for each year and part, with what is missing beside the values."""
        from .frames import frame_of
        from .tables import aggregates_table

        return frame_of(aggregates_table(self))


class Observations(_Answer):
    """Figures in the order of their reports."""

    items: list[Observation]

    def frame(self) -> "DataFrame":
        """A row for each figure, with its semantic and source."""
        from .frames import frame_of
        from .tables import observations_table

        return frame_of(observations_table(self))
