"""Filters as Cypher conditions. A condition on a null is never true, and its negation always is."""

from gongkai.graph.plan import All, Compare, Dimension, Either, Not, Op, Related, Where
from gongkai.graph.schema import Label

from .code_points import beyond, comparable, is_plain
from .compiler import Compiler
from .layout import entry_prefix, pattern

# Properties of which one value, or a part of it, is found on few nodes.
_TELLING = {"id", "code", "key", "path", "name", "name_en", "title", "doc_number"}


def condition(compiler: Compiler, where: Where, label: Label, node: str) -> str:
    """`node`: the variable of the node of `label` that is asked about."""
    match where:
        case All():
            return _all(" AND ", "true", [condition(compiler, p, label, node) for p in where.parts])
        case Either():
            return _all(" OR ", "false", [condition(compiler, p, label, node) for p in where.parts])
        case Not():
            return f"NOT coalesce({condition(compiler, where.part, label, node)}, false)"
        case Compare():
            return _compare(compiler, where, label, node)
        case Dimension():
            values = where.value if isinstance(where.value, tuple) else (where.value,)
            name = compiler.value(entry_prefix("dimensions") + where.name)
            return f"{node}[{name}] IN {compiler.value(values)}"
        case Related():
            found = f"EXISTS {{ MATCH {_related(compiler, where, node)} }}"
            return f"NOT {found}" if where.none else found


def _all(joint: str, none: str, parts: list[str]) -> str:
    return f"({joint.join(parts)})" if parts else none


def _compare(compiler: Compiler, where: Compare, label: Label, node: str) -> str:
    name, value = where.property, where.value
    column = comparable(label, name, node)
    match where.op:
        case Op.EQ:
            return f"{column} = {compiler.value(_numbered(value))}"
        case Op.IN:
            values = value if isinstance(value, tuple) else (value,)
            return f"{column} IN {compiler.value([_numbered(item) for item in values])}"
        case Op.CONTAINS:
            return f"{column} CONTAINS {compiler.value(value)}"
        case Op.STARTS_WITH:
            return f"{column} STARTS WITH {compiler.value(value)}"
        case Op.IS_NULL:
            return f"({column} IS NULL) = {compiler.value(value)}"
        case _:
            plain = is_plain(label, name)
            return beyond(compiler, column, where.op, _numbered(value), plain=plain)


def _numbered(value: object) -> object:
    """Booleans are compared as 0 and 1."""
    return int(value) if isinstance(value, bool) else value


def _related(compiler: Compiler, where: Related, node: str) -> str:
    """A hop to a node that meets the filter, as a pattern and its conditions."""
    other, edge = compiler.variable("w"), compiler.variable("e")
    drawn = pattern(node, where.hop, other, edge)
    filters = []
    if where.where is not None:
        filters.append(condition(compiler, where.where, where.hop.target, other))
    if where.year is not None:
        filters.append(f"{compiler.value(where.year)} IN {edge}.years")
    return f"{drawn} WHERE {' AND '.join(filters)}" if filters else drawn


# --- what a list can begin from -------------------------------------------------------------------


def parted(where: Where | None) -> tuple[list[Related], list[Where]]:
    """The relations to few nodes that every row must have, from which a list may be found, and the
    rest of the filter."""
    telling: list[Related] = []
    rest: list[Where] = []
    for part in _conjuncts(where):
        if isinstance(part, Related) and part.hop.single and is_telling(part):
            telling.append(part)
        else:
            rest.append(part)
    return telling, rest


def begun(compiler: Compiler, related: Related, node: str) -> str:
    """A `MATCH` that ties `node` to the node it is related to."""
    return f"MATCH {_related(compiler, related, node)}"


def _conjuncts(where: Where | None) -> list[Where]:
    if where is None:
        return []
    if isinstance(where, All) or (isinstance(where, Either) and len(where.parts) == 1):
        return [part for inner in where.parts for part in _conjuncts(inner)]
    return [where]


def is_telling(where: Where) -> bool:
    """Few nodes can be expected to meet it."""
    match where:
        case Compare():
            by_value = where.op in (Op.EQ, Op.IN, Op.CONTAINS, Op.STARTS_WITH)
            return by_value and where.property in _TELLING
        case All():
            return any(map(is_telling, where.parts))
        case Either():
            return bool(where.parts) and all(map(is_telling, where.parts))
        case Related():
            return not where.none and where.where is not None and is_telling(where.where)
        case _:
            return False
