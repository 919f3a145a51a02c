"""Markdown gives its words without its marks."""

import pytest

from gongkai.loaders.document import Document
from gongkai.loaders.read import read_document
from gongkai.loaders.read.markdown import plain


def read(text: str) -> Document:
    return read_document(text.encode(), "report.md")


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("1. **推进公开。**全面公开", "1. 推进公开。全面公开"),
        ("共*1234*条", "共1234条"),
        ("面积 3*4*5 米", "面积 3*4*5 米"),
        ("- 财政预决算** (Fiscal):", "- 财政预决算 (Fiscal):"),
        ("见[平台](http://a.cn/b_c(1).html)。", "见平台。"),
        ("全文![图](a.png)", "全文"),
        ("[2016]19号(见附件)", "[2016]19号(见附件)"),
        ("国发[2016](55号)", "国发[2016](55号)"),
        ("`info_open_2016@163.com`", "info_open_2016@163.com"),
        ("1\\. 概述\\*", "1. 概述*"),
        ("A&amp;B<span style='a'>丙</span>", "A&B丙"),
    ],
)
def test_marks_are_dropped_and_words_stay(marked: str, words: str) -> None:
    assert plain(marked) == words


def test_each_line_is_a_block_and_headings_have_levels() -> None:
    document = read("# 报告\n\n一、概述\n====\n> 引文\n- 甲\n* 乙\n---\n2016 - 2017年\n")
    assert document.text == "报告\n一、概述\n引文\n甲\n乙\n2016 - 2017年"
    assert [block.level for block in document.blocks] == [1, 1, None, None, None, None]


def test_the_delimiter_line_of_a_table_is_a_row_without_cells() -> None:
    document = read("| 甲 | 乙 |\n|---|:--:|\n| 1 | |\n| 2 |\n")
    (table,) = document.tables
    assert (table.rows, table.columns) == (4, 2)
    assert document.text == "甲\t乙\n1\t\n2"
    assert table.grid[1] == (None, None)
    assert table.grid[3][1] is None
    assert [cell.row for cell in table.cells] == [0, 0, 2, 2, 3]
    assert [cell.is_header for cell in table.cells] == [True, True, False, False, False]


def test_a_break_inside_a_cell_does_not_cut_a_word() -> None:
    document = read("| 本年新<br>制作数量 | a<br>b |\n|---|---|\n| 1 | 2 |\n")
    assert document.text.startswith("本年新制作数量\ta b\n")


def test_a_table_without_outer_pipes_needs_its_delimiter() -> None:
    assert len(read("甲 | 乙\n--- | ---\n1 | 2\n").tables) == 1
    assert read("甲 | 乙\n丙 | 丁\n").tables == ()


def test_html_tables_between_paragraphs_are_tables() -> None:
    document = read("前\n<table>\n<tr><td colspan=2>甲</td></tr>\n<tr><td>1<td>2\n</table>\n后")
    assert document.text == "前\n甲\n1\t2\n后"
    assert [(table.rows, table.columns) for table in document.tables] == [(2, 2)]


def test_a_yaml_head_is_metadata() -> None:
    document = read("---\ntitle: 某局年报\ndate: 2017-03-31\n---\n正文。")
    assert document.text == "正文。"
    assert document.metadata == {"title": "某局年报", "date": "2017-03-31"}


def test_comments_are_left_out_even_when_never_closed() -> None:
    assert read("甲<!-- x\ny -->乙\n丙 <!-- 丁").text == "甲乙\n丙 <!-- 丁"
