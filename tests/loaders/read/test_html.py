"""The report comes out of its page whole, and the page stays behind."""

from collections.abc import Iterator

import pytest

from gongkai.graph.errors import InputRefused
from gongkai.loaders.document import Document, Table
from gongkai.loaders.read import read_document
from tests.conftest import REAL_REPORTS, real_reports


def read(markup: str) -> Document:
    return read_document(markup.encode(), "report.html")


def lines(markup: str) -> list[str]:
    return read(markup).text.split("\n")


def texts(document: Document, table: Table) -> list[list[str | None]]:
    return [
        [None if cell is None else document.text[cell.start : cell.end] for cell in row]
        for row in table.grid
    ]


def test_paragraphs_breaks_and_list_items_are_blocks() -> None:
    markup = "<body><p>甲<br>乙</p><div>丙<p>丁</p>戊</div><ul><li>己<li>庚</ul></body>"
    assert lines(markup) == list("甲乙丙丁戊己庚")


def test_white_space_collapses_as_in_a_browser_and_other_characters_stay() -> None:
    markup = "<p>　　２０１６ 年，\n\t共  计&nbsp;１，２３４　条&nbsp;</p>"
    assert read(markup).text == "２０１６ 年， 共 计\xa0１，２３４　条"


def test_a_number_cut_by_tags_is_whole() -> None:
    assert read("<p>公开<span>1</span><span>,234</span><b>条</b></p>").text == "公开1,234条"


def test_headings_have_levels_and_bold_paragraphs_are_marked() -> None:
    document = read("<h2>总体情况</h2><p><b>一、概述</b></p><p>共<b>12</b>条信息。</p>")
    assert [(b.level, b.bold) for b in document.blocks] == [(2, False), (None, True), (None, False)]


def test_preformatted_lines_are_blocks() -> None:
    assert lines("<pre>一、概述\n公开12条。\n</pre>") == ["一、概述", "公开12条。"]


def test_a_page_without_paragraphs_is_read_by_its_lines() -> None:
    source = "\n".join(
        f"{mark}、情况\n公开政府信息若干条，取得成效。" * 2 for mark in "一二三四五六"
    )
    assert lines(f"<html><body><div>{source}</div></body></html>") == source.split("\n")


def test_a_caption_stands_before_its_table() -> None:
    document = read("<table><caption>表1</caption><tr><td>规章<td>1<tr><td>文件<td>2</table>")
    assert document.text == "表1\n规章\t1\n文件\t2"
    assert document.tables[0].caption == "表1"


def test_spans_are_expanded_and_each_cell_stands_once_in_the_text() -> None:
    markup = (
        "<table><thead><tr><th rowspan=2>指标</th><th colspan=2>数量</th></tr>"
        "<tr><td>本年新<br>制作数量</td><td>total<br>number</td></tr></thead>"
        "<tr><td>规章</td><td>&nbsp;</td><td>12</td></tr></table>"
    )
    document = read(f"<p>前</p>{markup}<p>后</p>")
    (table,) = document.tables
    assert document.text == ("前\n指标\t数量\n本年新制作数量\ttotal number\n规章\t\t12\n后")
    # A cell of `<thead>` does not reach into the body, and this one need not.
    assert texts(document, table) == [
        ["指标", "数量", "数量"],
        ["指标", "本年新制作数量", "total number"],
        ["规章", "", "12"],
    ]
    assert [cell.is_header for cell in table.cells] == [True] * 4 + [False] * 3
    assert document.text[table.start : table.end].startswith("指标")


def test_tables_are_counted_in_order_and_layout_tables_are_not() -> None:
    data = "<table><tr><td>规章</td><td>{}</td></tr><tr><td>文件</td><td>0</td></tr></table>"
    page = (
        "<table><tr><td><table><tr><td>一、总体情况</td></tr><tr><td>"
        f"<p>正文。</p>{data.format(1)}</td></tr></table></td></tr></table>{data.format(2)}"
    )
    document = read(page)
    assert [table.index for table in document.tables] == [0, 1]
    assert [texts(document, table)[0][1] for table in document.tables] == ["1", "2"]
    assert document.text.startswith("一、总体情况\n正文。\n规章\t1")


def test_an_article_set_in_a_table_beside_a_menu_is_running_text() -> None:
    prose = "2016年，我局认真贯彻条例，主动公开政府信息12条。" * 8
    document = read(f"<table><tr><td><a href=/>首页</a></td><td>{prose}</td></tr></table>")
    assert document.tables == ()
    assert prose in document.text


