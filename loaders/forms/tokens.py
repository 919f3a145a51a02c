"""Lines of running text into the cells they stand for.

A line is one cell, or several parted by pipes or spaces. Labels that a converter ran together are
told apart by being labels of the forms.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from ..document import Block, Document
from ..folding import fold
from . import activities, requests
from .labels import form_rows, key_of, squeeze, without_note, without_number
from .values import is_value, is_words

LONGEST_LABEL = 70
STATISTICS_HEADS = (
    "统计指标",
    "指标名称",
    "单位",
    "计量单位",
    "统计数",
    "代码",
    "本期实际",
    "本年累计",
)
_ACTIVITY_LABELS = """
信息内容 本年制发件数 本年废止件数 现行有效件数 本年处理决定数量 本年收费金额（单位：万元） 本年收费金额
本年新制作数量 本年新公开数量 对外公开总数量 上一年项目数量 本年增/减
处理决定数量 采购项目数量 采购总金额（万元） 采购总金额
规章 规范性文件 行政规范性文件 行政许可 其他对外管理服务事项
行政处罚 行政强制 行政事业性收费 政府集中采购
"""
_REQUEST_HEADS = ("申请人情况", "法人或其他组织", *requests.APPLICANTS)
_REMEDY_HEADS = (
    "行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉",
    "结果维持", "结果纠正", "其他结果", "尚未审结", "总计",
)  # fmt: skip
_BEGINNING = re.compile(r"本年新收政府|信息内容[\s|]*(?:本年|上一年|采购)|结果维持|统计指标")
_SPACES = re.compile(r"[ \t\u3000\xa0]+")
_PIPE = re.compile(r"\|")
_PAGE_NUMBER = re.compile(
    r"[-—–－]{1,2} *\d{1,3} *[-—–－]{1,2}|第 *\d{1,3} *页(?:[ ,，/]*共 *\d{1,3} *页)?|\d{1,3} */ *\d{1,3}"
)
_NUMBER = r"[+-]?\d[\d,]*(?:\.\d+)?"
_UNIT = "条|件|次|篇|个|人次|人|万元|——"
_ENUMERATOR = (
    r"(?:其中：)?(?:（[一二三四五六七八九十\d]{1,2}）|[一二三四五六七八九十]、|\d[.．、])?"
)
_GLUED = re.compile(rf"(.*[\u4e00-\u9fff）)”])({_NUMBER})")


def _fills_a_cell(text: str) -> bool:
    return is_value(text) or is_words(text)


@dataclass(frozen=True)
class Token:
    """A cell. `gap`: blank lines before it in the file, which may be cells left blank."""

    text: str
    start: int
    end: int
    gap: int = 0

    @cached_property
    def key(self) -> str:
        return key_of(self.text)

    @cached_property
    def is_value(self) -> bool:
        """A number, a mark or words in a number's place."""
        return _fills_a_cell(self.text)

    @property
    def is_cell(self) -> bool:
        """A value cell, blank ones too."""
        return not self.text or self.is_value


def tokens_of(document: Document) -> Iterator[Token]:
    for block in document.blocks:
        text = document.text[block.start : block.end]
        if _PAGE_NUMBER.fullmatch(text):
            continue
        for _ in range(block.blank_cells):
            yield Token("", block.start, block.start)
        pieces = _cells(text, block.start, is_flattened(text))
        for number, token in enumerate(pieces):
            yield token if number else replace(token, gap=block.blank_lines)


def is_flattened(text: str) -> bool:
    """A paragraph that holds a whole table."""
    return _BEGINNING.search(text) is not None


def _cells(text: str, offset: int, is_table: bool) -> Iterator[Token]:
    if len(text) > LONGEST_LABEL and not is_table and not _is_row(text):
        yield Token(text, offset, offset + len(text))
    elif "|" in text:
        yield from _pieces(text, offset, _PIPE, strip_ends=True)
    elif _SPACES.search(text) and _is_several(text):
        for piece in _pieces(text, offset, _SPACES):
            yield from _unglued(piece)
    else:
        yield from _unglued(Token(text, offset, offset + len(text)))


def _is_several(text: str) -> bool:
    """Cells parted by spaces, not a label with spaces inside: a value or a known label is there."""
    pieces = _SPACES.split(text)
    if _fills_a_cell(pieces[-1]):
        return True
    return key_of(text) not in known_labels() and any(
        _fills_a_cell(piece) or key_of(piece) in known_labels() for piece in pieces
    )


