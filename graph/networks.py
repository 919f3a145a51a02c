"""What graph libraries are for: paths and neighbourhoods, by NetworkX, on the sub-graph at hand.

The store gives the relationships around some nodes in one statement; the rest is the same for every
store. NetworkX is imported where it is used: it takes a seventh of a second.
"""

import asyncio
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from .errors import UsageError
from .measures import Alike, alike, graph_of
from .plan import Subgraph, Surroundings
from .store import GraphStore

if TYPE_CHECKING:
    import networkx

MAX_LENGTH = 8
MAX_DEPTH = 4
MAX_PATHS = 100


@dataclass(frozen=True, slots=True)
class Limits:
    """How many relationships may be looked at, and for how long."""

    max_edges: int
    timeout_seconds: float


@dataclass(frozen=True, slots=True)
class Walk:
    """`nodes`: ids, along the first path in its order. `edges`: (type, head, tail).

    `length`: of a shortest path; None where there is none, or for a neighbourhood. `truncated`: a
    limit was reached, so there may be more (or a shorter path). `paths`: every shortest path, the
    first by ids first, up to `MAX_PATHS`; `nodes` and `edges` are those of the first.
    """

    nodes: tuple[str, ...]
    edges: tuple[tuple[str, str, str], ...]
    length: int | None
    truncated: bool
    paths: tuple[tuple[str, ...], ...] = ()


async def shortest_path(
    store: GraphStore,
    start: str,
    goal: str,
    max_length: int,
    types: tuple[str, ...],
    limits: Limits,
) -> Walk:
    """The shortest paths, along relationships in either direction. Raises `UsageError`."""
    _check("maxLength", max_length, MAX_LENGTH)
    # Every node of a path is within half its length of one of the ends.
    asked = Surroundings((start, goal), (max_length + 1) // 2, limits.max_edges, types)
    around = await store.surroundings(asked, timeout_seconds=limits.timeout_seconds)
    return await asyncio.to_thread(_shortest, around, start, goal, max_length)


def _shortest(around: Subgraph, start: str, goal: str, max_length: int) -> Walk:
    graph = graph_of(around.edges)
    graph.add_nodes_from((start, goal))
    paths = _shortest_paths(graph, start, goal)
    if not paths or len(paths[0]) - 1 > max_length:
        return Walk((), (), None, around.truncated)
    place = {frozenset(step): number for number, step in enumerate(pairwise(paths[0]))}
    edges = [edge for edge in around.edges if frozenset(edge[1:]) in place]
    edges.sort(key=lambda edge: (place[frozenset(edge[1:])], edge))
    return Walk(paths[0], tuple(edges), len(paths[0]) - 1, around.truncated, tuple(paths))


def _shortest_paths(graph: "networkx.Graph", start: str, goal: str) -> list[tuple[str, ...]]:
    import networkx

    try:
        found = networkx.all_shortest_paths(graph, start, goal)
        return sorted(tuple(path) for path in islice(found, MAX_PATHS))
    except networkx.NetworkXNoPath:
        return []


async def neighbourhood(
    store: GraphStore, id: str, depth: int, types: tuple[str, ...], limits: Limits
) -> Walk:
    """A node and all within `depth` relationships of it, nearest first. Raises `UsageError`."""
    _check("depth", depth, MAX_DEPTH)
    asked = Surroundings((id,), depth, limits.max_edges, types)
    around = await store.surroundings(asked, timeout_seconds=limits.timeout_seconds)
    return await asyncio.to_thread(_around, around, id, depth)


def _around(around: Subgraph, id: str, depth: int) -> Walk:
    import networkx

    graph = graph_of(around.edges)
    graph.add_node(id)
    near = networkx.single_source_shortest_path_length(graph, id, depth)
    nodes = sorted(near, key=lambda node: (near[node], node))
    edges = sorted(edge for edge in around.edges if edge[1] in near and edge[2] in near)
    return Walk(tuple(nodes), tuple(edges), None, around.truncated)


async def similar(store: GraphStore, agency: str, limits: Limits) -> list[Alike]:
    """Bodies by how much of what they disclose (PUBLISHED) is what this one does too."""
    # To what it publishes, to who publishes that too, to what else they publish.
    asked = Surroundings((agency,), 3, limits.max_edges, ("PUBLISHED",))
    around = await store.surroundings(asked, timeout_seconds=limits.timeout_seconds)
    return await asyncio.to_thread(alike, around.edges, agency)


def _check(name: str, value: int, limit: int) -> None:
    if not 0 < value <= limit:
        raise UsageError(f"`{name}` is {value}: give 1 to {limit}.", code="BAD_USER_INPUT")
