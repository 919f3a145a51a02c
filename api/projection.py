"""Results of comparisons, shown as an operation selects them.

A result is made of our own objects; a field of GraphQL is an attribute of theirs. Nodes of the
graph in it hold their JSON, one text for each place of the operation that selects them.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, TypeAlias

from gongkai.graph.compare.series import Points
from gongkai.graph.compare.year_plan import Shown
from gongkai.graph.plan import EvidenceItem, Literal, Shape
from gongkai.graph.records import record_type
from gongkai.graph.schema import Label


@dataclass(frozen=True, slots=True)
class Leaf:
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Branch:
    """An object of ours, or a list of them."""

    key: str
    name: str
    items: tuple["Item", ...]


@dataclass(frozen=True, slots=True)
class NodePart:
    """A node, or a list of nodes: which of its `objects` to show."""

    key: str
    name: str
    place: int


@dataclass(frozen=True, slots=True)
class EvidencePart:
    """The places that state a relation: which of its lists of quotes to show."""

    key: str
    name: str
    place: int


Item: TypeAlias = Literal | Leaf | Branch | NodePart | EvidencePart


@dataclass(slots=True)
class Shapes:
    """The shapes that a result's nodes, and the evidence of relations to them, are shown in."""

    by_label: dict[Label, list[Shape]] = field(default_factory=lambda: defaultdict(list))
    evidence: dict[Label, list[tuple[EvidenceItem, ...]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def of(self, label: Label) -> tuple[Shape, ...]:
        return tuple(self.by_label[label])

    def add(self, shape: Shape) -> int:
        """The place of the shape among those of its label."""
        self.by_label[shape.label].append(shape)
        return len(self.by_label[shape.label]) - 1

    def add_evidence(self, label: Label, items: tuple[EvidenceItem, ...]) -> int:
        self.evidence[label].append(items)
        return len(self.evidence[label]) - 1

    def shown(self) -> Shown:
        return Shown(
            {label: tuple(several) for label, several in self.by_label.items()},
            {label: tuple(several) for label, several in self.evidence.items()},
        )


Project: TypeAlias = Callable[[Any], Any]


def projector(items: tuple[Item, ...]) -> Project:
    """What makes a JSON-ready value of an object, a list of objects, `Points`, or None."""
    keys = tuple(item.key for item in items)
    members = tuple(map(_member, items))
    columns = tuple(map(_column, items))
    record = record_type(keys)

    def project(thing: Any) -> Any:
        if thing is None:
            return None
        if isinstance(thing, list):
            return [project(one) for one in thing]
        if isinstance(thing, Points):
            return list(map(record, *(column(thing) for column in columns)))
        return {key: member(thing) for key, member in zip(keys, members, strict=True)}

    return project


def _member(item: Item) -> Project:
    """The value of a field of one object."""
    match item:
        case Literal():
            return lambda _: item.value
        case Leaf():
            return attrgetter(item.name)
        case Branch():
            get, project = attrgetter(item.name), projector(item.items)
            return lambda thing: project(get(thing))
        case NodePart():
            node = attrgetter(item.name)
            return lambda thing: _shown(node(thing), item.place)
        case EvidencePart():
            lists = attrgetter(item.name)
            return lambda thing: _quotes(lists(thing), item.place)


def _column(item: Item) -> Project:
    """The values of a field of all points at once."""
    match item:
        case Literal():
            return lambda points: [item.value] * len(points.year)
        case Leaf():
            return attrgetter(item.name)
        case Branch():
            get, project = attrgetter(item.name), projector(item.items)
            return lambda points: _each(project, get(points))
        case NodePart():
            nodes = attrgetter(item.name)
            return lambda points: [_shown(node, item.place) for node in nodes(points)]
        case EvidencePart():
            lists = attrgetter(item.name)
            return lambda points: [_quotes(quotes, item.place) for quotes in lists(points)]


def _each(project: Project, things: list[Any]) -> list[Any]:
    """Points share their few different objects: each is shown once."""
    shown = {id(thing): thing for thing in things}
    shown = {key: project(thing) for key, thing in shown.items()}
    return [shown[id(thing)] for thing in things]


def _shown(node: Any, place: int) -> Any:
    """The JSON of a node, or of each of a list of nodes."""
    if node is None:
        return None
    if isinstance(node, list):
        return [one.objects[place] for one in node]
    return node.objects[place]


def _quotes(lists: Any, place: int) -> Any:
    """One list of quotes; none where the relation is not stated."""
    return lists[place] if lists else []
