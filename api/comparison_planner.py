"""Fields that compare: what an operation asks, as one plan and what to make of its answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graphql import FieldNode, GraphQLObjectType, get_named_type

from gongkai.graph.compare.series import POINT_COLUMNS, POINTS_OF_REPORTS
from gongkai.graph.compare.year_plan import year_plan
from gongkai.graph.identity import metric_id
from gongkai.graph.plan import (
    FIGURE_COLUMNS,
    All,
    ById,
    Compare,
    EvidenceItem,
    Figures,
    Literal,
    Op,
    Shape,
    Where,
)
from gongkai.graph.schema import Label

from .conditions import Conditions
from .errors import over_limit, refusal
from .limits import listed
from .names import snake
from .projection import Branch, EvidencePart, Item, Leaf, NodePart, Shapes
from .selections import Selections
from .settings import Settings

_YEARS_AT_MOST = 100
_USUAL_YEARS = 20
# How many of each two years of a body usually show, in round numbers.
_USUALLY = {
    Label.OBSERVATION: 1_000,
    Label.METRIC: 500,
    Label.SECTION: 100,
    Label.CATEGORY: 100,
    Label.CHANNEL: 100,
    Label.POLICY: 100,
}
_NODES = {label.value for label in Label}
_EVIDENCED = {f"{label}Change": label for label in (Label.CATEGORY, Label.CHANNEL, Label.POLICY)}
_ATTRIBUTES = {"from": "before", "to": "after"}  # names that Python keeps for itself


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison: what to ask, what to make of it, and how to show that.

    `metrics`: as they were given, in the order of the plan's. `setting`: what limits its size.
    """

    name: str
    arguments: dict[str, Any]
    metrics: tuple[str, ...]
    figures: Figures
    items: tuple[Item, ...]
    field: FieldNode
    setting: str


@dataclass(frozen=True, slots=True)
class YearsCompared:
    """`compareYears`: what to ask of which body and years, and how to show it."""

    agency: str
    first: int
    second: int
    root: ById
    items: tuple[Item, ...]
    field: FieldNode


