"""What every store promises. One suite, run once for each store of the table below."""

import asyncio
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from gongkai.graph.errors import NotFound, StoreCorrupt, StoreError, StoreVersionMismatch
from gongkai.graph.extract import Extract
from gongkai.graph.store import GraphStore, open_store
from gongkai.loaders.load import SAMPLES, read_bytes, read_report
from tests.servers.neo4j import Server

SAMPLE_FILES = sorted(SAMPLES.iterdir())

Opener = Callable[[str], Awaitable[GraphStore]]


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def opened(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Opener:
    """Opens a fresh store by name, for each kind of store: one at a time, a server has but one."""
    if request.param == "embedded":
        return lambda name: open_store(str(tmp_path / f"{name}.db"), create=True)
    server: Server = request.getfixturevalue("neo4j")
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)

    def fresh(_: str) -> Awaitable[GraphStore]:
        server.empty()
        return open_store(server.address, create=True)

    return fresh


@pytest.fixture(scope="module")
def extracts() -> list[Extract]:
    return [read_report(path) for path in SAMPLE_FILES]


async def exported(store: GraphStore) -> bytes:
    return b"".join([line async for line in store.export()])


async def load_all(store: GraphStore, extracts: list[Extract]) -> None:
    for extract in extracts:
        await store.replace_report(extract)


async def test_any_history_leaves_what_its_last_state_says(
    opened: Opener, extracts: list[Extract]
) -> None:
    chance = random.Random(7)
    held: dict[str, Extract] = {}
    async with await opened("history") as store:
        for _ in range(20):
            extract = chance.choice(extracts)
            if extract.report.id in held and chance.random() < 0.5:
                await store.remove_report(extract.report.id)
                del held[extract.report.id]
            else:
                await store.replace_report(extract)
                held[extract.report.id] = extract
        lived = await exported(store)
    async with await opened("fresh") as fresh:
        await load_all(fresh, list(held.values()))

        assert lived == await exported(fresh)


async def test_a_new_version_replaces_the_old_exactly(
    opened: Opener, extracts: list[Extract]
) -> None:
    longest = max(extracts, key=lambda extract: len(extract.observations))
    shorter = Extract(
        longest.report, longest.sections, [], [], longest.agencies[:1], [], [], [], [], []
    )
    async with await opened("replaced") as store:
        first = await store.replace_report(longest)
        second = await store.replace_report(shorter)

        assert (first.replaced, second.replaced) == (False, True)
        replaced = await exported(store)
    async with await opened("only") as only:
        await only.replace_report(shorter)

        assert replaced == await exported(only)


async def test_removing_every_report_leaves_nothing(
    opened: Opener, extracts: list[Extract]
) -> None:
    async with await opened("emptied") as store:
        await load_all(store, extracts)
        for line in await store.reports():
            await store.remove_report(line.id)

        assert await exported(store) == b""


def of_district(year: int, received: int) -> Extract:
    """宿迁's report of that year with its table, as the report of a district that has fewer cases."""
    city = (SAMPLES / f"suqian-{year}.html").read_text("utf-8")
    page = city.replace("宿迁市", "宿迁市宿豫区").replace("3525", str(received))
    return read_bytes(page.encode(), f"district-{year}.html")


async def test_a_roll_up_is_checked_beside_the_bodies_below_it_whatever_came_first(
    opened: Opener, extracts: list[Extract]
) -> None:
    city = next(one for one in extracts if one.report.year == 2024)
    district, smaller = of_district(2024, 4_000), of_district(2024, 25)
    assert district.report.id == smaller.report.id != city.report.id
    left = []
    for name, order in (
        ("down", [city, district, smaller]),
        ("up", [smaller, city]),
        ("again", [smaller, city, district, smaller]),
    ):
        async with await opened(name) as store:
            await load_all(store, order)
            left.append(await exported(store))
    assert b"V.6/below/requests-received" in left[0]
    assert left == [left[0]] * 3
    async with await opened("removed") as store:
        await load_all(store, [city, district])
        below = [line for line in (await exported(store)).splitlines() if b"V.6/below/" in line]
        assert any(b"requests-received" in line and b"VIOLATED" in line for line in below)
        await store.remove_report(district.report.id)
        assert b"V.6/below" not in await exported(store)


async def test_an_unknown_report_cannot_be_removed(opened: Opener) -> None:
    async with await opened("empty") as store:
        with pytest.raises(NotFound):
            await store.remove_report("report:0000000000000000")


async def test_readers_see_whole_reports_while_one_writes(
    opened: Opener, extracts: list[Extract]
) -> None:
    async with await opened("shared") as store:
        sizes = {extract.report.id: len(extract.observations) for extract in extracts}

        async def read() -> None:
            for _ in range(40):
                for line in await store.reports():
                    assert line.observations == sizes[line.id]
                await asyncio.sleep(0.005)

        await asyncio.gather(load_all(store, extracts), read(), read())


LOADER = """
import asyncio, sys
from pathlib import Path
from gongkai.graph.store import open_store
from gongkai.loaders.load import SAMPLES, load_reports
async def work():
    async with await open_store(sys.argv[1], create=True) as store:
        print("ready", flush=True)
        while True:
            async for _ in load_reports(sorted(SAMPLES.iterdir()), store): pass
asyncio.run(work())
"""


def test_a_killed_loader_leaves_each_report_whole_or_absent(
    tmp_path: Path, extracts: list[Extract]
) -> None:
    sizes = {extract.report.id: len(extract.observations) for extract in extracts}
    path = tmp_path / "killed.db"
    chance = random.Random(11)
    for _ in range(5):
        with subprocess.Popen(
            [sys.executable, "-c", LOADER, str(path)], stdout=subprocess.PIPE
        ) as loader:
            assert loader.stdout is not None
            assert loader.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0.05, 0.8))
            os.kill(loader.pid, signal.SIGKILL)

        connection = sqlite3.connect(path)
        (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
        found = connection.execute(
            "SELECT id, (SELECT count(*) FROM observation WHERE report_id = report.id) FROM report"
        ).fetchall()
        connection.close()
        assert verdict == "ok"
        assert all(sizes[report] == count for report, count in found)


@pytest.mark.parametrize(("version", "advice"), [(0, "gongkai load"), (999, "pip install")])
async def test_another_version_of_the_schema_is_refused_with_what_helps(
    tmp_path: Path, version: int, advice: str
) -> None:
    path = tmp_path / "other.db"
    await (await open_store(str(path), create=True)).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()

    with pytest.raises(StoreVersionMismatch, match=advice):
        await open_store(str(path))


async def test_what_is_no_store_is_never_written_to(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("not a database, but long enough to have a header of its own\n" * 40)
    foreign = tmp_path / "foreign.db"
    connection = sqlite3.connect(foreign)
    connection.execute("CREATE TABLE theirs (id)")
    connection.close()
    before = text.read_bytes(), foreign.read_bytes()

    for path in (text, foreign):
        with pytest.raises(StoreCorrupt):
            await open_store(str(path), create=True)
    with pytest.raises(StoreError):
        await open_store(str(tmp_path), create=True)
    with pytest.raises(NotFound):
        await open_store(str(tmp_path / "absent.db"))

    assert (text.read_bytes(), foreign.read_bytes()) == before
