"""The text and the tables of PDF files, and which of them are refused."""

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from gongkai.graph.errors import InputRefused
from gongkai.loaders.document import Document, Table
from gongkai.loaders.read import pdf as reader
from gongkai.loaders.read import read_document
from tests.loaders.forms.official_forms import C, Grid
from tests.loaders.read import papers

PROSE = "某局认真落实条例，按时答复每一件申请，公开的信息逐年增加。"


def read(data: bytes) -> Document:
    return read_document(data, "report.pdf")


def texts(document: Document, table: Table) -> list[list[str | None]]:
    return [
        [None if cell is None else document.text[cell.start : cell.end] for cell in row]
        for row in table.grid
    ]


def grid(rows: int) -> Grid:
    head = [[C("指标", rowspan=2), C("数量", 2)], [C("本年"), C("上年")]]
    return [*head, *([C(f"第{n}行"), C(str(n)), C("")] for n in range(rows))]


def test_lines_and_tables_stand_in_the_order_of_the_page() -> None:
    document = read(papers.pdf(["某局年度报告", grid(2), PROSE]))
    assert document.format == "pdf"
    assert document.text.split("\n") == [
        "某局年度报告", "指标\t数量", "本年\t上年", "第0行\t0\t", "第1行\t1\t", PROSE,
    ]  # fmt: skip
    (table,) = document.tables
    assert texts(document, table)[:3] == [
        ["指标", "数量", "数量"],
        ["指标", "本年", "上年"],
        ["第0行", "0", ""],
    ]


def test_a_table_that_goes_on_at_the_head_of_the_next_page_is_one_table() -> None:
    document = read(papers.pdf([PROSE * 20, grid(60), "此后无表。"], header="某局年报"))
    (table,) = document.tables
    assert (table.rows, table.columns) == (62, 3)
    assert texts(document, table)[61] == ["第59行", "59", ""]


def test_running_headers_stand_once_and_page_numbers_not_at_all() -> None:
    words = "公开信息申请答复"
    lines = [f"其{one}在于{other}，须按时完成。" for one in words for other in words]
    document = read(papers.pdf(lines, header="某局年报 第1页"))
    assert document.text == "\n".join(["某局年报 第1页", *lines])


def test_a_frame_around_a_paragraph_is_no_table() -> None:
    document = read(papers.pdf([[[C(PROSE)], [C("附注")]], PROSE]))
    assert document.tables == ()
    assert document.text.replace("\n", "") == PROSE + "附注" + PROSE


def test_radicals_become_characters() -> None:
    document = read(papers.pdf([PROSE, "⾏政⼈⺠法院"]))
    assert document.text.endswith("行政人民法院")


def blank_page(draw: bool = False) -> bytes:
    canvas = Canvas("unused.pdf", pagesize=A4)
    if draw:
        canvas.rect(50, 50, 200, 200, fill=1)
    canvas.showPage()
    return bytes(canvas.getpdfdata())


@pytest.mark.parametrize(
    ("data", "code", "reason"),
    [
        (blank_page(draw=True), "FORMAT_NOT_READ", "no text layer: OCR needed"),
        (papers.pdf([PROSE], password="secret"), "ENCRYPTED", "encrypted"),
        (papers.pdf([PROSE])[:900], "DAMAGED_FILE", "damaged"),
        (b"%PDF-1.4\n", "DAMAGED_FILE", "damaged"),
    ],
    ids=["scanned", "encrypted", "cut off", "empty"],
)
def test_what_cannot_be_read_is_refused_with_the_reason(
    data: bytes, code: str, reason: str
) -> None:
    with pytest.raises(InputRefused, match=reason) as refusal:
        read(data)
    assert refusal.value.code == code


def test_a_book_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_PAGES", 1)
    with pytest.raises(InputRefused) as refusal:
        read(papers.pdf([PROSE] * 60))
    assert refusal.value.code == "TOO_LARGE"


def test_a_document_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_SECONDS", -1.0)
    with pytest.raises(InputRefused) as refusal:
        read(papers.pdf([PROSE] * 3))
    assert refusal.value.code == "TOO_COMPLEX"
