"""`gongkai serve`: the API under uvicorn, with its addresses and a query to try printed first."""

import asyncio
import os
import socket

import typer
import uvicorn

from gongkai.graph.errors import UsageError
from gongkai.graph.store import open_store

from .settings import Settings

QUERY_TO_TRY = (
    "{ observations(first: 3) { nodes { measure value unit quote agency { name } year } } }"
)


def serve_store(address: str, *, host: str, port: int, workers: int) -> None:
    """Serve until stopped. Port 0: any free one.

    Raises `GongkaiError` before anything listens, where store, settings or address cannot serve.
    """
    # A worker that fails at its start is started again for ever: so all is tried out here first.
    asyncio.run(_check(address))
    Settings.from_environment()
    port = _free_port(host, port)
    # Each worker opens the store for itself: uvicorn starts them from this address alone.
    os.environ["GONGKAI_STORE"] = address
    base = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    typer.echo(f"GraphQL  {base}/graphql", err=True)
    typer.echo(f"IDE      {base}/", err=True)
    typer.echo(f"Try      {QUERY_TO_TRY}", err=True)
    uvicorn.run(
        "gongkai.api.app:from_environment",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        log_level="warning",
    )


async def _check(address: str) -> None:
    async with await open_store(address) as store:
        await store.ready()


def _free_port(host: str, port: int) -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, port), family=family) as listening:
            found: int = listening.getsockname()[1]
            return found
    except OSError as error:
        raise UsageError(
            f"{host}:{port}: nothing can listen there ({error.strerror}). "
            "Give another --port or --host.",
            code="CANNOT_LISTEN",
        ) from error
