"""A figure while it is being read: its amount, its place, and what the stages find out about it."""

from dataclasses import dataclass, field

from gongkai.graph.extract import Confidence, Kind, Qualifier, Scope, Semantic
from gongkai.graph.intervals import RATIOS

from .clauses import Place
from .numerals import Amount
from .reading import Body


@dataclass(slots=True)
class Figure:
    """`start`, `end`: the printed figure, or the words that stand for it; `label`: the words that
    lead up to it; `after`: those that follow it directly; `wholes`: what it is a part of.

    `channel_types`: those of the channels that its own clause or the head of its sentence names.
    `twin`: the figure whose value it repeats (与上年持平), which settles all else but the year.
    """

    start: int
    end: int
    place: Place
    amount: Amount | None
    label: str
    after: str
    value: int | float
    unit: str | None
    kind: Kind
    qualifier: Qualifier = Qualifier.EXACT
    upper: int | float | None = None
    semantic: Semantic = Semantic.NUMBER
    quote_start: int = -1
    quote_end: int = -1
    measure: str = ""
    metric: str = ""
    is_open: bool = False
    base: "Figure | None" = None
    wholes: "list[Figure]" = field(default_factory=list)
    twin: "Figure | None" = None
    year: int | None = None
    year_said: int | None = None
    agency: Body | None = None
    scope: Scope = Scope.AGENCY
    subject_stated: bool = False
    names_body: bool = False
    channels: list[str] = field(default_factory=list)
    channel_types: frozenset[str] = frozenset()
    category: str | None = None
    confidence: Confidence = Confidence.HIGH
    reasons: list[str] = field(default_factory=list)

    @property
    def is_relative(self) -> bool:
        """A change that is printed as a ratio: it has no unit of what changed."""
        return self.kind is Kind.CHANGE and self.unit in RATIOS

    @property
    def is_count(self) -> bool:
        return self.kind in (Kind.COUNT, Kind.MONEY) and self.twin is None
