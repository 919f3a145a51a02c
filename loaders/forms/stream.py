"""Tables that come as lines: one cell per line, `cell |` per line, or a row's cells in one line.

The lines are put back on the grid of the official form, so that one reader serves all layouts.
Blank lines do not reach the text, so a cell left empty may be missing here: a row with fewer cells
than its form has is padded, and its slots say that their place is a guess.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from ..document import Block, Document
from . import activities, remedies, requests, statistics
from .labels import form_rows, key_of, match_row, squeeze
from .sheets import Row, Sheet, Slot
from .values import is_value

_MARKERS = (
    "信息内容", "申请人情况", "本年新收政府信息公开申请数量", "结果维持", "统计指标", "指标名称",
)  # fmt: skip
_SPACES = re.compile(r"[ \t\u3000\xa0]+")
_GLUED = re.compile(r"(.*[\u4e00-\u9fff）)”])([+-]?\d[\d,.]*)")
_NOTE = re.compile(r"[（(].*[）)]?")
_LONGEST_MERGE = 4
_LONGEST_LABEL = 70
_APPLICANTS = len(requests.APPLICANTS)
_ALL_REMEDIES = len(remedies.GROUPS) * len(remedies.OUTCOMES)
_ABOVE_REMEDIES = ("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉")
_HEADINGS = ("存在的主要问题", "存在问题", "其他需要报告的事项", "总体情况")

_ACTIVITY_WORDS = """
信息内容 本年制发件数 本年废止件数 现行有效件数 本年处理决定数量 本年收费金额
本年新制作数量 本年新公开数量 对外公开总数量 上一年项目数量 本年增/减
处理决定数量 采购项目数量 采购总金额
规章 规范性文件 行政规范性文件 行政许可 其他对外管理服务事项
行政处罚 行政强制 行政事业性收费 政府集中采购
"""
_STATISTICS_WORDS = "统计指标 指标名称 单位 计量单位 统计数 代码 本期实际 本年累计"
_STATISTICS_HEADS = tuple(_STATISTICS_WORDS.split())


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def key(self) -> str:
        return key_of(self.text)


def find_streams(document: Document) -> list[Sheet]:
    """The forms that stand in the running text as lines."""
    if not _is_promising(document):
        return []
    return _Builder(list(_tokens(document))).build()


def restack(sheet: Sheet) -> list[Sheet]:
    """The forms in a table of one column, which is one cell per line too."""
    tokens = [_Token(slot.text, slot.start, slot.end) for row in sheet.rows for slot in row.own]
    return _Builder(tokens).build()


def _is_promising(document: Document) -> bool:
    joined = "".join(
        document.text[block.start : block.end]
        for block in document.blocks
        if block.end - block.start <= _LONGEST_LABEL or _is_flattened(document, block)
    )
    squeezed = squeeze(joined).replace("|", "")
    return any(marker in squeezed for marker in _MARKERS)


def _is_flattened(document: Document, block: Block) -> bool:
    text = document.text[block.start : block.end]
    return "本年新收政府" in text or "信息内容" in text or "结果维持" in text or "统计指标" in text


def _tokens(document: Document) -> Iterator[_Token]:
    for block in document.blocks:
        text = document.text[block.start : block.end]
        if len(text) > _LONGEST_LABEL and not _is_row(text) and not _is_flattened(document, block):
            yield _Token(text, block.start, block.end)
        elif "|" in text:
            yield from _pieces(text, block.start, re.compile(r"\|"), strip_ends=True)
        elif _SPACES.search(text) and _is_several(text):
            yield from _pieces(text, block.start, _SPACES)
        elif (glued := _GLUED.fullmatch(text)) and key_of(glued[1]) in _known():
            yield _Token(glued[1], block.start, block.start + glued.end(1))
            yield _Token(glued[2], block.start + glued.start(2), block.end)
        else:
            yield _Token(text, block.start, block.end)


def _is_several(text: str) -> bool:
    """Cells parted by spaces, not a label with spaces inside: a value or a known label is there."""
    pieces = _SPACES.split(text)
    if is_value(pieces[-1]):
        return True
    return key_of(text) not in _known() and any(
        is_value(piece) or key_of(piece) in _known() for piece in pieces
    )


def _is_row(text: str) -> bool:
    """A long label with its values behind it in one line."""
    pieces = _SPACES.split(text.strip())
    return len(pieces) > 3 and all(is_value(piece) for piece in pieces[-3:])


def _pieces(
    text: str, offset: int, separator: re.Pattern[str], *, strip_ends: bool = False
) -> Iterator[_Token]:
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
        yield _Token(stripped, offset + start + lead, offset + start + lead + len(stripped))


@cache
def _known() -> dict[str, frozenset[str]]:
    """Label key -> the kinds of table it belongs to."""
    kinds: dict[str, set[str]] = {}

    def add(kind: str, labels: Sequence[str]) -> None:
        for label in labels:
            kinds.setdefault(key_of(label), set()).add(kind)

    add("activities", _ACTIVITY_WORDS.split())
    add("requests", ["申请人情况", "法人或其他组织", *requests.APPLICANTS])
    add("requests", [row.label for row in form_rows("requests")])
    add("remedies", ["行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"])
    add("remedies", ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"])
    add("statistics", _STATISTICS_HEADS)
    add("statistics", [row.label for row in form_rows("2014")])
    return {key: frozenset(names) for key, names in kinds.items()}


def _opens(token: _Token) -> str | None:
    """The kind of table that begins with this token."""
    key = token.key
    if key == activities.HEAD or activities.BLOCK.fullmatch(squeeze(token.text)):
        return "activities"
    if key in ("申请人情况", "本年新收政府信息公开申请数量") or (
        requests.CHECK_SENTENCE in key and len(key) < 50
    ):
        return "requests"
    if key in ("结果维持", "结果纠正"):
        return "remedies"
    return "statistics" if key in ("统计指标", "指标名称") else None


@dataclass
class _Draft:
    """A table being put together: rows of (column, token, whether its place is a guess)."""

    kind: str
    start: int
    end: int
    rows: list[tuple[int, list[tuple[int, _Token, bool]]]] = field(default_factory=list)


class _Builder:
    def __init__(self, tokens: Sequence[_Token]) -> None:
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
            draft = drafter(self._run(begin, end, kind))
            if any(len(slots) > 1 for _, slots in draft.rows):
                self._sheets.append(_sheet(draft))
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

    def _merged(self, position: int, kind: str | None) -> tuple[_Token, int]:
        """The token at a position; a label that was broken over several, as one."""
        first = self._tokens[position]
        if not first.text or is_value(first.text) or len(first.text) > _LONGEST_LABEL:
            return first, 1
        for width in range(_LONGEST_MERGE, 1, -1):
            parts = self._tokens[position : position + width]
            if len(parts) < width or any(not part.text or is_value(part.text) for part in parts):
                continue
            text = "".join(part.text for part in parts)
            kinds = _known().get(key_of(text))
            is_block = activities.BLOCK.fullmatch(squeeze(text)) is not None
            if is_block or (kinds and (kind is None or kind in kinds)):
                if all(part.key in _known() for part in parts):
                    continue  # each is a label of its own
                return _Token(text, parts[0].start, parts[-1].end), width
        return first, 1

    def _run(self, begin: int, end: int, kind: str) -> list[_Token]:
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

    def _leaves(self, token: _Token, position: int, kind: str) -> bool:
        opened = _opens(token)
        if opened and opened != kind:
            return True
        if not token.text or is_value(token.text):
            return False
        if kind in _known().get(token.key, ()) or opened == kind:
            return False
        if kind == "remedies":
            return True
        if kind == "statistics" and statistics.is_unit(token.text):
            return False
        if token.key == "行政复议" and kind != "statistics":
            return True
        if len(token.text) > _LONGEST_LABEL or "。" in token.text:
            return True
        if kind == "requests" and match_row(token.text, form_rows("requests")):
            return False
        if any(word in token.key for word in _HEADINGS) or (
            kind != "statistics" and token.key.endswith("情况")
        ):
            return True
        following = self._tokens[position + 1 : position + 4]
        return not any(is_value(item.text) for item in following)


def _sheet(draft: _Draft) -> Sheet:
    rows: list[Row] = []
    for place, slots in draft.rows:
        index = max(place, rows[-1].index + 1 if rows else 0)
        row = (
            Slot(index, column, 1, token.start, token.end, token.text, is_guess)
            for column, token, is_guess in slots
        )
        rows.append(Row(index, tuple(row)))
    return Sheet(draft.start, draft.end, tuple(rows), is_rebuilt=True)


def _empty(after: _Token) -> _Token:
    return _Token("", after.end, after.end)


def _padded(
    label: _Token, values: Sequence[_Token], count: int, first_column: int
) -> list[tuple[int, _Token, bool]]:
    """Value cells of a row in its columns; cells that are missing are blank, at its end."""
    kept = list(values[:count])
    is_guess = 0 < len(kept) < count
    last = kept[-1] if kept else label
    kept += [_empty(last)] * (count - len(kept))
    return [(first_column + i, token, is_guess) for i, token in enumerate(kept)]


def _is_cell(token: _Token) -> bool:
    return not token.text or is_value(token.text)


def _draft_activities(tokens: Sequence[_Token]) -> _Draft:
    draft = _Draft("activities", tokens[0].start, tokens[-1].end)
    forms = [found[1] for token in tokens if (found := activities.column_of(token.text))]
    official = activities.OFFICIAL_ROWS["2019" if "2019" in forms[:1] else "2021"]
    number, added = -1, 0
    columns = 0
    position = 0
    while position < len(tokens):
        token = tokens[position]
        position += 1
        number += 1
        if activities.BLOCK.search(squeeze(token.text)):
            draft.rows.append((number, [(0, token, False)]))
            columns = 0
        elif token.key == activities.HEAD:
            heads = []
            while position < len(tokens) and _is_head(tokens[position]):
                heads.append(tokens[position])
                position += 1
            columns = len(heads)
            slots = [(0, token, False), *((1 + i, head, False) for i, head in enumerate(heads))]
            draft.rows.append((number, slots))
        elif not _is_cell(token):
            values = []
            while position < len(tokens) and _is_cell(tokens[position]):
                values.append(tokens[position])
                position += 1
            place = official.get(activities.row_of(token.key) or "")
            number = number if place is None else place + added
            added += place is None
            cells = _padded(token, values, columns or len(values), 1)
            draft.rows.append((number, [(0, token, False), *cells]))
        else:
            number -= 1
    return draft


def _is_head(token: _Token) -> bool:
    """A column header: words that are neither a row's label nor a block's number."""
    return (
        not _is_cell(token)
        and activities.row_of(token.key) is None
        and activities.BLOCK.search(squeeze(token.text)) is None
    )


def _draft_requests(tokens: Sequence[_Token]) -> _Draft:
    draft = _Draft("requests", tokens[0].start, tokens[-1].end)
    rows = form_rows("requests")
    leaves = [row.position for row in rows if not row.is_section]
    first_row = 3
    shift = 0
    pending: list[tuple[int, _Token, bool]] = []
    after = -1
    position = 0
    while position < len(tokens):
        token = tokens[position]
        position += 1
        if _is_cell(token) or _is_request_head(token):
            continue
        values = []
        while position < len(tokens) and _is_cell(tokens[position]):
            values.append(tokens[position])
            position += 1
        match = match_row(token.text, rows, after=after, within=_group_of(pending))
        if match is None and not values:
            continue
        if match is not None:
            after = match.row.position
            if match.row.is_section and not values:
                depth = len(match.row.path) - 1
                pending = [item for item in pending if item[0] < depth]
                pending.append((depth, token, False))
                continue
        row = first_row + sum(1 for leaf in leaves if leaf < after) + shift
        if match is None:
            row, shift = row + 1, shift + 1
        elif match.row.is_section:
            shift += 1 - sum(1 for other in rows if match.row.key in other.keys[:-1])
        depth = len(match.row.path) - 1 if match else 2
        above = [item for item in pending if item[0] < depth]
        cells = _padded(token, values, _APPLICANTS, 3)
        draft.rows.append((row, [*above, (depth, token, False), *cells]))
    return draft


def _group_of(pending: Sequence[tuple[int, _Token, bool]]) -> str:
    return pending[-1][1].key if pending else ""


def _is_request_head(token: _Token) -> bool:
    key = token.key
    if requests.CHECK_SENTENCE in key or key in ("申请人情况", "法人或其他组织"):
        return True
    names = key in requests.APPLICANTS
    return names and token.text.strip()[:1] not in "（(0123456789"


def _draft_remedies(tokens: Sequence[_Token]) -> _Draft:
    """One row of values under its headers, or one for reconsiderations and one for lawsuits."""
    draft = _Draft("remedies", tokens[0].start, tokens[-1].end)
    heads: list[_Token] = []
    values: list[_Token] = []
    for token in tokens:
        if _is_cell(token):
            values.append(token)
            continue
        if any(value.text for value in values):
            _add_remedies(draft, heads, values)
            heads = []
        values = []  # blanks between headers only fill up a spanned row
        heads.append(token)
    _add_remedies(draft, heads, values)
    return draft


def _add_remedies(draft: _Draft, heads: Sequence[_Token], values: Sequence[_Token]) -> None:
    # Only the words of these headers count; where they stood is lost.
    first = len(draft.rows)
    draft.rows.append((first, [(100 + i, token, False) for i, token in enumerate(heads)]))
    keys = {token.key for token in heads}
    is_whole = "行政诉讼" in keys and "行政复议" in keys
    count = _ALL_REMEDIES if is_whole else len(values) - len(values) % len(remedies.OUTCOMES)
    row = 3 if is_whole else first + 1
    draft.rows.append((row, _padded(heads[-1], _without_row_ends(values, count), count, 0)))


def _without_row_ends(values: Sequence[_Token], count: int) -> list[_Token]:
    """Without the pipes that end the row of values, or the row of headers before it."""
    kept = list(values)
    if len(kept) > count + 1 and not kept[0].text and not kept[-1].text:
        kept = kept[1:]
    while len(kept) > count and not kept[-1].text:
        kept.pop()
    return kept[-count:] if count else kept


def _draft_statistics(tokens: Sequence[_Token]) -> _Draft:
    draft = _Draft("statistics", tokens[0].start, tokens[-1].end)
    heads = []
    position = 0
    while position < len(tokens) and tokens[position].key in _STATISTICS_HEADS:
        heads.append(tokens[position])
        position += 1
    draft.rows.append((0, [(i, token, False) for i, token in enumerate(heads)]))
    width = max(len(heads), 2)
    has_unit = any(token.key in ("单位", "计量单位") for token in heads)
    is_local = any(token.key == "代码" for token in heads)
    after, added = -1, 0
    while position < len(tokens):
        label = tokens[position]
        position += 1
        if _is_cell(label) or label.key in statistics.COLUMN_NUMBERS:
            continue
        if statistics.is_unit(label.text):
            continue
        cells = []
        while position < len(tokens) and (
            _is_cell(tokens[position]) or statistics.is_unit(tokens[position].text)
        ):
            cells.append(tokens[position])
            position += 1
        if has_unit and (not cells or not statistics.is_unit(cells[0].text)):
            cells.insert(0, _empty(label))
        filled = [(1 + i, token, False) for i, token in enumerate(cells[: width - 1])]
        last = filled[-1][1] if filled else label
        filled += [(1 + i, _empty(last), False) for i in range(len(filled), width - 1)]
        match = None if is_local else match_row(label.text, form_rows("2014"), after=after)
        after = match.row.position if match else after
        added += match is None
        draft.rows.append((after + 1 + added, [(0, label, False), *filled]))
    return draft


_DRAFTERS = {
    "activities": _draft_activities,
    "requests": _draft_requests,
    "remedies": _draft_remedies,
    "statistics": _draft_statistics,
}
