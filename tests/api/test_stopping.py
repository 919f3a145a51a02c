"""Work that nobody waits for ends, in SQLite too: past its time, or when the client has left.

A store has a handful of threads that read. Were they still at work for those who left, the last
question of these tests would wait for minutes.
"""

import asyncio
import json
import socket
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from gongkai.api.execute import Executor
from gongkai.api.settings import Settings
from gongkai.graph.store import GraphStore
from tests.api.servers import serving

QUICK = "{ stats { reports } }"
MORE_THAN_READERS = 12


def slow_query() -> str:
    """Within every limit, and many seconds of work: for each figure, all of its report are asked."""
    alternatives = " ".join(
        f'{{ dimensions: {{ name: "applicant", value: {{ eq: "nobody {n}" }} }} }}'
        for n in range(130)
    )
    searched = f"observations(where: {{ or: [{alternatives}] }}) {{ totalCount }}"
    return f"{{ observations(first: 1000) {{ nodes {{ report {{ {searched} }} }} }} }}"


async def answers_soon(executor: Executor) -> bool:
    response = await asyncio.wait_for(executor.execute(QUICK), timeout=20)
    return bool(json.loads(response.body()) == {"data": {"stats": {"reports": 3}}})


async def test_an_operation_past_its_time_is_an_error_and_its_statement_ends(
    store: GraphStore,
) -> None:
    executor = Executor(store, Settings(timeout_seconds=0.2))

    responses = await asyncio.gather(
        *(executor.execute(slow_query()) for _ in range(MORE_THAN_READERS))
    )

    for response in responses:
        [error] = json.loads(response.body())["errors"]
        assert error["extensions"]["code"] == "TIMEOUT"
        assert "0.2 seconds" in error["message"]
    assert await answers_soon(Executor(store, Settings()))


async def test_a_statement_ends_when_its_caller_is_cancelled(store: GraphStore) -> None:
    executor = Executor(store, Settings(timeout_seconds=600))
    asked = [
        asyncio.ensure_future(executor.execute(slow_query())) for _ in range(MORE_THAN_READERS)
    ]
    await asyncio.sleep(0.3)
    for one in asked:
        one.cancel()

    assert await answers_soon(executor)


def by_post(query: str) -> bytes:
    body = json.dumps({"query": query}).encode()
    head = (
        "POST /graphql HTTP/1.1\r\nHost: gongkai\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def by_get(query: str) -> bytes:
    asked = httpx.URL("http://gongkai/graphql", params={"query": query}).raw_path
    return b"GET " + asked + b" HTTP/1.1\r\nHost: gongkai\r\n\r\n"


@pytest.mark.parametrize("request_of", [by_post, by_get])
def test_a_client_that_hangs_up_leaves_no_work_behind(
    loaded: Path, request_of: Callable[[str], bytes]
) -> None:
    with serving(loaded, GONGKAI_TIMEOUT_SECONDS="600") as server:
        clients = [
            socket.create_connection(("127.0.0.1", server.port)) for _ in range(MORE_THAN_READERS)
        ]
        for client in clients:
            client.sendall(request_of(slow_query()))
        clients[0].settimeout(0.5)
        with pytest.raises(TimeoutError):
            clients[0].recv(1)
        for client in clients:
            client.close()

        response = httpx.post(f"{server.address}/graphql", json={"query": QUICK}, timeout=20)

    assert response.json() == {"data": {"stats": {"reports": 3}}}
