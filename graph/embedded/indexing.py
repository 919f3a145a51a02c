"""What full-text search finds: a row of `search` and the tokens of each node that has names.

The index keeps no text, so its old tokens are made again from a node's row to take it out: a node
is forgotten before its row changes or goes, and indexed after it is written.
"""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from gongkai.graph.schema import NODES, Label
from gongkai.graph.search import fold_search, tokens

from .tables import OWNED, searched, table_of


class _Entry(NamedTuple):
    id: str
    year: int | None
    name: str
    tokens: str


def index_report(connection: sqlite3.Connection, report: str) -> None:
    """A report's own nodes."""
    for label in OWNED:
        _put_in(connection, label, _entries(connection, label, _owner(label), report))


def forget_report(connection: sqlite3.Connection, report: str) -> None:
    for label in OWNED:
        _take_out(connection, list(_entries(connection, label, _owner(label), report)))


def index_node(connection: sqlite3.Connection, label: Label, id: str) -> None:
    _put_in(connection, label, _entries(connection, label, "id", id))


def forget_node(connection: sqlite3.Connection, label: Label, id: str) -> None:
    _take_out(connection, list(_entries(connection, label, "id", id)))


def _owner(label: Label) -> str:
    return "id" if label is Label.REPORT else "report_id"


def _entries(
    connection: sqlite3.Connection, label: Label, column: str, value: str
) -> Iterator[_Entry]:
    found = searched(label, "t")
    if not found:
        return
    dated = any(item.name == "year" for item in NODES[label].properties)
    texts = ", ".join(text for _, text in found)
    rows = connection.execute(
        f"SELECT t.id, {'t.year' if dated else 'NULL'}, {texts} FROM {table_of(label)} AS t"
        f" WHERE t.{column} = ?",
        (value,),
    )
    for id, year, *fields in rows:
        # A space parts the properties, so that no match runs from one into the next.
        yield _Entry(id, year, fold_search(fields[0] or ""), tokens(" ".join(map(_text, fields))))


def _text(field: str | None) -> str:
    return field or ""


def _put_in(connection: sqlite3.Connection, label: Label, entries: Iterator[_Entry]) -> None:
    last = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'search'").fetchone()
    keyed = list(enumerate(entries, start=last[0] + 1 if last else 1))
    connection.executemany(
        "INSERT INTO search (key, id, label, name, year) VALUES (?, ?, ?, ?, ?)",
        [(key, item.id, label.value, item.name, item.year) for key, item in keyed],
    )
    connection.executemany(
        "INSERT INTO search_index (rowid, tokens) VALUES (?, ?)",
        [(key, item.tokens) for key, item in keyed],
    )


def _take_out(connection: sqlite3.Connection, entries: list[_Entry]) -> None:
    connection.executemany(
        "INSERT INTO search_index (search_index, rowid, tokens)"
        " SELECT 'delete', key, ? FROM search WHERE id = ?",
        [(item.tokens, item.id) for item in entries],
    )
    connection.executemany("DELETE FROM search WHERE id = ?", [(item.id,) for item in entries])
