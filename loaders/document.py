"""The one plain shape between formats and extractors: text with offsets, headings, tables.

A reader (`loaders/read/`) knows a file format and nothing of disclosure law; an extractor knows
disclosure law and nothing of formats. This is all they share.

All offsets are code points into `Document.text`, which is the text Gongkai serves: running text and
tables in document order, with the source's own characters. Blocks (paragraphs, table rows) are
separated by one newline; the cells of a row by one tab. A cell that spans several rows or columns
stands in the text once, at its first place.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cell:
    """One source cell. `row`, `column`: its top left place in the span-expanded grid."""

    row: int
    column: int
    rowspan: int
    colspan: int
    start: int
    end: int
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A data table. `index` counts all tables of the document from 0 in order.

    `rows` and `columns` are the size of the expanded grid (in Markdown the `---` line is a row).
    `grid[row][column]` is the cell that covers the place, or None where a row is short.
    """

    index: int
    start: int
    end: int
    rows: int
    columns: int
    cells: tuple[Cell, ...]
    grid: tuple[tuple[Cell | None, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or heading of running text, without its newline.

    `blank_lines`: those directly before it in the file; a cell that was left blank may be one.
    `blank_cells`: cells before it that the file shows to be blank, in a table of one cell a line.
    `level`: 1 to 6 where the format itself says it is a heading (`<h2>`, `##`), else None; which
    paragraphs are headings by their wording is `loaders/sections.py`'s to say.
    """

    start: int
    end: int
    level: int | None = None
    bold: bool = False
    blank_lines: int = 0
    blank_cells: int = 0


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a reader noticed and the user should know; becomes a warning of the extract."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """`metadata` holds what the file says of itself outside its text, by lower-case name:
    `title` (`<title>`), `date`, `site`, and names of `<meta>` such as `pubdate`, `contentsource`;
    also key and value of an index block (索引号, 发布机构, 成文日期 …) that was left out as chrome.
    """

    text: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...]
    format: str
    encoding: str
    metadata: dict[str, str] = field(default_factory=dict)
    flags: tuple[Flag, ...] = ()
