"""What a plan means, said again without a database: lists, loops and sorting in Python."""

from collections.abc import Callable, Iterable
from functools import cmp_to_key
from typing import Any

from gongkai.graph import cursors, plan
from gongkai.graph.schema import HOPS, NODES, Hop, Label
from gongkai.graph.statements import NodeRow
from tests.graph.embedded.random_graph import Evidence, Graph

Edge = tuple[str, str]


class Naive:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def answer(self, root: plan.Root) -> Any:
        match root:
            case plan.ById():
                return self.choice(root.id, root.variants, None)
            case plan.ByIds():
                return [self.choice(id, root.variants, None) for id in root.ids]
            case plan.ByKey():
                found = [
                    node
                    for node in self.graph.of(root.shape.label)
                    if compares(value_of(node, root.property), plan.Op.EQ, root.value)
                ]
                first = min(found, key=lambda node: node.id, default=None)
                return None if first is None else self.object(root.shape, first)
            case plan.Connection():
                return self.connection(root, None)
            case plan.Stats():
                return {
                    item.key if isinstance(item, plan.Literal) else item[0]: item.value
                    if isinstance(item, plan.Literal)
                    else len(self.graph.of(item[1]))
                    for item in root.items
                }
            case plan.Figures():
                return self.figures(root)
            case _:
                raise AssertionError(root)

    # --- comparisons --------------------------------------------------------------------------

    def figures(self, asked: plan.Figures) -> dict[str, Any]:
        stored = [(n, self.graph.nodes.get(id)) for n, id in enumerate(asked.metrics)]
        metrics = [(n, node) for n, node in stored if node and node.label is Label.METRIC]
        agencies = [
            node
            for node in sorted(self.graph.of(Label.AGENCY), key=by_place((plan.Order("sort_key"),)))
            if (asked.where is None or self.meets(asked.where, node))
            and (asked.every or self.shows_something(asked, node, metrics))
        ][: asked.limit]
        groups = [
            [place, number, self.compared(asked, agency, metric)]
            for place, agency in enumerate(agencies)
            for number, metric in metrics
        ]
        return {
            "metrics": [
                [node.id, node.properties["key"], self.objects(asked.metric, node)]
                for _, node in metrics
            ],
            "agencies": [self.compared_agency(asked, agency) for agency in agencies],
            "figures": groups,
        }

    def compared_agency(self, asked: plan.Figures, agency: NodeRow) -> list[Any]:
        regions = self.others(HOPS[Label.AGENCY, "region"], agency)
        reports = [report for report, _ in self.others(HOPS[Label.AGENCY, "reports"], agency)]
        reports.sort(key=by_place((plan.Order("year"),)))
        return [
            agency.id,
            agency.properties["name"],
            regions[0][0].properties["code"] if regions else None,
            self.objects(asked.agency, agency),
            *(
                [report.properties[name] for report in reports if asked.reports]
                for name in ("year", "template")
            ),
        ]

    def compared(
        self, asked: plan.Figures, agency: NodeRow, metric: NodeRow
    ) -> dict[str, list[Any]]:
        found = [
            node
            for node in self.stated(agency, metric)
            if in_years(asked, node.properties["as_of"])
            and is_broken_down(asked.by, str(node.properties["breakdown"]))
        ]
        order = ("breakdown", "as_of", "precedence")
        found.sort(key=by_place(tuple(plan.Order(name) for name in order)))
        columns = {
            name: [node.properties["as_of" if name == "year" else name] for node in found]
            for name in ("year", *asked.columns)
        }
        if asked.observation:
            columns["objects"] = [self.objects(asked.observation, node) for node in found]
        return columns

    def stated(self, agency: NodeRow, metric: NodeRow) -> list[NodeRow]:
        measured = {node.id for node, _ in self.others(HOPS[Label.METRIC, "observations"], metric)}
        about = self.others(HOPS[Label.AGENCY, "observations"], agency)
        return [node for node, _ in about if node.id in measured]

    def shows_something(
        self, asked: plan.Figures, agency: NodeRow, metrics: list[tuple[int, NodeRow]]
    ) -> bool:
        reports = self.others(HOPS[Label.AGENCY, "reports"], agency)
        years = [report.properties["year"] for report, _ in reports]
        for _, metric in metrics:
            years += [node.properties["as_of"] for node in self.stated(agency, metric)]
        return any(in_years(asked, year) for year in years)

    def objects(self, shapes: tuple[plan.Shape, ...], node: NodeRow) -> list[Any]:
        return [self.object(shape, node) for shape in shapes]

    def choice(self, id: str, variants: plan.Variants, otherwise: Any) -> Any:
        node = self.graph.nodes.get(id)
        for shape in variants.shapes:
            if node is not None and node.label is shape.label:
                return self.object(shape, node)
        return otherwise

    # --- objects ------------------------------------------------------------------------------

    def object(self, shape: plan.Shape, node: NodeRow) -> dict[str, Any]:
        return {item.key: self.item(item, node) for item in shape.items}

    def item(self, item: plan.Item, node: NodeRow) -> Any:
        match item:
            case plan.Literal():
                return item.value
            case plan.Value():
                return value_of(node, item.property)
            case plan.Grouped():
                if value_of(node, item.present) is None:
                    return None
                return {part.key: self.item(part, node) for part in item.items}
            case plan.Entries():
                entries = sorted(value_of(node, item.property).items())
                return [
                    {
                        part.key: part.value
                        if isinstance(part, plan.Literal)
                        else entry[part.property == "value"]
                        for part in item.items
                    }
                    for entry in entries
                ]
            case plan.One():
                others = self.others(item.hop, node)
                return self.object(item.shape, others[0][0]) if others else None
            case plan.Several():
                nodes = [other for other, _ in self.others(item.hop, node)]
                order = tuple(plan.Order(name) for name in NODES[item.hop.target].order)
                nodes.sort(key=by_place(order))
                return [self.object(item.shape, other) for other in nodes]
            case plan.Connection():
                return self.connection(item, node)

    def others(self, hop: Hop, node: NodeRow) -> list[tuple[NodeRow, Edge]]:
        edges = self.graph.edges[hop.relationship]
        if hop.forward:
            return [
                (self.graph.nodes[tail], (head, tail)) for head, tail in edges if head == node.id
            ]
        return [(self.graph.nodes[head], (head, tail)) for head, tail in edges if tail == node.id]

    # --- filters ------------------------------------------------------------------------------

    def meets(self, where: plan.Where, node: NodeRow) -> bool:
        match where:
            case plan.All():
                return all(self.meets(part, node) for part in where.parts)
            case plan.Either():
                return any(self.meets(part, node) for part in where.parts)
            case plan.Not():
                return not self.meets(where.part, node)
            case plan.Compare():
                return compares(value_of(node, where.property), where.op, where.value)
            case plan.Dimension():
                stated = value_of(node, "dimensions").get(where.name)
                return stated in (where.value if isinstance(where.value, tuple) else (where.value,))
            case plan.Related():
                found = any(
                    (where.where is None or self.meets(where.where, other))
                    and (where.year is None or self.has_year(where.hop, edge, where.year))
                    for other, edge in self.others(where.hop, node)
                )
                return found is not where.none

    def evidence(self, hop: Hop, edge: Edge) -> list[Evidence]:
        return self.graph.edges[hop.relationship][edge]

    def has_year(self, hop: Hop, edge: Edge, year: int) -> bool:
        return any(item.quote.year == year for item in self.evidence(hop, edge))

    # --- connections --------------------------------------------------------------------------

    def connection(self, asked: plan.Connection, parent: NodeRow | None) -> dict[str, Any]:
        rows: list[tuple[NodeRow, Edge]] = (
            [(node, ("", "")) for node in self.graph.of(asked.label)]
            if asked.hop is None or parent is None
            else self.others(asked.hop, parent)
        )
        rows = [
            (node, edge)
            for node, edge in rows
            if (asked.where is None or self.meets(asked.where, node))
            and (
                asked.year is None
                or asked.hop is None
                or self.has_year(asked.hop, edge, asked.year)
            )
        ]
        total = len(rows)
        order = asked.order or tuple(plan.Order(name) for name in NODES[asked.label].order)
        mark = cursors.mark_of(cursors.place_of(asked.label, asked.hop), order)
        rows.sort(key=lambda row: by_place(order)(row[0]))
        page, numeric = asked.page, [cursors.is_numeric(asked.label, o.property) for o in order]
        for given, direction in ((page.after, 1), (page.before, -1)):
            if given is not None:
                *keys, id = cursors.decode(given, mark, numeric)
                at = [*zip(keys, (key.descending for key in order), strict=True), (id, False)]
                rows = [row for row in rows if compare(place(row[0], order), at) == direction]
        more = len(rows) > page.limit
        rows = (rows[-page.limit :] if page.backward else rows[: page.limit]) if page.limit else []
        made = [
            cursors.encode(mark, [value for value, _ in place(n, order)[:-1]], n.id)
            for n, _ in rows
        ]
        info = {
            plan.PageField.HAS_NEXT: page.before is not None if page.backward else more,
            plan.PageField.HAS_PREVIOUS: more if page.backward else page.after is not None,
            plan.PageField.START: made[0] if made else None,
            plan.PageField.END: made[-1] if made else None,
        }
        return {
            part.key: self.part(part, asked.hop, rows, made, total, info) for part in asked.parts
        }

    def part(
        self,
        part: plan.Part,
        hop: Hop | None,
        rows: list[tuple[NodeRow, Edge]],
        made: list[str],
        total: int,
        info: dict[plan.PageField, Any],
    ) -> Any:
        match part:
            case plan.Literal():
                return part.value
            case plan.TotalCount():
                return total
            case plan.Nodes():
                return [self.object(part.shape, node) for node, _ in rows]
            case plan.PageInfo():
                return {
                    item.key if isinstance(item, plan.Literal) else item[0]: item.value
                    if isinstance(item, plan.Literal)
                    else info[item[1]]
                    for item in part.items
                }
            case plan.Edges():
                return [
                    {item.key: self.edge_item(item, hop, row, cursor) for item in part.items}
                    for row, cursor in zip(rows, made, strict=True)
                ]

    def edge_item(
        self, item: plan.EdgeItem, hop: Hop | None, row: tuple[NodeRow, Edge], cursor: str
    ) -> Any:
        node, edge = row
        match item:
            case plan.Literal():
                return item.value
            case plan.Cursor():
                return cursor
            case plan.EdgeNode():
                return self.object(item.shape, node)
            case plan.Years():
                assert hop is not None
                years = {said.quote.year for said in self.evidence(hop, edge)}
                return sorted(year for year in years if year is not None)
            case plan.Evidence():
                assert hop is not None
                return [self.quote(item, said) for said in self.quotes(hop, edge, item.year)]
            case plan.Through():
                return self.through(item, edge)
            case plan.EdgeValue():
                assert hop is not None
                return self.graph.own[hop.relationship, *edge][item.property]

    def quotes(self, hop: Hop, edge: Edge, year: int | None) -> list[Evidence]:
        found = [
            said for said in self.evidence(hop, edge) if year is None or said.quote.year == year
        ]
        return sorted(
            found,
            key=lambda said: (
                said.quote.year is None,
                said.quote.year or 0,
                said.report,
                said.quote.start,
                said.quote.end,
            ),
        )

    def quote(self, asked: plan.Evidence, said: Evidence) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for item in asked.items:
            if isinstance(item, plan.Literal):
                made[item.key] = item.value
            elif isinstance(item, plan.EvidenceValue):
                made[item.key] = getattr(said.quote, item.name)
            else:
                id = said.report if item.shape.label is Label.REPORT else said.quote.section
                made[item.key] = (
                    None if id is None else self.choice(id, plan.Variants((item.shape,)), None)
                )
        return made

    def through(self, asked: plan.Through, edge: Edge) -> list[dict[str, Any]]:
        published = HOPS[Label.AGENCY, "published"]
        carried = HOPS[Label.CATEGORY, "carried_by"]
        said = self.quotes(published, edge, asked.year)
        channels = [
            tail
            for head, tail in self.graph.edges[carried.relationship]
            if head == edge[1]
            and any(
                a.report == b.report and a.quote.start < b.quote.end and b.quote.start < a.quote.end
                for a in said
                for b in self.quotes(carried, (head, tail), asked.year)
            )
        ]
        nodes = [self.graph.nodes[id] for id in channels]
        nodes.sort(key=lambda node: (str(node.properties["sort_key"]), node.id))
        return [self.object(asked.shape, node) for node in nodes]


