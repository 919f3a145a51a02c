"""The schema: the query type over `api.types`. Its fields are answered by the plan."""

from enum import Enum
from typing import Any

import strawberry
from graphql import GraphQLSchema, print_schema
from strawberry.schema.config import StrawberryConfig

from gongkai.graph.measures import Centrality
from gongkai.graph.schema import RELATIONSHIPS, Label

from . import descriptions, filters  # noqa: F401  (`filters`: inputs that arguments name)
from .checks import check_arguments
from .comparison_types import comparison_fields
from .names import PLURALS
from .types import (
    DATE,
    NODE_TYPES,
    Connection,
    Date,
    Edge,
    Node,
    PageInfo,
    argument,
    connection_arguments,
    described_enum,
    planned,
)


def _enum(made: Any, name: str, description: str, values: dict[str, str]) -> Any:
    made = strawberry.enum(made, name=name, description=description)
    for value in made.__strawberry_definition__.values:
        value.description = values[value.name]
    return made


NodeType = _enum(
    Label,
    "NodeType",
    "The labels of the graph.",
    {label.name: descriptions.of_type(label) for label in Label},
)
_TYPES = {item.type: item.type for item in RELATIONSHIPS}
RelationshipType = _enum(
    Enum("RelationshipType", _TYPES),
    "RelationshipType",
    "The relationships of the graph; both ends of each are fields of its nodes.",
    {
        item.type: ", ".join(f"{r.head} → {r.tail}" for r in RELATIONSHIPS if r.type == item.type)
        + "."
        for item in RELATIONSHIPS
    },
)


@strawberry.type(description="A node that full-text search found, and where it matched.")
class SearchHit:
    node: Node = strawberry.field(description="What was found.")
    field: str = strawberry.field(description="The property that matched, such as name or text.")
    snippet: str = strawberry.field(description="The match with the text around it.")
    start: int = strawberry.field(
        description="Where the match starts: in the report's text for the text of a section and "
        "the quote of a figure, else in the property."
    )
    end: int = strawberry.field(description="Where the match ends, likewise.")
    rank: int = strawberry.field(
        description="1: the name is the query; 2: begins with it; 3: contains it; 4: the rest."
    )


@strawberry.type(description="A page of what full-text search found.")
class SearchConnection:
    edges: list[Edge[SearchHit]] = strawberry.field(description="The hits with their cursors.")
    nodes: list[SearchHit] = strawberry.field(description="The hits alone.")
    page_info: PageInfo = strawberry.field(description="Where the page begins and ends.")
    total_count: int = strawberry.field(description="How many match. Counted only where asked.")


@strawberry.type(description="A relationship of a sub-graph.")
class SubGraphEdge:
    type: RelationshipType = strawberry.field(description="Its type.")  # type: ignore[valid-type]
    head: strawberry.ID = strawberry.field(description="The id of the node it starts from.")
    tail: strawberry.ID = strawberry.field(description="The id of the node it points to.")


described_enum(
    Centrality,
    "By what a node is central.",
    {
        "DEGREE": "How many nodes it is tied to, of all.",
        "BETWEENNESS": "How many shortest paths between others go through it.",
        "CLOSENESS": "How near all others are.",
        "PAGERANK": "How often a walk at random comes by.",
    },
)


@strawberry.type(description="A node that holds its sub-graph together.")
class CentralNode:
    node: Node = strawberry.field(description="The node.")
    score: float = strawberry.field(description="How central it is, from 0 to 1.")


@strawberry.type(description="Nodes that are tied more to each other than to the rest.")
class Community:
    size: int = strawberry.field(description="How many nodes it has.")
    nodes: list[Node] = strawberry.field(description="Its nodes.")


@strawberry.type(description="A body that discloses what another does.")
class SimilarAgency:
    agency: Node = strawberry.field(description="The body.")
    score: float = strawberry.field(
        description="The kinds of information that both disclose, of all that either does."
    )
    shared: list[Node] = strawberry.field(description="The kinds that both disclose.")


@strawberry.type(description="Some nodes and the relationships between them.")
class SubGraph:
    nodes: list[Node] = strawberry.field(description="The nodes; along a path, in its order.")
    edges: list[SubGraphEdge] = strawberry.field(description="The relationships.")
    length: int | None = strawberry.field(
        description="How many relationships a shortest path has; null where there is none."
    )
    truncated: bool = strawberry.field(description="Whether a limit cut the search short.")
    centrality: list[CentralNode] = planned(
        "The nodes that hold it together, the most central first.",
        argument("by", Centrality, "By what.", Centrality.DEGREE),
        argument("types", list[NodeType] | None, "Only nodes of these labels."),  # type: ignore[valid-type]
        argument("first", int | None, "How many (20 unless told)."),
    )
    communities: list[Community] = planned(
        "Groups that are tied more within than between (Louvain), the largest first.",
        argument("first", int | None, "How many (20 unless told)."),
    )


