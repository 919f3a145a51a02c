"""Fixtures and where to find things.

Reach for `tests.factories` to build small extracts inline; for the sample reports that ship with
Gongkai use `gongkai.loaders.load.SAMPLES`; for the real reports use `REAL_REPORTS` with the
`real_reports` marker below: they stand beside the project, and only where they are absent may
their tests be skipped. Tests marked `neo4j` take `neo4j`, a real server. Prefer a real embedded store in `tmp_path` to anything mocked.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.neo4j import Server, ServerMissing, neo4j_server

REAL_REPORTS = Path(__file__).parents[2] / "shared" / "reports"

real_reports = pytest.mark.skipif(
    not REAL_REPORTS.is_dir(), reason="the real reports are not beside the project"
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What shares the server runs in one process (`pytest -n 2 --dist loadgroup`)."""
    for item in items:
        if item.get_closest_marker("neo4j"):
            item.add_marker(pytest.mark.xdist_group("neo4j"))


@pytest.fixture(scope="session")
def neo4j(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that tests may fill and empty; skipped where none can be had, but never in CI."""
    try:
        with neo4j_server(tmp_path_factory.mktemp("neo4j")) as server:
            yield server
    except ServerMissing as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(missing))
