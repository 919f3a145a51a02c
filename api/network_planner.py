"""Paths, neighbourhoods and what is measured of them, as plans."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from graphql import FieldNode, GraphQLField

from gongkai.graph.measures import Centrality
from gongkai.graph.plan import Literal, Page, Shape, Variants
from gongkai.graph.schema import Label

from .selections import Selections


@dataclass(frozen=True, slots=True)
class Walked:
    """`paths` or `neighbourhood`: what to look for, and what to show of it."""

    field: str
    arguments: dict[str, Any]
    parts: tuple["WalkedPart", ...]


@dataclass(frozen=True, slots=True)
class WalkedNodes:
    """`name`: the field, where an object has several of the kind (`agency`, `shared`)."""

    key: str
    variants: Variants
    name: str = "nodes"


@dataclass(frozen=True, slots=True)
class WalkedEdges:
    """`items`: a `Literal`, or a response key with `type`, `head` or `tail`."""

    key: str
    items: tuple[Literal | tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WalkedValue:
    """`length` or `truncated`; of a measured node or group, `score` or `size`."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class WalkedCentral:
    """The most central nodes. `items`: a `Literal`, `score`, or the shapes of `node`."""

    key: str
    by: Centrality
    labels: tuple[Label, ...]
    limit: int
    items: tuple["MeasuredItem", ...]


@dataclass(frozen=True, slots=True)
class WalkedCommunities:
    """The largest groups. `items`: a `Literal`, `size`, or the shapes of `nodes`."""

    key: str
    limit: int
    items: tuple["MeasuredItem", ...]


@dataclass(frozen=True, slots=True)
class Similar:
    """`similarAgencies`. `items`: a `Literal`, `score`, or the shapes of `agency` or `shared`."""

    id: str
    limit: int
    items: tuple["MeasuredItem", ...]


WalkedPart: TypeAlias = (
    Literal | WalkedNodes | WalkedEdges | WalkedValue | WalkedCentral | WalkedCommunities
)
MeasuredItem: TypeAlias = Literal | WalkedNodes | WalkedValue


class NetworkPlanner:
    """`shape`, `arguments`, `page`: how the planner of the operation makes them."""

    def __init__(
        self,
        types: dict[str, Any],
        selections: Selections,
        shape: Callable[[Label, Iterable[FieldNode]], Shape],
        arguments: Callable[[GraphQLField, FieldNode], dict[str, Any]],
        page: Callable[[dict[str, Any], FieldNode], Page],
    ) -> None:
        self._types, self._selections = types, selections
        self._shape, self._arguments, self._page = shape, arguments, page

    def walk(self, name: str, arguments: dict[str, Any], fields: list[FieldNode]) -> Walked:
        return Walked(name, arguments, tuple(self._parts(fields)))

    def similar(
        self, arguments: dict[str, Any], field: FieldNode, fields: list[FieldNode]
    ) -> Similar:
        limit = self._page(arguments, field).limit
        return Similar(arguments["id"], limit, self._measured(fields, "SimilarAgency"))

    def _parts(self, fields: list[FieldNode]) -> Iterator[WalkedPart]:
        for key, same in self._selections.below(fields).items():
            match same[0].name.value:
                case "__typename":
                    yield Literal(key, "SubGraph")
                case "nodes":
                    yield WalkedNodes(key, self._variants(same))
                case "edges":
                    yield WalkedEdges(key, tuple(self._leaves(same, "SubGraphEdge")))
                case "centrality" | "communities" as name:
                    yield self._measure(key, name, same)
                case name:
                    yield WalkedValue(key, name)

    def _measure(
        self, key: str, name: str, fields: list[FieldNode]
    ) -> WalkedCentral | WalkedCommunities:
        given = self._arguments(self._types["SubGraph"].fields[name], fields[0])
        limit = self._page(given, fields[0]).limit
        if name == "communities":
            return WalkedCommunities(key, limit, self._measured(fields, "Community"))
        labels = tuple(given.get("types") or Label)
        items = self._measured(fields, "CentralNode")
        return WalkedCentral(key, given["by"], labels, limit, items)

    def _measured(self, fields: list[FieldNode], type_name: str) -> tuple[MeasuredItem, ...]:
        """What is selected of an object that has a number and nodes."""
        items: list[MeasuredItem] = []
        for key, same in self._selections.below(fields).items():
            match same[0].name.value:
                case "__typename":
                    items.append(Literal(key, type_name))
                case "score" | "size" as name:
                    items.append(WalkedValue(key, name))
                case name:
                    items.append(WalkedNodes(key, self._variants(same), name))
        return tuple(items)

    def _variants(self, fields: list[FieldNode]) -> Variants:
        return Variants(tuple(self._shape(label, fields) for label in Label))

    def _leaves(
        self, fields: Iterable[FieldNode], type_name: str
    ) -> Iterator[Literal | tuple[str, str]]:
        for key, same in self._selections.below(fields).items():
            name = same[0].name.value
            yield Literal(key, type_name) if name == "__typename" else (key, name)
