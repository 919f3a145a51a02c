"""What reports claim of shared nodes, in tables; `gongkai.graph.claims` says what comes of it."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from gongkai.graph.claims import Claim, agreed
from gongkai.graph.schema import Label

from . import indexing
from .rows import insert_into, row_of
from .tables import columns, quoted, table_of


@dataclass(slots=True)
class _Made:
    """A claim as it is counted: `key` is None where the store does not hold it yet."""

    key: int | None
    reports: int


@dataclass(slots=True)
class _Node:
    label: Label
    claims: dict[str, _Made] = field(default_factory=dict)

    def votes(self) -> dict[str, int]:
        return {values: made.reports for values, made in self.claims.items() if made.reports}


def replace(connection: sqlite3.Connection, report: str, claims: Mapping[str, Claim]) -> None:
    """Puts what a report claims, by node, in place of what it claimed before."""
    nodes = _touched(connection, report, claims)
    before = {id: node.votes() for id, node in nodes.items()}
    _count(connection, report, nodes, claims)
    _write(connection, report, nodes, claims)
    for id, node in nodes.items():
        votes = node.votes()
        if votes != before[id]:
            _settle(connection, id, node.label, before[id], votes)


def _touched(
    connection: sqlite3.Connection, report: str, claims: Mapping[str, Claim]
) -> dict[str, _Node]:
    """Every node that the report claims something of, now or before, with all its claims."""
    nodes = {id: _Node(claim.label) for id, claim in claims.items()}
    rows = connection.execute(
        "SELECT id, label, claims, key, reports FROM claim WHERE id IN ("
        " SELECT value FROM json_each(?) UNION SELECT c.id FROM support AS s"
        " JOIN claim AS c ON c.key = s.claim WHERE s.report_id = ?)",
        (msgspec.json.encode(list(claims)).decode(), report),
    )
    for id, label, values, key, reports in rows:
        node = nodes.setdefault(id, _Node(Label(label)))
        node.claims[values] = _Made(key, reports)
    return nodes


def _count(
    connection: sqlite3.Connection,
    report: str,
    nodes: dict[str, _Node],
    claims: Mapping[str, Claim],
) -> None:
    supported = connection.execute(
        "SELECT c.id, c.claims FROM support AS s JOIN claim AS c ON c.key = s.claim"
        " WHERE s.report_id = ?",
        (report,),
    )
    for id, values in supported:
        nodes[id].claims[values].reports -= 1
    for id, claim in claims.items():
        nodes[id].claims.setdefault(claim.values, _Made(None, 0)).reports += 1


def _write(
    connection: sqlite3.Connection,
    report: str,
    nodes: dict[str, _Node],
    claims: Mapping[str, Claim],
) -> None:
    gone, counted = [], []
    for id, node in nodes.items():
        for values, made in node.claims.items():
            if made.key is None:
                made.key = connection.execute(
                    "INSERT INTO claim (id, label, claims, reports) VALUES (?, ?, ?, ?)",
                    (id, node.label.value, values, made.reports),
                ).lastrowid
            elif made.reports == 0:
                gone.append((made.key,))
            else:
                counted.append((made.reports, made.key))
    connection.executemany("DELETE FROM claim WHERE key = ?", gone)
    connection.executemany(
        "UPDATE claim SET reports = ?1 WHERE key = ?2 AND reports <> ?1", counted
    )
    connection.execute("DELETE FROM support WHERE report_id = ?", (report,))
    connection.executemany(
        "INSERT INTO support (report_id, claim) VALUES (?, ?)",
        [(report, nodes[id].claims[claim.values].key) for id, claim in claims.items()],
    )


def _settle(
    connection: sqlite3.Connection,
    id: str,
    label: Label,
    before: dict[str, int],
    votes: dict[str, int],
) -> None:
    """Makes the node show what its claims add up to, or go where there are none left."""
    shown = agreed(votes)
    if before and shown == agreed(before):
        return
    table = table_of(label)
    if before:
        indexing.forget_node(connection, label, id)
    if not votes:
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (id,))
        return
    row = row_of(label, id, shown)
    if before:
        assigned = ", ".join(f"{quoted(name)} = ?" for name in columns(label)[1:])
        connection.execute(f"UPDATE {table} SET {assigned} WHERE id = ?", (*row[1:], id))
    else:
        connection.execute(insert_into(label), row)
    indexing.index_node(connection, label, id)
