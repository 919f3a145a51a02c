"""The types of comparisons: what `graph.compare` makes, for clients to read.

A field here is an attribute there (`api.projection`).
"""

from typing import Annotated, Any

import strawberry

from gongkai.graph.compare.comparability import ComparabilityLevel
from gongkai.graph.compare.moved import SentenceKind
from gongkai.graph.compare.series import Missing
from gongkai.graph.extract import Qualifier, Scope, Semantic
from gongkai.graph.schema import Label

from . import types
from .types import NODE_TYPES, argument, described_enum, planned

Agency: Any = NODE_TYPES[Label.AGENCY]
Evidence: Any = types.Evidence
Metric: Any = NODE_TYPES[Label.METRIC]
Observation: Any = NODE_TYPES[Label.OBSERVATION]
Report: Any = NODE_TYPES[Label.REPORT]
Section: Any = NODE_TYPES[Label.SECTION]

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
    qualifier: Qualifier | None = strawberry.field(description="How exact the statement is.")
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


@strawberry.type(description="A body's place among its peers.")
class Ranked:
    place: int = strawberry.field(
        description="From 1, the largest; equals share a place and the next is skipped."
    )
    percentile: float | None = strawberry.field(
        description="The share of the other peers whose value is smaller, in per cent."
    )
    agency: Agency = strawberry.field(description="The body.")
    value: float = strawberry.field(description="The figure, or the ratio.")
    unit: str | None = strawberry.field(description="What it is counted in; null for a ratio.")
    scope: Scope = strawberry.field(description="Whose activity the figure covers.")
    observation: Observation = strawberry.field(description="The statement of the figure.")
    of_observation: Observation | None = strawberry.field(
        description="The statement of what it was divided by."
    )


@strawberry.type(description="Bodies by one figure of one year, the largest first.")
class Ranking:
    year: int = strawberry.field(description="The year.")
    stated: int = strawberry.field(description="How many peers are ranked.")
    blank: int = strawberry.field(description="How many left the cell empty.")
    not_applicable: int = strawberry.field(description="How many put a slash or dash.")
    missing: int = strawberry.field(description="How many state no number at all.")
    left_out: int = strawberry.field(
        description="How many state it in another unit, or not what to divide by."
    )
    unit: str | None = strawberry.field(description="What is counted; null for a ratio.")
    warning: str | None = strawberry.field(
        description="What weakens the ranking: under 30 peers, bodies beside roll-ups, different "
        "forms, figures left out."
    )
    quartiles: list[float] = strawberry.field(
        description="The lower quartile, the median, the upper quartile; empty without peers."
    )
    items: list[Ranked] = strawberry.field(description="The peers in order.")


@strawberry.type(description="A figure that is not counted, because another one counts it.")
class LeftOut:
    agency: Agency = strawberry.field(description="The body whose figure it is.")
    observation: Observation = strawberry.field(description="The figure.")
    within: Agency = strawberry.field(
        description="The body whose figure of everything under it counts this one."
    )


@strawberry.type(description="One figure over many bodies, for one year.")
class Aggregate:
    year: int = strawberry.field(description="The year.")
    dimension: str | None = strawberry.field(
        description="The part of the metric (`total` for the whole); null unless asked for by `by`."
    )
    unit: str | None = strawberry.field(description="What is counted.")
    count: int = strawberry.field(description="How many figures are counted.")
    sum: float | None = strawberry.field(description="Their sum; null for rates.")
    mean: float | None = strawberry.field(description="Their mean.")
    median: float | None = strawberry.field(description="Their median.")
    min: float | None = strawberry.field(description="The smallest.")
    max: float | None = strawberry.field(description="The largest.")
    stated: int = strawberry.field(description="How many bodies state a number.")
    blank: int = strawberry.field(description="How many left the cell empty.")
    not_applicable: int = strawberry.field(description="How many put a slash or dash.")
    missing: int = strawberry.field(description="How many state no number at all.")
    other_units: int = strawberry.field(
        description="How many state it in other units than were asked for."
    )
    left_out: list[LeftOut] = strawberry.field(
        description="Figures that another one counts: a body under a body that states everything "
        "under it."
    )
    warning: str | None = strawberry.field(description="What weakens the values.")


