"""What is not the report's is marked, and what is the report's is not."""

import pytest

from gongkai.loaders.noise import find_noise
from gongkai.loaders.read import read_document
from tests.conftest import REAL_REPORTS, real_reports

PROSE = "2016年，我局主动公开政府信息12条，其中网站10条。\n" * 13


def noise(text: str, name: str = "report.txt") -> list[tuple[str, str]]:
    document = read_document(text.encode(), name)
    return [(span.reason, document.text[span.start : span.end]) for span in find_noise(document)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("您现在的位置：首页 > 政务公开 > 年报", "BREADCRUMB"),
        ("首页 > 信息公开", "BREADCRUMB"),
        ("【打印】 【关闭】", "PAGE_TOOL"),
        ("字体：大 中 小", "PAGE_TOOL"),
        ("分享到：微信 微博", "PAGE_TOOL"),
        ("浏览次数：1234", "COUNTER"),
        ("发布时间：2017-03-31 来源：某局 浏览次数：88", "HEADER_LINE"),
    ],
)
def test_lines_of_the_page_above_the_report_are_noise(line: str, reason: str) -> None:
    assert noise(f"某局年报\n{line}\n{PROSE}") == [(reason, line)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("上一篇：某镇2015年报告12条", "NEIGHBOUR"),
        ("版权所有：某局", "FOOTER"),
        ("苏ICP备05000001号", "FOOTER"),
        ("网站标识码：3213000012", "FOOTER"),
        ("您是第 99887 位访客", "COUNTER"),
        ("已有 3 位网友参与评价", "COUNTER"),
        ("联系电话：0527-12345678", "FOOTER"),
        ("审核人：张三  联系电话：12345678", "FORM_FOOTER"),
        ("图1：2016年公开情况", "PICTURE"),
    ],
)
def test_lines_of_the_page_below_the_report_are_noise(line: str, reason: str) -> None:
    assert noise(f"{PROSE}{line}") == [(reason, line)]


@pytest.mark.parametrize(
    "line",
    [
        "网站访问量：785万人次",
        "来源：网站申请12件",
        "某局办公室",
        "2017年3月31日",
        "附件：某局2016年统计表",
        "无障碍改造信息公开12条",
        "网站管理信息公开12条",
        "（一）公开渠道",
        "“APP Store”下载12次",
    ],
)
def test_lines_of_the_report_are_not(line: str) -> None:
    assert noise(f"{PROSE}{line}\n{PROSE}") == []


def test_english_about_a_picture_and_the_list_after_it_are_noise() -> None:
    text = (
        f"{PROSE}The picture shows the site of the bureau (某局) with a list of news.\n"
        "- 预算** (Budget):\n - 某市今年41亿元建设公路\n - 2017年部门预算\n"
        "深入推进预决算公开，169家单位公开部门预算。\n"
    )
    assert [reason for reason, _ in noise(text, "report.md")] == [
        "FOREIGN_TEXT",
        "LISTING",
        "LISTING",
        "LISTING",
    ]


def test_related_news_are_noise_to_their_end() -> None:
    found = noise(f"{PROSE}相关新闻：\n某镇公开信息77条\n某县年报发布\n公开工作，取得成效。")
    assert [text for _, text in found] == ["相关新闻：", "某镇公开信息77条", "某县年报发布"]


def test_page_numbers_are_noise_and_cells_are_not() -> None:
    assert [text for _, text in noise("甲。\n乙。\n1\n丙。\n丁。\n2\n戊。\n- 3 -\n己。")] == [
        "1",
        "2",
        "- 3 -",
    ]
    assert noise("三、申请\n新收\n1\n2\n3\n结转\n4\n5\n6\n") == []


def test_an_index_block_is_noise() -> None:
    found = noise("索引号：\t0143\t发布机构：\t某局\n成文日期：\t2017-03-15\t文号：\t\n正文。")
    assert [reason for reason, _ in found] == ["INDEX_BLOCK"]


def test_a_counter_inside_a_line_is_noise_by_itself() -> None:
    assert noise(f"{PROSE}我局公开信息12条。（浏览次数：345）") == [
        ("COUNTER", "（浏览次数：345）")
    ]


def test_spam_lines_are_noise_and_prose_against_it_is_not() -> None:
    assert noise(f"{PROSE}葡京娱乐城百家乐\n{PROSE}") == [("SPAM", "葡京娱乐城百家乐")]
    assert noise(f"{PROSE}打击代开发票，公开案件12件。\n") == []


@real_reports
def test_no_prose_of_the_real_reports_is_noise() -> None:
    for path in REAL_REPORTS.iterdir():
        document = read_document(path.read_bytes(), path.name)
        for span in find_noise(document):
            assert "。" not in document.text[span.start : span.end]
        if path.suffix == ".html":
            assert find_noise(document) == []
