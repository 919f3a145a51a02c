"""Rows of spanning cells into a grid, as a browser lays them out.

A cell takes the first free column of its row and covers `colspan` columns and `rowspan` rows, never
beyond its row group (`<thead>`, `<tbody>`). Spans no form has are cut back and reported.
"""

from collections.abc import Sequence
from dataclasses import dataclass

# The widest official form has 15 columns. Anything beyond these is a slip of the page.
_MAX_COLSPAN = 100
_MAX_ROWSPAN = 1000
MAX_PLACES = 1_000_000


class GridTooLargeError(Exception):
    """The expanded table would have more than `MAX_PLACES` places."""


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell as its file has it. `rowspan` 0 reaches to the end of the row group."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class SourceRow:
    """`group`: rows with the same number are one row group; no cell spans two groups."""

    cells: tuple[SourceCell, ...]
    group: int = 0


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A source cell at its top left place; its spans are those it truly covers."""

    source: SourceCell
    row: int
    column: int
    rowspan: int
    colspan: int


@dataclass(frozen=True, slots=True)
class Layout:
    """`covering[row][column]`: position in `cells`, or -1 where a row is short."""

    cells: tuple[PlacedCell, ...]
    covering: tuple[tuple[int, ...], ...]
    columns: int
    impossible_spans: int


def lay_out(rows: Sequence[SourceRow]) -> Layout:
    """Where each cell of the table stands. Raises GridTooLargeError."""
    sane_width = _sane_width(rows)
    group_ends = _group_ends(rows)
    cells: list[PlacedCell] = []
    taken: list[dict[int, int]] = [{} for _ in rows]
    columns = impossible = places = 0
    for index, row in enumerate(rows):
        column = 0
        for source in row.cells:
            while column in taken[index]:
                column += 1
            rowspan, colspan, is_odd = _spans(
                source, group_ends[index] - index, sane_width - column
            )
            impossible += is_odd
            places += rowspan * colspan
            if places > MAX_PLACES:
                raise GridTooLargeError
            for below in range(index, index + rowspan):
                for across in range(column, column + colspan):
                    taken[below].setdefault(across, len(cells))
            cells.append(PlacedCell(source, index, column, rowspan, colspan))
            column += colspan
            columns = max(columns, column)
    if columns * len(rows) > MAX_PLACES:
        raise GridTooLargeError
    covering = tuple(tuple(places.get(c, -1) for c in range(columns)) for places in taken)
    return Layout(tuple(cells), covering, columns, impossible)


def _spans(source: SourceCell, rows_left: int, columns_left: int) -> tuple[int, int, bool]:
    """Rows and columns that the cell covers, and whether what it asks for is impossible."""
    rowspan, colspan = source.rowspan, source.colspan
    is_odd = (
        rowspan < 1
        or colspan < 1
        or colspan > _MAX_COLSPAN
        or rowspan > max(_MAX_ROWSPAN, rows_left)
    )
    rowspan = rows_left if rowspan == 0 else min(max(rowspan, 1), rows_left)
    if colspan > _MAX_COLSPAN:
        colspan = max(columns_left, 1)
    return rowspan, max(colspan, 1), is_odd


def _sane_width(rows: Sequence[SourceRow]) -> int:
    """Columns of the widest row, impossible spans counted as one."""
    return max(
        (sum(c.colspan if 0 < c.colspan <= _MAX_COLSPAN else 1 for c in r.cells) for r in rows),
        default=0,
    )


def _group_ends(rows: Sequence[SourceRow]) -> list[int]:
    """For each row, the number of the first row after its group."""
    ends = [len(rows)] * len(rows)
    for index in range(len(rows) - 2, -1, -1):
        same = rows[index].group == rows[index + 1].group
        ends[index] = ends[index + 1] if same else index + 1
    return ends
