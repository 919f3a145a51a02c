"""`empty_neo4j`: a real server for the module, its address and credentials in the environment."""

from collections.abc import Iterator

import pytest

from tests.servers.neo4j import Server


@pytest.fixture(scope="module")
def empty_neo4j(neo4j: Server) -> Iterator[Server]:
    """The server with nothing in its database. `clear()` empties it again."""
    neo4j.clear()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in neo4j.environment.items():
            patch.setenv(name, value)
        yield neo4j
    neo4j.clear()
