"""One report into the graph and out of it, inside a transaction of the caller's.

Writers take one lock, as on the embedded store, so no two of them ever settle the same node, and
none waits for another that waits for it. What a report owns (itself, its sections and figures) is
written and deleted with it; what it claims of shared nodes is counted beside them. An evidenced
relationship goes with its last quote.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from neo4j import AsyncManagedTransaction

from gongkai.graph.claims import Claim, agreed, claim_of
from gongkai.graph.schema import HOPS, RELATIONSHIPS, Label, Relationship, Stored
from gongkai.graph.statements import EdgeRow, Quote, Statements, placed

from . import checking, owned
from .layout import OWNED, evidenced
from .rows import stored

Transaction = AsyncManagedTransaction

LOCK = "MATCH (s:GongkaiStore {id: 'store'}) SET s.writes = s.writes + 1 WITH s"

_BEGIN = f"""{LOCK}
OPTIONAL MATCH (p:GongkaiSupport {{id: $report}})
WITH coalesce(p.nodes, []) AS nodes, coalesce(p.claims, []) AS claims,
  coalesce(p.types, []) AS types, coalesce(p.heads, []) AS heads, coalesce(p.tails, []) AS tails
CALL (nodes) {{
  UNWIND nodes + $ids AS id WITH DISTINCT id MATCH (c:GongkaiClaims {{id: id}})
  RETURN collect([c.id, c.label, c.keys, c.claims, c.reports]) AS found
}}
OPTIONAL MATCH (r:Report {{id: $report}})-[:PUBLISHED_BY]->(a:Agency)
RETURN nodes, claims, types, heads, tails, found, r IS NOT NULL AS held, a.id AS agency,
  r.year AS year, head([(a)-[:PART_OF]->(b:Agency) | b.id]) AS parent"""

_TAKE_OUT = """MATCH (r:Report {id: $report})
CALL (r) { MATCH (r)<-[:STATED_IN]-(:Observation)<-[:CHECKS]-(c:Check) DETACH DELETE c }
CALL (r) { MATCH (r)<-[:CHECKS]-(c:Check) DETACH DELETE c }
CALL (r) { MATCH (r)<-[:STATED_IN]-(o:Observation) DETACH DELETE o }
CALL (r) { MATCH (r)-[:HAS_SECTION]->(s:Section) DETACH DELETE s }
DETACH DELETE r"""

_PARENT = HOPS[Label.AGENCY, "parent"].relationship
_PUBLISHED_BY = HOPS[Label.REPORT, "agency"].relationship

_KINDS = {f"{item.type} {item.head} {item.tail}": item for item in evidenced()}
_NAMES = {item: name for name, item in _KINDS.items()}

_Edge = tuple[str, str]


@dataclass(slots=True)
class _Counted:
    """A node's different claims, by their key, and how many reports make each."""

    label: Label
    claims: dict[str, str] = field(default_factory=dict)
    reports: dict[str, int] = field(default_factory=dict)

    def votes(self) -> dict[str, int]:
        return {self.claims[key]: count for key, count in self.reports.items() if count}


@dataclass(slots=True)
class _Before:
    """What the store held that the report touches."""

    held: bool
    agency: str | None
    year: int
    parent: str | None  # the body above
    support: dict[str, str]  # by node, the key of the report's claim
    quoted: dict[Relationship, set[_Edge]]
    counted: dict[str, _Counted]


async def replace(tx: Transaction, said: Statements) -> bool:
    """True where an earlier version of the report was there."""
    held, apart = placed(said.edges)
    shared = {
        node.id: claim_of(node.label, {**node.properties, **held[node.id]})
        for node in said.nodes.values()
        if node.label not in OWNED
    }
    before = await _begin(tx, said.report, list(shared))
    if before.held:
        await _run(tx, _TAKE_OUT, report=said.report)
    await _settle_nodes(tx, said.report, before, shared, apart)
    await owned.write(tx, said, held)
    await _write_quotes(tx, said.report, before.quoted, apart)
    await checking.remake(tx, *_whose(said))
    return before.held


async def remove(tx: Transaction, report: str) -> bool:
    """False where there is no such report."""
    before = await _begin(tx, report, [])
    if before.held:
        await _run(tx, _TAKE_OUT, report=report)
        await _write_quotes(tx, report, before.quoted, {})
        await _settle_nodes(tx, report, before, {}, {})
        await checking.remake(tx, before.agency, before.year, before.parent)
    return before.held


