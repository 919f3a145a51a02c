"""Filters as SQL conditions. A condition on a null is never true, and its negation always is."""

from gongkai.graph.plan import All, Compare, Dimension, Either, Not, Op, Related, Where
from gongkai.graph.schema import Hop, Label, Stored

from .compiler import Compiler
from .tables import edge_table, evidence_table, quoted, table_of

_OPERATORS = {Op.EQ: "=", Op.GT: ">", Op.GTE: ">=", Op.LT: "<", Op.LTE: "<="}
_LAST_CHARACTER = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)

# One node at most has such a value: it is what the node's id is made of.
_IDENTIFYING = {
    Label.REGION: "code",
    Label.YEAR: "value",
    Label.METRIC: "key",
    Label.CATEGORY: "path",
}
# Properties of which one value, or a part of it, is found on few nodes.
_TELLING = {"id", "code", "key", "path", "name", "name_en", "title", "doc_number"}


# SQLite's parser holds a hundred open words: a filter nested deeper than this is taken apart.
_NESTED_AT_MOST = 5
_NESTED_BY_RELATION = 3


def condition(compiler: Compiler, where: Where, label: Label, node: str, depth: int = 0) -> str:
    """`node`: the alias of the table of `label` whose rows are asked about."""
    if depth > _NESTED_AT_MOST and not isinstance(where, Compare | Dimension):
        row = compiler.alias("w")
        meets = condition(compiler, where, label, row)
        found = compiler.table("w", f"SELECT id FROM {table_of(label)} AS {row} WHERE {meets}")
        return f"{node}.id IN {found}"
    match where:
        case All():
            parts = [condition(compiler, part, label, node, depth + 1) for part in where.parts]
            return f"({' AND '.join(parts)})" if parts else "1"
        case Either():
            parts = [condition(compiler, part, label, node, depth + 1) for part in where.parts]
            return f"({' OR '.join(parts)})" if parts else "0"
        case Not():
            return f"({condition(compiler, where.part, label, node, depth + 1)}) IS NOT TRUE"
        case Compare():
            return _compare(compiler, where, f"{node}.{quoted(where.property)}")
        case Dimension():
            return _dimension(compiler, where, f"{node}.dimensions")
        case Related():
            found = _related(compiler, where, node, depth + _NESTED_BY_RELATION)
            return f"({found}) IS NOT TRUE" if where.none else found


def _compare(compiler: Compiler, where: Compare, column: str) -> str:
    value = where.value
    match where.op:
        case Op.IN:
            values = value if isinstance(value, tuple) else (value,)
            return f"{column} IN (SELECT value FROM {compiler.values(values)})"
        case Op.CONTAINS:
            return f"instr({column}, {compiler.value(_one(value))}) > 0"
        case Op.STARTS_WITH:
            start = str(value)
            first, last = compiler.value(start), compiler.value(_behind_prefix(start))
            return f"({column} >= {first} AND {column} < {last})"
        case Op.IS_NULL:
            return f"({column} IS NULL) = {compiler.value(_one(value))}"
        case _:
            return f"{column} {_OPERATORS[where.op]} {compiler.value(_one(value))}"


def _one(value: object) -> str | int | float | bool | None:
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"one value expected, not {value!r}")


def _behind_prefix(prefix: str) -> str:
    """The smallest text that is greater than every text with this prefix."""
    rest = prefix.rstrip(chr(_LAST_CHARACTER))
    if not rest:
        return chr(_LAST_CHARACTER) * (len(prefix) + 1)
    following = ord(rest[-1]) + 1
    return rest[:-1] + chr(_SURROGATES.stop if following in _SURROGATES else following)


def _dimension(compiler: Compiler, where: Dimension, column: str) -> str:
    values = where.value if isinstance(where.value, tuple) else (where.value,)
    entry = compiler.alias("d")
    return (
        f"EXISTS (SELECT 1 FROM json_each({column}) AS {entry}"
        f" WHERE {entry}.key = {compiler.value(where.name)}"
        f" AND {entry}.value IN (SELECT value FROM {compiler.values(values)}))"
    )


# --- related nodes ------------------------------------------------------------------------------


