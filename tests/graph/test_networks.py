"""Paths and neighbourhoods in a real store, against walks through the same graph in Python."""

import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gongkai.graph import networks
from gongkai.graph.embedded import writing
from gongkai.graph.embedded.connections import open_writer
from gongkai.graph.embedded.store import EmbeddedStore
from gongkai.graph.errors import UsageError
from gongkai.graph.measures import alike
from gongkai.graph.networks import Limits
from gongkai.graph.plan import Surroundings
from gongkai.graph.schema import Label
from tests.graph.embedded.random_graph import Graph, make_graph

LIMITS = Limits(max_edges=5_000, timeout_seconds=5)


@pytest.fixture(scope="module")
def graph() -> Graph:
    return make_graph(random.Random(3))


@pytest.fixture
async def store(graph: Graph, tmp_path: Path) -> AsyncIterator[EmbeddedStore]:
    connection = open_writer(tmp_path / "gongkai.db")
    for stated in graph.statements:
        writing.replace(connection, stated)
    connection.commit()
    connection.close()
    async with EmbeddedStore(tmp_path / "gongkai.db") as opened:
        yield opened


def edges_of(graph: Graph, types: tuple[str, ...] = ()) -> set[tuple[str, str, str]]:
    return {
        (relationship.type, head, tail)
        for relationship, edges in graph.edges.items()
        if not types or relationship.type in types
        for head, tail in edges
    }


def distances(edges: set[tuple[str, str, str]], start: str) -> dict[str, int]:
    found, edge_of_search = {start: 0}, [start]
    for node in edge_of_search:
        for _, head, tail in sorted(edges):
            for here, there in ((head, tail), (tail, head)):
                if here == node and there not in found:
                    found[there] = found[node] + 1
                    edge_of_search.append(there)
    return found


@pytest.mark.parametrize("types", [(), ("PUBLISHED", "CARRIED_BY", "PART_OF", "CITES")])
async def test_surroundings_hold_every_relationship_within_the_depth(
    graph: Graph, store: EmbeddedStore, types: tuple[str, ...]
) -> None:
    edges = edges_of(graph, types)
    for label in Label:
        start = graph.of(label)[0].id
        far = distances(edges, start)
        for depth in (1, 2, 3):
            asked = Surroundings((start,), depth, 5_000, types)
            found = await store.surroundings(asked, timeout_seconds=5)
            expected = {edge for edge in edges if min(far.get(end, 99) for end in edge[1:]) < depth}
            assert set(found.edges) == expected
            assert len(found.edges) == len(expected)
            assert not found.truncated


async def test_surroundings_stop_at_their_limit_and_say_so(
    graph: Graph, store: EmbeddedStore
) -> None:
    start = graph.of(Label.REPORT)[0].id
    found = await store.surroundings(Surroundings((start,), 3, 10), timeout_seconds=5)
    assert len(found.edges) == 10
    assert found.truncated


async def test_a_shortest_path_is_as_short_as_any(graph: Graph, store: EmbeddedStore) -> None:
    edges = edges_of(graph)
    start = graph.of(Label.CATEGORY)[0].id
    for goal, distance in distances(edges, start).items():
        walk = await networks.shortest_path(store, start, goal, 6, (), LIMITS)
        assert walk.length == distance
        assert (walk.nodes[0], walk.nodes[-1]) == (start, goal)
        assert walk.nodes == walk.paths[0] == min(walk.paths)
        for path in walk.paths:
            assert len(path) == distance + 1
        beside = {frozenset(edge[1:]) for edge in walk.edges}
        assert beside == {frozenset(step) for step in zip(walk.nodes, walk.nodes[1:], strict=False)}
        assert set(walk.edges) <= edges


async def test_no_path_is_longer_than_asked(graph: Graph, store: EmbeddedStore) -> None:
    far = distances(edges_of(graph), graph.of(Label.REGION)[0].id)
    goal = next(id for id, distance in far.items() if distance == 3)
    walk = await networks.shortest_path(store, graph.of(Label.REGION)[0].id, goal, 2, (), LIMITS)
    assert (walk.length, walk.nodes, walk.edges, walk.truncated) == (None, (), (), False)


async def test_a_neighbourhood_is_a_node_and_what_is_near(
    graph: Graph, store: EmbeddedStore
) -> None:
    start = graph.of(Label.POLICY)[0].id
    edges = edges_of(graph)
    far = distances(edges, start)
    walk = await networks.neighbourhood(store, start, 2, (), LIMITS)
    assert walk.nodes[0] == start
    assert set(walk.nodes) == {id for id, distance in far.items() if distance <= 2}
    assert [far[id] for id in walk.nodes] == sorted(far[id] for id in walk.nodes)
    assert set(walk.edges) == {e for e in edges if min(far.get(end, 9) for end in e[1:]) < 2}


async def test_nothing_is_around_an_unknown_node(store: EmbeddedStore) -> None:
    walk = await networks.neighbourhood(store, "agency:none", 2, (), LIMITS)
    assert (walk.nodes, walk.edges) == (("agency:none",), ())


@pytest.mark.parametrize("length", [0, -1, 9])
async def test_a_walk_has_a_greatest_length(store: EmbeddedStore, length: int) -> None:
    with pytest.raises(UsageError, match="maxLength"):
        await networks.shortest_path(store, "a", "b", length, (), LIMITS)


async def test_bodies_are_alike_as_in_the_whole_graph(graph: Graph, store: EmbeddedStore) -> None:
    published = edges_of(graph, ("PUBLISHED",))
    found = [await networks.similar(store, node.id, LIMITS) for node in graph.of(Label.AGENCY)]
    assert found == [alike(published, node.id) for node in graph.of(Label.AGENCY)]
    assert any(found)
