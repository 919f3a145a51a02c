"""What graph libraries are for: paths and neighbourhoods, by NetworkX, on the sub-graph at hand.

The store gives the relationships around some nodes in one statement; the rest is the same for every
store. NetworkX is imported where it is used: it takes a seventh of a second.
"""

import asyncio
from dataclasses import dataclass
from itertools import pairwise

from .errors import UsageError
from .plan import Subgraph, Surroundings
from .store import GraphStore

MAX_LENGTH = 8
MAX_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Limits:
    """How many relationships may be looked at, and for how long."""

    max_edges: int
    timeout_seconds: float


@dataclass(frozen=True, slots=True)
class Walk:
    """`nodes`: ids, along a path in its order. `edges`: (type, head, tail).

    `length`: of a shortest path; None where there is none, or for a neighbourhood. `truncated`: a
    limit was reached, so there may be more (or a shorter path).
    """

    nodes: tuple[str, ...]
    edges: tuple[tuple[str, str, str], ...]
    length: int | None
    truncated: bool


async def shortest_path(
    store: GraphStore,
    start: str,
    goal: str,
    max_length: int,
    types: tuple[str, ...],
    limits: Limits,
) -> Walk:
    """A shortest path, along relationships in either direction. Raises `UsageError`."""
    _check("maxLength", max_length, MAX_LENGTH)
    # Every node of the path is within half its length of one of the ends.
    asked = Surroundings((start, goal), (max_length + 1) // 2, limits.max_edges, types)
    around = await store.surroundings(asked, timeout_seconds=limits.timeout_seconds)
    return await asyncio.to_thread(_shortest, around, start, goal, max_length)


def _shortest(around: Subgraph, start: str, goal: str, max_length: int) -> Walk:
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from((start, goal))
    graph.add_edges_from(sorted((head, tail) for _, head, tail in around.edges))
    try:
        path = networkx.shortest_path(graph, start, goal)
    except networkx.NetworkXNoPath:
        path = []
    if not path or len(path) - 1 > max_length:
        return Walk((), (), None, around.truncated)
    steps = {frozenset(step) for step in pairwise(path)}
    edges = tuple(edge for edge in around.edges if frozenset(edge[1:]) in steps)
    return Walk(tuple(path), edges, len(path) - 1, around.truncated)


async def neighbourhood(
    store: GraphStore, id: str, depth: int, types: tuple[str, ...], limits: Limits
) -> Walk:
    """A node and all within `depth` relationships of it. Raises `UsageError`."""
    _check("depth", depth, MAX_DEPTH)
    asked = Surroundings((id,), depth, limits.max_edges, types)
    around = await store.surroundings(asked, timeout_seconds=limits.timeout_seconds)
    nodes = dict.fromkeys([id, *sorted({end for edge in around.edges for end in edge[1:]})])
    return Walk(tuple(nodes), tuple(around.edges), None, around.truncated)


def _check(name: str, value: int, limit: int) -> None:
    if not 0 < value <= limit:
        raise UsageError(f"`{name}` is {value}: give 1 to {limit}.", code="BAD_USER_INPUT")
