"""The embedded store: one SQLite file, queried in place by any number of processes."""

import asyncio
import os
import sqlite3
import threading
import time
from collections.abc import AsyncIterator, Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Self, TypeVar

from gongkai.graph.errors import NotFound
from gongkai.graph.extract import Extract
from gongkai.graph.plan import Root, Subgraph, Surroundings
from gongkai.graph.statements import Statements, statements
from gongkai.graph.store import Loaded, ReportLine

from . import exporting, restating, writing
from .connections import (
    BUSY_SECONDS,
    check,
    open_reader,
    open_writer,
    stoppable,
    transaction,
    translated,
)
from .sql import Statement, compile_root, compile_surroundings

Answer = TypeVar("Answer")
Item = TypeVar("Item")

_SECONDS_AT_ONCE = 0.05
_REPORTS = """SELECT r.id, r.title, a.name, r.year, r.template,
  (SELECT count(*) FROM observation AS o WHERE o.report_id = r.id)
FROM report AS r JOIN agency AS a ON a.id = r.agency_id
ORDER BY r.sort_key, r.year, r.id"""


class EmbeddedStore:
    """See `gongkai.graph.store.GraphStore`. Reads run on threads with a connection each."""

    def __init__(
        self, path: Path, *, create: bool = False, busy_seconds: float = BUSY_SECONDS
    ) -> None:
        """`create`: make the file where there is none. Raises `NotFound`, `StoreError`.

        `busy_seconds`: how long to wait for another process that writes.
        """
        self._path = path
        self._busy_seconds = busy_seconds
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._opening = threading.Lock()
        # Opened once here, so that a file that cannot serve is known before anything is asked of it.
        (self._open_writer() if create else self._open_reader()).close()
        self._readers = ThreadPoolExecutor(min(8, 2 * (os.cpu_count() or 1)), "gongkai-read")
        self._writer = ThreadPoolExecutor(1, "gongkai-write")

    async def replace_report(self, extract: Extract) -> Loaded:
        return await self.replace(statements(extract))

    async def replace(self, said: Statements) -> Loaded:
        replaced = await self._write(lambda connection: writing.replace(connection, said))
        return Loaded(said.report, replaced, said.counts)

    async def remove_report(self, report: str) -> None:
        def take_out(connection: sqlite3.Connection) -> None:
            if not writing.holds(connection, report):
                raise NotFound(
                    f"{report}: no such report in {self._path}. `gongkai reports` lists them."
                )
            writing.remove(connection, report)

        await self._write(take_out)

    async def answer(self, root: Root, *, timeout_seconds: float) -> bytes:
        statement = compile_root(root)

        def ask(connection: sqlite3.Connection) -> bytes:
            answer: bytes = connection.execute(statement.text, statement.parameters).fetchone()[0]
            return answer

        return await self._read(ask, timeout_seconds)

    async def surroundings(self, asked: Surroundings, *, timeout_seconds: float) -> Subgraph:
        statement: Statement = compile_surroundings(asked)

        def ask(connection: sqlite3.Connection) -> Subgraph:
            rows = connection.execute(statement.text, statement.parameters).fetchall()
            return Subgraph(rows[: asked.max_edges], truncated=len(rows) > asked.max_edges)

        return await self._read(ask, timeout_seconds)

    async def reports(self) -> list[ReportLine]:
        def ask(connection: sqlite3.Connection) -> list[ReportLine]:
            return [ReportLine(*row) for row in connection.execute(_REPORTS)]

        return await self._read(ask, None)

    async def export(self) -> AsyncIterator[bytes]:
        async for line in self._each(exporting.lines):
            yield line

    async def stated(self) -> AsyncIterator[Statements]:
        async for said in self._each(restating.reports):
            yield said

    async def ready(self) -> None:
        await self._read(lambda connection: check(connection, self._path), None)

    async def close(self) -> None:
        await asyncio.to_thread(self._readers.shutdown)
        await asyncio.to_thread(self._writer.shutdown)
        while self._opened:
            self._opened.pop().close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.close()

    async def _read(
        self, ask: Callable[[sqlite3.Connection], Answer], seconds: float | None
    ) -> Answer:
        stop = threading.Event()

        def work() -> Answer:
            with translated(self._path):
                connection = self._mine(self._open_reader)
                with stoppable(connection, stop, seconds):
                    return ask(connection)

        try:
            return await asyncio.get_running_loop().run_in_executor(self._readers, work)
        finally:
            # Nobody waits any longer: where the caller was cancelled, the statement ends too.
            stop.set()

    async def _each(
        self, read: Callable[[sqlite3.Connection], Generator[Item, None, None]]
    ) -> AsyncIterator[Item]:
        """Every item that a generator reads, on threads and a connection of its own."""
        connection = await asyncio.to_thread(self._open_reader)
        items = read(connection)
        reading = threading.Lock()

        def some() -> list[Item]:
            found: list[Item] = []
            until = time.monotonic() + _SECONDS_AT_ONCE
            with reading, translated(self._path):
                for item in items:
                    found.append(item)
                    if time.monotonic() > until:
                        break
            return found

        def finish() -> None:
            connection.interrupt()  # where the caller went away, a thread may still be reading
            with reading:
                items.close()
                connection.close()

        try:
            while batch := await asyncio.to_thread(some):
                for item in batch:
                    yield item
        finally:
            await asyncio.to_thread(finish)

    async def _write(self, change: Callable[[sqlite3.Connection], Answer]) -> Answer:
        def work() -> Answer:
            with translated(self._path):
                connection = self._mine(self._open_writer)
                with transaction(connection):
                    return change(connection)

        return await asyncio.get_running_loop().run_in_executor(self._writer, work)

    def _open_reader(self) -> sqlite3.Connection:
        return open_reader(self._path)

    def _open_writer(self) -> sqlite3.Connection:
        return open_writer(self._path, busy_seconds=self._busy_seconds)

    def _mine(self, open_connection: Callable[[], sqlite3.Connection]) -> sqlite3.Connection:
        """The connection of this thread: readers and the writer have threads of their own."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = open_connection()
            with self._opening:
                self._opened.append(connection)
        return connection
