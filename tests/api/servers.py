"""A real `gongkai serve` for tests that must see one from outside: sockets, processes, signals."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

_SECONDS_TO_START = 60


@dataclass(frozen=True, slots=True)
class Server:
    process: subprocess.Popen[str]
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def serving(store: Path | str, *options: str, **settings: str) -> Iterator[Server]:
    """`gongkai serve` on a free port, with these settings, until the block ends."""
    command = [sys.executable, "-m", "gongkai.api.cli", "serve", "--store", str(store)]
    port = free_port()
    with subprocess.Popen(
        [*command, "--port", str(port), *options],
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            server = Server(process, port)
            _wait_until_ready(server)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def _wait_until_ready(server: Server) -> None:
    give_up = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < give_up:
        assert server.process.poll() is None, server.process.communicate()[1]
        try:
            if httpx.get(f"{server.address}/ready").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(f"no answer from {server.address} in {_SECONDS_TO_START} seconds")
