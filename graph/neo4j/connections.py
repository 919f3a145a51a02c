"""Reaching a server: where it is, who asks, what may go wrong, and what to do about it."""

import asyncio
import logging
import os
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import neo4j
from neo4j import exceptions

from gongkai.graph.errors import (
    GongkaiError,
    StoreAccessRefused,
    StoreCorrupt,
    StoreError,
    StoreReadOnly,
    StoreTimeout,
    StoreUnavailable,
    StoreVersionMismatch,
    UsageError,
)

from .layout import OLDEST_SERVER

log = logging.getLogger("gongkai.graph")

SETTINGS = {
    "NEO4J_USERNAME": "Who asks; `neo4j` where it is not set.",
    "NEO4J_PASSWORD": "The password.",
    "NEO4J_PASSWORD_FILE": "A file that holds the password and nothing else, instead.",
    "NEO4J_DATABASE": "The database; the server's default where it is not set.",
    "NEO4J_SETTINGS": "A file of `NAME=VALUE` lines with any of these, for what is not set.",
    "NEO4J_WAIT_SECONDS": "How long to wait at start for a server that is away (default 60).",
}
"""Environment variables, with what each says."""

_READ_AGAIN_SECONDS = 1.0
_WRITE_AGAIN_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Access:
    """`password` is never shown."""

    address: str
    username: str = "neo4j"
    password: str = field(default="", repr=False)
    database: str | None = None
    wait_seconds: float = 60.0

    @classmethod
    def from_environment(cls, address: str, environment: Mapping[str, str] = os.environ) -> Self:
        """Raises `UsageError` for what cannot be."""
        if "@" in address or "?" in address:
            raise UsageError(
                "The address of a Neo4j store is SCHEME://HOST:PORT and no more. Give user and "
                "password as NEO4J_USERNAME and NEO4J_PASSWORD, the database as NEO4J_DATABASE."
            )
        given = {**_from_file(environment.get("NEO4J_SETTINGS")), **environment}
        password = given.get("NEO4J_PASSWORD")
        if password is None and (path := given.get("NEO4J_PASSWORD_FILE")):
            password = _text_of(path, "NEO4J_PASSWORD_FILE").strip()
        try:
            wait = float(given.get("NEO4J_WAIT_SECONDS") or 60)
        except ValueError:
            raise UsageError("NEO4J_WAIT_SECONDS is no number of seconds.") from None
        return cls(
            address,
            given.get("NEO4J_USERNAME") or "neo4j",
            password or "",
            given.get("NEO4J_DATABASE") or None,
            wait,
        )


def _from_file(path: str | None) -> dict[str, str]:
    found = {}
    for line in _text_of(path, "NEO4J_SETTINGS").splitlines() if path else []:
        name, equals, value = line.partition("=")
        if equals and not line.lstrip().startswith("#"):
            found[name.strip()] = value.strip().strip("\"'")
    return found


def _text_of(path: str, setting: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{setting} names {path}, which cannot be read. Check the path."
        ) from error


def driver_of(access: Access, *, writing: bool) -> neo4j.AsyncDriver:
    """Writers try again for longer: what they write is whole or absent, and may be said twice."""
    again: dict[str, Any] = {
        "max_transaction_retry_time": _WRITE_AGAIN_SECONDS if writing else _READ_AGAIN_SECONDS,
        "initial_retry_delay": 0.1,
    }
    try:
        return neo4j.AsyncGraphDatabase.driver(
            access.address,
            auth=(access.username, access.password),
            connection_timeout=5.0,
            connection_acquisition_timeout=10.0,
            connection_write_timeout=30.0,
            liveness_check_timeout=30.0,
            notifications_min_severity="OFF",
            telemetry_disabled=True,
            user_agent="gongkai",
            **again,
        )
    except (exceptions.ConfigurationError, ValueError) as error:
        raise UsageError(f"{access.address}: no address of a Neo4j server ({error}).") from error


async def reached(driver: neo4j.AsyncDriver, access: Access) -> None:
    """Waits for the server, a little longer each time; not for a database that it does not have.

    Raises `StoreError`.
    """
    until, pause = time.monotonic() + access.wait_seconds, 0.25
    while True:
        try:
            async with translated(access):
                await _check_server(driver, access)
            return
        except StoreUnavailable as error:
            if error.code == _NO_DATABASE or time.monotonic() + pause > until:
                raise
            log.warning("%s Trying again for %.0f s.", error.message, until - time.monotonic())
            await asyncio.sleep(pause)
            pause = min(2 * pause, 8.0)


