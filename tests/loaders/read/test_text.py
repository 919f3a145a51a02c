"""Plain text: lines are paragraphs, aligned lines are tables."""

from hypothesis import given
from hypothesis import strategies as st

from gongkai.loaders.document import Document
from gongkai.loaders.read import read_document


def read(text: str) -> Document:
    return read_document(text.encode(), "report.txt")


def test_lines_are_blocks_and_blank_lines_are_none() -> None:
    document = read("　　一、概述\n\n 2016年公开12条。 \n")
    assert document.text == "一、概述\n2016年公开12条。"
    assert [document.text[b.start : b.end] for b in document.blocks] == document.text.split("\n")


def test_tab_separated_lines_are_a_table() -> None:
    document = read("前\n指标\t单位\t数量\n公开\t条\t\n申请\t件\t3\n后")
    (table,) = document.tables
    assert (table.rows, table.columns) == (3, 3)
    assert document.text == "前\n指标\t单位\t数量\n公开\t条\t\n申请\t件\t3\n后"
    blank = table.grid[1][2]
    assert blank is not None
    assert blank.start == blank.end


def test_a_drawn_table_is_a_table() -> None:
    document = read("+---+---+\n| 甲 | 乙 |\n+---+---+\n| 1 | 2 |\n+---+---+\n")
    assert [(table.rows, table.columns) for table in document.tables] == [(2, 2)]


def test_the_pipe_of_a_cell_on_a_line_of_its_own_goes() -> None:
    assert read("自然人 |\n3 |\n甲 | 乙").text == "自然人\n3\n甲 | 乙"


def test_one_line_with_a_tab_is_prose() -> None:
    document = read("附件：\t年报\n正文。")
    assert document.tables == ()
    assert document.text == "附件： 年报\n正文。"


def test_the_header_line_is_metadata_and_stays() -> None:
    document = read("某局年报\n发布时间：2017-03-31  来源：某局\n正文。")
    assert document.metadata["date"] == "2017-03-31"
    assert "发布时间" in document.text


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=6)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=2, max_size=5))
def test_a_cells_span_is_its_text(rows: list[list[str]]) -> None:
    document = read("头\n" + "\n".join("x\t" + "\t".join(row) + "\ty" for row in rows))
    (table,) = document.tables
    found = [document.text[cell.start : cell.end] for cell in table.cells]
    assert found == [text for row in rows for text in ("x", *row, "y")]
