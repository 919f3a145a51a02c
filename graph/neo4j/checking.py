"""The checks between two years of one body, made again in the transaction that changes either.

They belong to the later report and are made from the figures that the store holds, so they are the
same whichever of the two was loaded first.
"""

from collections import defaultdict
from typing import Any

from neo4j import AsyncManagedTransaction

from gongkai.graph.checks.across import CELLS, check_across
from gongkai.graph.checks.figures import Figure, Figures
from gongkai.graph.extract import Kind, Qualifier, Scope, Semantic
from gongkai.graph.schema import HOPS, Label
from gongkai.graph.statements import check_rows

from .owned import create, join, owned_row, pair
from .rows import plain_number

Transaction = AsyncManagedTransaction

OPERANDS = HOPS[Label.CHECK, "operands"].relationship
_REPORT = HOPS[Label.CHECK, "report"].relationship

_REPORTS = """MATCH (:Agency {id: $agency})<-[:PUBLISHED_BY]-(r:Report) WHERE r.year IN $years
CALL (r) {
  MATCH (c:Check)-[:CHECKS]->(r) WHERE c.across AND r.year <> $years[0] DETACH DELETE c
}
WITH r ORDER BY r.year, r.id RETURN r.year, r.id, r.template"""

_FIGURES = """UNWIND $reports AS report
MATCH (:Report {id: report})<-[:STATED_IN]-(o:Observation)-[:MEASURES]->(m:Metric)
WHERE o.table IS NULL OR m.key IN $cells
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


async def remake(tx: Transaction, agency: str | None, year: int) -> None:
    """Makes the checks anew that a report of this body and year is part of.

    Of several reports for one year the first by id stands for it.
    """
    if agency is None:
        return
    reports: dict[int, list[tuple[str, str]]] = defaultdict(list)
    years = [year - 1, year, year + 1]
    async for row in await tx.run(_REPORTS, agency=agency, years=years):
        of, report, template = row
        reports[of].append((report, template))
    joined = [
        (later_year, reports[later_year - 1][0], later)
        for later_year in years[1:]
        for later in reports[later_year]
        if reports[later_year - 1]
    ]
    if not joined:
        return
    wanted = {id for _, (earlier, _), (later, _) in joined for id in (earlier, later)}
    figures = await _figures(tx, sorted(wanted))
    rows, pairs = [], []
    for later_year, (earlier, form), (later, later_form) in joined:
        before = Figures(earlier, agency, later_year - 1, form, figures[earlier])
        now = Figures(later, agency, later_year, later_form, figures[later])
        for number, check in enumerate(check_across(before, now)):
            node, edges = check_rows(check, number, across=True)
            rows.append(owned_row(node, {f"{_REPORT.forward}_id": later}))
            pairs += [pair(edge) for edge in edges if edge.relationship is OPERANDS]
    if rows:
        await (await tx.run(create(Label.CHECK), rows=rows)).consume()
        await (await tx.run(join(OPERANDS), pairs=pairs)).consume()


async def _figures(tx: Transaction, reports: list[str]) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = {report: [] for report in reports}
    async for row in await tx.run(_FIGURES, reports=reports, cells=sorted(CELLS)):
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
