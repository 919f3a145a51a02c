"""GraphQL over HTTP: media types, status codes, limits, and whether the server is well."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from gongkai.api.app import create_app
from gongkai.api.settings import Settings
from gongkai.graph.store import open_store
from gongkai.loaders.load import SAMPLES, read_report

GRAPHQL_JSON = "application/graphql-response+json"


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with await open_store(str(tmp_path / "served.db"), create=True) as store:
        await store.replace_report(read_report(SAMPLES / "suqian-2023.html"))
        transport = httpx.ASGITransport(create_app(store, Settings()))
        async with httpx.AsyncClient(transport=transport, base_url="http://served") as asking:
            yield asking


async def post(client: httpx.AsyncClient, query: str, **more: Any) -> Any:
    answer = await client.post("/graphql", json={"query": query, **more})
    assert answer.status_code == 200
    return answer.json()


async def code_of(client: httpx.AsyncClient, query: str, **more: Any) -> str:
    answer = await post(client, query, **more)
    (error,) = answer["errors"]
    assert error["message"]
    return str(error["extensions"]["code"])


async def test_a_query_is_answered_with_its_variables(client: httpx.AsyncClient) -> None:
    query = "query Q($year: Int!) { reports(where: {year: {eq: $year}}) { totalCount } }"

    assert await post(client, query, variables={"year": 2023}) == {
        "data": {"reports": {"totalCount": 1}}
    }
    assert await code_of(client, query, variables={"year": "x"}) == "BAD_USER_INPUT"


async def test_get_answers_queries(client: httpx.AsyncClient) -> None:
    answer = await client.get("/graphql", params={"query": "{ stats { reports } }"})

    assert answer.status_code == 200
    assert answer.json() == {"data": {"stats": {"reports": 1}}}


async def test_the_media_type_is_the_one_accepted(client: httpx.AsyncClient) -> None:
    for accepted in ("application/json", GRAPHQL_JSON):
        answer = await client.post(
            "/graphql", json={"query": "{ __typename }"}, headers={"accept": accepted}
        )
        assert answer.headers["content-type"].startswith(accepted)


async def test_a_refused_operation_is_400_in_the_new_media_type_only(
    client: httpx.AsyncClient,
) -> None:
    for accepted, status in (("application/json", 200), (GRAPHQL_JSON, 400)):
        answer = await client.post(
            "/graphql", json={"query": "{ nope }"}, headers={"accept": accepted}
        )
        assert answer.status_code == status
        assert answer.json()["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"method": "POST", "content": b"{}", "headers": {"content-type": "text/plain"}}, 415),
        ({"method": "POST", "content": b"{", "headers": {"content-type": "application/json"}}, 400),
        ({"method": "POST", "json": [{"query": "{ __typename }"}]}, 400),
        ({"method": "POST", "json": {"query": "x" * 1_100_000}}, 413),
        ({"method": "PUT", "json": {"query": "{ __typename }"}}, 405),
        (
            {
                "method": "POST",
                "json": {"query": "{ __typename }"},
                "headers": {"accept": "image/png"},
            },
            406,
        ),
    ],
)
async def test_what_is_no_graphql_request_is_refused_by_status(
    client: httpx.AsyncClient, request_: dict[str, Any], status: int
) -> None:
    answer = await client.request(url="/graphql", **request_)

    assert answer.status_code == status


@pytest.mark.parametrize(
    "query",
    [
        "{" + " ".join(f"a{n}: __typename" for n in range(61)) + "}",
        "{ reports(first: 1001) { totalCount } }",
        "{ reports(first: 1, last: 1) { totalCount } }",
        "{ reports(first: -1) { totalCount } }",
        '{ search(query: "' + "公" * 1_001 + '") { totalCount } }',
        "{ reports(first: 300) { nodes { observations(first: 200) { nodes { id } } } } }",
        " ".join(f"query Q{n} {{ __typename }}" for n in range(21)),
    ],
)
async def test_an_operation_over_a_limit_is_refused_with_what_to_change(
    client: httpx.AsyncClient, query: str
) -> None:
    answer = await post(client, query)

    assert "data" not in answer
    assert answer["errors"][0]["extensions"]["code"]
    assert answer["errors"][0]["message"].endswith(".")


async def test_a_cursor_of_no_list_is_refused(client: httpx.AsyncClient) -> None:
    assert await code_of(client, '{ reports(after: "junk") { nodes { id } } }') == "BAD_CURSOR"


async def test_pages_forward_and_backward_are_the_same_rows(client: httpx.AsyncClient) -> None:
    everything = await post(client, "{ observations(first: 60) { nodes { id } } }")
    wanted = [node["id"] for node in everything["data"]["observations"]["nodes"]]
    seen: list[str] = []
    after: str | None = None
    query = """query P($after: String) { observations(first: 20, after: $after) {
      nodes { id } pageInfo { endCursor hasNextPage } } }"""
    while len(seen) < 60:
        page = (await post(client, query, variables={"after": after}))["data"]["observations"]
        seen += [node["id"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        assert page["pageInfo"]["hasNextPage"]
    back = await post(
        client,
        "query B($before: String) { observations(last: 20, before: $before) { nodes { id } } }",
        variables={"before": after},
    )

    assert seen == wanted
    assert [node["id"] for node in back["data"]["observations"]["nodes"]] == wanted[39:59]


async def test_words_of_two_characters_are_found(client: httpx.AsyncClient) -> None:
    found = await post(
        client, '{ search(query: "公报", types: [SECTION]) { totalCount nodes { field snippet } } }'
    )

    assert found["data"]["search"]["totalCount"] > 0
    assert all("公报" in node["snippet"] for node in found["data"]["search"]["nodes"])


async def test_an_unknown_id_is_null(client: httpx.AsyncClient) -> None:
    found = await post(client, '{ nodes(ids: ["report:0000000000000000", "x"]) { id } }')

    assert found["data"]["nodes"] == [None, None]


async def test_health_readiness_and_the_ide_answer(client: httpx.AsyncClient) -> None:
    for path in ("/health", "/ready", "/"):
        assert (await client.get(path)).status_code == 200
    page = (await client.get("/")).text
    assert "http://" not in page
    assert "https://" not in page


async def test_everything_in_the_schema_has_a_description(client: httpx.AsyncClient) -> None:
    query = """{ __schema { types { name description
      fields { name description args { name description } }
      inputFields { name description } enumValues { name description } } } }"""
    schema = (await post(client, query))["data"]["__schema"]
    missing = []
    for kind in schema["types"]:
        if kind["name"].startswith("__"):
            continue
        parts = [kind]
        for group in ("fields", "inputFields", "enumValues"):
            for member in kind[group] or []:
                parts += [member, *member.get("args", [])]
        missing += [f"{kind['name']}.{part['name']}" for part in parts if not part["description"]]

    assert missing == []
