"""What may go wrong between us and a server, each with its own error; real servers where one can."""

import asyncio
import logging
import socket
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient
from neo4j import exceptions

from gongkai.api.app import create_app
from gongkai.api.settings import Settings
from gongkai.graph.errors import (
    GongkaiError,
    NotFound,
    StoreAccessRefused,
    StoreCorrupt,
    StoreError,
    StoreReadOnly,
    StoreTimeout,
    StoreUnavailable,
    StoreVersionMismatch,
    UsageError,
)
from gongkai.graph.neo4j.connections import Access, as_ours, check_version
from gongkai.graph.neo4j.cypher import Statement
from gongkai.graph.plan import Stats
from gongkai.graph.schema import Label
from gongkai.graph.store import GraphStore, open_store
from tests.servers.neo4j import Server, ServerMissing, started

COUNT = Stats((("reports", Label.REPORT),))
ACCESS = Access("bolt://db.example:7687", "reader", "secret")


# --- settings -------------------------------------------------------------------------------------


def test_credentials_come_from_the_environment_or_files(tmp_path: Path) -> None:
    secret, settings = tmp_path / "password", tmp_path / "neo4j.env"
    secret.write_text("from a secret\n")
    settings.write_text("# ours\nNEO4J_USERNAME=reader\nNEO4J_PASSWORD='from a file'\n")
    address = "neo4j://localhost:7687"
    for environment, expected in [
        ({"NEO4J_PASSWORD": "plain"}, ("neo4j", "plain")),
        ({"NEO4J_PASSWORD_FILE": str(secret)}, ("neo4j", "from a secret")),
        ({"NEO4J_SETTINGS": str(settings)}, ("reader", "from a file")),
        ({"NEO4J_SETTINGS": str(settings), "NEO4J_USERNAME": "me"}, ("me", "from a file")),
    ]:
        access = Access.from_environment(address, environment)
        assert (access.username, access.password) == expected


@pytest.mark.parametrize(
    ("address", "environment"),
    [
        ("neo4j://reader:secret@localhost:7687", {}),
        ("bolt://localhost:7687", {"NEO4J_SETTINGS": "/no/such/file"}),
        ("bolt://localhost:7687", {"NEO4J_PASSWORD_FILE": "/no/such/file"}),
        ("bolt://localhost:7687", {"NEO4J_WAIT_SECONDS": "soon"}),
    ],
)
def test_settings_that_cannot_be_are_refused(address: str, environment: dict[str, str]) -> None:
    with pytest.raises(UsageError) as refused:
        Access.from_environment(address, environment)
    assert "secret" not in refused.value.message


def test_a_password_is_never_shown() -> None:
    assert "secret" not in repr(ACCESS)


# --- errors ---------------------------------------------------------------------------------------


def of_server(code: str, message: str = "why") -> exceptions.Neo4jError:
    return exceptions.Neo4jError._hydrate_neo4j(code=code, message=message)


@pytest.mark.parametrize(
    ("error", "expected", "code"),
    [
        (of_server("Neo.ClientError.Security.Unauthorized"), StoreAccessRefused, None),
        (of_server("Neo.ClientError.Security.Forbidden"), StoreAccessRefused, None),
        (of_server("Neo.ClientError.Cluster.NotALeader"), StoreReadOnly, None),
        (of_server("Neo.ClientError.General.ForbiddenOnReadOnlyDatabase"), StoreReadOnly, None),
        (exceptions.WriteServiceUnavailable("no leader"), StoreReadOnly, None),
        (
            of_server("Neo.ClientError.Database.DatabaseNotFound"),
            StoreUnavailable,
            "DATABASE_NOT_FOUND",
        ),
        (of_server("Neo.TransientError.Database.DatabaseUnavailable"), StoreUnavailable, None),
        (of_server("Neo.ClientError.Schema.ConstraintValidationFailed"), StoreCorrupt, None),
        (
            of_server("Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration"),
            StoreTimeout,
            None,
        ),
        (exceptions.ServiceUnavailable("gone"), StoreUnavailable, None),
        (exceptions.SessionExpired("gone"), StoreUnavailable, None),
        (of_server("Neo.DatabaseError.General.UnknownError"), StoreError, None),
    ],
)
def test_each_error_of_the_driver_has_one_of_ours(
    error: Exception, expected: type[GongkaiError], code: str | None
) -> None:
    ours = as_ours(error, ACCESS)
    assert type(ours) is expected
    assert ours.code == (code or expected.code)
    assert "secret" not in ours.message


@pytest.mark.parametrize("version", ["4.4.12", "5.22.0", "5.9.0"])
def test_a_server_that_is_too_old_is_refused_with_the_version_it_takes(version: str) -> None:
    with pytest.raises(StoreVersionMismatch, match=r"5\.23 or newer") as refused:
        check_version(ACCESS, version)
    assert refused.value.code == "SERVER_TOO_OLD"


@pytest.mark.parametrize("version", ["5.23.0", "5.26.30", "2026.08.1", "5.24-aura"])
def test_newer_servers_are_taken(version: str) -> None:
    check_version(ACCESS, version)


