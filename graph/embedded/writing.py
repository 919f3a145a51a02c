"""One report into the tables and out of them, inside a transaction of the caller's.

What a report owns (itself, its sections, figures and checks) is written and deleted with it; what it claims
of shared nodes is in `claims`. An evidenced edge goes with its last quote. No step looks at more of
the store than the report touches.
"""

import sqlite3
from collections import defaultdict
from functools import cache
from typing import Any

from gongkai.graph.claims import Claim, claim_of
from gongkai.graph.schema import Label, Relationship
from gongkai.graph.statements import EdgeRow, Statements, placed

from . import checking, claims, indexing
from .edges import insert_edges
from .rows import insert_into, row_of
from .tables import (
    OWNED,
    edge_relationships,
    edge_table,
    evidence_table,
)

_Pairs = dict[Relationship, set[tuple[str, str]]]

_EVIDENCED = tuple(item for item in edge_relationships() if item.evidenced)
_OWNED_EDGES = tuple(
    item for item in edge_relationships() if not item.evidenced and item.head is Label.OBSERVATION
)


def replace(connection: sqlite3.Connection, stated: Statements) -> bool:
    """True where an earlier version of the report was there."""
    was_there = holds(connection, stated.report)
    touched = _take_out(connection, stated.report)
    held, apart = placed(stated.edges)
    shared: dict[str, Claim] = {}
    owned: dict[Label, list[tuple[Any, ...]]] = defaultdict(list)
    for node in stated.nodes.values():
        values = {**node.properties, **held[node.id]}
        if node.label in OWNED:
            owned[node.label].append(row_of(node.label, node.id, values))
        else:
            shared[node.id] = claim_of(node.label, values)
    for label, rows in owned.items():
        connection.executemany(insert_into(label), rows)
    indexing.index_report(connection, stated.report)
    claims.replace(connection, stated.report, shared)
    for item, edges in apart.items():
        insert_edges(connection, item, edges)
        if item.evidenced:
            _write_evidence(connection, item, edges, stated.report)
            touched[item].update((edge.head, edge.tail) for edge in edges)
    _settle_edges(connection, touched)
    checking.remake(connection, *_whose(connection, stated.report))
    return was_there


def remove(connection: sqlite3.Connection, report: str) -> None:
    whose = _whose(connection, report)
    touched = _take_out(connection, report)
    _settle_edges(connection, touched)
    claims.replace(connection, report, {})
    checking.remake(connection, *whose)


def _whose(connection: sqlite3.Connection, report: str) -> tuple[str, int, str | None]:
    """The body and the year of a report that is there, and the body above."""
    agency, year, parent = connection.execute(
        "SELECT r.agency_id, r.year, a.parent_id FROM report AS r"
        " LEFT JOIN agency AS a ON a.id = r.agency_id WHERE r.id = ?",
        (report,),
    ).fetchone()
    return agency, year, parent


def holds(connection: sqlite3.Connection, report: str) -> bool:
    found = connection.execute("SELECT 1 FROM report WHERE id = ?", (report,)).fetchone()
    return found is not None


def _take_out(connection: sqlite3.Connection, report: str) -> _Pairs:
    """Deletes what the report owns and its quotes. Gives the edges that its quotes were for."""
    touched: _Pairs = {}
    for item in _EVIDENCED:
        table = evidence_table(item)
        rows = connection.execute(
            f"SELECT DISTINCT head_id, tail_id FROM {table} WHERE report_id = ?", (report,)
        )
        touched[item] = set(rows)
        connection.execute(f"DELETE FROM {table} WHERE report_id = ?", (report,))
    indexing.forget_report(connection, report)
    checking.forget(connection, report)
    for item in _OWNED_EDGES:
        connection.execute(
            f"DELETE FROM {edge_table(item)}"
            " WHERE head_id IN (SELECT id FROM observation WHERE report_id = ?)",
            (report,),
        )
    connection.execute("DELETE FROM observation WHERE report_id = ?", (report,))
    connection.execute("DELETE FROM section WHERE report_id = ?", (report,))
    connection.execute("DELETE FROM report WHERE id = ?", (report,))
    return touched


def _write_evidence(
    connection: sqlite3.Connection, item: Relationship, edges: list[EdgeRow], report: str
) -> None:
    connection.executemany(
        f"INSERT INTO {evidence_table(item)}"
        ' (head_id, tail_id, year, report_id, section_id, quote, "start", "end")'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (edge.head, edge.tail, q.year, report, q.section, q.quote, q.start, q.end)
            for edge in edges
            for q in edge.evidence
        ],
    )


def _settle_edges(connection: sqlite3.Connection, touched: _Pairs) -> None:
    """Each edge shows the years of its quotes, and goes with the last of them."""
    for item, pairs in touched.items():
        table = edge_table(item)
        this = "head_id = ?1 AND tail_id = ?2"
        for pair in pairs:
            has_quotes, years = connection.execute(_years(item), pair).fetchone()
            if has_quotes:
                connection.execute(
                    f"UPDATE {table} SET years = ?3 WHERE {this} AND years <> ?3", (*pair, years)
                )
            else:
                connection.execute(f"DELETE FROM {table} WHERE {this}", pair)


@cache
def _years(item: Relationship) -> str:
    """Whether an edge has a quote, and its years, each found by one step in the index."""
    mine = f"FROM {evidence_table(item)} WHERE head_id = ?1 AND tail_id = ?2"
    return (
        f"WITH RECURSIVE found (year) AS (SELECT min(year) {mine} UNION ALL"
        f" SELECT (SELECT min(year) {mine} AND year > found.year) FROM found"
        " WHERE found.year IS NOT NULL)"
        f" SELECT EXISTS (SELECT 1 {mine}),"
        " (SELECT json_group_array(year) FROM found WHERE year IS NOT NULL)"
    )