async def _check_server(driver: neo4j.AsyncDriver, access: Access) -> None:
    found = await driver.execute_query(
        "CALL dbms.components() YIELD versions RETURN versions[0] AS version",
        database_=access.database,
        routing_=neo4j.RoutingControl.READ,
    )
    check_version(access, found.records[0]["version"])


def check_version(access: Access, version: str) -> None:
    """Raises `StoreVersionMismatch` where the server is too old."""
    numbers = tuple(int(part) for part in version.split("-")[0].split(".")[:2])
    if numbers < OLDEST_SERVER:
        raise StoreVersionMismatch(
            f"{access.address}: Neo4j {version} is too old. Gongkai needs "
            f"{'.'.join(map(str, OLDEST_SERVER))} or newer.",
            code="SERVER_TOO_OLD",
        )


@asynccontextmanager
async def translated(access: Access) -> AsyncIterator[None]:
    """Errors of the driver as ours, with the address and what to do."""
    try:
        yield
    except (exceptions.Neo4jError, exceptions.DriverError, OSError) as error:
        raise as_ours(error, access) from error


def as_ours(error: BaseException, access: Access) -> GongkaiError:
    address = access.address
    match error:
        case exceptions.AuthError() | exceptions.TokenExpired():
            return StoreAccessRefused(
                f"{address}: the server refuses the user {access.username!r} with this password. "
                "Check NEO4J_USERNAME and NEO4J_PASSWORD."
            )
        case (
            exceptions.NotALeader()
            | exceptions.ForbiddenOnReadOnlyDatabase()
            | (exceptions.WriteServiceUnavailable())
        ):
            return StoreReadOnly(
                f"{address}: this member of the cluster, or this database, takes no writes. Use "
                "neo4j:// with the address of the cluster, or a database that may be written."
            )
        case exceptions.Forbidden():
            return StoreAccessRefused(
                f"{address}: the user {access.username!r} may not do this. Grant it the rights to "
                "read and write, and to make constraints and indexes."
            )
        case exceptions.Neo4jError():
            return _of_server(error, access)
        case exceptions.ConfigurationError():
            return UsageError(f"{address}: no address of a Neo4j server ({error}).")
    return StoreUnavailable(
        f"{address}: no Neo4j answers there. Check that the server runs, that the host and the "
        "port (7687 unless it was changed) are right, and that nothing between blocks it."
    )


_NO_DATABASE = "DATABASE_NOT_FOUND"
_TIMED_OUT = ("TransactionTimedOut", "TransactionTimedOutClientConfiguration", "Terminated")
_READ_ONLY = ("WriteOnReadOnlyAccessDatabase", "ReadOnly")
_BROKEN = ("ConstraintValidationFailed", "ConstraintCreationFailed", "IndexEntryConflict")
_AWAY = ("DatabaseUnavailable", "General.TransientError", "DatabaseNotUpToDate")


def _of_server(error: exceptions.Neo4jError, access: Access) -> GongkaiError:
    address, code = access.address, error.code or ""
    kind = code.rpartition(".")[2]
    if kind == "DatabaseNotFound":
        name = access.database or "its default"
        return StoreUnavailable(
            f"{address}: there is no database {name!r}. Check NEO4J_DATABASE; `SHOW DATABASES` "
            "lists what there is.",
            code=_NO_DATABASE,
        )
    if kind in _TIMED_OUT:
        return StoreTimeout(
            "The query ran longer than its time limit. Ask for fewer rows, or filter more."
        )
    if any(part in code for part in _READ_ONLY) or "read-only" in str(error.message):
        return StoreReadOnly(f"{address}: the database may only be read. Choose another to write.")
    if any(part in code for part in _AWAY):
        return StoreUnavailable(
            f"{address}: the database is not available now ({kind}). See `SHOW DATABASES`."
        )
    if kind in _BROKEN:
        return StoreCorrupt(
            f"{address}: what the database holds breaks a constraint of Gongkai ({error.message}). "
            "Nothing was changed. Give Gongkai a database of its own."
        )
    return StoreError(f"{address}: the server could not answer ({code}: {error.message}).")