class ComparisonPlanner:
    """`shape_of`: makes the shape of a node of a label from the fields that select it;
    `evidence_of`: the items of a piece of evidence likewise.
    """

    def __init__(
        self,
        types: dict[str, Any],
        selections: Selections,
        conditions: Conditions,
        settings: Settings,
        shape_of: Callable[[Label, list[FieldNode]], Shape],
        evidence_of: Callable[[list[FieldNode]], tuple[EvidenceItem, ...]],
    ) -> None:
        self._types, self._selections, self._conditions = types, selections, conditions
        self._settings, self._shape_of, self._evidence_of = settings, shape_of, evidence_of

    def plan(self, arguments: dict[str, Any], fields: list[FieldNode]) -> Compared:
        """`series`, `rank` or `aggregate`. Raises `GraphQLError`."""
        field, shapes = fields[0], Shapes()
        name = field.name.value
        items = self._items(self._type_of(name), fields, shapes)
        metrics, agencies = _metrics(arguments), arguments.get("agencies")
        self._conditions.count_ids(len(metrics) + len(agencies or ()), field)
        year = arguments.get("year")
        first, last = arguments.get("from", year), arguments.get("to", year)
        limit, setting = self._agencies_at_most(len(metrics) * _span(first, last, field), shapes)
        read = _read(items) if name == "series" else None
        if read is not None and arguments.get("strict"):
            read.add("comparability")
        figures = Figures(
            metrics=tuple(map(_metric_id, metrics)),
            where=self._where(arguments, field),
            first_year=first,
            last_year=last,
            limit=limit + 1,
            by=arguments.get("by"),
            every=agencies is not None,
            columns=_columns(read, arguments.get("by")),
            reports=read is None or bool(read & POINTS_OF_REPORTS) or None in (first, last),
            agency=shapes.of(Label.AGENCY),
            metric=shapes.of(Label.METRIC),
            observation=shapes.of(Label.OBSERVATION),
        )
        return Compared(name, arguments, metrics, figures, items, field, setting)

    def plan_years(self, arguments: dict[str, Any], fields: list[FieldNode]) -> YearsCompared:
        """`compareYears`. Raises `GraphQLError`."""
        field, shapes = fields[0], Shapes()
        items = self._items(self._type_of(field.name.value), fields, shapes)
        agency, first, second = arguments["agency"], arguments["from"], arguments["to"]
        if first == second:
            raise refusal("BAD_USER_INPUT", f"From {first} to {second}: give two years.", field)
        self._check_years(shapes, field)
        root = year_plan(agency, first, second, shapes.shown())
        return YearsCompared(agency, first, second, root, items, field)

    def _type_of(self, name: str) -> GraphQLObjectType:
        type_: GraphQLObjectType = get_named_type(self._types["Query"].fields[name].type)
        return type_

    def _items(
        self, type_: GraphQLObjectType, fields: list[FieldNode], shapes: Shapes
    ) -> tuple[Item, ...]:
        items: list[Item] = []
        for key, same in self._selections.below(fields).items():
            field = same[0].name.value
            if field == "__typename":
                items.append(Literal(key, type_.name))
                continue
            name = _ATTRIBUTES.get(field, snake(field))
            below = get_named_type(type_.fields[field].type)
            if below.name in _NODES:
                place = shapes.add(self._shape_of(Label(below.name), same))
                items.append(NodePart(key, name, place))
            elif below.name == "Evidence":
                label = _EVIDENCED[type_.name]
                place = shapes.add_evidence(label, self._evidence_of(same))
                items.append(EvidencePart(key, name, place))
            elif isinstance(below, GraphQLObjectType):
                items.append(Branch(key, name, self._items(below, same, shapes)))
            else:
                items.append(Leaf(key, name))
        return tuple(items)

    def _where(self, arguments: dict[str, Any], field: FieldNode) -> Where | None:
        where = self._conditions.where(Label.AGENCY, arguments.get("where"), field)
        agencies = arguments.get("agencies")
        if agencies is None:
            return where
        named = Compare("id", Op.IN, tuple(agencies))
        return named if where is None else All((named, where))

    def _agencies_at_most(self, points: int, shapes: Shapes) -> tuple[int, str]:
        """How many bodies may be compared, and which setting says so.

        `points`: of one body. Lists inside of the objects shown count as nodes.
        """
        limits = [(self._settings.max_points // max(1, points), "max_points")]
        nodes = listed(shapes.of(Label.AGENCY)) + points * (
            listed(shapes.of(Label.METRIC)) + listed(shapes.of(Label.OBSERVATION))
        )
        if nodes:
            limits.append((self._settings.max_nodes // nodes, "max_nodes"))
        return min(limits)

    def _check_years(self, shapes: Shapes, field: FieldNode) -> None:
        found = sum(
            _USUALLY.get(label, 1) * listed(several) for label, several in shapes.by_label.items()
        )
        limit = self._settings.max_nodes
        if found > limit:
            raise over_limit(
                "TOO_MANY_NODES",
                "max_nodes",
                limit,
                found,
                f"`{field.name.value}` could return {found} nodes by the pages inside of it; the "
                f"limit is {limit}. Ask for smaller pages (`first`).",
                field,
            )


def _read(items: tuple[Item, ...]) -> set[str]:
    """The properties of points that are shown."""
    below = [item for item in items if isinstance(item, Branch)]
    points = [item for item in below if item.name == "points"]
    read = {part.name for item in points for part in item.items if not isinstance(part, Literal)}
    return read.union(*(_read(item.items) for item in below if item.name != "points"))


def _columns(read: set[str] | None, by: str | None) -> tuple[str, ...]:
    """What to ask of each figure: `read`: the properties of points; None where all is needed."""
    if read is None:
        return FIGURE_COLUMNS
    wanted = {"value", "scope"}.union(*(POINT_COLUMNS.get(name, ()) for name in read))
    if by is not None:
        wanted.add("breakdown")
    return tuple(name for name in FIGURE_COLUMNS if name in wanted)


def _metrics(arguments: dict[str, Any]) -> tuple[str, ...]:
    """Those to compare; for a ratio the one to divide by comes second."""
    if "metrics" in arguments:
        return tuple(arguments["metrics"])
    return tuple(arguments[name] for name in ("metric", "of") if arguments.get(name) is not None)


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
