"""The types of the schema, made from `graph.schema`: a property there is a field here.

Every relationship is a field at both ends: one node, a short list, or a Relay connection. No field
has a resolver but those of the query type: the plan answers them (`api.planner`).
"""

from typing import Annotated, Any, Generic, NewType, TypeVar

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.unset import UNSET

from gongkai.graph.checks.check import CheckStatus
from gongkai.graph.extract import Confidence, Kind, Level, Qualifier, Scope, Semantic
from gongkai.graph.schema import HOPS, NODES, Hop, Label, Type

from . import descriptions
from .names import GROUPED, LISTS, SECOND_NAMES, graph_name, shown_properties

T = TypeVar("T")


def described_enum(cls: Any, description: str, values: dict[str, str]) -> Any:
    for member in cls:
        if member.name not in values:
            raise AssertionError(f"{cls.__name__}.{member.name} has no description")
    definition = strawberry.enum(cls, description=description).__strawberry_definition__
    for value in definition.values:
        value.description = values[value.name]
    return cls


described_enum(
    Qualifier,
    "How exact the report says a figure is.",
    {
        "EXACT": "As printed.",
        "OVER": "More than printed: 余, 多, 逾, 以上, 超过.",
        "UNDER": "Less than printed: 近, 不足.",
        "ABOUT": "About: 约, 左右.",
    },
)
described_enum(
    Semantic,
    "What stands where a figure is expected.",
    {
        "NUMBER": "A number.",
        "ZERO": "A zero, printed or in words (未收到…).",
        "BLANK": "An empty cell: nothing is stated.",
        "NOT_APPLICABLE": "A slash or dash.",
        "TEXT": "Words in a number's place.",
    },
)
described_enum(
    Kind,
    "What kind of number a figure is.",
    {"COUNT": "A count.", "MONEY": "An amount in 元.", "RATE": "A share.", "CHANGE": "A change."},
)
described_enum(
    Scope,
    "Whose activity a figure covers.",
    {"AGENCY": "The body itself.", "JURISDICTION": "Everything under it, as in 全市."},
)
described_enum(
    Confidence,
    "How sure the reading of a figure is.",
    {
        "CERTAIN": "A cell of a known form, or a phrase of the dictionary with its subject.",
        "HIGH": "Value and metric are read; one attribute is the sentence's default.",
        "MEDIUM": "An open metric, or several attributes inferred.",
        "LOW": "Kept so that nothing is lost: check the quote.",
    },
)
described_enum(
    Level,
    "A tier of government.",
    {
        "NATIONAL": "The State Council and its bodies.",
        "PROVINCE": "Provinces, autonomous regions, municipalities.",
        "PREFECTURE": "Prefecture-level cities and the like.",
        "COUNTY": "Counties, districts, county-level cities.",
        "TOWN": "Towns, townships, sub-districts.",
    },
)

described_enum(
    CheckStatus,
    "What came of a check.",
    {
        "OK": "It holds for what the printed figures allow.",
        "VIOLATED": "It cannot hold.",
        "EXPLAINED": "Not as it stands; the alternative in `explanation` holds.",
        "NOT_APPLICABLE": "A figure is blank, or was not asked for.",
        "UNDECIDED": "It does not add up, and need not: an open list, a rule with exceptions.",
    },
)

ENUMS: dict[tuple[Label, str], Any] = {
    (Label.OBSERVATION, "qualifier"): Qualifier,
    (Label.OBSERVATION, "semantic"): Semantic,
    (Label.OBSERVATION, "kind"): Kind,
    (Label.OBSERVATION, "scope"): Scope,
    (Label.OBSERVATION, "confidence"): Confidence,
    (Label.REGION, "level"): Level,
    (Label.AGENCY, "level"): Level,
    (Label.CHECK, "status"): CheckStatus,
}

Date = NewType("Date", str)
"""An ISO 8601 date."""
DATE = strawberry.scalar(
    name="Date", description="A date, as YYYY-MM-DD.", serialize=str, parse_value=str
)

_ANNOTATIONS = {
    Type.STRING: "str",
    Type.INT: "int",
    Type.NUMBER: "float",
    Type.DATE: "Date",
    Type.BOOLEAN: "bool",
    Type.INTS: "list[int]",
    Type.STRINGS: "list[str]",
    Type.MAP: "list[Dimension]",
}


@strawberry.interface(description="Anything with an id: the ten labels of the graph.")
class Node:
    id: strawberry.ID = strawberry.field(
        description="The same string in an extract, an export, every store and here."
    )


@strawberry.type(description="Where a page begins and ends.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether more follow (after `first`).")
    has_previous_page: bool = strawberry.field(description="Whether more precede (before `last`).")
    start_cursor: str | None = strawberry.field(description="The cursor of the first edge.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last edge.")


