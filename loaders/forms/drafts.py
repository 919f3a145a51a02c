"""The cells of a form that came as lines, put on the grid of the official form.

A row with fewer cells than its form has is padded, and its slots say that their place is a guess.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from . import activities, remedies, requests, statistics
from .labels import FormRow, form_rows, match_row, squeeze
from .sheets import Row, Sheet, Slot
from .tokens import STATISTICS_HEADS, Token

_APPLICANTS = len(requests.APPLICANTS)
_ALL_REMEDIES = len(remedies.GROUPS) * len(remedies.OUTCOMES)


@dataclass
class Draft:
    """A table being put together: rows of (column, token, whether its place is a guess)."""

    kind: str
    start: int
    end: int
    rows: list[tuple[int, list[tuple[int, Token, bool]]]] = field(default_factory=list)


def sheet_of_draft(draft: Draft) -> Sheet:
    rows: list[Row] = []
    for place, slots in draft.rows:
        index = max(place, rows[-1].index + 1 if rows else 0)
        row = (
            Slot(index, column, 1, token.start, token.end, token.text, is_guess)
            for column, token, is_guess in slots
        )
        rows.append(Row(index, tuple(row)))
    return Sheet(draft.start, draft.end, tuple(rows), is_rebuilt=True)


def _empty(after: Token) -> Token:
    return Token("", after.end, after.end)


class _Gaps:
    """Blank lines between the cells of a table that came one cell a line.

    Where cells are parted by so many of them, more are cells left blank. They count as such only
    where they make the row just as long as its form has it.
    """

    def __init__(self, tokens: Sequence[Token]) -> None:
        gaps = Counter(token.gap for token in tokens[1:])
        self._usual = max(gaps, key=lambda gap: gaps[gap], default=0)
        self._after = dict(zip(map(id, tokens), tokens[1:], strict=False))

    def filled(self, label: Token, values: Sequence[Token], count: int) -> list[Token] | None:
        if not 0 < len(values) < count or len({token.start for token in values}) < len(values):
            return None
        cells: list[Token] = []
        last = label
        for token in values:
            cells += [_empty(last)] * self._blanks_before(token)
            cells.append(token)
            last = token
        following = self._after.get(id(last))
        missing = count - len(cells)
        if missing < 0 or (
            missing and (following is None or self._blanks_before(following) < missing)
        ):
            return None
        return cells + [_empty(last)] * missing

    def _blanks_before(self, token: Token) -> int:
        return max(token.gap - self._usual, 0) // (self._usual + 1)


def _padded(
    label: Token, values: Sequence[Token], count: int, first_column: int, gaps: "_Gaps"
) -> list[tuple[int, Token, bool]]:
    """Value cells of a row in its columns; cells that are missing are blank, at its end."""
    kept = gaps.filled(label, values, count) or list(values[:count])
    is_guess = 0 < len(kept) < count
    last = kept[-1] if kept else label
    kept += [_empty(last)] * (count - len(kept))
    return [(first_column + i, token, is_guess) for i, token in enumerate(kept)]


def _draft_activities(tokens: Sequence[Token]) -> Draft:
    draft = Draft("activities", tokens[0].start, tokens[-1].end)
    forms = [found[1] for token in tokens if (found := activities.column_of(token.text))]
    gaps = _Gaps(tokens)
    official = activities.OFFICIAL_ROWS["2019" if "2019" in forms[:1] else "2021"]
    number, added = -1, 0
    columns = 0
    upper: list[Token] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        position += 1
        number += 1
        if activities.BLOCK.search(squeeze(token.text)):
            draft.rows.append((number, [(0, token, False)]))
            columns = 0
            upper = []
            while position < len(tokens) and _is_head(tokens[position]):
                upper.append(tokens[position])
                position += 1
        elif token.key == activities.HEAD:
            heads = []
            while position < len(tokens) and _is_head(tokens[position]):
                heads.append(tokens[position])
                position += 1
            heads = _with_upper_parts(upper, heads)
            columns = len(heads)
            slots = [(0, token, False), *((1 + i, head, False) for i, head in enumerate(heads))]
            draft.rows.append((number, slots))
        elif not token.is_cell:
            values = []
            while position < len(tokens) and tokens[position].is_cell:
                values.append(tokens[position])
                position += 1
            place = official.get(activities.row_of(token.key) or "")
            number = number if place is None else place + added
            added += place is None
            cells = _padded(token, values, columns or len(values), 1, gaps)
            draft.rows.append((number, [(0, token, False), *cells]))
        else:
            number -= 1
    return draft


def _with_upper_parts(upper: Sequence[Token], heads: list[Token]) -> list[Token]:
    """Headers whose first halves stood in a line of their own, above 信息内容."""
    if len(upper) != len(heads):
        return heads
    return [
        replace(lower, text=above.text + lower.text)
        for above, lower in zip(upper, heads, strict=True)
    ]


def _is_head(token: Token) -> bool:
    """A column header: words that are neither a row's label nor a block's number."""
    return (
        not token.is_cell
        and token.key != activities.HEAD
        and activities.row_of(token.key) is None
        and activities.BLOCK.search(squeeze(token.text)) is None
    )


def _draft_requests(tokens: Sequence[Token]) -> Draft:
    in_order = _requests_in_order(tokens)
    if in_order is not None:
        return in_order
    draft = Draft("requests", tokens[0].start, tokens[-1].end)
    gaps = _Gaps(tokens)
    rows = form_rows("requests")
    leaves = [row.position for row in rows if not row.is_section]
    first_row = 3
    shift = 0
    pending: list[tuple[int, Token, bool]] = []
    after = -1
    position = 0
    while position < len(tokens):
        token = tokens[position]
        position += 1
        if token.is_cell or _is_request_head(token):
            continue
        values = []
        while position < len(tokens) and tokens[position].is_cell:
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
        cells = _padded(token, values, _APPLICANTS, 3, gaps)
        draft.rows.append((row, [*above, (depth, token, False), *cells]))
    return draft


def _requests_in_order(tokens: Sequence[Token]) -> Draft | None:
    """The rows by their order, where there are just as many full ones as a form has.

    So labels may be broken and stand in each other's lines, as they do in the text of a PDF.
    """
    runs = [run for run in _runs(tokens) if run[1]]
    rows = [row for row in form_rows("requests") if not row.is_section]
    if len(runs) == len(rows) - len(_OTHER_ROWS):
        rows = _in_2019(rows)
    if len(runs) != len(rows) or any(len(values) != _APPLICANTS for _, values in runs):
        return None
    draft = Draft("requests", tokens[0].start, tokens[-1].end)
    for number, (row, (labels, values)) in enumerate(zip(rows, runs, strict=True)):
        if not labels or any(_names_another(label, row) for label in labels):
            return None
        above = [
            (depth, replace(labels[0], text=text), False) for depth, text in enumerate(row.path)
        ]
        cells = [(3 + column, token, False) for column, token in enumerate(values)]
        draft.rows.append((3 + number, [*above, *cells]))
    return draft


_OTHER = "其他处理"
_OTHER_ROWS = range(2)  # rows more under （六）其他处理 in the 2021 form


def _in_2019(rows: Sequence[FormRow]) -> list[FormRow]:
    """The rows of the 2019 form, where （六）其他处理 is one."""
    whole = next(row for row in form_rows("requests") if row.key == _OTHER)
    first = next(i for i, row in enumerate(rows) if _OTHER in row.keys)
    return [*rows[:first], whole, *(row for row in rows[first:] if _OTHER not in row.keys)]


def _runs(tokens: Sequence[Token]) -> Iterator[tuple[list[Token], list[Token]]]:
    """Labels, and the values that follow them, again and again."""
    labels: list[Token] = []
    values: list[Token] = []
    for token in tokens:
        if token.is_cell:
            values.append(token)
            continue
        if values:
            yield labels, values
            labels, values = [], []
        labels.append(token)
    yield labels, values


def _names_another(label: Token, row: FormRow) -> bool:
    """The label is, word for word, that of one other row and of no row above."""
    named = [other for other in form_rows("requests") if other.key == label.key]
    return len(named) == 1 and not named[0].is_section and named[0].key != row.key


def _group_of(pending: Sequence[tuple[int, Token, bool]]) -> str:
    return pending[-1][1].key if pending else ""


def _is_request_head(token: Token) -> bool:
    key = token.key
    if requests.CHECK_SENTENCE in key or key in ("申请人情况", "法人或其他组织"):
        return True
    names = key in requests.APPLICANTS
    return names and token.text.strip()[:1] not in "（(0123456789"


def _draft_remedies(tokens: Sequence[Token]) -> Draft:
    """One row of values under its headers, or one for reconsiderations and one for lawsuits."""
    gaps = _Gaps(tokens)
    draft = Draft("remedies", tokens[0].start, tokens[-1].end)
    heads: list[Token] = []
    values: list[Token] = []
    for token in tokens:
        if token.is_cell:
            values.append(token)
            continue
        if any(value.text for value in values):
            _add_remedies(draft, heads, values, gaps)
            heads = []
        values = []  # blanks between headers only fill up a spanned row
        heads.append(token)
    _add_remedies(draft, heads, values, gaps)
    return draft


def _add_remedies(
    draft: Draft, heads: Sequence[Token], values: Sequence[Token], gaps: _Gaps
) -> None:
    # Only the words of these headers count; where they stood is lost.
    first = len(draft.rows)
    draft.rows.append((first, [(100 + i, token, False) for i, token in enumerate(heads)]))
    keys = {token.key for token in heads}
    is_whole = "行政诉讼" in keys and "行政复议" in keys
    count = _ALL_REMEDIES if is_whole else len(values) - len(values) % len(remedies.OUTCOMES)
    row = 3 if is_whole else first + 1
    draft.rows.append((row, _padded(heads[-1], _without_row_ends(values, count), count, 0, gaps)))


def _without_row_ends(values: Sequence[Token], count: int) -> list[Token]:
    """Without the pipes that end the row of values, or the row of headers before it."""
    kept = list(values)
    if len(kept) > count + 1 and not kept[0].text and not kept[-1].text:
        kept = kept[1:]
    while len(kept) > count and not kept[-1].text:
        kept.pop()
    return kept[-count:] if count else kept


def _draft_statistics(tokens: Sequence[Token]) -> Draft:
    draft = Draft("statistics", tokens[0].start, tokens[-1].end)
    heads = []
    position = 0
    while position < len(tokens) and tokens[position].key in STATISTICS_HEADS:
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
        if label.is_cell or label.key in statistics.COLUMN_NUMBERS:
            continue
        if statistics.is_unit(label.text):
            continue
        cells = []
        while position < len(tokens) and (
            tokens[position].is_cell or statistics.is_unit(tokens[position].text)
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


DRAFTERS: dict[str, Callable[[Sequence[Token]], Draft]] = {
    "activities": _draft_activities,
    "requests": _draft_requests,
    "remedies": _draft_remedies,
    "statistics": _draft_statistics,
}
