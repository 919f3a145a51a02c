"""The whole graph as JSON lines, and what each report says of it."""

from collections import defaultdict
from collections.abc import AsyncIterator
from typing import Any

import msgspec
from neo4j import AsyncTransaction

from gongkai.graph.identity import label_of
from gongkai.graph.schema import NODES, RELATIONSHIPS, Label, Relationship, Stored
from gongkai.graph.statements import EdgeRow, NodeRow, Quote, Statements

from .layout import OWNED, evidenced
from .rows import stated
from .writing import LOCK

Transaction = AsyncTransaction

_PARTS = ("quotes", "starts", "ends", "reports", "sections", "years")


async def hold(tx: Transaction) -> None:
    """Keeps writers away, so that everything is read in one state."""
    await (await tx.run(f"{LOCK} RETURN s.writes")).consume()


async def lines(tx: Transaction) -> AsyncIterator[bytes]:
    """Each line ends with a newline."""
    for label in sorted(Label):
        async for row in await tx.run(_nodes(label)):
            id, found = row
            shown = stated(NODES[label].properties, found)
            yield _line({"label": label.value, "id": id, "properties": shown})
    for type_, head, alike in _kinds():
        async for row in await tx.run(_edges(type_, head, alike)):
            yield _line(_edge(alike, *row))


def _kinds() -> list[tuple[str, Label, list[Relationship]]]:
    """Relationships by type and head: an id begins with its label, so heads follow each other."""
    made: dict[tuple[str, Label], list[Relationship]] = defaultdict(list)
    for item in sorted(RELATIONSHIPS, key=lambda item: (item.type, item.head)):
        made[item.type, item.head].append(item)
    return [(type_, head, alike) for (type_, head), alike in made.items()]


def _line(value: dict[str, Any]) -> bytes:
    return msgspec.json.encode(value) + b"\n"


def _nodes(label: Label) -> str:
    return f"MATCH (n:{label}) RETURN n.id, properties(n) ORDER BY n.id"


def _edges(type_: str, head: Label, alike: list[Relationship]) -> str:
    shown = ["h.id", "t.id"]
    if any(item.properties for item in alike):
        shown.append("properties(e)")
    if alike[0].evidenced:
        shown += ["e.years", *(f"e.evidence_{part}" for part in _PARTS)]
    tails = "|".join(item.tail for item in alike)
    return (
        f"MATCH (h:{head})-[e:{type_}]->(t:{tails}) RETURN {', '.join(shown)} ORDER BY h.id, t.id"
    )


def _edge(alike: list[Relationship], head: str, tail: str, *said: Any) -> dict[str, Any]:
    item = next(one for one in alike if one.tail.lower() == label_of(tail))
    made: dict[str, Any] = {"type": item.type, "head": head, "tail": tail}
    if item.properties:
        made["properties"] = stated(item.properties, said[0])
    if item.evidenced:
        years, *parts = said
        made["years"] = years
        made["evidence"] = [
            {
                "quote": quote,
                "start": start,
                "end": end,
                "report": report,
                "section": section or None,
                "year": year or None,
            }
            for quote, start, end, report, section, year in zip(*parts, strict=True)
        ]
    return made


# --- report by report -----------------------------------------------------------------------------

_SUPPORT = """MATCH (p:GongkaiSupport {id: $report})
RETURN COLLECT {
  UNWIND range(0, size(p.nodes) - 1) AS i
  MATCH (c:GongkaiClaims {id: p.nodes[i]})
  RETURN [c.id, c.label, head([k IN range(0, size(c.keys) - 1) WHERE c.keys[k] = p.claims[i] | c.claims[k]])]
} AS claims, p.types AS types, p.heads AS heads, p.tails AS tails"""

_OWN = {
    Label.REPORT: "(n:Report {id: $report})",
    Label.SECTION: "(:Report {id: $report})-[:HAS_SECTION]->(n:Section)",
    Label.OBSERVATION: "(n:Observation)-[:STATED_IN]->(:Report {id: $report})",
    # Those across reports are made by the store itself.
    Label.CHECK: "(n:Check {across: false})-[:CHECKS]->(:Report {id: $report})",
}

_KINDS = {f"{item.type} {item.head} {item.tail}": item for item in evidenced()}


async def reports(tx: Transaction) -> list[str]:
    return [row[0] async for row in await tx.run("MATCH (r:Report) RETURN r.id ORDER BY r.id")]


async def said(tx: Transaction, report: str) -> Statements:
    """What one report states, as it was loaded."""
    made = Statements(report)
    support = await (await tx.run(_SUPPORT, report=report)).single(strict=True)
    for id, label, claims in support["claims"]:
        _restate(made, Label(label), id, msgspec.json.decode(claims))
    for label in OWNED:
        text = f"MATCH {_OWN[label]} RETURN n.id, properties(n)"
        async for id, found in await tx.run(text, report=report):
            made.nodes[id] = NodeRow(label, id, stated(NODES[label].properties, found))
    for item in RELATIONSHIPS:
        if not item.evidenced and (item.head in OWNED or item.tail in OWNED):
            async for head, tail, found in await tx.run(_own_edges(item), report=report):
                properties = stated(item.properties, found)
                made.edges.append(EdgeRow(item, head, tail, properties=properties))
    quoted: dict[Relationship, list[list[str]]] = defaultdict(list)
    for kind, head, tail in zip(support["types"], support["heads"], support["tails"], strict=True):
        quoted[_KINDS[kind]].append([head, tail])
    for item, pairs in quoted.items():
        async for head, tail, found in await tx.run(_quoted(item), report=report, pairs=pairs):
            quotes = (Quote(q[0], q[1], q[2], q[3] or None, q[4] or None) for q in found)
            made.edges.append(EdgeRow(item, head, tail, tuple(quotes)))
    return made


def _own_edges(item: Relationship) -> str:
    """Those that leave or reach what the report owns."""
    owner, end = (item.head, "h") if item.head in OWNED else (item.tail, "t")
    return (
        f"MATCH {_OWN[owner].replace('(n:', f'({end}:')}"
        f" MATCH (h:{item.head})-[e:{item.type}]->(t:{item.tail})"
        " RETURN h.id, t.id, properties(e)"
    )


def _quoted(item: Relationship) -> str:
    parts = ("quotes", "starts", "ends", "sections", "years")
    entry = ", ".join(f"{part}[i]" for part in parts)
    names = ", ".join(f"e.evidence_{part} AS {part}" for part in (*parts, "reports"))
    return (
        f"UNWIND $pairs AS pair MATCH (h:{item.head} {{id: pair[0]}})-[e:{item.type}]->"
        f"(t:{item.tail} {{id: pair[1]}}) WITH h, t, {names}"
        " RETURN h.id, t.id, [i IN range(0, size(reports) - 1)"
        f" WHERE reports[i] = $report | [{entry}]]"
    )


_REFERENCES = {
    (item.head, item.reference): item
    for item in RELATIONSHIPS
    if item.stored is Stored.HEAD and item.head not in OWNED
}


def _restate(made: Statements, label: Label, id: str, claims: dict[str, Any]) -> None:
    """A shared node and its references, from what is claimed of it."""
    properties = {}
    for name, value in claims.items():
        item = _REFERENCES.get((label, name))
        if item is None:
            properties[name] = value
        else:
            made.edges.append(EdgeRow(item, id, value))
    made.nodes[id] = NodeRow(label, id, properties)
