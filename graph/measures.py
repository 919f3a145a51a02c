"""What holds a sub-graph together: centrality, communities and likeness, by NetworkX.

Each is the same for the same relationships, whatever store they come from and in whatever order:
nodes are put in order first, samples are drawn with a fixed seed, scores are rounded.
"""

from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import networkx

Edge = tuple[str, str, str]
"""Type, head, tail."""

SAMPLED = 200
"""Betweenness looks at the shortest paths from this many nodes at most."""

_DIGITS = 9
_SEED = 0


class Centrality(StrEnum):
    """By what a node is central."""

    DEGREE = "DEGREE"
    BETWEENNESS = "BETWEENNESS"
    CLOSENESS = "CLOSENESS"
    PAGERANK = "PAGERANK"


class Alike(NamedTuple):
    """`score`: what both are tied to, of all that either is (Jaccard); `shared`: those."""

    node: str
    score: float
    shared: tuple[str, ...]


def graph_of(edges: Iterable[Edge]) -> "networkx.Graph":
    """Who is beside whom, whatever the relationship and its direction."""
    import networkx

    return networkx.Graph(sorted((head, tail) for _, head, tail in edges))


def centrality(edges: Iterable[Edge], by: Centrality) -> list[tuple[str, float]]:
    """Every node with its score, the most central first, equals by id."""
    import networkx

    graph = graph_of(edges)
    if not graph:
        return []
    match by:
        case Centrality.DEGREE:
            scores = networkx.degree_centrality(graph)
        case Centrality.BETWEENNESS:
            sample = min(SAMPLED, len(graph))
            scores = networkx.betweenness_centrality(graph, k=sample, seed=_SEED)
        case Centrality.CLOSENESS:
            scores = networkx.closeness_centrality(graph)
        case Centrality.PAGERANK:
            scores = _page_rank(graph)
    rounded = ((node, round(score, _DIGITS)) for node, score in scores.items())
    return sorted(rounded, key=lambda item: (-item[1], item[0]))


def _page_rank(graph: "networkx.Graph") -> dict[str, float]:
    """By plain iteration: NetworkX's own wants SciPy."""
    damping, rounds = 0.85, 60
    size = len(graph)
    rank = dict.fromkeys(graph, 1 / size)
    for _ in range(rounds):
        rank = {
            node: (1 - damping) / size
            + damping * sum(rank[other] / graph.degree(other) for other in graph[node])
            for node in graph
        }
    return rank


def communities(edges: Iterable[Edge]) -> list[tuple[str, ...]]:
    """Groups that are tied more within than between (Louvain), the largest first."""
    import networkx

    graph = graph_of(edges)
    found = networkx.community.louvain_communities(graph, seed=_SEED) if graph else []
    return sorted((tuple(sorted(group)) for group in found), key=lambda group: (-len(group), group))


def alike(edges: Iterable[Edge], head: str) -> list[Alike]:
    """The other heads by how much of what they are tied to is the same, the most alike first."""
    tails: dict[str, set[str]] = defaultdict(set)
    for _, each, tail in edges:
        tails[each].add(tail)
    mine = tails.pop(head, set())
    found = [
        Alike(
            other,
            round(len(mine & theirs) / len(mine | theirs), _DIGITS),
            tuple(sorted(mine & theirs)),
        )
        for other, theirs in tails.items()
        if mine & theirs
    ]
    return sorted(found, key=lambda item: (-item.score, item.node))
