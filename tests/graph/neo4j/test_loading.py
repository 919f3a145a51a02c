"""Loading into a real server: several at once, cut short, and what stands in the graph then."""

import asyncio
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from gongkai.graph.errors import StoreUnavailable
from gongkai.graph.neo4j import connections
from gongkai.graph.store import open_store
from gongkai.loaders.load import SAMPLES, read_report
from tests.graph.test_store_contract import LOADER
from tests.servers.neo4j import Server
from tests.servers.proxy import wire_to

pytestmark = pytest.mark.neo4j


@pytest.fixture
def server(neo4j: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    for name, value in neo4j.environment.items():
        monkeypatch.setenv(name, value)
    neo4j.empty()
    return neo4j


async def test_four_loaders_at_once_make_the_graph_that_one_makes(server: Server) -> None:
    extracts = [read_report(path) for path in sorted(SAMPLES.iterdir())]

    async def load(first: int) -> None:
        async with await open_store(server.address, create=True) as store:
            for extract in extracts[first::4]:
                await store.replace_report(extract)

    async def exported() -> bytes:
        async with await open_store(server.address) as store:
            return b"".join([line async for line in store.export()])

    await asyncio.gather(*map(load, range(4)))
    at_once = await exported()
    server.empty()
    async with await open_store(server.address, create=True) as store:
        for extract in extracts:
            await store.replace_report(extract)
    assert at_once == await exported()


async def test_a_killed_loader_leaves_each_report_whole_or_absent(server: Server) -> None:
    sizes = {
        extract.report.id: len(extract.observations)
        for extract in map(read_report, sorted(SAMPLES.iterdir()))
    }
    chance = random.Random(11)
    for _ in range(2):
        with subprocess.Popen(
            [sys.executable, "-c", LOADER, server.address], stdout=subprocess.PIPE
        ) as loader:
            assert loader.stdout is not None
            assert loader.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0.5, 3))
            os.kill(loader.pid, signal.SIGKILL)
        async with await open_store(server.address, create=True) as store:
            for line in await store.reports():
                assert line.observations == sizes[line.id]
            await store.replace_report(read_report(SAMPLES / "suqian-2024.html"))


async def test_a_connection_cut_in_the_middle_of_a_report_is_made_up_for(server: Server) -> None:
    extracts = [read_report(SAMPLES / f"suqian-{year}.html") for year in (2023, 2024)]
    async with (
        wire_to(server.address) as wire,
        await open_store(wire.address, create=True) as store,
    ):
        await store.replace_report(extracts[0])
        wire.left = 50_000  # of some hundred thousand bytes
        await store.replace_report(extracts[1])
        assert wire.cuts == 1
        left = [line async for line in store.export()]
    server.empty()
    async with await open_store(server.address, create=True) as store:
        for extract in extracts:
            await store.replace_report(extract)
        assert left == [line async for line in store.export()]


async def test_a_connection_that_stays_cut_leaves_the_last_whole_state(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_WRITE_AGAIN_SECONDS", 1.0)
    extracts = [read_report(SAMPLES / f"suqian-{year}.html") for year in (2023, 2024)]

    async def exported() -> list[bytes]:
        async with await open_store(server.address) as direct:
            return [line async for line in direct.export()]

    async with (
        wire_to(server.address) as wire,
        await open_store(wire.address, create=True) as store,
    ):
        await store.replace_report(extracts[0])
        whole = await exported()
        wire.left, wire.away = 50_000, True
        with pytest.raises(StoreUnavailable, match=wire.address):
            await store.replace_report(extracts[1])
        assert await exported() == whole
        wire.away = False
        await store.replace_report(extracts[1])
        assert len(await exported()) > len(whole)


async def test_values_stand_in_the_graph_with_their_own_types(server: Server) -> None:
    async with await open_store(server.address, create=True) as store:
        await store.replace_report(read_report(SAMPLES / "suqian-2024.html"))
    ((year, published, value, names, quotes, caption),) = server.run(
        """MATCH (r:Report)<-[:STATED_IN]-(o:Observation {dimension_applicant: 'natural-person'})
        MATCH (r)-[m:MENTIONS]->(:Agency)
        RETURN r.year, r.published, o.value, o.dimension_names, m.evidence_quotes, o.caption
        ORDER BY o.sort_key LIMIT 1"""
    )
    assert (type(year), type(value)) == (int, float)
    assert published is None or published.year == 2025
    assert "applicant" in names
    assert all(isinstance(quote, str) for quote in quotes)
    assert all(len(line) <= 12 for line in caption.split(" "))
