"""Tables that were written one cell a line, each with the pipes around it.

Between two pipes stands one cell, whether they share its line or have lines of their own; pipes with
nothing between them are cells left blank. More than one behind a cell in its own line are the
columns that it spans.
"""

from typing import NamedTuple


class LoneCell(NamedTuple):
    """A line without its pipes. `blanks`: blank cells before it."""

    text: str
    blanks: int = 0


def holds_several(line: str, separator: str = "|") -> bool:
    """The line is a row: more than one of its cells has words."""
    return sum(1 for part in line.split(separator) if part.strip()) > 1


class LonePipes:
    """Reads line after line, and remembers the pipes since the last cell."""

    def __init__(self) -> None:
        self._pipes = 0

    def cell(self, line: str) -> LoneCell:
        """`line`: stripped. One that holds several cells is given back as it is."""
        if not line:
            return LoneCell("")
        parts = [part.strip() for part in line.split("|")]
        texts = [part for part in parts if part]
        if len(texts) > 1:
            self._pipes = 0
            return LoneCell(line)
        if self._pipes and len(parts) > 2 and not parts[0] and not parts[-1]:
            self._pipes -= 1  # a cell between pipes of its own: one more ended the line before
        if not texts:
            self._pipes += len(parts) - 1
            return LoneCell("")
        before = parts.index(texts[0])
        pipes, self._pipes = self._pipes + before, min(len(parts) - 1 - before, 1)
        return LoneCell(texts[0], max(pipes - 1, 0))
