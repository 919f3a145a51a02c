"""Where a fragment of gold stands in the served text, whatever white space lies in between."""

import re
import unicodedata
from dataclasses import dataclass

_OCCURRENCE = re.compile(r"^(.*) #(\d+)$")


@dataclass(frozen=True)
class Place:
    start: int
    end: int

    def within(self, start: int, end: int) -> bool:
        return start <= self.start and self.end <= end

    def overlaps(self, start: int, end: int) -> bool:
        return start < self.end and self.start < end


class Places:
    """Finds fragments; white space and the width of characters do not matter."""

    def __init__(self, text: str) -> None:
        self.offsets: list[int] = []
        folded: list[str] = []
        for offset, character in enumerate(text):
            for piece in _fold(character):
                folded.append(piece)
                self.offsets.append(offset)
        self.folded = "".join(folded)

    def find(self, fragment: str) -> Place | None:
        """The place of what `[…]` marks in `fragment`, or of the whole; `… #2` is the second."""
        match = _OCCURRENCE.match(fragment)
        fragment, occurrence = (match[1], int(match[2])) if match else (fragment, 1)
        before, _, rest = fragment.partition("[")
        marked, _, after = rest.partition("]")
        if not rest:
            before, marked = "", before
        head, body, tail = (_folded(part) for part in (before, marked, after))
        at = -1
        for _ in range(occurrence):
            at = self.folded.find(head + body + tail, at + 1)
            if at < 0:
                return None
        start = at + len(head)
        return Place(self.offsets[start], self.offsets[start + len(body) - 1] + 1)


def _fold(character: str) -> str:
    return (
        "".join(unicodedata.normalize("NFKC", character).split()) if character != "\u200b" else ""
    )


def _folded(text: str) -> str:
    return "".join(_fold(character) for character in text)
