"""Sentences that a page break or a line's end cut are whole again; all else stays apart."""

import pytest

from gongkai.loaders.paragraphs import continues, join_paragraphs, wrap_width
from gongkai.loaders.read import read_document


def joined(text: str, name: str = "report.txt") -> list[str]:
    document = read_document(text.encode(), name)
    return [
        "/".join(document.text[start:end] for start, end in spans)
        for spans in join_paragraphs(document)
    ]


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("今年信箱共收到来信，合计12.47万", "件，办结10件。"),
        ("依托“就业网”“某", "市就业局”发布信息"),
        ("公开信息12条，其中网站10条，", "微博2条。"),
        ("印发了《关于做好", "公开工作的通知》"),
        ("全年主动公开政府信息（包括", "网站）12条"),
        ("公开信息12条", "，比上年增加"),
        ("全年公开政府信息，共计123", "456条"),
        ("一" * 30 + "，推进政务公" + "开" * 10, "作用，取得成效。"),
    ],
)
def test_a_plain_cut_is_mended(line: str, following: str) -> None:
    assert continues(line, following, None)


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("某市2016年政府信息公开工作年度报告", "根据《条例》编制本报告。"),
        ("一、概述", "2016年，公开信息12条。"),
        ("2016年公开信息12条。", "某市人民政府办公室"),
        ("网站公开信息12条", "微博公开信息3条"),
        ("公开12条，占5%", "二、依申请公开情况"),
        ("公开12条，占5%", "（一）受理情况"),
        ("部分公开（区分处理的，只计这一情形）", "0"),
        ("某市人民政府办公室", "2017年3月31日"),
        ("重点抓好以下工作：", "持续深化公开。"),
        ("全年工作，取得成效，" + "甲" * 40 + "提高", "某市人民政府办公室"),
    ],
)
def test_paragraphs_headings_signatures_and_cells_stay_apart(line: str, following: str) -> None:
    assert not continues(line, following, None)


WRAPPED = """某市2010年政府信息公开工作年度报告
根据《中华人民共和国政府信息公开条例》的要求，特编制本报告。
一、概述
二〇一〇年，全市各级行政机关认真贯彻落实政府信息公开条例的规
定，主动公开政府信息，其中市政府门户网站公开政府信息的数量为三
万条，政府公报刊发文件。全年发布新闻信息，并且召开新闻发布会二
十余场。
- 1 -
（一）加强领导。市政府成立了政府信息公开工作领导小组，各部门配
备工作人员五十六名。
某市人民政府办公室
"""


def test_lines_wrapped_by_hand_are_one_paragraph() -> None:
    assert wrap_width(WRAPPED.split("\n")) in (62, 64)
    paragraphs = joined(WRAPPED)
    assert paragraphs[3].count("/") == 3
    assert paragraphs[5].count("/") == 1
    assert paragraphs[0] == "某市2010年政府信息公开工作年度报告"
    assert paragraphs[-1] == "某市人民政府办公室"


def test_long_paragraphs_are_not_taken_for_wrapped_lines() -> None:
    lines = ["公开" * length + "。" for length in (10, 40, 90, 200, 33, 71, 120, 15, 64)]
    assert wrap_width(lines) is None


def test_a_table_or_heading_between_ends_the_paragraph() -> None:
    assert joined("全年公开，合计12万\n甲\t乙\n1\t2\n件，办结。") == [
        "全年公开，合计12万",
        "件，办结。",
    ]
    assert joined("# 全年公开，合计12万\n件，办结。", "report.md") == [
        "全年公开，合计12万",
        "件，办结。",
    ]
