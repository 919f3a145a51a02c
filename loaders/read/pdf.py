"""PDF: the lines and tables of its pages, in reading order, as one document.

Running headers and page numbers are left out; a table that goes on at the head of the next page is
one table. Radicals that a font put in the place of characters become the characters.
"""

import io
import logging
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..characters import radical_forms
from ..document import Document
from ..refusals import DAMAGED, ENCRYPTED, FORMAT_NOT_READ, TOO_COMPLEX, TOO_LARGE, refuse
from .assembly import Assembly
from .metadata import complete
from .pdf_tables import PageTable, continue_table, find_tables
from .text import read_header

if TYPE_CHECKING:
    from pdfplumber.page import Page

MAX_PAGES = 300
MAX_SECONDS = 120.0
_MAX_PAGE_CHARACTERS = 50_000
_FEWEST_CHARACTERS = 20  # on a page with a text layer, on average
_MAX_UNKNOWN = 0.05  # glyphs without a character, of all
_UNKNOWN = re.compile(r"\(cid:\d+\)")
_PAGE_NUMBER = re.compile(
    r"[-—–－\s·.•]*(?:第\s*)?\d{1,3}(?:\s*页)?(?:\s*[/／,，]?\s*(?:共\s*)?\d{1,3}\s*页?)?[-—–－\s·.•]*"
)
_DIGITS = re.compile(r"\d+")
_EDGE_LINES = 2
_SAME_HEIGHT = 6.0  # points
_WORD_GAP = 0.4  # of the size of a character: a wider gap is a space
_HEADER_LINES = 12


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    top: float


_Item = _Line | PageTable


def read_pdf(data: bytes, name: str) -> Document:
    """Raises InputRefused for what is encrypted, scanned, damaged, too long or too slow to read."""
    _check(data, name)
    pages = _without_running_lines(list(_pages(data, name)))
    assembly = Assembly(name)
    lines: list[str] = []
    for item in _joined(pages):
        if isinstance(item, PageTable):
            assembly.add_table(item.source_rows())
        else:
            lines.append(item.text)
            assembly.add_paragraph(item.text)
    metadata = read_header(lines[:_HEADER_LINES])
    return assembly.finish("pdf", "unicode", complete(metadata), ())


def _check(data: bytes, name: str) -> None:
    """Refuse, before pages are read one by one, what cannot be read."""
    import pypdfium2  # slow to import

    try:
        pdf = pypdfium2.PdfDocument(data)
        try:
            pages = len(pdf)
            if pages > MAX_PAGES:
                reason = f"the document has {pages:,} pages; {MAX_PAGES} are allowed"
                raise refuse(TOO_LARGE, name, reason, "Save the report alone.")
            counts = [pdf[index].get_textpage().count_chars() for index in range(pages)]
        finally:
            pdf.close()
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            advice = "Save it without a password."
            raise refuse(ENCRYPTED, name, "the PDF document is encrypted", advice) from error
        advice = "Open it and print it to a new PDF file."
        raise refuse(DAMAGED, name, "the PDF document is damaged", advice) from error
    if sum(counts) < _FEWEST_CHARACTERS * len(counts):
        raise _unreadable(name, "no text layer")
    if max(counts, default=0) > _MAX_PAGE_CHARACTERS:
        reason = f"a page has more than {_MAX_PAGE_CHARACTERS:,} characters"
        raise refuse(TOO_COMPLEX, name, reason, "Save the report alone.")


def _unreadable(name: str, reason: str) -> Exception:
    return refuse(
        FORMAT_NOT_READ,
        name,
        f"the PDF document has {reason}: OCR needed",
        "Run OCR over it, or load the report as HTML, DOCX or text.",
    )


def _pages(data: bytes, name: str) -> Iterator[list[_Item]]:
    import pdfplumber  # slow to import

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns once for each odd glyph
    begin = time.monotonic()
    characters = unknown = 0
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            if time.monotonic() - begin > MAX_SECONDS:
                reason = f"reading it takes longer than {MAX_SECONDS:.0f} s"
                raise refuse(TOO_COMPLEX, name, reason, "Load the report as HTML, DOCX or text.")
            characters += len(page.chars)
            unknown += sum(_UNKNOWN.fullmatch(char["text"]) is not None for char in page.chars)
            yield _items(page)
            page.close()
    if unknown > _MAX_UNKNOWN * characters:
        raise _unreadable(name, "a text layer whose characters are unknown")


def _items(page: "Page") -> list[_Item]:
    tables = find_tables(page)
    outside = page.filter(lambda item: not any(table.contains(item) for table in tables))
    lines = outside.extract_text_lines(x_tolerance_ratio=_WORD_GAP, return_chars=False)
    texts = ((line["text"].translate(radical_forms()).strip(), line["top"]) for line in lines)
    items: list[_Item] = [_Line(text, top) for text, top in texts if text]
    return sorted([*items, *tables], key=lambda item: item.top)


def _without_running_lines(pages: Sequence[list[_Item]]) -> list[list[_Item]]:
    """The pages without their numbers, and without lines that head or foot most of them.

    The first of such lines is kept: it may be the title, which the other pages repeat.
    """
    pages_with = Counter(key for items in pages for key in set(map(_key, _edge_lines(items))))
    seen: set[tuple[str, int]] = set()
    kept = []
    for items in pages:
        edges = _edge_lines(items)
        running = {key for key in map(_key, edges) if pages_with[key] > max(1, len(pages) // 2)}
        dropped = {
            id(line)
            for line in edges
            if _PAGE_NUMBER.fullmatch(line.text) or _key(line) in running & seen
        }
        seen |= running
        kept.append([item for item in items if id(item) not in dropped])
    return kept


def _edge_lines(items: Sequence[_Item]) -> list[_Line]:
    edges = [*items[:_EDGE_LINES], *items[-_EDGE_LINES:]]
    return [item for item in edges if isinstance(item, _Line)]


def _key(line: _Line) -> tuple[str, int]:
    """A running line says the same at the same height of each page, but for the page's number."""
    return _DIGITS.sub("0", line.text), round(line.top / _SAME_HEIGHT)


def _joined(pages: Sequence[list[_Item]]) -> list[_Item]:
    """All items in order; a table that goes on at the head of a page is put to its beginning."""
    joined: list[_Item] = []
    for items in pages:
        for position, item in enumerate(items):
            last = joined[-1] if joined else None
            if position == 0 and isinstance(item, PageTable) and isinstance(last, PageTable):
                longer = continue_table(last, item)
                if longer is not None:
                    joined[-1] = longer
                    continue
            if not isinstance(item, PageTable) or item.is_table:
                joined.append(item)
            else:
                joined.extend(_Line(text, item.top) for text in item.texts())
    return joined
