"""Filters as SQL conditions. A condition on a null is never true, and its negation always."""

from gongkai.graph.plan import All, Compare, Dimension, Either, Not, Op, Related, Scalar, Where
from gongkai.graph.schema import Hop, Stored

from .compiler import Compiler
from .tables import edge_table, quoted, reference, table_of

_OPERATORS = {Op.EQ: "=", Op.GT: ">", Op.GTE: ">=", Op.LT: "<", Op.LTE: "<="}
_LAST_CHARACTER = "\U0010ffff"


def condition(compiler: Compiler, where: Where, node: str) -> str:
    """`node`: the alias of the table whose rows are asked about."""
    match where:
        case All():
            parts = [condition(compiler, part, node) for part in where.parts]
            return f"({' AND '.join(parts)})" if parts else "1"
        case Either():
            parts = [condition(compiler, part, node) for part in where.parts]
            return f"({' OR '.join(parts)})" if parts else "0"
        case Not():
            return f"({condition(compiler, where.part, node)}) IS NOT TRUE"
        case Compare():
            return _compare(compiler, where, f"{node}.{quoted(where.property)}")
        case Dimension():
            path = compiler.value('$."' + where.name.replace('"', "") + '"')
            stated = f"json_extract({node}.dimensions, {path})"
            values = where.value if isinstance(where.value, tuple) else (where.value,)
            return f"{stated} IN (SELECT value FROM {compiler.values(values)})"
        case Related():
            return _related(compiler, where, node)


def _compare(compiler: Compiler, where: Compare, column: str) -> str:
    value = where.value
    if isinstance(value, tuple):
        return f"{column} IN (SELECT value FROM {compiler.values(value)})"
    match where.op:
        case Op.CONTAINS:
            return f"instr({column}, {compiler.value(value)}) > 0"
        case Op.STARTS_WITH:
            first, last = compiler.value(value), compiler.value(f"{value}{_LAST_CHARACTER}")
            return f"({column} >= {first} AND {column} <= {last})"
        case Op.IS_NULL:
            return f"({column} IS NULL) = {compiler.value(value)}"
        case Op.IN:
            return f"{column} IN (SELECT value FROM {compiler.values([value])})"
        case _:
            return f"{column} {_OPERATORS[where.op]} {compiler.value(value)}"


def _related(compiler: Compiler, where: Related, node: str) -> str:
    other = compiler.alias()
    meets = "1" if where.where is None else condition(compiler, where.where, other)
    source, extra = neighbours(where.hop, node, other)
    if where.year is not None:
        extra += f" AND {has_year(compiler, f'e{other}', where.year)}"
    if where.hop.single:
        column = f"{node}.{reference(where.hop.relationship)[1]}"
        table = table_of(where.hop.target)
        found = f"{column} IN (SELECT {other}.id FROM {table} AS {other} WHERE {meets})"
    else:
        found = f"EXISTS (SELECT 1 FROM {source} WHERE {extra} AND {meets})"
    return f"({found}) IS NOT TRUE" if where.none else found


def neighbours(hop: Hop, node: str, other: str) -> tuple[str, str]:
    """The tables that hold what is at the other end of a hop, and what ties them to `node`.

    The other end is `other`; the table of edges, where there is one, is `e<other>`.
    """
    relationship, table = hop.relationship, table_of(hop.target)
    if relationship.stored is Stored.EDGE:
        here, there = ("head_id", "tail_id") if hop.forward else ("tail_id", "head_id")
        edges = f"e{other}"
        return (
            f"{edge_table(relationship)} AS {edges}"
            f" JOIN {table} AS {other} ON {other}.id = {edges}.{there}",
            f"{edges}.{here} = {node}.id",
        )
    column = reference(relationship)[1]
    if hop.single:
        return f"{table} AS {other}", f"{other}.id = {node}.{column}"
    return f"{table} AS {other}", f"{other}.{column} = {node}.id"


def has_year(compiler: Compiler, edges: str, year: Scalar) -> str:
    """An evidenced edge has evidence from that year."""
    wanted = compiler.value(year)
    return f"EXISTS (SELECT 1 FROM json_each({edges}.years) WHERE value = {wanted})"
