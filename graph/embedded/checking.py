"""The checks across reports, made again in the transaction that changes any of these.

Those between two years of a body belong to the later report, those between a roll-up and the bodies
below it to the roll-up. They are made from the figures that the store holds, so they are the same
whichever report was loaded first.
"""

import sqlite3
from typing import Any

import msgspec

from gongkai.graph.checks.across import CELLS, check_across
from gongkai.graph.checks.below import WHOLE, check_below, first_of_each, metric_ids_below
from gongkai.graph.checks.check import Check
from gongkai.graph.checks.figures import Figure, Figures
from gongkai.graph.extract import Kind, Qualifier, Scope, Semantic
from gongkai.graph.schema import HOPS, Label, Relationship
from gongkai.graph.statements import check_rows

from .edges import insert_edges
from .rows import insert_into, row_of
from .tables import FIGURES_INDEX, edge_table, table_of

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
_SELECT = f"SELECT {', '.join(_COLUMNS.values())}"
_FIGURES = (
    f"{_SELECT} FROM observation AS o"
    " JOIN metric AS m ON m.id = o.metric_id WHERE o.report_id = ?1"
    ' AND (o."table" IS NULL OR m.key IN (SELECT value FROM json_each(?2)))'
    " ORDER BY o.sort_key, o.id"
)
# Whole columns of one body: found in the index, however many figures its report states.
_TOTALS = (
    f"{_SELECT} FROM json_each(?1) AS k CROSS JOIN metric AS m ON m.id = k.value"
    f" CROSS JOIN observation AS o INDEXED BY {FIGURES_INDEX}"
    " ON o.metric_id = m.id AND o.agency_id = ?2 AND o.breakdown IN (SELECT value FROM json_each(?3))"
    ' AND o.as_of = ?4 WHERE o.report_id = ?5 AND o."table" IS NOT NULL ORDER BY o.sort_key, o.id'
)
_WHOLE = msgspec.json.encode(WHOLE).decode()
_CELLS = msgspec.json.encode(sorted(CELLS)).decode()
_REPORTS = "SELECT id, template FROM report WHERE agency_id = ? AND year = ? ORDER BY id"
_BELOW = (
    "SELECT r.agency_id, r.id, r.template FROM agency AS a JOIN report AS r ON r.agency_id = a.id"
    " WHERE a.parent_id = ? AND r.year = ? ORDER BY r.agency_id, r.id"
)
_REGION = "SELECT r.code FROM agency AS a JOIN region AS r ON r.id = a.region_id WHERE a.id = ?"
_ACROSS = f"SELECT id FROM {table_of(Label.CHECK)} WHERE report_id = ? AND across"
_ABOUT = (
    f"SELECT id FROM {table_of(Label.CHECK)} WHERE report_id = ?1"
    f" UNION SELECT head_id FROM {edge_table(_OPERANDS)}"
    " WHERE tail_id IN (SELECT id FROM observation WHERE report_id = ?1)"
)


def forget(connection: sqlite3.Connection, report: str) -> None:
    """Deletes every check of this report's figures, those of the year after among them."""
    _delete(connection, connection.execute(_ABOUT, (report,)).fetchall())


def remake(connection: sqlite3.Connection, agency: str, year: int, parent: str | None) -> None:
    """Makes the checks anew that a report of this body and year is part of.

    Of several reports for one year the first by id stands for it.
    """
    _remake(connection, agency, year)
    _remake(connection, agency, year + 1)
    if parent is not None:
        _remake(connection, parent, year)


def _remake(connection: sqlite3.Connection, agency: str, year: int) -> None:
    """All checks across reports that belong to a body's reports of this year."""
    reports = _reports(connection, agency, year)
    if not reports:
        return
    earlier, below = _reports(connection, agency, year - 1), _below(connection, agency, year)
    before = _figures(connection, agency, year - 1, *earlier[0]) if earlier else None
    for report in reports:
        _delete(connection, connection.execute(_ACROSS, (report[0],)).fetchall())
        if before is None and not below:
            continue
        checks: list[Check] = []
        if before is not None:
            checks += check_across(before, _figures(connection, agency, year, *report))
        if below:
            totals = _totals(connection, agency, year, *report)
            checks += check_below(totals, below, _region(connection, agency))
        _write(connection, report[0], checks)


def _below(connection: sqlite3.Connection, agency: str, year: int) -> list[Figures]:
    """The figures that a roll-up would count, of one report of each body right below."""
    reports = first_of_each(connection.execute(_BELOW, (agency, year)))
    return [_totals(connection, body, year, *report) for body, report in reports.items()]


def _totals(
    connection: sqlite3.Connection, agency: str, year: int, report: str, template: str
) -> Figures:
    """What a roll-up counts, of one report."""
    metrics = msgspec.json.encode(metric_ids_below()).decode()
    rows = connection.execute(_TOTALS, (metrics, agency, _WHOLE, year, report))
    return Figures(report, agency, year, template, (_figure(report, *row) for row in rows))


def _region(connection: sqlite3.Connection, agency: str) -> str | None:
    """The code of a body's region."""
    found = connection.execute(_REGION, (agency,)).fetchone()
    return found[0] if found else None


def _write(connection: sqlite3.Connection, report: str, checks: list[Check]) -> None:
    rows, operands = [], []
    for number, check in enumerate(checks):
        node, edges = check_rows(check, number, across=True)
        rows.append(row_of(node.label, node.id, {**node.properties, "report_id": report}))
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
