"""The web application: GraphQL, its IDE, and whether it is well."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from gongkai.graph.embedded.store import EmbeddedStore
from gongkai.graph.errors import StoreError
from gongkai.graph.store import GraphStore

from .execute import Executor
from .http import GraphQLEndpoint
from .ide import VENDOR, ide_page
from .settings import Settings


def create_app(store: GraphStore, settings: Settings) -> Starlette:
    """The application over an open store, which it closes when it ends."""
    endpoint = GraphQLEndpoint(Executor(store, settings), settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await store.close()

    async def health(_: Request) -> JSONResponse:
        return JSONResponse({"status": "ok"})

    async def ready(_: Request) -> JSONResponse:
        try:
            await store.ready()
        except StoreError as error:
            return JSONResponse({"status": "not ready", "code": error.code}, 503)
        return JSONResponse({"status": "ready"})

    return Starlette(
        routes=[
            Route("/", ide_page, methods=["GET"]),
            Route("/graphql", endpoint.__call__, methods=["GET", "POST"]),
            Route("/health", health, methods=["GET"]),
            Route("/ready", ready, methods=["GET"]),
            Mount("/ide", StaticFiles(directory=VENDOR, check_dir=False)),
        ],
        middleware=_middleware(settings),
        lifespan=lifespan,
    )


def _middleware(settings: Settings) -> list[Middleware]:
    if not settings.cors_origins:
        return []
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=list(settings.cors_origins),
            allow_methods=["GET", "POST"],
            allow_headers=["content-type"],
        )
    ]


def from_environment() -> Starlette:
    """The application for a server process: store and settings from the environment."""
    store = EmbeddedStore(Path(os.environ["GONGKAI_STORE"]))
    return create_app(store, Settings.from_environment())
