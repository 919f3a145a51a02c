"""Comparisons by code point, which Neo4j's own are not quite.

Neo4j compares stored text with a parameter by UTF-16 units: characters beyond U+FFFF stand there
before those of U+E000 to U+FFFF (full-width punctuation among them). Stored text with stored text,
and the order of an index, go by code point. So where a parameter holds such characters, the text
that shares its beginning up to one of them is looked at again.
"""

from collections.abc import Callable

from gongkai.graph.plan import Op
from gongkai.graph.schema import NODES, Label, Type

from .compiler import Compiler

_ASCII = {"id", "sort_key"}
_FIRST_HIGH, _LAST_HIGH = "\ue000", "\uffff"
_FIRST_ASTRAL = "\U00010000"

_STRICT_OF = {Op.GT: ">", Op.GTE: ">=", Op.LT: "<", Op.LTE: "<="}


def type_of(label: Label, property: str) -> Type:
    return Type.STRING if property == "id" else NODES[label].property(property).type


def comparable(label: Label, property: str, node: str) -> str:
    """The expression that a property is compared and ordered by."""
    column = f"{node}.{property}"
    match type_of(label, property):
        case Type.BOOLEAN:
            return f"toInteger({column})"
        case Type.DATE:
            return f"toString({column})"
        case _:
            return column


def is_plain(label: Label, property: str) -> bool:
    """Whether Neo4j's own comparison is right as it is."""
    kind = type_of(label, property)
    return property in _ASCII or kind not in (Type.STRING,)


def beyond(compiler: Compiler, column: str, op: Op, value: object, *, plain: bool) -> str:
    """The condition that `column` is on one side of a value (given, not its placeholder)."""
    placed = compiler.value(value)
    compared = f"{column} {_STRICT_OF[op]} {placed}"
    if plain:
        return compared
    text = value if isinstance(value, str) else ""
    beside_high = _starts(
        text, lambda c: _FIRST_HIGH <= c <= _LAST_HIGH, _FIRST_ASTRAL, _FIRST_HIGH
    )
    beside_astral = _starts(text, lambda c: c > _LAST_HIGH, _FIRST_HIGH, None)
    astral, high = (
        f"any(start IN {compiler.value(starts)} WHERE {column} STARTS WITH start[0]"
        f" AND {column} >= start[1] AND coalesce({column} < start[2], true))"
        for starts in (beside_high, beside_astral)
    )
    too_low, too_high = (astral, high) if op in (Op.GT, Op.GTE) else (high, astral)
    return f"(({compared} AND NOT {too_high}) OR {too_low})"


def _starts(
    text: str, odd: Callable[[str], bool], first: str, behind: str | None
) -> list[list[str | None]]:
    """Where an odd character stands in the text: what is before it, and between which two texts lie
    those that go on from there with one of the other kind (in UTF-16, what is beyond U+FFFF begins
    just below U+E000)."""
    return [
        [text[:place], text[:place] + first, None if behind is None else text[:place] + behind]
        for place, character in enumerate(text)
        if odd(character)
    ]
