"""What tests of the API take: `store` (three sample reports, in a real embedded store), `ask` to
run an operation on it, `client` to send it over HTTP. Nothing is mocked."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient

from gongkai.api.app import create_app
from gongkai.api.execute import Executor
from gongkai.api.settings import Settings
from gongkai.graph.store import GraphStore, open_store
from gongkai.loaders.load import SAMPLES, load_reports

LOADED = ("chongqing-2016.md", "suqian-2023.html", "suqian-2024.html")

Ask = Callable[..., Awaitable[Any]]


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store that holds `LOADED`: copy it, do not write to it."""
    path = tmp_path_factory.mktemp("loaded") / "gongkai.db"

    async def load() -> None:
        async with await open_store(str(path), create=True) as store:
            async for outcome in load_reports([SAMPLES / name for name in LOADED], store):
                assert outcome.refused is None

    asyncio.run(load())
    return path


@pytest.fixture
async def store(loaded: Path, tmp_path: Path) -> AsyncIterator[GraphStore]:
    shutil.copytree(loaded.parent, tmp_path / "store")
    async with await open_store(str(tmp_path / "store" / loaded.name)) as opened:
        yield opened


@pytest.fixture
def ask(store: GraphStore) -> Ask:
    """`await ask(query, variables=…, settings=…)`: the whole response as Python values."""

    async def run(
        query: str, variables: dict[str, Any] | None = None, settings: Settings | None = None
    ) -> Any:
        executor = Executor(store, settings or Settings())
        return json.loads((await executor.execute(query, variables)).body())

    return run


@pytest.fixture
async def client(store: GraphStore) -> AsyncIterator[AsyncClient]:
    app = create_app(store, Settings())
    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://gongkai") as opened:
        yield opened
