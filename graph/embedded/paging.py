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
) -> list[list[str]]:
    """The conditions that a page's cursors put on its rows, one list for each part of the page.

    Parts follow each other in the order the page is read. There are two where the first key may be
    null and there is a cursor: rows with a value and rows without, each found in an index; else one.
    Raises `CursorRefused`.
    """
    places = [
        _Place([compiler.value(value) for value in values], after)
        for cursor, after in ((page.after, True), (page.before, False))
        if cursor is not None
        for values in [cursors.decode(cursor, mark, [key.numeric for key in keys])]
    ]
    if not places or not keys or not keys[0].nullable:
        return [[_beyond(keys, id_column, place) for place in places]]
    valued = [_beyond_valued(keys, id_column, place) for place in places]
    null = [f"{keys[0].column} IS NULL"]
    null += [_beyond_null(keys, id_column, place) for place in places]
    return [null, valued] if page.backward else [valued, null]


def cursor_sql(compiler: Compiler, keys: tuple[Key, ...], id_column: str, mark: str) -> str:
    """The expression that makes the bytes of `cursors.encode`."""
    parts = [_key_sql(key) for key in keys]
    return f"({' || '.join([*parts, f'hex({id_column})', compiler.value(f'.{mark}')])})"


def _key_sql(key: Key) -> str:
    text = f"printf('%.15g', {key.column})" if key.numeric else key.column
    if not key.nullable:
        return f"hex({text}) || '.'"
    return f"CASE WHEN {key.column} IS NULL THEN '{cursors.NULL}.' ELSE hex({text}) || '.' END"


@dataclass(frozen=True, slots=True)
class _Place:
    """A cursor's place: placeholders of its keys and id, and which side of it is asked for."""

    values: list[str]
    after: bool

    def operator(self, key: Key | None = None) -> str:
        return ">" if self.after is not (key is not None and key.descending) else "<"


def _beyond(keys: tuple[Key, ...], id_column: str, place: _Place) -> str:
    """Rows behind or before a cursor's place in the forward order."""
    if not any(key.nullable or key.descending for key in keys):
        # One comparison of rows: SQLite answers it from an index.
        columns = ", ".join([*(key.column for key in keys), id_column])
        return f"({columns}) {place.operator()} ({', '.join(place.values)})"
    *values, id_value = place.values
    behind = f"{id_column} {place.operator()} {id_value}"
    for key, value in zip(reversed(keys), reversed(values), strict=True):
        farther = f"{key.column} {place.operator(key)} {value}"
        if key.nullable:
            one, other = (key.column, value) if place.after else (value, key.column)
            farther += f" OR ({one} IS NULL AND {other} IS NOT NULL)"
        behind = f"({farther} OR ({key.column} IS {value} AND {behind}))"
    if keys and not keys[0].nullable:
        # Said again for the first key alone, which an index can answer.
        behind = f"{keys[0].column} {place.operator(keys[0])}= {values[0]} AND {behind}"
    return behind


# SQLite sorts numbers before text before blobs, but makes a number text beside a column of text.
_BELOW_NUMBERS, _BELOW_TEXTS, _ABOVE_ALL = "-9e999", "''", "x''"


def _beyond_valued(keys: tuple[Key, ...], id_column: str, place: _Place) -> str:
    """The same for rows whose first key is not null. Nulls stand behind all of them."""
    first, value, operator = keys[0], place.values[0], place.operator(keys[0])
    rest = _beyond(keys[1:], id_column, _Place(place.values[1:], place.after))
    if not place.after:
        rest = f"{value} IS NULL OR {rest}"
        below = _BELOW_NUMBERS if first.numeric else _BELOW_TEXTS
        value = f"ifnull({value}, {below if first.descending else _ABOVE_ALL})"
    column = first.column
    return f"{column} {operator}= {value} AND ({column} {operator} {value} OR {rest})"


def _beyond_null(keys: tuple[Key, ...], id_column: str, place: _Place) -> str:
    """The same for rows whose first key is null."""
    rest = _beyond(keys[1:], id_column, _Place(place.values[1:], place.after))
    value = place.values[0]
    return f"({value} IS NOT NULL OR {rest})" if place.after else f"({value} IS NULL AND {rest})"
