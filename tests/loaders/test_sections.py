"""Headings are found by their marks, their wording and the format, and nest as they are meant."""

import pytest

from gongkai.loaders.document import Document
from gongkai.loaders.read import read_document
from gongkai.loaders.sections import find_sections
from tests.conftest import REAL_REPORTS, real_reports

TITLE = "某局2016年报告"


def read(text: str, name: str = "report.txt") -> Document:
    return read_document(f"{TITLE}\n{text}".encode(), name)


def paths(text: str, name: str = "report.txt") -> list[list[str]]:
    return [section.path[1:] for section in find_sections(read(text, name), TITLE, "report:1")][1:]


def headings(text: str, name: str = "report.txt") -> list[str]:
    return [path[-1] for path in paths(text, name)]


def test_the_first_section_is_the_report() -> None:
    document = read("一、概述\n公开12条。")
    whole, first = find_sections(document, TITLE, "report:1")
    assert (whole.heading, whole.path, whole.start, whole.end) == (
        TITLE,
        [TITLE],
        0,
        len(document.text),
    )
    assert document.text[first.start : first.end] == "一、概述\n公开12条。"
    assert whole.id != first.id


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("一、总体情况", "一、总体情况"),
        ("一 概 述", "一 概 述"),
        ("一、概  述", "一、概 述"),
        ("二.主动公开情况", "二.主动公开情况"),
        ("第一部分 概述", "第一部分 概述"),
        ("（一）主动公开方面。坚持公开，全年公开12条。", "（一）主动公开方面"),
        ("(二) 办理情况。全年办理12件。", "(二) 办理情况"),
        ("1. 推进重点领域公开。全面公开清单。", "1. 推进重点领域公开"),
        ("1、公开渠道", "1、公开渠道"),
        ("一、总体情况 2016年，公开12条。", "一、总体情况"),
        ("（一）主动公开：公开12条。", "（一）主动公开"),
        ("一、主动公开情况", "一、主动公开情况"),
        ("总体情况", "总体情况"),
        ("存在的主要问题及改进情况", "存在的主要问题及改进情况"),
        ("其他需要报告的事项", "其他需要报告的事项"),
        ("四、政府信息公開行政複議、行政訴訟情況", "四、政府信息公開行政複議、行政訴訟情況"),
    ],
)
def test_a_heading_is_known_by_mark_or_wording(line: str, heading: str) -> None:
    assert headings(line) == [heading]


@pytest.mark.parametrize(
    "line",
    [
        "一是强化公开。全年公开12条。",
        "二要加强管理。",
        "1.公开信息12条；",
        "（1）主动公开12条，占5%。",
        "2016年公开信息12条。",
        "一方面加强领导。",
        "三万余条信息已公开。",
        "1.5万条信息已公开。",
    ],
)
def test_items_and_sentences_are_no_headings(line: str) -> None:
    assert headings(line) == []


def test_sections_nest_by_the_kind_of_their_marks() -> None:
    text = "一、概述\n（一）公开\n1. 网站\n2. 微博\n（二）申请\n二、问题\n"
    assert paths(text) == [
        ["一、概述"],
        ["一、概述", "（一）公开"],
        ["一、概述", "（一）公开", "1. 网站"],
        ["一、概述", "（一）公开", "2. 微博"],
        ["一、概述", "（二）申请"],
        ["二、问题"],
    ]


def test_a_section_ends_where_the_next_of_its_level_begins() -> None:
    document = read("一、概述\n（一）公开\n12条。\n二、问题\n无。")
    sections = find_sections(document, TITLE, "report:1")
    assert [document.text[s.start : s.end] for s in sections[1:]] == [
        "一、概述\n（一）公开\n12条。\n",
        "（一）公开\n12条。\n",
        "二、问题\n无。",
    ]


def test_headings_of_the_format_nest_with_those_of_the_text() -> None:
    text = "## 一、概述\n### 网站建设\n## 公开成效\n"
    assert paths(text, "report.md") == [
        ["一、概述"],
        ["一、概述", "网站建设"],
        ["公开成效"],
    ]


def test_a_list_inside_a_part_nests_though_it_is_marked_alike() -> None:
    text = (
        "一、总体情况\n一、组织领导\n二、渠道建设\n三、培训\n二、主动公开政府信息情况\n三、问题\n"
    )
    assert paths(text) == [
        ["一、总体情况"],
        ["一、总体情况", "一、组织领导"],
        ["一、总体情况", "二、渠道建设"],
        ["一、总体情况", "三、培训"],
        ["二、主动公开政府信息情况"],
        ["三、问题"],
    ]


def test_the_title_in_another_wording_is_no_section() -> None:
    text = "# 某市某局2016年度政府信息公开报告\n## 一、概述\n12条。"
    assert paths(text, "report.md") == [["一、概述"]]


def test_rows_of_a_form_written_one_cell_a_line_are_no_headings() -> None:
    text = "三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量\n3\n0\n（一）予以公开\n2"
    assert headings(text) == ["三、收到和处理政府信息公开申请情况"]


@real_reports
def test_the_official_parts_of_the_real_reports_are_found() -> None:
    for path in REAL_REPORTS.iterdir():
        document = read_document(path.read_bytes(), path.name)
        sections = find_sections(document, document.text.split("\n")[0], "report:1")
        parts = [s.heading[0] for s in sections if len(s.path) == 2]
        assert parts in (list("一二三四五六"), list("一二三四"))
