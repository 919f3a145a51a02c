"""Forms that stand in the running text as lines: where each begins and ends.

The lines are put back on the grid of the official form, so that one reader serves all layouts.
"""

import re
from collections.abc import Callable, Sequence

from ..document import Document
from . import activities, requests, statistics
from .drafts import (
    Draft,
    draft_activities,
    draft_remedies,
    draft_statistics,
    sheet_of_draft,
)
from .labels import form_rows, match_row, squeeze
from .request_drafts import draft_requests
from .sheets import Sheet
from .tokens import (
    LONGEST_LABEL,
    Token,
    is_table_like,
    known_labels,
    merges_to_label,
    tokens_of,
)

_DRAFTERS: dict[str, Callable[[Sequence[Token]], Draft]] = {
    "activities": draft_activities,
    "requests": draft_requests,
    "remedies": draft_remedies,
    "statistics": draft_statistics,
}
_MARKER = re.compile(
    "信息内容(?:本年|上一年|采购)|申请人情况|本年新收政府信息公开申请数量|结果维持|未经复议直接起诉|"
    "统计指标|指标名称"
)
_LONGEST_MERGE = 10  # a narrow column breaks 三、本年度办理结果 after each character
_MOST_PIECES = 8
_LONGEST_PIECE = 24
_PART_OF_RESULT = re.compile(r"[结果维持纠正其他它尚未审结总合计\s]+")
_ABOVE_REMEDIES = ("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉")
_HEADINGS = ("存在的主要问题", "存在问题", "其他需要报告的事项", "总体情况")


def find_streams(document: Document) -> list[Sheet]:
    """The forms that stand in the running text as lines."""
    if not _is_promising(document):
        return []
    return _Builder(list(tokens_of(document))).build()


def restack(sheet: Sheet) -> list[Sheet]:
    """The forms in a table of one column, which is one cell per line too."""
    tokens = [Token(slot.text, slot.start, slot.end) for row in sheet.rows for slot in row.own]
    return _Builder(tokens).build()


def _is_promising(document: Document) -> bool:
    joined = "".join(
        document.text[block.start : block.end]
        for block in document.blocks
        if is_table_like(document, block)
    )
    squeezed = squeeze(joined).replace("|", "")
    return _MARKER.search(squeezed) is not None


def _opens(token: Token) -> str | None:
    """The kind of table that begins with this token."""
    key = token.key
    if key == activities.HEAD or activities.BLOCK.fullmatch(squeeze(token.text)):
        return "activities"
    if key in ("申请人情况", "本年新收政府信息公开申请数量") or (
        requests.CHECK_SENTENCE in key and len(key) < 50
    ):
        return "requests"
    if key in ("结果维持", "结果纠正", "未经复议直接起诉", "复议后起诉"):
        return "remedies"
    return "statistics" if key in ("统计指标", "指标名称") else None


class _Builder:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._sheets: list[Sheet] = []

    def build(self) -> list[Sheet]:
        position = 0
        while position < len(self._tokens):
            token, width = self._merged(position, None)
            kind = _opens(token)
            if kind is None:
                position += 1
                continue
            begin = position
            if kind == "remedies":
                begin = self._back_to_remedies(position)
            end = self._end(begin, kind)
            drafter = _DRAFTERS[kind]
            run = self._run(begin, end, kind)
            draft = drafter(run)
            # Labels that stand over tables, each in a line, make no table of their own.
            if any(token.is_cell for token in run) and any(len(row) > 1 for _, row in draft.rows):
                self._sheets.append(sheet_of_draft(draft))
            position = max(end, position + width)
        return self._sheets

    def _back_to_remedies(self, position: int) -> int:
        """Where the headers of the table begin, which stand above the first that tells it."""
        begin = position
        while position and (
            not self._tokens[position - 1].text or self._tokens[position - 1].key in _ABOVE_REMEDIES
        ):
            position -= 1
            begin = position if self._tokens[position].text else begin
        return begin

    def _merged(self, position: int, kind: str | None) -> tuple[Token, int]:
        """The token at a position; a label that was broken over several, as one."""
        first = self._tokens[position]
        if not first.text or first.is_value or len(first.text) > LONGEST_LABEL:
            return first, 1
        for width in range(_LONGEST_MERGE, 1, -1):
            parts = self._tokens[position : position + width]
            if len(parts) < width or any(not part.text or part.is_value for part in parts):
                continue
            text = merges_to_label(parts, kind)
            if text is not None:
                return Token(text, parts[0].start, parts[-1].end, first.gap), width
        return first, 1

    def _run(self, begin: int, end: int, kind: str) -> list[Token]:
        run = []
        position = begin
        while position < end:
            token, width = self._merged(position, kind)
            run.append(token)
            position += width
        return run

    def _end(self, begin: int, kind: str) -> int:
        """The position after the last token of the table."""
        position = begin
        end = begin
        while position < len(self._tokens):
            token, width = self._merged(position, kind)
            if self._leaves(token, position, kind):
                break
            position += width
            end = position
        return end

    def _leaves(self, token: Token, position: int, kind: str) -> bool:
        opened = _opens(token)
        if opened and opened != kind:
            return True
        if not token.text or token.is_value:
            return False
        if kind in known_labels().get(token.key, ()) or opened == kind:
            return False
        if kind == "remedies":
            return _PART_OF_RESULT.fullmatch(token.text) is None
        if kind == "statistics" and statistics.is_unit(token.text):
            return False
        if token.key == "行政复议" and kind != "statistics":
            return True
        if len(token.text) > LONGEST_LABEL or "。" in token.text:
            return True
        if kind == "requests" and match_row(token.text, form_rows("requests")):
            return False
        if any(word in token.key for word in _HEADINGS) or (
            kind != "statistics" and token.key.endswith("情况")
        ):
            return True
        return not self._is_before_values(position)

    def _is_before_values(self, position: int) -> bool:
        """Values follow, after some more pieces of labels at most."""
        for item in self._tokens[position + 1 : position + _MOST_PIECES]:
            if item.is_value:
                return True
            if len(item.text) > _LONGEST_PIECE or _opens(item) or "。" in item.text:
                return False
        return False
