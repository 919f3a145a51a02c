"""The Python client: the same answers from a store and from a server."""

import asyncio
import inspect
from pathlib import Path
from typing import Any

import pytest

from gongkai import Client
from gongkai.api.client import AsyncClient
from gongkai.api.client.answers import Series
from gongkai.graph.errors import (
    Ambiguous,
    AnswerRefused,
    NotFound,
    ServerUnreachable,
    UsageError,
)
from gongkai.loaders.load import SAMPLES

SUQIAN = "宿迁市人民政府"


def test_a_store_and_a_server_give_the_same_answers(reports: Path, server: str) -> None:
    with Client(reports) as here, Client(server) as there:
        asked = ("requests-received", SUQIAN)
        assert here.series(*asked) == there.series(*asked)
        assert here.compare_years(SUQIAN, 2023, 2024) == there.compare_years(SUQIAN, 2023, 2024)
        assert here.rank("requests-received", 2024) == there.rank("requests-received", 2024)
        assert here.agencies("宿") == there.agencies("宿")


def test_a_series_is_typed_and_traceable(reports: Path) -> None:
    with Client(reports) as client:
        [row] = client.series("requests-received", SUQIAN, years=range(2022, 2025)).rows

    assert (row.agency.name, row.metric.key) == (SUQIAN, "requests-received")
    assert [(point.year, point.value, point.missing) for point in row.points] == [
        (2022, None, "NO_REPORT"),
        (2023, 3511, None),
        (2024, 3525, None),
    ]
    stated = row.points[2].observation
    assert stated is not None
    assert (stated.quote, stated.report.year) == ("3525", 2024)
    assert stated.cell is not None


@pytest.mark.parametrize(
    "metric",
    ["requests-received", "metric:2fd05e64cb2d06e0", "收到政府信息公开申请数", "收到政府信息"],
)
@pytest.mark.parametrize("agency", [SUQIAN, "宿迁市", "agency:fb6a26435433e0ea"])
def test_bodies_and_metrics_go_by_id_or_name(reports: Path, metric: str, agency: str) -> None:
    with Client(reports) as client:
        [row] = client.series(metric, [agency], years=2024).rows

    assert [point.value for point in row.points] == [3525]


def test_a_name_that_several_have_is_refused_with_the_list(reports: Path) -> None:
    with Client(reports) as client:
        with pytest.raises(Ambiguous) as several:
            client.agency("市人民政府")
        with pytest.raises(Ambiguous, match="items-disclosed"):
            client.metric("公开政府信息数")
        with pytest.raises(NotFound, match="没有的机关"):
            client.agency("没有的机关")
        with pytest.raises(NotFound, match="没有的指标"):
            client.series("没有的指标")

    assert "重庆市人民政府" in several.value.message
    assert SUQIAN in several.value.message
    assert "agency:" in several.value.message


def test_any_graphql_can_be_sent(reports: Path) -> None:
    with Client(reports) as client:
        query = "query($first: Int) { reports(first: $first) { totalCount } }"
        assert client.execute(query, {"first": 1}) == {"reports": {"totalCount": 3}}
        with pytest.raises(AnswerRefused, match="nope") as refused:
            client.execute("{ nope }")

    assert refused.value.code == "GRAPHQL_VALIDATION_FAILED"
    assert refused.value.errors[0]["locations"]


def test_observations_are_gathered_from_all_pages(reports: Path) -> None:
    with Client(reports) as client:
        everything = client.observations().items
        wide = client.observations({"scope": {"eq": "JURISDICTION"}, "value": {"gt": 1e6}}).items
        few = client.observations(limit=7).items

    assert len(everything) > 400
    assert len({item.id for item in everything}) == len(everything)
    assert wide
    assert all(item.value is not None and item.value > 1e6 for item in wide)
    assert few == everything[:7]


def test_aggregates_and_ranks_are_typed(reports: Path) -> None:
    with Client(reports) as client:
        [row] = client.aggregate("requests-received", years=(2024, 2024)).rows
        ranked = client.rank("results-granted", 2024, of="requests-received")

    assert (row.sum, row.count, row.left_out) == (3525, 1, [])
    assert [item.agency.name for item in ranked.items] == [SUQIAN]
    assert ranked.items[0].of_observation is not None


def test_a_server_that_is_away_is_named(server: str) -> None:
    with (
        Client("http://127.0.0.1:9") as client,
        pytest.raises(ServerUnreachable, match=":9/graphql"),
    ):
        client.agencies()
    with Client(f"{server}/health/x") as client, pytest.raises(ServerUnreachable, match="404"):
        client.agencies()


def test_a_store_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"none\.db"), Client(tmp_path / "none.db"):
        pass


def test_reports_are_loaded_with_progress(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    (tmp_path / "no report.txt").write_text("你好", encoding="utf-8")
    with Client(tmp_path / "x.db", create=True) as client:
        done = client.load(
            [SAMPLES / "suqian-2024.html", tmp_path / "no report.txt"],
            progress=lambda number, of: seen.append((number, of)),
        )
        assert client.execute("{ stats { reports } }") == {"stats": {"reports": 1}}

    assert (len(done.loaded), len(done.refused)) == (1, 1)
    assert seen == [(1, 2), (2, 2)]


def test_a_server_takes_no_reports(server: str) -> None:
    with Client(server) as client, pytest.raises(UsageError, match="no reports"):
        client.load([SAMPLES])


def test_no_years_are_refused(reports: Path) -> None:
    with Client(reports) as client, pytest.raises(UsageError, match="empty range"):
        client.series("requests-received", years=range(0))


async def test_the_client_that_waits_works_inside_a_running_loop(reports: Path) -> None:
    """As in a notebook."""
    with Client(reports) as client:
        assert client.agency(SUQIAN).name == SUQIAN


async def test_async_code_asks_many_things_at_once(reports: Path) -> None:
    async with AsyncClient(reports) as client:
        first, second = await asyncio.gather(
            client.series("requests-received", SUQIAN), client.compare_years(SUQIAN, 2023, 2024)
        )

    assert isinstance(first, Series)
    assert second.agency.name == SUQIAN


def test_both_clients_have_the_same_methods() -> None:
    def methods(of: Any) -> dict[str, list[str]]:
        return {
            name: list(inspect.signature(method).parameters)
            for name, method in inspect.getmembers(of, inspect.isfunction)
            if not name.startswith("_")
        }

    assert methods(Client) == methods(AsyncClient)
