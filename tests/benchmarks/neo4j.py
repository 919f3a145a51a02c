"""The store over Bolt beside the raw driver with statements written by hand, on one server.

`python -m tests.benchmarks.neo4j [REPORTS]`
"""

import asyncio
import math
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import msgspec
from neo4j import AsyncDriver, AsyncGraphDatabase

from gongkai.graph.statements import Statements, statements
from gongkai.graph.store import open_store
from tests.api.servers import serving
from tests.benchmarks.generated import generated_reports
from tests.servers.neo4j import Server, neo4j_server

# (what, GraphQL, the Cypher by hand, how its rows are dumped is the same for all)
PAGE = """observations(first: {0}) {{ nodes {{
  id value unit quote metric {{ key name }} agency {{ id name }} }} }}"""
PAGE_BY_HAND = """MATCH (o:Observation) WHERE o.sort_key IS NOT NULL AND o.id IS NOT NULL
WITH o ORDER BY o.sort_key, o.id LIMIT $limit
MATCH (o)-[:MEASURES]->(m:Metric) MATCH (o)-[:ABOUT]->(a:Agency)
RETURN {id: o.id, value: o.value, unit: o.unit, quote: o.quote, metric: {key: m.key, name: m.name},
  agency: {id: a.id, name: a.name}} AS node"""
TWO = "agencies(first: 20) { nodes { id name reports(first: 3) { nodes { id year } } } }"
TWO_BY_HAND = """MATCH (a:Agency) WHERE a.sort_key IS NOT NULL AND a.id IS NOT NULL
WITH a ORDER BY a.sort_key, a.id LIMIT 20
RETURN {id: a.id, name: a.name, reports: COLLECT {
  MATCH (a)<-[:PUBLISHED_BY]-(r:Report) WITH r ORDER BY r.sort_key, r.year, r.id LIMIT 3
  RETURN {id: r.id, year: r.year} } } AS node"""
DEEP = """agencies(first: 20) { nodes { id name reports(first: 3) { nodes { id year
  observations(first: 10) { nodes { id value metric { key } } } } } } }"""
DEEP_BY_HAND = """MATCH (a:Agency) WHERE a.sort_key IS NOT NULL AND a.id IS NOT NULL
WITH a ORDER BY a.sort_key, a.id LIMIT 20
RETURN {id: a.id, name: a.name, reports: COLLECT {
  MATCH (a)<-[:PUBLISHED_BY]-(r:Report) WITH r ORDER BY r.sort_key, r.year, r.id LIMIT 3
  RETURN {id: r.id, year: r.year, observations: COLLECT {
    MATCH (r)<-[:STATED_IN]-(o:Observation) WITH o ORDER BY o.sort_key, o.id LIMIT 10
    MATCH (o)-[:MEASURES]->(m:Metric) RETURN {id: o.id, value: o.value, metric: {key: m.key}} } } }
} AS node"""
BY_METRIC = """observations(first: 100, where: {metric: {key: {eq: "requests-received"}}}) {
  nodes { id value agency { name } } }"""
BY_METRIC_BY_HAND = """MATCH (m:Metric {key: 'requests-received'})<-[:MEASURES]-(o:Observation)
WITH o ORDER BY o.sort_key, o.id LIMIT 100 MATCH (o)-[:ABOUT]->(a:Agency)
RETURN {id: o.id, value: o.value, agency: {name: a.name}} AS node"""
COUNT = "observations { totalCount }"
COUNT_BY_HAND = "MATCH (o:Observation) RETURN count(o) AS node"

PAGES = (10, 100, 1_000)
WARM_UP, ROUNDS = 60, 60


