"""What every store promises, in our words; `open_store` finds the one an address names.

Two stores, one contract suite (`tests/graph/test_store_contract.py`): whatever is promised here is
tested there, for each of them.
"""

from asyncio import to_thread
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Protocol, Self

import msgspec

from .extract import Extract
from .plan import Root, Subgraph, Surroundings
from .statements import Statements


class Loaded(msgspec.Struct, frozen=True):
    """What loading one report did: `replaced` is true where an earlier version was there.

    `counts`: how many nodes of each label (lower-case) the report states.
    """

    report: str
    replaced: bool
    counts: dict[str, int]


class ReportLine(msgspec.Struct, frozen=True):
    """A report in the list of `gongkai reports`."""

    id: str
    title: str
    agency: str
    year: int
    template: str
    observations: int


class GraphStore(Protocol):
    """A graph of reports. Opened by `open_store`, closed by `close` or `async with`.

    Writes are whole or absent: each method is one transaction. Reads see the last whole state and
    never wait for a writer. Everything raises `StoreError` (or a subclass) where the store cannot
    serve, and nothing of a driver's own.
    """

    async def replace_report(self, extract: Extract) -> Loaded:
        """Put the report in, in place of its earlier version, exactly.

        What only the earlier version supported goes with it.
        """
        ...

    async def replace(self, said: Statements) -> Loaded:
        """The same for what a report states, as another store gives it by `stated`."""
        ...

    async def remove_report(self, report: str) -> None:
        """Take the report out with all that only it supported. Raises `NotFound`."""
        ...

    async def answer(self, root: Root, *, timeout_seconds: float) -> bytes:
        """The JSON of one root field, by one statement. Raises `StoreTimeout`, `CursorRefused`."""
        ...

    async def surroundings(self, asked: Surroundings, *, timeout_seconds: float) -> Subgraph:
        """The relationships around some nodes, by one statement."""
        ...

    async def reports(self) -> list[ReportLine]:
        """Every report, by agency and year."""
        ...

    def export(self) -> AsyncIterator[bytes]:
        """The whole graph as JSON lines, the same bytes whatever the order of loading.

        Nodes by label and id, then edges by type, head and tail.
        """
        ...

    def stated(self) -> AsyncIterator[Statements]:
        """What each report states, by its id: `replace` puts it into another store."""
        ...

    async def ready(self) -> None:
        """Returns where the store can serve; raises `StoreError` where it cannot."""
        ...

    async def close(self) -> None: ...

    async def __aenter__(self) -> Self: ...

    async def __aexit__(self, *exc: object) -> None: ...


_SERVER_SCHEMES = ("neo4j://", "neo4j+s://", "neo4j+ssc://", "bolt://", "bolt+s://", "bolt+ssc://")


async def open_store(address: str, *, create: bool = False) -> GraphStore:
    """The store an address names: the path of a file, or a Neo4j server.

    `create`: make it where there is none; else that raises `NotFound`.
    """
    if address.startswith(_SERVER_SCHEMES):
        from .neo4j.store import open_neo4j

        return await open_neo4j(address, create=create)
    from .embedded.store import EmbeddedStore

    return await to_thread(EmbeddedStore, Path(address), create=create)
