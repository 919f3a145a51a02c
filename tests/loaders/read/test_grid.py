"""Cells stand where a browser would draw them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.loaders.read.grid import (
    GridTooLargeError,
    SourceCell,
    SourceRow,
    lay_out,
)

ROWS = st.lists(
    st.lists(
        st.builds(SourceCell, st.just("x"), st.integers(1, 4), st.integers(1, 4), st.just(False)),
        max_size=5,
    ).map(lambda cells: SourceRow(tuple(cells))),
    max_size=7,
)


def painted(rows: list[SourceRow]) -> dict[tuple[int, int], int]:
    """Every place and the cell that covers it, by painting one place after the other."""
    board: dict[tuple[int, int], int] = {}
    number = 0
    for top, row in enumerate(rows):
        left = 0
        for cell in row.cells:
            while (top, left) in board:
                left += 1
            for down in range(cell.rowspan):
                for right in range(cell.colspan):
                    if top + down < len(rows):
                        board.setdefault((top + down, left + right), number)
            left += cell.colspan
            number += 1
    return board


@given(ROWS)
def test_the_grid_agrees_with_painting_place_by_place(rows: list[SourceRow]) -> None:
    layout = lay_out(rows)
    covered = {
        (row, column): cell
        for row, line in enumerate(layout.covering)
        for column, cell in enumerate(line)
        if cell >= 0
    }
    assert covered == painted(rows)
    assert all(len(line) == layout.columns for line in layout.covering)
    assert layout.impossible_spans == 0


def test_a_row_span_of_zero_reaches_to_the_end_of_its_row_group() -> None:
    rows = [
        SourceRow((SourceCell("甲", rowspan=0), SourceCell("乙")), group=1),
        SourceRow((SourceCell("1"),), group=1),
        SourceRow((SourceCell("2"), SourceCell("3")), group=2),
    ]
    layout = lay_out(rows)
    assert layout.covering == ((0, 1), (0, 2), (3, 4))
    assert layout.impossible_spans == 1


@pytest.mark.parametrize(("rowspan", "colspan"), [(1, 99999), (1, -3), (-1, 1), (99999, 1), (1, 0)])
def test_impossible_spans_are_cut_back_and_counted(rowspan: int, colspan: int) -> None:
    rows = [
        SourceRow((SourceCell("甲", rowspan, colspan),)),
        SourceRow((SourceCell("1"), SourceCell("2"), SourceCell("3"))),
    ]
    layout = lay_out(rows)
    assert layout.impossible_spans == 1
    assert layout.columns <= 4
    assert layout.cells[0].row == 0


def test_a_row_span_past_the_end_is_common_and_no_fault() -> None:
    layout = lay_out([SourceRow((SourceCell("甲", rowspan=3), SourceCell("1")))])
    assert layout.cells[0].rowspan == 1
    assert layout.impossible_spans == 0


def test_an_absurdly_large_grid_is_given_up() -> None:
    wide = SourceRow(tuple(SourceCell("", colspan=100) for _ in range(200)))
    with pytest.raises(GridTooLargeError):
        lay_out([wide] * 60)
