"""A copy of the text for matching, with the way back to the served text.

Reports come with full-width digits, Kangxi radicals, zero-width characters, doubled spaces,
Traditional characters and figures cut by a page break. Rules match on the folded copy, where these
are gone; every span they find is given back as offsets into the text as it is served.
"""

from array import array
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Folded:
    """`text[i]` came from the served text at `offsets[i]`; paragraphs are separated by `\\n`.

    `offsets` has one entry more than `text` has characters: the end.
    """

    text: str
    offsets: "array[int]"

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The served text's span for a span of `text`; never ends in dropped white space."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end - 1] + 1