@strawberry.type(description="A place in a table; all counted from 0, spans expanded.")
class Cell:
    table: int = strawberry.field(description="Which table of the document.")
    row: int = strawberry.field(description="The row of the grid.")
    column: int = strawberry.field(description="The column of the grid.")
    row_path: list[str] = strawberry.field(description="The header texts of the row.")
    column_path: list[str] = strawberry.field(description="The header texts of the column.")


@strawberry.type(description="The file a report was read from.")
class Source:
    name: str = strawberry.field(description="Its name, without folders.")
    sha256: str = strawberry.field(description="The SHA-256 of its bytes, in hex.")
    format: str = strawberry.field(description="html, markdown, text, pdf or docx.")
    encoding: str = strawberry.field(description="The encoding its text was in.")


@strawberry.type(description="What a table's row or column adds to the metric of a figure.")
class Dimension:
    name: str = strawberry.field(description="Such as applicant or outcome.")
    value: str = strawberry.field(description="Such as natural-person.")


@strawberry.type(description="A place of a report that states a relation.")
class Evidence:
    quote: str = strawberry.field(description="The words that state it.")
    start: int = strawberry.field(description="Where they start in the report's text.")
    end: int = strawberry.field(description="Where they end in the report's text.")
    year: int | None = strawberry.field(description="The year they are about.")
    report: "Report" = strawberry.field(description="The report they stand in.")  # type: ignore[name-defined]  # noqa: F821
    section: "Section | None" = strawberry.field(description="The section they stand in.")  # type: ignore[name-defined]  # noqa: F821


def argument(
    name: str, annotation: Any, description: str, default: Any = UNSET
) -> StrawberryArgument:
    return StrawberryArgument(
        python_name=name,
        graphql_name=None,
        type_annotation=StrawberryAnnotation(annotation),
        description=description,
        default=default,
    )


def planned(description: str, *arguments: StrawberryArgument) -> Any:
    """A field that the plan answers, with its arguments."""
    field = strawberry.field(description=description)
    field.arguments = list(arguments)
    return field


def _year() -> StrawberryArgument:
    return argument("year", int | None, "Only what has evidence from this year.")


@strawberry.type(description="A node in a list, with its place there.")
class Edge(Generic[T]):
    cursor: str = strawberry.field(description="For `after` and `before` of this list.")
    node: T = strawberry.field(description="The node.")


@strawberry.type(description="A page of a list.")
class Connection(Generic[T]):
    edges: list[Edge[T]] = strawberry.field(description="The nodes with their cursors.")
    nodes: list[T] = strawberry.field(description="The nodes alone.")
    page_info: PageInfo = strawberry.field(description="Where the page begins and ends.")
    total_count: int = strawberry.field(
        description="How many match, on all pages. Counted only where it is asked."
    )


@strawberry.type(description="A node that reports tie to this one, with the places that say so.")
class EvidencedEdge(Generic[T]):
    cursor: str = strawberry.field(description="For `after` and `before` of this list.")
    node: T = strawberry.field(description="The node.")
    years: list[int] = strawberry.field(description="The years it holds for, ascending.")
    evidence: list[Evidence] = planned("The places that say so.", _year())


@strawberry.type(description="A page of nodes that reports tie to this one.")
class EvidencedConnection(Generic[T]):
    edges: list[EvidencedEdge[T]] = strawberry.field(description="The nodes with their evidence.")
    nodes: list[T] = strawberry.field(description="The nodes alone.")
    page_info: PageInfo = strawberry.field(description="Where the page begins and ends.")
    total_count: int = strawberry.field(
        description="How many match, on all pages. Counted only where it is asked."
    )


@strawberry.type(description="A kind of information that a body disclosed.")
class AgencyPublishedEdge:
    cursor: str = strawberry.field(description="For `after` and `before` of this list.")
    node: "Category" = strawberry.field(description="The kind of information.")  # type: ignore[name-defined]  # noqa: F821
    years: list[int] = strawberry.field(description="The years it was disclosed in, ascending.")
    evidence: list[Evidence] = planned("The places that say so.", _year())
    channels: "list[Channel]" = planned(  # type: ignore[name-defined]  # noqa: F821
        "The channels through which this body disclosed it, by the same statements.", _year()
    )


@strawberry.type(description="A page of what a body disclosed.")
class AgencyPublishedConnection:
    edges: list[AgencyPublishedEdge] = strawberry.field(
        description="The kinds of information with their evidence."
    )
    nodes: "list[Category]" = strawberry.field(description="The kinds alone.")  # type: ignore[name-defined]  # noqa: F821
    page_info: PageInfo = strawberry.field(description="Where the page begins and ends.")
    total_count: int = strawberry.field(
        description="How many match, on all pages. Counted only where it is asked."
    )


