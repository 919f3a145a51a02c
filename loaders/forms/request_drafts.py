"""表3 that came as lines, put on the grid of the official form."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from . import requests
from .drafts import Draft, Gaps, padded
from .labels import FormRow, form_rows, match_row
from .tokens import Token

_APPLICANTS = len(requests.APPLICANTS)
_OTHER = "其他处理"  # one row in the 2019 form, three under the same name in that of 2021
_MORE_ROWS = 2


def draft_requests(tokens: Sequence[Token]) -> Draft:
    in_order = _requests_in_order(tokens)
    if in_order is not None:
        return in_order
    draft = Draft("requests", tokens[0].start, tokens[-1].end)
    gaps = Gaps(tokens)
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
        cells = padded(token, values, _APPLICANTS, 3, gaps)
        draft.rows.append((row, [*above, (depth, token, False), *cells]))
    return draft


def _requests_in_order(tokens: Sequence[Token]) -> Draft | None:
    """The rows by their order, where there are just as many full ones as a form has.

    So labels may be broken and stand in each other's lines, as they do in the text of a PDF; such
    a one goes by its official name.
    """
    runs = [run for run in _runs(tokens) if run[1]]
    rows = [row for row in form_rows("requests") if not row.is_section]
    if len(runs) == len(rows) - _MORE_ROWS:
        rows = _in_2019(rows)
    if len(runs) != len(rows) or any(len(values) != _APPLICANTS for _, values in runs):
        return None
    draft = Draft("requests", tokens[0].start, tokens[-1].end)
    printed: dict[str, Token] = {}
    for number, (row, (labels, values)) in enumerate(zip(rows, runs, strict=True)):
        if not labels or any(_names_another(label, row) for label in labels):
            return None
        printed |= {label.key: label for label in labels}
        path = [
            (depth, printed.get(key) or replace(labels[0], text=text), False)
            for depth, (key, text) in enumerate(zip(row.keys, row.path, strict=True))
        ]
        cells = [(3 + column, token, False) for column, token in enumerate(values)]
        draft.rows.append((3 + number, [*path, *cells]))
    return draft


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
