"""The graph as data: its labels, their properties, and every relationship between them.

Stores make their tables and statements from it, the API's types are tested against it, and the
export follows it. Nothing else lists labels, properties or relationships.

Names are those of Neo4j: `doc_number` on a node, `PUBLISHED` on an edge. GraphQL writes properties
in camelCase and gives each relationship a field at both ends (`forward` on the tail's side of the
arrow, `backward` on the other).
"""

from dataclasses import dataclass
from enum import Enum, StrEnum


class Type(Enum):
    """Value types both stores know."""

    STRING = "string"
    INT = "int"
    NUMBER = "number"  # an IEEE double, written without .0 where it is integral
    DATE = "date"  # ISO text in the API
    BOOLEAN = "boolean"
    INTS = "ints"
    STRINGS = "strings"
    MAP = "map"  # text to text


class Label(StrEnum):
    REGION = "Region"
    AGENCY = "Agency"
    REPORT = "Report"
    SECTION = "Section"
    YEAR = "Year"
    METRIC = "Metric"
    OBSERVATION = "Observation"
    POLICY = "Policy"
    CHANNEL = "Channel"
    CATEGORY = "Category"
    CHECK = "Check"


@dataclass(frozen=True, slots=True)
class Property:
    name: str
    type: Type = Type.STRING
    required: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """`order`: the properties its lists are sorted by unless asked otherwise (the id comes last).

    `names`: what full-text search looks in, the first being the node's name. `within`: the field
    to the one node whose id and a colon begin the `sort_key`, so that its own stand together.
    """

    label: Label
    properties: tuple[Property, ...]
    order: tuple[str, ...]
    names: tuple[str, ...] = ()
    within: str | None = None

    def property(self, name: str) -> Property:
        return _PROPERTIES[self.label, name]


class Stored(Enum):
    """Where an embedded store keeps a relationship (Neo4j keeps each as a relationship)."""

    HEAD = "head"  # at most one tail for a head: a column beside the head
    TAIL = "tail"  # at most one head for a tail: a column beside the tail
    EDGE = "edge"  # many to many


@dataclass(frozen=True, slots=True, eq=False)  # each is there once: itself is its identity
class Relationship:
    """`head`-[`type`]->`tail`. `forward` is its field on the head, `backward` on the tail.

    `evidenced`: the edge carries `years` and `evidence` (quote, start, end, report, section).
    `properties`: what else an edge of its own carries.
    """

    type: str
    head: Label
    tail: Label
    forward: str
    backward: str
    stored: Stored
    evidenced: bool = False
    properties: tuple[Property, ...] = ()

    @property
    def reference(self) -> str:
        """The name under which a node keeps the other end, where it has at most one."""
        return f"{self.forward if self.stored is Stored.HEAD else self.backward}_id"

    def property(self, name: str) -> Property:
        return next(item for item in self.properties if item.name == name)


def _text(*names: str) -> tuple[Property, ...]:
    return tuple(Property(name) for name in names)


def _need(*names: str) -> tuple[Property, ...]:
    return tuple(Property(name, required=True) for name in names)


_NODES = (
    Node(
        Label.REGION,
        (*_need("code", "name"), *_text("level"), *_need("sort_key")),
        order=("code",),
        names=("name",),
    ),
    Node(
        Label.AGENCY,
        (*_need("name"), *_text("level"), *_need("sort_key")),
        order=("sort_key",),
        names=("name",),
    ),
    Node(
        Label.REPORT,
        (
            *_need("title"),
            Property("year", Type.INT, required=True),
            Property("published", Type.DATE),
            *_need("template", "language"),
            *_need("source_name", "source_sha256", "source_format", "source_encoding"),
            *_need("sort_key"),
            *_need("text"),
        ),
        order=("sort_key", "year"),
        names=("title",),
    ),
    Node(
        Label.SECTION,
        (
            *_need("heading"),
            Property("path", Type.STRINGS, required=True),
            Property("position", Type.INT, required=True),
            Property("start", Type.INT, required=True),
            Property("end", Type.INT, required=True),
            *_need("text"),
        ),
        order=("position",),
        names=("heading", "text"),
    ),
    Node(Label.YEAR, (Property("value", Type.INT, required=True),), order=("value",)),
    Node(
        Label.METRIC,
        (
            *_need("key", "name"),
            *_text("name_en", "unit", "kind", "topic", "definition"),
            Property("open", Type.BOOLEAN, required=True),
            *_need("sort_key"),
        ),
        order=("key",),
        names=("name", "name_en", "key"),
    ),
    Node(
        Label.OBSERVATION,
        (
            *_need("measure"),
            Property("value", Type.NUMBER),
            Property("upper", Type.NUMBER),
            *_text("unit"),
            *_need("qualifier", "semantic", "kind"),
            Property("year", Type.INT),
            *_need("scope"),
            Property("dimensions", Type.MAP, required=True),
            *_need("quote"),
            Property("start", Type.INT, required=True),
            Property("end", Type.INT, required=True),
            Property("table", Type.INT),
            Property("row", Type.INT),
            Property("column", Type.INT),
            Property("row_path", Type.STRINGS),
            Property("column_path", Type.STRINGS),
            *_need("confidence", "confidence_reason"),
            # What comparisons are made from (`graph.compare.standing`).
            Property("as_of", Type.INT, required=True),
            *_need("breakdown"),
            Property("precedence", Type.INT, required=True),
            *_need("sort_key"),
        ),
        order=("sort_key",),
        names=("measure", "quote"),
        within="report",
    ),
    Node(
        Label.POLICY,
        (*_text("title", "doc_number"), *_need("name", "sort_key")),
        order=("sort_key",),
        names=("name", "doc_number"),
    ),
    Node(
        Label.CHANNEL,
        (*_need("name", "type", "sort_key"),),
        order=("sort_key",),
        names=("name",),
    ),
    Node(
        Label.CATEGORY,
        (*_need("path", "name"), *_text("name_en"), *_need("sort_key")),
        order=("path",),
        names=("name", "name_en"),
    ),
    Node(
        Label.CHECK,
        (
            *_need("rule", "name", "status", "formula"),
            Property("left", Type.NUMBER),
            Property("right", Type.NUMBER),
            Property("difference", Type.NUMBER),
            *_text("explanation"),
            *_need("message"),
            Property("across", Type.BOOLEAN, required=True),
            *_need("sort_key"),
        ),
        order=("sort_key",),
        within="report",
    ),
)

