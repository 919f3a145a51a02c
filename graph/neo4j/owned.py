"""What belongs to one report: itself, its sections, its figures, its checks."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from neo4j import AsyncManagedTransaction

from gongkai.graph.schema import HOPS, RELATIONSHIPS, Label, Relationship, Stored
from gongkai.graph.statements import EdgeRow, NodeRow, Statements

from .layout import OWNED
from .rows import stored, stored_properties

Transaction = AsyncManagedTransaction


async def write(tx: Transaction, said: Statements, held: Mapping[str, dict[str, str]]) -> None:
    """Every node that the report owns, and the relationships between them and to shared nodes."""
    lengths = _own_lengths(said, held)
    for label in OWNED:
        rows = [
            owned_row(node, held.get(node.id, {}), lengths.get(node.id))
            for node in said.nodes.values()
            if node.label is label
        ]
        if rows:
            await (await tx.run(create(label), rows=rows)).consume()
    for item in RELATIONSHIPS:
        if item.stored is Stored.EDGE and not item.evidenced:
            pairs = [pair(edge) for edge in said.edges if edge.relationship is item]
            if pairs:
                await (await tx.run(join(item), pairs=pairs)).consume()


def owned_row(
    node: NodeRow, to: Mapping[str, str], own_length: int | None = None
) -> dict[str, Any]:
    """`to`: the ids of what the node refers to, by name."""
    return {"node": stored(node.label, node.id, node.properties, own_length), "to": to}


def pair(edge: EdgeRow) -> list[Any]:
    return [edge.head, edge.tail, stored_properties(edge.relationship.properties, edge.properties)]


def _own_lengths(said: Statements, held: Mapping[str, dict[str, str]]) -> dict[str, int]:
    """How long each section's text is up to where the next one begins, where one does."""
    report = HOPS[Label.SECTION, "report"].relationship.reference
    starts: dict[str, set[int]] = defaultdict(set)
    sections = [node for node in said.nodes.values() if node.label is Label.SECTION]
    for node in sections:
        starts[held[node.id][report]].add(_start(node.properties))
    following = {of: dict(pairwise(sorted(places))) for of, places in starts.items()}
    lengths = {}
    for node in sections:
        start = _start(node.properties)
        later = following[held[node.id][report]].get(start)
        if later is not None:
            lengths[node.id] = later - start
    return lengths


def _start(properties: Any) -> int:
    start = properties["start"]
    assert isinstance(start, int)
    return start


def create(label: Label) -> str:
    """Creates nodes with their references."""
    text = f"UNWIND $rows AS row CREATE (n:{label}) SET n = row.node"
    for item in RELATIONSHIPS:
        is_head = item.stored is Stored.HEAD and item.head is label
        if is_head or (item.stored is Stored.TAIL and item.tail is label):
            other = item.tail if is_head else item.head
            drawn = f"(n)-[:{item.type}]->(t)" if is_head else f"(t)-[:{item.type}]->(n)"
            text += (
                f" WITH n, row CALL (n, row) {{ MATCH (t:{other}"
                f" {{id: row.to.{item.reference}}}) CREATE {drawn} }}"
            )
    return text


def join(item: Relationship) -> str:
    return (
        f"UNWIND $pairs AS pair MATCH (h:{item.head} {{id: pair[0]}})"
        f" MATCH (t:{item.tail} {{id: pair[1]}}) CREATE (h)-[e:{item.type}]->(t) SET e = pair[2]"
    )
