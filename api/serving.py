"""`gongkai serve`: the API under uvicorn, with its addresses and a query to try printed first."""

import asyncio
import os

import typer
import uvicorn

from gongkai.graph.store import open_store

QUERY_TO_TRY = (
    "{ observations(first: 3) { nodes { measure value unit quote agency { name } year } } }"
)


def serve_store(address: str, *, host: str, port: int, workers: int) -> None:
    """Serve until stopped. Raises `NotFound` or `StoreError` before anything listens."""
    asyncio.run(_check(address))
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
