"""The store over Bolt: the graph in a Neo4j database, asked in Cypher by the async driver."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Self, TypeVar

import neo4j
from neo4j import exceptions

from gongkai.graph.errors import NotFound
from gongkai.graph.extract import Extract
from gongkai.graph.plan import Root, Subgraph, Surroundings
from gongkai.graph.statements import Statements, statements
from gongkai.graph.store import Loaded, ReportLine

from . import exporting, opening, writing
from .connections import Access, driver_of, reached, translated
from .cypher import Statement, compile_root
from .surrounding import surroundings_of

Answer = TypeVar("Answer")

_REPORTS = """MATCH (r:Report)-[:PUBLISHED_BY]->(a:Agency)
WITH r, a ORDER BY r.sort_key, r.year, r.id
RETURN r.id, r.title, a.name, r.year, r.template, COUNT { (r)<-[:STATED_IN]-(:Observation) }"""

_COMMITS_AT_MOST = 3


class Neo4jStore:
    """See `gongkai.graph.store.GraphStore`. Made by `open_neo4j`."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._reader = driver_of(access, writing=False)
        self._writer: neo4j.AsyncDriver | None = None

    async def open(self, *, create: bool) -> None:
        """Waits for the server; checks the store, or makes it. Raises `NotFound`, `StoreError`."""
        await reached(self._reader, self._access)
        async with translated(self._access):
            if create:
                await opening.make(self._write_driver(), self._access)
            else:
                await opening.check(self._reader, self._access)

    async def replace_report(self, extract: Extract) -> Loaded:
        return await self.replace(statements(extract))

    async def replace(self, said: Statements) -> Loaded:
        replaced = await self._write(lambda tx: writing.replace(tx, said))
        return Loaded(said.report, replaced, said.counts)

    async def remove_report(self, report: str) -> None:
        if not await self._write(lambda tx: writing.remove(tx, report)):
            raise NotFound(
                f"{report}: no such report in {self._access.address}. `gongkai reports` lists them."
            )

    async def answer(self, root: Root, *, timeout_seconds: float) -> bytes:
        statement = compile_root(root)
        return statement.json(await self._ask(statement, timeout_seconds))

    async def surroundings(self, asked: Surroundings, *, timeout_seconds: float) -> Subgraph:
        found = await self._ask(surroundings_of(asked), timeout_seconds)
        edges = [(type_, head, tail) for type_, head, tail in found[: asked.max_edges]]
        return Subgraph(edges, truncated=len(found) > asked.max_edges)

    async def reports(self) -> list[ReportLine]:
        async def work(tx: neo4j.AsyncManagedTransaction) -> list[ReportLine]:
            return [ReportLine(*row) async for row in await tx.run(_REPORTS)]

        async with translated(self._access), self._session(self._reader) as session:
            return await session.execute_read(work)

    async def export(self) -> AsyncIterator[bytes]:
        async with self._held() as tx:
            async for line in exporting.lines(tx):
                yield line

    async def stated(self) -> AsyncIterator[Statements]:
        async with self._held() as tx:
            for report in await exporting.reports(tx):
                yield await exporting.said(tx, report)

    async def ready(self) -> None:
        async with translated(self._access):
            await opening.check(self._reader, self._access)

    async def close(self) -> None:
        await self._reader.close()
        if self._writer is not None:
            await self._writer.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.close()

    async def _ask(self, statement: Statement, seconds: float) -> Any:
        """One managed read, begun and asked in one message; the server ends it at its time."""
        async with translated(self._access):
            return await self._reader.execute_query(
                neo4j.Query(statement.text, timeout=seconds),
                statement.parameters,
                database_=self._access.database,
                routing_=neo4j.RoutingControl.READ,
                # Each read stands alone; none waits for what another has seen.
                bookmark_manager_=None,
                result_transformer_=_only_value,
            )

    async def _write(
        self, change: Callable[[neo4j.AsyncManagedTransaction], Awaitable[Answer]]
    ) -> Answer:
        async with translated(self._access):
            for _ in range(_COMMITS_AT_MOST - 1):
                try:
                    async with self._session(self._write_driver()) as session:
                        return await session.execute_write(change)
                except exceptions.IncompleteCommit:
                    # Whether it was committed is not known; said again, it comes to the same.
                    await asyncio.sleep(0.1)
            async with self._session(self._write_driver()) as session:
                return await session.execute_write(change)

    @asynccontextmanager
    async def _held(self) -> AsyncIterator[neo4j.AsyncTransaction]:
        """A transaction that keeps writers away and changes nothing."""
        async with (
            translated(self._access),
            self._session(self._write_driver()) as session,
            await session.begin_transaction() as tx,
        ):
            await exporting.hold(tx)
            yield tx
            await tx.rollback()

    def _session(self, driver: neo4j.AsyncDriver) -> neo4j.AsyncSession:
        return driver.session(database=self._access.database)

    def _write_driver(self) -> neo4j.AsyncDriver:
        if self._writer is None:
            self._writer = driver_of(self._access, writing=True)
        return self._writer


async def _only_value(result: neo4j.AsyncResult) -> Any:
    return (await result.single(strict=True))[0]


async def open_neo4j(address: str, *, create: bool) -> Neo4jStore:
    """Raises `UsageError`, `NotFound`, `StoreError`."""
    store = Neo4jStore(Access.from_environment(address))
    try:
        await store.open(create=create)
    except BaseException:
        await store.close()
        raise
    return store
