"""`series`: from the operation to what the store is asked, and from its answer to the response.

One statement gathers the figures (`plan.Figures`); `graph.compare` makes the comparison of them.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
from graphql import FieldNode, GraphQLObjectType, get_named_type

from gongkai.graph import plan
from gongkai.graph.compare.comparability import ComparabilityLevel
from gongkai.graph.compare.gathered import Found, FoundMetric, read_found
from gongkai.graph.compare.series import Row, series, years_of
from gongkai.graph.dictionary.metrics import all_metrics
from gongkai.graph.identity import metric_id
from gongkai.graph.plan import All, Compare, Figures, Literal, Op, Shape, Where
from gongkai.graph.schema import Label
from gongkai.graph.store import GraphStore

from .conditions import Conditions
from .errors import over_limit, refusal
from .names import snake
from .projection import Branch, Item, Leaf, NodePart, Shapes, projector
from .selections import Selections
from .settings import Settings

_YEARS_AT_MOST = 100
_USUAL_YEARS = 20
_NODES = {label.value for label in Label}


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison: what to ask, what to make of it, and how to show that."""

    name: str
    arguments: dict[str, Any]
    figures: Figures
    items: tuple[Item, ...]
    field: FieldNode


@dataclass(frozen=True, slots=True)
class SeriesResult:
    rows: list[Row]


class ComparisonPlanner:
    """`shape_of`: makes the shape of a node of a label from the fields that select it."""

    def __init__(
        self,
        types: dict[str, Any],
        selections: Selections,
        conditions: Conditions,
        settings: Settings,
        shape_of: Callable[[Label, list[FieldNode]], Shape],
    ) -> None:
        self._types, self._selections, self._conditions = types, selections, conditions
        self._settings, self._shape_of = settings, shape_of

    def plan(self, arguments: dict[str, Any], fields: list[FieldNode]) -> Compared:
        """Raises `GraphQLError`."""
        field, shapes = fields[0], Shapes({})
        name = field.name.value
        type_ = get_named_type(self._types["Query"].fields[name].type)
        items = self._items(type_, fields, shapes)
        metrics, agencies = arguments["metrics"], arguments.get("agencies")
        self._conditions.count_ids(len(metrics) + len(agencies or ()), field)
        first, last = arguments.get("from"), arguments.get("to")
        figures = Figures(
            metrics=tuple(map(_metric_id, metrics)),
            where=self._where(arguments, field),
            first_year=first,
            last_year=last,
            limit=self._agencies_at_most(len(metrics), _span(first, last, field)) + 1,
            by=arguments.get("by"),
            every=agencies is not None,
            agency=shapes.of(Label.AGENCY),
            metric=shapes.of(Label.METRIC),
            observation=shapes.of(Label.OBSERVATION),
        )
        return Compared(name, arguments, figures, items, field)

    def _items(
        self, type_: GraphQLObjectType, fields: list[FieldNode], shapes: Shapes
    ) -> tuple[Item, ...]:
        items: list[Item] = []
        for key, same in self._selections.below(fields).items():
            name = same[0].name.value
            if name == "__typename":
                items.append(Literal(key, type_.name))
                continue
            below = get_named_type(type_.fields[name].type)
            if below.name in _NODES:
                place = shapes.add(self._shape_of(Label(below.name), same))
                items.append(NodePart(key, snake(name), place))
            elif isinstance(below, GraphQLObjectType):
                items.append(Branch(key, snake(name), self._items(below, same, shapes)))
            else:
                items.append(Leaf(key, snake(name)))
        return tuple(items)

    def _where(self, arguments: dict[str, Any], field: FieldNode) -> Where | None:
        where = self._conditions.where(Label.AGENCY, arguments.get("where"), field)
        agencies = arguments.get("agencies")
        if agencies is None:
            return where
        named = Compare("id", Op.IN, tuple(agencies))
        return named if where is None else All((named, where))

    def _agencies_at_most(self, metrics: int, years: int) -> int:
        return self._settings.max_points // max(1, metrics * years)


def _span(first: int | None, last: int | None, field: FieldNode) -> int:
    """How many years are asked for."""
    if first is None or last is None:
        return _USUAL_YEARS
    if not 0 <= last - first < _YEARS_AT_MOST:
        raise refusal(
            "BAD_USER_INPUT",
            f"From {first} to {last}: give a range of 1 to {_YEARS_AT_MOST} years.",
            field,
        )
    return last - first + 1


def _metric_id(given: str) -> str:
    """A metric's id in the graph, of that or of its id in the dictionary."""
    return given if given.startswith("metric:") else metric_id(given)


