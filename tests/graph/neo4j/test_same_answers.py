"""Every kind of operation over generated graphs, asked of both stores: the bytes must be equal.

A server plans each new statement for about a second and then knows it, so each of 100 shapes is asked
with six sets of values: 1,200 plans over both graphs. `GONGKAI_SHAPES=30` makes it 600 shapes.
"""

import asyncio
import json
import os
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from gongkai.graph.plan import Page, Root, Surroundings
from gongkai.graph.schema import RELATIONSHIPS
from gongkai.graph.store import GraphStore, open_store
from tests.graph.embedded.random_graph import Graph, make_graph
from tests.graph.embedded.random_plan import RandomPlans
from tests.graph.embedded.test_searching import QUERIES, search
from tests.servers.neo4j import Server

pytestmark = [pytest.mark.neo4j, pytest.mark.asyncio(loop_scope="module")]

# The planner of a server takes its time for statements of this size: two at once.
AT_ONCE = 2
SHAPES = int(os.environ.get("GONGKAI_SHAPES", "5"))  # of each seed
VALUES = 6  # of each shape and graph
SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Both:
    graph: Graph
    embedded: GraphStore
    neo4j: GraphStore


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=[2016, 2024])
async def both(
    request: pytest.FixtureRequest, empty_neo4j: Server, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Both]:
    """A generated graph in both stores."""
    empty_neo4j.empty()
    graph = make_graph(random.Random(request.param))
    path: Path = tmp_path_factory.mktemp("both") / "embedded.db"
    async with (
        await open_store(str(path), create=True) as embedded,
        await open_store(empty_neo4j.address, create=True) as neo4j,
    ):
        for stated in graph.statements:
            await embedded.replace(stated)
            await neo4j.replace(stated)
        yield Both(graph, embedded, neo4j)


@pytest.mark.parametrize("seed", range(20))
async def test_any_plan_has_the_same_answer(both: Both, seed: int) -> None:
    by_values = [
        RandomPlans(both.graph, random.Random(seed), random.Random(f"{seed} {values}"))
        for values in range(VALUES)
    ]
    roots = [plans.root() for _ in range(SHAPES) for plans in by_values]
    for first in range(0, len(roots), AT_ONCE):
        some = roots[first : first + AT_ONCE]
        for root, (expected, answered) in zip(some, await _asked(both, some), strict=True):
            assert answered == expected, root


async def _asked(both: Both, roots: list[Root]) -> list[tuple[bytes, bytes]]:
    async def ask(root: Root) -> tuple[bytes, bytes]:
        return (
            await both.embedded.answer(root, timeout_seconds=SECONDS),
            await both.neo4j.answer(root, timeout_seconds=SECONDS),
        )

    return await asyncio.gather(*map(ask, roots))


@pytest.mark.parametrize("backward", [False, True])
async def test_search_finds_the_same(both: Both, backward: bool) -> None:
    for query in QUERIES:
        whole = search(query, Page(100, backward))
        expected = await both.embedded.answer(whole, timeout_seconds=SECONDS)
        assert await both.neo4j.answer(whole, timeout_seconds=SECONDS) == expected, query
        cursors = [edge["cursor"] for edge in json.loads(expected)["edges"]]
        if cursors:
            place = {"before" if backward else "after": cursors[len(cursors) // 2]}
            page = search(query, Page(2, backward, **place))
            (pair,) = await _asked(both, [page])
            assert pair[1] == pair[0], (query, page)


async def test_the_whole_graph_is_exported_alike(both: Both) -> None:
    embedded = [line async for line in both.embedded.export()]
    assert [line async for line in both.neo4j.export()] == embedded


@pytest.mark.parametrize("depth", [1, 2, 3])
async def test_the_same_is_around_the_same_nodes(both: Both, depth: int) -> None:
    chance = random.Random(depth)
    types = sorted({item.type for item in RELATIONSHIPS})
    for _ in range(5):
        ids = tuple(chance.sample([*both.graph.nodes, "agency:none"], 2))
        chosen = tuple(chance.sample(types, chance.randrange(0, 5)))
        for most in (5, 10_000):
            asked = Surroundings(ids, depth, most, chosen)
            expected = await both.embedded.surroundings(asked, timeout_seconds=SECONDS)
            found = await both.neo4j.surroundings(asked, timeout_seconds=SECONDS)
            assert found.truncated == expected.truncated, asked
            assert len(found.edges) == len(expected.edges), asked
            if not found.truncated:
                assert sorted(found.edges) == sorted(expected.edges), asked
