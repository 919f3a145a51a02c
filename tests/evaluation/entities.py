"""Agencies, channels, categories, policies and relations against gold.

Channels and categories are the same as in gold when their names are the same, or when the marked
fragment is one of their mentions; a channel with its type and owner. Agencies are compared by
name (`A = B` in gold: either), policies by number or title.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from gongkai.graph.extract import Category, Channel, Extract, Policy, Span, as_list

from .gold import ANY, MAY, NOTHING, Gold, GoldCategory, GoldChannel, GoldPolicy
from .marks import Mark, Outcome
from .places import Places

Said = TypeVar("Said")
Read = TypeVar("Read", Channel, Category, Policy)


class Labels:
    """The names that gold has for the entities of an extract."""

    def __init__(self, gold: Gold, extract: Extract) -> None:
        self.extract = extract
        self._agencies = {entry.id: entry.name for entry in extract.agencies}
        # A misnamed publisher is one mistake, not one for each of its figures.
        self._agencies[extract.report.agency.id] = publisher_of(gold)
        for id, name in self._agencies.items():
            known = (one.removeprefix(MAY).split(" = ") for one in gold.agencies or ())
            self._agencies[id] = next(
                (names[0] for names in known if any(same_agency(one, name) for one in names)), name
            )
        places = Places(extract.report.text)

        def mentioned(fragment: str, mentions: Sequence[Span]) -> bool:
            place = places.find(fragment)
            return place is not None and any(place.overlaps(m.start, m.end) for m in mentions)

        def same_channel(one: GoldChannel, entry: Channel) -> int:
            owner = self._agencies.get(entry.owner or "", NOTHING)
            if entry.type != one.type or one.owner not in (ANY, owner):
                return 0
            return 2 * (entry.name == one.name) + mentioned(one.fragment, entry.mentions)

        def same_category(one: GoldCategory, entry: Category) -> int:
            return 2 * (entry.name == one.name) + mentioned(one.fragment, entry.mentions)

        self.of_channels = _match(gold.channels or (), extract.channels, same_channel)
        self.of_categories = _match(gold.categories or (), extract.categories, same_category)
        self.of_policies = _match(gold.policies or (), extract.policies, same_policy)

    def agency(self, id: str) -> str:
        return self._agencies.get(id, id)

    def agency_names(self, id: str, wanted: Iterable[str]) -> set[str]:
        """The body's name, and those of `wanted` that say no more than its divisions besides."""
        name = self.agency(id)
        return {name} | {one for one in wanted if same_agency(one, name)}

    def channels(self, ids: str | list[str] | None) -> str:
        names = {entry.id: f"?{entry.name}" for entry in self.extract.channels}
        names |= {id: one.name for id, one in self.of_channels.items()}
        return "+".join(sorted(names[id] for id in as_list(ids))) or NOTHING

    def category(self, id: str | None) -> str:
        names = {entry.id: f"?{entry.name}" for entry in self.extract.categories}
        names |= {key: one.name for key, one in self.of_categories.items()}
        return names[id] if id else NOTHING

    def of(self, id: str) -> str:
        """The name of whatever has this id, as relations of gold write it."""
        for matched in (self.of_channels, self.of_categories):
            if id in matched:
                return matched[id].name
        if id in self.of_policies:
            policy = self.of_policies[id]
            return policy.title or policy.doc_number or NOTHING
        if id == self.extract.report.id:
            return "report"
        rest: list[tuple[str, str]] = [(c.id, c.name) for c in self.extract.channels]
        rest += [(c.id, c.name) for c in self.extract.categories]
        rest += [(p.id, p.title or p.doc_number or NOTHING) for p in self.extract.policies]
        return self._agencies.get(id) or f"?{dict(rest).get(id, id)}"


def _match(
    said: Iterable[Said], read: Sequence[Read], likeness: Callable[[Said, Read], int]
) -> dict[str, Said]:
    """Id of each entity of the extract -> the one entry of gold that it is: the likest first."""
    pairs = [(likeness(one, entry), one, entry) for one in said for entry in read]
    matched: dict[str, Said] = {}
    for like, one, entry in sorted(pairs, key=lambda pair: -pair[0]):
        if like and entry.id not in matched and one not in matched.values():
            matched[entry.id] = one
    return matched


