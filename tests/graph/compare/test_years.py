"""Sections and figures of two years, from an answer made by hand."""

from typing import Any

import pytest

from gongkai.graph.compare.years import YearComparison, compare_years

EMPTY: dict[str, Any] = {"edges": []}


def report(*headings: str) -> dict[str, Any]:
    text = "报告\n" + "\n".join(headings)
    sections = [{"heading": "报告", "start": 0, "end": len(text)}]
    start = 3
    for heading in headings:
        sections.append({"heading": heading, "start": start, "end": start + len(heading)})
        start += len(heading) + 1
    return {"text": text, "sections": {"nodes": sections}, "policies": EMPTY}


def figure(year: int, value: float, **given: Any) -> dict[str, Any]:
    usual = {
        "year": year,
        "breakdown": "",
        "scope": "AGENCY",
        "value": value,
        "upper": None,
        "semantic": "NUMBER",
        "unit": None,
        "qualifier": "EXACT",
        "quote": "增长5%",
        "metric": {"id": "metric:1", "key": "answer-rate"},
    }
    return {**usual, **given}


def compared(
    first: dict[str, Any], second: dict[str, Any], *figures: dict[str, Any]
) -> YearComparison:
    relations = dict.fromkeys(
        ("firstCategories", "secondCategories", "firstChannels", "secondChannels"), EMPTY
    )
    answer = {
        "id": "agency:1",
        "name": "甲县人民政府",
        "reports": {"nodes": []},
        "first": {"nodes": [first]},
        "second": {"nodes": [second]},
        "figures": {"nodes": list(figures)},
        **relations,
    }
    return compare_years(answer, 2020, 2021)


def test_a_heading_keeps_its_section_under_another_number() -> None:
    sections = compared(
        report("一、概述", "二、公开情况", "三、收费"),
        report("一、概述", "（二）收 费", "3.公开情况", "四、附表"),
    ).sections

    assert [(one.heading, one.moved) for one in sections.kept] == [
        ("一、概述", False),
        ("（二）收 费", False),
        ("3.公开情况", True),
    ]
    assert [one.heading for one in sections.appeared] == ["四、附表"]
    assert sections.vanished == []


def test_a_difference_is_as_exact_as_what_was_printed() -> None:
    [made] = compared(report(), report(), figure(2020, 87.64), figure(2021, 87.94)).figures

    assert made.change == 0.3


def test_units_that_differ_have_no_difference() -> None:
    figures = figure(2020, 24, unit="期"), figure(2021, 840_000, unit="份")
    [made] = compared(report(), report(), *figures).figures

    assert (made.change, made.ratio) == (None, None)
    assert made.comparability is not None
    assert made.comparability.level == "BROKEN"


@pytest.mark.parametrize(
    ("parts", "warning"),
    [
        ((6, 4), None),
        ((6, 5), "Its parts add up to 11, more than 10"),
    ],
)
def test_cells_of_a_row_never_exceed_its_total_unnoticed(
    parts: tuple[int, int], warning: str | None
) -> None:
    metric = {"id": "metric:2", "key": "requests-received"}
    figures = [figure(2021, 10, metric=metric)]
    figures += [
        figure(2021, value, metric=metric, breakdown=f"applicant={who}")
        for who, value in zip(("natural-person", "other"), parts, strict=True)
    ]
    whole, *cells = compared(report(), report(), *figures).figures

    assert whole.dimension is None
    assert [whole.after.warning, *(cell.after.warning for cell in cells)] == [warning, None, None]


def test_divisions_that_may_overlap_are_not_added() -> None:
    metric = {"id": "metric:2", "key": "items-disclosed"}
    figures = [figure(2021, 10, metric=metric)]
    figures += [figure(2021, 8, metric=metric, breakdown=f"part={what}") for what in "甲乙"]
    whole = compared(report(), report(), *figures).figures[0]

    assert whole.after.warning is None
