"""Plans of every shape over a graph, cursors and filters with values that occur in it."""

import random
from typing import Any

from gongkai.graph import cursors, plan
from gongkai.graph.schema import HOPS, NODES, Hop, Label, Property, Type
from tests.graph.embedded.random_graph import NUMBERS, WORDS, Graph

_ORDERED = (Type.STRING, Type.INT, Type.NUMBER, Type.BOOLEAN, Type.DATE)


class RandomPlans:
    """`chance`: of shapes; `picks`: of the values in them (ids, limits, cursors, what is compared)."""

    def __init__(
        self, graph: Graph, chance: random.Random, picks: random.Random | None = None
    ) -> None:
        self.graph, self.chance, self.picks = graph, chance, picks or chance
        self._keys = 0

    def root(self) -> plan.Root:
        label = self.label()
        match self.chance.randrange(9):
            case 8:
                return self.figures()
            case 0:
                return plan.ById(self.some_id(), self.variants())
            case 1:
                ids = tuple(self.some_id() for _ in range(5))
                return plan.ByIds((*ids, "agency:none", "odd"), self.variants())
            case 2:
                name = NODES[label].properties[0].name
                value = _scalar(self.picks.choice(self.graph.of(label)).properties[name])
                return plan.ByKey(name, value, self.shape(label, 3))
            case _:
                return self.connection(label, None, 3)

    def figures(self) -> plan.Figures:
        metrics = [node.id for node in self.graph.of(Label.METRIC)]
        shapes = {
            label: tuple(self.shape(label, 2) for _ in range(self.chance.randrange(0, 3)))
            for label in (Label.AGENCY, Label.METRIC, Label.OBSERVATION)
        }
        return plan.Figures(
            metrics=tuple(self.picks.sample([*metrics, "metric:none"], 3)),
            where=self.where(Label.AGENCY, 2) if self.often() else None,
            first_year=2015 if self.often() else None,
            last_year=2015 if self.often() else None,
            limit=self.picks.choice([2, 100]),
            by=self.chance.choice([None, "applicant", "b"]),
            every=self.often(),
            columns=tuple(self.chance.sample(plan.FIGURE_COLUMNS, self.chance.randrange(0, 9))),
            reports=self.often(),
            agency=shapes[Label.AGENCY],
            metric=shapes[Label.METRIC],
            observation=shapes[Label.OBSERVATION],
        )

    def label(self) -> Label:
        return self.chance.choice(list(Label))

    def some_id(self) -> str:
        return self.picks.choice(list(self.graph.nodes))

    def key(self) -> str:
        self._keys += 1
        return f"k{self._keys}"

    def often(self) -> bool:
        return self.chance.random() < 0.5

    # --- shapes -------------------------------------------------------------------------------

    def variants(self) -> plan.Variants:
        labels = self.chance.sample(list(Label), self.chance.randrange(1, 10))
        return plan.Variants(tuple(self.shape(label, 2) for label in labels))

    def shape(self, label: Label, depth: int) -> plan.Shape:
        items: list[plan.Item] = [self.plain(label) for _ in range(self.chance.randrange(0, 4))]
        if depth:
            items += [self.deep(label, depth - 1) for _ in range(self.chance.randrange(0, 3))]
        self.chance.shuffle(items)
        return plan.Shape(label, tuple(items))

    def plain(self, label: Label) -> plan.Literal | plan.Value | plan.Grouped | plan.Entries:
        if label is Label.OBSERVATION and self.chance.random() < 0.3:
            if self.often():
                place = (plan.Value("row", "row"), plan.Value("path", "row_path"))
                return plan.Grouped(self.key(), place, "table")
            entry = (
                plan.Literal("__typename", "D"),
                plan.Value("n", "name"),
                plan.Value("v", "value"),
            )
            return plan.Entries(self.key(), "dimensions", entry)
        if self.chance.random() < 0.1:
            return plan.Literal(self.key(), self.picks.choice(WORDS))
        names = ["id", *(item.name for item in NODES[label].properties)]
        return plan.Value(self.key(), self.chance.choice(names))

    def deep(self, label: Label, depth: int) -> plan.Item:
        hop = self.hop(label)
        if hop is None:
            return plan.Value(self.key(), "id")
        if hop.single and self.chance.random() < 0.9:
            return plan.One(self.key(), hop, self.shape(hop.target, depth))
        if self.chance.random() < 0.3:
            return plan.Several(self.key(), hop, self.shape(hop.target, depth))
        return self.connection(hop.target, hop, depth)

    def hop(self, label: Label) -> Hop | None:
        hops = [hop for (source, _), hop in HOPS.items() if source is label]
        return self.chance.choice(hops) if hops else None

    # --- connections --------------------------------------------------------------------------

    def connection(self, label: Label, hop: Hop | None, depth: int) -> plan.Connection:
        order = self.order(label)
        evidenced = hop is not None and hop.relationship.evidenced
        parts: list[plan.Part] = []
        if self.often():
            parts.append(plan.Nodes(self.key(), self.shape(label, depth)))
        if self.often():
            parts.append(plan.Edges(self.key(), self.edge_items(label, hop, depth)))
        if self.often():
            parts.append(plan.TotalCount(self.key()))
        if self.often():
            fields = self.chance.sample(list(plan.PageField), self.chance.randrange(1, 5))
            items = tuple((self.key(), name) for name in fields)
            parts.append(
                plan.PageInfo(self.key(), (*items, plan.Literal("__typename", "PageInfo")))
            )
        return plan.Connection(
            self.key(),
            label,
            tuple(parts),
            self.page(label, hop, order),
            order,
            hop,
            self.where(label, 2) if self.often() else None,
            2016 if evidenced and self.often() else None,
        )

    def edge_items(self, label: Label, hop: Hop | None, depth: int) -> tuple[plan.EdgeItem, ...]:
        items: list[plan.EdgeItem] = [
            plan.Cursor(self.key()),
            plan.EdgeNode(self.key(), self.shape(label, depth)),
        ]
        if hop is not None and hop.relationship.evidenced:
            year = 2016 if self.often() else None
            said: tuple[plan.EvidenceItem, ...] = (
                plan.EvidenceValue("quote", "quote"),
                plan.EvidenceValue("year", "year"),
                plan.EvidenceNode("report", self.shape(Label.REPORT, min(depth, 1))),
                plan.EvidenceNode("section", self.shape(Label.SECTION, 0)),
            )
            items += [plan.Years(self.key()), plan.Evidence(self.key(), said, year)]
            if hop.relationship.type == "PUBLISHED":
                shape = self.shape(Label.CHANNEL, min(depth, 1))
                items.append(plan.Through(self.key(), shape, year))
        if hop is not None:
            items += [plan.EdgeValue(self.key(), item.name) for item in hop.relationship.properties]
        return tuple(self.chance.sample(items, self.chance.randrange(1, len(items) + 1)))

    def order(self, label: Label) -> tuple[plan.Order, ...]:
        names = [item.name for item in NODES[label].properties if item.type in _ORDERED]
        chosen = self.chance.sample(names, self.chance.randrange(0, min(3, len(names) + 1)))
        return tuple(plan.Order(name, self.often()) for name in chosen)

    def page(self, label: Label, hop: Hop | None, order: tuple[plan.Order, ...]) -> plan.Page:
        cursor = self.cursor(label, hop, order) if self.chance.random() < 0.4 else None
        before = self.cursor(label, hop, order) if self.chance.random() < 0.2 else None
        return plan.Page(self.picks.choice([0, 1, 2, 5, 50]), self.often(), cursor, before)

    def cursor(self, label: Label, hop: Hop | None, order: tuple[plan.Order, ...]) -> str:
        by = order or tuple(plan.Order(name) for name in NODES[label].order)
        node = self.picks.choice(self.graph.of(label))
        mark = cursors.mark_of(cursors.place_of(label, hop), by)
        return cursors.encode(
            mark, [_scalar(node.properties.get(key.property)) for key in by], node.id
        )

    # --- filters ------------------------------------------------------------------------------

    def where(self, label: Label, depth: int) -> plan.Where:
        match self.chance.randrange(8):
            case 0 if depth:
                return plan.All(tuple(self.where(label, depth - 1) for _ in range(2)))
            case 1 if depth:
                return plan.Either(tuple(self.where(label, depth - 1) for _ in range(2)))
            case 2 if depth:
                return plan.Not(self.where(label, depth - 1))
            case 3 | 4 | 5 if depth and (hop := self.hop(label)) is not None:
                inner = self.where(hop.target, depth - 1) if self.chance.random() < 0.8 else None
                year = 2016 if hop.relationship.evidenced and self.often() else None
                return plan.Related(hop, inner, self.chance.random() < 0.3, year)
            case 6 if label is Label.OBSERVATION:
                return plan.Dimension("b.c", plan.Op.IN, tuple(self.picks.sample(WORDS, 4)))
            case _:
                return self.compare(label)

    def compare(self, label: Label) -> plan.Compare:
        if self.chance.random() < 0.3:
            if self.often():
                return plan.Compare("id", plan.Op.EQ, self.some_id())
            ids = [node.id for node in self.graph.of(label)]
            return plan.Compare("id", plan.Op.IN, tuple(self.picks.sample(ids, 3)))
        items = [item for item in NODES[label].properties if item.type in _ORDERED]
        item = self.chance.choice(items)
        ops = [op for op in plan.Op if item.type is Type.STRING or op not in _TEXT_OPS]
        op = self.chance.choice(ops)
        if op is plan.Op.IS_NULL:
            return plan.Compare(item.name, op, self.often())
        if op is plan.Op.IN:
            return plan.Compare(item.name, op, tuple(self.value(label, item) for _ in range(3)))
        value = self.value(label, item)
        if op in _TEXT_OPS:
            value = str(value)[: self.picks.randrange(0, 3)]
        return plan.Compare(item.name, op, value)

    def value(self, label: Label, item: Property) -> Any:
        stated = self.picks.choice(self.graph.of(label)).properties.get(item.name)
        if stated is not None:
            return _scalar(stated)
        return self.picks.choice(NUMBERS if item.type in (Type.INT, Type.NUMBER) else WORDS)


_TEXT_OPS = (plan.Op.CONTAINS, plan.Op.STARTS_WITH)


def _scalar(value: Any) -> plan.Scalar:
    assert value is None or isinstance(value, str | int | float)
    return value
