"""Plain text: each line a paragraph, runs of tab- or pipe-separated lines a table.

Lines stay as they are in the file; that a sentence was cut by hard wrapping or a page break is for
`loaders/paragraphs.py` to see.
"""

import re
from collections.abc import Sequence

from ..document import Document
from .assembly import Assembly
from .decode import Decoded
from .grid import SourceCell, SourceRow
from .lone_pipes import LonePipes, holds_several
from .metadata import complete, header_line

# What `str.strip` takes, and the byte-order mark and zero-width space that hide at line ends.
EDGES = " \t\u3000\xa0\ufeff\u200b\f\v\x85\u2028\u2029"
_RULE = re.compile(r"[|+\-=─━┼├┤┌┐└┘┬┴═\s:]+")
_HEADER_LINES = 12
_SHORTEST_TABLE = 2


def read_text(decoded: Decoded, name: str) -> Document:
    """Raises InputRefused when a table is absurdly large."""
    assembly = Assembly(name)
    lines = [line.strip(" \u3000\xa0\ufeff\u200b\f\v\x85") for line in decoded.text.split("\n")]
    position = blank_lines = 0
    pipes = LonePipes()
    while position < len(lines):
        end = _table_end(lines, position)
        if end > position:
            assembly.add_table([_row(line) for line in lines[position:end] if not is_rule(line)])
            position, blank_lines, pipes = end, 0, LonePipes()
            continue
        cell = pipes.cell(lines[position].strip(EDGES))
        line = cell.text.replace("\t", " ")
        if line:
            assembly.add_paragraph(line, blank_lines=blank_lines, blank_cells=cell.blanks)
        blank_lines = 0 if line else blank_lines + 1
        position += 1
    metadata = read_header([line for line in lines if line][:_HEADER_LINES])
    return assembly.finish("text", decoded.encoding, complete(metadata), decoded.flags)


def read_header(lines: Sequence[str]) -> dict[str, str]:
    """What the first lines of a page say of it."""
    metadata: dict[str, str] = {}
    for line in lines:
        for key, value in header_line(line).items():
            metadata.setdefault(key, value)
    return metadata


def joined_lines(lines: Sequence[str]) -> str:
    """The lines of a cell on one line: nothing between two Han characters, else a space."""
    text = lines[0] if lines else ""
    for line in lines[1:]:
        text += line if _is_wide(text[-1:]) and _is_wide(line[:1]) else " " + line
    return text.strip(EDGES)


def _is_wide(character: str) -> bool:
    return "\u2e80" <= character <= "\uffef"


def is_rule(line: str) -> bool:
    """A line drawn of dashes between the rows of a table."""
    return bool(line) and _RULE.fullmatch(line) is not None


def _row(line: str) -> SourceRow:
    if "\t" in line:
        texts = line.split("\t")
    else:
        texts = line.strip().removeprefix("|").removesuffix("|").split("|")
    return SourceRow(tuple(SourceCell(text.strip(EDGES)) for text in texts))


def _separator(line: str) -> str | None:
    """The character that parts the cells of the line; None for prose."""
    if "\t" in line.lstrip(EDGES):  # at its end, blank cells
        return "\t"
    if line.count("|") >= 2 or (is_rule(line) and ("+" in line or "|" in line)):
        return "|"
    return None


def _table_end(lines: Sequence[str], start: int) -> int:
    """The line after the table that begins at `start`; `start` when none does."""
    separator = _separator(lines[start])
    if separator is None:
        return start
    end = start + 1
    while end < len(lines) and _separator(lines[end]) == separator:
        end += 1
    rows = [line for line in lines[start:end] if not is_rule(line)]
    is_parted = any(holds_several(line, separator) for line in rows)
    return end if is_parted and len(rows) >= _SHORTEST_TABLE else start