async def answer_comparison(store: GraphStore, asked: Compared, settings: Settings) -> bytes:
    """The JSON of the field. Raises `GraphQLError` where the comparison is refused."""
    answer = await store.answer(asked.figures, timeout_seconds=settings.timeout_seconds)
    return await asyncio.to_thread(_compare, answer, asked, settings)


def _compare(answer: bytes, asked: Compared, settings: Settings) -> bytes:
    found = read_found(answer)
    _check_agencies(found, asked, settings)
    metrics = _metrics(found, asked)
    years = years_of(found, asked.figures.first_year, asked.figures.last_year)
    rows = list(series(found, metrics, years, by=asked.figures.by))
    if asked.arguments.get("strict"):
        _refuse_breaks(rows, asked)
    return msgspec.json.encode(projector(asked.items)(SeriesResult(rows)))


def _check_agencies(found: Found, asked: Compared, settings: Settings) -> None:
    limit = asked.figures.limit - 1
    if len(found.agencies) > limit:
        raise over_limit(
            "TOO_MANY_POINTS",
            "max_points",
            settings.max_points,
            len(found.agencies) * settings.max_points // max(1, limit),
            f"`{asked.name}` compares more than {limit} bodies over these years and metrics: over "
            f"{settings.max_points} points, the limit. Narrow `where`, or ask for fewer years or "
            "metrics.",
            asked.field,
        )
    named = asked.arguments.get("agencies")
    if named is not None and asked.arguments.get("where") is None:
        there = {agency.id for agency in found.agencies}
        unknown = [id for id in named if id not in there]
        if unknown:
            raise refusal(
                "NOT_FOUND",
                f"{unknown[0]}: no agency of the store has this id. `agencies(where: {{ name: … }})` "
                "finds it by name.",
                asked.field,
            )


def _metrics(found: Found, asked: Compared) -> list[FoundMetric]:
    """Each metric asked for: as the store has it, else as the dictionary does."""
    stored = {metric.id: metric for metric in found.metrics}
    metrics = []
    for given, id in zip(asked.arguments["metrics"], asked.figures.metrics, strict=True):
        metric = stored.get(id) or _unstated(id, asked.figures.metric)
        if metric is None:
            raise refusal(
                "NOT_FOUND",
                f"{given}: no metric has this id. `metrics(where: {{ name: … }})` finds it by name.",
                asked.field,
            )
        metrics.append(metric)
    return metrics


def _unstated(id: str, shapes: tuple[Shape, ...]) -> FoundMetric | None:
    """A metric that no report in the store states, as the dictionary has it."""
    for entry in all_metrics():
        if metric_id(entry.id) == id:
            values = {**msgspec.structs.asdict(entry), "id": id, "key": entry.id}
            objects = [msgspec.Raw(msgspec.json.encode(_object(shape, values))) for shape in shapes]
            return FoundMetric(id, entry.id, objects)
    return None


def _object(shape: Shape, values: dict[str, Any]) -> dict[str, Any]:
    return {item.key: _shown(item, values) for item in shape.items}


def _shown(item: plan.Item, values: dict[str, Any]) -> Any:
    match item:
        case Literal():
            return item.value
        case plan.Value():
            return values.get(item.property)
        case plan.Connection():
            return {part.key: _nothing(part) for part in item.parts}
        case _:
            raise AssertionError(f"a metric has no {type(item).__name__}")


def _nothing(part: plan.Part) -> Any:
    """A part of an empty connection."""
    match part:
        case Literal():
            return part.value
        case plan.TotalCount():
            return 0
        case plan.PageInfo():
            return {
                item.key if isinstance(item, Literal) else item[0]: item.value
                if isinstance(item, Literal)
                else False
                if item[1] in (plan.PageField.HAS_NEXT, plan.PageField.HAS_PREVIOUS)
                else None
                for item in part.items
            }
        case _:
            return []


def _refuse_breaks(rows: list[Row], asked: Compared) -> None:
    steps = [
        (row, place)
        for row in rows
        for place, step in enumerate(row.points.comparability)
        if step is not None and step.level is not ComparabilityLevel.SAME
    ]
    if not steps:
        return
    row, place = steps[0]
    points = row.points
    step = points.comparability[place]
    assert step is not None
    raise refusal(
        "NOT_COMPARABLE",
        f"{row.metric.entry.name} of {row.agency.name}: {points.since[place]} and "
        f"{points.year[place]} are not quite the same ({step.level}: {step.reason}). {len(steps)} "
        "such steps in all. Ask for years without a break, or leave `strict` out: each step is then "
        "labelled.",
        asked.field,
        steps=len(steps),
    )