@strawberry.type(description="One figure over many bodies, by year.")
class Aggregates:
    rows: list[Aggregate] = strawberry.field(description="By year, then part.")


@strawberry.type(description="A figure in one of the two years.")
class YearFigure:
    year: int = strawberry.field(description="The year.")
    value: float | None = strawberry.field(description="The figure.")
    unit: str | None = strawberry.field(description="What it is counted in.")
    semantic: Semantic | None = strawberry.field(description="What stands in the figure's place.")
    qualifier: Qualifier | None = strawberry.field(description="How exact the statement is.")
    scope: Scope | None = strawberry.field(description="Whose activity the figure covers.")
    missing: Missing | None = strawberry.field(description="Why there is no value; else null.")
    warning: str | None = strawberry.field(
        description="Which other statements of the figure contradict the one preferred."
    )
    observation: Observation | None = strawberry.field(description="The preferred statement.")
    statements: list[Observation] = strawberry.field(
        description="All statements of the figure, the preferred one first."
    )


@strawberry.type(description="A figure in both years.")
class FigureChange:
    metric: Metric = strawberry.field(description="What is measured.")
    dimension: str | None = strawberry.field(
        description="The part of the metric that is counted; null for the whole."
    )
    from_: YearFigure = strawberry.field(name="from", description="In the earlier year.")
    to: YearFigure = strawberry.field(description="In the later year.")
    change: float | None = strawberry.field(
        description="The later minus the earlier; null where one is missing or units differ."
    )
    ratio: float | None = strawberry.field(
        description="The later over the earlier; null likewise, and over zero."
    )
    comparability: Comparability | None = strawberry.field(
        description="How far the two compare; null where one is missing."
    )


def _relation_change(label: Label, what: str) -> Any:
    body: dict[str, Any] = {
        "id": strawberry.field(description="Its id."),
        "name": strawberry.field(description="Its name."),
        "node": strawberry.field(description="The node itself."),
        "from_": strawberry.field(
            name="from", description="The places of the earlier year that say so."
        ),
        "to": strawberry.field(description="The places of the later year that say so."),
    }
    evidence = list[Evidence]
    body["__annotations__"] = {
        "id": strawberry.ID,
        "name": str,
        "node": NODE_TYPES[label],
        "from_": evidence,
        "to": evidence,
    }
    body["__module__"] = __name__
    made = type(f"{label}Change", (), body)
    return strawberry.type(made, description=f"{what}, in either year.")


def _changes(name: str, of: Any, what: str) -> Any:
    body: dict[str, Any] = {
        "appeared": strawberry.field(description="In the later year only."),
        "vanished": strawberry.field(description="In the earlier year only."),
        "kept": strawberry.field(description="In both years."),
    }
    body["__annotations__"] = dict.fromkeys(body, list[of])
    body["__module__"] = __name__
    return strawberry.type(type(name, (), body), description=f"{what} of two years.")


CategoryChanges: Any = _changes(
    "CategoryChanges",
    _relation_change(Label.CATEGORY, "A kind of information that the body disclosed"),
    "The kinds of information disclosed",
)
ChannelChanges: Any = _changes(
    "ChannelChanges",
    _relation_change(Label.CHANNEL, "A channel that the body used"),
    "The channels used",
)
PolicyChanges: Any = _changes(
    "PolicyChanges",
    _relation_change(Label.POLICY, "A policy that the body's report cites"),
    "The policies cited",
)


@strawberry.type(description="A section, followed by its heading from one report to the other.")
class SectionChange:
    heading: str = strawberry.field(description="The heading, of the later report if it has it.")
    from_: Section | None = strawberry.field(
        name="from", description="The section of the earlier report."
    )
    to: Section | None = strawberry.field(description="The section of the later report.")
    moved: bool = strawberry.field(description="Whether it left the order of the others.")


SectionChanges: Any = _changes("SectionChanges", SectionChange, "The sections of the reports")