@strawberry.type(description="How many nodes the store holds.")
class Stats:
    __annotations__ = {PLURALS[label]: int for label in Label}
    for _label in Label:
        locals()[PLURALS[_label]] = strawberry.field(description=f"How many {_label} nodes.")
    del _label


def _id(description: str = "Its id.", *, required: bool = True) -> Any:
    return argument("id", strawberry.ID if required else strawberry.ID | None, description)


def _query_fields() -> dict[str, tuple[Any, Any]]:
    fields: dict[str, tuple[Any, Any]] = {
        "node": (Node | None, planned("The node with this id, of whatever label.", _id())),
        "nodes": (
            list[Node | None],
            planned(
                "The nodes with these ids, in this order; null for an unknown one.",
                argument("ids", list[strawberry.ID], "Their ids."),
            ),
        ),
    }
    for label, made in NODE_TYPES.items():
        if label is Label.SECTION:  # reached by its report
            continue
        text = descriptions.of_type(label)
        fields[label.lower()] = (made | None, planned(f"One by its id. {text}", *_single(label)))
        fields[PLURALS[label]] = (
            Connection[made],  # type: ignore[valid-type]
            planned(
                f"All of them. {text}",
                *(check_arguments() if label is Label.CHECK else []),
                *connection_arguments(label),
            ),
        )
    fields["search"] = (
        SearchConnection,
        planned(
            "Full-text search in names, titles, headings, texts and quotes.",
            argument("query", str, "Words; all must occur, in any order."),
            argument("types", list[NodeType] | None, "Only nodes of these labels."),  # type: ignore[valid-type]
            argument("first", int | None, "How many from the start (20 unless told)."),
            argument("after", str | None, "Only what follows this cursor."),
            argument("last", int | None, "How many from the end."),
            argument("before", str | None, "Only what precedes this cursor."),
        ),
    )
    relations = argument("types", list[RelationshipType] | None, "Only these; all unless told.")  # type: ignore[valid-type]
    fields["paths"] = (
        SubGraph,
        planned(
            "A shortest path between two nodes, along relationships in either direction.",
            argument("from_", strawberry.ID, "The id it starts from."),
            argument("to", strawberry.ID, "The id it leads to."),
            argument("max_length", int, "How many relationships it may have.", 4),
            relations,
        ),
    )
    fields["neighbourhood"] = (
        SubGraph,
        planned(
            "A node and what surrounds it.",
            _id(),
            argument("depth", int, "How many relationships away.", 1),
            relations,
        ),
    )
    fields |= comparison_fields()
    fields["similarAgencies"] = (
        list[SimilarAgency],
        planned(
            "The bodies that disclose most of what this one does.",
            _id("The id of a body."),
            argument("first", int | None, "How many (20 unless told)."),
        ),
    )
    fields["stats"] = (Stats, strawberry.field(description="How much the store holds."))
    return fields


def _single(label: Label) -> list[Any]:
    match label:
        case Label.METRIC:
            key = argument("key", str | None, "Its id in the dictionary, instead of the node's.")
            return [_id(required=False), key]
        case Label.REGION:
            code = argument("code", str | None, "Its GB/T 2260 code, instead of the id.")
            return [_id(required=False), code]
        case Label.YEAR:
            value = argument("value", int | None, "The year itself, instead of the id.")
            return [_id(required=False), value]
        case _:
            return [_id()]


def _query() -> Any:
    fields = _query_fields()
    body: dict[str, Any] = {name: field for name, (_, field) in fields.items()}
    body["__annotations__"] = {name: annotation for name, (annotation, _) in fields.items()}
    body["__module__"] = __name__
    text = "What can be asked: every list is a Relay connection, every figure has its quote."
    for field in body.values():
        for given in getattr(field, "arguments", []):
            if given.python_name == "from_":
                given.graphql_name = "from"
    return strawberry.type(type("Query", (), body), description=text)


Query = _query()

STRAWBERRY = strawberry.Schema(
    query=Query,
    types=list(NODE_TYPES.values()),
    config=StrawberryConfig(scalar_map={Date: DATE}),
)


def graphql_schema() -> GraphQLSchema:
    """The schema as graphql-core takes it."""
    return STRAWBERRY._schema


def print_schema_text() -> str:
    """The schema in SDL, as `gongkai schema` prints it and `api/schema.graphql` keeps it."""
    return print_schema(graphql_schema()) + "\n"