def in_years(asked: plan.Figures, year: Any) -> bool:
    after = asked.first_year is None or year >= asked.first_year
    return after and (asked.last_year is None or year <= asked.last_year)


def is_broken_down(by: str | None, breakdown: str) -> bool:
    return not breakdown or (
        by is not None and breakdown.startswith(f"{by}=") and ";" not in breakdown
    )


def value_of(node: NodeRow, name: str) -> Any:
    return node.id if name == "id" else node.properties.get(name)


def compares(value: Any, op: plan.Op, wanted: Any) -> bool:
    if op is plan.Op.IS_NULL:
        return (value is None) is bool(wanted)
    if value is None or wanted is None:
        return False
    match op:
        case plan.Op.EQ:
            return bool(value == wanted)
        case plan.Op.IN:
            return bool(value in wanted)
        case plan.Op.CONTAINS:
            return bool(wanted in value)
        case plan.Op.STARTS_WITH:
            return bool(value.startswith(wanted))
        case plan.Op.GT:
            return bool(value > wanted)
        case plan.Op.GTE:
            return bool(value >= wanted)
        case plan.Op.LT:
            return bool(value < wanted)
        case plan.Op.LTE:
            return bool(value <= wanted)
        case _:
            raise AssertionError(op)


def place(node: NodeRow, order: Iterable[plan.Order]) -> list[tuple[Any, bool]]:
    """Each sort key with its direction, then the id."""
    return [*((value_of(node, key.property), key.descending) for key in order), (node.id, False)]


def by_place(order: tuple[plan.Order, ...]) -> Callable[[NodeRow], Any]:
    key = cmp_to_key(compare)
    return lambda node: key(place(node, order))


def compare(one: list[tuple[Any, bool]], other: list[tuple[Any, bool]]) -> int:
    for (a, descending), (b, _) in zip(one, other, strict=True):
        if a == b:
            continue
        if a is None or b is None:
            return 1 if a is None else -1
        return 1 if (a > b) is not descending else -1
    return 0
