"""What one report says, as nodes and edges: the same for every store.

To what its extract states, a report adds what the dictionaries know of the entities it names: the
divisions above a region, the body above an agency, the entry of a metric. Each node and edge is
stated by the report, and goes from a store with its last report.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import msgspec

from . import identity
from .checks.check import Check
from .checks.figures import Figures
from .checks.within import check_report
from .compare.standing import standing
from .dictionary import categories
from .dictionary.agencies import parent_of
from .dictionary.metrics import describe
from .dictionary.pinyin import sort_key
from .dictionary.regions import ancestors, region_by_code
from .errors import InputRefused
from .extract import (
    Agency,
    Channel,
    Extract,
    Kind,
    Observation,
    Policy,
    RegionRef,
    RelationType,
    Span,
    as_list,
)
from .schema import HOPS, Label, Relationship, Stored

PropertyValue = str | int | float | bool | None | list[str] | list[int] | dict[str, str]


class NodeRow(msgspec.Struct, frozen=True):
    """`properties` by name, as `graph.schema` lists them (absent means null)."""

    label: Label
    id: str
    properties: dict[str, PropertyValue]


class Quote(msgspec.Struct, frozen=True):
    """One piece of evidence. `section`: the id of the section it stands in."""

    quote: str
    start: int
    end: int
    section: str | None
    year: int | None


class EdgeRow(msgspec.Struct, frozen=True):
    relationship: Relationship
    head: str
    tail: str
    evidence: tuple[Quote, ...] = ()
    properties: Mapping[str, PropertyValue] = {}


@dataclass(frozen=True, slots=True)
class Statements:
    """Everything one report says. Each node and edge once."""

    report: str
    nodes: dict[str, NodeRow] = field(default_factory=dict)
    edges: list[EdgeRow] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many nodes of each label (lower-case) there are."""
        return dict(Counter(node.label.lower() for node in self.nodes.values()))


def statements(extract: Extract) -> Statements:
    """Raises `InputRefused` where the extract contradicts itself; no loader makes such a one."""
    made = _Maker(extract)
    made.report()
    made.sections()
    for agency in extract.agencies:
        made.agency(agency)
    for channel in extract.channels:
        made.channel(channel)
    made.categories()
    for policy in extract.policies:
        made.policy(policy)
    made.metrics()
    made.observations()
    made.relations()
    made.checks()
    made.check()
    return made.statements


_RELATIONS = {
    RelationType.PUBLISHED: (Label.AGENCY, "published"),
    RelationType.USES: (Label.AGENCY, "uses"),
    RelationType.CARRIED_BY: (Label.CATEGORY, "carried_by"),
    RelationType.CITES: (Label.REPORT, "cites"),
    RelationType.ISSUED: (Label.AGENCY, "issued"),
    RelationType.IMPLEMENTS: (Label.POLICY, "implements"),
}

# What the figures of an open metric say about it; a count may be a flow or a stock.
_OPEN_KINDS = {Kind.MONEY: "money", Kind.RATE: "rate", Kind.CHANGE: "change"}


