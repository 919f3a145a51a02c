"""What report this is: whose, on which year, published when."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gongkai.graph.errors import InputRefused
from gongkai.loaders.load import read_bytes

DATA = Path(__file__).parent.parent / "data" / "identity" / "reports.toml"
CASES = tomllib.loads(DATA.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["report"], ids=lambda case: case["says"])
def test_a_report_says_what_it_is(case: dict[str, Any]) -> None:
    text = "\n".join([case["top"], CASES["body"].strip(), case.get("end", "")])
    extract = read_bytes(text.encode(), "report.txt")
    report = extract.report
    assert report.agency.name.split("（")[0] == case["agency"]
    assert report.year == case["year"]
    assert (report.published or "") == case["published"]
    assert (report.region.code if report.region else "") == case["region"]
    assert [warning.code for warning in extract.warnings] == case.get("warns", [])


def test_two_unnamed_reports_are_not_taken_for_one() -> None:
    one, other = (
        read_bytes(f"2013年度政府信息公开工作报告\n主动公开政府信息{n}条。".encode(), "report.txt")
        for n in (5, 6)
    )
    assert one.report.id != other.report.id


def test_a_report_without_any_year_is_refused() -> None:
    text = "嘉鱼县政府信息公开工作年度报告\n主动公开政府信息5条。"
    with pytest.raises(InputRefused, match="which year") as refused:
        read_bytes(text.encode(), "report.txt")
    assert refused.value.code == "NO_YEAR"


def test_a_report_of_a_year_to_come_is_refused() -> None:
    text = "嘉鱼县3016年政府信息公开工作年度报告\n主动公开政府信息5条。"
    with pytest.raises(InputRefused, match="3016") as refused:
        read_bytes(text.encode(), "report.txt")
    assert refused.value.code == "YEAR_OUT_OF_RANGE"
