"""HTML: the report out of its page, in document order.

One walk over the tree, without recursion, gathers paragraphs and tables as a browser would show
them. A table that only lays out the page is unwrapped into its paragraphs where the walk leaves it;
`chrome.py` then says which of them belong to the page and not to the report.
"""

import re
from dataclasses import dataclass, field
from itertools import accumulate

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..document import Document, Flag
from ..refusals import TOO_COMPLEX, refuse
from . import chrome
from .assembly import Assembly
from .decode import Decoded
from .grid import SourceCell, SourceRow
from .items import DataTable, Group, Item, Paragraph
from .metadata import complete, index_table
from .text import EDGES, joined_lines
from .vocabulary import BLOCK_TAGS, DROPPED_TAGS

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD_TAGS = frozenset(("b", "strong", "th"))
_KEPT_SPACE = frozenset(("pre", "listing", "xmp", "plaintext"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_SPACE = re.compile(r"[ \t\n\f]+")
_TRUNCATED = re.compile(r"</(?:html|body)\s*>", re.I)
_CUT_TAG = re.compile(r"<[a-z/!][^<>]{0,200}\Z", re.I)
_MAX_TAGS = 300_000  # a report saved by Word has some 20,000
_MAX_DEPTH = 10_000  # the parser's time grows with the square of the depth
_TAG = re.compile(r"<(/?)(?!(?:br|img|hr|input|meta|link|p|li|t[dhr]|tbody)\b)[a-z]", re.I)
_FEW_ITEMS = 3
_EVERYTHING = chrome.MainPart(None, frozenset())


@dataclass(slots=True)
class _Cell:
    rowspan: int
    colspan: int
    is_header: bool
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    """A table that the walk is in. `cell`: the one it is in; `outer`: where its items go."""

    outer: list[Item]
    is_presentation: bool
    rows: list[tuple[int, list[_Cell]]] = field(default_factory=list)
    group: int = 0
    caption: list[Item] = field(default_factory=list)
    has_table: bool = False


def read_html(decoded: Decoded, name: str) -> Document:
    """Raises InputRefused when the page is absurdly large or deep."""
    markup = decoded.text
    _check_size(markup, name)
    tree = LexborHTMLParser(markup)
    assembly = Assembly(name)
    metadata = _head(tree)
    root = tree.body or tree.root
    items: list[Item] = []
    if root is not None:
        items = _read_items(root, name)
    for item in chrome.select(flatten(items), metadata):
        _write(item, assembly, metadata)
    flags = list(decoded.flags)
    if _is_truncated(markup):
        flags.append(Flag("TRUNCATED_MARKUP", "the page ends before its markup is closed"))
    return assembly.finish("html", decoded.encoding, complete(metadata), flags)


def add_fragment(markup: str, assembly: Assembly, name: str) -> None:
    """Write a piece of HTML that stands inside another format. Raises InputRefused."""
    _check_size(markup, name)
    root = LexborHTMLParser(markup).body
    if root is not None:
        for item in flatten(_Walk(name, _EVERYTHING).read(root)):
            _write(item, assembly, {})


def _check_size(markup: str, name: str) -> None:
    tags = markup.count("<")
    if tags > _MAX_TAGS:
        raise refuse(
            TOO_COMPLEX,
            name,
            f"the page has {tags:,} tags, more than the {_MAX_TAGS:,} allowed",
            "Save the report alone.",
        )
    if tags > _MAX_DEPTH and _depth(markup) > _MAX_DEPTH:
        raise refuse(
            TOO_COMPLEX,
            name,
            f"elements are nested more than {_MAX_DEPTH:,} deep",
            "Save the page again, with its end tags.",
        )


def _depth(markup: str) -> int:
    steps = (-1 if tag[1] else 1 for tag in _TAG.finditer(markup))
    return max(accumulate(steps), default=0)


def flatten(items: list[Item]) -> list[Paragraph | DataTable]:
    result: list[Paragraph | DataTable] = []
    pending = [iter(items)]
    while pending:
        item = next(pending[-1], None)
        if item is None:
            pending.pop()
        elif isinstance(item, Group):
            pending.append(iter(item.items))
        else:
            result.append(item)
    return result


def _read_items(root: LexborNode, name: str) -> list[Item]:
    """The items of the page; hidden parts too where they hold nearly everything, and line by line
    where the page has no paragraphs but the lines of its source."""
    items = _Walk(name, chrome.main_part(root)).read(root)
    length = _length(items)
    if length < chrome.SHORTEST_REPORT:
        everything = _Walk(name, _EVERYTHING, keep_hidden=True).read(root)
        if _length(everything) > 2 * length:
            return everything
    elif len(items) <= _FEW_ITEMS and root.text(deep=True).count("\n") > 2 * _FEW_ITEMS:
        by_lines = _Walk(name, _EVERYTHING, keep_lines=True).read(root)
        if len(by_lines) > 2 * _FEW_ITEMS:
            return by_lines
    return items


def _length(items: list[Item]) -> int:
    return sum(
        len(item.text)
        if isinstance(item, Paragraph)
        else sum(len(cell.text) for row in item.rows for cell in row.cells)
        for item in flatten(items)
    )


def _write(item: Paragraph | DataTable, assembly: Assembly, metadata: dict[str, str]) -> None:
    if isinstance(item, Paragraph):
        assembly.add_paragraph(item.text, item.level, bold=item.bold, blank_lines=item.blank_lines)
        return
    rows = [[cell.text for cell in row.cells] for row in item.rows]
    for key, value in index_table(rows).items():
        metadata.setdefault(key, value)
    assembly.add_table(item.rows, item.caption)


def _head(tree: LexborHTMLParser) -> dict[str, str]:
    metadata: dict[str, str] = {}
    title = tree.css_first("title")
    if title is not None and (text := _collapse(title.text(deep=True))):
        metadata["title"] = text
    for node in tree.css("meta"):
        attributes = node.attributes
        key = attributes.get("name") or attributes.get("property")
        content = _collapse(attributes.get("content") or "")
        if key and content:
            metadata.setdefault(key.strip().lower(), content)
    return metadata


def _is_truncated(markup: str) -> bool:
    """Cut off inside a tag, or a whole page whose end is missing."""
    end = markup[-400:].rstrip()
    if _CUT_TAG.search(end):
        return True
    opens = re.search(r"<(?:html|body)\b", markup[:20_000], re.I) is not None
    return opens and _TRUNCATED.search(markup[-20_000:]) is None


def _collapse(text: str) -> str:
    return _SPACE.sub(" ", text).strip(EDGES)


def _span(text: str | None) -> int:
    """A span attribute as a browser reads it: leading digits; 1 where there are none."""
    match = re.match(r"\s*([+-]?\d{1,9})", text or "1")
    return int(match[1]) if match else 1


class _Walk:
    """One walk over the tree: what has been gathered, and the paragraph that is being gathered."""

    def __init__(
        self,
        name: str,
        part: chrome.MainPart,
        *,
        keep_hidden: bool = False,
        keep_lines: bool = False,
    ) -> None:
        self._name = name
        self._container = part.container
        self._outside = part.container is not None
        self._dropped = part.dropped
        self._keep_hidden = keep_hidden
        self._items: list[Item] = []
        self._tables: list[_Table] = []
        self._pieces: list[str] = []
        self._level: int | None = None
        self._links = 0  # how many <a> the walk is in
        self._linked = 0
        self._bolds = 0
        self._bold = 0  # characters of the paragraph that are bold
        self._kept_space = int(keep_lines)
        self._blank_lines = 0

    def read(self, root: LexborNode) -> list[Item]:
        node: LexborNode | None = root
        open_nodes: list[tuple[LexborNode, str, bool, bool]] = []
        while node is not None:
            tag = node.tag
            child = None
            if tag == "-text":
                self._text(node.text_content or "")
            elif tag is not None and not self._is_dropped(node, tag):
                is_link, is_bold = self._enter(node, tag)
                if self._container is not None and node.mem_id == self._container:
                    self._outside = False
                child = node.child
                if child is None:
                    self._leave(tag, is_link, is_bold)
                else:
                    open_nodes.append((node, tag, is_link, is_bold))
            if child is not None:
                node = child
                continue
            following = node.next if open_nodes else None
            while following is None and open_nodes:
                closed, tag, is_link, is_bold = open_nodes.pop()
                self._leave(tag, is_link, is_bold)
                if self._container is not None and closed.mem_id == self._container:
                    self._outside = True
                following = closed.next if open_nodes else None
            node = following
        self._end_paragraph()
        return self._items

    def _is_dropped(self, node: LexborNode, tag: str) -> bool:
        if tag in DROPPED_TAGS:
            return not (self._keep_hidden and tag in ("footer", "aside", "nav"))
        if self._keep_hidden or tag[0] == "-" or tag == "!doctype":
            return tag == "-comment" or tag == "!doctype"
        if self._dropped and node.mem_id in self._dropped:
            return True
        attributes = node.attributes
        if not attributes:
            return False
        if "hidden" in attributes:
            return True
        style = attributes.get("style")
        return bool(style and _HIDDEN.search(style))

    def _text(self, text: str) -> None:
        if not text:
            return
        if self._kept_space and "\n" in text:
            for number, line in enumerate(text.split("\n")):
                if number:
                    self._end_paragraph()
                self._text(line)
            return
        self._pieces.append(text)
        if self._links or self._bolds:
            length = len(text.strip())
            self._linked += length if self._links else 0
            self._bold += length if self._bolds else 0

    def _enter(self, node: LexborNode, tag: str) -> tuple[bool, bool]:
        if tag == "br":
            self._end_paragraph()
            return False, False
        if tag in BLOCK_TAGS:
            self._end_paragraph()
            if tag in _HEADINGS:
                self._level = _HEADINGS[tag]
            elif tag in _KEPT_SPACE:
                self._kept_space += 1
            elif tag == "table":
                role = node.attributes.get("role")
                self._open_table(role in ("presentation", "none"))
            elif self._tables:
                self._enter_table_part(node, tag)
        is_link = tag == "a" and self._is_link(node)
        is_bold = tag in _BOLD_TAGS or bool(
            tag != "body" and (style := node.attributes.get("style")) and _BOLD.search(style)
        )
        self._links += is_link
        self._bolds += is_bold
        return is_link, is_bold

    @staticmethod
    def _is_link(node: LexborNode) -> bool:
        target = node.attributes.get("href")
        return bool(target) and not str(target).startswith("#")

    def _leave(self, tag: str, is_link: bool, is_bold: bool) -> None:
        if tag in BLOCK_TAGS:
            self._end_paragraph()
            if tag in _HEADINGS:
                self._level = None
            elif tag in _KEPT_SPACE:
                self._kept_space -= 1
            elif tag == "table":
                self._close_table()
            elif tag in ("td", "th", "caption") and self._tables:
                self._items = []  # text between cells is nobody's
        self._links -= is_link
        self._bolds -= is_bold

    def _end_paragraph(self) -> None:
        if not self._pieces:
            return
        raw = "".join(self._pieces)
        text = _collapse(raw)
        if text:
            bold = self._bold >= len(text) * 0.9
            linked = min(self._linked, len(text))
            blank = self._blank_lines
            self._items.append(Paragraph(text, self._level, bold, linked, self._outside, blank))
        is_blank = not text and "\xa0" in raw
        self._blank_lines = self._blank_lines + 1 if is_blank else 0 if text else self._blank_lines
        self._pieces = []
        self._linked = self._bold = 0

    def _open_table(self, is_presentation: bool) -> None:
        if self._tables:
            self._tables[-1].has_table = True
        self._tables.append(_Table(self._items, is_presentation))
        self._items = []

    def _enter_table_part(self, node: LexborNode, tag: str) -> None:
        table = self._tables[-1]
        if tag in ("tbody", "thead", "tfoot"):
            table.group += 1
        elif tag == "tr":
            table.rows.append((table.group, []))
        elif tag in ("td", "th"):
            attributes = node.attributes
            is_header = tag == "th" or (node.parent is not None and _in_head(node))
            cell = _Cell(
                _span(attributes.get("rowspan")), _span(attributes.get("colspan")), is_header
            )
            if not table.rows:
                table.rows.append((table.group, []))
            table.rows[-1][1].append(cell)
            self._items = cell.items
        elif tag == "caption":
            self._items = table.caption

    def _close_table(self) -> None:
        table = self._tables.pop()
        self._items = table.outer
        if table.is_presentation or _is_layout(table):
            self._items.extend(Group(part) for part in _parts(table) if part)
        else:
            self._items.append(Group(table.caption))
            self._items.append(_data_table(table))


def _in_head(cell: LexborNode) -> bool:
    row = cell.parent
    group = row.parent if row is not None else None
    return group is not None and group.tag == "thead"


def _parts(table: _Table) -> list[list[Item]]:
    return [table.caption, *(cell.items for _, cells in table.rows for cell in cells)]


def _data_table(table: _Table) -> DataTable:
    rows = []
    linked = 0
    for group, cells in table.rows:
        sources = []
        for cell in cells:
            linked += sum(item.linked for item in cell.items if not isinstance(item, Group))
            sources.append(
                SourceCell(_cell_text(cell.items), cell.rowspan, cell.colspan, cell.is_header)
            )
        rows.append(SourceRow(tuple(sources), group))
    return DataTable(rows, _cell_text(table.caption), linked)


def _cell_text(items: list[Item]) -> str:
    lines: list[str] = []
    for item in flatten(items):
        if isinstance(item, Paragraph):
            lines.append(item.text)
        else:
            lines.extend(cell.text for row in item.rows for cell in row.cells if cell.text)
    return joined_lines(lines)


_FEWEST_CELLS = 2
_LONG_CELL = 120
_FEW_CELLS = 8
_MANY_CELLS = 12


def _is_layout(table: _Table) -> bool:
    """A table that only places things on the page: its content is running text.

    It has one column, or holds another table, or most of its text is in a few cells of prose.
    """
    cells = [cell for _, row in table.rows for cell in row]
    if not cells or max(len(row) for _, row in table.rows) < 2:
        return True
    texts = [(cell, _cell_text(cell.items)) for cell in cells if cell.items]
    total = sum(len(text) for _, text in texts)
    if len(cells) < _FEWEST_CELLS or not total:
        return True
    if table.has_table:
        return _few_plain_cells(table)
    linked = sum(i.linked for cell, _ in texts for i in cell.items if not isinstance(i, Group))
    if linked > 0.8 * total:
        return True
    prose = [text for _, text in texts if len(text) > _LONG_CELL and "。" in text]
    return len(texts) <= _FEW_CELLS and sum(map(len, prose)) > 0.6 * total


def _few_plain_cells(table: _Table) -> bool:
    """Whether a table with a table inside has hardly any cells of its own."""
    plain = [
        row
        for _, row in table.rows
        if sum(1 for cell in row if all(isinstance(item, Paragraph) for item in cell.items)) >= 2
    ]
    holders = sum(
        any(not isinstance(item, Paragraph) for item in cell.items)
        for _, row in table.rows
        for cell in row
    )
    return len(plain) < 3 or sum(map(len, plain)) < _MANY_CELLS * holders