def folded(text: str | None) -> str:
    """Without white space, width and the marks around titles, which reports set as they like."""
    plain = unicodedata.normalize("NFKC", text or "")
    return "".join(c for c in plain if not c.isspace() and c not in "《》〈〉<>“”\"'〔〕()[]")


def publisher_of(gold: Gold) -> str:
    """The first name that gold gives to the publisher."""
    return str(gold.report.get("agency", NOTHING)).split(" = ")[0]


def same_agency(one: str, other: str) -> bool:
    """Whether the names differ only by the divisions above, which may be left out."""
    longer, shorter = sorted((one, other), key=len, reverse=True)
    above = longer.removesuffix(shorter)
    return longer.endswith(shorter) and (not above or above[-1] in "省市区县州盟旗")


def same_policy(one: GoldPolicy, entry: Policy) -> bool:
    if one.title is None:
        return folded(one.doc_number) == folded(entry.doc_number)
    return folded(one.title) == folded(entry.title)


def judge_entities(gold: Gold, extract: Extract, labels: Labels) -> Iterator[Mark]:
    if gold.agencies is not None:
        found = [labels.agency(entry.id) for entry in extract.agencies]
        yield from _compare(gold, "agencies", [one.split(" = ")[0] for one in gold.agencies], found)
    if gold.channels is not None:
        found = [labels.of(entry.id) for entry in extract.channels]
        yield from _compare(gold, "channels", _names(gold.channels), found)
    if gold.categories is not None:
        found = [labels.of(entry.id) for entry in extract.categories]
        yield from _compare(gold, "categories", _names(gold.categories), found)
    if gold.policies is not None:
        yield from _judge_policies(gold, gold.policies, extract, labels)
    yield from _judge_relations(gold, extract, labels)


def _names(said: Iterable[GoldChannel | GoldCategory]) -> list[str]:
    return [f"{MAY}{one.name}" if one.optional else one.name for one in said]


def _judge_policies(
    gold: Gold, policies: tuple[GoldPolicy, ...], extract: Extract, labels: Labels
) -> Iterator[Mark]:
    wanted = [one.title or one.doc_number or NOTHING for one in policies]
    yield from _compare(
        gold, "policies", wanted, [labels.of(entry.id) for entry in extract.policies]
    )
    for entry in extract.policies:
        one = labels.of_policies.get(entry.id)
        if one is not None:
            right = folded(entry.doc_number) == folded(one.doc_number)
            note = "" if right else f"{one.title}: {one.doc_number}, read {entry.doc_number}"
            outcome = Outcome.RIGHT if right else Outcome.MISSED
            yield Mark("policy number", outcome, gold.name, gold.form, "", note)


def _judge_relations(gold: Gold, extract: Extract, labels: Labels) -> Iterator[Mark]:
    found: dict[str, list[str]] = {}
    for relation in extract.relations:
        ends = f"{labels.of(relation.head)} > {labels.of(relation.tail)}"
        found.setdefault(relation.type.value, []).append(ends)
    wanted: dict[str, list[str]] = {}
    if gold.policies is not None:
        titles = [one.title or one.doc_number for one in gold.policies]
        wanted["CITES"] = [f"report > {title}" for title in titles]
        wanted["ISSUED"] = [
            f"{issuer} > {one.title or one.doc_number}"  # the issuer may begin with `? `
            for one in gold.policies
            for issuer in one.issuers
        ]
    if gold.relations is not None:
        for type in dict.fromkeys(name for name, _ in gold.relations):
            wanted[type] = [ends for name, ends in gold.relations if name == type]
    for type, ends_wanted in wanted.items():
        yield from _compare(gold, type, ends_wanted, found.get(type, []))


def _compare(
    gold: Gold, subject: str, wanted: Sequence[str], found: Sequence[str]
) -> Iterator[Mark]:
    """Each of `wanted` and `found` once; what gold has with `? ` may be found or not."""
    left = list(dict.fromkeys(found))
    for one in dict.fromkeys(wanted):
        if one.startswith(MAY):
            left = [other for other in left if other != one.removeprefix(MAY)]
        elif one in left:
            left.remove(one)
            yield Mark(subject, Outcome.RIGHT, gold.name, gold.form)
        else:
            yield Mark(subject, Outcome.MISSED, gold.name, gold.form, "", one)
    for other in left:
        yield Mark(subject, Outcome.FALSE, gold.name, gold.form, "", other)
