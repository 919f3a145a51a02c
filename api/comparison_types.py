"""The types of comparisons: what `graph.compare` makes, for clients to read.

A field here is an attribute there (`api.projection`).
"""

from typing import Any

import strawberry

from gongkai.graph.compare.comparability import ComparabilityLevel
from gongkai.graph.compare.series import Missing
from gongkai.graph.extract import Scope, Semantic
from gongkai.graph.schema import Label

from .types import NODE_TYPES, described_enum

Agency: Any = NODE_TYPES[Label.AGENCY]
Metric: Any = NODE_TYPES[Label.METRIC]
Observation: Any = NODE_TYPES[Label.OBSERVATION]

described_enum(
    Missing,
    "Why there is no value.",
    {
        "NO_REPORT": "No report of the body for that year is loaded.",
        "NOT_ASKED": "The form of that year's report does not ask for it.",
        "NOT_STATED": "The report states no number for it.",
        "BLANK": "The form asks for it and the cell is empty.",
    },
)
described_enum(
    ComparabilityLevel,
    "How far figures may be set beside each other.",
    {
        "SAME": "They count the same.",
        "PARTLY": "They count nearly the same; the reason says what differs.",
        "BROKEN": "They count different things.",
    },
)


@strawberry.type(
    description="How far two figures may be set beside each other, and why no further."
)
class Comparability:
    level: ComparabilityLevel = strawberry.field(description="How far.")
    reason: str | None = strawberry.field(description="What differs; null where nothing does.")
    reason_zh: str | None = strawberry.field(description="The same in Chinese.")
    notice: str | None = strawberry.field(
        description="The document that changed the definition, where one did."
    )


@strawberry.type(description="One year of a series.")
class SeriesPoint:
    year: int = strawberry.field(description="The year; every year of the range has a point.")
    value: float | None = strawberry.field(description="The figure; never interpolated.")
    unit: str | None = strawberry.field(description="What it is counted in.")
    semantic: Semantic | None = strawberry.field(description="What stands in the figure's place.")
    scope: Scope | None = strawberry.field(description="Whose activity the figure covers.")
    missing: Missing | None = strawberry.field(description="Why there is no value; else null.")
    comparability: Comparability | None = strawberry.field(
        description="With the nearest earlier point that has a value; null where there is none."
    )
    since: int | None = strawberry.field(description="The year it was compared with.")
    warning: str | None = strawberry.field(
        description="Which other statements of the figure contradict the one preferred."
    )
    observation: Observation | None = strawberry.field(
        description="The preferred statement: the body's own report of that year first, then a "
        "table before prose, the metric's unit, an exact figure before a hedged one, the place."
    )
    statements: list[Observation] = strawberry.field(
        description="All statements of the figure, the preferred one first."
    )


@strawberry.type(description="A metric of a body over the years.")
class SeriesRow:
    agency: Agency = strawberry.field(description="The body.")
    metric: Metric = strawberry.field(description="What is measured.")
    dimension: str | None = strawberry.field(
        description="The part of the metric (`total` for the whole); null unless asked for by `by`."
    )
    points: list[SeriesPoint] = strawberry.field(description="A point for each year, in order.")


@strawberry.type(description="Metrics of bodies over the years.")
class Series:
    rows: list[SeriesRow] = strawberry.field(
        description="By body in reading order, then metric as asked for, then part."
    )