async def test_a_server_that_is_away_is_waited_for_and_then_named(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"bolt://127.0.0.1:{free.getsockname()[1]}"
    monkeypatch.setenv("NEO4J_WAIT_SECONDS", "2")
    monkeypatch.setenv("NEO4J_PASSWORD", "secret")
    with caplog.at_level(logging.WARNING), pytest.raises(StoreUnavailable, match=address):
        await open_store(address)
    assert any("Trying again" in record.getMessage() for record in caplog.records)
    assert "secret" not in caplog.text


# --- a real server --------------------------------------------------------------------------------


@pytest.fixture
def server(neo4j: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    for name, value in neo4j.environment.items():
        monkeypatch.setenv(name, value)
    neo4j.empty()
    return neo4j


@pytest.fixture
async def store(server: Server) -> AsyncIterator[GraphStore]:
    async with await open_store(server.address, create=True) as opened:
        yield opened


@pytest.mark.neo4j
async def test_a_wrong_password_is_refused_at_once(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "not this one")
    with pytest.raises(StoreAccessRefused, match="NEO4J_PASSWORD") as refused:
        await open_store(server.address)
    assert "not this one" not in str(refused.value)


@pytest.mark.neo4j
async def test_a_database_that_is_not_there_is_named(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_DATABASE", "elsewhere")
    with pytest.raises(StoreUnavailable, match="elsewhere") as refused:
        await open_store(server.address)
    assert refused.value.code == "DATABASE_NOT_FOUND"


@pytest.mark.neo4j
async def test_an_empty_database_is_no_store_until_something_is_loaded(server: Server) -> None:
    with pytest.raises(NotFound, match="gongkai load") as refused:
        await open_store(server.address)
    assert refused.value.code == "NO_STORE"


@pytest.mark.neo4j
async def test_somebody_elses_database_is_left_as_it_is(server: Server) -> None:
    server.clear()
    server.run("CREATE (:Agency {id: 'agency:1', theirs: true}), (:Agency {id: 'agency:1'})")
    for create in (True, False):
        with pytest.raises(StoreCorrupt, match="NEO4J_DATABASE"):
            await open_store(server.address, create=create)
    ((count,),) = server.run("MATCH (n) RETURN count(n)")
    assert count == 2
    assert server.run("SHOW CONSTRAINTS YIELD name") == []


@pytest.mark.neo4j
@pytest.mark.usefixtures("store")
async def test_what_breaks_a_constraint_is_reported_and_kept(server: Server) -> None:
    server.run("DROP CONSTRAINT gongkai_agency_id")
    server.run("CREATE (:Agency {id: 'agency:1'}), (:Agency {id: 'agency:1'})")
    with pytest.raises(StoreCorrupt, match="constraint"):
        await open_store(server.address, create=True)
    ((count,),) = server.run("MATCH (n:Agency) RETURN count(n)")
    assert count == 2
    server.clear()


@pytest.mark.neo4j
@pytest.mark.parametrize(("version", "advice"), [(0, "gongkai load|empty"), (999, "pip install")])
@pytest.mark.usefixtures("store")
async def test_another_version_of_the_schema_is_refused(
    server: Server, version: int, advice: str
) -> None:
    server.run("MATCH (s:GongkaiStore) SET s.schema_version = $version", version=version)
    with pytest.raises(StoreVersionMismatch, match=advice):
        await open_store(server.address)


SLOW = Statement("UNWIND range(1, 2000000000) AS i RETURN sum(i * i % 7) AS answer", {})
RUNNING = "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery STARTS WITH 'UNWIND range(1, 2'"


@pytest.mark.neo4j
async def test_the_server_itself_ends_what_takes_too_long(
    server: Server, store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongkai.graph.neo4j.store.compile_root", lambda _: SLOW)
    with pytest.raises(StoreTimeout):
        await store.answer(COUNT, timeout_seconds=0.5)
    assert server.run(RUNNING) == []


@pytest.mark.neo4j
async def test_what_nobody_waits_for_is_ended_on_the_server(
    server: Server, store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongkai.graph.neo4j.store.compile_root", lambda _: SLOW)
    asked = asyncio.create_task(store.answer(COUNT, timeout_seconds=300))
    while not await asyncio.to_thread(server.run, RUNNING):
        await asyncio.sleep(0.05)
    asked.cancel()
    until = time.monotonic() + 30
    while await asyncio.to_thread(server.run, RUNNING):
        assert time.monotonic() < until, "the query goes on though nobody waits for it"
        await asyncio.sleep(0.05)


@pytest.mark.neo4j
async def test_a_server_that_goes_and_comes_back_is_used_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    try:
        server = started(tmp_path / "neo4j")
        with server as own:
            await _goes_and_comes(own, monkeypatch)
    except ServerMissing as missing:
        pytest.skip(str(missing))


async def _goes_and_comes(own: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in own.environment.items():
        monkeypatch.setenv(name, value)
    asked = {"query": "{ stats { reports } }"}
    async with (
        await open_store(own.address, create=True) as store,
        AsyncClient(
            transport=ASGITransport(app=create_app(store, Settings())), base_url="http://gongkai"
        ) as client,
    ):
        assert (await client.post("/graphql", json=asked)).json()["data"] is not None
        own.stop()
        refused, ready = await client.post("/graphql", json=asked), await client.get("/ready")
        assert (refused.status_code, ready.status_code) == (503, 503)
        (error,) = refused.json()["errors"]
        assert error["extensions"]["code"] == ready.json()["code"] == "STORE_UNAVAILABLE"
        assert (await client.get("/health")).status_code == 200

        own.start()
        assert (await client.get("/ready")).status_code == 200
        answered = await client.post("/graphql", json=asked)
        assert (answered.status_code, answered.json()["data"]) == (200, {"stats": {"reports": 0}})
