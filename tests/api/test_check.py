"""`gongkai check` and `checks` in GraphQL, on two sample reports of one city."""

import json
from collections import Counter
from pathlib import Path

import pytest

from gongkai.loaders.load import SAMPLES
from tests.api.conftest import Ask
from tests.api.test_cli import gongkai

SUQIAN_2023, SUQIAN_2024 = (SAMPLES / f"suqian-{year}.html" for year in (2023, 2024))
KEYS = [
    "id", "rule", "name", "report", "status", "formula", "left", "right", "difference",
    "operands", "explanation", "message",
]  # fmt: skip
OPERAND_KEYS = ["role", "observation", "report", "quote", "start", "end", "value", "low", "high"]


def test_files_are_checked_by_themselves_and_beside_the_year_before() -> None:
    checks = json.loads(gongkai("check", SUQIAN_2023, SUQIAN_2024, "--json"))["checks"]
    assert all(list(check) == KEYS for check in checks)
    assert all(list(item) == OPERAND_KEYS for check in checks for item in check["operands"])
    assert {check["rule"] for check in checks} >= {"I.1/total", "I.2/total", "VII/carried/total"}


def test_a_store_gives_the_same_checks_as_its_files(tmp_path: Path) -> None:
    store = tmp_path / "reports.db"
    gongkai("load", SUQIAN_2024, SUQIAN_2023, "--store", store)
    of_files = json.loads(gongkai("check", SUQIAN_2023, SUQIAN_2024, "--json"))["checks"]
    stored = json.loads(gongkai("check", "--store", store, "--json"))["checks"]
    assert sorted(stored, key=str) == sorted(of_files, key=str)

    report = stored[0]["report"]
    one = json.loads(gongkai("check", report, "--store", store, "--json"))["checks"]
    assert one == [check for check in stored if check["report"] == report]


def test_a_body_that_comes_in_two_files_is_counted_once_under_its_roll_up(tmp_path: Path) -> None:
    page = SUQIAN_2024.read_text("utf-8").replace("宿迁市", "宿迁市宿豫区")
    twice = [tmp_path / "one.html", tmp_path / "other.html"]
    for path in twice:
        path.write_text(page, "utf-8")
    checks = json.loads(gongkai("check", SUQIAN_2024, *twice, "--json"))["checks"]
    roles = [
        [item["role"] for item in check["operands"]]
        for check in checks
        if check["rule"].startswith("V.6/below/")
    ]
    assert roles
    assert all(found == ["roll-up", "below"] for found in roles)


def test_a_violation_fails_only_where_it_is_asked_to(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text(
        "某某县教育局2016年政府信息公开工作年度报告\n\n一、概述\n\n"
        "本报告所列数据的统计期限自2016年1月1日起至2016年12月31日止。\n\n二、依申请公开情况\n\n"
        "2016年收到政府信息公开申请90件，其中当面申请20件，网络申请50件，信函申请30件。\n",
        "utf-8",
    )
    assert "VIOLATED" in gongkai("check", wrong)
    gongkai("check", wrong, "--strict", status=1)
    gongkai("check", SUQIAN_2023, "--strict")


def test_what_is_no_report_is_refused_and_the_rest_is_checked(tmp_path: Path) -> None:
    empty = tmp_path / "empty.html"
    empty.write_bytes(b"")
    checks = json.loads(gongkai("check", empty, SUQIAN_2023, "--json", status=1))["checks"]
    assert checks


def test_a_report_that_is_not_there_is_refused(tmp_path: Path) -> None:
    store = tmp_path / "reports.db"
    gongkai("load", SUQIAN_2023, "--store", store)
    gongkai("check", "report:0000000000000000", "--store", store, status=1)


COUNTED = """query($report: ID, $agency: ID, $year: Int, $status: [CheckStatus!], $rule: String) {
  checks(report: $report, agency: $agency, year: $year, status: $status, rule: $rule, first: 1000) {
    totalCount nodes { rule status report { id year agency { id } } }
  } }"""


@pytest.mark.parametrize(
    ("rule", "begins"),
    [("I.1", ("I.1/",)), ("I", ("I.",)), ("VII", ("VII/",)), ("I.3/results-granted", ("I.3/",))],
)
async def test_a_rule_stands_for_its_instances(ask: Ask, rule: str, begins: tuple[str]) -> None:
    found = (await ask(COUNTED, {"rule": rule}))["data"]["checks"]["nodes"]
    assert found
    assert all(node["rule"].startswith(begins) for node in found)


async def test_the_short_arguments_narrow_together(ask: Ask) -> None:
    every = (await ask(COUNTED))["data"]["checks"]["nodes"]
    suqian = next(node["report"] for node in every if node["report"]["year"] == 2024)
    asked = {"agency": suqian["agency"]["id"], "year": 2024, "status": ["OK"]}
    found = (await ask(COUNTED, asked))["data"]["checks"]
    expected = [n for n in every if n["report"] == suqian and n["status"] == "OK"]
    assert (found["nodes"], found["totalCount"]) == (expected, len(expected))


async def test_a_check_and_its_figures_are_reached_from_both_ends(ask: Ask) -> None:
    answer = await ask("""{ checks(rule: "I.1/total", year: 2024) { nodes {
      left right operands { edges { position role low high node {
        value quote checks(first: 50) { nodes { rule } } } } }
      report { checks { totalCount } } } } }""")
    (found,) = answer["data"]["checks"]["nodes"]
    edges = sorted(found["operands"]["edges"], key=lambda edge: edge["position"])
    assert [(edge["role"], edge["node"]["value"]) for edge in edges] == [
        ("requests-received", 3525),
        ("requests-carried-in", 121),
        ("requests-answered", 3521),
        ("requests-carried-out", 125),
    ]
    assert (found["left"], found["right"]) == (3646, 3646)
    assert all(edge["low"] == edge["high"] == edge["node"]["value"] for edge in edges)
    rules = Counter(node["rule"] for node in edges[0]["node"]["checks"]["nodes"])
    assert rules["I.1/total"] == 1
    assert found["report"]["checks"]["totalCount"] > 40