@strawberry.type(description="A figure that a check is about.")
class CheckOperandsEdge:
    cursor: str = strawberry.field(description="For `after` and `before` of this list.")
    node: "Observation" = strawberry.field(description="The figure.")  # type: ignore[name-defined]  # noqa: F821
    position: int = strawberry.field(description="Its place in the formula, from 0.")
    role: str = strawberry.field(description="The term of the formula that it stands for.")
    low: float | None = strawberry.field(description="The least that the printed figure allows.")
    high: float | None = strawberry.field(description="The most that the printed figure allows.")


@strawberry.type(description="A page of the figures that a check is about.")
class CheckOperandsConnection:
    edges: list[CheckOperandsEdge] = strawberry.field(description="The figures with their roles.")
    nodes: "list[Observation]" = strawberry.field(description="The figures alone.")  # type: ignore[name-defined]  # noqa: F821
    page_info: PageInfo = strawberry.field(description="Where the page begins and ends.")
    total_count: int = strawberry.field(
        description="How many match, on all pages. Counted only where it is asked."
    )


def connection_arguments(label: Label, *, evidenced: bool = False) -> list[StrawberryArgument]:
    inputs = strawberry.lazy("gongkai.api.filters")
    filter_type: Any = Annotated[f"{label}Filter", inputs]
    order_type: Any = Annotated[f"{label}Order", inputs]
    return [
        argument("first", int | None, "How many from the start (20 unless told)."),
        argument("after", str | None, "Only what follows this cursor."),
        argument("last", int | None, "How many from the end."),
        argument("before", str | None, "Only what precedes this cursor."),
        argument("where", filter_type | None, "Only what meets this."),
        argument("order_by", list[order_type] | None, "In this order; ties by id."),
        *([_year()] if evidenced else []),
    ]


def connection_type(hop: Hop) -> str:
    if hop.relationship.type == "PUBLISHED" and hop.forward:
        return "AgencyPublishedConnection"
    if hop.relationship.type == "CHECKS" and hop.forward:
        return "CheckOperandsConnection"
    kind = "EvidencedConnection" if hop.relationship.evidenced else "Connection"
    return f"{kind}[{hop.target}]"


def _fields(label: Label) -> dict[str, tuple[str, Any]]:
    """Annotation and field by name."""
    made: dict[str, tuple[str, Any]] = {}
    for name in shown_properties(label):
        item = NODES[label].property(name)
        enum = ENUMS.get((label, name))
        annotation = enum.__name__ if enum else _ANNOTATIONS[item.type]
        made[name] = (
            annotation if item.required else f"{annotation} | None",
            strawberry.field(description=descriptions.of_field(label, name)),
        )
    for owner, name in GROUPED:
        if owner is label:
            annotation = "Cell | None" if name == "cell" else "Source"
            made[name] = (
                annotation,
                strawberry.field(description=descriptions.of_field(label, name)),
            )
    hops = {name: hop for (owner, name), hop in HOPS.items() if owner is label}
    hops |= {second: hops[name] for (owner, second), name in SECOND_NAMES.items() if owner is label}
    for name, hop in hops.items():
        made[name] = _hop_field(label, graph_name(label, name), hop)
    return made


def _hop_field(label: Label, name: str, hop: Hop) -> tuple[str, Any]:
    text = descriptions.of_field(label, name)
    if hop.single:
        required = name == "report" or (label, name) in _ALWAYS_THERE
        annotation = str(hop.target) if required else f"{hop.target} | None"
        return annotation, strawberry.field(description=text)
    if (label, name) in LISTS:
        return f"list[{hop.target}]", strawberry.field(description=text)
    arguments = connection_arguments(hop.target, evidenced=hop.relationship.evidenced)
    return connection_type(hop), planned(text, *arguments)


_ALWAYS_THERE = {
    (Label.REPORT, "agency"),
    (Label.REPORT, "covers"),
    (Label.OBSERVATION, "metric"),
    (Label.OBSERVATION, "agency"),
}


def _node_type(label: Label) -> Any:
    fields = _fields(label)
    body: dict[str, Any] = {name: field for name, (_, field) in fields.items()}
    body["__annotations__"] = {name: annotation for name, (annotation, _) in fields.items()}
    body["__module__"] = __name__
    made = type(label.value, (Node,), body)
    return strawberry.type(made, description=descriptions.of_type(label))


NODE_TYPES: dict[Label, Any] = {label: _node_type(label) for label in Label}
globals().update({label.value: made for label, made in NODE_TYPES.items()})
