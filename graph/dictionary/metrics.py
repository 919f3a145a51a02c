"""The metric dictionary (`metrics.toml`, `topics/`): lookups by id, by cell of a form, by phrase.

Forms are named by the year of the notice that introduced them: `2014`, `2019`, `2021`; `local` is
the older local form with a column of codes.
"""

import re
import tomllib
import unicodedata
from functools import cache
from importlib import resources
from typing import Any

import msgspec

FORMS = ("local", "2014", "2019", "2021")
SEPARATOR = " > "
_OPEN = "open/"

# Words that come and go around a phrase without changing what it counts.
_LEADING = re.compile(
    r"^(?:其中|全年|年内|本年度?|今年|当年|目前|现已|已经?|累计|历年|共计?|总计|合计|一共|分别|各|约|近|超过?|的|了|和|及|与|等)+"
)
_TRAILING = re.compile(
    r"(?:累计|共计?|总计|合计|达到?|约|近|超过?|突破|分别|有|为|了|是|计|的|数)+$"
)
_DROPPED = re.compile(r"[^\u3400-\u9fffa-z]+")


class Comparability(msgspec.Struct, frozen=True):
    """How far figures of one form may be set beside those of another."""

    level: str  # SAME, PARTLY or BROKEN
    reason_zh: str = ""
    reason_en: str = ""
    notice: str = ""


class Metric(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of the dictionary; `metrics.toml` says what each field means.

    `open`: not in the dictionary; its name is the slug of the phrase that was printed.
    """

    id: str
    name: str
    name_en: str | None = None
    unit: str | None = None
    units: list[str] = []
    only_in: list[str] = []
    kind: str | None = None
    topic: str | None = None
    definition: str | None = None
    in_local: list[str] = []
    in_2014: list[str] = []
    in_2019: list[str] = []
    in_2021: list[str] = []
    dimensions: dict[str, str] = {}
    sum_of: list[str] = []
    part_of: str | None = None
    year_offset: int = 0
    comparability: list[tuple[str, str, str, str]] = []
    phrases: list[str] = []
    as_part: list[str] = []
    channel_types: list[str] = []
    zero: list[str] = []
    open: bool = False

    def places(self, form: str) -> list[str]:
        """Where this form states it: paths of row and column labels."""
        places: list[str] = getattr(self, f"in_{form}")
        return places

    @property
    def forms(self) -> tuple[str, ...]:
        return tuple(form for form in FORMS if self.places(form))


class Topic(msgspec.Struct, frozen=True):
    """A chapter of the dictionary; `needs`: words, one of which a figure of it stands beside."""

    name: str
    name_en: str
    needs: list[str] = []


class _Reason(msgspec.Struct, frozen=True):
    zh: str
    en: str
    notice: str


class _Shared(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    topics: dict[str, Topic]
    words: dict[str, list[str]]
    partly: dict[str, str]
    reasons: dict[str, _Reason]


@cache
def _shared() -> _Shared:
    return msgspec.convert(_read("metrics.toml"), _Shared)


@cache
def _metrics() -> dict[str, Metric]:
    entries: dict[str, Metric] = {}
    for topic in _shared().topics:
        for id, entry in _read("topics", f"{topic}.toml").items():
            if id in entries:
                raise ValueError(f"{topic}.toml: [{id}] is an entry of {entries[id].topic} already")
            try:
                entries[id] = msgspec.convert({"id": id, "topic": topic} | entry, Metric)
            except msgspec.ValidationError as error:
                raise ValueError(f"{topic}.toml: [{id}]: {error}") from error
    return entries


def _read(*path: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(*path).read_text("utf-8"))


def all_metrics() -> tuple[Metric, ...]:
    """In the order of the topics and of their files."""
    return tuple(_metrics().values())


def topics() -> dict[str, Topic]:
    return _shared().topics


def words() -> dict[str, list[str]]:
    """The lists of words that say the same, which phrases name in braces."""
    return _shared().words


def reasons() -> tuple[str, ...]:
    """The keys of the reasons why forms compare only partly."""
    return tuple(_shared().reasons)


def metric(id: str) -> Metric:
    """Raises KeyError for an id that is not in the dictionary."""
    return _metrics()[id]


def find_metric(id: str) -> Metric | None:
    return _metrics().get(id)


def describe(key: str) -> Metric:
    """The metric of a dictionary id or of an open metric's slug."""
    return find_metric(key) or Metric(id=key, name=key.removeprefix(_OPEN), open=True)


@cache
def metric_through(types: frozenset[str]) -> str | None:
    """The metric of items disclosed through channels of these types, and no others; or None."""
    holding = [entry for entry in all_metrics() if types and types <= set(entry.channel_types)]
    best = min(holding, key=lambda entry: len(entry.channel_types), default=None)
    return best.id if best else None


def phrases() -> tuple[tuple[str, Metric], ...]:
    """Every phrase that states a metric in prose, in the notation of `metrics.toml`."""
    return tuple((phrase, entry) for entry in all_metrics() for phrase in entry.phrases)


def zero_phrases() -> tuple[tuple[str, Metric], ...]:
    """Every phrase that says there was none of a metric."""
    return tuple((phrase, entry) for entry in all_metrics() for phrase in entry.zero)


@cache
def cells(form: str) -> dict[tuple[str, ...], Metric]:
    """Path of labels, as `metrics.toml` has it -> the metric the form states there."""
    return {
        tuple(place.split(SEPARATOR)): entry
        for entry in all_metrics()
        for place in entry.places(form)
    }


def comparability(id: str, earlier: str, later: str) -> Comparability:
    """How far a metric of one form may be compared with that of another (in either order).

    Forms that both state it and are not listed compare as SAME, as does a form with itself and
    with prose (`2008`), which follows no form; forms of `partly` with any other form as PARTLY.
    """
    forms = {earlier, later}
    listed = (entry for entry in describe(id).comparability if forms == {entry[0], entry[1]})
    level, reason = next(((entry[2], entry[3]) for entry in listed), ("SAME", None))
    if reason is None and len(forms & set(FORMS)) > 1:
        for form in forms & set(_shared().partly):
            level, reason = "PARTLY", _shared().partly[form]
    if reason is None:
        return Comparability("SAME")
    why = _shared().reasons[reason]
    return Comparability(level, why.zh, why.en, why.notice)


def open_metric_key(phrase: str) -> str:
    """The stable slug of a measure outside the dictionary: the phrase itself, folded.

    >>> open_metric_key("全年累计发放 “明白卡” 600")
    'open/发放明白卡'
    """
    folded = _DROPPED.sub("", unicodedata.normalize("NFKC", phrase).lower())
    slug = _TRAILING.sub("", _LEADING.sub("", folded))
    return _OPEN + (slug or folded or "unnamed")
