"""Nodes, lists and connections as JSON, written by SQLite itself."""

from collections.abc import Callable, Iterable

from gongkai.graph.plan import (
    Connection,
    Cursor,
    EdgeItem,
    EdgeNode,
    Edges,
    EdgeValue,
    Entries,
    Evidence,
    EvidenceValue,
    Grouped,
    Item,
    Literal,
    Nodes,
    One,
    Page,
    PageField,
    PageInfo,
    Part,
    Several,
    Shape,
    Through,
    Value,
    Variants,
    Years,
)
from gongkai.graph.schema import HOPS, NODES, Label, Property, Type

from .compiler import Compiler
from .json_text import JsonText, json_of
from .listing import Listing
from .scope import Scope, referred
from .tables import evidence_table, quoted, table_of

_AS_JSON = {Type.INTS, Type.STRINGS, Type.MAP}
_AS_NUMBER = {Type.INT, Type.NUMBER}


def write_object(text: JsonText, shape: Shape, node: str, scope: Scope) -> None:
    """The object of the node in the table with the alias `node`."""
    _write_items(text, shape.label, shape.items, node, scope)


def write_choice(
    text: JsonText, variants: Variants, ids: dict[Label, str], scope: Scope, otherwise: str
) -> None:
    """The object of a node of any label. `ids`: for each label, its id if that is its label."""
    nodes = []
    for shape in variants.shapes:
        node = scope.node(shape.label, ids[shape.label])
        nodes.append(node)
        with text.only_if(f"{node}.id IS NOT NULL", otherwise=""):
            write_object(text, shape, node, scope)
    none = " AND ".join(f"{node}.id IS NULL" for node in nodes) or "1"
    text.put(f"CASE WHEN {none} THEN '{otherwise}' ELSE '' END")


def _write_items(
    text: JsonText, label: Label, items: tuple[Item, ...], node: str, scope: Scope
) -> None:
    with text.object():
        for place in text.members(item.key for item in items):
            _write_item(text, label, items[place], node, scope)


def _write_item(text: JsonText, label: Label, item: Item, node: str, scope: Scope) -> None:
    match item:
        case Literal():
            text.say(json_of(item.value))
        case Value():
            write_property(text, label, item.property, node)
        case Grouped():
            with text.only_if(f"{node}.{quoted(item.present)} IS NOT NULL"):
                _write_items(text, label, item.items, node, scope)
        case Entries():
            _write_entries(text, item, node)
        case One():
            _write_one(text, item, node, scope)
        case Several():
            plain = Connection(
                item.key, item.hop.target, (Nodes("", item.shape),), _ALL, (), item.hop
            )
            _write_list(text, plain, node, scope)
        case Connection():
            _write_list(text, item, node, scope)


def write_property(text: JsonText, label: Label, name: str, node: str) -> None:
    column = f"{node}.{quoted(name)}"
    if name == "id":  # a label and hex digits: nothing in it needs an escape
        text.say('"')
        text.put(column)
        text.say('"')
        return
    _write_column(text, NODES[label].property(name), column)


def _write_column(text: JsonText, item: Property, column: str) -> None:
    if item.type is Type.BOOLEAN:
        text.put(f"CASE {column} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END")
    elif item.type in _AS_JSON or item.type in _AS_NUMBER:
        text.put(column if item.required else f"ifnull({column}, 'null')")
    else:
        text.put(f"json_quote({column})")


def _write_entries(text: JsonText, item: Entries, node: str) -> None:
    entry = text.compiler.alias("d")
    made = JsonText(text.compiler)
    with made.object():
        for place in made.members(part.key for part in item.items):
            part = item.items[place]
            if isinstance(part, Literal):
                made.say(json_of(part.value))
            else:
                made.put(f"json_quote({entry}.{'key' if part.property == 'name' else 'value'})")
    rows = (
        f"(SELECT key, value FROM json_each({node}.{quoted(item.property)})"
        f" ORDER BY key LIMIT -1) AS {entry}"
    )
    write_rows(text, made, rows)