class _Maker:
    def __init__(self, extract: Extract) -> None:
        self.extract = extract
        self.statements = Statements(extract.report.id)
        self._edges: dict[tuple[Relationship, str, str], EdgeRow] = {}
        self._sections = sorted(extract.sections, key=lambda section: section.start)
        self._section_starts = [section.start for section in self._sections]

    # --- rows -------------------------------------------------------------------------------

    def node(self, label: Label, id: str, properties: dict[str, PropertyValue]) -> str:
        self.statements.nodes.setdefault(id, NodeRow(label, id, properties))
        return id

    def own(self, label: Label, id: str, properties: dict[str, PropertyValue]) -> None:
        """A node that nothing else may be: a second one of the same id is an error."""
        if id in self.statements.nodes:
            raise self._contradiction(f"states {id} twice")
        self.node(label, id, properties)

    def edge(
        self, label: Label, name: str, head: str, tail: str, evidence: Iterable[Quote] = ()
    ) -> None:
        """`name`: the forward field of the relationship on its head's label."""
        relationship = HOPS[label, name].relationship
        key = relationship, head, tail
        if key not in self._edges:
            self._edges[key] = EdgeRow(relationship, head, tail, tuple(evidence))

    def quotes(self, spans: Iterable[Span], year: int | None) -> list[Quote]:
        return [
            Quote(span.quote, span.start, span.end, self._section_at(span.start), year)
            for span in spans
        ]

    def _section_at(self, start: int) -> str | None:
        """The innermost section that a place stands in."""
        for place in range(bisect_right(self._section_starts, start) - 1, -1, -1):
            if self._sections[place].end > start:
                return self._sections[place].id
        return None

    def check(self) -> None:
        nodes = self.statements.nodes
        self.statements.edges.extend(self._edges.values())
        for edge in self.statements.edges:
            for id in (edge.head, edge.tail):
                if id not in nodes:
                    raise self._contradiction(
                        f"refers to {id} ({edge.relationship.type}) and does not state it"
                    )

    def _contradiction(self, what: str) -> InputRefused:
        report = self.extract.report
        return InputRefused(
            f"{report.source.name}: the extract {what}. Nothing of it was loaded; please report "
            "it with the file.",
            code="BAD_EXTRACT",
        )

    # --- the report -------------------------------------------------------------------------

    def report(self) -> None:
        report = self.extract.report
        self.own(
            Label.REPORT,
            report.id,
            {
                "title": report.title,
                "year": report.year,
                "published": report.published,
                "template": report.template,
                "language": report.language,
                "source_name": report.source.name,
                "source_sha256": report.source.sha256,
                "source_format": report.source.format,
                "source_encoding": report.source.encoding,
                "sort_key": sort_key(report.agency.name),
                "text": report.text,
            },
        )
        publisher = report.agency
        self._body(publisher.id, publisher.name, publisher.level, report.region)
        self.edge(Label.REPORT, "agency", report.id, publisher.id)
        self.edge(Label.REPORT, "covers", report.id, self.year(report.year))

    def year(self, value: int) -> str:
        return self.node(Label.YEAR, identity.year_id(value), {"value": value})

    def sections(self) -> None:
        report = self.extract.report
        for position, section in enumerate(self.extract.sections):
            self.own(
                Label.SECTION,
                section.id,
                {
                    "heading": section.heading,
                    "path": section.path,
                    "position": position,
                    "start": section.start,
                    "end": section.end,
                    "text": report.text[section.start : section.end],
                },
            )
            self.edge(Label.REPORT, "sections", report.id, section.id)

    # --- what it names ----------------------------------------------------------------------

    def agency(self, agency: Agency) -> None:
        self._body(agency.id, agency.name, agency.level, agency.region)
        self.mention("agencies", agency.id, agency.mentions)

    def _body(self, id: str, name: str, level: str | None, region: RegionRef | None) -> None:
        """A body and those above it."""
        if id in self.statements.nodes:
            return
        self.node(Label.AGENCY, id, {"name": name, "level": level, "sort_key": sort_key(name)})
        if region is None:
            return
        self.edge(Label.AGENCY, "region", id, self._region(region))
        above = parent_of(region.code, name)
        if above is not None:
            parent = identity.agency_id(above.region_code, above.name)
            self.edge(Label.AGENCY, "parent", id, parent)
            self._body(parent, above.name, above.level, RegionRef(above.region_code, ""))

    def _region(self, region: RegionRef) -> str:
        """The region and those above it, up to the nation, under the names they have now."""
        known = region_by_code(region.code)
        name, level = (known.name, known.level) if known else (region.name, None)
        lowest = below = self._division(region.code, name, level)
        for above in ancestors(region.code):
            parent = self._division(above.code, above.name, above.level)
            self.edge(Label.REGION, "parent", below, parent)
            below = parent
        return lowest

    def _division(self, code: str, name: str, level: str | None) -> str:
        return self.node(
            Label.REGION,
            identity.region_id(code),
            {"code": code, "name": name, "level": level, "sort_key": sort_key(name)},
        )

    def channel(self, channel: Channel) -> None:
        name = channel.name
        self.node(
            Label.CHANNEL,
            channel.id,
            {"name": name, "type": channel.type, "sort_key": sort_key(name)},
        )
        self.mention("channels", channel.id, channel.mentions)
        if channel.owner is not None:
            self.edge(Label.CHANNEL, "owner", channel.id, channel.owner)

    def categories(self) -> None:
        """`path`: the names from the root of the tree to the category, joined by slashes."""
        stated = {category.id: category for category in self.extract.categories}
        for category in self.extract.categories:
            names = [category.name]
            above = stated.get(category.parent or "")
            while above is not None and len(names) <= len(stated):
                names.insert(0, above.name)
                above = stated.get(above.parent or "")
            known = categories.by_id().get(category.id)
            self.node(
                Label.CATEGORY,
                category.id,
                {
                    "path": "/".join(names),
                    "name": category.name,
                    "name_en": known.name_en if known else None,
                    "sort_key": sort_key(category.name),
                },
            )
            self.mention("categories", category.id, category.mentions)
            if category.parent is not None:
                self.edge(Label.CATEGORY, "parent", category.id, category.parent)

    def mention(self, name: str, id: str, spans: list[Span]) -> None:
        report = self.extract.report
        self.edge(Label.REPORT, name, report.id, id, _in_order(self.quotes(spans, report.year)))

    def policy(self, policy: Policy) -> None:
        name = policy.title or policy.doc_number or ""
        self.node(
            Label.POLICY,
            policy.id,
            {
                "title": policy.title,
                "doc_number": policy.doc_number,
                "name": name,
                "sort_key": sort_key(name),
            },
        )

    # --- its figures ------------------------------------------------------------------------

    def metrics(self) -> None:
        """Entries of the dictionary; an open metric has the unit and kind its figures mostly have."""
        figures: dict[str, list[Observation]] = defaultdict(list)
        for item in self.extract.observations:
            figures[item.metric].append(item)
        for key, stated in figures.items():
            known = describe(key)
            unit, kind = known.unit, known.kind
            if known.open:
                unit = _most(item.unit for item in stated)
                kind = _most(_OPEN_KINDS.get(item.kind) for item in stated)
            self.node(
                Label.METRIC,
                identity.metric_id(key),
                {
                    "key": key,
                    "name": known.name,
                    "name_en": known.name_en,
                    "unit": unit,
                    "kind": kind,
                    "topic": known.topic,
                    "definition": known.definition,
                    "open": known.open,
                    "sort_key": sort_key(known.name),
                },
            )

    def observations(self) -> None:
        """In document order; blank cells that share a place follow each other by row and column."""
        at_place: Counter[int] = Counter()
        by_id = {item.id: item for item in self.extract.observations}
        for item in sorted(self.extract.observations, key=_place):
            tie = f".{at_place[item.start]:04d}" if item.start in at_place else ""
            at_place[item.start] += 1
            wholes = [by_id[id] for id in as_list(item.part_of) if id in by_id]
            self._observation(item, wholes, f"{self.extract.report.id}:{item.start:08d}{tie}")

    def _observation(self, item: Observation, wholes: list[Observation], key: str) -> None:
        cell, head, report = item.cell, Label.OBSERVATION, self.extract.report
        category = self.statements.nodes.get(item.category or "")
        path = None if category is None else str(category.properties["path"])
        stands = standing(item, report, describe(item.metric), path, wholes)
        self.own(
            head,
            item.id,
            {
                "measure": item.measure,
                "value": item.value,
                "upper": item.upper,
                "unit": item.unit,
                "qualifier": item.qualifier,
                "semantic": item.semantic,
                "kind": item.kind,
                "year": item.year,
                "scope": item.scope,
                "dimensions": item.dimensions,
                "quote": item.quote,
                "start": item.start,
                "end": item.end,
                "table": cell.table if cell else None,
                "row": cell.row if cell else None,
                "column": cell.column if cell else None,
                "row_path": cell.row_path if cell else None,
                "column_path": cell.column_path if cell else None,
                "confidence": item.confidence,
                "confidence_reason": item.confidence_reason,
                "as_of": stands.as_of,
                "breakdown": stands.breakdown,
                "precedence": stands.precedence,
                "sort_key": key,
            },
        )
        self.edge(head, "report", item.id, report.id)
        self.edge(head, "metric", item.id, identity.metric_id(item.metric))
        self.edge(head, "agency", item.id, item.agency)
        if item.section is not None:
            self.edge(head, "section", item.id, item.section)
        if item.year is not None:
            self.edge(head, "in_year", item.id, self.year(item.year))
        if item.category is not None:
            self.edge(head, "category", item.id, item.category)
        for channel in as_list(item.channel):
            self.edge(head, "channels", item.id, channel)
        for whole in as_list(item.part_of):
            self.edge(head, "part_of", item.id, whole)

    # --- its statements ---------------------------------------------------------------------

    def relations(self) -> None:
        report = self.extract.report
        gathered: dict[tuple[RelationType, str, str], list[Quote]] = defaultdict(list)
        for item in self.extract.relations:
            gathered[item.type, item.head, item.tail] += self.quotes(item.evidence, item.year)
        for policy in self.extract.policies:
            cited = gathered[RelationType.CITES, report.id, policy.id]
            if not cited:
                cited += self.quotes([Span(policy.quote, policy.start, policy.end)], report.year)
        for (type_, head, tail), quotes in gathered.items():
            label, name = _RELATIONS[type_]
            self.edge(label, name, head, tail, _in_order(quotes))

    # --- its arithmetic -----------------------------------------------------------------------

    def checks(self) -> None:
        for number, check in enumerate(check_report(Figures.of(self.extract))):
            node, edges = check_rows(check, number, across=False)
            self.own(node.label, node.id, node.properties)
            for edge in edges:
                self._edges[edge.relationship, edge.head, edge.tail] = edge


