"""One document to one extract: the order of the stages, and entities gathered from their mentions.

read -> recognise -> identify -> sections -> forms -> prose -> mentions -> figures -> relations
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from gongkai.graph import identity
from gongkai.graph.extract import (
    Agency,
    AgencyRef,
    Category,
    Channel,
    Extract,
    Observation,
    Policy,
    Relation,
    Report,
    Section,
    Source,
    Span,
    Unplaced,
    Warning,
    as_list,
)

from .agencies import find_agencies
from .categories import find_categories, known_category
from .channels import find_channels
from .document import Document, Flag
from .folding import fold_prose
from .forms import FormReading, read_forms
from .identify import Identity, identify, title_of
from .narrative import Narrative, observe
from .noise import find_noise
from .policies import find_policies, policies_of
from .reading import AgencyMention, Body, CategoryMention, ChannelMention, PolicyMention, Reading
from .recognise import recognise
from .relations import relate
from .sections import find_sections


@dataclass(frozen=True, slots=True)
class Mentions:
    """Every entity the prose names, where it names it."""

    agencies: list[AgencyMention]
    channels: list[ChannelMention]
    categories: list[CategoryMention]
    policies: list[PolicyMention]


def extract_document(document: Document, data: bytes, name: str) -> Extract:
    """What a document states. Raises `InputRefused` where it is no annual disclosure report."""
    title = title_of(document)
    recognise(document, title, name)
    who = identify(document, title, name)
    report = identity.report_id(who.publisher.id, who.year)
    sections = find_sections(document, who.title, report)
    forms = read_forms(
        document,
        report_id=report,
        agency_id=who.publisher.id,
        year=who.year,
        sections=sections,
        rollup=who.rollup,
    )
    reading = _read(document, who, sections, forms)
    mentions = find_mentions(reading)
    narrative = observe(reading, mentions.agencies, mentions.channels, mentions.categories)
    observations = sorted(
        [*forms.observations, *narrative.observations], key=lambda item: (item.start, item.end)
    )
    relations = relate(
        reading, mentions.agencies, mentions.channels, mentions.categories, mentions.policies
    )
    policies = policies_of(mentions.policies, reading)
    return Extract(
        report=_report(document, who, report, forms.template, data, name),
        sections=list(sections),
        observations=observations,
        policies=policies,
        agencies=_agencies(reading, mentions, who, observations, relations, policies),
        channels=_channels(reading, mentions),
        categories=_categories(reading, mentions),
        relations=relations,
        unplaced=_unplaced(forms, narrative),
        warnings=_warnings(document.flags, who.flags, forms.flags, narrative.flags),
    )


def _read(
    document: Document, who: Identity, sections: tuple[Section, ...], forms: FormReading
) -> Reading:
    noise = [(item.start, item.end) for item in find_noise(document)]
    return Reading(
        document=document,
        prose=fold_prose(document, skip=sorted([*forms.used, *noise])),
        sections=sections,
        publisher=who.publisher,
        rollup=who.rollup,
        year=who.year,
        title=who.title,
        template=forms.template,
    )


def find_mentions(reading: Reading) -> Mentions:
    agencies = find_agencies(reading)
    return Mentions(
        agencies=agencies,
        channels=find_channels(reading, agencies),
        categories=find_categories(reading),
        policies=find_policies(reading, agencies),
    )


def _report(
    document: Document, who: Identity, report: str, template: str, data: bytes, name: str
) -> Report:
    publisher = who.publisher
    return Report(
        id=report,
        title=who.title,
        agency=AgencyRef(publisher.id, publisher.name, publisher.level),
        region=publisher.region,
        year=who.year,
        published=who.published,
        template=template,
        language=who.language,
        source=Source(name, sha256(data).hexdigest(), document.format, document.encoding),
        text=document.text,
    )


class _Gathered:
    """Spans by entity id, in the order of the text, each once."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._spans: dict[str, list[Span]] = {}

    def add(self, entity: str, span: Span) -> None:
        spans = self._spans.setdefault(entity, [])
        if span not in spans:
            spans.append(span)

    def add_prose(self, entity: str, start: int, end: int) -> None:
        self.add(entity, self._reading.span(start, end))

    def __getitem__(self, entity: str) -> list[Span]:
        return sorted(self._spans.get(entity, ()), key=lambda span: (span.start, span.end))


