"""Order and pages: sort terms, and the condition that a row lies behind a cursor.

Nulls come last in both directions, the id breaks every tie; backward pages are read in the reverse
order and turned round.
"""

from dataclasses import dataclass

from gongkai.graph import cursors
from gongkai.graph.plan import Order, Page, Scalar

from .compiler import Compiler


@dataclass(frozen=True, slots=True)
class Key:
    """A sort key of a page: where it stands, and whether it may be null."""

    column: str
    descending: bool
    nullable: bool

    def term(self, *, reverse: bool) -> str:
        downward = self.descending is not reverse
        direction = " DESC" if downward else ""
        if not self.nullable or downward is not reverse:
            # SQLite puts nulls first upward and last downward.
            return f"{self.column}{direction}"
        return f"{self.column}{direction} NULLS {'FIRST' if reverse else 'LAST'}"


def order_terms(keys: tuple[Key, ...], id_column: str, *, reverse: bool) -> str:
    terms = [key.term(reverse=reverse) for key in keys]
    return ", ".join([*terms, f"{id_column}{' DESC' if reverse else ''}"])


def beyond(
    compiler: Compiler,
    keys: tuple[Key, ...],
    id_column: str,
    cursor: tuple[Scalar, ...],
    after: bool,
) -> str:
    """Rows behind (`after`) or before a cursor's place in the forward order."""
    *values, id_value = cursor
    if not any(key.nullable or key.descending for key in keys):
        columns = ", ".join([*(key.column for key in keys), id_column])
        placeholders = ", ".join(compiler.value(value) for value in cursor)
        return f"({columns}) {'>' if after else '<'} ({placeholders})"
    behind = f"{id_column} {'>' if after else '<'} {compiler.value(id_value)}"
    for key, value in zip(reversed(keys), reversed(values), strict=True):
        behind = _one_key(key, compiler.value(value), behind, after)
    return behind


def _one_key(key: Key, placeholder: str, behind: str, after: bool) -> str:
    operator = ">" if after is not key.descending else "<"
    farther = f"{key.column} {operator} {placeholder}"
    if key.nullable:
        nulls = (
            f"({key.column} IS NULL AND {placeholder} IS NOT NULL)"
            if after
            else f"({key.column} IS NOT NULL AND {placeholder} IS NULL)"
        )
        farther = f"{farther} OR {nulls}"
    return f"({farther} OR ({key.column} IS {placeholder} AND {behind}))"


def page_conditions(
    compiler: Compiler,
    page: Page,
    order: tuple[Order, ...],
    keys: tuple[Key, ...],
    id_column: str,
    place: str,
) -> list[str]:
    """The conditions that a page's cursors put on its rows. Raises `CursorRefused`."""
    mark = cursors.fingerprint(place, order)
    made = []
    for cursor, after in ((page.after, True), (page.before, False)):
        if cursor is not None:
            values = cursors.decode(cursor, mark, len(keys))
            made.append(beyond(compiler, keys, id_column, values, after))
    return made


def cursor_expression(
    compiler: Compiler, place: str, order: tuple[Order, ...], columns: list[str]
) -> str:
    """The SQL that makes the same bytes as `cursors.encode`; the last column is the id."""
    mark = compiler.value(cursors.fingerprint(place, order))
    return f"lower(hex(json_array({mark}, {', '.join(columns)})))"
