"""The questions of the README, asked of the real reports in one operation each."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from gongkai.api.execute import Executor
from gongkai.api.settings import Settings
from gongkai.graph.store import GraphStore, open_store
from gongkai.loaders.load import load_reports
from tests.conftest import REAL_REPORTS, real_reports

ROOT = Path(__file__).parents[2]
EXAMPLES = {path.stem[0]: path for path in (ROOT / "api" / "examples").glob("*.graphql")}

pytestmark = real_reports


def test_the_readme_shows_the_examples_as_they_are() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    shown = re.findall(r"```graphql\n(.*?)```", readme, re.S)

    assert shown == [path.read_text(encoding="utf-8") for _, path in sorted(EXAMPLES.items())]


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[GraphStore]:
    async with await open_store(str(tmp_path / "real.db"), create=True) as opened:
        async for outcome in load_reports(sorted(REAL_REPORTS.iterdir()), opened):
            assert outcome.refused is None
        yield opened


async def ask(store: GraphStore, number: int) -> Any:
    query = EXAMPLES[str(number)].read_text(encoding="utf-8")
    response = await Executor(store, Settings()).execute(query)
    answer = json.loads(response.body())
    assert "errors" not in answer
    return answer["data"]


async def test_who_published_what_in_2016_through_which_channels(store: GraphStore) -> None:
    found = await ask(store, 1)

    published = {
        (agency["name"], edge["node"]["name"]): edge
        for agency in found["agencies"]["nodes"]
        for edge in agency["published"]["edges"]
    }
    edge = published["重庆市教育委员会", "教育"]
    assert [channel["type"] for channel in edge["channels"]] == ["website"]
    assert "4623" in edge["evidence"][0]["quote"]
    assert ("重庆市财政局", "财政预决算") in published
    assert ("重庆市公安局", "公安户政") in published
    assert ("重庆市人民政府", "权力清单") in published
    warnings = published["重庆市人民政府", "预警预报"]
    assert {channel["type"] for channel in warnings["channels"]} >= {"website", "weibo", "wechat"}


async def test_every_policy_that_chongqing_cites_and_what_implements_what(
    store: GraphStore,
) -> None:
    found = await ask(store, 2)

    (report,) = found["reports"]["nodes"]
    cited = {edge["node"]["title"]: edge["node"] for edge in report["cites"]["edges"]}
    assert report["cites"]["totalCount"] == len(cited) == 11
    numbers = {node["docNumber"] for node in cited.values()}
    assert {
        "国办发〔2016〕19号",
        "国发〔2016〕55号",
        "渝府发〔2016〕63号",
        "渝府办发〔2016〕238号",
        "渝府办发〔2016〕121号",
        "国办发〔2017〕24号",
    } <= numbers
    plan = next(node for node in cited.values() if node["docNumber"] == "渝府发〔2016〕63号")
    assert [issuer["name"] for issuer in plan["issuers"]["nodes"]] == ["重庆市人民政府"]
    carried_out = [edge["node"]["docNumber"] for edge in plan["implements"]["edges"]]
    assert carried_out == ["国发〔2016〕55号"]


async def test_outcomes_by_applicant_stand_side_by_side(store: GraphStore) -> None:
    found = await ask(store, 3)

    for key, granted, table_total in (("in2023", 1175, 1191), ("in2024", None, 1431)):
        cells = [node for node in found[key]["nodes"] if node["cell"]]
        by_applicant = {
            item["value"]: node["value"]
            for node in cells
            if node["metric"]["name"] == "予以公开数"
            for item in node["dimensions"]
            if item["name"] == "applicant"
        }
        assert by_applicant["total"] == table_total
        assert granted is None or by_applicant["natural-person"] == granted
        assert len(by_applicant) == 7


async def test_the_mailbox_and_the_parts_of_the_power_list(store: GraphStore) -> None:
    found = await ask(store, 4)

    values = {node["value"] for node in found["mailbox"]["nodes"]}
    assert {124700, 109200, 87.64, 76900, 70.42} <= values
    (powers,) = found["powers"]["nodes"]
    parts = [part["value"] for part in powers["parts"]["nodes"]]
    assert sum(parts) == 3709
    assert len(parts) == 10


async def test_what_each_channel_carried(store: GraphStore) -> None:
    found = await ask(store, 5)

    carried = {
        (channel["type"], figure["value"])
        for channel in found["channels"]["nodes"]
        for figure in channel["observations"]["nodes"]
    }
    assert {
        ("gazette", 24),
        ("gazette", 840000),
        ("website", 49000),
        ("press", 900),
        ("press", 68),
        ("weibo", 1400),
        ("wechat", 2302),
    } <= carried


async def test_from_a_category_to_its_publishers_and_back(store: GraphStore) -> None:
    found = await ask(store, 6)

    (category,) = found["categories"]["nodes"]
    publishers = [edge["node"] for edge in category["publishers"]["edges"]]
    assert {publisher["name"] for publisher in publishers} == {
        "重庆市教育委员会",
        "重庆市人民政府",
    }
    for publisher in publishers:
        names = [edge["node"]["name"] for edge in publisher["published"]["edges"]]
        assert "教育" in names


async def test_paths_and_neighbourhoods_are_sub_graphs(store: GraphStore) -> None:
    found = await ask(store, 7)

    path = found["paths"]
    assert path["length"] == 2
    assert [node["__typename"] for node in path["nodes"]][::2] == ["Agency", "Category"]
    assert len(path["edges"]) >= 2
    around = found["neighbourhood"]
    ids = {node["id"] for node in around["nodes"]}
    assert all(edge["head"] in ids and edge["tail"] in ids for edge in around["edges"])
    assert any("1326" in node.get("quote", "") for node in around["nodes"])


async def test_a_figure_over_the_years(store: GraphStore) -> None:
    rows = (await ask(store, 8))["series"]["rows"]

    shown = {row["metric"]["name"]: row["points"] for row in rows}
    received = shown["收到政府信息公开申请数"]
    assert [(point["year"], point["value"], point["missing"]) for point in received] == [
        (2022, None, "NO_REPORT"),
        (2023, 3511, None),
        (2024, 3525, None),
    ]
    assert received[2]["comparability"]["level"] == "SAME"
    assert received[2]["observation"]["quote"] == "3525"


async def test_one_body_in_two_years(store: GraphStore) -> None:
    compared = (await ask(store, 9))["compareYears"]

    figures = {(item["metric"]["name"], item["dimension"]): item for item in compared["figures"]}
    received = figures["收到政府信息公开申请数", None]
    assert (received["from"]["value"], received["to"]["value"], received["change"]) == (
        3511,
        3525,
        14,
    )
    assert received["to"]["observation"]["quote"] == "3525"
    rewritten = [item for item in compared["text"] if item["kind"] == "REWRITTEN"]
    assert any(
        "1191" in item["from"]["quote"] and "1431" in item["to"]["quote"] for item in rewritten
    )
