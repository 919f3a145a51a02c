"""`reports`: the file of a store with the sample reports; `server`: the same store, served."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from gongkai.api.app import create_app
from gongkai.api.settings import Settings
from gongkai.graph.store import open_store


@pytest.fixture
def reports(loaded: Path) -> Path:
    return loaded


@pytest.fixture
def server(loaded: Path) -> Iterator[str]:
    """The address of a server on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        served = _Server(str(loaded), free)
        served.thread.start()
        served.wait()
        yield f"http://127.0.0.1:{free.getsockname()[1]}"
        served.stop()


class _Server:
    def __init__(self, store: str, at: socket.socket) -> None:
        self._store, self._at = store, at
        self._uvicorn: uvicorn.Server | None = None
        self.thread = threading.Thread(target=lambda: asyncio.run(self._serve()))

    async def _serve(self) -> None:
        app = create_app(await open_store(self._store), Settings())
        config = uvicorn.Config(app, log_level="critical", lifespan="on")
        self._uvicorn = uvicorn.Server(config)
        await self._uvicorn.serve(sockets=[self._at])

    def wait(self) -> None:
        while self._uvicorn is None or not self._uvicorn.started:
            time.sleep(0.01)

    def stop(self) -> None:
        assert self._uvicorn is not None
        self._uvicorn.should_exit = True
        self.thread.join()