NODES: dict[Label, Node] = {node.label: node for node in _NODES}
_PROPERTIES = {(node.label, item.name): item for node in _NODES for item in node.properties}

_HEAD, _TAIL, _EDGE = Stored.HEAD, Stored.TAIL, Stored.EDGE
_L = Label

RELATIONSHIPS: tuple[Relationship, ...] = (
    Relationship("PUBLISHED_BY", _L.REPORT, _L.AGENCY, "agency", "reports", _HEAD),
    Relationship("COVERS", _L.REPORT, _L.YEAR, "covers", "reports", _HEAD),
    Relationship("HAS_SECTION", _L.REPORT, _L.SECTION, "sections", "report", _TAIL),
    Relationship("STATED_IN", _L.OBSERVATION, _L.REPORT, "report", "observations", _HEAD),
    Relationship("STATED_IN", _L.OBSERVATION, _L.SECTION, "section", "observations", _HEAD),
    Relationship("MEASURES", _L.OBSERVATION, _L.METRIC, "metric", "observations", _HEAD),
    Relationship("IN_YEAR", _L.OBSERVATION, _L.YEAR, "in_year", "observations", _HEAD),
    Relationship("ABOUT", _L.OBSERVATION, _L.AGENCY, "agency", "observations", _HEAD),
    Relationship("THROUGH", _L.OBSERVATION, _L.CHANNEL, "channels", "observations", _EDGE),
    Relationship("ON", _L.OBSERVATION, _L.CATEGORY, "category", "observations", _HEAD),
    Relationship("PART_OF", _L.OBSERVATION, _L.OBSERVATION, "part_of", "parts", _EDGE),
    Relationship("PART_OF", _L.AGENCY, _L.AGENCY, "parent", "children", _HEAD),
    Relationship("PART_OF", _L.CATEGORY, _L.CATEGORY, "parent", "children", _HEAD),
    Relationship("LOCATED_IN", _L.AGENCY, _L.REGION, "region", "agencies", _HEAD),
    Relationship("WITHIN", _L.REGION, _L.REGION, "parent", "children", _HEAD),
    # The owner is part of a channel's identity, so the graph shows it.
    Relationship("OWNED_BY", _L.CHANNEL, _L.AGENCY, "owner", "channels", _HEAD),
    Relationship("ISSUED", _L.AGENCY, _L.POLICY, "issued", "issuers", _EDGE, evidenced=True),
    Relationship("CITES", _L.REPORT, _L.POLICY, "cites", "cited_by", _EDGE, evidenced=True),
    Relationship(
        "IMPLEMENTS", _L.POLICY, _L.POLICY, "implements", "implemented_by", _EDGE, evidenced=True
    ),
    Relationship(
        "PUBLISHED", _L.AGENCY, _L.CATEGORY, "published", "publishers", _EDGE, evidenced=True
    ),
    Relationship("USES", _L.AGENCY, _L.CHANNEL, "uses", "users", _EDGE, evidenced=True),
    Relationship(
        "CARRIED_BY", _L.CATEGORY, _L.CHANNEL, "carried_by", "carries", _EDGE, evidenced=True
    ),
    # A check belongs to one report (across two years, to the later), and joins the figures it is about.
    Relationship("CHECKS", _L.CHECK, _L.REPORT, "report", "checks", _HEAD),
    Relationship(
        "CHECKS",
        _L.CHECK,
        _L.OBSERVATION,
        "operands",
        "checks",
        _EDGE,
        properties=(
            Property("position", Type.INT, required=True),
            Property("role", required=True),
            Property("low", Type.NUMBER),
            Property("high", Type.NUMBER),
        ),
    ),
    # Where a report names an entity: the source of every node that no figure or statement needs.
    Relationship(
        "MENTIONS", _L.REPORT, _L.AGENCY, "agencies", "mentioned_in", _EDGE, evidenced=True
    ),
    Relationship(
        "MENTIONS", _L.REPORT, _L.CHANNEL, "channels", "mentioned_in", _EDGE, evidenced=True
    ),
    Relationship(
        "MENTIONS", _L.REPORT, _L.CATEGORY, "categories", "mentioned_in", _EDGE, evidenced=True
    ),
)


@dataclass(frozen=True, slots=True)
class Hop:
    """A relationship walked from one end: the way a GraphQL field goes."""

    relationship: Relationship
    forward: bool

    @property
    def source(self) -> Label:
        return self.relationship.head if self.forward else self.relationship.tail

    @property
    def target(self) -> Label:
        return self.relationship.tail if self.forward else self.relationship.head

    @property
    def single(self) -> bool:
        """True where there is at most one node at the other end."""
        return self.relationship.stored is (Stored.HEAD if self.forward else Stored.TAIL)


HOPS: dict[tuple[Label, str], Hop] = {
    **{(item.head, item.forward): Hop(item, forward=True) for item in RELATIONSHIPS},
    **{(item.tail, item.backward): Hop(item, forward=False) for item in RELATIONSHIPS},
}
"""(label, field) → the way that field walks."""
