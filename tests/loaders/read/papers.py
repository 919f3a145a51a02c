"""Reports made for tests as PDF and DOCX, out of paragraphs and printed tables.

The PDF uses a font that every reader brings (STSong-Light), so no font is kept with the tests.
"""

import io
from collections.abc import Sequence
from typing import Any

import docx
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from tests.loaders.forms.official_forms import Grid, places

Part = str | Grid
_FONT = "STSong-Light"
_WIDTH = A4[0] - 40 * mm


def pdf(
    parts: Sequence[Part], *, header: str = "", password: str = "", ruled: bool = True
) -> bytes:
    """Every page has its number at its foot, and `header` at its head. `ruled`: tables have lines."""
    registerFont(UnicodeCIDFont(_FONT))
    style = ParagraphStyle("body", fontName=_FONT, fontSize=12, leading=20, wordWrap="CJK")
    story = [
        Paragraph(part, style) if isinstance(part, str) else _pdf_table(part, ruled)
        for part in parts
    ]
    file = io.BytesIO()
    document = SimpleDocTemplate(file, pagesize=A4, encrypt=password or None)

    def decorate(canvas: Any, template: Any) -> None:
        canvas.setFont(_FONT, 9)
        canvas.drawString(30 * mm, A4[1] - 12 * mm, header)
        canvas.drawCentredString(A4[0] / 2, 10 * mm, f"— {template.page} —")

    document.build(story, onFirstPage=decorate, onLaterPages=decorate)
    return file.getvalue()


def _pdf_table(grid: Grid, ruled: bool) -> Table:
    small = ParagraphStyle("cell", fontName=_FONT, fontSize=8, leading=10, wordWrap="CJK")
    placed = places(grid)
    columns = _columns(grid)
    texts: list[list[Any]] = [[""] * columns for _ in grid]
    style: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, "black")] if ruled else []
    for row, column, cell in placed:
        texts[row][column] = Paragraph(cell.text, small)
        end = (column + cell.colspan - 1, row + cell.rowspan - 1)
        style.append(("SPAN", (column, row), end))
    longest = [3] * columns
    for _, column, cell in placed:
        if cell.colspan == 1:
            longest[column] = max(longest[column], min(len(cell.text), 16))
    widths = [_WIDTH * length / sum(longest) for length in longest]
    return Table(texts, colWidths=widths, style=style)


def word(parts: Sequence[Part]) -> bytes:
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
        else:
            _word_table(document, part)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _word_table(document: Any, grid: Grid) -> None:
    table = document.add_table(len(grid), _columns(grid))
    for row, column, cell in places(grid):
        end = table.cell(row + cell.rowspan - 1, column + cell.colspan - 1)
        table.cell(row, column).merge(end).text = cell.text


def _columns(grid: Grid) -> int:
    return max(column + cell.colspan for _, column, cell in places(grid))
