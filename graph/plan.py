"""A query as both stores see it: a tree of what to select, made before anything is asked.

    GraphQL operation -> plan (this) -> one statement per root field -> JSON-ready rows -> response

The API builds one `Root` for each root field; a store turns it into one statement whose text
depends on the plan's shape alone (`values` travel as parameters) and whose answer is the JSON of
that field, keys being the response keys the client asked for. Nothing here knows SQL, Cypher or
GraphQL.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from .schema import Hop, Label

Scalar: TypeAlias = str | int | float | bool | None

# --- what to filter by ----------------------------------------------------------------------


class Op(StrEnum):
    """`CONTAINS` and `STARTS_WITH` compare by code point; `IS_NULL` takes a boolean."""

    EQ = "eq"
    IN = "in"
    CONTAINS = "contains"
    STARTS_WITH = "startsWith"
    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"
    IS_NULL = "isNull"


@dataclass(frozen=True, slots=True)
class Compare:
    """One property of the node against a value. `id` is a property of every label.

    A null property meets no comparison but `IS_NULL`.
    """

    property: str
    op: Op
    value: Scalar | tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension of an observation (`applicant`, `outcome` …) against a value: EQ or IN."""

    name: str
    op: Op
    value: str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Some node at the other end of the hop meets `where` (`none`: no node does).

    For an evidenced relationship, `year` asks for evidence from that year.
    """

    hop: Hop
    where: "Where | None"
    none: bool = False
    year: int | None = None


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple["Where", ...]


@dataclass(frozen=True, slots=True)
class Either:
    parts: tuple["Where", ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: "Where"


Where: TypeAlias = Compare | Dimension | Related | All | Either | Not


# --- in what order, and which page ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Order:
    """One sort key. Nulls come last in both directions; the id breaks every tie, ascending."""

    property: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """`limit` rows after or before a cursor; `backward` takes them from the end (`last`).

    `after` and `before` are opaque cursors as `graph.cursors` makes them, still encoded.
    """

    limit: int
    backward: bool = False
    after: str | None = None
    before: str | None = None


# --- what to show ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant under a response key: `__typename`."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Value:
    """A property of the node (or `id`) under a response key."""

    key: str
    property: str


@dataclass(frozen=True, slots=True)
class Grouped:
    """Properties of the node itself under an object of their own (`cell`, `source`).

    Null as a whole where `present` (a property) is null.
    """

    key: str
    items: tuple["Item", ...]
    present: str


@dataclass(frozen=True, slots=True)
class Entries:
    """A MAP property as a list of {name, value}, sorted by name; `items` say which, and as what."""

    key: str
    property: str
    items: tuple[Literal | Value, ...]


@dataclass(frozen=True, slots=True)
class One:
    """The node at the other end of a single hop, or null."""

    key: str
    hop: Hop
    shape: "Shape"


@dataclass(frozen=True, slots=True)
class Several:
    """The nodes at the other end as a plain list, in their label's order (lists that stay short)."""

    key: str
    hop: Hop
    shape: "Shape"


@dataclass(frozen=True, slots=True)
class Connection:
    """A page of nodes at the other end of a hop, or of all nodes of a label where `hop` is None.

    `year`: for an evidenced relationship, only edges with evidence from that year.
    """

    key: str
    label: Label
    parts: tuple["Part", ...]
    page: Page
    order: tuple[Order, ...]
    hop: Hop | None = None
    where: Where | None = None
    year: int | None = None


Item: TypeAlias = Literal | Value | Grouped | Entries | One | Several | Connection


@dataclass(frozen=True, slots=True)
class Shape:
    """The object to make of a node of this label."""

    label: Label
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Variants:
    """The object to make of a node of any label. A label without a shape gives `{}`."""

    shapes: tuple[Shape, ...]


# Parts of a connection


@dataclass(frozen=True, slots=True)
class Edges:
    key: str
    items: tuple["EdgeItem", ...]


@dataclass(frozen=True, slots=True)
class Nodes:
    key: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class TotalCount:
    """Counted only because it is here: the rows that match `where`, whatever the page."""

    key: str


class PageField(StrEnum):
    HAS_NEXT = "hasNextPage"
    HAS_PREVIOUS = "hasPreviousPage"
    START = "startCursor"
    END = "endCursor"


@dataclass(frozen=True, slots=True)
class PageInfo:
    """`items`: a `Literal`, or a response key with the page field it shows.

    Going forward, `hasPreviousPage` is true where `after` was given, and the other way round for
    `hasNextPage` (Relay's cheap rule): a page beyond the asked direction is never counted.
    """

    key: str
    items: tuple[Literal | tuple[str, PageField], ...]


Part: TypeAlias = Literal | Edges | Nodes | TotalCount | PageInfo


# Parts of an edge


@dataclass(frozen=True, slots=True)
class Cursor:
    key: str


