"""Files into documents: one module for each format, none of which knows disclosure law."""

from collections.abc import Callable

from ..document import Document
from ..refusals import EMPTY, MAX_MARKUP, MAX_TEXT, TOO_LARGE, check_size, refuse
from .decode import Decoded, decode
from .docx import read_docx
from .html import read_html
from .markdown import read_markdown
from .pdf import read_pdf
from .sniff import format_of, packed_format_of, refuse_control_characters, refuse_foreign
from .text import read_text

# A new text format: its reader here and its signs in `sniff.format_of`.
_READERS: dict[str, Callable[[Decoded, str], Document]] = {
    "html": read_html,
    "markdown": read_markdown,
    "text": read_text,
}
# The same for formats that are no text; their signs are in `sniff.packed_format_of`.
_PACKED_READERS: dict[str, Callable[[bytes, str], Document]] = {
    "pdf": read_pdf,
    "docx": read_docx,
}
_LONGEST_CHARACTER = 4  # bytes, in every encoding that is tried


def read_document(data: bytes, name: str) -> Document:
    """The document in `data`; `name` is what messages call it and a hint to its format.

    Raises InputRefused (see `loaders/refusals.py`) for what is empty, too large, binary, garbled or
    of a kind that has no reader. What is odd but readable is read, and told in `flags`.
    """
    check_size(len(data), name)
    packed = packed_format_of(data)
    document = _PACKED_READERS[packed](data, name) if packed else _read_text(data, name)
    _check_length(len(document.text), MAX_TEXT, name)
    if not document.text.strip():
        raise _empty(name, "the file has markup but no text")
    return document


def _read_text(data: bytes, name: str) -> Document:
    refuse_foreign(data, name)
    _check_length(len(data) // _LONGEST_CHARACTER, MAX_MARKUP, name)
    decoded = decode(data, name)
    _check_length(len(decoded.text), MAX_MARKUP, name)
    if not decoded.text.strip():
        raise _empty(name, "the file is empty" if not data else "the file is blank")
    refuse_control_characters(decoded.text, name)
    format = format_of(decoded.text, name)
    if format != "html":
        _check_length(len(decoded.text), MAX_TEXT, name)
    return _READERS[format](decoded, name)


def _check_length(characters: int, limit: int, name: str) -> None:
    if characters > limit:
        raise refuse(
            TOO_LARGE,
            name,
            f"the text is longer than {limit:,} characters; a report has some 10,000",
            "Load the report alone, not a collection of pages.",
        )


def _empty(name: str, reason: str) -> Exception:
    return refuse(EMPTY, name, reason, "Save the report again and load that file.")
