"""The figures that comparisons are made from (`plan.Figures`), read in the order of one index."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from gongkai.graph.plan import Figures, Shape
from gongkai.graph.schema import NODES, Label

from .compiler import Compiler
from .json_text import JsonText, json_of
from .objects import write_object, write_rows
from .scope import Scope
from .tables import FIGURES_INDEX, REPORTS_INDEX, quoted
from .where import condition

_BEHIND_EQUALS = ">"  # the character behind "=", which ends the name of a dimension


def write_figures(text: JsonText, asked: Figures) -> None:
    compiler = text.compiler
    asked_metrics = compiler.values(asked.metrics)
    metrics = compiler.table(
        "m",
        f"SELECT j.key AS place, metric.id AS id FROM {asked_metrics} AS j"
        " CROSS JOIN metric ON metric.id = j.value",
    )
    agencies = compiler.table("q", _agencies(compiler, asked, metrics))
    with text.object():
        for place in text.members(("metrics", "agencies", "figures")):
            (_write_metrics, _write_agencies, _write_figures)[place](text, asked, metrics, agencies)


def _agencies(compiler: Compiler, asked: Figures, metrics: str) -> str:
    """(`place`, `id`) of the agencies, in their order."""
    order = ", ".join([*(f"x.{quoted(name)}" for name in NODES[Label.AGENCY].order), "x.id"])
    filters = [] if asked.where is None else [condition(compiler, asked.where, Label.AGENCY, "x")]
    if not asked.every:
        reported = ["r.agency_id = x.id", *_years(compiler, asked, "r.year")]
        stated = ["o.metric_id = m.id", "o.agency_id = x.id", *_years(compiler, asked, "o.as_of")]
        filters.append(
            f"(EXISTS (SELECT 1 FROM report AS r WHERE {' AND '.join(reported)})"
            f" OR EXISTS (SELECT 1 FROM {metrics} AS m CROSS JOIN observation AS o"
            f" INDEXED BY {FIGURES_INDEX} WHERE {' AND '.join(stated)}))"
        )
    where = f" WHERE {' AND '.join(filters)}" if filters else ""
    limit = compiler.value(asked.limit)
    return (
        "SELECT row_number() OVER () - 1 AS place, id FROM"
        f" (SELECT x.id FROM agency AS x{where} ORDER BY {order} LIMIT {limit})"
    )


def _years(compiler: Compiler, asked: Figures, column: str) -> list[str]:
    made = []
    if asked.first_year is not None:
        made.append(f"{column} >= {compiler.value(asked.first_year)}")
    if asked.last_year is not None:
        made.append(f"{column} <= {compiler.value(asked.last_year)}")
    return made


def _write_metrics(text: JsonText, asked: Figures, metrics: str, _agencies: str) -> None:
    rows = f"{metrics} AS m CROSS JOIN metric AS n ON n.id = m.id"
    made, scope = JsonText(text.compiler), Scope(text.compiler, rows)
    with _list(made, "n.id", "n.key"):
        made.say(",")
        _write_objects(made, asked.metric, "n", scope)
    write_rows(text, made, f"{rows}{scope.joins}")


def _write_agencies(text: JsonText, asked: Figures, _metrics: str, agencies: str) -> None:
    rows = f"{agencies} AS q CROSS JOIN agency AS n ON n.id = q.id"
    made, scope = JsonText(text.compiler), Scope(text.compiler, rows)
    region = "(SELECT code FROM region WHERE region.id = n.region_id)"
    with _list(made, "n.id", "n.name", region):
        made.say(",")
        _write_objects(made, asked.agency, "n", scope)
        made.say(",")
        if asked.reports:
            made.put(
                "(SELECT json_group_array(r.year) || ',' || json_group_array(r.template)"
                f" FROM report AS r INDEXED BY {REPORTS_INDEX} WHERE r.agency_id = n.id)"
            )
        else:
            made.say("[],[]")
    write_rows(text, made, f"{rows}{scope.joins}")


def _write_figures(text: JsonText, asked: Figures, metrics: str, agencies: str) -> None:
    """Whoever reads the index from its start meets the figures in the order that is asked for.

    They are written column by column: a list of each is made three times as quickly as one of each
    figure.
    """
    compiler = text.compiler
    pairs = f"{agencies} AS q CROSS JOIN {metrics} AS m"
    tied = " AND ".join(
        (
            "o.metric_id = m.id",
            "o.agency_id = q.id",
            _broken_down(compiler, asked.by),
            *_years(compiler, asked, "o.as_of"),
        )
    )
    population = f"{pairs} CROSS JOIN observation AS o ON {tied}"
    columns, scope = JsonText(compiler), Scope(compiler, population, is_inner=True)
    with columns.object():
        columns.say('"year":')
        columns.put("json_group_array(o.as_of)")
        for name in asked.columns:
            columns.say(f",{json_of(name)}:")
            columns.put(f"json_group_array(o.{name})")
        if asked.observation:
            objects = JsonText(compiler)
            _write_objects(objects, asked.observation, "o", scope)
            columns.say(',"objects":[')
            columns.put(f"ifnull(group_concat({objects.sql()}), '')")
            columns.say("]")
    made = JsonText(compiler)
    with _list(made, "q.place", "m.place"):
        made.say(",")
        rows = f"observation AS o INDEXED BY {FIGURES_INDEX}{scope.joins} WHERE {tied}"
        made.put(f"(SELECT {columns.sql()} FROM {rows})")
    write_rows(text, made, pairs)


def _broken_down(compiler: Compiler, by: str | None) -> str:
    if by is None:
        return "o.breakdown = ''"
    first, last = compiler.value(f"{by}="), compiler.value(f"{by}{_BEHIND_EQUALS}")
    return (
        f"(o.breakdown = '' OR (o.breakdown >= {first} AND o.breakdown < {last}"
        " AND instr(o.breakdown, ';') = 0))"
    )


@contextmanager
def _list(text: JsonText, *expressions: str) -> Iterator[None]:
    """A list of these values and whatever is written inside, which begins with a comma."""
    text.put(f"rtrim(json_array({', '.join(expressions)}), ']')")  # no value of JSON ends so
    yield
    text.say("]")


def _write_objects(text: JsonText, shapes: Iterable[Shape], node: str, scope: Scope) -> None:
    """The list of a node's objects."""
    text.say("[")
    for place, shape in enumerate(shapes):
        text.say("," if place else "")
        write_object(text, shape, node, scope)
    text.say("]")
