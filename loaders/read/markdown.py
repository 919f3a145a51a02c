"""Markdown: the marks of markup are dropped, the words stay as they are.

Read as converted reports are written, not to the letter of CommonMark: each line is a paragraph, a
pipe table may have ragged rows, marks may be left open, HTML tables may stand between paragraphs.
"""

import re
from collections.abc import Sequence
from html import unescape

from ..document import Document
from .assembly import Assembly
from .decode import Decoded
from .grid import SourceCell, SourceRow
from .html import add_fragment
from .lone_pipes import LonePipes, holds_several
from .metadata import complete
from .text import EDGES, read_header

_HEADING = re.compile(r"\s{0,3}(#{1,6})(?:\s+|(?=[^#\s]))(.*?)\s*#*\s*")
_UNDERLINE = re.compile(r"\s{0,3}(=+|-{2,})\s*")
_HORIZONTAL = re.compile(r"\s{0,3}(?:[-*_]\s*){3,}")
_LIST_MARK = re.compile(r"\A\s*[-*+]\s+(?=\S)")
_QUOTE_MARK = re.compile(r"\A\s{0,3}(?:>\s?)+")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_DELIMITER = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?\s*|\s*\|\s*:?-+:?\s*")
_CELL_BREAK = re.compile(r"(?<!\\)\|")
_IMAGE = re.compile(r"!\[([^\]\n]*)\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)")
_LINK = re.compile(
    r"(?<!!)\[([^\[\]\n]*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"[^\"\n]*\")?\)"
)
_LINK_TARGET = re.compile(r"[a-z]+:|[/#.?]|www\.|.*\.[a-z]{2,5}$|$", re.I)
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^<>\s]+)>")
_STRONG = re.compile(r"(?<!\\)(\*\*\*|\*\*|___|__)")
_EMPHASIS = re.compile(r"(?<![\\*0-9])\*(?=[^\s*])([^*\n]{1,200}?)(?<=[^\s*])\*(?![*0-9])")
_CODE = re.compile(r"(`+)([^`\n]+)\1")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_INLINE_TAG = re.compile(
    r"</?(?:b|i|u|em|strong|span|font|sub|sup|a|center|p|div|small|big|h[1-6]|ul|ol|li|section|article|o:p)\b[^<>\n]*>",
    re.I,
)
_LINE_BREAK = re.compile(r"<br\s*/?>", re.I)
_TABLE_OPEN = re.compile(r"<table\b", re.I)
_TABLE_TAG = re.compile(r"<(/?)table\b", re.I)
_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n((?:[ \t]*[^\n]*\n){1,40}?)---[ \t]*\n")
_HAN_GAP = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s+(?=[\u3000-\u9fff\uff00-\uffef])")
_HEADER_LINES = 12


def read_markdown(decoded: Decoded, name: str) -> Document:
    """Raises InputRefused when a table is absurdly large."""
    metadata, text = _front_matter(_without_comments(decoded.text))
    assembly = Assembly(name)
    lines = text.split("\n")
    position = blank_lines = 0
    header: list[str] = []
    pipes = LonePipes()
    while position < len(lines):
        line = lines[position]
        end = _html_table_end(lines, position)
        if end > position:
            add_fragment("\n".join(lines[position:end]), assembly, name)
            position, blank_lines = end, 0
            continue
        end = _pipe_table_end(lines, position)
        if end > position:
            assembly.add_table(_rows(lines[position:end]))
            position, blank_lines, pipes = end, 0, LonePipes()
            continue
        following = lines[position + 1] if position + 1 < len(lines) else ""
        position += 1 + _add_line(line, following, blank_lines, pipes, assembly, header)
        blank_lines = 0 if line.strip(EDGES) else blank_lines + 1
    for key, value in read_header(header).items():
        metadata.setdefault(key, value)
    return assembly.finish("markdown", decoded.encoding, complete(metadata), decoded.flags)


def _without_comments(text: str) -> str:
    pieces = []
    position = 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
        pieces.append(text[position:start])
        position = end + len("-->")
    return "".join(pieces) + text[position:] if pieces else text


def plain(marked: str) -> str:
    """The words of a line of Markdown, without its marks.

    >>> plain("1. **推进公开。**见[平台](http://example.cn)")
    '1. 推进公开。见平台'
    """
    text = marked
    if "[" in text:
        text = _IMAGE.sub("", text)
        text = _LINK.sub(lambda m: m[1] if _LINK_TARGET.match(m[2]) else m[0], text)
    if "<" in text:
        text = _INLINE_TAG.sub("", _AUTOLINK.sub(r"\1", text))
    if "`" in text:
        text = _CODE.sub(r"\2", text)
    if "*" in text or "_" in text:
        text = _STRONG.sub(_drop_strong, text)
        text = _EMPHASIS.sub(r"\1", text)
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    if "&" in text:
        text = unescape(text)
    return text.strip(EDGES).removesuffix("\\")