def _whose(said: Statements) -> tuple[str | None, int, str | None]:
    """The body and the year of the report, and the body above."""
    publishers = (edge.tail for edge in said.edges if edge.relationship is _PUBLISHED_BY)
    publisher = next(publishers, None)
    above = (e.tail for e in said.edges if e.relationship is _PARENT and e.head == publisher)
    year = said.nodes[said.report].properties["year"]
    assert isinstance(year, int)
    return publisher, year, next(above, None)


async def _run(tx: Transaction, text: str, **parameters: Any) -> None:
    await (await tx.run(text, parameters)).consume()


async def _begin(tx: Transaction, report: str, ids: list[str]) -> _Before:
    """Takes the lock, then reads what the report says now and what is claimed of all it touches."""
    row = await (await tx.run(_BEGIN, report=report, ids=ids)).single(strict=True)
    quoted: dict[Relationship, set[_Edge]] = defaultdict(set)
    for kind, head, tail in zip(row["types"], row["heads"], row["tails"], strict=True):
        quoted[_KINDS[kind]].add((head, tail))
    counted = {}
    for id, label, keys, claims, reports in row["found"]:
        counted[id] = _Counted(
            Label(label),
            dict(zip(keys, claims, strict=True)),
            dict(zip(keys, reports, strict=True)),
        )
    support = dict(zip(row["nodes"], row["claims"], strict=True))
    return _Before(row["held"], row["agency"], row["year"], row["parent"], support, quoted, counted)


# --- nodes that several reports state -------------------------------------------------------------


async def _settle_nodes(
    tx: Transaction,
    report: str,
    before: _Before,
    shared: dict[str, Claim],
    apart: dict[Relationship, list[EdgeRow]],
) -> None:
    """Counts what the report claims, in place of what it claimed, and makes nodes show the sum."""
    counted = before.counted
    was = {id: node.votes() for id, node in counted.items()}
    for id, key in before.support.items():
        counted[id].reports[key] -= 1
    support = {}
    for id, claim in shared.items():
        key = support[id] = blake2b(claim.values.encode(), digest_size=8).hexdigest()
        node = counted.setdefault(id, _Counted(claim.label))
        node.claims[key] = claim.values
        node.reports[key] = node.reports.get(key, 0) + 1
    changed = {id: node for id, node in counted.items() if node.votes() != was.get(id, {})}
    await _write_counts(tx, changed)
    await _write_support(tx, report, support, apart)
    shown = {id: agreed(votes) for id, node in changed.items() if (votes := node.votes())}
    old = {id: agreed(was[id]) for id in changed if was.get(id)}
    await _write_shared(tx, counted, old, shown)


async def _write_counts(tx: Transaction, changed: dict[str, _Counted]) -> None:
    rows, gone = [], []
    for id, node in changed.items():
        made = [(key, node.claims[key], count) for key, count in node.reports.items() if count]
        if not made:
            gone.append(id)
            continue
        keys, claims, reports = (list(column) for column in zip(*sorted(made), strict=True))
        rows.append(
            {"id": id, "label": node.label, "keys": keys, "claims": claims, "reports": reports}
        )
    if rows:
        await _run(
            tx, "UNWIND $rows AS row MERGE (c:GongkaiClaims {id: row.id}) SET c = row", rows=rows
        )
    if gone:
        await _run(tx, "UNWIND $ids AS id MATCH (c:GongkaiClaims {id: id}) DELETE c", ids=gone)


async def _write_support(
    tx: Transaction,
    report: str,
    support: dict[str, str],
    apart: dict[Relationship, list[EdgeRow]],
) -> None:
    if not support:
        await _run(tx, "MATCH (p:GongkaiSupport {id: $report}) DELETE p", report=report)
        return
    edges = [(_NAMES[item], e.head, e.tail) for item in _NAMES for e in apart.get(item, ())]
    made = {
        "id": report,
        "nodes": list(support),
        "claims": list(support.values()),
        "types": [kind for kind, _, _ in edges],
        "heads": [head for _, head, _ in edges],
        "tails": [tail for _, _, tail in edges],
    }
    await _run(tx, "MERGE (p:GongkaiSupport {id: $made.id}) SET p = $made", made=made)


