"""Comparisons of the sample reports, asked of both stores in GraphQL: the bytes must be equal."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from gongkai.api.client import queries
from gongkai.api.execute import Executor
from gongkai.api.settings import Settings
from gongkai.graph.store import GraphStore, open_store
from gongkai.loaders.load import SAMPLES, load_reports
from tests.servers.neo4j import Server

pytestmark = [pytest.mark.neo4j, pytest.mark.asyncio(loop_scope="module")]

SETTINGS = Settings(timeout_seconds=60)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def both(
    empty_neo4j: Server, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[GraphStore, GraphStore]]:
    """The sample reports in both stores."""
    path: Path = tmp_path_factory.mktemp("both") / "embedded.db"
    files = sorted(path for path in SAMPLES.iterdir() if path.suffix in {".md", ".html", ".txt"})
    async with (
        await open_store(str(path), create=True) as embedded,
        await open_store(empty_neo4j.address, create=True) as neo4j,
    ):
        for store in (embedded, neo4j):
            async for outcome in load_reports(files, store):
                assert outcome.refused is None
        yield embedded, neo4j


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        (queries.SERIES, {"metrics": ["requests-received", "items-disclosed", "meetings"]}),
        (
            queries.SERIES,
            {
                "metrics": ["requests-received", "results-granted"],
                "where": {"level": {"eq": "PREFECTURE"}},
                "by": "applicant",
                "from": 2020,
                "to": 2024,
            },
        ),
        (
            queries.COMPARE_YEARS,
            {"agency": "agency:fb6a26435433e0ea", "from": 2023, "to": 2024},
        ),
        (queries.RANK, {"metric": "requests-received", "year": 2024}),
        (queries.RANK, {"metric": "results-granted", "year": 2024, "of": "requests-received"}),
        (queries.AGGREGATE, {"metric": "requests-received", "by": "applicant"}),
    ],
    ids=["series", "parts", "two years", "rank", "ratio", "aggregate"],
)
async def test_a_comparison_is_the_same_from_both_stores(
    both: tuple[GraphStore, GraphStore], query: str, variables: dict[str, object]
) -> None:
    embedded, neo4j = [
        (await Executor(store, SETTINGS).execute(query, variables)).body() for store in both
    ]

    assert b'"errors"' not in embedded
    assert neo4j == embedded
