"""Nodes, lists and connections as JSON, made by SQLite itself."""

from gongkai.graph.plan import (
    Connection,
    Cursor,
    EdgeItem,
    EdgeNode,
    Edges,
    Entries,
    Evidence,
    EvidenceItem,
    EvidenceNode,
    EvidenceValue,
    Grouped,
    Item,
    Literal,
    Nodes,
    One,
    Order,
    Page,
    PageField,
    PageInfo,
    Several,
    Shape,
    Through,
    TotalCount,
    Value,
    Variants,
    Years,
)
from gongkai.graph.schema import HOPS, NODES, Label, Stored, Type

from .compiler import Compiler
from .paging import Key, cursor_expression, order_terms, page_conditions
from .tables import evidence_table, quoted, table_of
from .where import condition, has_year, neighbours

_AS_JSON = {Type.INTS, Type.STRINGS, Type.MAP}


def object_of(compiler: Compiler, shape: Shape, node: str) -> str:
    """The JSON object of the node in the table with the alias `node`."""
    return compiler.object(
        (item.key, _item(compiler, shape.label, item, node)) for item in shape.items
    )


def node_choice(compiler: Compiler, id: str, variants: Variants) -> str:
    """The JSON of the node whose id the expression `id` gives, of whatever label; NULL for none."""
    cases = []
    for shape in variants.shapes:
        node, table = compiler.alias(), table_of(shape.label)
        made = f"SELECT {object_of(compiler, shape, node)} FROM {table} AS {node} WHERE {node}.id = {id}"
        cases.append(f" WHEN '{table}' THEN ({made})")
    if not cases:
        return "NULL"
    return f"json(CASE substr({id}, 1, instr({id}, ':') - 1){''.join(cases)} END)"


def _item(compiler: Compiler, label: Label, item: Item, node: str) -> str:
    match item:
        case Literal():
            return compiler.value(item.value)
        case Value():
            return property_of(label, item.property, node)
        case Grouped():
            inner = compiler.object(
                (part.key, _item(compiler, label, part, node)) for part in item.items
            )
            return f"json(CASE WHEN {node}.{quoted(item.present)} IS NOT NULL THEN {inner} END)"
        case Entries():
            return _entries(compiler, item, node)
        case One():
            other = compiler.alias()
            source, tied = neighbours(item.hop, node, other)
            return f"(SELECT {object_of(compiler, item.shape, other)} FROM {source} WHERE {tied})"
        case Several():
            return _several(compiler, item, node)
        case Connection():
            return connection_of(compiler, item, parent=node)


def property_of(label: Label, name: str, node: str) -> str:
    column = f"{node}.{quoted(name)}"
    kind = Type.STRING if name == "id" else NODES[label].property(name).type
    if kind in _AS_JSON:
        return f"json({column})"
    if kind is Type.BOOLEAN:
        return f"json(CASE {column} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)"
    return column


def _entries(compiler: Compiler, item: Entries, node: str) -> str:
    columns = {"name": "key", "value": "value"}
    made = compiler.object(
        (
            part.key,
            columns[part.property] if isinstance(part, Value) else compiler.value(part.value),
        )
        for part in item.items
    )
    rows = f"SELECT key, value FROM json_each({node}.{quoted(item.property)}) ORDER BY key"
    return f"(SELECT json_group_array({made}) FROM ({rows}))"


def _several(compiler: Compiler, item: Several, node: str) -> str:
    other, inner = compiler.alias(), compiler.alias()
    source, tied = neighbours(item.hop, node, inner)
    order = ", ".join(f"{inner}.{quoted(name)}" for name in NODES[item.hop.target].order)
    rows = f"SELECT {inner}.* FROM {source} WHERE {tied} ORDER BY {order}, {inner}.id"
    return f"(SELECT json_group_array({object_of(compiler, item.shape, other)}) FROM ({rows}) AS {other})"


# --- connections ------------------------------------------------------------------------------


def connection_of(compiler: Compiler, asked: Connection, parent: str | None) -> str:
    """One page. `parent`: the alias of the node whose neighbours it lists, None for a root field."""
    return _ConnectionSql(compiler, asked, parent).text()