def _drop_strong(match: re.Match[str]) -> str:
    """Underscores inside a word, as in an address, are no mark."""
    if match[1].startswith("*"):
        return ""
    text = match.string
    before = text[match.start() - 1 : match.start()] if match.start() else ""
    after = text[match.end() : match.end() + 1]
    return (
        match[1]
        if before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
        else ""
    )


def _add_line(
    line: str,
    following: str,
    blank_lines: int,
    pipes: LonePipes,
    assembly: Assembly,
    header: list[str],
) -> int:
    """Write the paragraphs of a line; 1 when the line after it is only its underline."""
    if not line.strip(EDGES) or _HORIZONTAL.fullmatch(line) or _FENCE.match(line):
        return 0
    level: int | None = None
    underlined = 0
    heading = _HEADING.fullmatch(line)
    if heading:
        level, line = len(heading[1]), heading[2]
    else:
        words = _LIST_MARK.sub("", _QUOTE_MARK.sub("", line))
        is_plain, line = words == line, words
        if (
            is_plain
            and len(line.strip()) <= 60
            and _UNDERLINE.fullmatch(following)
            and "|" not in line
        ):
            level, underlined = (1 if "=" in following else 2), 1
    bold = _is_bold(line)
    for part in _LINE_BREAK.split(line):
        cell = pipes.cell(plain(part))
        text = cell.text.replace("\t", " ")
        if text:
            header.append(text)
            assembly.add_paragraph(
                text, level, bold=bold, blank_lines=blank_lines, blank_cells=cell.blanks
            )
            blank_lines = 0
    return underlined


def _is_bold(line: str) -> bool:
    stripped = line.strip()
    return (
        len(stripped) > 4
        and stripped[:2] in ("**", "__")
        and stripped.endswith(stripped[:2])
        and stripped[:2] not in stripped[2:-2]
    )


def _html_table_end(lines: Sequence[str], start: int) -> int:
    """The line after the HTML table that opens in line `start`; `start` when none does."""
    if not _TABLE_OPEN.search(lines[start]):
        return start
    depth = 0
    for position in range(start, len(lines)):
        for tag in _TABLE_TAG.finditer(lines[position]):
            depth += -1 if tag[1] else 1
        if depth <= 0:
            return position + 1
    return len(lines)


def _pipe_table_end(lines: Sequence[str], start: int) -> int:
    """The line after the pipe table that begins at `start`; `start` when none does.

    A table has a `---` row after its first row, or at least two rows that begin with a pipe, and
    one of them more than one cell with words.
    """
    first = lines[start]
    if "|" not in first:
        return start
    has_delimiter = start + 1 < len(lines) and _DELIMITER.fullmatch(lines[start + 1]) is not None
    is_piped = first.lstrip().startswith("|")
    if not has_delimiter and not is_piped:
        return start
    end = start + 1
    while (
        end < len(lines)
        and "|" in lines[end]
        and (lines[end].lstrip().startswith("|") or not is_piped)
    ):
        end += 1
    is_table = end - start >= 2 and any(map(holds_several, lines[start:end]))
    return end if has_delimiter or is_table else start


def _rows(lines: Sequence[str]) -> list[SourceRow]:
    """The rows of a pipe table. The `---` line is a row without cells; what is above it, header."""
    delimiters = {index for index, line in enumerate(lines) if _DELIMITER.fullmatch(line)}
    header_rows = min(delimiters, default=0)
    rows = []
    for index, line in enumerate(lines):
        if index in delimiters:
            rows.append(SourceRow(()))
            continue
        parts = _CELL_BREAK.split(line.strip().removeprefix("|").removesuffix("|"))
        cells = (SourceCell(_cell_text(part), is_header=index < header_rows) for part in parts)
        rows.append(SourceRow(tuple(cells)))
    return rows


def _cell_text(part: str) -> str:
    broken = _LINE_BREAK.sub("\n", part)
    return (
        " ".join(_HAN_GAP.sub("", plain(broken)).split())
        if "\n" in broken
        else plain(broken).replace("\t", " ")
    )


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """Keys and values of a YAML head, and the text after it."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text
    lines = [line for line in match[1].split("\n") if line.strip()]
    pairs = [re.fullmatch(r"\s*([\w \-]{1,40}?)\s*:\s*(.*?)\s*", line) for line in lines]
    if not all(pairs):
        return {}, text
    metadata = {pair[1].lower(): pair[2].strip("\"'") for pair in pairs if pair and pair[2]}
    return metadata, text[match.end() :]