def _is_row(text: str) -> bool:
    """A long label with its values behind it in one line."""
    pieces = _SPACES.split(text.strip())
    return len(pieces) > 3 and all(_fills_a_cell(piece) for piece in pieces[-3:])


def _pieces(
    text: str, offset: int, separator: re.Pattern[str], *, strip_ends: bool = False
) -> Iterator[Token]:
    spans = []
    position = 0
    for match in separator.finditer(text):
        spans.append((position, match.start()))
        position = match.end()
    spans.append((position, len(text)))
    if strip_ends:
        if len(spans) > 1 and not text[slice(*spans[-1])].strip():
            spans.pop()
        if len(spans) > 1 and not text[slice(*spans[0])].strip():
            spans.pop(0)
    for start, end in spans:
        piece = text[start:end]
        lead = len(piece) - len(piece.lstrip())
        stripped = piece.strip()
        yield Token(stripped, offset + start + lead, offset + start + lead + len(stripped))


def _unglued(token: Token) -> Iterator[Token]:
    """The labels and numbers of a piece that is nothing but these; else the piece."""
    folded = fold(token.text)
    if not token.text or token.is_value or token.key in known_labels():
        match = _GLUED.fullmatch(folded)
        if match is None or token.is_value:
            yield token
            return
    matches = list(_label_pattern().finditer(folded))
    covered = sum(match.end() - match.start() for match in matches)
    if len(matches) < 2 or covered < len(folded):
        yield token
        return
    for match in matches:
        start = token.start + match.start()
        yield Token(token.text[match.start() : match.end()], start, token.start + match.end())


@cache
def _label_pattern() -> re.Pattern[str]:
    """Numbers and labels of the forms, the longest first; a label may have lost its note."""
    labels = {*_ACTIVITY_LABELS.split(), *_REQUEST_HEADS, *_REMEDY_HEADS, *STATISTICS_HEADS}
    labels |= {row.label for form in ("requests", "2014") for row in form_rows(form)}
    bare = {without_number(fold(label)) for label in labels}
    bare |= {without_note(label) for label in bare}
    longest_first = sorted(bare, key=len, reverse=True)
    check = rf"（[^（）]*{requests.CHECK_SENTENCE}[^（）]*）"
    words = "|".join(re.escape(label) for label in longest_first)
    return re.compile(
        rf"{check}|{activities.BLOCK.pattern}|{_ENUMERATOR}(?:{words})|{_NUMBER}|{_UNIT}"
    )


@cache
def known_labels() -> dict[str, frozenset[str]]:
    """Label key -> the kinds of table it belongs to."""
    kinds: dict[str, set[str]] = {}

    def add(kind: str, labels: Sequence[str]) -> None:
        for label in labels:
            kinds.setdefault(key_of(label), set()).add(kind)

    add("activities", _ACTIVITY_LABELS.split())
    add("requests", [*_REQUEST_HEADS, *(row.label for row in form_rows("requests"))])
    add("remedies", _REMEDY_HEADS)
    add("statistics", [*STATISTICS_HEADS, *(row.label for row in form_rows("2014"))])
    return {key: frozenset(names) for key, names in kinds.items()}


def is_table_like(document: Document, block: Block) -> bool:
    """A line that may be a cell, or a paragraph that holds a table."""
    if block.end - block.start <= LONGEST_LABEL:
        return True
    return is_flattened(document.text[block.start : block.end])


def merges_to_label(parts: Sequence[Token], kind: str | None) -> str | None:
    """The label that the parts make up, broken over several cells; None where they do not."""
    text = "".join(part.text for part in parts)
    is_block = activities.BLOCK.fullmatch(squeeze(text)) is not None
    kinds = known_labels().get(key_of(text))
    if not is_block and not (kinds and (kind is None or kind in kinds)):
        return None
    if all(part.key in known_labels() for part in parts):
        return None  # each is a label of its own
    # 三、本年度办理结果 and （一）: the number belongs to the label after it.
    return None if _LONE_NUMBER.fullmatch(fold(parts[-1].text)) else text


_LONE_NUMBER = re.compile(r"（[一二三四五六七八九十]{1,2}）?|[一二三四五六七八九十]、?|\d[.．、]?")
