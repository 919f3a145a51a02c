"""The relationships around some nodes, for NetworkX, in one statement.

Each step reads, at every node, one relationship more than are asked in all: a node with a million
neighbours costs no more than the limit, and whoever asks sees that there was more.
"""

from typing import Any

from gongkai.graph.plan import Surroundings
from gongkai.graph.schema import RELATIONSHIPS, Label

from .cypher import Statement

_LABELS = "|".join(label.value for label in Label)


def surroundings_of(asked: Surroundings) -> Statement:
    """A statement whose value is a list of [type, head, tail], one more than `max_edges` at most."""
    known = sorted({item.type for item in RELATIONSHIPS})
    types = [name for name in known if not asked.types or name in asked.types]
    drawn = f":{'|'.join(types)}" if types else ""
    parameters: dict[str, Any] = {"ids": list(asked.ids), "limit": asked.max_edges + 1}
    text = f"""CALL () {{ UNWIND $ids AS id MATCH (n:{_LABELS} {{id: id}})
 RETURN collect(DISTINCT n) AS near0 }}"""
    for step in range(asked.depth):
        text += f"""
CALL (near{step}) {{ UNWIND near{step} AS n
 CALL (n) {{ MATCH (n)-[e{drawn}]-() RETURN e LIMIT $limit }}
 WITH DISTINCT e LIMIT $limit RETURN collect(e) AS edges{step + 1} }}
CALL (near{step}, edges{step + 1}) {{ UNWIND near{step} + [e IN edges{step + 1} | startNode(e)]
 + [e IN edges{step + 1} | endNode(e)] AS n RETURN collect(DISTINCT n) AS near{step + 1} }}"""
    last = f"edges{asked.depth}" if asked.depth and types else "[]"
    text += f"\nRETURN [e IN {last} | [type(e), startNode(e).id, endNode(e).id]] AS answer"
    return Statement(text, parameters)
