"""The checks between two years of one body, made again in the transaction that changes either.

They belong to the later report and are made from the figures that the store holds, so they are the
same whichever of the two was loaded first.
"""

import sqlite3
from typing import Any

import msgspec

from gongkai.graph.checks.across import CELLS, check_across
from gongkai.graph.checks.figures import Figure, Figures
from gongkai.graph.extract import Kind, Qualifier, Scope, Semantic
from gongkai.graph.schema import HOPS, Label, Relationship
from gongkai.graph.statements import check_rows

from .edges import insert_edges
from .rows import insert_into, row_of
from .tables import edge_table, table_of

_OPERANDS = HOPS[Label.CHECK, "operands"].relationship
_THROUGH = HOPS[Label.OBSERVATION, "channels"].relationship
_PART_OF = HOPS[Label.OBSERVATION, "part_of"].relationship


def _tails(relationship: Relationship) -> str:
    rows = f"SELECT tail_id FROM {edge_table(relationship)} WHERE head_id = o.id ORDER BY tail_id"
    return f"(SELECT group_concat(tail_id) FROM ({rows}))"


_COLUMNS = {
    "id": "o.id",
    "metric": "m.key",
    "value": "o.value",
    "upper": "o.upper",
    "unit": "o.unit",
    "qualifier": "o.qualifier",
    "semantic": "o.semantic",
    "kind": "o.kind",
    "year": "o.year",
    "agency": "o.agency_id",
    "scope": "o.scope",
    "category": "o.category_id",
    "applicant": "o.dimensions ->> 'applicant'",
    "procedure": "o.dimensions ->> 'procedure'",
    "in_table": 'o."table" IS NOT NULL',
    "quote": "o.quote",
    "start": "o.start",
    "end": 'o."end"',
    "channels": _tails(_THROUGH),
    "wholes": _tails(_PART_OF),
}
_FIGURES = (
    f"SELECT {', '.join(_COLUMNS.values())} FROM observation AS o"
    " JOIN metric AS m ON m.id = o.metric_id WHERE o.report_id = ?1"
    ' AND (o."table" IS NULL OR m.key IN (SELECT value FROM json_each(?2)))'
    " ORDER BY o.sort_key, o.id"
)
_CELLS = msgspec.json.encode(sorted(CELLS)).decode()
_REPORTS = "SELECT id, template FROM report WHERE agency_id = ? AND year = ? ORDER BY id"
_ACROSS = f"SELECT id FROM {table_of(Label.CHECK)} WHERE report_id = ? AND across"
_ABOUT = (
    f"SELECT id FROM {table_of(Label.CHECK)} WHERE report_id = ?1"
    f" UNION SELECT head_id FROM {edge_table(_OPERANDS)}"
    " WHERE tail_id IN (SELECT id FROM observation WHERE report_id = ?1)"
)


def forget(connection: sqlite3.Connection, report: str) -> None:
    """Deletes every check of this report's figures, those of the year after among them."""
    _delete(connection, connection.execute(_ABOUT, (report,)).fetchall())


def remake(connection: sqlite3.Connection, agency: str, year: int) -> None:
    """Makes the checks anew that a report of this body and year is part of.

    Of several reports for one year the first by id stands for it.
    """
    for later_year in (year, year + 1):
        earlier = _reports(connection, agency, later_year - 1)
        for later in _reports(connection, agency, later_year):
            _delete(connection, connection.execute(_ACROSS, (later[0],)).fetchall())
            if earlier:
                before = _figures(connection, agency, later_year - 1, *earlier[0])
                _write(connection, before, _figures(connection, agency, later_year, *later))


def _write(connection: sqlite3.Connection, earlier: Figures, later: Figures) -> None:
    rows, operands = [], []
    for number, check in enumerate(check_across(earlier, later)):
        node, edges = check_rows(check, number, across=True)
        rows.append(row_of(node.label, node.id, {**node.properties, "report_id": later.report}))
        operands += [edge for edge in edges if edge.relationship is _OPERANDS]
    connection.executemany(insert_into(Label.CHECK), rows)
    insert_edges(connection, _OPERANDS, operands)


def _delete(connection: sqlite3.Connection, ids: list[tuple[str]]) -> None:
    connection.executemany(f"DELETE FROM {edge_table(_OPERANDS)} WHERE head_id = ?", ids)
    connection.executemany(f"DELETE FROM {table_of(Label.CHECK)} WHERE id = ?", ids)


def _reports(connection: sqlite3.Connection, agency: str, year: int) -> list[tuple[str, str]]:
    return connection.execute(_REPORTS, (agency, year)).fetchall()


def _figures(
    connection: sqlite3.Connection, agency: str, year: int, report: str, template: str
) -> Figures:
    rows = connection.execute(_FIGURES, (report, _CELLS))
    return Figures(report, agency, year, template, (_figure(report, *row) for row in rows))


def _figure(report: str, *row: Any) -> Figure:
    stated = dict(zip(_COLUMNS, row, strict=True))
    return Figure(
        report=report,
        qualifier=Qualifier(stated.pop("qualifier")),
        semantic=Semantic(stated.pop("semantic")),
        kind=Kind(stated.pop("kind")),
        scope=Scope(stated.pop("scope")),
        in_table=bool(stated.pop("in_table")),
        channels=_listed(stated.pop("channels")),
        wholes=_listed(stated.pop("wholes")),
        **stated,
    )


def _listed(ids: str | None) -> tuple[str, ...]:
    return tuple(ids.split(",")) if ids else ()
