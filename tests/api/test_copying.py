"""A graph that was copied is the graph: the exports are the same bytes."""

from pathlib import Path

import pytest

from gongkai.api.copying import copy_store
from gongkai.graph.errors import UsageError
from gongkai.graph.store import open_store
from gongkai.loaders.load import SAMPLES, read_report
from tests.servers.neo4j import Server


async def filled(address: str, names: list[str]) -> None:
    async with await open_store(address, create=True) as store:
        for name in names:
            await store.replace_report(read_report(SAMPLES / name))


async def exported(address: str) -> bytes:
    async with await open_store(address) as store:
        return b"".join([line async for line in store.export()])


async def test_a_copy_has_the_same_export_and_may_be_made_twice(tmp_path: Path) -> None:
    source, target = str(tmp_path / "source.db"), str(tmp_path / "target.db")
    await filled(source, [path.name for path in sorted(SAMPLES.iterdir())])
    for _ in range(2):
        assert await copy_store(source, target) == len(list(SAMPLES.iterdir()))
        assert await exported(target) == await exported(source)


async def test_a_store_that_holds_other_reports_is_left_as_it_is(tmp_path: Path) -> None:
    source, target = str(tmp_path / "source.db"), str(tmp_path / "target.db")
    await filled(source, ["suqian-2023.html"])
    await filled(target, ["suqian-2024.html"])
    before = await exported(target)
    with pytest.raises(UsageError, match="holds 1 reports"):
        await copy_store(source, target)
    assert await exported(target) == before


@pytest.mark.neo4j
async def test_a_graph_goes_to_a_server_and_comes_back(
    tmp_path: Path, neo4j: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in neo4j.environment.items():
        monkeypatch.setenv(name, value)
    neo4j.empty()
    source, back = str(tmp_path / "source.db"), str(tmp_path / "back.db")
    await filled(source, [path.name for path in sorted(SAMPLES.iterdir())])
    await copy_store(source, neo4j.address)
    await copy_store(neo4j.address, back)
    original = await exported(source)
    assert await exported(neo4j.address) == original
    assert await exported(back) == original
