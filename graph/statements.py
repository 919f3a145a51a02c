"""What one report says, as nodes and edges: the same for every store.

To what its extract states, a report adds what the dictionaries know of the entities it names: the
divisions above a region, the body above an agency, the entry of a metric. Each node and edge is
stated by the report, and goes from a store with its last report.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from . import identity
from .dictionary.agencies import parent_of
from .dictionary.metrics import describe
from .dictionary.pinyin import sort_key
from .dictionary.regions import ancestors, region_by_code
from .extract import Agency, Extract, Observation, Policy, Span, as_list
from .schema import HOPS, Label, Relationship

PropertyValue = str | int | float | bool | None | list[str] | list[int] | dict[str, str]


@dataclass(frozen=True, slots=True)
class NodeRow:
    """`properties` by name, as `graph.schema` lists them (absent means null)."""

    label: Label
    id: str
    properties: dict[str, PropertyValue]


@dataclass(frozen=True, slots=True)
class Quote:
    """One piece of evidence. `section`: the id of the section it stands in."""

    quote: str
    start: int
    end: int
    section: str | None
    year: int | None


@dataclass(frozen=True, slots=True)
class EdgeRow:
    relationship: Relationship
    head: str
    tail: str
    evidence: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Statements:
    """Everything one report says. Each node and edge once."""

    report: str
    nodes: dict[str, NodeRow] = field(default_factory=dict)
    edges: list[EdgeRow] = field(default_factory=list)


def statements(extract: Extract) -> Statements:
    made = _Maker(extract)
    made.report()
    for section in extract.sections:
        made.section(section.id)
    for agency in extract.agencies:
        made.agency(agency)
    for channel in extract.channels:
        made.node(
            Label.CHANNEL,
            channel.id,
            {"name": channel.name, "type": channel.type, "sort_key": sort_key(channel.name)},
        )
        made.mention(Label.CHANNEL, "channels", channel.id, channel.mentions)
        if channel.owner is not None:
            made.edge(Label.CHANNEL, "owner", channel.id, channel.owner)
    made.categories()
    for policy in extract.policies:
        made.policy(policy)
    for observation in extract.observations:
        made.observation(observation)
    made.relations()
    return made.statements


class _Maker:
    def __init__(self, extract: Extract) -> None:
        self.extract = extract
        self.statements = Statements(extract.report.id)
        self._edges: dict[tuple[str, str, str, str], EdgeRow] = {}
        self._sections = sorted(extract.sections, key=lambda section: section.start)

    def node(self, label: Label, id: str, properties: dict[str, PropertyValue]) -> str:
        self.statements.nodes.setdefault(id, NodeRow(label, id, properties))
        return id

    def edge(
        self, label: Label, name: str, head: str, tail: str, evidence: tuple[Quote, ...] = ()
    ) -> None:
        """`name`: the forward field of the relationship on its head's label."""
        self.statements.edges.append(EdgeRow(HOPS[label, name].relationship, head, tail, evidence))

    def quotes(self, spans: list[Span], year: int | None) -> tuple[Quote, ...]:
        return tuple(
            Quote(span.quote, span.start, span.end, self._section_at(span), year) for span in spans
        )

    def _section_at(self, span: Span) -> str | None:
        inside = [item for item in self._sections if item.start <= span.start <= item.end]
        return inside[-1].id if inside else None

    def year(self, value: int) -> str:
        return self.node(Label.YEAR, identity.year_id(value), {"value": value})

    def report(self) -> None:
        report = self.extract.report
        self.node(
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
        self.edge(Label.REPORT, "agency", report.id, report.agency.id)
        self.edge(Label.REPORT, "covers", report.id, self.year(report.year))

    def section(self, id: str) -> None:
        position, section = next(
            (place, item) for place, item in enumerate(self.extract.sections) if item.id == id
        )
        self.node(
            Label.SECTION,
            id,
            {
                "heading": section.heading,
                "path": section.path,
                "position": position,
                "start": section.start,
                "end": section.end,
                "text": self.extract.report.text[section.start : section.end],
            },
        )
        self.edge(Label.REPORT, "sections", self.extract.report.id, id)

    def region(self, code: str) -> str:
        """The region and those above it, up to the nation."""
        region = region_by_code(code)
        chain = [region, *ancestors(code)] if region is not None else []
        below: str | None = None
        for item in chain:
            id = identity.region_id(item.code)
            self.node(
                Label.REGION,
                id,
                {
                    "code": item.code,
                    "name": item.name,
                    "level": item.level,
                    "sort_key": sort_key(item.name),
                },
            )
            if below is not None:
                self._once(Label.REGION, "parent", below, id)
            below = id
        return identity.region_id(code)

    def _once(self, label: Label, name: str, head: str, tail: str) -> None:
        key = (label.value, name, head, tail)
        if key not in self._edges:
            self._edges[key] = EdgeRow(HOPS[label, name].relationship, head, tail)
            self.statements.edges.append(self._edges[key])

    def agency(self, agency: Agency) -> None:
        code = agency.region.code if agency.region is not None else None
        self._body(agency.id, agency.name, agency.level, code)
        self.mention(Label.AGENCY, "agencies", agency.id, agency.mentions)

    def _body(self, id: str, name: str, level: str | None, code: str | None) -> None:
        """A body and those above it."""
        self.node(Label.AGENCY, id, {"name": name, "level": level, "sort_key": sort_key(name)})
        if code is None:
            return
        self._once(Label.AGENCY, "region", id, self.region(code))
        above = parent_of(code, name)
        if above is not None:
            parent = identity.agency_id(above.region_code, above.name)
            self._once(Label.AGENCY, "parent", id, parent)
            if parent not in self.statements.nodes:
                self._body(parent, above.name, above.level, above.region_code)

    def mention(self, label: Label, name: str, id: str, spans: list[Span]) -> None:
        report = self.extract.report
        if spans:
            self.edge(Label.REPORT, name, report.id, id, self.quotes(spans, report.year))
        elif id not in self.statements.nodes:
            raise AssertionError(f"{label} {id} is stated but never mentioned")

    def categories(self) -> None:
        paths = dict(_paths(self.extract))
        for category in self.extract.categories:
            self.node(
                Label.CATEGORY,
                category.id,
                {
                    "path": paths[category.id],
                    "name": category.name,
                    "sort_key": sort_key(category.name),
                },
            )
            self.mention(Label.CATEGORY, "categories", category.id, category.mentions)
            if category.parent is not None:
                self.edge(Label.CATEGORY, "parent", category.id, category.parent)

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

    def observation(self, item: Observation) -> None:
        cell = item.cell
        place = (cell.table, cell.row, cell.column) if cell is not None else (0, 0, 0)
        tie = ".".join(f"{number:04d}" for number in place)
        self.node(
            Label.OBSERVATION,
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
                "sort_key": f"{self.extract.report.id}:{item.start:08d}:{tie}",
            },
        )
        head = Label.OBSERVATION
        self.edge(head, "report", item.id, self.extract.report.id)
        self.edge(head, "metric", item.id, self._metric(item))
        self.edge(head, "agency", item.id, item.agency)
        if item.section is not None:
            self.edge(head, "section", item.id, item.section)
        if item.year is not None:
            self.edge(head, "in_year", item.id, self.year(item.year))
        if item.category is not None:
            self.edge(head, "category", item.id, item.category)
        for channel in as_list(item.channel):
            self.edge(head, "channel", item.id, channel)
        for whole in as_list(item.part_of):
            self.edge(head, "part_of", item.id, whole)

    def _metric(self, item: Observation) -> str:
        known = describe(item.metric)
        return self.node(
            Label.METRIC,
            identity.metric_id(item.metric),
            {
                "key": item.metric,
                "name": known.name,
                "name_en": known.name_en,
                "unit": known.unit,
                "kind": known.kind,
                "topic": known.topic,
                "definition": known.definition,
                "open": known.open,
                "sort_key": sort_key(known.name),
            },
        )

    def relations(self) -> None:
        gathered: dict[tuple[str, str, str], list[Quote]] = {}
        for relation in self.extract.relations:
            quotes = self.quotes(relation.evidence, relation.year)
            key = (relation.type.value, relation.head, relation.tail)
            gathered.setdefault(key, []).extend(quotes)
        for (type_name, head, tail), several in gathered.items():
            label, name = _RELATIONS[type_name]
            ordered = sorted(several, key=lambda quote: (quote.start, quote.end, quote.year or 0))
            self.edge(label, name, head, tail, tuple(ordered))


_RELATIONS = {
    "PUBLISHED": (Label.AGENCY, "published"),
    "USES": (Label.AGENCY, "uses"),
    "CARRIED_BY": (Label.CATEGORY, "carried_by"),
    "CITES": (Label.REPORT, "cites"),
    "ISSUED": (Label.AGENCY, "issued"),
    "IMPLEMENTS": (Label.POLICY, "implements"),
}


def _paths(extract: Extract) -> Iterator[tuple[str, str]]:
    """The names from the root of the tree to each category, joined by slashes."""
    categories = {category.id: category for category in extract.categories}
    for category in extract.categories:
        names = [category.name]
        above = category.parent
        while above is not None:
            names.insert(0, categories[above].name)
            above = categories[above].parent
        yield category.id, "/".join(names)
