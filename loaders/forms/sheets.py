"""Tables in the one shape all readers of forms share: rows of slots with grid places."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from gongkai.graph.dictionary.metrics import Metric
from gongkai.graph.extract import Confidence, Semantic

from ..document import Document, Table
from .labels import key_of, squeeze
from .values import CellValue, read_value


@dataclass(frozen=True)
class Slot:
    """A cell: `row`, `column` are its top left place in the grid, offsets those of the text.

    `is_guess`: which cell of its row it is could not be told.
    """

    row: int
    column: int
    colspan: int
    start: int
    end: int
    text: str
    is_guess: bool = False

    @cached_property
    def key(self) -> str:
        return key_of(self.text)

    @cached_property
    def label(self) -> str:
        return squeeze(self.text)

    @cached_property
    def value(self) -> CellValue:
        return read_value(self.text)

    @property
    def is_blank(self) -> bool:
        return self.value.semantic is Semantic.BLANK

    @property
    def is_value(self) -> bool:
        """A number or a mark in a number's place."""
        return self.value.semantic not in (Semantic.BLANK, Semantic.TEXT)

    @property
    def is_label(self) -> bool:
        return self.value.semantic is Semantic.TEXT

    def covers(self, column: int) -> bool:
        return self.column <= column < self.column + self.colspan


@dataclass(frozen=True)
class Row:
    """The cells that cover a row of the grid, in order; those that reach into it from above too."""

    index: int
    slots: tuple[Slot, ...]

    @cached_property
    def own(self) -> tuple[Slot, ...]:
        """The cells that begin in this row."""
        return tuple(slot for slot in self.slots if slot.row == self.index)

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(slot.key for slot in self.own if slot.is_label)

    @property
    def has_values(self) -> bool:
        return any(slot.is_value for slot in self.own)

    def at(self, column: int) -> Slot | None:
        """The cell that begins in this row at the column."""
        return next((slot for slot in self.own if slot.column == column), None)

    def covering(self, column: int) -> Slot | None:
        return next((slot for slot in self.slots if slot.covers(column)), None)


@dataclass(frozen=True)
class Sheet:
    """`caption`: what stands over the table. `is_rebuilt`: put together from lines, with the grid of the official form."""

    start: int
    end: int
    rows: tuple[Row, ...]
    caption: str = ""
    is_rebuilt: bool = False


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A value cell and what it states.

    `metric`: a dictionary entry, or the slug of an open one. `key` names the figure inside its
    table, `wholes` the keys of what contains it. `unit`: as the labels print it.
    `year`: one that the column's header states.
    """

    slot: Slot
    metric: Metric | str
    measure: str
    key: tuple[str, ...]
    wholes: tuple[tuple[str, ...], ...] = ()
    dimensions: dict[str, str]
    row_path: list[str]
    column_path: list[str]
    unit: str | None = None
    is_change: bool = False
    is_money: bool = False
    year: int | None = None
    year_offset: int = 0
    confidence: Confidence = Confidence.CERTAIN
    reason: str = "cell of a statutory form"


def sheet_of(document: Document, table: Table) -> Sheet:
    """A table as rows of slots; a `---` line of Markdown is a row without any."""
    text = document.text
    slots = {
        id(cell): Slot(
            cell.row, cell.column, cell.colspan, cell.start, cell.end, text[cell.start : cell.end]
        )
        for cell in table.cells
    }
    rows = []
    for index, places in enumerate(table.grid):
        covering: dict[int, Slot] = {}
        for cell in places:
            if cell is not None:
                covering.setdefault(id(cell), slots[id(cell)])
        rows.append(Row(index, tuple(covering.values())))
    return Sheet(table.start, table.end, tuple(rows), table.caption or _line_above(document, table))


def _line_above(document: Document, table: Table) -> str:
    above = bisect_left(document.blocks, table.start, key=lambda block: block.start) - 1
    if above < 0 or document.blocks[above].end + 1 != table.start:
        return ""
    block = document.blocks[above]
    return document.text[block.start : block.end]


def distinct(labels: Sequence[str]) -> list[str]:
    """Neighbours that say the same once: a spanned label is repeated in some copies."""
    return [label for i, label in enumerate(labels) if i == 0 or labels[i - 1] != label]


def labels_then_values(row: Row) -> tuple[list[Slot], list[Slot]]:
    """The label cells that cover a row, and the cells that begin in it after the last of them."""
    last = -1
    for index, slot in enumerate(row.slots):
        if slot.is_value and slot.row == row.index:
            break
        if slot.is_label:
            last = index
    labels = [slot for slot in row.slots[: last + 1] if slot.is_label]
    return labels, [slot for slot in row.slots[last + 1 :] if slot.row == row.index]


def trim(values: Sequence[Slot], count: int) -> list[Slot]:
    """The `count` value cells of a row that has more: fillers of spans are blank.

    They stand between the label and the values, or where the row was padded at its end.
    """
    surplus = len(values) - count
    if surplus <= 0:
        return list(values)
    if all(slot.is_blank for slot in values[count:]) and not values[0].is_blank:
        return list(values[:count])
    return list(values[surplus:])


def slots_of(rows: Sequence[Row]) -> Iterator[Slot]:
    for row in rows:
        yield from row.own
