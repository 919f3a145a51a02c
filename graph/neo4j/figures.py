"""The figures that comparisons are made from (`plan.Figures`)."""

from collections import defaultdict
from typing import Any

from gongkai.graph.plan import Figures, Shape
from gongkai.graph.schema import NODES, Label

from .compiler import Compiler, Made
from .matching import condition, is_telling
from .objects import node_object, number
from .scope import Scope

_NUMBERS = {"value", "upper"}
_ORDER = "o.breakdown, o.as_of, o.precedence, o.id"


def figures(asked: Figures, scope: Scope) -> Made:
    compiler = scope.compiler
    ids = compiler.value(asked.metrics)
    scope.match(
        f"CALL () {{ UNWIND range(0, size({ids}) - 1) AS i MATCH (m:Metric {{id: {ids}[i]}})"
        " WITH i, m ORDER BY i RETURN collect(m) AS metrics }"
    )
    scope.match(_agencies(compiler, asked))
    metrics, agencies = _metrics(asked, scope), _shown_agencies(asked, scope)
    found = _found(asked, scope)
    places = {id: place for place, id in reversed(list(enumerate(asked.metrics)))}

    def read(answer: Any) -> Any:
        shown_metrics, shown_agencies, rows = answer
        stated: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for agency, metric, figure in rows:
            stated[agency, metric].append(figure)
        return {
            "metrics": [metrics.value(row) for row in shown_metrics],
            "agencies": [agencies.value(row) for row in shown_agencies],
            "figures": [
                [place, places[metric[0]], found.value(stated.get((agency[0], metric[0]), []))]
                for place, agency in enumerate(shown_agencies)
                for metric in shown_metrics
            ],
        }

    return Made(f"[{metrics.expression}, {agencies.expression}, {found.expression}]", read)


def _agencies(compiler: Compiler, asked: Figures) -> str:
    filters = [] if asked.where is None else [condition(compiler, asked.where, Label.AGENCY, "a")]
    if not asked.every:
        reported = _where(_years(compiler, asked, "r.year"))
        stated = _where(["m IN metrics", *_years(compiler, asked, "o.as_of")])
        filters.append(
            f"(EXISTS {{ MATCH (a)<-[:PUBLISHED_BY]-(r:Report){reported} }} OR EXISTS {{"
            f" MATCH (a)<-[:ABOUT]-(o:Observation)-[:MEASURES]->(m:Metric){stated} }})"
        )
    order = ", ".join([*(f"a.{name}" for name in NODES[Label.AGENCY].order), "a.id"])
    return (
        f"CALL (metrics) {{ MATCH (a:Agency){_where(filters)} WITH a ORDER BY {order}"
        f" LIMIT {compiler.value(asked.limit)} RETURN collect(a) AS agencies }}"
    )


def _where(filters: list[str]) -> str:
    return f" WHERE {' AND '.join(filters)}" if filters else ""


def _years(compiler: Compiler, asked: Figures, column: str) -> list[str]:
    made = []
    if asked.first_year is not None:
        made.append(f"{column} >= {compiler.value(asked.first_year)}")
    if asked.last_year is not None:
        made.append(f"{column} <= {compiler.value(asked.last_year)}")
    return made


def _metrics(asked: Figures, scope: Scope) -> Made:
    inner = Scope(scope.compiler)
    objects = _objects(asked.metric, "m", inner)
    rows = "UNWIND range(0, size(metrics) - 1) AS i WITH i, metrics[i] AS m"
    row = f"[m.id, m.key, {objects.expression}]"
    return Made(scope.collected("metrics", rows, inner, row, "i"), _with_objects(objects))


def _shown_agencies(asked: Figures, scope: Scope) -> Made:
    inner = Scope(scope.compiler)
    objects = _objects(asked.agency, "a", inner)
    reports = (
        " CALL (a) { MATCH (a)<-[:PUBLISHED_BY]-(r:Report) WITH r ORDER BY r.year, r.id"
        " RETURN collect(r.year) AS years, collect(r.template) AS templates }"
        if asked.reports
        else ""
    )
    rows = (
        "UNWIND range(0, size(agencies) - 1) AS i WITH i, agencies[i] AS a"
        f" OPTIONAL MATCH (a)-[:LOCATED_IN]->(g:Region){reports} WITH * ORDER BY i"
    )
    lists = "years, templates" if asked.reports else "[], []"
    row = f"[a.id, a.name, g.code, {objects.expression}, {lists}]"
    return Made(scope.collected("agencies", rows, inner, row, "i"), _with_objects(objects))


def _with_objects(objects: Made) -> Any:
    """Reads a row whose fourth or last entry is a list of objects."""

    def read_row(row: list[Any]) -> list[Any]:
        place = 3 if len(row) > 3 else 2
        return [*row[:place], objects.value(row[place]), *row[place + 1 :]]

    return read_row


def _objects(shapes: tuple[Shape, ...], node: str, scope: Scope) -> Made:
    made = [node_object(shape, node, scope) for shape in shapes]

    def read(values: list[Any]) -> list[Any]:
        return [one.value(value) for one, value in zip(made, values, strict=True)]

    return Made(f"[{', '.join(one.expression for one in made)}]", read)


def _found(asked: Figures, scope: Scope) -> Made:
    """The figures as [agency, metric, figure], from the side where fewer can be expected."""
    compiler, inner = scope.compiler, Scope(scope.compiler)
    filters = [_broken_down(compiler, asked.by), *_years(compiler, asked, "o.as_of")]
    if asked.where is not None and is_telling(asked.where):
        drawn = "UNWIND agencies AS a MATCH (a)<-[:ABOUT]-(o:Observation)-[:MEASURES]->(m:Metric)"
        filters.append("m IN metrics")
    else:
        drawn = "UNWIND metrics AS m MATCH (m)<-[:MEASURES]-(o:Observation)-[:ABOUT]->(a:Agency)"
    rows = f"{drawn}{_where(filters)} WITH a, m, o ORDER BY {_ORDER}"
    names = ["year", *asked.columns]
    columns = ["o.as_of", *(f"o.{name}" for name in asked.columns)]
    objects = None
    if asked.observation:
        objects = _objects(asked.observation, "o", inner)
        names.append("objects")
        columns.append(objects.expression)
    row = f"[a.id, m.id, [{', '.join(columns)}]]"
    made = scope.collected("metrics, agencies", rows, inner, row, _ORDER)
    read_by_name: dict[str, Any] = dict.fromkeys(_NUMBERS, number)
    if objects is not None:
        read_by_name["objects"] = objects.value

    def read_columns(figures: list[list[Any]]) -> dict[str, list[Any]]:
        columns = zip(*figures, strict=True) if figures else ([] for _ in names)
        return {
            name: list(map(read_by_name[name], column) if name in read_by_name else column)
            for name, column in zip(names, columns, strict=True)
        }

    return Made(made, read_columns)


def _broken_down(compiler: Compiler, by: str | None) -> str:
    if by is None:
        return "o.breakdown = ''"
    start = compiler.value(f"{by}=")
    return (
        f"(o.breakdown = '' OR (o.breakdown STARTS WITH {start} AND NOT o.breakdown CONTAINS ';'))"
    )
