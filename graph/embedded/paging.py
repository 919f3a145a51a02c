"""Keyset pages: the order of rows, what lies behind a cursor, and cursors made by SQLite.

Nulls come last in both directions and the id breaks every tie, so a row's place is its sort keys
and its id. A page from the end is read in the reversed order.
"""

from dataclasses import dataclass

from gongkai.graph import cursors
from gongkai.graph.plan import Order, Page
from gongkai.graph.schema import NODES, Label

from .compiler import Compiler


@dataclass(frozen=True, slots=True)
class Key:
    """A sort key. `column` is the expression that gives it."""

    column: str
    descending: bool
    nullable: bool
    numeric: bool

    def term(self, *, reverse: bool) -> str:
        direction = " DESC" if self.descending is not reverse else ""
        # SQLite holds null for the smallest value: a descending key has it last by itself.
        nulls = f" NULLS {'FIRST' if reverse else 'LAST'}"
        return f"{self.column}{direction}{nulls if self.nullable and not self.descending else ''}"


def key_of(label: Label, order: Order, column: str) -> Key:
    nullable = order.property != "id" and not NODES[label].property(order.property).required
    return Key(column, order.descending, nullable, cursors.is_numeric(label, order.property))


def order_terms(keys: tuple[Key, ...], id_column: str, *, reverse: bool) -> str:
    terms = [key.term(reverse=reverse) for key in keys]
    return ", ".join([*terms, f"{id_column}{' DESC' if reverse else ''}"])


def page_conditions(
    compiler: Compiler, page: Page, keys: tuple[Key, ...], id_column: str, mark: str
) -> list[str]:
    """The conditions that a page's cursors put on its rows. Raises `CursorRefused`."""
    made = []
    numeric = [key.numeric for key in keys]
    for cursor, after in ((page.after, True), (page.before, False)):
        if cursor is not None:
            values = cursors.decode(cursor, mark, numeric)
            placeholders = [compiler.value(value) for value in values]
            made.append(_beyond(keys, id_column, placeholders, after))
    return made


def cursor_sql(compiler: Compiler, keys: tuple[Key, ...], id_column: str, mark: str) -> str:
    """The expression that makes the bytes of `cursors.encode`."""
    parts = [_key_sql(key) for key in keys]
    return f"({' || '.join([*parts, f'hex({id_column})', compiler.value(f'.{mark}')])})"


def _key_sql(key: Key) -> str:
    text = f"printf('%.15g', {key.column})" if key.numeric else key.column
    if not key.nullable:
        return f"hex({text}) || '.'"
    return f"CASE WHEN {key.column} IS NULL THEN '{cursors.NULL}.' ELSE hex({text}) || '.' END"


def _beyond(keys: tuple[Key, ...], id_column: str, placeholders: list[str], after: bool) -> str:
    """Rows behind (`after`) or before a cursor's place in the forward order."""
    if not any(key.nullable or key.descending for key in keys):
        # One comparison of rows: SQLite answers it from an index.
        columns = ", ".join([*(key.column for key in keys), id_column])
        return f"({columns}) {'>' if after else '<'} ({', '.join(placeholders)})"
    *key_values, id_value = placeholders
    behind = f"{id_column} {'>' if after else '<'} {id_value}"
    for key, value in zip(reversed(keys), reversed(key_values), strict=True):
        behind = f"({_farther(key, value, after)} OR ({key.column} IS {value} AND {behind}))"
    first = keys[0]
    if not first.nullable:
        # Said again for the first key alone, which an index can answer.
        operator = ">=" if after is not first.descending else "<="
        behind = f"{first.column} {operator} {key_values[0]} AND {behind}"
    return behind


def _farther(key: Key, value: str, after: bool) -> str:
    farther = f"{key.column} {'>' if after is not key.descending else '<'} {value}"
    if not key.nullable:
        return farther
    if after:
        return f"{farther} OR ({key.column} IS NULL AND {value} IS NOT NULL)"
    return f"{farther} OR ({key.column} IS NOT NULL AND {value} IS NULL)"
