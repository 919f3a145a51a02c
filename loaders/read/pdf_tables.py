"""Ruled tables of a PDF page: their cells on a grid, spans included.

A cell is a rectangle between rulings; the grid's lines are the edges of all cells. Coordinates are
points from the page's top left corner.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ..characters import radical_forms
from .grid import SourceCell, SourceRow
from .text import joined_lines

if TYPE_CHECKING:
    from pdfplumber.page import Page

_NEAR = 3.0
_WORD_GAP = 0.4
_FEWEST_FILLED = 4


@dataclass(frozen=True, slots=True)
class _Box:
    """A cell: the numbers of its first and last row and column, and what stands in it."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


@dataclass(frozen=True, slots=True)
class PageTable:
    """`edges`: the vertical grid lines; `rows`: how many rows there are between the others."""

    top: float
    bottom: float
    edges: tuple[float, ...]
    rows: int
    boxes: tuple[_Box, ...]

    @property
    def is_table(self) -> bool:
        """Not a frame around a paragraph, nor a row of coloured boxes."""
        filled = sum(bool(box.text) for box in self.boxes)
        return self.rows > 1 and len(self.edges) > 2 and filled >= _FEWEST_FILLED

    def contains(self, item: Mapping[str, Any]) -> bool:
        """Whether the middle of a page's object lies inside."""
        across, down = _middle(item)
        return self.edges[0] <= across <= self.edges[-1] and self.top <= down <= self.bottom

    def texts(self) -> list[str]:
        return [box.text for box in self.boxes if box.text]

    def source_rows(self) -> list[SourceRow]:
        """The rows for `lay_out`; where the page has no cell, a blank one keeps the place."""
        covered = {
            (box.row + down, box.column + across)
            for box in self.boxes
            for down in range(box.rows)
            for across in range(box.columns)
        }
        rows = []
        for row in range(self.rows):
            cells = [(box.column, box) for box in self.boxes if box.row == row]
            blanks = [(column, None) for column in range(len(self.edges) - 1)]
            gaps = [(column, box) for column, box in blanks if (row, column) not in covered]
            ordered = sorted([*cells, *gaps], key=lambda item: item[0])
            rows.append(SourceRow(tuple(_source_cell(box) for _, box in ordered)))
        return rows


def _source_cell(box: _Box | None) -> SourceCell:
    return SourceCell("") if box is None else SourceCell(box.text, box.rows, box.columns)


def find_tables(page: "Page") -> list[PageTable]:
    """Every ruled rectangle with more than one cell in it, in order."""
    tables = []
    for found in page.find_tables():
        edges = _lines([x for cell in found.cells for x in (cell[0], cell[2])])
        heights = _lines([y for cell in found.cells for y in (cell[1], cell[3])])
        if len(found.cells) < 2:
            continue
        texts = _texts(page, found.cells)
        boxes = []
        for cell, text in zip(found.cells, texts, strict=True):
            left, right = _at(edges, cell[0]), _at(edges, cell[2])
            upper, lower = _at(heights, cell[1]), _at(heights, cell[3])
            if right > left and lower > upper:
                boxes.append(_Box(upper, left, lower - upper, right - left, text))
        boxes.sort(key=lambda box: (box.row, box.column))
        tables.append(PageTable(heights[0], heights[-1], edges, len(heights) - 1, tuple(boxes)))
    return sorted(tables, key=lambda table: table.top)


def continue_table(first: PageTable, second: PageTable) -> PageTable | None:
    """Both as one, where the second has the columns of the first, or some of them fewer or more."""
    if not (
        _are_near(first.edges[0], second.edges[0]) and _are_near(first.edges[-1], second.edges[-1])
    ):
        return None
    edges = _lines([*first.edges, *second.edges])
    if len(edges) != max(len(first.edges), len(second.edges)):
        return None
    below = [replace(box, row=box.row + first.rows) for box in _on_grid(second, edges)]
    boxes = (*_on_grid(first, edges), *below)
    return PageTable(first.top, second.bottom, edges, first.rows + second.rows, boxes)


def _on_grid(table: PageTable, edges: Sequence[float]) -> list[_Box]:
    boxes = []
    for box in table.boxes:
        left = _at(edges, table.edges[box.column])
        right = _at(edges, table.edges[box.column + box.columns])
        boxes.append(replace(box, column=left, columns=right - left))
    return boxes


def _texts(page: "Page", cells: Sequence[tuple[float, float, float, float]]) -> list[str]:
    """What stands in each cell, by the middle of its characters."""
    from pdfplumber.utils.text import extract_text  # slow to import

    inside: list[list[dict[str, Any]]] = [[] for _ in cells]
    for char in page.chars:
        across, down = _middle(char)
        for index, (left, top, right, bottom) in enumerate(cells):
            if left <= across < right and top <= down < bottom:
                inside[index].append(char)
                break
    texts = (extract_text(chars, x_tolerance_ratio=_WORD_GAP) for chars in inside)
    return [joined_lines(text.translate(radical_forms()).split("\n")) for text in texts]


def _middle(item: Mapping[str, Any]) -> tuple[float, float]:
    return (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2


def _lines(places: Sequence[float]) -> tuple[float, ...]:
    """Grid lines: places that are near each other are one."""
    ordered = sorted(places)
    return (*ordered[:1], *(b for a, b in pairwise(ordered) if b - a > _NEAR))


def _at(lines: Sequence[float], place: float) -> int:
    """The number of the grid line nearest to a place."""
    index = bisect_left(lines, place)
    near = [i for i in (index - 1, index) if 0 <= i < len(lines)]
    return min(near, key=lambda i: abs(lines[i] - place))


def _are_near(one: float, other: float) -> bool:
    return abs(one - other) <= _NEAR