CHROME = """<html><head><title>某局年报</title><meta name=PubDate content="2017-03-31">
<style>p{}</style></head><body>
<nav>导航</nav><div class="top-nav"><a href=1>要闻</a></div>
<div>您现在的位置：<a href=1>首页</a> &gt; <a href=2>年报</a></div>
<div class="side"><ul><li><a href=1>指南</a><li><a href=2>目录</a><li><a href=3>年报</a></ul></div>
<div class=main><h1>某局2016年政府信息公开工作年度报告</h1>
<p>发布时间：2017-03-31 10:20 来源：某局 浏览次数：<span>12345</span> 【字体：大 中 小】</p>
<div id=zoom><p>一、概述</p><p>2016年公开政府信息12条。其中网站10条。微博2条。共计12条。</p>
<p style="display: none">隐藏88条</p><p>某局</p><p>2017年3月30日</p></div>
<p>【打印】 【关闭】</p><p>上一篇：<a href=1>某镇年报77条</a></p>
<div class=related><h3>相关文章</h3><p><a href=1>年报66件</a></p></div></div>
<div class=footer><p>版权所有：某局</p><p>ICP备05000001号</p></div>
<script>var a = "99条";</script></body></html>"""


def test_the_page_around_the_report_stays_out() -> None:
    document = read(CHROME)
    assert document.text.split("\n") == [
        "某局2016年政府信息公开工作年度报告",
        "一、概述",
        "2016年公开政府信息12条。其中网站10条。微博2条。共计12条。",
        "某局",
        "2017年3月30日",
    ]


def test_what_the_page_says_of_itself_is_metadata() -> None:
    metadata = read(CHROME).metadata
    assert metadata["title"] == "某局年报"
    assert metadata["pubdate"] == "2017-03-31"
    assert metadata["date"] == "2017-03-31 10:20"
    assert metadata["site"] == "某局"


def test_an_index_block_is_metadata_and_a_table() -> None:
    document = read(
        "<table><tr><td>索 引 号：</td><td>0143/2017-1</td><td>发布机构：</td><td>某局</td></tr>"
        "<tr><td>成文日期：</td><td>2017-03-15</td><td>文号：</td><td></td></tr></table><p>正文。</p>"
    )
    assert document.metadata["索引号"] == "0143/2017-1"
    assert document.metadata["发布机构"] == "某局"
    assert document.metadata["成文日期"] == "2017-03-15"
    assert len(document.tables) == 1


def test_text_that_is_all_hidden_is_read_all_the_same() -> None:
    prose = "2016年主动公开政府信息12条。" * 30
    assert prose in read(f"<div style='display:none'><p>{prose}</p></div>").text


def test_truncated_markup_is_read_and_flagged() -> None:
    document = read("<html><body><p>公开12条。</p><table><tr><td>规章</td><td>1</td></tr><tr><td")
    assert "公开12条。" in document.text
    assert [flag.code for flag in document.flags] == ["TRUNCATED_MARKUP"]


def test_impossible_spans_are_flagged() -> None:
    document = read("<table><tr><td colspan=99999>甲<td>乙<tr><td rowspan=-2>1<td>2</table>")
    assert [flag.code for flag in document.flags] == ["IMPOSSIBLE_SPAN"]
    assert document.tables[0].columns <= 3


def test_five_hundred_nested_tables_are_read() -> None:
    nested = "<table><tr><td>" * 500 + "公开12条。" + "</td></tr></table>" * 500
    document = read(f"<body>{nested}</body>")
    assert (document.text, document.tables) == ("公开12条。", ())


@pytest.mark.parametrize("markup", ["<p>" * 400_000, "<div>甲" * 50_000])
def test_absurd_pages_are_refused_before_they_are_parsed(markup: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        read(f"<html><body>{markup}")
    assert refusal.value.code == "TOO_COMPLEX"


def suqian() -> Iterator[Document]:
    for path in sorted(REAL_REPORTS.glob("*.html")):
        yield read_document(path.read_bytes(), path.name)


@real_reports
def test_the_real_reports_have_their_three_tables_whole() -> None:
    for document in suqian():
        assert [(t.rows, t.columns) for t in document.tables] == [(14, 4), (28, 10), (4, 15)]
        for table in document.tables:
            assert all(cell is not None for row in table.grid for cell in row)
        assert document.flags == ()