def _agencies(
    reading: Reading,
    mentions: Mentions,
    who: Identity,
    observations: list[Observation],
    relations: list[Relation],
    policies: list[Policy],
) -> list[Agency]:
    """Every body that is named or referred to; an implied one is shown by what implies it.

    The publisher is mentioned by the title of its report.
    """
    bodies: dict[str, Body] = {who.publisher.id: who.publisher}
    spans = _Gathered(reading)
    spans.add(who.publisher.id, _title_span(reading))
    for mention in mentions.agencies:
        bodies.setdefault(mention.body.id, mention.body)
        spans.add_prose(mention.body.id, mention.start, mention.end)
    for channel in mentions.channels:
        if channel.body is not None and channel.body.id != who.publisher.id:
            bodies.setdefault(channel.body.id, channel.body)
            spans.add_prose(channel.body.id, channel.start, channel.end)
    for policy in mentions.policies:
        for issuer in policy.issuers:
            bodies.setdefault(issuer.id, issuer)
            spans.add_prose(issuer.id, policy.start, policy.end)
    _check_references(bodies, observations, relations, policies)
    return [
        Agency(body.id, body.name, body.level, body.region, spans[body.id])
        for body in bodies.values()
    ]


def _check_references(
    bodies: dict[str, Body],
    observations: list[Observation],
    relations: list[Relation],
    policies: list[Policy],
) -> None:
    """Every agency a figure, relation or policy refers to must be one the report names."""
    referred = {item.agency for item in observations}
    referred |= {issuer for policy in policies for issuer in as_list(policy.issuer)}
    referred |= {item.head for item in relations if item.head.startswith("agency:")}
    missing = referred - bodies.keys()
    if missing:
        raise AssertionError(f"agencies referred to but never named: {sorted(missing)}")


def _title_span(reading: Reading) -> Span:
    """Where the title stands, or else the first section's first line."""
    text = reading.document.text
    start = max(text.find(reading.title), 0)
    line_end = text.find("\n", start)
    end = start + len(reading.title) if text.startswith(reading.title, start) else line_end
    return Span(text[start:end], start, end)


def _channels(reading: Reading, mentions: Mentions) -> list[Channel]:
    found: dict[str, ChannelMention] = {}
    spans = _Gathered(reading)
    for mention in mentions.channels:
        found.setdefault(mention.id, mention)
        spans.add_prose(mention.id, mention.start, mention.end)
    return [
        Channel(item.id, item.name, item.type, item.owner, spans[item.id])
        for item in found.values()
    ]


def _categories(reading: Reading, mentions: Mentions) -> list[Category]:
    """The categories named, and those above them, which share their mentions."""
    found: dict[str, tuple[str, str | None]] = {}
    spans = _Gathered(reading)
    for mention in mentions.categories:
        found.setdefault(mention.id, (mention.name, mention.parent))
        spans.add_prose(mention.id, mention.start, mention.end)
        above = mention.parent
        while above is not None:
            parent = known_category(above)
            found.setdefault(parent.id, (parent.name, parent.parent_id))
            spans.add_prose(parent.id, mention.start, mention.end)
            above = parent.parent_id
    return [Category(id, name, parent, spans[id]) for id, (name, parent) in found.items()]


def _unplaced(forms: FormReading, narrative: Narrative) -> list[Unplaced]:
    return sorted([*forms.unplaced, *narrative.unplaced], key=lambda item: item.start)


def _warnings(*flags: Iterable[Flag]) -> list[Warning]:
    return [Warning(flag.code, flag.message) for group in flags for flag in group]
