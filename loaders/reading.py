"""A report half read: what every extractor of prose is given, and what each gives back.

Offsets in this module count code points of `Reading.prose.text` (the folded running text: no tables,
no noise, broken paragraphs joined, one `\\n` between paragraphs). `Reading.span` turns them into
quotes of the served text; only what leaves the loaders carries served offsets.
"""

from bisect import bisect_right
from dataclasses import dataclass, field

from gongkai.graph.extract import Level, RegionRef, Scope, Section, Span

from .document import Document
from .folding import Folded


@dataclass(frozen=True, slots=True)
class Body:
    """A public body as the graph names it: canonical name, Simplified, with its region."""

    id: str
    name: str
    level: Level | None
    region: RegionRef | None


@dataclass(frozen=True, slots=True)
class AgencyMention:
    """A body named, addressed (我局) or stood for by its jurisdiction (全市) in the prose.

    `scope` is JURISDICTION for 全市, 全县各级行政机关 and the like: everything under the body.
    """

    body: Body
    start: int
    end: int
    scope: Scope = Scope.AGENCY


@dataclass(frozen=True, slots=True)
class ChannelMention:
    """A channel named in the prose. `owner`: the id of `body`, whose channel it is."""

    id: str
    name: str
    type: str
    owner: str | None
    start: int
    end: int
    body: Body | None = None


@dataclass(frozen=True, slots=True)
class CategoryMention:
    """A kind of information named in the prose. `parent`: the id of the category above."""

    id: str
    name: str
    parent: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PolicyMention:
    """A policy cited in the prose. `issuers`: the bodies that issued it, as far as it is said.

    `start`, `end`: the citation with its number and, where it stands before it, its issuer.
    """

    id: str
    title: str | None
    doc_number: str | None
    issuers: tuple[Body, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """`publisher`: whose report it is. `rollup`: it speaks for the whole jurisdiction.

    `sections`: in document order, the first being the report itself, so every place has one.
    """

    document: Document
    prose: Folded
    sections: tuple[Section, ...]
    publisher: Body
    rollup: bool
    year: int
    title: str
    template: str
    _section_starts: list[int] = field(default_factory=list)

    def span(self, start: int, end: int) -> Span:
        """The quote of a stretch of prose, in the served text."""
        first, last = self.prose.origin(start, end)
        return Span(self.document.text[first:last], first, last)

    def section_at(self, start: int) -> Section:
        """The innermost section that a place of the prose stands in."""
        if not self._section_starts:
            self._section_starts.extend(section.start for section in self.sections)
        place = self.prose.offsets[start]
        for index in range(bisect_right(self._section_starts, place) - 1, 0, -1):
            if self.sections[index].end > place:
                return self.sections[index]
        return self.sections[0]