def placed(
    edges: Iterable[EdgeRow],
) -> tuple[dict[str, dict[str, str]], dict[Relationship, list[EdgeRow]]]:
    """References by the node that has at most one of them, and all other edges."""
    held: dict[str, dict[str, str]] = defaultdict(dict)
    apart: dict[Relationship, list[EdgeRow]] = defaultdict(list)
    for edge in edges:
        match edge.relationship.stored:
            case Stored.EDGE:
                apart[edge.relationship].append(edge)
            case Stored.HEAD:
                held[edge.head][edge.relationship.reference] = edge.tail
            case Stored.TAIL:
                held[edge.tail][edge.relationship.reference] = edge.head
    return held, apart


def check_rows(check: Check, number: int, *, across: bool) -> tuple[NodeRow, list[EdgeRow]]:
    """A check as a node with its edges. `number`: its place among those of its report.

    `across`: it joins this report's figures with those of others.
    """
    place = f"{check.report}:{int(across)}{number:06d}"
    properties: dict[str, PropertyValue] = {
        "rule": check.rule,
        "name": check.name,
        "status": check.status,
        "formula": check.formula,
        "left": check.left,
        "right": check.right,
        "difference": check.difference,
        "explanation": check.explanation,
        "message": check.message,
        "across": across,
        "sort_key": place,
    }
    return NodeRow(Label.CHECK, check.id, properties), list(_check_edges(check))


def _check_edges(check: Check) -> Iterator[EdgeRow]:
    yield EdgeRow(HOPS[Label.CHECK, "report"].relationship, check.id, check.report)
    for position, item in enumerate(check.operands):
        properties: dict[str, PropertyValue] = {
            "position": position,
            "role": item.role,
            "low": item.low,
            "high": item.high,
        }
        yield EdgeRow(_OPERANDS, check.id, item.observation, properties=properties)


_OPERANDS = HOPS[Label.CHECK, "operands"].relationship


def _place(item: Observation) -> tuple[int, int, int, int, int, str]:
    cell = item.cell
    row, column = (cell.row, cell.column) if cell else (-1, -1)
    return item.start, item.end, cell.table if cell else -1, row, column, item.id


def _in_order(quotes: Iterable[Quote]) -> list[Quote]:
    """Each once, by place."""
    return sorted(set(quotes), key=lambda quote: (quote.start, quote.end, quote.year or 0))


def _most(values: Iterable[str | None]) -> str | None:
    """The most frequent of the values that there are; of equals the smallest by code point."""
    counted = Counter(value for value in values if value is not None)
    return min(counted, key=lambda value: (-counted[value], value)) if counted else None