async def _write_shared(
    tx: Transaction,
    counted: dict[str, _Counted],
    old: dict[str, dict[str, Any]],
    shown: dict[str, dict[str, Any]],
) -> None:
    """Nodes whose look has changed, then their references; those without a claim go."""
    rows: dict[Label, list[dict[str, Any]]] = defaultdict(list)
    gone: dict[Label, list[str]] = defaultdict(list)
    for id in {**old, **shown}:
        if id not in shown:
            gone[counted[id].label].append(id)
        elif shown[id] != old.get(id):
            rows[counted[id].label].append(stored(counted[id].label, id, shown[id]))
    for label, ids in sorted(gone.items()):
        await _run(tx, f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) DETACH DELETE n", ids=ids)
    for label, made in sorted(rows.items()):
        text = f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n = row"
        await _run(tx, text, rows=made)
    for item in _SHARED_REFERENCES:
        name = item.reference
        pairs = [
            [id, values.get(name)]
            for id, values in shown.items()
            if counted[id].label is item.head and values.get(name) != old.get(id, {}).get(name)
        ]
        if pairs:
            await _run(tx, _refer(item), pairs=pairs)


_SHARED_REFERENCES = tuple(
    item for item in RELATIONSHIPS if item.stored is Stored.HEAD and item.head not in OWNED
)


def _refer(item: Relationship) -> str:
    """Puts one reference of a node in place of another."""
    return (
        f"UNWIND $pairs AS pair MATCH (h:{item.head} {{id: pair[0]}})"
        f" CALL (h) {{ MATCH (h)-[e:{item.type}]->(:{item.tail}) DELETE e }}"
        f" CALL (h, pair) {{ MATCH (t:{item.tail} {{id: pair[1]}}) CREATE (h)-[:{item.type}]->(t) }}"
    )


# --- evidence -------------------------------------------------------------------------------------

_LISTS = ("years", "reports", "starts", "ends", "quotes", "sections")


def entry(quote: Quote, report: str) -> list[Any]:
    """One quote, its parts as `_LISTS` names them."""
    return [quote.year or 0, report, quote.start, quote.end, quote.quote, quote.section or ""]


async def _write_quotes(
    tx: Transaction,
    report: str,
    before: dict[Relationship, set[_Edge]],
    apart: dict[Relationship, list[EdgeRow]],
) -> None:
    """The quotes of the report in place of those it gave before."""
    for item in evidenced():
        touched: dict[_Edge, list[list[Any]]] = {}
        if item.head not in OWNED:  # those of the report itself have gone with it
            touched = {pair: [] for pair in before.get(item, ())}
        for edge in apart.get(item, ()):
            quotes = [entry(quote, report) for quote in edge.evidence]
            touched.setdefault((edge.head, edge.tail), []).extend(quotes)
        rows = [[head, tail, entries] for (head, tail), entries in sorted(touched.items())]
        if rows:
            await _run(tx, _quote(item), rows=rows, report=report)


def _quote(item: Relationship) -> str:
    names = ", ".join(f"coalesce(e.evidence_{part}, []) AS {part}" for part in _LISTS)
    kept = ", ".join(f"{part}[i]" for part in _LISTS)
    made = ", ".join(
        f"e.evidence_{part} = [entry IN entries | entry[{place}]]"
        for place, part in enumerate(_LISTS)
    )
    return (
        f"UNWIND $rows AS row MATCH (h:{item.head} {{id: row[0]}})"
        f" MATCH (t:{item.tail} {{id: row[1]}}) MERGE (h)-[e:{item.type}]->(t)"
        f" WITH e, row[2] AS added, {names}"
        " WITH e, added, [i IN range(0, size(reports) - 1) WHERE reports[i] <> $report"
        f" | [{kept}]] AS kept"
        " CALL (kept, added) { UNWIND kept + added AS entry WITH entry"
        " ORDER BY entry[0] = 0, entry[0], entry[1], entry[2], entry[3]"
        " RETURN collect(entry) AS entries }"
        " CALL (entries) { UNWIND entries AS entry WITH DISTINCT entry[0] AS year WHERE year <> 0"
        " WITH year ORDER BY year RETURN collect(year) AS years }"
        f" SET e.years = years, {made}"
        " WITH e, entries WHERE size(entries) = 0 DELETE e"
    )
