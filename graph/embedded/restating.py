"""What each report says, read back from the tables: the way of a graph into another store."""

import sqlite3
from collections import defaultdict
from collections.abc import Generator
from typing import Any

import msgspec

from gongkai.graph.schema import NODES, RELATIONSHIPS, Label, Relationship, Stored, Type
from gongkai.graph.statements import EdgeRow, NodeRow, Quote, Statements

from .tables import (
    OWNED,
    edge_relationships,
    edge_table,
    evidence_table,
    quoted,
    reference,
    references,
    table_of,
)

_JSON_TYPES = {Type.INTS, Type.STRINGS, Type.MAP}


def reports(connection: sqlite3.Connection) -> Generator[Statements, None, None]:
    """Each report's, by its id. The connection reads one state of the store throughout."""
    connection.execute("BEGIN")
    try:
        for (report,) in connection.execute("SELECT id FROM report ORDER BY id").fetchall():
            yield _said(connection, report)
    finally:
        connection.execute("COMMIT")


def _said(connection: sqlite3.Connection, report: str) -> Statements:
    made = Statements(report)
    claims = connection.execute(
        "SELECT c.id, c.label, c.claims FROM support AS s JOIN claim AS c ON c.key = s.claim"
        " WHERE s.report_id = ?",
        (report,),
    )
    for id, label, values in claims:
        _add(made, Label(label), id, msgspec.json.decode(values))
    for label in OWNED:
        _add_owned(connection, made, label)
    for item in edge_relationships():
        if item.evidenced:
            _add_quotes(connection, made, item)
        else:
            _add_edges(connection, made, item)
    return made


def _add_owned(connection: sqlite3.Connection, made: Statements, label: Label) -> None:
    properties = NODES[label].properties
    names = ["id", *references(label), *(item.name for item in properties)]
    owner = "id" if label is Label.REPORT else "report_id"
    # Checks across reports are made by the store itself.
    made_here = " AND NOT across" if label is Label.CHECK else ""
    rows = connection.execute(
        f"SELECT {', '.join(map(quoted, names))} FROM {table_of(label)} WHERE {owner} = ?{made_here}",
        (made.report,),
    )
    decoded = {item.name for item in properties if item.type in _JSON_TYPES}
    booleans = {item.name for item in properties if item.type is Type.BOOLEAN}
    for row in rows:
        values: dict[str, Any] = {
            name: msgspec.json.decode(value)
            if name in decoded
            else bool(value)
            if name in booleans
            else value
            for name, value in zip(names, row, strict=True)
            if value is not None
        }
        _add(made, label, str(values.pop("id")), values)


def _add_edges(connection: sqlite3.Connection, made: Statements, item: Relationship) -> None:
    names = [own.name for own in item.properties]
    columns = ", ".join(["head_id", "tail_id", *map(quoted, names)])
    rows = connection.execute(
        f"SELECT {columns} FROM {edge_table(item)}"
        f" WHERE head_id IN (SELECT id FROM {table_of(item.head)} WHERE report_id = ?)",
        (made.report,),
    )
    for head, tail, *values in rows:
        if head in made.nodes:
            properties = dict(zip(names, values, strict=True))
            made.edges.append(EdgeRow(item, head, tail, properties=properties))


_HELD: dict[tuple[Label, str], Relationship] = {
    reference(item): item for item in RELATIONSHIPS if item.stored is not Stored.EDGE
}


def _add(made: Statements, label: Label, id: str, values: dict[str, Any]) -> None:
    """A node and its references, from its columns."""
    properties = {}
    for name, value in values.items():
        item = _HELD.get((label, name))
        if item is None:
            properties[name] = value
        else:
            head, tail = (id, value) if item.stored is Stored.HEAD else (value, id)
            made.edges.append(EdgeRow(item, head, tail))
    made.nodes[id] = NodeRow(label, id, properties)


def _add_quotes(connection: sqlite3.Connection, made: Statements, item: Relationship) -> None:
    quotes: dict[tuple[str, str], list[Quote]] = defaultdict(list)
    rows = connection.execute(
        'SELECT head_id, tail_id, quote, "start", "end", section_id, year'
        f" FROM {evidence_table(item)} WHERE report_id = ? ORDER BY rowid",
        (made.report,),
    )
    for head, tail, *quote in rows:
        quotes[head, tail].append(Quote(*quote))
    made.edges.extend(EdgeRow(item, *pair, tuple(found)) for pair, found in quotes.items())
