"""Answers as pandas frames."""

import re
import shutil
from pathlib import Path
from typing import Any

import pandas
import pytest

from gongkai import Client

ROOT = Path(__file__).parents[3]
SUQIAN = "宿迁市人民政府"
SOURCE = ["quote", "start", "end", "report_id", "report_year", "observation_id"]


def test_a_series_has_a_row_for_each_point_with_its_source(reports: Path) -> None:
    with Client(reports) as client:
        frame = client.series("requests-received", SUQIAN, years=(2022, 2024)).frame()

    assert list(frame["year"]) == [2022, 2023, 2024]
    assert pandas.isna(frame["value"][0]), "missing, and no zero"
    assert list(frame["value"][1:]) == [3511, 3525]
    assert frame["missing"][0] == "NO_REPORT"
    assert list(frame["comparability"][2:]) == ["SAME"]
    assert list(frame["quote"][1:]) == ["3511", "3525"]
    assert set(SOURCE) <= set(frame.columns)
    assert str(frame["value"].dtype) == "Float64"
    assert str(frame["year"].dtype) == "Int64"


def test_two_years_have_their_sources_side_by_side(reports: Path) -> None:
    with Client(reports) as client:
        frame = client.compare_years(SUQIAN, 2023, 2024).frame()

    [received] = frame[
        (frame["metric"] == "requests-received") & frame["dimension"].isna()
    ].to_dict("records")
    assert (received["from_value"], received["to_value"], received["change"]) == (3511, 3525, 14)
    assert (received["from_quote"], received["to_quote"]) == ("3511", "3525")
    assert received["from_report_year"] == 2023


def test_ranks_aggregates_and_figures_have_frames(reports: Path) -> None:
    with Client(reports) as client:
        ranked = client.rank("requests-received", 2024).frame()
        added = client.aggregate("requests-received", years=(2023, 2024)).frame()
        figures = client.observations({"metric": {"topic": {"eq": "mailbox"}}}).frame()

    assert list(ranked["place"]) == [1]
    assert list(added["sum"]) == [3511, 3525]
    assert str(added["without"].dtype) == "Int64"
    assert "mailbox-received" in set(figures["metric"])
    assert set(SOURCE) <= set(figures.columns)


def test_an_empty_answer_has_its_columns(reports: Path) -> None:
    with Client(reports) as client:
        frame = client.series("requests-received", [], years=2024).frame()

    assert len(frame) == 0
    assert {"value", "missing", *SOURCE} <= set(frame.columns)


def test_the_five_lines_of_the_readme_run(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    [lines] = re.findall(r"```python\n(from gongkai import Client\n.*?)```", readme, re.DOTALL)
    shutil.copy(reports, tmp_path / "reports.db")
    monkeypatch.chdir(tmp_path)
    made: dict[str, Any] = {}

    exec(lines, made)

    table = made["table"]
    assert list(table.index) == [2023, 2024]
    assert table["share"][2024] == pytest.approx(1431 / 3525)
    made["client"].close()
