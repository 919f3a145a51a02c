"""The file for Docker Compose, as far as it can be held without an engine."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from compose_spec.models import ComposeSpecification

from gongkai.api.browser_kit import filled
from gongkai.graph.neo4j.connections import SETTINGS

FILE = Path(__file__).parents[2] / "docker" / "compose.yaml"
COMPOSE: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]


def setting(name: str) -> str:
    """The environment variable that Neo4j's image reads for a setting of `neo4j.conf`."""
    return "NEO4J_" + name.replace("_", "__").replace(".", "_")


def test_it_follows_the_specification() -> None:
    read = ComposeSpecification.model_validate(COMPOSE)
    assert list(read.services or ()) == ["neo4j", "samples", "api"]


def test_neo4j_is_set_up_as_the_kit_says() -> None:
    lines = filled("neo4j.conf", "http://localhost:8000").splitlines()
    wanted = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    given = SERVICES["neo4j"]["environment"]
    assert {name: given[setting(name)] for name in wanted} == wanted


def test_the_api_waits_for_neo4j_and_the_samples() -> None:
    assert {name: it["condition"] for name, it in SERVICES["api"]["depends_on"].items()} == {
        "neo4j": "service_healthy",
        "samples": "service_completed_successfully",
    }


@pytest.mark.parametrize("name", ["api", "samples"])
def test_our_containers_cannot_write_but_to_memory(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "volumes" not in service


def test_passwords_are_in_files_and_nowhere_else() -> None:
    assert all(set(secret) == {"file"} for secret in COMPOSE["secrets"].values())
    ours = SERVICES["api"]["environment"]
    assert "NEO4J_PASSWORD" not in ours
    assert set(ours) - {"GONGKAI_STORE"} <= set(SETTINGS)


def test_nothing_is_published_beyond_this_machine() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_compose_itself_takes_it() -> None:
    asked = (
        subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
        if (shutil.which("docker"))
        else None
    )
    if asked is None or asked.returncode:
        pytest.skip("no Docker Compose here: the specification is held by its library alone")
    done = subprocess.run(
        ["docker", "compose", "--file", FILE, "config", "--quiet"], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
