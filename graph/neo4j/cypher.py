"""One plan, one Cypher statement, whose answer is one row with one value.

The text depends on the plan's shape alone; every value is a parameter. See `listing` for how pages
are found and `objects` for how the answer becomes JSON.
"""

from dataclasses import dataclass
from typing import Any

import msgspec

from gongkai.graph.plan import (
    ById,
    ByIds,
    ByKey,
    Connection,
    Figures,
    Literal,
    Root,
    Search,
    Stats,
    Variants,
)
from gongkai.graph.schema import Label

from .code_points import comparable
from .compiler import Compiler, Made, Read
from .figures import figures
from .objects import choice, connection, node_object, object_of
from .scope import Scope
from .searching import search


@dataclass(frozen=True, slots=True)
class Statement:
    """`read` makes the JSON of the statement's one value."""

    text: str
    parameters: dict[str, Any]
    read: Read | None = None

    def json(self, value: Any) -> bytes:
        return msgspec.json.encode(self.read(value) if self.read else value)


def compile_root(root: Root) -> Statement:
    """The statement that answers a root field. Raises `CursorRefused`."""
    compiler = Compiler()
    scope = Scope(compiler)
    match root:
        case ById():
            made = _by_id(root, scope)
        case ByIds():
            made = _by_ids(root, scope)
        case ByKey():
            made = _by_key(root, scope)
        case Connection():
            made = connection(root, None, scope)
        case Search():
            made = search(root, scope)
        case Stats():
            made = _stats(root)
        case Figures():
            made = figures(root, scope)
    text = f"{scope.clauses} RETURN {made.expression} AS answer".strip()
    return Statement(text, compiler.parameters, made.read)


def _by_id(root: ById, scope: Scope) -> Made:
    nodes = _found(root.variants, scope.compiler.value(root.id), scope)
    return choice(root.variants, nodes, scope, None)


def _by_ids(root: ByIds, scope: Scope) -> Made:
    ids, place, inner = (
        scope.compiler.value(root.ids),
        scope.compiler.variable("i"),
        Scope(scope.compiler),
    )
    nodes = _found(root.variants, f"{ids}[{place}]", inner)
    made = choice(root.variants, nodes, inner, None)
    rows = f"UNWIND range(0, size({ids}) - 1) AS {place}"
    found = scope.collected("", rows, inner, f"[{made.expression}]", place)
    return Made(found, lambda rows: [made.value(row[0]) for row in rows])


def _found(variants: Variants, id: str, scope: Scope) -> dict[Label, str]:
    """The variable of the node with this id, by the label it would have."""
    nodes = {}
    for shape in variants.shapes:
        node = nodes[shape.label] = scope.compiler.variable("n")
        scope.match(f"OPTIONAL MATCH ({node}:{shape.label.value} {{id: {id}}})")
    return nodes


def _by_key(root: ByKey, scope: Scope) -> Made:
    compiler, label, inner = scope.compiler, root.shape.label, Scope(scope.compiler)
    node = compiler.variable("x")
    value = int(root.value) if isinstance(root.value, bool) else root.value
    rows = (
        f"MATCH ({node}:{label.value})"
        f" WHERE {comparable(label, root.property, node)} = {compiler.value(value)}"
        f" WITH {node} ORDER BY {node}.id LIMIT 1"
    )
    made = node_object(root.shape, node, inner)
    found = scope.collected("", rows, inner, made.expression, f"{node}.id")
    return Made(found, lambda rows: made.value(rows[0]) if rows else None)


def _stats(root: Stats) -> Made:
    return object_of(
        [
            (item.key, item.value)
            if isinstance(item, Literal)
            else (item[0], Made(f"COUNT {{ (:{item[1].value}) }}"))
            for item in root.items
        ]
    )
