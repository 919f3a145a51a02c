"""The cells of a form that came as lines, put on the grid of the official form.

A row with fewer cells than its form has is padded, and its slots say that their place is a guess.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from . import activities, remedies, statistics
from .labels import form_rows, match_row, squeeze
from .sheets import Row, Sheet, Slot
from .tokens import STATISTICS_HEADS, Token

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


class Gaps:
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


def padded(
    label: Token, values: Sequence[Token], count: int, first_column: int, gaps: "Gaps"
) -> list[tuple[int, Token, bool]]:
    """Value cells of a row in its columns; cells that are missing are blank, at its end."""
    kept = gaps.filled(label, values, count) or list(values[:count])
    is_guess = 0 < len(kept) < count
    last = kept[-1] if kept else label
    kept += [_empty(last)] * (count - len(kept))
    return [(first_column + i, token, is_guess) for i, token in enumerate(kept)]


def draft_activities(tokens: Sequence[Token]) -> Draft:
    draft = Draft("activities", tokens[0].start, tokens[-1].end)
    forms = [found[1] for token in tokens if (found := activities.column_of(token.text))]
    gaps = Gaps(tokens)
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
            cells = padded(token, values, columns or len(values), 1, gaps)
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


def draft_remedies(tokens: Sequence[Token]) -> Draft:
    """One row of values under its headers, or one for reconsiderations and one for lawsuits."""
    gaps = Gaps(tokens)
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
    draft: Draft, heads: Sequence[Token], values: Sequence[Token], gaps: Gaps
) -> None:
    # Only the words of these headers count; where they stood is lost.
    first = len(draft.rows)
    draft.rows.append((first, [(100 + i, token, False) for i, token in enumerate(heads)]))
    keys = {token.key for token in heads}
    is_whole = "行政诉讼" in keys and "行政复议" in keys
    count = _ALL_REMEDIES if is_whole else len(values) - len(values) % len(remedies.OUTCOMES)
    row = 3 if is_whole else first + 1
    draft.rows.append((row, padded(heads[-1], _without_row_ends(values, count), count, 0, gaps)))


def _without_row_ends(values: Sequence[Token], count: int) -> list[Token]:
    """Without the pipes that end the row of values, or the row of headers before it."""
    kept = list(values)
    if len(kept) > count + 1 and not kept[0].text and not kept[-1].text:
        kept = kept[1:]
    while len(kept) > count and not kept[-1].text:
        kept.pop()
    return kept[-count:] if count else kept


def draft_statistics(tokens: Sequence[Token]) -> Draft:
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
