"""How a client's operations are answered: by a server over HTTP, or by a store in this process."""

from collections.abc import Mapping
from typing import Any, Protocol

import httpx

from gongkai.api.execute import Executor
from gongkai.api.settings import Settings
from gongkai.graph.errors import ServerUnreachable
from gongkai.graph.store import GraphStore, open_store

_HTTP = ("http://", "https://")
_SERVED_AT = "/graphql"


class Transport(Protocol):
    async def post(self, query: str, variables: Mapping[str, Any]) -> bytes:
        """The response to one operation, as JSON. Raises `GongkaiError`."""
        ...

    async def close(self) -> None: ...


class HttpTransport:
    def __init__(self, address: str, timeout_seconds: float) -> None:
        base = address.rstrip("/").removesuffix(_SERVED_AT)
        self.address = f"{base}{_SERVED_AT}"
        self._http = httpx.AsyncClient(timeout=timeout_seconds)

    async def post(self, query: str, variables: Mapping[str, Any]) -> bytes:
        try:
            response = await self._http.post(
                self.address,
                json={"query": query, "variables": dict(variables)},
                headers={"accept": "application/json"},
            )
        except httpx.TimeoutException as error:
            raise ServerUnreachable(
                f"{self.address}: no answer within {self._http.timeout.read:g} seconds. Ask for "
                "less, or give the client more `timeout_seconds`."
            ) from error
        except httpx.HTTPError as error:
            raise ServerUnreachable(
                f"{self.address}: {error or type(error).__name__}. Check the address, and that "
                "`gongkai serve` runs there."
            ) from error
        if "json" not in response.headers.get("content-type", ""):
            raise ServerUnreachable(
                f"{self.address}: answered {response.status_code} without JSON. Check that this is "
                "a server of Gongkai."
            )
        return response.content

    async def close(self) -> None:
        await self._http.aclose()


class StoreTransport:
    def __init__(self, store: GraphStore, settings: Settings) -> None:
        self.store = store
        self._executor = Executor(store, settings)

    async def post(self, query: str, variables: Mapping[str, Any]) -> bytes:
        return (await self._executor.execute(query, variables)).body()

    async def close(self) -> None:
        await self.store.close()


async def open_transport(
    address: str, *, create: bool, timeout_seconds: float
) -> HttpTransport | StoreTransport:
    """`address`: of a server (http://…), or of a store. Raises `GongkaiError`."""
    if address.startswith(_HTTP):
        return HttpTransport(address, timeout_seconds)
    store = await open_store(address, create=create)
    return StoreTransport(store, Settings(timeout_seconds=timeout_seconds))
