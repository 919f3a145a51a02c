"""What one report states: the shape between loaders and stores, and of `gongkai extract --json`.

Every field is fixed by the contract of the project (chapter "gongkai extract FILE --json"). Spans
are counts of Unicode code points into `report.text`, and `text[start:end] == quote` for every
quote in here: observations, policies, mentions, evidence and unplaced numbers alike.
References between entries are ids of entries of the same extract.
"""

from enum import StrEnum
from typing import Any

import msgspec


class Qualifier(StrEnum):
    """How exact the report says a figure is."""

    EXACT = "EXACT"
    OVER = "OVER"  # 余 多 逾 以上 超过
    UNDER = "UNDER"  # 近 不足
    ABOUT = "ABOUT"  # 约 左右


class Semantic(StrEnum):
    """What stands where a figure is expected. A blank is never a zero."""

    NUMBER = "NUMBER"
    ZERO = "ZERO"
    BLANK = "BLANK"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    TEXT = "TEXT"


class Kind(StrEnum):
    COUNT = "COUNT"
    MONEY = "MONEY"
    RATE = "RATE"
    CHANGE = "CHANGE"


class Scope(StrEnum):
    AGENCY = "AGENCY"  # the body itself
    JURISDICTION = "JURISDICTION"  # everything under it, as in 全市


class Confidence(StrEnum):
    """How sure the reading of a figure is; the reason stands beside it."""

    CERTAIN = (
        "CERTAIN"  # a cell of a known form, or a phrase of the dictionary with an explicit subject
    )
    HIGH = "HIGH"  # value and metric are read; one attribute is the sentence's default
    MEDIUM = "MEDIUM"  # an open metric, or several attributes inferred
    LOW = "LOW"  # kept so that nothing is lost: check the quote


class Level(StrEnum):
    """The tier of government of a region or an agency."""

    NATIONAL = "NATIONAL"
    PROVINCE = "PROVINCE"
    PREFECTURE = "PREFECTURE"
    COUNTY = "COUNTY"
    TOWN = "TOWN"


class RelationType(StrEnum):
    """The relations a report states between entities; each carries its evidence."""

    PUBLISHED = "PUBLISHED"
    USES = "USES"
    CARRIED_BY = "CARRIED_BY"
    CITES = "CITES"
    ISSUED = "ISSUED"
    IMPLEMENTS = "IMPLEMENTS"


class Span(msgspec.Struct, frozen=True):
    quote: str
    start: int
    end: int


class RegionRef(msgspec.Struct, frozen=True):
    """`code`: GB/T 2260, or `<parent code>/<name>` for a zone without one."""

    code: str
    name: str


class AgencyRef(msgspec.Struct, frozen=True):
    id: str
    name: str
    level: Level | None


class Source(msgspec.Struct, frozen=True):
    """The file as it was given: `name` without folders, `format` html, markdown, text, pdf or
    docx."""

    name: str
    sha256: str
    format: str
    encoding: str


class Report(msgspec.Struct, frozen=True):
    id: str
    title: str
    agency: AgencyRef
    region: RegionRef | None
    year: int
    published: str | None
    template: str  # 2008, 2014, 2019 or 2021
    language: str  # zh-Hans or zh-Hant
    source: Source
    text: str


class Section(msgspec.Struct, frozen=True):
    """A heading and the text under it up to the next heading of its level or above.

    The first section of a report is the report itself: its heading is the title.
    """

    id: str
    heading: str
    path: list[str]  # headings from the outermost to this one
    start: int
    end: int


class Cell(msgspec.Struct, frozen=True):
    """A place in a table; all counted from 0, spans expanded."""

    table: int
    row: int
    column: int
    row_path: list[str]
    column_path: list[str]


class Observation(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    metric: str  # dictionary id, or the slug of an open metric
    measure: str
    value: int | float | None
    upper: int | float | None = None
    unit: str | None
    qualifier: Qualifier = Qualifier.EXACT
    semantic: Semantic = Semantic.NUMBER
    kind: Kind = Kind.COUNT
    year: int | None
    agency: str
    scope: Scope = Scope.AGENCY
    channel: str | list[str] | None = None
    category: str | None = None
    section: str | None = None
    dimensions: dict[str, str] = {}
    quote: str
    start: int
    end: int
    cell: Cell | None = None
    part_of: str | list[str] | None = None
    confidence: Confidence = Confidence.CERTAIN
    confidence_reason: str = ""


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    title: str | None
    doc_number: str | None
    issuer: str | list[str] | None
    quote: str
    start: int
    end: int


class Agency(msgspec.Struct, frozen=True):
    id: str
    name: str
    level: Level | None
    region: RegionRef | None
    mentions: list[Span]


class Channel(msgspec.Struct, frozen=True):
    """`type`: one of `graph.dictionary.channels.channel_types`; `owner`: an agency's id."""

    id: str
    name: str
    type: str
    owner: str | None
    mentions: list[Span]


class Category(msgspec.Struct, frozen=True):
    id: str
    name: str
    parent: str | None
    mentions: list[Span]


class Relation(msgspec.Struct, frozen=True):
    type: RelationType
    head: str
    tail: str
    year: int | None
    evidence: list[Span]


class Unplaced(msgspec.Struct, frozen=True):
    """A number that was seen and is no observation, with the reason."""

    quote: str
    start: int
    end: int
    reason: str


class Warning(msgspec.Struct, frozen=True):
    code: str
    message: str


class Extract(msgspec.Struct, frozen=True):
    report: Report
    sections: list[Section]
    observations: list[Observation]
    policies: list[Policy]
    agencies: list[Agency]
    channels: list[Channel]
    categories: list[Category]
    relations: list[Relation]
    unplaced: list[Unplaced]
    warnings: list[Warning]


def as_list(reference: str | list[str] | None) -> list[str]:
    """A reference that may be absent, one or several, as a list."""
    if reference is None:
        return []
    return [reference] if isinstance(reference, str) else reference


def to_json(value: Any, *, indent: int = 2) -> str:
    """JSON for programs: UTF-8 as it is, keys in the order of the contract."""
    return msgspec.json.format(msgspec.json.encode(value), indent=indent).decode()