described_enum(
    SentenceKind,
    "What became of a sentence.",
    {
        "KEPT": "The same words.",
        "REWRITTEN": "Other numbers, or some other words.",
        "APPEARED": "In the later report only.",
        "VANISHED": "In the earlier report only.",
    },
)


@strawberry.type(description="A sentence where it stands.")
class Sentence:
    quote: str = strawberry.field(description="Its words.")
    start: int = strawberry.field(description="Where it starts in the report's text.")
    end: int = strawberry.field(description="Where it ends in the report's text.")
    section: Section | None = strawberry.field(description="The innermost section around it.")
    report: Report = strawberry.field(description="The report.")


@strawberry.type(description="A sentence followed from one report to the other.")
class SentenceChange:
    kind: SentenceKind = strawberry.field(description="What became of it.")
    moved: bool = strawberry.field(description="Whether it left the order of the others.")
    similarity: float = strawberry.field(
        description="The share of pairs of characters that both have, numbers counting as equal."
    )
    from_: Sentence | None = strawberry.field(name="from", description="In the earlier report.")
    to: Sentence | None = strawberry.field(description="In the later report.")


@strawberry.type(description="One body in two years: what appeared, vanished, changed.")
class YearComparison:
    agency: Agency = strawberry.field(description="The body.")
    from_report: Report | None = strawberry.field(description="Its report of the earlier year.")
    to_report: Report | None = strawberry.field(description="Its report of the later year.")
    figures: list[FigureChange] = strawberry.field(
        description="Every figure stated for either year, by metric and part."
    )
    categories: CategoryChanges = strawberry.field(description="Kinds of information disclosed.")
    channels: ChannelChanges = strawberry.field(description="Channels used.")
    policies: PolicyChanges = strawberry.field(description="Policies that its reports cite.")
    sections: SectionChanges = strawberry.field(description="Sections of its reports.")
    text: list[SentenceChange] = strawberry.field(
        description="Sentences that did not simply stay where they were, in the later report's "
        "order, those that vanished last."
    )


def comparison_fields() -> dict[str, tuple[Any, Any]]:
    """The fields of the query type that compare: type and field by name."""
    agency_filter: Any = Annotated[f"{Label.AGENCY}Filter", strawberry.lazy("gongkai.api.filters")]
    agencies = argument("agencies", list[strawberry.ID] | None, "Only these bodies.")
    where = argument("where", agency_filter | None, "Only bodies that meet this.")
    metric = argument(
        "metric", strawberry.ID, "The id of a metric, in the dictionary or the graph."
    )
    first = argument("from_", int | None, "The first year; the first there is unless told.")
    last = argument("to", int | None, "The last year; the last there is unless told.")
    by = argument(
        "by",
        str | None,
        "Rows for the parts of each metric by this dimension: `applicant`, `procedure`, "
        "`category` …; the whole is `total`.",
    )
    return {
        "series": (
            Series,
            planned(
                "Metrics of bodies over the years: every year of the range has a point, missing "
                "ones say why, and each says how far it compares with the one before.",
                argument(
                    "metrics",
                    list[strawberry.ID],
                    "Ids of metrics, in the dictionary or the graph.",
                ),
                *(agencies, where, first, last, by),
                argument("strict", bool | None, "Refuse (true) where any step is not SAME."),
            ),
        ),
        "compareYears": (
            YearComparison,
            planned(
                "One body in two years: what appeared, vanished, changed, with the quotes.",
                argument("agency", strawberry.ID, "The id of the body."),
                argument("from_", int, "The earlier year."),
                argument("to", int, "The later year."),
            ),
        ),
        "rank": (
            Ranking,
            planned(
                "Bodies by one figure of one year, or by its ratio to another.",
                metric,
                argument("year", int, "The year."),
                where,
                argument("of", strawberry.ID | None, "The id of a metric to divide by."),
            ),
        ),
        "aggregate": (
            Aggregates,
            planned(
                "One figure over many bodies, by year: what is blank or missing is counted beside "
                "it, what another figure counts is left out and named, units never mix.",
                *(metric, agencies, where, first, last, by),
                argument(
                    "units",
                    list[str] | None,
                    "Only figures in these units, which are taken for one.",
                ),
            ),
        ),
    }
