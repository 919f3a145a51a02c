"""The checks across reports, made again in the transaction that changes any of these.

Those between two years of a body belong to the later report, those between a roll-up and the bodies
below it to the roll-up. They are made from the figures that the store holds, so they are the same
whichever report was loaded first.
"""

from typing import Any, NamedTuple

from neo4j import AsyncManagedTransaction

from gongkai.graph.checks.across import CELLS, check_across
from gongkai.graph.checks.below import WHOLE, check_below, first_of_each, metrics_below
from gongkai.graph.checks.check import Check
from gongkai.graph.checks.figures import Figure, Figures
from gongkai.graph.extract import Kind, Qualifier, Scope, Semantic
from gongkai.graph.schema import HOPS, Label
from gongkai.graph.statements import check_rows

from .owned import create, join, owned_row, pair
from .rows import plain_number

Transaction = AsyncManagedTransaction

OPERANDS = HOPS[Label.CHECK, "operands"].relationship
_REPORT = HOPS[Label.CHECK, "report"].relationship

_REPORTS = """UNWIND range(0, size($wanted) - 1) AS i
WITH i, $wanted[i][0] AS agency, $wanted[i][1] AS year
MATCH (a:Agency {id: agency})<-[:PUBLISHED_BY]-(r:Report {year: year})
CALL (r) { MATCH (c:Check {across: true})-[:CHECKS]->(r) DETACH DELETE c }
WITH i, agency, year, a, r ORDER BY i, r.id
RETURN agency, year, r.id AS report, r.template AS template,
  head(COLLECT { MATCH (a)-[:LOCATED_IN]->(g:Region) RETURN g.code }) AS region,
  head(COLLECT { MATCH (a)<-[:PUBLISHED_BY]-(e:Report {year: year - 1})
    WITH e ORDER BY e.id RETURN [e.id, e.template] }) AS earlier,
  COLLECT { MATCH (a)<-[:PART_OF]-(b:Agency)<-[:PUBLISHED_BY]-(s:Report {year: year})
    WITH b, s ORDER BY b.id, s.id RETURN [b.id, s.id, s.template] } AS below"""

_FIGURES = """UNWIND $reports AS report
MATCH (:Report {id: report})<-[:STATED_IN]-(o:Observation)-[:MEASURES]->(m:Metric)
WHERE CASE WHEN o.table IS NULL THEN $prose
  ELSE m.key IN $cells AND ($whole IS NULL OR o.breakdown IN $whole) END
OPTIONAL MATCH (o)-[:ABOUT]->(a:Agency)
OPTIONAL MATCH (o)-[:ON]->(g:Category)
WITH report, o, m, a, g ORDER BY o.sort_key, o.id
RETURN report, {id: o.id, metric: m.key, value: o.value, upper: o.upper, unit: o.unit,
  qualifier: o.qualifier, semantic: o.semantic, kind: o.kind, year: o.year, agency: a.id,
  scope: o.scope, category: g.id, applicant: o.dimension_applicant,
  procedure: o.dimension_procedure, in_table: o.table IS NOT NULL, quote: o.quote,
  start: o.start, end: o.end,
  channels: COLLECT { MATCH (o)-[:THROUGH]->(c:Channel) WITH c.id AS id ORDER BY id RETURN id },
  wholes: COLLECT { MATCH (o)-[:PART_OF]->(w:Observation) WITH w.id AS id ORDER BY id RETURN id }
} AS figure"""


class _Remade(NamedTuple):
    """A report whose checks across reports are made anew, and what they join it with."""

    agency: str
    year: int
    report: str
    template: str
    region: str | None
    earlier: tuple[str, str] | None
    below: list[tuple[str, str, str]]


async def remake(tx: Transaction, agency: str | None, year: int, parent: str | None) -> None:
    """Makes the checks anew that a report of this body and year is part of.

    Of several reports for one year the first by id stands for it.
    """
    wanted = [(agency, year), (agency, year + 1), (parent, year)]
    asked = [list(pair) for pair in wanted if pair[0] is not None]
    reports = [_Remade(*row) async for row in await tx.run(_REPORTS, wanted=asked)]
    figures = await _figures_of_years(tx, reports)
    totals = await _totals(tx, reports)
    rows, pairs = [], []
    for one in reports:
        for number, check in enumerate(_checks(one, figures, totals)):
            node, edges = check_rows(check, number, across=True)
            rows.append(owned_row(node, {f"{_REPORT.forward}_id": one.report}))
            pairs += [pair(edge) for edge in edges if edge.relationship is OPERANDS]
    if rows:
        await (await tx.run(create(Label.CHECK), rows=rows)).consume()
        await (await tx.run(join(OPERANDS), pairs=pairs)).consume()


_Found = dict[str, list[Figure]]


def _checks(one: _Remade, figures: _Found, totals: _Found) -> list[Check]:
    checks: list[Check] = []
    if one.earlier is not None:
        earlier, form = one.earlier
        before = Figures(earlier, one.agency, one.year - 1, form, figures[earlier])
        now = Figures(one.report, one.agency, one.year, one.template, figures[one.report])
        checks += check_across(before, now)
    if one.below:
        whole = Figures(one.report, one.agency, one.year, one.template, totals[one.report])
        bodies = [
            Figures(report, body, one.year, form, totals[report])
            for body, (report, form) in first_of_each(one.below).items()
        ]
        checks += check_below(whole, bodies, one.region)
    return checks


async def _figures_of_years(tx: Transaction, reports: list[_Remade]) -> _Found:
    joined = [one for one in reports if one.earlier is not None]
    ids = {one.report for one in joined} | {one.earlier[0] for one in joined if one.earlier}
    return await _figures(tx, ids, cells=sorted(CELLS), prose=True, whole=None)


async def _totals(tx: Transaction, reports: list[_Remade]) -> _Found:
    """What roll-ups count, of theirs and of the reports below them."""
    ids = {one.report for one in reports if one.below}
    ids |= {report for one in reports for _, report, _ in one.below}
    return await _figures(tx, ids, cells=list(metrics_below()), prose=False, whole=list(WHOLE))


async def _figures(tx: Transaction, reports: set[str], **asked: Any) -> _Found:
    found: _Found = {report: [] for report in reports}
    if found:
        async for row in await tx.run(_FIGURES, reports=sorted(reports), **asked):
            report, stated = row
            found[report].append(_figure(report, stated))
    return found


def _figure(report: str, stated: dict[str, Any]) -> Figure:
    return Figure(
        report=report,
        value=_plain(stated.pop("value")),
        upper=_plain(stated.pop("upper")),
        qualifier=Qualifier(stated.pop("qualifier")),
        semantic=Semantic(stated.pop("semantic")),
        kind=Kind(stated.pop("kind")),
        scope=Scope(stated.pop("scope")),
        channels=tuple(stated.pop("channels")),
        wholes=tuple(stated.pop("wholes")),
        **stated,
    )


def _plain(value: float | None) -> float | None:
    return None if value is None else plain_number(value)
