"""One report into the tables and out of them, inside a transaction of the caller's.

What a report owns (itself, its sections and figures) is written and deleted with it. A shared node
is what the reports that state it claim: for each property the value most of them give (of equals the
smallest), so the order of loading leaves no trace. It goes with the last report that states it, an
evidenced edge with its last quote. No step looks at more of the store than the report touches.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from gongkai.graph.schema import NODES, Label, Relationship, Stored, Type
from gongkai.graph.search import fold_search, tokens
from gongkai.graph.statements import EdgeRow, NodeRow, Statements

from .tables import (
    OWNED,
    columns,
    edge_relationships,
    edge_table,
    evidence_table,
    order_columns,
    quoted,
    reference,
    references,
    searched,
    table_of,
)

_JSON_TYPES = {Type.INTS, Type.STRINGS, Type.MAP}
_EVIDENCED = tuple(item for item in edge_relationships() if item.evidenced)
_OWNED_EDGES = tuple(item for item in edge_relationships() if not item.evidenced)
_SHARED = tuple(label for label in Label if label not in OWNED)


@dataclass(frozen=True, slots=True)
class _Touched:
    """What a removed report stated about what it shares."""

    nodes: dict[str, Label]
    edges: dict[Relationship, set[tuple[str, str]]]


def replace(connection: sqlite3.Connection, stated: Statements) -> bool:
    """True where an earlier version of the report was there."""
    touched = _take_out(connection, stated.report)
    was_there = bool(touched.nodes)  # every report states at least its publisher and its year
    _put_in(connection, stated, touched)
    for item, pairs in touched.edges.items():
        _settle_edges(connection, item, pairs)
    return was_there


def remove(connection: sqlite3.Connection, report: str) -> None:
    _settle(connection, _take_out(connection, report))


# --- out ----------------------------------------------------------------------------------------


def _take_out(connection: sqlite3.Connection, report: str) -> _Touched:
    nodes = {
        id: Label(label)
        for id, label in connection.execute(
            "SELECT id, label FROM support WHERE report_id = ?", (report,)
        )
    }
    edges: dict[Relationship, set[tuple[str, str]]] = {}
    for item in _EVIDENCED:
        table = evidence_table(item)
        rows = connection.execute(
            f"SELECT DISTINCT head_id, tail_id FROM {table} WHERE report_id = ?", (report,)
        )
        edges[item] = set(rows)
        connection.execute(f"DELETE FROM {table} WHERE report_id = ?", (report,))
    connection.execute(
        "UPDATE claim SET reports = reports - 1 FROM support AS s"
        " WHERE s.report_id = ? AND claim.id = s.id AND claim.claims = s.claims",
        (report,),
    )
    connection.execute("DELETE FROM support WHERE report_id = ?", (report,))
    _forget_owned(connection, report)
    return _Touched(nodes, edges)


def _forget_owned(connection: sqlite3.Connection, report: str) -> None:
    owned = [
        id for (id,) in connection.execute("SELECT id FROM search WHERE report_id = ?", (report,))
    ]
    _unindex(connection, owned)
    mine = "SELECT id FROM observation WHERE report_id = ?"
    for item in _OWNED_EDGES:
        connection.execute(f"DELETE FROM {edge_table(item)} WHERE head_id IN ({mine})", (report,))
    connection.execute("DELETE FROM observation WHERE report_id = ?", (report,))
    connection.execute("DELETE FROM section WHERE report_id = ?", (report,))
    connection.execute("DELETE FROM report WHERE id = ?", (report,))


# --- in -----------------------------------------------------------------------------------------


def _put_in(connection: sqlite3.Connection, stated: Statements, touched: _Touched) -> None:
    held: dict[str, dict[str, str]] = defaultdict(dict)  # references kept beside a node
    apart: dict[Relationship, list[EdgeRow]] = defaultdict(list)
    for edge in stated.edges:
        kept = edge.relationship.stored
        if kept is Stored.EDGE:
            apart[edge.relationship].append(edge)
        else:
            _, column = reference(edge.relationship)
            here, there = (edge.head, edge.tail) if kept is Stored.HEAD else (edge.tail, edge.head)
            held[here][column] = there
    by_label: dict[Label, list[NodeRow]] = defaultdict(list)
    for node in stated.nodes.values():
        by_label[node.label].append(node)
    for label in OWNED:
        rows = [_row(label, node.id, node.properties, held[node.id]) for node in by_label[label]]
        connection.executemany(_insert(label), rows)
        _index(connection, by_label[label], stated.report)
    for label in _SHARED:
        for node in by_label[label]:
            _claim(connection, stated.report, node, held[node.id])
            touched.nodes[node.id] = label
    _settle_nodes(connection, touched.nodes)
    for item, edges in apart.items():
        _write_edges(connection, item, edges, stated, touched)


def _write_edges(
    connection: sqlite3.Connection,
    item: Relationship,
    edges: list[EdgeRow],
    stated: Statements,
    touched: _Touched,
) -> None:
    heads, tails = order_columns("head", item.head), order_columns("tail", item.tail)
    names = ["head_id", "tail_id", *heads, *tails, *(["years"] if item.evidenced else [])]
    picked = [
        "h.id",
        "t.id",
        *(f"h.{quoted(name)}" for name in NODES[item.head].order),
        *(f"t.{quoted(name)}" for name in NODES[item.tail].order),
        *(["'[]'"] if item.evidenced else []),
    ]
    connection.executemany(
        f"INSERT OR IGNORE INTO {edge_table(item)} ({', '.join(map(quoted, names))})"
        f" SELECT {', '.join(picked)} FROM {table_of(item.head)} AS h, {table_of(item.tail)} AS t"
        " WHERE h.id = ? AND t.id = ?",
        [(edge.head, edge.tail) for edge in edges],
    )
    if not item.evidenced:
        return
    touched.edges.setdefault(item, set()).update((edge.head, edge.tail) for edge in edges)
    connection.executemany(
        f"INSERT INTO {evidence_table(item)} VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (edge.head, edge.tail, q.year, stated.report, q.section, q.quote, q.start, q.end)
            for edge in edges
            for q in edge.evidence
        ],
    )


def _claim(
    connection: sqlite3.Connection, report: str, node: NodeRow, held: dict[str, str]
) -> None:
    stated = {name: value for name, value in node.properties.items() if value is not None}
    claims = json.dumps({**stated, **held}, ensure_ascii=False, sort_keys=True)
    connection.execute(
        "INSERT INTO support VALUES (?, ?, ?, ?)", (report, node.id, node.label.value, claims)
    )
    connection.execute(
        "INSERT INTO claim VALUES (?, ?, 1)"
        " ON CONFLICT (id, claims) DO UPDATE SET reports = reports + 1",
        (node.id, claims),
    )


# --- what is left ---------------------------------------------------------------------------------


def _settle(connection: sqlite3.Connection, touched: _Touched) -> None:
    for item, pairs in touched.edges.items():
        _settle_edges(connection, item, pairs)
    _settle_nodes(connection, touched.nodes)


def _settle_edges(
    connection: sqlite3.Connection, item: Relationship, pairs: Iterable[tuple[str, str]]
) -> None:
    """Each edge shows the years of its quotes, and goes with the last of them."""
    edges, evidence = edge_table(item), evidence_table(item)
    for head, tail in pairs:
        quotes = connection.execute(
            f"SELECT DISTINCT year FROM {evidence} WHERE head_id = ? AND tail_id = ?", (head, tail)
        ).fetchall()
        if quotes:
            years = json.dumps(sorted(year for (year,) in quotes if year is not None))
            connection.execute(
                f"UPDATE {edges} SET years = ? WHERE head_id = ? AND tail_id = ?",
                (years, head, tail),
            )
        else:
            connection.execute(
                f"DELETE FROM {edges} WHERE head_id = ? AND tail_id = ?", (head, tail)
            )


def _settle_nodes(connection: sqlite3.Connection, nodes: dict[str, Label]) -> None:
    """Each shared node shows what most reports claim of it, and goes with the last of them."""
    for id, label in nodes.items():
        connection.execute("DELETE FROM claim WHERE id = ? AND reports = 0", (id,))
        claims = connection.execute(
            "SELECT claims, reports FROM claim WHERE id = ?", (id,)
        ).fetchall()
        if not claims:
            _unindex(connection, [id])
            connection.execute(f"DELETE FROM {table_of(label)} WHERE id = ?", (id,))
            continue
        _show(connection, label, id, _agreed(claims))


def _agreed(claims: list[tuple[str, int]]) -> dict[str, Any]:
    votes: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for text, reports in claims:
        for name, value in json.loads(text).items():
            votes[name][json.dumps(value, ensure_ascii=False, sort_keys=True)] += reports
    return {
        name: json.loads(min(values, key=lambda value: (-values[value], value)))
        for name, values in votes.items()
    }


def _show(connection: sqlite3.Connection, label: Label, id: str, agreed: dict[str, Any]) -> None:
    row = _row(label, id, agreed, agreed)
    table = table_of(label)
    shown = connection.execute(f"SELECT * FROM {table} WHERE id = ?", (id,)).fetchone()
    if shown == row:
        return
    if shown is None:
        connection.execute(_insert(label), row)
    else:
        _unindex(connection, [id])
        assignments = ", ".join(f"{quoted(name)} = ?" for name in columns(label)[1:])
        connection.execute(f"UPDATE {table} SET {assignments} WHERE id = ?", (*row[1:], id))
    _index(connection, [NodeRow(label, id, agreed)], None)


# --- rows and search ------------------------------------------------------------------------------


@cache
def _insert(label: Label) -> str:
    names = columns(label)
    return (
        f"INSERT INTO {table_of(label)} ({', '.join(map(quoted, names))})"
        f" VALUES ({', '.join('?' * len(names))})"
    )


def _row(
    label: Label, id: str, properties: dict[str, Any], held: dict[str, Any]
) -> tuple[Any, ...]:
    referred = (held.get(name) for name in references(label))
    values = (_stored(item.type, properties.get(item.name)) for item in NODES[label].properties)
    return (id, *referred, *values)


def _stored(kind: Type, value: Any) -> Any:
    if value is None:
        return None
    if kind in _JSON_TYPES:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if kind is Type.BOOLEAN:
        return int(value)
    if kind is Type.NUMBER and isinstance(value, float) and value.is_integer():
        return int(value)
    return str(value) if isinstance(value, str) else value


def _index(connection: sqlite3.Connection, nodes: Iterable[NodeRow], report: str | None) -> None:
    for node in nodes:
        names = NODES[node.label].names
        if not names:
            continue
        name = fold_search(str(node.properties.get(names[0]) or ""))
        cursor = connection.execute(
            "INSERT INTO search (id, label, name, year, report_id) VALUES (?, ?, ?, ?, ?)",
            (node.id, node.label.value, name, node.properties.get("year"), report),
        )
        connection.execute(
            "INSERT INTO search_index (rowid, tokens) VALUES (?, ?)",
            (cursor.lastrowid, _tokens(connection, node.label, node.id)),
        )


def _unindex(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Takes nodes out of search while their rows still stand: the index needs its old tokens."""
    for id in ids:
        found = connection.execute("SELECT key, label FROM search WHERE id = ?", (id,)).fetchone()
        if found is None:
            continue
        key, label = found[0], Label(found[1])
        connection.execute(
            "INSERT INTO search_index (search_index, rowid, tokens) VALUES ('delete', ?, ?)",
            (key, _tokens(connection, label, id)),
        )
        connection.execute("DELETE FROM search WHERE key = ?", (key,))


def _tokens(connection: sqlite3.Connection, label: Label, id: str) -> str:
    """What search finds of a node that stands in its table."""
    texts = ", ".join(text for _, text in searched(label, "t"))
    row = connection.execute(
        f"SELECT {texts} FROM {table_of(label)} AS t WHERE t.id = ?", (id,)
    ).fetchone()
    return tokens(" ".join(text or "" for text in row))
