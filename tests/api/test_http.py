"""GraphQL over HTTP, as its specification says."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient

from gongkai.api.app import create_app, from_environment
from gongkai.api.http import GRAPHQL_JSON, PLAIN_JSON, HttpRefused, accepted
from gongkai.api.settings import Settings
from gongkai.graph.errors import StoreError
from gongkai.graph.store import GraphStore

QUERY = "{ stats { reports } }"
ANSWER = {"data": {"stats": {"reports": 3}}}
UTF8 = "; charset=utf-8"


def code(response: Any) -> str:
    [error] = response.json()["errors"]
    assert error["message"]
    assert "data" not in response.json()
    return str(error["extensions"]["code"])


# --- methods ----------------------------------------------------------------------------------


async def test_post_with_json(client: AsyncClient) -> None:
    response = await client.post("/graphql", json={"query": QUERY, "unknown": 1, "variables": None})

    assert response.status_code == 200
    assert response.headers["content-type"] == PLAIN_JSON + UTF8
    assert response.json() == ANSWER


async def test_get_for_queries(client: AsyncClient) -> None:
    response = await client.get(
        "/graphql",
        params={
            "query": "query A($id: ID!) { node(id: $id) { id } } query B { __typename }",
            "variables": '{"id": "year:0"}',
            "operationName": "A",
        },
    )

    assert response.json() == {"data": {"node": None}}


async def test_text_is_not_escaped(client: AsyncClient) -> None:
    response = await client.post(
        "/graphql", json={"query": "{ reports(first: 1) { nodes { title } } }"}
    )

    assert "政府信息公开".encode() in response.content


@pytest.mark.parametrize("query", ["mutation { a }", "subscription A { a } query B { __typename }"])
async def test_get_runs_nothing_but_queries(client: AsyncClient, query: str) -> None:
    response = await client.get("/graphql", params={"query": query})

    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert code(response) == "METHOD_NOT_ALLOWED"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_other_methods_are_not_allowed(client: AsyncClient, method: str) -> None:
    response = await client.request(method, "/graphql")

    assert response.status_code == 405
    assert response.headers["allow"] == "GET, POST"
    assert code(response) == "METHOD_NOT_ALLOWED"


# --- media types ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", PLAIN_JSON),
        ("*/*", PLAIN_JSON),
        ("application/*", PLAIN_JSON),
        (PLAIN_JSON, PLAIN_JSON),
        (GRAPHQL_JSON, GRAPHQL_JSON),
        (f"{PLAIN_JSON}, {GRAPHQL_JSON}", GRAPHQL_JSON),
        (f"{GRAPHQL_JSON};charset=utf-8, {PLAIN_JSON};q=0.9", GRAPHQL_JSON),
        (f"{GRAPHQL_JSON};q=0.5, {PLAIN_JSON}", PLAIN_JSON),
        (f"text/html, {GRAPHQL_JSON};q=0.1", GRAPHQL_JSON),
        (f"{PLAIN_JSON};q=0, */*", GRAPHQL_JSON),
        ("text/html, */*;q=0.1", PLAIN_JSON),
    ],
)
def test_the_answer_has_the_type_the_client_likes_best(accept: str, media: str) -> None:
    assert accepted(accept) == media


@pytest.mark.parametrize("accept", ["text/html", f"{PLAIN_JSON};q=0", "image/*"])
def test_a_client_that_takes_no_json_gets_none(accept: str) -> None:
    with pytest.raises(HttpRefused) as refused:
        accepted(accept)

    assert refused.value.status == 406


@pytest.mark.parametrize(
    "content_type",
    ["", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=gbk"],
)
async def test_a_body_that_is_not_json_is_not_read(client: AsyncClient, content_type: str) -> None:
    headers = {"content-type": content_type} if content_type else {}
    response = await client.post("/graphql", content=json.dumps({"query": QUERY}), headers=headers)

    assert response.status_code == 415
    assert code(response) == "UNSUPPORTED_MEDIA_TYPE"


# --- status codes -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"{", "BAD_REQUEST"),
        (b"\xff", "BAD_REQUEST"),
        (b"[" * 100_000, "BAD_REQUEST"),
        (b'"text"', "BAD_REQUEST"),
        (b"{}", "BAD_REQUEST"),
        (b'{"query": 1}', "BAD_REQUEST"),
        (b'{"query": "{ __typename }", "variables": []}', "BAD_REQUEST"),
        (b'{"query": "{ __typename }", "operationName": 1}', "BAD_REQUEST"),
        (b'{"query": "{ __typename }", "extensions": 1}', "BAD_REQUEST"),
        (b'[{"query": "{ __typename }"}]', "BATCH_REFUSED"),
    ],
)
@pytest.mark.parametrize("accept", [PLAIN_JSON, GRAPHQL_JSON])
async def test_a_malformed_request_is_400_in_any_type(
    client: AsyncClient, accept: str, body: bytes, expected: str
) -> None:
    headers = {"content-type": PLAIN_JSON, "accept": accept}
    response = await client.post("/graphql", content=body, headers=headers)

    assert response.status_code == 400
    assert response.headers["content-type"] == accept + UTF8
    assert code(response) == expected


@pytest.mark.parametrize(("accept", "status"), [(PLAIN_JSON, 200), (GRAPHQL_JSON, 400)])
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("query A { a: __typename } query B { b: __typename }", "OPERATION_RESOLUTION_FAILURE"),
        ("query ($id: ID!) { node(id: $id) { id } }", "BAD_USER_INPUT"),
        ("{ years(first: 9999) { totalCount } }", "PAGE_TOO_LARGE"),
    ],
)
async def test_a_request_that_did_not_run_is_400_in_the_newer_type_only(
    client: AsyncClient, accept: str, status: int, query: str, expected: str
) -> None:
    response = await client.post("/graphql", json={"query": query}, headers={"accept": accept})

    assert response.status_code == status
    assert response.headers["content-type"] == accept + UTF8
    assert code(response) == expected


async def test_an_operation_that_ran_is_200_whatever_came_of_it(client: AsyncClient) -> None:
    query = '{ years(after: "nonsense") { nodes { id } } }'
    response = await client.post(
        "/graphql", json={"query": query}, headers={"accept": GRAPHQL_JSON}
    )

    assert response.status_code == 200
    assert response.json()["data"] is None


async def test_a_body_over_its_limit_is_refused_unread(client: AsyncClient) -> None:
    body = json.dumps({"query": QUERY, "variables": {"x": "x" * 1_000_000}})

    async def chunks() -> Any:
        for _ in range(100):
            yield b" " * 100_000

    headers = {"content-type": PLAIN_JSON}
    stated = await client.post("/graphql", content=body, headers=headers)
    streamed = await client.post("/graphql", content=chunks(), headers=headers)

    for response in (stated, streamed):
        assert response.status_code == 413
        assert code(response) == "BODY_TOO_LARGE"


# --- the application --------------------------------------------------------------------------


async def test_health_and_readiness(
    client: AsyncClient, store: GraphStore, monkeypatch: Any
) -> None:
    assert (await client.get("/health")).json() == {"status": "ok"}
    assert (await client.get("/ready")).json() == {"status": "ready"}

    async def broken() -> None:
        raise StoreError("/srv/private/gongkai.db: gone")

    monkeypatch.setattr(store, "ready", broken)
    response = await client.get("/ready")

    assert response.status_code == 503
    assert response.json() == {"status": "not ready", "code": "STORE_ERROR"}
    assert (await client.get("/health")).status_code == 200


@pytest.mark.parametrize(
    ("origins", "allowed"), [((), None), (("https://a.example",), "https://a.example")]
)
async def test_other_origins_may_ask_where_the_setting_says_so(
    store: GraphStore, origins: tuple[str, ...], allowed: str | None
) -> None:
    app = create_app(store, Settings(cors_origins=origins))
    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://gongkai") as client:
        response = await client.options(
            "/graphql",
            headers={
                "origin": "https://a.example",
                "access-control-request-method": "POST",
                "access-control-request-headers": "content-type",
            },
        )

    assert response.headers.get("access-control-allow-origin") == allowed


async def test_a_server_process_opens_and_closes_the_store_itself(
    loaded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_STORE", str(loaded))
    app = from_environment()
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app=app), base_url="http://gongkai") as client,
    ):
        response = await client.post("/graphql", json={"query": QUERY})

    assert response.json() == ANSWER


async def test_the_work_ends_when_the_client_leaves(
    store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_up = asyncio.Event()

    async def endless(*_: Any, **__: Any) -> bytes:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            given_up.set()
            raise
        return b"null"

    monkeypatch.setattr(store, "answer", endless)
    body = json.dumps({"query": QUERY}).encode()
    messages = [
        {"type": "http.request", "body": body, "more_body": False},
        {"type": "http.disconnect"},
    ]
    sent: list[Any] = []

    async def receive() -> Any:
        await asyncio.sleep(0.05)
        return messages.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/graphql",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json")],
    }
    await asyncio.wait_for(create_app(store, Settings())(scope, receive, send), 5)

    assert given_up.is_set()
    assert sent == []
