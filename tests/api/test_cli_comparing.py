"""`gongkai series` and `gongkai compare` as people and programs use them."""

import csv
import io
from pathlib import Path

import pytest

from tests.api.test_cli import answer, gongkai, refusal

SUQIAN = "宿迁市人民政府"


@pytest.fixture
def store(loaded: Path) -> Path:
    return loaded


def test_a_series_is_a_table_with_a_bar_for_each_year(store: Path) -> None:
    shown = gongkai(
        "series", "requests-received", "--agency", "宿迁市", "--from", 2022, "--store", store
    )

    lines = {line.split("│")[1].strip(): line for line in shown.splitlines() if "│ 20" in line}
    assert "no report" in lines["2022"]
    assert "3,511" in lines["2023"]
    assert "█" in lines["2023"]
    assert "+0.4%" in lines["2024"]


def test_several_rows_are_a_table_of_years_with_a_line_each(store: Path) -> None:
    shown = gongkai(
        *("series", "requests-received", "--agency", SUQIAN, "--by", "applicant"),
        *("--from", 2022, "--to", 2024, "--store", store),
    )

    [business] = [line for line in shown.splitlines() if "business" in line]
    assert [cell.strip() for cell in business.split("│")[2:5]] == ["·", "99", "75"]
    assert "·█▆" in business
    assert "· no report" in shown


def test_a_series_is_json_and_csv_for_programs(store: Path) -> None:
    asked = ("series", "requests-received", "--agency", SUQIAN, "--from", 2023, "--store", store)

    [row] = answer(*asked)["rows"]
    table = list(csv.DictReader(io.StringIO(gongkai(*asked, "--csv"))))

    assert [point["value"] for point in row["points"]] == [3511, 3525]
    assert [line["value"] for line in table] == ["3511", "3525"]
    assert [line["quote"] for line in table] == ["3511", "3525"]
    assert [line["comparability"] for line in table] == ["", "SAME"]


def test_two_years_are_compared_in_tables(store: Path) -> None:
    shown = gongkai("compare", SUQIAN, 2023, 2024, "--store", store)

    assert "2023 → 2024" in shown
    assert "+ 政策法规" in shown
    assert "− 政府公报" in shown
    assert "− （三）平台建设" in shown
    assert "开展意见征集33期" in shown


def test_two_years_are_json_and_csv_for_programs(store: Path) -> None:
    asked = ("compare", SUQIAN, 2023, 2024, "--store", store)

    figures = answer(*asked)["figures"]
    table = list(csv.DictReader(io.StringIO(gongkai(*asked, "--csv"))))

    assert len(figures) == len(table)
    [received] = [
        line for line in table if line["metric"] == "requests-received" and not line["dimension"]
    ]
    assert (received["from_value"], received["to_value"], received["change"]) == (
        "3511",
        "3525",
        "14",
    )


def test_a_name_that_several_bodies_have_is_refused_with_the_list(store: Path) -> None:
    said = refusal("compare", "人民政府", 2023, 2024, "--store", store)

    assert SUQIAN in said
    assert "重庆市人民政府" in said
    assert "agency:" in said


def test_what_is_unknown_or_contradicts_itself_is_refused(store: Path) -> None:
    assert "无此指标" in refusal("series", "无此指标", "--store", store)
    assert "无此机关" in refusal("compare", "无此机关", 2023, 2024, "--store", store)
    gongkai("series", "requests-received", "--json", "--csv", "--store", store, status=2)
    gongkai("compare", SUQIAN, "--store", store, status=2)
