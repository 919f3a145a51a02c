"""The served text, put together piece by piece: every reader writes its document through this."""

from collections.abc import Iterable, Sequence

from ..document import Block, Cell, Document, Flag, Table
from ..refusals import TOO_COMPLEX, refuse
from .grid import MAX_PLACES, GridTooLargeError, SourceRow, lay_out


class Assembly:
    """Paragraphs and tables in document order become one text, and the places in it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._tables: list[Table] = []
        self._impossible_spans = 0

    def add_paragraph(
        self,
        text: str,
        level: int | None = None,
        *,
        bold: bool = False,
        blank_lines: int = 0,
        blank_cells: int = 0,
    ) -> None:
        """`text`: not empty, without newlines. `blank_…`: as `Block` has it."""
        start = self._begin_line()
        self._write(text)
        self._blocks.append(Block(start, self._length, level, bold, blank_lines, blank_cells))

    def add_table(self, rows: Sequence[SourceRow], caption: str = "") -> None:
        """Each source cell is written once, at its first place; its text has no tab or newline."""
        try:
            layout = lay_out(rows)
        except GridTooLargeError:
            reason = f"a table has more than {MAX_PLACES:,} places when its spans are expanded"
            raise refuse(
                TOO_COMPLEX, self._name, reason, "Correct its rowspan and colspan."
            ) from None
        self._impossible_spans += layout.impossible_spans
        start = self._begin_line()
        cells: list[Cell] = []
        row = -1
        for placed in layout.cells:
            if row >= 0:
                self._write("\t" if placed.row == row else "\n")
            row = placed.row
            begin = self._length
            self._write(placed.source.text)
            cells.append(
                Cell(
                    row,
                    placed.column,
                    placed.rowspan,
                    placed.colspan,
                    begin,
                    self._length,
                    placed.source.is_header,
                )
            )
        grid = tuple(
            tuple(cells[place] if place >= 0 else None for place in row) for row in layout.covering
        )
        self._tables.append(
            Table(
                len(self._tables),
                start,
                self._length,
                len(rows),
                layout.columns,
                tuple(cells),
                grid,
                caption,
            )
        )

    def finish(
        self, format: str, encoding: str, metadata: dict[str, str], flags: Iterable[Flag]
    ) -> Document:
        noticed = list(flags)
        if self._impossible_spans:
            message = (
                f"{self._impossible_spans} table cells have impossible spans, which were cut back"
            )
            noticed.append(Flag("IMPOSSIBLE_SPAN", message))
        return Document(
            "".join(self._pieces),
            tuple(self._blocks),
            tuple(self._tables),
            format,
            encoding,
            metadata,
            tuple(noticed),
        )

    def _begin_line(self) -> int:
        if self._blocks or self._tables:
            self._write("\n")
        return self._length

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