@dataclass(frozen=True, slots=True)
class EdgeNode:
    key: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class Years:
    """The years an evidenced edge has evidence from, ascending."""

    key: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The quotes behind an edge: by year, report id and start. `year`: only those of one year.

    `report` and `section` are shapes of the nodes the quote stands in.
    """

    key: str
    items: tuple["EvidenceItem", ...]
    year: int | None = None


@dataclass(frozen=True, slots=True)
class EvidenceValue:
    """`quote`, `start`, `end` or `year`."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class EvidenceNode:
    """`report` or `section`: where the quote stands."""

    key: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class Through:
    """On an edge of PUBLISHED: the channels that carried that category in the same statements.

    A channel is listed where a CARRIED_BY edge of the category has a piece of evidence that
    overlaps one of this edge's in the same report. `year` narrows both.
    """

    key: str
    shape: Shape
    year: int | None = None


EvidenceItem: TypeAlias = Literal | EvidenceValue | EvidenceNode


@dataclass(frozen=True, slots=True)
class EdgeValue:
    """A property of the edge itself under a response key."""

    key: str
    property: str


EdgeItem: TypeAlias = Literal | Cursor | EdgeNode | Years | Evidence | Through | EdgeValue


# --- root fields ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ById:
    """`node(id:)` and `agency(id:)`: the node with this id, or null (also where the label differs).

    Only labels that `variants` name are looked at.
    """

    id: str
    variants: Variants


@dataclass(frozen=True, slots=True)
class ByIds:
    """`nodes(ids:)`: in the order asked, null for an unknown id."""

    ids: tuple[str, ...]
    variants: Variants


@dataclass(frozen=True, slots=True)
class ByKey:
    """The first node of the label whose property has this value: `metric(key:)`, `region(code:)`."""

    property: str
    value: Scalar
    shape: Shape


@dataclass(frozen=True, slots=True)
class Search:
    """Full-text search; see `graph.search` for what matches and how hits are ranked.

    A hit's items: `Literal`, `Cursor`, `HitValue` and `HitNode`.
    """

    key: str
    query: str
    labels: tuple[Label, ...]
    page: Page
    parts: tuple["SearchPart", ...]


@dataclass(frozen=True, slots=True)
class HitValue:
    """`field` (the property that matched), `snippet`, `start` and `end` (the match, in the
    report's text, for a Section or Observation; else in the property itself), `rank` (1 best)."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class HitNode:
    key: str
    variants: Variants


HitItem: TypeAlias = Literal | HitValue | HitNode


@dataclass(frozen=True, slots=True)
class Hits:
    """The hits as `edges` (with cursor and a `node` of hit items) or `nodes`."""

    key: str
    items: tuple["HitItem | Cursor | HitObject", ...]


@dataclass(frozen=True, slots=True)
class HitObject:
    """An edge's `node`: the hit itself, as an object."""

    key: str
    items: tuple[HitItem, ...]


SearchPart: TypeAlias = Literal | Hits | TotalCount | PageInfo


@dataclass(frozen=True, slots=True)
class Stats:
    """How much the store holds: `items` pair a response key with a label's count of nodes."""

    items: tuple[Literal | tuple[str, Label], ...]


FIGURE_COLUMNS = (
    *("breakdown", "scope", "value", "upper"),
    *("semantic", "unit", "qualifier", "quote"),
)
"""What there is of a figure in `Figures`, beside its year."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What some metrics were for some agencies in some years: what comparisons are made from.

    The answer, which `graph.compare.gathered` reads:

        {"metrics": [[id, key, [object …]] …],
         "agencies": [[id, name, region code or null, [object …], [year …], [template …]] …],
         "figures": [[agency, metric, {"year": [as_of …], "value": [value …], …}] …]}

    `metrics`: those of the ids that the store has, in the order given. `agencies`: those that meet
    `where`, in their label's order, `limit` at most; unless `every`, only those with a report or a
    figure of these metrics from `first_year` to `last_year`. Their reports are all there, by year
    and id; none of them where `reports` is false. `figures`: an entry for each agency and stored
    metric, in the order of both: `agency` is its place in `agencies` and `metric` its place in what
    was asked for, from 0. Its figures stand in columns, sorted by `breakdown`, `as_of`,
    `precedence` and id: `year`, each of `columns`, and `objects` where a shape of an observation is
    asked for.

    `by`: figures without a breakdown, and those broken down by this dimension alone; where it is
    None only the former. `agency`, `metric`, `observation`: the shapes of the objects.
    """

    metrics: tuple[str, ...]
    where: Where | None
    first_year: int | None
    last_year: int | None
    limit: int
    by: str | None = None
    every: bool = False
    columns: tuple[str, ...] = FIGURE_COLUMNS
    reports: bool = True
    agency: tuple[Shape, ...] = ()
    metric: tuple[Shape, ...] = ()
    observation: tuple[Shape, ...] = ()


Root: TypeAlias = ById | ByIds | ByKey | Connection | Search | Stats | Figures


# --- sub-graphs, for NetworkX ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everything within `depth` relationships of any of `ids`, up to `max_edges` relationships.

    `types`: only these relationship types (all where empty).
    """

    ids: tuple[str, ...]
    depth: int
    max_edges: int
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subgraph:
    """`edges`: (type, head, tail). `truncated`: `max_edges` was reached."""

    edges: list[tuple[str, str, str]] = field(default_factory=list)
    truncated: bool = False
