"""The relationships around some nodes, for NetworkX: one recursive statement.

Nodes are reached in order of distance; each step reads, of every relationship at a node, at most
one edge more than are asked in all. So a node with a million neighbours costs no more than the
limit, and whoever asks sees that there was more.
"""

from gongkai.graph.plan import Surroundings
from gongkai.graph.schema import RELATIONSHIPS, Label, Relationship, Stored

from .compiler import Compiler
from .tables import edge_table, reference, table_of


def surroundings_of(compiler: Compiler, asked: Surroundings) -> str:
    """Rows (type, head, tail), nearest first, one more than `max_edges` where there are more."""
    ids, depth = compiler.values(asked.ids), compiler.value(asked.depth)
    limit = compiler.value(asked.max_edges + 1)
    # A node may be met once at each distance; each new one was reached by an edge.
    nodes = compiler.value((asked.max_edges + 1 + len(asked.ids)) * max(asked.depth, 1))
    relationships = [item for item in RELATIONSHIPS if not asked.types or item.type in asked.types]
    around = _edges_at("near.id", relationships, limit)
    type_, head, tail = (f"json_extract(e.value, '$[{place}]')" for place in range(3))
    return (
        "WITH RECURSIVE near (id, depth) AS ("
        f"SELECT value, 0 FROM {ids} UNION"
        f" SELECT CASE {head} WHEN near.id THEN {tail} ELSE {head} END, near.depth + 1"
        f" FROM near CROSS JOIN json_each({around}) AS e WHERE near.depth < {depth} - 1"
        f" LIMIT {nodes})"
        f" SELECT DISTINCT {type_}, {head}, {tail}"
        f" FROM near CROSS JOIN json_each({around}) AS e WHERE near.depth < {depth} LIMIT {limit}"
    )


def _edges_at(id: str, relationships: list[Relationship], limit: str) -> str:
    """A JSON list of the edges [type, head, tail] at a node: of each kind, up to a limit."""
    cases = []
    for label in Label:
        found = [
            f"SELECT * FROM ({_edges(item, end, id)} LIMIT {limit})"
            for item in relationships
            for end, at in (("head_id", item.head), ("tail_id", item.tail))
            if at is label
        ]
        if found:
            listed = (
                f"SELECT json_group_array(json_array(t, h, l)) FROM ({' UNION ALL '.join(found)})"
            )
            cases.append(f" WHEN '{label.lower()}' THEN ({listed})")
    if not cases:
        return "'[]'"
    return f"CASE substr({id}, 1, instr({id}, ':') - 1){''.join(cases)} ELSE '[]' END"


def _edges(item: Relationship, end: str, id: str) -> str:
    """The edges of one relationship whose head or tail is the node, wherever they are kept."""
    if item.stored is Stored.EDGE:
        table, head, tail = edge_table(item), "head_id", "tail_id"
    else:
        label, column = reference(item)
        table = table_of(label)
        head, tail = ("id", column) if item.stored is Stored.HEAD else (column, "id")
    own = head if end == "head_id" else tail
    return (
        f"SELECT '{item.type}' AS t, {head} AS h, {tail} AS l FROM {table}"
        f" WHERE {own} = {id} AND {head} IS NOT NULL AND {tail} IS NOT NULL"
    )
