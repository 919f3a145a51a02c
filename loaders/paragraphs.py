"""Which lines of a document are one paragraph: sentences cut by hard wrapping or a page break.

Joining is careful: headings, list items, titles, signatures and dates stay alone; a paragraph goes
on only where the cut is plain (inside a number, a quotation, a bracket, after a comma), or where a
long line of running text stops without a full stop.
"""

import re
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from itertools import pairwise

from .document import Block, Document

MARKER = re.compile(
    r"\s*(?:"
    r"第?[一二三四五六七八九十]{1,3}(?:\s*[、.．，]|部分|\s+(?=[\u4e00-\u9fff]))|"
    r"[（(]\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[)）]|"
    r"\d{1,2}\s*[.．、)）](?!\d)|[①-⑳]|[一二三四五六七八九十]是|"
    r"[-•·●■◆★※*]\s|附[件表图注]?\s*\d*\s*[:：]|注\s*\d*\s*[:：]|备注\s*[:：]"
    r")"
)
_ENDS = "。！？；：.!?;:…"
_CLOSERS = "”’」』）)】〕》\"'"
_OPENERS = "（(“‘「『《〈【〔［["
_PAIRS = (("“", "”"), ("（", "）"), ("《", "》"), ("(", ")"), ("「", "」"))
_STARTS_INSIDE = "，、；。）)”’》】〕%％,;:：！？·"
_DATE = re.compile(
    r"[（(]?\s*(?:[12]\d{3}|[二〇○零一九]{4})\s*[年./\-]\s*[\d一二三四五六七八九十]{1,3}\s*[月./\-]"
    r"\s*[\d一二三四五六七八九十]{0,3}\s*日?\s*[）)]?"
)
_SIGNATURE = re.compile(
    r"[\u4e00-\u9fff（）()、\s]{2,30}(?:政府|办公室|办公厅|局|厅|委|委员会|部|署|处|站|院|中心|街道办事处|办事处|管委会|集团|公司|馆)"
)
_NUMERIC = re.compile(r"[\d\s,.，%％/／—\-－]+")
_NUMBER_END = re.compile(r"[\d０-９][余多]?[万亿千百]?$|[\d０-９][.．,，]$")
_CUT_NUMBER = re.compile(r"[\u4e00-\u9fff]{4,}[\d０-９.．]*[\d０-９]$")
_UNIT_START = re.compile(
    r"\d{0,6}[余多]?[万亿千百]?[余多]?(?:件|条|次|个|项|篇|份|期|场|人|名|家|卷|页|册|户|元|起|宗|%|％|年|月|日|号|倍|天)"
)
_INNER = re.compile(r"[，。；、]")
_LONG = 40  # characters: shorter lines are items, titles and cells
_SHORT_HEADING = 40
_WRAP_SHARE = 0.4
_NARROWEST, _WIDEST = 30, 160  # columns of hand-wrapped lines
_SLACK = 8  # columns by which wrapped lines differ: indents, and marks kept off the line's start


def join_paragraphs(
    document: Document, skip: Iterable[tuple[int, int]] = ()
) -> list[list[tuple[int, int]]]:
    """Spans of text that make up each paragraph, in order; what `skip` covers is left out."""
    pieces = _pieces(document.blocks, sorted(skip))
    if not pieces:
        return []
    text = document.text
    tables = [table.start for table in document.tables]
    width = wrap_width([text[block.start : block.end] for block in document.blocks])
    paragraphs = [[pieces[0][1]]]
    next_table = 0
    for (block, (start, end)), (following, span) in pairwise(pieces):
        while next_table < len(tables) and tables[next_table] < end:
            next_table += 1
        is_parted = next_table < len(tables) and tables[next_table] < span[0]
        if following is block or (
            not is_parted
            and not _stands_alone(block)
            and not _stands_alone(following)
            and continues(text[start:end], text[span[0] : span[1]], width)
        ):
            paragraphs[-1].append(span)
        else:
            paragraphs.append([span])
    return paragraphs


def continues(line: str, following: str, width: int | None) -> bool:
    """Whether `following` goes on with the sentence that `line` leaves open.

    `width`: the width at which the document's lines are wrapped by hand, None where they are not.
    """
    line, following = line.rstrip(), following.lstrip()
    if not line or not following or MARKER.match(following) or _DATE.fullmatch(following):
        return False
    if _CUT_NUMBER.search(line) and _UNIT_START.match(following) and not following[0].isdigit():
        return True  # 公开信息9864 / 条
    is_full = width is not None and display_width(line) > width - _SLACK
    if is_heading_like(line) and not is_full:
        return False
    if _is_open(line):
        return not _NUMERIC.fullmatch(line)
    if line.rstrip(_CLOSERS)[-1:] in _ENDS or _NUMERIC.fullmatch(following):
        return False
    if following[0] in _STARTS_INSIDE:
        return True
    if _NUMBER_END.search(line) and _UNIT_START.match(following):
        return _INNER.search(line) is not None or is_full
    if _SIGNATURE.fullmatch(following):
        return False
    if width is not None:
        return is_full
    return len(line) >= _LONG and _INNER.search(line) is not None and len(following) > 4


def is_heading_like(line: str) -> bool:
    """A short line that begins with a list mark and holds no sentence."""
    return len(line) <= _SHORT_HEADING and MARKER.match(line) is not None and "，" not in line


def wrap_width(lines: Sequence[str]) -> int | None:
    """The display width (Han 2, ASCII 1) at which lines were wrapped by hand; None when not.

    Wrapped lines are all of nearly one width, hardly any is wider, and most stop in a sentence.
    """
    widths = [(display_width(line), line[-1:] in _ENDS) for line in lines if line]
    prose = [item for item in widths if item[0] >= _NARROWEST]
    if not prose:
        return None
    counted = Counter(width for width, is_ended in prose if not is_ended)
    fullest, width = max(
        ((sum(counted[w - d] for d in range(_SLACK)), w) for w in counted), default=(0, 0)
    )
    wider = sum(item[0] > width for item in prose)
    is_wrapped = fullest >= max(3, _WRAP_SHARE * len(prose)) and wider * 20 <= len(prose)
    return width if is_wrapped and width <= _WIDEST else None


def display_width(line: str) -> int:
    """Columns on a terminal, roughly: ASCII counts one, all else two."""
    return 2 * len(line) - sum(map(str.isascii, line)) if not line.isascii() else len(line)


def _stands_alone(block: Block) -> bool:
    return block.level is not None


def _is_open(line: str) -> bool:
    """Ends after an opening mark or a comma, or inside a quotation or bracket."""
    if line[-1] in _OPENERS or line[-1] in "，、,":
        return True
    tail = line[-120:]
    return any(
        tail.rfind(opening) > tail.rfind(closing) and len(tail) - tail.rfind(opening) < 40
        for opening, closing in _PAIRS
    )


def _pieces(
    blocks: Sequence[Block], skip: Sequence[tuple[int, int]]
) -> list[tuple[Block, tuple[int, int]]]:
    """The blocks with their spans, less what `skip` (sorted) covers."""
    pieces = []
    holes = deque(skip)
    for block in blocks:
        start = block.start
        while holes and holes[0][0] < block.end:
            hole_start, hole_end = holes[0]
            if start < hole_start:
                pieces.append((block, (start, hole_start)))
            start = max(start, hole_end)
            if hole_end > block.end:
                break
            holes.popleft()
        if start < block.end:
            pieces.append((block, (start, block.end)))
    return pieces
