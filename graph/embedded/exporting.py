"""The whole graph as JSON lines: nodes by label and id, then edges by type, head and tail."""

import sqlite3
from collections.abc import Generator, Iterator, Sequence
from heapq import merge
from itertools import groupby
from typing import Any

import msgspec

from gongkai.graph.schema import NODES, RELATIONSHIPS, Label, Property, Relationship, Stored, Type

from .tables import edge_table, evidence_table, quoted, reference, table_of

_JSON_TYPES = {Type.INTS, Type.STRINGS, Type.MAP}


def lines(connection: sqlite3.Connection) -> Generator[bytes, None, None]:
    """Each line ends with a newline. The connection reads one state of the store throughout."""
    connection.execute("BEGIN")
    try:
        for label in sorted(Label):
            yield from _nodes(connection, label)
        by_type = sorted(RELATIONSHIPS, key=lambda item: item.type)
        for _, alike in groupby(by_type, key=lambda item: item.type):
            for _, _, line in merge(*(_edges(connection, item) for item in alike)):
                yield line
    finally:
        connection.execute("COMMIT")


def _line(value: dict[str, Any]) -> bytes:
    return msgspec.json.encode(value) + b"\n"


def _nodes(connection: sqlite3.Connection, label: Label) -> Iterator[bytes]:
    properties = NODES[label].properties
    names = ", ".join(["id", *(quoted(item.name) for item in properties)])
    for id, *values in connection.execute(f"SELECT {names} FROM {table_of(label)} ORDER BY id"):
        shown = _properties(properties, values)
        yield _line({"label": label.value, "id": id, "properties": shown})


def _properties(properties: Sequence[Property], values: Sequence[Any]) -> dict[str, Any]:
    return {
        item.name: _shown(item, value)
        for item, value in zip(properties, values, strict=True)
        if value is not None
    }


def _shown(item: Property, value: Any) -> Any:
    if item.type in _JSON_TYPES:
        return msgspec.Raw(value.encode())
    return bool(value) if item.type is Type.BOOLEAN else value


def _edges(connection: sqlite3.Connection, item: Relationship) -> Iterator[tuple[str, str, bytes]]:
    """Head, tail and line of each edge of a relationship, in their order."""
    if item.stored is Stored.EDGE:
        source, here, there = edge_table(item), "head_id", "tail_id"
    else:
        label, column = reference(item)
        source = table_of(label)
        here, there = ("id", column) if item.stored is Stored.HEAD else (column, "id")
    own = [quoted(each.name) for each in item.properties]
    columns = ", ".join([here, there, "years" if item.evidenced else "NULL", *own])
    rows = connection.execute(
        f"SELECT {columns} FROM {source}"
        f" WHERE {here} IS NOT NULL AND {there} IS NOT NULL ORDER BY 1, 2"
    )
    for head, tail, listed, *values in rows:
        edge = {"type": item.type, "head": head, "tail": tail}
        if own:
            edge["properties"] = _properties(item.properties, values)
        if item.evidenced:
            edge["years"] = msgspec.Raw(listed.encode())
            edge["evidence"] = _evidence(connection, item, head, tail)
        yield head, tail, _line(edge)


def _evidence(
    connection: sqlite3.Connection, item: Relationship, head: str, tail: str
) -> list[dict[str, Any]]:
    names = ("quote", "start", "end", "report", "section", "year")
    rows = connection.execute(
        f'SELECT quote, "start", "end", report_id, section_id, year FROM {evidence_table(item)}'
        " WHERE head_id = ? AND tail_id = ?"
        ' ORDER BY year NULLS LAST, report_id, "start", "end"',
        (head, tail),
    )
    return [dict(zip(names, row, strict=True)) for row in rows]