async def medians_ms(*works: Callable[[], Awaitable[Any]]) -> list[float]:
    """Of each, asked in turn, so that what the server learns meanwhile is to everyone's good."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(WARM_UP + ROUNDS):
        for work, taken in zip(works, times, strict=True):
            began = time.perf_counter()
            await work()
            taken.append(time.perf_counter() - began)
    return [statistics.median(taken[WARM_UP:]) * 1_000 for taken in times]


def show(line: str) -> None:
    print(line, flush=True)  # noqa: T201


async def queries(address: str, driver: AsyncDriver) -> None:
    """A real server process over HTTP beside statements by hand over Bolt."""
    point = await (await driver.session().run("MATCH (r:Report) RETURN r.id LIMIT 1")).single()
    assert point is not None
    read = f"node(id: {msgspec.json.encode(point[0]).decode()}) {{ ... on Report {{ id title }} }}"
    read_by_hand = (
        f"MATCH (r:Report {{id: '{point[0]}'}}) RETURN {{id: r.id, title: r.title}} AS node"
    )
    by_hand = [read_by_hand, TWO_BY_HAND, BY_METRIC_BY_HAND, COUNT_BY_HAND]
    asked: list[tuple[str, str, list[str], dict[str, Any]]] = [
        ("point read", read, [read_by_hand], {}),
        *((f"page of {n:,}", PAGE.format(n), [PAGE_BY_HAND], {"limit": n}) for n in PAGES),
        ("two levels deep", TWO, [TWO_BY_HAND], {}),
        ("three levels deep", DEEP, [DEEP_BY_HAND], {}),
        ("filter through a relation", BY_METRIC, [BY_METRIC_BY_HAND], {}),
        ("count", f"counted: {COUNT}", [COUNT_BY_HAND], {}),
        ("four roots", f"{read} {TWO} {BY_METRIC} counted: {COUNT}", by_hand, {}),
    ]
    with serving(address) as server:
        # The plainest client there is: its own time would be taken for the server's.
        client = HTTPConnection("127.0.0.1", server.port, timeout=60)
        for what, query, texts, parameters in asked:
            await beside(client, driver, what, f"{{ {query} }}", texts, parameters)
        client.close()
        resident = Path(f"/proc/{server.process.pid}/status").read_text("ascii")
        (line,) = [line for line in resident.splitlines() if line.startswith("VmHWM")]
        show(f"server process at its largest: {int(line.split()[1]) / 1024:.0f} MB")


async def beside(
    client: HTTPConnection,
    driver: AsyncDriver,
    what: str,
    query: str,
    by_hand: list[str],
    parameters: dict[str, Any],
) -> None:
    body = msgspec.json.encode({"query": query})

    async def over_http() -> None:
        client.request("POST", "/graphql", body, {"Content-Type": "application/json"})
        answer = client.getresponse().read()
        assert answer.startswith(b'{"data":'), answer

    async def raw(texts: list[str]) -> bytes:
        async def work(tx: Any) -> list[list[Any]]:
            return [[row["node"] async for row in await tx.run(text, parameters)] for text in texts]

        async with driver.session() as session:
            return msgspec.json.encode(await session.execute_read(work))

    at_once = [f"CALL () {{ {text} }} RETURN collect(node) AS node" for text in by_hand]
    ours, *others = await medians_ms(over_http, lambda: raw(by_hand), lambda: raw(at_once))
    floor = min(others)
    held = "within" if ours <= 1.5 * floor + 2 else "OVER"
    show(
        f"{what:<28}{ours:>9.2f} ms over HTTP, {floor:>8.2f} ms by hand, "
        f"{ours / floor:5.2f} times; {held} 1.5 times + 2 ms"
    )


async def loading(driver: AsyncDriver, server: Server, count: int) -> None:
    """Each from an empty database, twice in turn; the better of the two counts."""
    said = [statements(extract) for extract in generated_reports(count)]

    async def taken(write: Callable[[Statements], Awaitable[Any]]) -> float:
        began = time.perf_counter()
        for one in said:
            await write(one)
        return time.perf_counter() - began

    by_hand = ours = math.inf
    for _ in range(2):
        server.empty()
        async with await open_store(server.address, create=True):
            by_hand = min(by_hand, await taken(lambda one: bare(driver, one)))
        server.empty()
        async with await open_store(server.address, create=True) as again:
            ours = min(ours, await taken(again.replace))
    show(
        f"load {count} reports: {count / ours:.1f} a second; bare UNWIND of the same nodes and "
        f"relationships {count / by_hand:.1f}; {by_hand / ours:.2f} of its rate"
    )


async def bare(driver: AsyncDriver, said: Statements) -> None:
    """The nodes and relationships of one report in one transaction, and nothing else."""
    nodes: dict[str, list[dict[str, Any]]] = {}
    for node in said.nodes.values():
        plain = {
            name: value
            for name, value in node.properties.items()
            if value is not None and not isinstance(value, dict)
        }
        nodes.setdefault(node.label, []).append({"id": node.id, **plain})
    edges: dict[Any, list[dict[str, Any]]] = {}
    for edge in said.edges:
        quotes = [quote.quote for quote in edge.evidence]
        edges.setdefault(edge.relationship, []).append(
            {"head": edge.head, "tail": edge.tail, "quotes": quotes}
        )

    async def work(tx: Any) -> None:
        for label, rows in nodes.items():
            await tx.run(f"UNWIND $rows AS r MERGE (n:{label} {{id: r.id}}) SET n = r", rows=rows)
        for item, rows in edges.items():
            text = (
                f"UNWIND $rows AS r MATCH (h:{item.head} {{id: r.head}})"
                f" MATCH (t:{item.tail} {{id: r.tail}}) MERGE (h)-[e:{item.type}]->(t)"
                " SET e.quotes = r.quotes"
            )
            await tx.run(text, rows=rows)

    async with driver.session() as session:
        await session.execute_write(work)


@contextmanager
def served() -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as folder, neo4j_server(Path(folder)) as server:
        os.environ.update(server.environment)
        yield server


async def main(count: int) -> None:
    with served() as server:
        ((version, edition),) = server.run(
            "CALL dbms.components() YIELD versions, edition RETURN versions[0], edition"
        )
        settings = server.run(
            "SHOW SETTINGS YIELD name, value WHERE name STARTS WITH 'server.memory'"
            " OR name = 'dbms.cypher.min_replan_interval'"
            " RETURN name + ' = ' + value"
        )
        show(f"Neo4j {version} {edition}; {'; '.join(row[0] for row in settings)}")
        auth = (server.username, server.password)
        server.clear()
        async with AsyncGraphDatabase.driver(server.address, auth=auth) as driver:
            await loading(driver, server, count)
            await queries(server.address, driver)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 60))
