"""What a figure is a statement of, and which of several statements goes first."""

from typing import Any

import pytest
from msgspec.structs import replace

from gongkai.graph.compare.standing import dimension_of, standing
from gongkai.graph.dictionary.metrics import describe
from gongkai.graph.extract import (
    AgencyRef,
    Cell,
    Observation,
    Qualifier,
    Report,
    Scope,
    Semantic,
    Source,
)

REPORT = Report(
    id="report:1",
    title="",
    agency=AgencyRef("agency:own", "甲县人民政府", None),
    region=None,
    year=2020,
    published=None,
    template="2019",
    language="zh-Hans",
    source=Source("", "", "", ""),
    text="",
)
CELL = Cell(0, 1, 2, [], [])


def figure(**given: Any) -> Observation:
    usual = {
        "id": "observation:1",
        "metric": "requests-received",
        "measure": "收到申请",
        "value": 5,
        "unit": "件",
        "year": 2020,
        "agency": "agency:own",
        "quote": "",
        "start": 10,
        "end": 11,
    }
    return Observation(**{**usual, **given})


def part_of(item: Observation, *wholes: Observation, category: str | None = None) -> str:
    return standing(item, REPORT, describe(item.metric), category, list(wholes)).breakdown


def precedence(item: Observation, report: Report = REPORT) -> int:
    return standing(item, report, describe(item.metric), None, []).precedence


def test_a_figure_without_a_date_is_as_of_its_report() -> None:
    undated = figure(year=None)

    assert standing(undated, REPORT, describe(undated.metric), None, []).as_of == 2020
    assert standing(figure(year=2019), REPORT, describe(undated.metric), None, []).as_of == 2019


@pytest.mark.parametrize(
    ("metric", "dimensions", "part"),
    [
        ("requests-received", {}, ""),
        ("requests-received", {"applicant": "total"}, ""),
        ("requests-received", {"applicant": "business"}, "applicant=business"),
        ("results-granted", {"outcome": "granted", "applicant": "total"}, ""),
        ("results-granted", {"outcome": "granted", "applicant": "other"}, "applicant=other"),
        ("litigation-total", {"outcome": "total", "procedure": "direct"}, "procedure=direct"),
        ("open/x", {"b": "2", "a": "1"}, "a=1;b=2"),
        ("open/x", {"a": "1;2=3"}, "a=1 2 3"),
    ],
)
def test_a_breakdown_is_what_the_metric_does_not_say(
    metric: str, dimensions: dict[str, str], part: str
) -> None:
    assert part_of(figure(metric=metric, dimensions=dimensions)) == part


def test_a_category_breaks_down_what_counts_information_of_any_kind() -> None:
    assert part_of(figure(metric="items-disclosed"), category="教育") == "category=教育"
    assert part_of(figure(metric="policy-interpretations"), category="政策解读") == ""


def test_a_part_of_the_same_measure_is_not_the_whole() -> None:
    whole = figure(metric="policy-interpretations", value=98)
    part = figure(metric="policy-interpretations", value=48, measure="市级")

    assert part_of(part, whole) == "part=市级"
    assert part_of(replace(part, scope=Scope.JURISDICTION), whole) == ""
    assert part_of(replace(part, agency="agency:other"), whole) == ""
    assert part_of(figure(metric="results-granted"), whole) == ""


def test_the_value_of_a_breakdown_is_its_dimension() -> None:
    assert dimension_of("applicant=business") == "business"
    assert dimension_of("applicant=business;reason=repeat") == "business;repeat"
    assert dimension_of("") == "total"


def test_statements_stand_in_the_order_of_the_rule() -> None:
    later = replace(REPORT, year=2021)
    latest = replace(REPORT, year=2022)
    of_another = replace(REPORT, agency=AgencyRef("agency:above", "乙市人民政府", None))
    in_order = [
        precedence(figure(cell=CELL, start=10)),
        precedence(figure(cell=CELL, start=20)),
        precedence(figure(cell=CELL, qualifier=Qualifier.OVER)),
        precedence(figure(cell=CELL, unit="份")),
        precedence(figure()),
        precedence(figure(upper=9)),
        precedence(figure(cell=CELL), later),
        precedence(figure(cell=CELL), latest),
        precedence(figure(cell=CELL), of_another),
        precedence(figure(value=None, semantic=Semantic.TEXT, cell=CELL)),
        precedence(figure(value=None, semantic=Semantic.NOT_APPLICABLE, cell=CELL)),
        precedence(figure(value=None, semantic=Semantic.BLANK, cell=CELL)),
    ]

    assert in_order == sorted(in_order)
    assert len(set(in_order)) == len(in_order)
    assert in_order[-1] < 2**53, "exact as a double on every store"