def _related(compiler: Compiler, where: Related, node: str, depth: int) -> str:
    """A condition that few nodes meet is answered from their side, any other from this one's.

    The first way, this side's rows come from an index of the few that were found; the second way,
    rows come in the order asked and each is looked at until the page is full.
    """
    hop = where.hop
    from_there = where.where is not None and _is_telling(where.where)
    if hop.relationship.stored is Stored.EDGE:
        return _across_edges(compiler, where, node, depth, from_there=from_there)
    column = hop.relationship.reference
    if hop.single:
        return _referred(compiler, where, f"{node}.{column}", depth, from_there=from_there)
    other, table = compiler.alias("w"), table_of(hop.target)
    meets = (
        ""
        if where.where is None
        else f" AND {condition(compiler, where.where, hop.target, other, depth)}"
    )
    if from_there:
        return (
            f"{node}.id IN (SELECT {other}.{column} FROM {table} AS {other}"
            f" WHERE {other}.{column} IS NOT NULL{meets})"
        )
    return f"EXISTS (SELECT 1 FROM {table} AS {other} WHERE {other}.{column} = {node}.id{meets})"


def _referred(
    compiler: Compiler, where: Related, column: str, depth: int, *, from_there: bool
) -> str:
    """The node that a column names meets the filter."""
    if where.where is None:
        return f"{column} IS NOT NULL"
    only = _only_compare(where.where)
    if only is not None and only.property == "id" and only.op in (Op.EQ, Op.IN):
        return _compare(compiler, only, column)
    other, label = compiler.alias("w"), where.hop.target
    meets = condition(compiler, where.where, label, other, depth)
    table = f"{table_of(label)} AS {other}"
    if only is not None and only.op is Op.EQ and only.property == _IDENTIFYING.get(label):
        # Equal to one id, not in a list of one: so rows still come from the index in their order.
        return f"{column} = (SELECT {other}.id FROM {table} WHERE {meets})"
    if from_there:
        return f"{column} IN (SELECT {other}.id FROM {table} WHERE {meets})"
    return f"EXISTS (SELECT 1 FROM {table} WHERE {other}.id = {column} AND {meets})"


def _across_edges(
    compiler: Compiler, where: Related, node: str, depth: int, *, from_there: bool
) -> str:
    hop, edge = where.hop, compiler.alias("e")
    here, there = ends(hop)
    source, filters = f"{edge_table(hop.relationship)} AS {edge}", []
    only = None if where.where is None else _only_compare(where.where)
    if only is not None and only.property == "id" and only.op in (Op.EQ, Op.IN):
        filters.append(_compare(compiler, only, f"{edge}.{there}"))
    elif where.where is not None:
        other = compiler.alias("w")
        source += f" JOIN {table_of(hop.target)} AS {other} ON {other}.id = {edge}.{there}"
        filters.append(condition(compiler, where.where, hop.target, other, depth))
    if where.year is not None:
        filters.append(has_year(compiler, hop, edge, where.year))
    if from_there:
        return f"{node}.id IN (SELECT {edge}.{here} FROM {source} WHERE {' AND '.join(filters)})"
    filters.insert(0, f"{edge}.{here} = {node}.id")
    return f"EXISTS (SELECT 1 FROM {source} WHERE {' AND '.join(filters)})"


def has_year(compiler: Compiler, hop: Hop, edge: str, year: int) -> str:
    """An evidenced edge (the row `edge` of its table) has evidence from that year."""
    quote = compiler.alias("v")
    return (
        f"EXISTS (SELECT 1 FROM {evidence_table(hop.relationship)} AS {quote}"
        f" WHERE {quote}.head_id = {edge}.head_id AND {quote}.tail_id = {edge}.tail_id"
        f" AND {quote}.year = {compiler.value(year)})"
    )


def ends(hop: Hop) -> tuple[str, str]:
    """The columns of an edge table at this end of a hop and at the other."""
    return ("head_id", "tail_id") if hop.forward else ("tail_id", "head_id")


def _only_compare(where: Where) -> Compare | None:
    """The comparison that is the whole filter."""
    while isinstance(where, All | Either) and len(where.parts) == 1:
        where = where.parts[0]
    return where if isinstance(where, Compare) else None


def _is_telling(where: Where) -> bool:
    """Few nodes can be expected to meet it."""
    match where:
        case Compare():
            by_value = where.op in (Op.EQ, Op.IN, Op.CONTAINS, Op.STARTS_WITH)
            return by_value and where.property in _TELLING
        case All():
            return any(map(_is_telling, where.parts))
        case Either():
            return bool(where.parts) and all(map(_is_telling, where.parts))
        case Related():
            return not where.none and where.where is not None and _is_telling(where.where)
        case _:
            return False
