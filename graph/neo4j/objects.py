"""Nodes, lists and connections: Cypher brings values by their place, keys are added here.

So neither the response keys nor anything else of a client stands in a statement, and an answer
crosses the wire without its keys.
"""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from gongkai.graph.plan import (
    Connection,
    Cursor,
    EdgeItem,
    EdgeNode,
    EdgeValue,
    Entries,
    Evidence,
    EvidenceValue,
    Grouped,
    Item,
    Literal,
    Nodes,
    One,
    PageField,
    PageInfo,
    Part,
    Several,
    Shape,
    Through,
    TotalCount,
    Value,
    Variants,
    Years,
)
from gongkai.graph.records import record_type
from gongkai.graph.schema import HOPS, NODES, Label, Property, Type

from .compiler import Made, Read
from .layout import entry_names, entry_prefix, pattern
from .listing import ALL, Listing
from .scope import Scope

_LARGEST_INTEGER = 2**63 - 1


def object_of(members: Sequence[tuple[str, Made | str]]) -> Made:
    """An object, from its keys and either an expression or a constant for each."""
    record = record_type(tuple(key for key, _ in members))
    made = values_of([value for _, value in members])
    return Made(made.expression, lambda row: None if row is None else record(*made.value(row)))


def values_of(members: Sequence[Made | str]) -> Made:
    """A list, from either an expression or a constant for each entry. It is never null."""
    bound = [made for made in members if isinstance(made, Made)]
    reads = [(place, made.read) for place, made in enumerate(bound) if made.read]
    constants = [(place, made) for place, made in enumerate(members) if isinstance(made, str)]

    def read_values(row: list[Any]) -> list[Any]:
        values = [*row]
        for place, read in reads:
            values[place] = read(values[place])
        for place, constant in constants:
            values.insert(place, constant)
        return values

    expression = f"[{', '.join(made.expression for made in bound)}]"
    return Made(expression, read_values if reads or constants else None)


def node_object(shape: Shape, node: str, scope: Scope) -> Made:
    """The object of the node in the variable `node`, which may not be null."""
    return _items(shape.label, shape.items, node, scope)


def optional_object(shape: Shape, node: str, scope: Scope) -> Made:
    made = node_object(shape, node, scope)
    return Made(f"CASE WHEN {node} IS NOT NULL THEN {made.expression} END", made.read)


def choice(variants: Variants, nodes: dict[Label, str], scope: Scope, otherwise: Any) -> Made:
    """The object of a node of any label. `nodes`: the variable that holds it if it is of a label."""
    cases: list[str] = []
    made_of: list[Made] = []
    for shape in variants.shapes:
        node = nodes[shape.label]
        made = node_object(shape, node, scope)
        cases.append(f" WHEN {node} IS NOT NULL THEN [{len(made_of)}, {made.expression}]")
        made_of.append(made)

    def read_choice(row: Any) -> Any:
        if row is None:
            return otherwise
        place, value = row
        return made_of[place].value(value)

    return Made(f"CASE{''.join(cases)} END" if cases else "null", read_choice)


def _items(label: Label, items: tuple[Item, ...], node: str, scope: Scope) -> Made:
    return object_of([(item.key, _item(label, item, node, scope)) for item in items])


def _item(label: Label, item: Item, node: str, scope: Scope) -> Made | str:
    match item:
        case Literal():
            return item.value
        case Value():
            return property_value(label, item.property, node)
        case Grouped():
            made = _items(label, item.items, node, scope)
            present = f"{node}.{item.present} IS NOT NULL"
            return Made(f"CASE WHEN {present} THEN {made.expression} END", made.read)
        case Entries():
            return _entries(item, node)
        case One():
            return optional_object(item.shape, scope.node(node, item.hop), scope)
        case Several():
            nodes = Nodes("", item.shape)
            plain = Connection(item.key, item.hop.target, (nodes,), ALL, (), item.hop)
            made = connection(plain, node, scope)
            return Made(made.expression, lambda found: made.value(found)[""])
        case Connection():
            return connection(item, node, scope)


# --- properties -----------------------------------------------------------------------------------


def property_value(label: Label, name: str, node: str) -> Made:
    if name == "id":
        return Made(f"{node}.id")
    return _property(NODES[label].property(name), node)


def _property(item: Property, node: str) -> Made:
    match item.type:
        case Type.NUMBER:
            return Made(f"{node}.{item.name}", number)
        case Type.DATE:
            return Made(f"toString({node}.{item.name})")
        case Type.MAP:
            return Made(entries_of(item.name, node), dict)
        case _:
            return Made(f"{node}.{item.name}")


