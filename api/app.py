"""The web application: GraphQL, its IDE, and whether it is well."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from gongkai.graph.errors import StoreError
from gongkai.graph.store import GraphStore, open_store

from . import browser_kit, errors
from .execute import Executor
from .http import GraphQLEndpoint
from .ide import VENDOR, ide_page
from .settings import Settings


def create_app(store: GraphStore, settings: Settings) -> Starlette:
    """The application over an open store, which it closes when it ends."""

    async def given() -> GraphStore:
        return store

    app = _app(given, settings)
    app.state.executor = Executor(store, settings)
    return app


def from_environment() -> Starlette:
    """The application for a server process: store and settings from the environment."""
    address = os.environ["GONGKAI_STORE"]
    return _app(lambda: open_store(address), Settings.from_environment())


def _app(opening: Callable[[], Awaitable[GraphStore]], settings: Settings) -> Starlette:
    return Starlette(
        routes=[
            Route("/", ide_page),
            Route("/graphql", GraphQLEndpoint()),
            Route("/health", _health),
            Route("/ready", _ready),
            Mount("/ide", StaticFiles(directory=VENDOR, check_dir=False)),
            browser_kit.mounted(),
        ],
        middleware=_middleware(settings),
        lifespan=_lifespan(opening, settings),
    )


def _lifespan(
    opening: Callable[[], Awaitable[GraphStore]], settings: Settings
) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with await opening() as store:
            app.state.executor = Executor(store, settings)
            yield

    return lifespan


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


async def _health(_: Request) -> JSONResponse:
    """The process runs."""
    return JSONResponse({"status": "ok"})


async def _ready(request: Request) -> JSONResponse:
    """The store can serve."""
    executor: Executor = request.app.state.executor
    try:
        await executor.store.ready()
    except StoreError as error:
        errors.log.error("the store is not ready", exc_info=error)
        return JSONResponse({"status": "not ready", "code": error.code}, 503)
    return JSONResponse({"status": "ready"})
