"""`gongkai serve` from outside: its addresses, its workers, its settings, how it ends."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from gongkai.loaders.load import SAMPLES
from tests.api.servers import free_port, serving

QUERY = {"query": "{ stats { reports } }"}
ANSWER = {"data": {"stats": {"reports": 3}}}


def refused(*options: str, **settings: str) -> str:
    """Standard error of a `serve` that must end by itself with status 1 and one line."""
    done = subprocess.run(
        [sys.executable, "-m", "gongkai.api.cli", "serve", *options],
        env=os.environ | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    [line] = done.stderr.splitlines()
    return line


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_addresses_and_a_query_to_try_are_printed_and_a_signal_ends_it_well(
    loaded: Path, ending: signal.Signals
) -> None:
    with serving(loaded) as server:
        server.process.send_signal(ending)
        printed, said = server.process.communicate(timeout=30)

        assert server.process.returncode in (0, -ending)
        assert printed == ""
        assert f"{server.address}/graphql" in said
        assert re.search(r"Try .*\{ observations", said)


def test_several_workers_answer_and_end_together(loaded: Path) -> None:
    with serving(loaded, "--workers", "2") as server:
        answers = [
            httpx.post(f"{server.address}/graphql", json=QUERY, timeout=30).json()
            for _ in range(20)
        ]
        server.process.terminate()
        assert server.process.wait(timeout=30) == 0

    assert answers == [ANSWER] * 20
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{server.address}/health")


def test_a_report_loaded_meanwhile_is_answered_from_without_a_restart(
    loaded: Path, tmp_path: Path
) -> None:
    path = tmp_path / "served.db"
    path.write_bytes(loaded.read_bytes())
    command = [sys.executable, "-m", "gongkai.api.cli", "load", "--store", str(path)]
    with serving(path) as server:
        before = httpx.post(f"{server.address}/graphql", json=QUERY).json()
        subprocess.run([*command, str(SAMPLES / "huaian-district-2022.md")], check=True)
        after = httpx.post(f"{server.address}/graphql", json=QUERY).json()

    assert (before, after) == (ANSWER, {"data": {"stats": {"reports": 4}}})


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_setting_that_cannot_be_is_refused_before_anything_listens(
    loaded: Path, workers: str
) -> None:
    said = refused("--store", str(loaded), "--workers", workers, GONGKAI_MAX_DEPTH="deep")

    assert "GONGKAI_MAX_DEPTH" in said


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_port_in_use_is_refused_with_what_to_change(loaded: Path, workers: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refused("--store", str(loaded), "--port", str(port), "--workers", workers)

    assert f"127.0.0.1:{port}" in said
    assert "--port" in said


def test_a_store_that_does_not_exist_is_refused_with_the_command_that_makes_it(
    tmp_path: Path,
) -> None:
    said = refused("--store", str(tmp_path / "none.db"), "--port", str(free_port()))

    assert "gongkai load" in said


# --- pages of other origins -------------------------------------------------------------------

ALLOWED, OTHER = "https://analysis.example", "https://elsewhere.example"
PREFLIGHT = {
    "access-control-request-method": "POST",
    "access-control-request-headers": "content-type",
}


def test_pages_of_origins_in_the_setting_may_ask_and_no_others(loaded: Path) -> None:
    with serving(loaded, GONGKAI_CORS_ORIGINS=f"https://first.example, {ALLOWED}") as server:
        url = f"{server.address}/graphql"
        preflight = httpx.options(url, headers=PREFLIGHT | {"origin": ALLOWED})
        refused_preflight = httpx.options(url, headers=PREFLIGHT | {"origin": OTHER})
        answer = httpx.post(url, json=QUERY, headers={"origin": ALLOWED})
        error = httpx.post(url, content="{", headers={"origin": ALLOWED})
        unreadable = httpx.post(url, json=QUERY, headers={"origin": OTHER})

    allows = "access-control-allow-origin"
    assert preflight.status_code == 200
    assert preflight.headers[allows] == ALLOWED
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert "content-type" in preflight.headers["access-control-allow-headers"].lower()
    assert refused_preflight.status_code == 400
    assert allows not in refused_preflight.headers
    assert (answer.json(), answer.headers[allows]) == (ANSWER, ALLOWED)
    assert (error.status_code, error.headers[allows]) == (415, ALLOWED)
    assert allows not in unreadable.headers
    assert {"origin"} <= {word.strip().lower() for word in answer.headers["vary"].split(",")}


def test_any_origin_may_ask_where_the_setting_is_a_star(loaded: Path) -> None:
    with serving(loaded, GONGKAI_CORS_ORIGINS="*") as server:
        answer = httpx.post(f"{server.address}/graphql", json=QUERY, headers={"origin": OTHER})

    assert answer.headers["access-control-allow-origin"] == "*"


def test_without_the_setting_no_other_origin_may_ask(loaded: Path) -> None:
    with serving(loaded) as server:
        url = f"{server.address}/graphql"
        preflight = httpx.options(url, headers=PREFLIGHT | {"origin": OTHER})
        answer = httpx.post(url, json=QUERY, headers={"origin": OTHER})

    assert preflight.status_code == 405
    assert "access-control-allow-origin" not in {**answer.headers, **preflight.headers}
