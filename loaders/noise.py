"""What stands in the text and is not the report's: spans that must yield no facts.

Menus and counters that a reader could not tell from the report, captions and descriptions of
pictures, lists of other news put between two sentences, advertisements, footers, page numbers.
General rules by form and wording; a paragraph of running Chinese prose is never noise.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .document import Document
from .read.metadata import header_line, index_table
from .read.page_lines import COUNTER, FOOTER, NEIGHBOUR, page_line


@dataclass(frozen=True, slots=True)
class Noise:
    """Code points `start` to `end` of the served text; `reason`: one of the names below."""

    start: int
    end: int
    reason: str


# The kinds of page lines are in `read/page_lines.py`; these are the others.
HEADER_LINE = "HEADER_LINE"
INDEX_BLOCK = "INDEX_BLOCK"
LISTING = "LISTING"
FOREIGN_TEXT = "FOREIGN_TEXT"
PAGE_NUMBER = "PAGE_NUMBER"

_PAGE_NUMBER = re.compile(
    r"[-—－–―·\s]*第?\s*\d{1,3}\s*页?[-—－–―·\s]*(?:[/／]?\s*共?\s*\d{1,3}\s*页)?|第\s*\d{1,3}\s*页\s*[,，/]?\s*共\s*\d{1,3}\s*页|page\s*\d+(?:\s*(?:of|/)\s*\d+)?",
    re.I,
)
_DASHED_NUMBER = re.compile(r"[-—－–―]\s*\d{1,3}\s*[-—－–―]|第\s*\d{1,3}\s*页.*|page\b.*", re.I)
_DIGITS = re.compile(r"\d+")
_LONGEST_PAGE_NUMBER = 20
_PROSE = 30  # characters: labels of forms are mostly shorter
_HEAD = 12
_FOOT = 8
_RELATED = re.compile(
    r"(?:相关|推荐|热门|最新|延伸|更多)(?:文章|新闻|信息|链接|阅读|稿件|资讯|内容|推荐|词条|詞條|附件|解读|政策|文件)\s*[:：]?|更多\s*(?:>>|»|>)?|猜你喜欢|热点推荐"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN_WORDS = re.compile(r"[A-Za-z]{2,}")
_LISTED_LABEL = re.compile(r"[^。；]{1,30}\**\s*[（(][A-Za-z][A-Za-z ,&'\-]*[)）]\s*[:：]?")
_SENTENCE = re.compile(r"[。；！]|，")
_SHORTEST_LIST = 3
_COUNTER_INSIDE = re.compile(
    r"[【\[（(]\s*(?:(?:浏览|点击|访问|阅读)(?:次数|人数|量|数)\s*[:：]\s*\d*\s*次?|"
    r"(?:打印|关闭|收藏|字体)[^】\])）]{0,20})"
    r"\s*[】\])）]"
)
_OWN_LIST = re.compile(r"附[件表录]|目录|[一二三四五六七八九十]+、")


def find_noise(document: Document) -> list[Noise]:
    """The noise of the text, in order, without overlaps."""
    text = document.text
    lines = [text[block.start : block.end] for block in document.blocks]
    found: dict[int, str] = {}
    for position, line in enumerate(lines):
        is_head = position < _HEAD
        is_edge = is_head or position >= len(lines) - _FOOT
        reason = _line_reason(line, is_head=is_head, is_edge=is_edge)
        if reason:
            found[position] = reason
    found.update(_page_numbers(lines))
    found.update(_foreign(lines))
    found.update(_related(lines, found))
    found.update(_footer(lines, found))
    noise = [
        Noise(document.blocks[position].start, document.blocks[position].end, reason)
        for position, reason in found.items()
    ]
    noise.extend(_counters_inside(document, found))
    noise.extend(_index_tables(document))
    return sorted(noise, key=lambda span: span.start)


def _line_reason(line: str, *, is_head: bool, is_edge: bool) -> str | None:
    reason = page_line(line, is_edge=is_edge)
    if reason is None and is_head and header_line(line):
        return HEADER_LINE
    return reason


def _page_numbers(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """A number alone on a line is a page's where it is dashed, or the next such line counts on.

    In a table written one cell a line numbers count on too: there, labels stand around them.
    """
    numbered = []
    for position, line in enumerate(lines):
        if len(line) > _LONGEST_PAGE_NUMBER or not _PAGE_NUMBER.fullmatch(line):
            continue
        if _DASHED_NUMBER.fullmatch(line):
            yield position, PAGE_NUMBER
        elif _is_amid_prose(lines, position):
            numbered.append((position, int(_DIGITS.findall(line)[0])))
    for (position, number), (following, next_number) in pairwise(numbered):
        if next_number == number + 1:
            yield position, PAGE_NUMBER
            yield following, PAGE_NUMBER


def _is_amid_prose(lines: Sequence[str], position: int) -> bool:
    before = lines[position - 1] if position else ""
    after = lines[position + 1] if position + 1 < len(lines) else ""
    return any(len(line) >= _PROSE or line[-1:] in ("。", "，") for line in (before, after))


def _foreign(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """English paragraphs, and the list of titles and labels that such a description opens."""
    in_listing = False
    for position, line in enumerate(lines):
        if is_foreign(line):
            yield position, FOREIGN_TEXT
            in_listing = True
        elif in_listing and is_list_line(line):
            yield position, LISTING
        else:
            in_listing = False


def is_foreign(line: str) -> bool:
    """A sentence of another language, Chinese names in it or not."""
    latin = sum(map(len, _LATIN_WORDS.findall(line)))
    words = len(_LATIN_WORDS.findall(line))
    return words >= 5 and latin > len(_HAN.findall(line))


def is_list_line(line: str) -> bool:
    """A title or label of a list: no sentence, no list mark of a report's own."""
    if _LISTED_LABEL.fullmatch(line):
        return True
    return len(line) <= 60 and not _SENTENCE.search(line) and not _OWN_LIST.match(line)


def _related(lines: Sequence[str], found: dict[int, str]) -> Iterator[tuple[int, str]]:
    """The titles under 相关新闻, 热点推荐 and the like."""
    for position, line in enumerate(lines):
        if len(line) > 20 or not _RELATED.fullmatch(line.strip("【】[]> ·")):
            continue
        yield position, NEIGHBOUR
        for following in range(position + 1, len(lines)):
            if following not in found and not is_list_line(lines[following]):
                break
            yield following, LISTING


def _footer(lines: Sequence[str], found: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Short lines between the footer's own lines, at the end of the page."""
    footers = [position for position, reason in found.items() if reason == FOOTER]
    if not footers:
        return
    first = min((p for p in footers if p > len(lines) * 2 // 3), default=None)
    if first is not None:
        for position in range(first, len(lines)):
            if position not in found and len(lines[position]) <= 80 and "。" not in lines[position]:
                yield position, FOOTER


def _counters_inside(document: Document, found: dict[int, str]) -> Iterator[Noise]:
    for position, block in enumerate(document.blocks):
        if position in found:
            continue
        for match in _COUNTER_INSIDE.finditer(document.text, block.start, block.end):
            yield Noise(match.start(), match.end(), COUNTER)


def _index_tables(document: Document) -> Iterator[Noise]:
    text = document.text
    for table in document.tables:
        lines = text[table.start : table.end].split("\n")
        if index_table([line.split("\t") for line in lines]):
            yield Noise(table.start, table.end, INDEX_BLOCK)
