"""What `compareYears` asks: one body, what it and its reports state of two years, as one plan.

Keys of the answer:

    id, name, o0 …                                      the body, and its objects
    reports [{ year, template }]                        all of them
    first, second [{ year, text, o0 …, sections [{ heading, start, end, o0 … }],
                     policies [edge] }]                 its reports of either year
    firstCategories, secondCategories, firstChannels, secondChannels [edge]
    figures [{ year, … quote, metric { id, key, o0 … }, o0 … }]

An edge is { node { id, name, o0 … }, e0 … }: the node with its objects and each list of evidence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gongkai.graph.plan import (
    FIGURE_COLUMNS,
    ById,
    Compare,
    Connection,
    EdgeNode,
    Edges,
    Either,
    Evidence,
    EvidenceItem,
    Grouped,
    Item,
    Nodes,
    One,
    Op,
    Order,
    Page,
    Shape,
    Value,
    Variants,
    Where,
)
from gongkai.graph.schema import HOPS, Label

Shapes = Mapping[Label, tuple[Shape, ...]]
EvidenceItems = tuple[EvidenceItem, ...]

_EVERYTHING = Page(limit=20_000)


@dataclass(frozen=True, slots=True)
class Shown:
    """What an operation shows of the nodes and of the evidence, each as often as it selects them."""

    shapes: Shapes = field(default_factory=dict)
    evidence: Mapping[Label, tuple[EvidenceItems, ...]] = field(default_factory=dict)

    def objects(self, label: Label) -> tuple[Grouped, ...]:
        """The node itself, once for each shape."""
        shapes = self.shapes.get(label, ())
        return tuple(
            Grouped(f"o{place}", shape.items, present="id") for place, shape in enumerate(shapes)
        )


def year_plan(agency: str, first: int, second: int, shown: Shown) -> ById:
    items: list[Item] = [Value("id", "id"), Value("name", "name"), *shown.objects(Label.AGENCY)]
    items.append(_reports("reports", None, (Value("year", "year"), Value("template", "template"))))
    for when, year in (("first", first), ("second", second)):
        items.append(_reports(when, year, _report_items(shown)))
        items.append(_edges(f"{when}Categories", Label.AGENCY, "published", shown, year))
        items.append(_edges(f"{when}Channels", Label.AGENCY, "uses", shown, year))
    items.append(_figures(first, second, shown))
    return ById(agency, Variants((Shape(Label.AGENCY, tuple(items)),)))


def _list(
    key: str,
    label: Label,
    name: str,
    items: tuple[Item, ...],
    where: Where | None,
    *order: Order,
) -> Connection:
    hop = HOPS[label, name]
    nodes = Nodes("nodes", Shape(hop.target, items))
    return Connection(key, hop.target, (nodes,), _EVERYTHING, order, hop, where)


def _reports(key: str, year: int | None, items: tuple[Item, ...]) -> Connection:
    where = None if year is None else Compare("year", Op.EQ, year)
    return _list(key, Label.AGENCY, "reports", items, where, Order("year"))


def _report_items(shown: Shown) -> tuple[Item, ...]:
    sections: tuple[Item, ...] = (
        *(Value(name, name) for name in ("heading", "start", "end")),
        *shown.objects(Label.SECTION),
    )
    return (
        Value("text", "text"),
        *shown.objects(Label.REPORT),
        _list("sections", Label.REPORT, "sections", sections, None),
        _edges("policies", Label.REPORT, "cites", shown, None),
    )


def _edges(key: str, label: Label, name: str, shown: Shown, year: int | None) -> Connection:
    hop = HOPS[label, name]
    target = hop.target
    node = Shape(target, (Value("id", "id"), Value("name", "name"), *shown.objects(target)))
    quotes = (
        Evidence(f"e{place}", items, year)
        for place, items in enumerate(shown.evidence.get(target, ()))
    )
    edges = Edges("edges", (EdgeNode("node", node), *quotes))
    return Connection(key, target, (edges,), _EVERYTHING, (), hop, None, year)


def _figures(first: int, second: int, shown: Shown) -> Connection:
    metric = Shape(
        Label.METRIC, (Value("id", "id"), Value("key", "key"), *shown.objects(Label.METRIC))
    )
    items: tuple[Item, ...] = (
        Value("year", "as_of"),
        *(Value(name, name) for name in FIGURE_COLUMNS),
        One("metric", HOPS[Label.OBSERVATION, "metric"], metric),
        *shown.objects(Label.OBSERVATION),
    )
    either = Either(tuple(Compare("as_of", Op.EQ, year) for year in (first, second)))
    return _list("figures", Label.AGENCY, "observations", items, either, Order("precedence"))