class _ConnectionSql:
    """The parts of one connection share its source, its filter and its page."""

    def __init__(self, compiler: Compiler, asked: Connection, parent: str | None) -> None:
        self.compiler, self.asked = compiler, asked
        self.node, self.page_name = compiler.alias(), compiler.alias("p")
        self.label, self.hop = asked.label, asked.hop
        self.has_edges = self.hop is not None and self.hop.relationship.stored is Stored.EDGE
        self.order = asked.order or tuple(Order(name) for name in NODES[self.label].order)
        self.keys = tuple(self._key(order) for order in self.order)
        self.source, self.filter = self._source(parent)

    def text(self) -> str:
        parts = list(self.asked.parts)
        made = self.compiler.object((part.key, self._part(part)) for part in parts)
        if all(isinstance(part, Literal | TotalCount) for part in parts):
            return made
        return f"(WITH {self.page_name} AS MATERIALIZED ({self._page()}) SELECT {made})"

    # what is listed

    def _source(self, parent: str | None) -> tuple[str, list[str]]:
        """Where the rows come from, and which of them the connection is about."""
        filters = []
        if self.hop is None or parent is None:
            source = f"{table_of(self.label)} AS {self.node}"
        else:
            source, tied = neighbours(self.hop, parent, self.node)
            filters.append(tied)
        if self.asked.year is not None:
            filters.append(has_year(self.compiler, f"e{self.node}", self.asked.year))
        if self.asked.where is not None:
            filters.append(condition(self.compiler, self.asked.where, self.node))
        return source, filters

    def _key(self, order: Order) -> Key:
        if order.property == "id":
            return Key(f"{self.node}.id", order.descending, nullable=False)
        nullable = not NODES[self.label].property(order.property).required
        if self.has_edges and order.property in NODES[self.label].order:
            # Edge tables repeat the default order of both ends, so a page comes from their index.
            end = "tail" if self.hop is not None and self.hop.forward else "head"
            column = f"e{self.node}.{quoted(f'{end}_{order.property}')}"
        else:
            column = f"{self.node}.{quoted(order.property)}"
        return Key(column, order.descending, nullable)

    @property
    def _id(self) -> str:
        if not self.has_edges:
            return f"{self.node}.id"
        return (
            f"e{self.node}.{'tail_id' if self.hop is not None and self.hop.forward else 'head_id'}"
        )

    @property
    def _place(self) -> str:
        if self.hop is None:
            return self.label
        relationship = self.hop.relationship
        direction = "forward" if self.hop.forward else "backward"
        return f"{relationship.head}.{relationship.type}.{relationship.tail}.{direction}"

    # the page

    def _page(self) -> str:
        page: Page = self.asked.page
        columns = [f"{self.node}.rowid AS row"]
        columns += [f"{key.column} AS k{place}" for place, key in enumerate(self.keys)]
        columns.append(f"{self._id} AS id")
        if self.has_edges:
            columns += [f"e{self.node}.head_id AS head_id", f"e{self.node}.tail_id AS tail_id"]
            if self.hop is not None and self.hop.relationship.evidenced:
                columns.append(f"e{self.node}.years AS years")
        filters = self.filter + page_conditions(
            self.compiler, page, self.order, self.keys, self._id, self._place
        )
        where = f" WHERE {' AND '.join(filters)}" if filters else ""
        order = order_terms(self.keys, self._id, reverse=page.backward)
        limit = self.compiler.value(page.limit + 1 if self._looks_further else page.limit)
        return (
            f"SELECT {', '.join(columns)} FROM {self.source}{where} ORDER BY {order} LIMIT {limit}"
        )

    @property
    def _looks_further(self) -> bool:
        """One row more than the page shows is read only where something asks whether there is one."""
        wanted = PageField.HAS_PREVIOUS if self.asked.page.backward else PageField.HAS_NEXT
        return any(
            isinstance(part, PageInfo)
            and any(not isinstance(i, Literal) and i[1] is wanted for i in part.items)
            for part in self.asked.parts
        )

    def _rows(self, limit: str) -> str:
        """The page's rows in the forward order, under the page's own name."""
        rows = f"SELECT * FROM {self.page_name} LIMIT {limit}"
        if not self.asked.page.backward:
            return f"({rows})"
        keys = tuple(
            Key(f"k{place}", key.descending, key.nullable) for place, key in enumerate(self.keys)
        )
        return f"(SELECT * FROM ({rows}) ORDER BY {order_terms(keys, 'id', reverse=False)})"

    def _part(self, part: Literal | Edges | Nodes | TotalCount | PageInfo) -> str:
        match part:
            case Literal():
                return self.compiler.value(part.value)
            case TotalCount():
                where = f" WHERE {' AND '.join(self.filter)}" if self.filter else ""
                return f"(SELECT count(*) FROM {self.source}{where})"
            case Nodes():
                row, node = self.compiler.alias("r"), self.compiler.alias()
                made = object_of(self.compiler, part.shape, node)
                return self._listed(made, row, node)
            case Edges():
                row, node = self.compiler.alias("r"), self.compiler.alias()
                made = self.compiler.object(
                    (item.key, self._edge_item(item, row, node)) for item in part.items
                )
                return self._listed(made, row, node)
            case PageInfo():
                return self.compiler.object(
                    (item.key, self.compiler.value(item.value))
                    if isinstance(item, Literal)
                    else (item[0], self._page_field(item[1]))
                    for item in part.items
                )

    def _listed(self, made: str, row: str, node: str) -> str:
        limit = self.compiler.value(self.asked.page.limit)
        return (
            f"(SELECT json_group_array({made}) FROM {self._rows(limit)} AS {row}"
            f" CROSS JOIN {table_of(self.label)} AS {node} ON {node}.rowid = {row}.row)"
        )

    def _cursor(self, row: str) -> str:
        columns = [f"{row}.k{place}" for place in range(len(self.keys))]
        return cursor_expression(self.compiler, self._place, self.order, [*columns, f"{row}.id"])

    def _page_field(self, wanted: PageField) -> str:
        page = self.asked.page
        limit = self.compiler.value(page.limit)
        if wanted in (PageField.START, PageField.END):
            keys = tuple(
                Key(f"k{place}", key.descending, key.nullable)
                for place, key in enumerate(self.keys)
            )
            order = order_terms(keys, "id", reverse=wanted is PageField.END)
            row = self.compiler.alias("r")
            rows = f"SELECT * FROM {self.page_name} LIMIT {limit}"
            return f"(SELECT {self._cursor(row)} FROM ({rows}) AS {row} ORDER BY {order} LIMIT 1)"
        if (wanted is PageField.HAS_PREVIOUS) is page.backward:
            asked = f"(SELECT count(*) FROM {self.page_name}) > {limit}"
        else:
            given = page.before if page.backward else page.after
            asked = self.compiler.value(given is not None)
        return f"json(iif({asked}, 'true', 'false'))"

    # edges

    def _edge_item(self, item: EdgeItem, row: str, node: str) -> str:
        match item:
            case Literal():
                return self.compiler.value(item.value)
            case Cursor():
                return self._cursor(row)
            case EdgeNode():
                return object_of(self.compiler, item.shape, node)
            case Years():
                return f"json({row}.years)"
            case Evidence():
                return self._evidence(item, row)
            case Through():
                return self._through(item, row)

    def _evidence(self, item: Evidence, row: str) -> str:
        if self.hop is None:
            raise AssertionError("evidence stands on the edges of a relationship")
        quote = self.compiler.alias("v")
        made = self.compiler.object(
            (part.key, self._evidence_item(part, quote)) for part in item.items
        )
        year = "" if item.year is None else f" AND year = {self.compiler.value(item.year)}"
        rows = (
            f"SELECT * FROM {evidence_table(self.hop.relationship)}"
            f" WHERE head_id = {row}.head_id AND tail_id = {row}.tail_id{year}"
            ' ORDER BY year NULLS LAST, report_id, "start", "end"'
        )
        return f"(SELECT json_group_array({made}) FROM ({rows}) AS {quote})"

    def _evidence_item(self, part: EvidenceItem, quote: str) -> str:
        match part:
            case Literal():
                return self.compiler.value(part.value)
            case EvidenceValue():
                return f"{quote}.{quoted(part.name)}"
            case EvidenceNode():
                node = self.compiler.alias()
                table = table_of(part.shape.label)
                made = object_of(self.compiler, part.shape, node)
                return (
                    f"(SELECT {made} FROM {table} AS {node} WHERE {node}.id = {quote}.{table}_id)"
                )

    def _through(self, item: Through, row: str) -> str:
        carried = HOPS[Label.CATEGORY, "carried_by"].relationship
        published = HOPS[Label.AGENCY, "published"].relationship
        channel, inner = self.compiler.alias(), self.compiler.alias()
        years = "" if item.year is None else f" AND p.year = {self.compiler.value(item.year)}"
        overlapping = (
            f"SELECT c.tail_id FROM {evidence_table(published)} AS p"
            f" JOIN {evidence_table(carried)} AS c ON c.head_id = p.tail_id"
            ' AND c.report_id = p.report_id AND c."start" < p."end" AND c."end" > p."start"'
            f" WHERE p.head_id = {row}.head_id AND p.tail_id = {row}.tail_id{years}"
        )
        rows = (
            f"SELECT {inner}.* FROM channel AS {inner} WHERE {inner}.id IN ({overlapping})"
            f" ORDER BY {inner}.sort_key, {inner}.id"
        )
        made = object_of(self.compiler, item.shape, channel)
        return f"(SELECT json_group_array({made}) FROM ({rows}) AS {channel})"
