"""The relationships around some nodes, for NetworkX: one recursive statement."""

from gongkai.graph.plan import Surroundings
from gongkai.graph.schema import RELATIONSHIPS, Relationship, Stored

from .compiler import Compiler
from .tables import edge_table, reference, table_of

_NODES_AT_MOST = 20_000


def surroundings_of(compiler: Compiler, asked: Surroundings) -> str:
    """Rows (type, head, tail) between nodes at most `depth` away, one more than `max_edges`."""
    ids, depth = compiler.values(asked.ids), compiler.value(asked.depth)
    types, any_type = compiler.values(asked.types), compiler.value(not asked.types)
    limit = compiler.value(asked.max_edges + 1)

    def wanted(item: Relationship) -> str:
        return f"({any_type} OR '{item.type}' IN (SELECT value FROM {types}))"

    steps = " UNION ".join(
        f"SELECT e.{there}, near.depth + 1 FROM near JOIN {_edges(item)} AS e ON e.{here} = near.id"
        f" WHERE near.depth < {depth} AND {wanted(item)}"
        for item in RELATIONSHIPS
        for here, there in (("head_id", "tail_id"), ("tail_id", "head_id"))
    )
    found = " UNION ALL ".join(
        f"SELECT '{item.type}' AS type, e.head_id, e.tail_id FROM {_edges(item)} AS e"
        " WHERE e.head_id IN (SELECT id FROM near) AND e.tail_id IN (SELECT id FROM near)"
        f" AND {wanted(item)}"
        for item in RELATIONSHIPS
    )
    return (
        f"WITH RECURSIVE near (id, depth) AS (SELECT value, 0 FROM {ids} UNION {steps}"
        f" LIMIT {_NODES_AT_MOST}) SELECT type, head_id, tail_id FROM ({found})"
        f" ORDER BY type, head_id, tail_id LIMIT {limit}"
    )


def _edges(relationship: Relationship) -> str:
    """A relationship as a table of `head_id` and `tail_id`, wherever it is kept."""
    if relationship.stored is Stored.EDGE:
        return edge_table(relationship)
    label, column = reference(relationship)
    here, there = (
        ("head_id", "tail_id") if relationship.stored is Stored.HEAD else ("tail_id", "head_id")
    )
    return f"(SELECT id AS {here}, {column} AS {there} FROM {table_of(label)} WHERE {column} IS NOT NULL)"
