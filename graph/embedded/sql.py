"""One plan, one SQL statement, whose answer is one JSON text.

The text depends on the plan's shape alone; every value is a numbered parameter. A page first finds
its rows (`page` sub-select: filter, order, limit on indexes) and only then makes objects of them.
"""

from dataclasses import dataclass, field

from gongkai.graph.plan import (
    ById,
    ByIds,
    ByKey,
    Connection,
    Root,
    Scalar,
    Search,
    Stats,
    Surroundings,
)

from .compiler import Compiler
from .objects import connection_of, node_choice, object_of
from .searching import search_of
from .surrounding import surroundings_of
from .tables import quoted, table_of


@dataclass(frozen=True, slots=True)
class Statement:
    """`text` with `?1`, `?2` … for `parameters`, in their order."""

    text: str
    parameters: list[Scalar] = field(default_factory=list)


def compile_root(root: Root) -> Statement:
    """The statement whose one row and column is the JSON of a root field (NULL for null).

    Raises `CursorRefused`.
    """
    compiler = Compiler()
    return Statement(f"SELECT {_root(compiler, root)}", compiler.parameters)


def compile_surroundings(asked: Surroundings) -> Statement:
    """The statement whose rows are (type, head, tail), one more than asked where there are more."""
    compiler = Compiler()
    return Statement(surroundings_of(compiler, asked), compiler.parameters)


def _root(compiler: Compiler, root: Root) -> str:
    match root:
        case ById():
            return node_choice(compiler, compiler.value(root.id), root.variants)
        case ByIds():
            chosen = node_choice(compiler, "asked.value", root.variants)
            asked = compiler.values(root.ids)
            return (
                f"(SELECT json_group_array(json(node)) FROM (SELECT {chosen} AS node"
                f" FROM {asked} AS asked ORDER BY asked.key))"
            )
        case ByKey():
            node = compiler.alias()
            table = table_of(root.shape.label)
            return (
                f"(SELECT {object_of(compiler, root.shape, node)} FROM {table} AS {node}"
                f" WHERE {node}.{quoted(root.property)} = {compiler.value(root.value)}"
                f" ORDER BY {node}.id LIMIT 1)"
            )
        case Connection():
            return connection_of(compiler, root, parent=None)
        case Search():
            return search_of(compiler, root)
        case Stats():
            return compiler.object(
                (item[0], f"(SELECT count(*) FROM {table_of(item[1])})")
                if isinstance(item, tuple)
                else (item.key, compiler.value(item.value))
                for item in root.items
            )
