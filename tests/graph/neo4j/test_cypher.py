"""Statements: their text depends on the shape alone, and the server keeps their plans."""

import random
import re
from collections.abc import AsyncIterator

import pytest

from gongkai.graph.neo4j.cypher import Statement, compile_root
from gongkai.graph.neo4j.objects import number
from gongkai.graph.plan import (
    Compare,
    Connection,
    Cursor,
    EdgeNode,
    Edges,
    Item,
    One,
    Op,
    Order,
    Page,
    PageField,
    PageInfo,
    Shape,
    TotalCount,
    Value,
)
from gongkai.graph.schema import HOPS, Label
from gongkai.graph.store import GraphStore, open_store
from tests.graph.embedded.random_graph import make_graph
from tests.graph.embedded.random_plan import RandomPlans
from tests.graph.embedded.test_sql import other_values
from tests.servers.neo4j import Server


def test_the_text_of_a_statement_depends_on_the_shape_alone() -> None:
    graph = make_graph(random.Random(2016))
    for seed in range(200):
        one = compile_root(RandomPlans(graph, random.Random(seed)).root())
        other = compile_root(other_values(RandomPlans(graph, random.Random(seed)).root()))
        assert one.text == other.text
        assert not re.search(r"\bk\d+\b", one.text), "a response key in Cypher"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (3709.0, 3709),
        (-0.5, b"-0.5"),
        (27.8, b"27.8"),
        (0.1 + 0.2, b"0.3"),
        (1e-05, b"1.0e-05"),
        (1e300, b"1.0e+300"),
    ],
)
def test_numbers_are_written_as_the_embedded_store_writes_them(
    value: float | None, expected: object
) -> None:
    found = number(value)
    assert (bytes(found) if isinstance(expected, bytes) else found) == expected


def test_a_page_is_found_before_objects_are_made_of_it() -> None:
    statement = page_of("公开", Page(10)).text
    limit, agency = statement.index("LIMIT"), statement.index("[:ABOUT]")
    assert statement.index("ORDER BY") < limit < agency
    assert "COUNT {" not in statement


def page_of(measure: str, page: Page, *, counted: bool = False) -> Statement:
    return compile_root(observations(measure, page, counted=counted))


def observations(measure: str, page: Page, *, counted: bool = False) -> Connection:
    agency = Shape(Label.AGENCY, (Value("name", "name"),))
    items: tuple[Item, ...] = (
        Value("id", "id"),
        One("agency", HOPS[Label.OBSERVATION, "agency"], agency),
    )
    edges = Edges("edges", (Cursor("cursor"), EdgeNode("node", Shape(Label.OBSERVATION, items))))
    info = PageInfo("pageInfo", (("end", PageField.END),))
    parts = (edges, info, TotalCount("n")) if counted else (edges, info)
    where = Compare("measure", Op.CONTAINS, measure)
    return Connection(
        "observations", Label.OBSERVATION, parts, page, (Order("value"),), None, where
    )


@pytest.fixture
async def store(neo4j: Server, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[GraphStore]:
    neo4j.empty()
    for name, value in neo4j.environment.items():
        monkeypatch.setenv(name, value)
    async with await open_store(neo4j.address, create=True) as opened:
        yield opened


@pytest.mark.neo4j
async def test_the_server_plans_a_shape_once(neo4j: Server, store: GraphStore) -> None:
    async def planned(roots: list[Connection]) -> int:
        """How many plans the server keeps for these."""
        neo4j.run("CALL db.clearQueryCaches()")
        for root in roots:
            await store.answer(root, timeout_seconds=60)
        ((said,),) = neo4j.run("CALL db.clearQueryCaches()")
        found = re.search(r"\d+", said)
        assert found is not None, said
        return int(found[0])

    # Were they parameters of their own, it would plan anew for text of another order of length.
    values = (("公开", 3), ("", 9), ("%", 1), ("微博", 50), ("公开" * 8, 3), ("公开" * 80, 3))
    same = [observations(measure, Page(limit)) for measure, limit in values]
    assert await planned(same) == await planned(same[:1])
    assert await planned([*same, observations("公开", Page(3), counted=True)]) > await planned(same)
