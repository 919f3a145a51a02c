"""One body in two years: what appeared, vanished, changed, in figures, relations and words."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from gongkai.graph.dictionary.metrics import all_metrics
from gongkai.graph.extract import Qualifier, Scope, Semantic

from .comparability import Comparability
from .gathered import Columns, Figure, FoundAgency, FoundMetric, Number, plain
from .moved import Sentence, SentenceKind, changes, in_order
from .series import Missing, Points
from .standing import dimension_of, names_of

_WHITE = re.compile(r"\s+")
_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十\d]+[章节部分]*|[（(][一二三四五六七八九十\d]+[)）]"
    r"|[一二三四五六七八九十]+(?=[、.．：])|\d+(?=[、.．]))[、.．：]?"
)
# Dimensions of the forms, whose cells share nothing: they add up to the total of their row.
_CELLS_OF_A_ROW = (("applicant",), ("procedure",))
_DECIMALS = 9  # of a difference of printed numbers: beyond them is what doubles add


class Thing(NamedTuple):
    """A node with the JSON of each shape it is shown in."""

    id: str
    name: str
    objects: tuple[Any, ...]


class Side(NamedTuple):
    """A figure in one of the years, as in a point of a series."""

    year: int
    value: Number | None
    unit: str | None
    semantic: Semantic | None
    qualifier: Qualifier | None
    scope: Scope | None
    missing: Missing | None
    warning: str | None
    observation: Figure | None
    statements: list[Figure]


class FigureChange(NamedTuple):
    """`change`: the later minus the earlier; `ratio`: the later over the earlier.

    Both are None where either has no value, and where their units differ.
    """

    metric: FoundMetric
    dimension: str | None
    before: Side
    after: Side
    change: Number | None
    ratio: Number | None
    comparability: Comparability | None


class Relation(NamedTuple):
    """A category, channel or policy; `before` and `after`: the evidence of either year.

    The evidence is the JSON of each list of quotes that is shown.
    """

    id: str
    name: str
    node: Thing
    before: tuple[Any, ...]
    after: tuple[Any, ...]


class SectionChange(NamedTuple):
    """`moved`: not in the order of the other headings that were kept."""

    heading: str
    before: Thing | None
    after: Thing | None
    moved: bool


class Changes(NamedTuple):
    appeared: list[Any]
    vanished: list[Any]
    kept: list[Any]


class Words(NamedTuple):
    """What became of a sentence."""

    kind: SentenceKind
    moved: bool
    similarity: float
    before: "Quoted | None"
    after: "Quoted | None"


class Quoted(NamedTuple):
    """`section`: the innermost one that it stands in."""

    quote: str
    start: int
    end: int
    section: Thing | None
    report: Thing


class YearComparison(NamedTuple):
    agency: Thing
    from_report: Thing | None
    to_report: Thing | None
    figures: list[FigureChange]
    categories: Changes
    channels: Changes
    policies: Changes
    sections: Changes
    text: list[Words]


def compare_years(answer: dict[str, Any], first: int, second: int) -> YearComparison:
    """`answer`: to `year_plan`."""
    before, after = (_report(answer[when]["nodes"]) for when in ("first", "second"))
    return YearComparison(
        _thing(answer, answer["name"]),
        before and before.thing,
        after and after.thing,
        _figures(answer, first, second),
        _relations(answer["firstCategories"], answer["secondCategories"]),
        _relations(answer["firstChannels"], answer["secondChannels"]),
        _relations(before and before.policies, after and after.policies),
        _sections(before.sections if before else [], after.sections if after else []),
        _words(before, after),
    )


# --- what the answer holds ----------------------------------------------------------------------


class _Section(NamedTuple):
    heading: str
    start: int
    end: int
    thing: Thing


class _Report(NamedTuple):
    thing: Thing
    text: str
    sections: list[_Section]
    policies: dict[str, Any]


def _objects(node: dict[str, Any], prefix: str = "o") -> tuple[msgspec.Raw, ...]:
    """What stands under `o0`, `o1` … of a node, or under `e0` … of an edge, as JSON."""
    made: list[msgspec.Raw] = []
    while (key := f"{prefix}{len(made)}") in node:
        made.append(msgspec.Raw(msgspec.json.encode(node[key])))
    return tuple(made)


def _thing(node: dict[str, Any], name: str) -> Thing:
    return Thing(node.get("id", ""), name, _objects(node))


def _report(nodes: Sequence[dict[str, Any]]) -> _Report | None:
    if not nodes:
        return None
    node = nodes[0]
    sections = [
        _Section(one["heading"], one["start"], one["end"], _thing(one, one["heading"]))
        for one in node["sections"]["nodes"]
    ]
    return _Report(_thing(node, ""), node["text"], sections, node["policies"])


# --- figures --------------------------------------------------------------------------------------


def _figures(answer: dict[str, Any], first: int, second: int) -> list[FigureChange]:
    """By metric in the order of the dictionary, then part."""
    reports = answer["reports"]["nodes"]
    years, templates = ([one[name] for one in reports] for name in ("year", "template"))
    agency = FoundAgency(answer["id"], answer["name"], None, [], years, templates)
    metrics: dict[str, FoundMetric] = {}
    stated: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for node in answer["figures"]["nodes"]:
        metric = node["metric"]
        metrics[metric["key"]] = FoundMetric(metric["id"], metric["key"], list(_objects(metric)))
        stated[metric["key"], node["breakdown"]].append(_figure(node))
    order = {entry.id: number for number, entry in enumerate(all_metrics())}
    in_order = sorted(stated, key=lambda found: (order.get(found[0], len(order)), found))
    points = {
        (key, breakdown): Points(
            agency, metrics[key].entry, Columns.of(stated[key, breakdown]), (first, second)
        )
        for key, breakdown in in_order
    }
    for (key, breakdown), part in points.items():
        if names_of(breakdown) in _CELLS_OF_A_ROW and (key, "") in points:
            points[key, ""].parts.append(part)
    return [
        _figure_change(metrics[key], breakdown, both) for (key, breakdown), both in points.items()
    ]


def _figure(node: dict[str, Any]) -> Figure:
    return Figure(
        node["year"],
        node["breakdown"],
        Scope(node["scope"]),
        node["value"],
        node["upper"],
        Semantic(node["semantic"]),
        node["unit"],
        Qualifier(node["qualifier"]),
        node["quote"],
        _objects(node),
    )


def _figure_change(metric: FoundMetric, breakdown: str, points: Points) -> FigureChange:
    columns = zip(*(getattr(points, name) for name in Side._fields), strict=True)
    before, after = (Side(*values) for values in columns)
    change: Number | None = None
    ratio: Number | None = None
    if before.value is not None and after.value is not None and before.unit == after.unit:
        change = plain(round(after.value - before.value, _DECIMALS))
        ratio = plain(after.value / before.value) if before.value else None
    dimension = dimension_of(breakdown) if breakdown else None
    return FigureChange(metric, dimension, before, after, change, ratio, points.comparability[1])


# --- relations and sections -----------------------------------------------------------------------


def _relations(before: dict[str, Any] | None, after: dict[str, Any] | None) -> Changes:
    """In the order of the graph: those of the earlier year, then those that only the later has."""
    earlier, later = _by_id(before), _by_id(after)
    made = Changes([], [], [])
    for id, edge in {**earlier, **later}.items():
        node = edge["node"]
        old, new = earlier.get(id), later.get(id)
        change = Relation(
            id,
            node["name"],
            _thing(node, node["name"]),
            _objects(old, "e") if old else (),
            _objects(new, "e") if new else (),
        )
        (made.kept if old and new else made.appeared if new else made.vanished).append(change)
    return made


def _by_id(edges: dict[str, Any] | None) -> dict[str, dict[str, Any]]:
    return {edge["node"]["id"]: edge for edge in edges["edges"]} if edges else {}


def _sections(before: list[_Section], after: list[_Section]) -> Changes:
    """By heading, without its number; the section that is the whole report is left out."""
    earlier, later = before[1:], after[1:]
    waiting: dict[str, list[int]] = defaultdict(list)
    for old, section in enumerate(earlier):
        waiting[_heading(section)].append(old)
    pairs: dict[int, int] = {}
    for new, section in enumerate(later):
        if several := waiting[_heading(section)]:
            pairs[several.pop(0)] = new
    straight = in_order(pairs)
    partner = {new: old for old, new in pairs.items()}
    made = Changes([], [], [])
    for new, section in enumerate(later):
        if new in partner:
            old = partner[new]
            moved = old not in straight
            kept = SectionChange(section.heading, earlier[old].thing, section.thing, moved)
            made.kept.append(kept)
        else:
            made.appeared.append(SectionChange(section.heading, None, section.thing, False))
    for old, section in enumerate(earlier):
        if old not in pairs:
            made.vanished.append(SectionChange(section.heading, section.thing, None, False))
    return made


def _heading(section: _Section) -> str:
    return _NUMBER.sub("", _WHITE.sub("", section.heading)) or section.heading


# --- words ----------------------------------------------------------------------------------------


def _words(before: _Report | None, after: _Report | None) -> list[Words]:
    """Every sentence that did not simply stay where it was."""
    if before is None or after is None:
        return []
    return [
        Words(
            change.kind,
            change.moved,
            change.similarity,
            _quoted(before, change.before),
            _quoted(after, change.after),
        )
        for change in changes(before.text, after.text)
        if change.kind is not SentenceKind.KEPT or change.moved
    ]


def _quoted(report: _Report, sentence: Sentence | None) -> Quoted | None:
    if sentence is None:
        return None
    around = [one for one in report.sections if one.start <= sentence.start < one.end]
    innermost = max(around, key=lambda one: (one.start, -one.end), default=None)
    return Quoted(
        sentence.quote,
        sentence.start,
        sentence.end,
        innermost.thing if innermost else None,
        report.thing,
    )