def _write_one(text: JsonText, item: One, node: str, scope: Scope) -> None:
    label, id = item.hop.target, referred(item.hop, node)
    if not scope.is_full:
        other = scope.node(label, id, via=node)
        with text.only_if(f"{other}.id IS NOT NULL"):
            write_object(text, item.shape, other, scope)
        return
    # Beyond what one join takes, the other node begins a scope of its own.
    compiler, other = text.compiler, text.compiler.alias("n")
    ids = compiler.table("q", f"SELECT DISTINCT {id} AS id FROM {scope.population(node)}")
    tied = f"{table_of(label)} AS {other}"
    inner = Scope(compiler, f"{ids} CROSS JOIN {tied} ON {other}.id = {ids}.id")
    made = JsonText(compiler)
    write_object(made, item.shape, other, inner)
    text.put(
        f"ifnull((SELECT {made.sql()} FROM {tied}{inner.joins} WHERE {other}.id = {id}), 'null')"
    )


# --- lists ----------------------------------------------------------------------------------------

_ALL = Page(limit=-1)


def write_root_connection(text: JsonText, asked: Connection) -> None:
    listing = _listing(text.compiler, asked, None)
    if _is_stored(asked):
        listing.store(None)
    _write_connection(text, asked, listing)


def _write_list(text: JsonText, asked: Connection, node: str, scope: Scope) -> None:
    """The neighbours of a node: a connection, or a plain list where its one part has no key."""
    compiler = text.compiler
    if not (_is_stored(asked) or scope.is_inner):
        _write_connection(text, asked, _listing(compiler, asked, f"{node}.id"))
        return
    parents, alias = scope.parents(node), compiler.alias("q")
    listing = _listing(compiler, asked, f"{alias}.id")
    listing.store((parents, alias))
    made = JsonText(compiler)
    _write_connection(made, asked, listing)
    lists = compiler.table(
        "c", f"SELECT {alias}.id AS id, {made.sql()} AS j FROM {parents} AS {alias}"
    )
    text.put(scope.list_of(lists, node))


def _listing(compiler: Compiler, asked: Connection, here: str | None) -> Listing:
    wanted = PageField.HAS_PREVIOUS if asked.page.backward else PageField.HAS_NEXT
    return Listing(compiler, asked, here, looks_further=wanted in _page_fields(asked.parts))


def _page_fields(parts: Iterable[Part]) -> set[PageField]:
    return {
        item[1]
        for part in parts
        if isinstance(part, PageInfo)
        for item in part.items
        if not isinstance(item, Literal)
    }


def _is_stored(asked: Connection) -> bool:
    """Whether the page is needed more than once, or is read from its end."""
    listed = [part for part in asked.parts if isinstance(part, Edges | Nodes)]
    return (
        asked.page.backward
        or len(listed) > 1
        or bool(_page_fields(asked.parts))
        or any(map(_has_lists, listed))
    )


def _has_lists(item: object) -> bool:
    match item:
        case Connection() | Several() | Evidence() | Through():
            return True
        case Shape() | Grouped() | Edges():
            return any(map(_has_lists, item.items))
        case Nodes() | One() | EdgeNode():
            return _has_lists(item.shape)
        case _:
            return False


def _write_connection(text: JsonText, asked: Connection, listing: Listing) -> None:
    if len(asked.parts) == 1 and isinstance(only := asked.parts[0], Nodes) and not only.key:
        _write_part(text, only, listing)
        return
    with text.object():
        for place in text.members(part.key for part in asked.parts):
            _write_part(text, asked.parts[place], listing)


def _write_part(text: JsonText, part: Part, listing: Listing) -> None:
    compiler = text.compiler
    if isinstance(part, Literal):
        text.say(json_of(part.value))
    elif isinstance(part, Edges | Nodes):
        rows, scope = listing.shown(), Scope(compiler, listing.population())
        made = JsonText(compiler)
        if isinstance(part, Nodes):
            write_object(made, part.shape, listing.node, scope)
        else:
            _write_edge(made, part.items, listing, scope)
        write_rows(text, made, f"{rows}{scope.joins}")
    elif isinstance(part, PageInfo):
        write_page_info(text, part, listing.page_field)
    else:
        text.put(listing.count())


def write_page_info(text: JsonText, part: PageInfo, field: Callable[[PageField], str]) -> None:
    with text.object():
        keys = [item.key if isinstance(item, Literal) else item[0] for item in part.items]
        for place in text.members(keys):
            item = part.items[place]
            if isinstance(item, Literal):
                text.say(json_of(item.value))
            else:
                text.put(field(item[1]))


