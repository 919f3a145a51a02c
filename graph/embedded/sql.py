"""One plan, one SQL statement, whose answer is one JSON document.

The text depends on the plan's shape alone; every value is a numbered parameter, response keys
included. See `listing` for how pages are found and `json_text` for how the answer is written.
"""

from dataclasses import dataclass, field
from functools import lru_cache

from gongkai.graph.plan import (
    ById,
    ByIds,
    ByKey,
    Connection,
    Figures,
    Literal,
    Root,
    Scalar,
    Search,
    Stats,
    Surroundings,
    Variants,
)

from .comparing import write_figures
from .compiler import Compiler
from .json_text import JsonText, json_of
from .objects import write_choice, write_object, write_root_connection, write_rows
from .scope import Scope
from .searching import write_search
from .surrounding import surroundings_of
from .tables import quoted, table_of


@dataclass(frozen=True, slots=True)
class Statement:
    """`text` with `?1`, `?2` … for `parameters`, in their order."""

    text: str
    parameters: list[Scalar] = field(default_factory=list)


@lru_cache(maxsize=64)  # who asks often asks the same; few, since a plan may hold a megabyte
def compile_root(root: Root) -> Statement:
    """The statement whose one row and column is the JSON of a root field, as UTF-8 bytes.

    Raises `CursorRefused`.
    """
    compiler = Compiler()
    text = JsonText(compiler)
    match root:
        case ById():
            _write_by_id(text, root)
        case ByIds():
            _write_by_ids(text, root)
        case ByKey():
            _write_by_key(text, root)
        case Connection():
            write_root_connection(text, root)
        case Search():
            write_search(text, root)
        case Stats():
            _write_stats(text, root)
        case Figures():
            write_figures(text, root)
    return Statement(compiler.statement(f"SELECT CAST({text.sql()} AS BLOB)"), compiler.parameters)


def compile_surroundings(asked: Surroundings) -> Statement:
    """The statement whose rows are (type, head, tail), one more than asked where there are more."""
    compiler = Compiler()
    return Statement(surroundings_of(compiler, asked), compiler.parameters)


def _write_by_id(text: JsonText, root: ById) -> None:
    asked = text.compiler.alias("a")
    rows = f"(SELECT {text.compiler.value(root.id)} AS value) AS {asked}"
    made, scope = _chosen(text.compiler, root.variants, asked, rows)
    text.put(f"(SELECT {made.sql()} FROM {rows}{scope.joins})")


def _write_by_ids(text: JsonText, root: ByIds) -> None:
    asked = text.compiler.alias("a")
    rows = f"{text.compiler.values(root.ids)} AS {asked}"
    made, scope = _chosen(text.compiler, root.variants, asked, rows)
    write_rows(text, made, f"{rows}{scope.joins}")


def _chosen(
    compiler: Compiler, variants: Variants, asked: str, rows: str
) -> tuple[JsonText, Scope]:
    """An id is looked for only in the table of the label that it begins with."""
    made, scope = JsonText(compiler), Scope(compiler, rows)
    ids = {}
    for shape in variants.shapes:
        start = f"{shape.label.lower()}:"
        ids[shape.label] = (
            f"CASE WHEN substr({asked}.value, 1, {len(start)}) = '{start}' THEN {asked}.value END"
        )
    write_choice(made, variants, ids, scope, "null")
    return made, scope


def _write_by_key(text: JsonText, root: ByKey) -> None:
    compiler, label = text.compiler, root.shape.label
    node, found, table = compiler.alias("n"), compiler.alias("x"), table_of(label)
    row = (
        f"(SELECT {found}.rowid AS r FROM {table} AS {found}"
        f" WHERE {found}.{quoted(root.property)} = {compiler.value(root.value)}"
        f" ORDER BY {found}.id LIMIT 1) AS {found}"
        f" CROSS JOIN {table} AS {node} ON {node}.rowid = {found}.r"
    )
    made, scope = JsonText(compiler), Scope(compiler, row)
    write_object(made, root.shape, node, scope)
    text.put(f"ifnull((SELECT {made.sql()} FROM {row}{scope.joins}), 'null')")


def _write_stats(text: JsonText, root: Stats) -> None:
    with text.object():
        keys = [item.key if isinstance(item, Literal) else item[0] for item in root.items]
        for place in text.members(keys):
            item = root.items[place]
            if isinstance(item, Literal):
                text.say(json_of(item.value))
            else:
                text.put(f"(SELECT count(*) FROM {table_of(item[1])})")
