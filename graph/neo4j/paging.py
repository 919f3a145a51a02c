"""Keyset pages: the order of rows, and what lies behind a cursor.

Nulls come last in both directions and the id breaks every tie, so a row's place is its sort keys
and its id. A page from the end is read in the reversed order.
"""

from dataclasses import dataclass

from gongkai.graph import cursors
from gongkai.graph.plan import Op, Order, Page, Scalar
from gongkai.graph.schema import NODES, Label

from .code_points import beyond, comparable, is_plain
from .compiler import Compiler


@dataclass(frozen=True, slots=True)
class Key:
    """A sort key. `column` is the expression that gives it; `plain`: see `code_points.is_plain`."""

    column: str
    descending: bool
    nullable: bool
    numeric: bool
    plain: bool

    def term(self, *, reverse: bool) -> str:
        descending = self.descending is not reverse
        term = f"{self.column} DESC" if descending else self.column
        # Neo4j holds null for the largest value: often it is where it should be by itself.
        if not self.nullable or descending is reverse:
            return term
        return f"{self.column} IS NULL{' DESC' if reverse else ''}, {term}"


def key_of(label: Label, order: Order, node: str) -> Key:
    name = order.property
    return Key(
        comparable(label, name, node),
        order.descending,
        nullable=name != "id" and not NODES[label].property(name).required,
        numeric=cursors.is_numeric(label, name),
        plain=is_plain(label, name),
    )


def order_terms(keys: tuple[Key, ...], id_column: str, *, reverse: bool) -> str:
    terms = [key.term(reverse=reverse) for key in keys]
    return ", ".join([*terms, f"{id_column}{' DESC' if reverse else ''}"])


@dataclass(frozen=True, slots=True)
class Place:
    """A cursor's place, and which side of it is asked for."""

    keys: tuple[Scalar, ...]
    id: Scalar
    after: bool

    def op(self, key: Key | None = None) -> Op:
        return Op.GT if self.after is not (key is not None and key.descending) else Op.LT


def places(page: Page, keys: tuple[Key, ...], mark: str) -> list[Place]:
    """Raises `CursorRefused`."""
    found = []
    for cursor, after in ((page.after, True), (page.before, False)):
        if cursor is not None:
            *values, id = cursors.decode(cursor, mark, [key.numeric for key in keys])
            found.append(Place(tuple(values), id, after))
    return found


def behind(compiler: Compiler, keys: tuple[Key, ...], id_column: str, place: Place) -> str:
    """Rows behind or before a cursor's place in the forward order."""
    made = beyond(compiler, id_column, place.op(), place.id, plain=True)
    for key, value in zip(reversed(keys), reversed(place.keys), strict=True):
        given = compiler.value(value)
        same = f"{key.column} = {given}"
        farther = beyond(compiler, key.column, place.op(key), value, plain=key.plain)
        if key.nullable:
            same = f"({same} OR ({key.column} IS NULL AND {given} IS NULL))"
            one, other = (key.column, given) if place.after else (given, key.column)
            farther = f"({farther} OR ({one} IS NULL AND {other} IS NOT NULL))"
        # Not `OR`: Neo4j would look each side of it up by itself and lose the order.
        made = f"CASE WHEN {same} THEN {made} ELSE {farther} END"
    return made


def within_index(compiler: Compiler, keys: tuple[Key, ...], id_column: str, place: Place) -> str:
    """The same, said first for the first key alone, which an index answers in its order."""
    made = behind(compiler, keys, id_column, place)
    first = keys[0]
    if first.nullable or not first.plain:
        return made
    op = Op.GTE if place.op(first) is Op.GT else Op.LTE
    return f"{beyond(compiler, first.column, op, place.keys[0], plain=True)} AND {made}"
