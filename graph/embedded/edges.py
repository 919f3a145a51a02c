"""Relationships that are kept as edges, into their tables."""

import sqlite3
from collections.abc import Iterable
from functools import cache

from gongkai.graph.schema import NODES, Relationship
from gongkai.graph.statements import EdgeRow

from .tables import edge_table, order_columns, quoted, table_of


@cache
def _insert_edge(item: Relationship) -> str:
    """Takes the edge's properties, then the ids of head and tail; leaves one alone that is there."""
    names = [
        "head_id",
        "tail_id",
        *order_columns("head", item.head),
        *order_columns("tail", item.tail),
        *(own.name for own in item.properties),
        *(["years"] if item.evidenced else []),
    ]
    values = [
        "h.id",
        "t.id",
        *(f"h.{quoted(name)}" for name in NODES[item.head].order),
        *(f"t.{quoted(name)}" for name in NODES[item.tail].order),
        *("?" for _ in item.properties),
        *(["'[]'"] if item.evidenced else []),
    ]
    return (
        f"INSERT OR IGNORE INTO {edge_table(item)} ({', '.join(map(quoted, names))})"
        f" SELECT {', '.join(values)} FROM {table_of(item.head)} AS h, {table_of(item.tail)} AS t"
        " WHERE h.id = ? AND t.id = ?"
    )


def insert_edges(
    connection: sqlite3.Connection, item: Relationship, edges: Iterable[EdgeRow]
) -> None:
    names = [own.name for own in item.properties]
    connection.executemany(
        _insert_edge(item),
        [(*(edge.properties.get(name) for name in names), edge.head, edge.tail) for edge in edges],
    )