def number(value: float | None) -> Any:
    """JSON of a double as SQLite writes it: fifteen digits, without `.0` where it is integral.

    >>> number(3709.0), number(27.8), number(1e-05)
    (3709, Raw(b'27.8'), Raw(b'1.0e-05'))
    """
    if value is None:
        return None
    if value.is_integer() and abs(value) <= _LARGEST_INTEGER:
        return int(value)
    digits, exponent, power = format(value, ".15g").partition("e")
    if "." not in digits:
        digits += ".0"
    return msgspec.Raw(f"{digits}{exponent}{power}".encode())


def entries_of(name: str, node: str) -> str:
    """A MAP property as a list of [name, value], by name."""
    names, prefix = f"{node}.{entry_names(name)}", entry_prefix(name)
    return f"[entry IN {names} | [entry, {node}['{prefix}' + entry]]]"


def _entries(item: Entries, node: str) -> Made:
    parts = [
        (part.key, part.value, None)
        if isinstance(part, Literal)
        else (part.key, None, int(part.property == "value"))
        for part in item.items
    ]

    def read_entries(found: Any) -> Any:
        return [
            {key: constant if place is None else entry[place] for key, constant, place in parts}
            for entry in found
        ]

    return Made(entries_of(item.property, node), read_entries)


# --- lists ----------------------------------------------------------------------------------------


def connection(asked: Connection, here: str | None, scope: Scope) -> Made:
    """A page of the neighbours of the node in the variable `here`, or of all nodes of a label."""
    listing = Listing(scope.compiler, asked, here, looks_further=_looks_further(asked))
    inner = Scope(scope.compiler)
    columns: list[str] = []
    values: list[str] = []
    if _names_ends(asked.parts):
        columns.append(listing.keys)
    readers = [
        (part.key, _part(part, asked, listing, inner, columns, values)) for part in asked.parts
    ]
    alone = len(columns) == 1
    if columns:
        rows, row = listing.rows(), columns[0] if alone else f"[{', '.join(columns)}]"
        found = scope.collected(here or "", rows, inner, row, listing.order)
    else:
        found = "[]"
    backward, limit = asked.page.backward, asked.page.limit

    def read_connection(answer: Any) -> Any:
        rows, *others = answer
        further = 0 <= limit < len(rows)
        if further:
            rows = rows[:limit]
        if backward:
            rows = rows[::-1]
        page = Page(rows, others, further, alone=alone)
        return {key: read if isinstance(read, str) else read(page) for key, read in readers}

    return Made(f"[{', '.join([found, *values])}]", read_connection)


class Page:
    """What one page has brought: its rows in the forward order, and values beside them.

    A row is a list of columns, or the one column that there is `alone`.
    """

    __slots__ = ("_alone", "_rows", "further", "others")

    def __init__(self, rows: list[Any], others: list[Any], further: bool, *, alone: bool) -> None:
        self._rows, self._alone = rows, alone
        self.further, self.others = further, others

    def column(self, place: int) -> list[Any]:
        return self._rows if self._alone else [row[place] for row in self._rows]

    def end(self, number: int) -> list[Any] | None:
        """The keys, in the first column, of the first row or the last (-1), if there is one."""
        if not self._rows:
            return None
        row: list[Any] = self._rows[number]
        return row if self._alone else row[0]


def _part(
    part: Part,
    asked: Connection,
    listing: Listing,
    inner: Scope,
    columns: list[str],
    values: list[str],
) -> Read | str:
    if isinstance(part, Literal):
        return part.value
    if isinstance(part, TotalCount):
        values.append(listing.count())
        place = len(values) - 1
        return lambda page: page.others[place]
    if isinstance(part, PageInfo):
        if not columns and _looks_further(asked):
            columns.append("true")
        return page_info(part, asked.page.backward, bool(_given(asked)), listing.cursor)
    if isinstance(part, Nodes):
        made = node_object(part.shape, listing.node, inner)
    else:
        made = _edge(part.items, listing, inner)
    columns.append(made.expression)
    place = len(columns) - 1
    return lambda page: [made.value(value) for value in page.column(place)]


def _given(asked: Connection) -> str | None:
    return asked.page.before if asked.page.backward else asked.page.after


def page_info(
    part: PageInfo, backward: bool, given: bool, cursor: Callable[[list[Any]], str]
) -> Callable[[Page], Any]:
    """`given`: whether the page begins at a cursor. `cursor`: makes one of a row's keys."""

    def field(page: Page, wanted: PageField) -> Any:
        if wanted in (PageField.START, PageField.END):
            keys = page.end(0 if wanted is PageField.START else -1)
            return keys and cursor(keys)
        return page.further if (wanted is PageField.HAS_PREVIOUS) is backward else given

    return lambda page: {
        (item.key if isinstance(item, Literal) else item[0]): (
            item.value if isinstance(item, Literal) else field(page, item[1])
        )
        for item in part.items
    }