def write_rows(text: JsonText, row: JsonText, rows: str) -> None:
    """A JSON list with an entry for each row."""
    text.say("[")
    text.put(f"ifnull((SELECT group_concat({row.sql()}) FROM {rows}), '')")
    text.say("]")


# --- edges ----------------------------------------------------------------------------------------


def _write_edge(
    text: JsonText, items: tuple[EdgeItem, ...], listing: Listing, scope: Scope
) -> None:
    with text.object():
        for place in text.members(item.key for item in items):
            item = items[place]
            if isinstance(item, Literal):
                text.say(json_of(item.value))
            elif isinstance(item, EdgeNode):
                write_object(text, item.shape, listing.node, scope)
            elif isinstance(item, Cursor):
                text.say('"')
                text.put(listing.cursor())
                text.say('"')
            elif isinstance(item, Years):
                text.put(f"{listing.edge}.years")
            elif isinstance(item, Evidence):
                _write_evidence(text, item, listing, scope)
            elif isinstance(item, EdgeValue):
                own = listing.relationship.property(item.property)
                _write_column(text, own, f"{listing.edge}.{quoted(item.property)}")
            else:
                _write_through(text, item, listing.edge, scope)


def _write_evidence(text: JsonText, asked: Evidence, listing: Listing, scope: Scope) -> None:
    compiler, quote = text.compiler, text.compiler.alias("v")
    table = evidence_table(listing.relationship)
    tied = f"{quote}.head_id = {listing.edge}.head_id AND {quote}.tail_id = {listing.edge}.tail_id"
    if asked.year is not None:
        tied += f" AND {quote}.year = {compiler.value(asked.year)}"
    order = f'{quote}.year NULLS LAST, {quote}.report_id, {quote}.start, {quote}."end"'
    rows = (
        f"(SELECT {quote}.* FROM {table} AS {quote} WHERE {tied} ORDER BY {order} LIMIT -1)"
        f" AS {quote}"
    )
    inner = Scope(
        compiler, f"{scope.population()} CROSS JOIN {table} AS {quote} ON {tied}", is_inner=True
    )
    made = JsonText(compiler)
    with made.object():
        for place in made.members(item.key for item in asked.items):
            item = asked.items[place]
            if isinstance(item, Literal):
                made.say(json_of(item.value))
            elif isinstance(item, EvidenceValue):
                made.put(f"json_quote({quote}.{quoted(item.name)})")
            else:
                node = inner.node(item.shape.label, f"{quote}.{item.shape.label.lower()}_id")
                with made.only_if(f"{node}.id IS NOT NULL"):
                    write_object(made, item.shape, node, inner)
    write_rows(text, made, f"{rows}{inner.joins}")


_PUBLISHED = HOPS[Label.AGENCY, "published"].relationship
_CARRIED_BY = HOPS[Label.CATEGORY, "carried_by"].relationship


def _write_through(text: JsonText, asked: Through, edge: str, scope: Scope) -> None:
    """The channels whose evidence of carrying the category overlaps this edge's evidence."""
    compiler, node = text.compiler, text.compiler.alias("n")
    said, carried = compiler.alias("v"), compiler.alias("v")
    years = ""
    if asked.year is not None:
        year = compiler.value(asked.year)
        years = f" AND {said}.year = {year} AND {carried}.year = {year}"
    found = (
        f"{node}.id IN (SELECT {carried}.tail_id FROM {evidence_table(_PUBLISHED)} AS {said}"
        f" CROSS JOIN {evidence_table(_CARRIED_BY)} AS {carried}"
        f" ON {carried}.head_id = {said}.tail_id AND {carried}.report_id = {said}.report_id"
        f' AND {carried}.start < {said}."end" AND {said}.start < {carried}."end"'
        f" WHERE {said}.head_id = {edge}.head_id AND {said}.tail_id = {edge}.tail_id{years})"
    )
    order = ", ".join(f"{node}.{quoted(name)}" for name in NODES[Label.CHANNEL].order)
    rows = (
        f"(SELECT {node}.* FROM channel AS {node} WHERE {found}"
        f" ORDER BY {order}, {node}.id LIMIT -1) AS {node}"
    )
    inner = Scope(
        compiler, f"{scope.population()} CROSS JOIN channel AS {node} ON {found}", is_inner=True
    )
    made = JsonText(compiler)
    write_object(made, asked.shape, node, inner)
    write_rows(text, made, f"{rows}{inner.joins}")