def _fields(parts: Sequence[Part]) -> set[PageField]:
    return {
        item[1]
        for part in parts
        if isinstance(part, PageInfo)
        for item in part.items
        if not isinstance(item, Literal)
    }


def _looks_further(asked: Connection) -> bool:
    wanted = PageField.HAS_PREVIOUS if asked.page.backward else PageField.HAS_NEXT
    return wanted in _fields(asked.parts)


def _names_ends(parts: Sequence[Part]) -> bool:
    return bool(_fields(parts) & {PageField.START, PageField.END})


# --- edges ----------------------------------------------------------------------------------------


def _edge(items: tuple[EdgeItem, ...], listing: Listing, scope: Scope) -> Made:
    """An edge's object. A cursor is made of the keys that stand in the row already."""
    return object_of([(item.key, _edge_item(item, listing, scope)) for item in items])


def _edge_item(item: EdgeItem, listing: Listing, scope: Scope) -> Made | str:
    match item:
        case Literal():
            return item.value
        case EdgeNode():
            return node_object(item.shape, listing.node, scope)
        case Cursor():
            return Made(listing.keys, listing.cursor)
        case Years():
            return Made(f"{listing.edge}.years")
        case Evidence():
            return _evidence(item, listing.edge, scope)
        case Through():
            return _through(item, listing.edge, scope)
        case EdgeValue():
            return _property(listing.relationship.property(item.property), listing.edge)


def _evidence(asked: Evidence, edge: str, scope: Scope) -> Made:
    compiler = scope.compiler
    inner, place = Scope(compiler), compiler.variable("i")
    names = {part: compiler.variable(part) for part in ("years", *_PARTS.values())}
    lists = ", ".join(f"{edge}.evidence_{part} AS {name}" for part, name in names.items())
    rows = f"WITH {lists} UNWIND range(0, size({names['years']}) - 1) AS {place}"
    if asked.year is not None:
        said = f"{names['years']}[{place}] = {compiler.value(asked.year)}"
        rows += f" WITH * WHERE {said}"
    members: list[tuple[str, Made | str]] = []
    for item in asked.items:
        if isinstance(item, Literal):
            members.append((item.key, item.value))
            continue
        stated = f"{names[_PARTS[item.name if isinstance(item, EvidenceValue) else item.shape.label.lower()]]}[{place}]"
        if isinstance(item, EvidenceValue):
            read = (lambda year: year or None) if item.name == "year" else None
            members.append((item.key, Made(stated, read)))
        else:
            node = compiler.variable("n")
            inner.match(f"OPTIONAL MATCH ({node}:{item.shape.label.value} {{id: {stated}}})")
            members.append((item.key, optional_object(item.shape, node, inner)))
    made = object_of(members)
    found = scope.collected(edge, rows, inner, made.expression, place)
    return Made(found, lambda rows: [made.value(row) for row in rows])


_PARTS = {
    "quote": "quotes",
    "start": "starts",
    "end": "ends",
    "year": "years",
    "report": "reports",
    "section": "sections",
}


_CARRIED_BY = HOPS[Label.CATEGORY, "carried_by"]


def _through(asked: Through, edge: str, scope: Scope) -> Made:
    """The channels whose evidence of carrying the category overlaps this edge's evidence."""
    compiler = scope.compiler
    inner = Scope(compiler)
    category, node, carried = (compiler.variable(p) for p in ("g", "n", "e"))
    years = ""
    if asked.year is not None:
        year = compiler.value(asked.year)
        years = f" AND said[3] = {year} AND shown[3] = {year}"
    rows = (
        f"WITH endNode({edge}) AS {category}, {_spans(edge)} AS saids"
        f" MATCH {pattern(category, _CARRIED_BY, node, carried)}"
        f" WITH {node}, saids, {_spans(carried)} AS showns"
        " WHERE any(said IN saids WHERE any(shown IN showns WHERE shown[0] = said[0]"
        f" AND shown[1] < said[2] AND said[1] < shown[2]{years}))"
    )
    terms = ", ".join([*(f"{node}.{name}" for name in NODES[Label.CHANNEL].order), f"{node}.id"])
    rows += f" WITH {node} ORDER BY {terms}"
    made = node_object(asked.shape, node, inner)
    found = scope.collected(edge, rows, inner, made.expression, terms)
    return Made(found, lambda rows: [made.value(row) for row in rows])


def _spans(edge: str) -> str:
    """The evidence of an edge as a list of [report, start, end, year]."""
    parts = ("reports", "starts", "ends", "years")
    entry = ", ".join(f"{edge}.evidence_{part}[place]" for part in parts)
    return f"[place IN range(0, size({edge}.evidence_reports) - 1) | [{entry}]]"
