"""Who issued a policy: by its title, by its number, by the sentence that says who made it."""

import re

from gongkai.graph.dictionary.agencies import general_office, government_of, national_bodies
from gongkai.graph.dictionary.policies import (
    issuers_of_prefixes,
    issuers_of_titles,
    provinces_by_character,
)
from gongkai.graph.dictionary.regions import NATION, Region, region_by_code

from .agencies import bodies_in, body, body_of, organ_at_start, surroundings
from .reading import AgencyMention, Body, Reading

_ABOUT = re.compile(r"(.{2,60}?)(?:关于|转发|印发)")
_LISTED = re.compile("、|[和与及]|，?(?:联合|会同)|")
_ISSUING = re.compile(
    r"(?:印发|制定|下发|出台|发布|制发|修订|转发|起草|制订|公布)(?:并?(?:印发|下发|出台|实施))?了?$"
)
# 根据县政府有关规定制定: whose rules are followed made no title.
_FOLLOWED = re.compile("的?(?:有关|相关)?(?:文件)?(?:规定|要求|精神|部署)")
# 皖政办, 渝府办发, 赣市府办发, 沪府发, 屯府办: the place, its government, its general office.
_OF_GOVERNMENT = re.compile(r"([一-鿿]{1,4}?)(市)?(?:人)?(?:政府|政|府)(办|厅)?[一-鿿]{0,4}")
_ORDER = re.compile(r"([一-鿿]{2,14}?)令第")


def issuers_of(
    title: str,
    number: str | None,
    text: str,
    start: int,
    reading: Reading,
    agencies: list[AgencyMention],
) -> tuple[Body, ...]:
    """The bodies that issued it, as far as it is said. `start`: where its title begins."""
    about = _ABOUT.match(title)
    named = bodies_in(about[1], reading) if about else []
    if named:
        return tuple(named)
    own = organ_at_start(title, reading)
    if own is not None:
        return (own,)
    known = next((name for end, name in issuers_of_titles().items() if title.endswith(end)), None)
    if known is not None:
        return (body(NATION, known),)
    verb = _ISSUING.search(text[max(0, start - 14) : start])
    makers = _makers(text, start, verb[0] if verb else "", agencies)
    by_number = _by_number(number, reading) if number is not None else None
    if by_number is not None:
        return tuple(makers) if by_number in makers else (by_number,)
    if makers:
        return tuple(makers)
    return (reading.publisher,) if verb else ()


def _makers(text: str, start: int, verb: str, agencies: list[AgencyMention]) -> list[Body]:
    """The body named right before a title or before its verb of issuing, and those listed with it."""
    end = start - len(verb)
    begin = max(text.rfind(mark, 0, start) for mark in "。；！？\n") + 1
    named = [
        item
        for item in agencies
        if begin <= item.start and item.end <= end and not _is_in_title(text, item.start)
    ]
    if verb:
        named = [item for item in named if not _FOLLOWED.match(text, item.end)]
        named = _without_titles(text, named)
    if not named or (not verb and named[-1].end != start):
        return []
    makers = [named[-1]]
    for item in reversed(named[:-1]):
        if not _LISTED.fullmatch(text[item.end : makers[0].start]):
            break
        makers.insert(0, item)
    return [item.body for item in makers]


def _without_titles(text: str, named: list[AgencyMention]) -> list[AgencyMention]:
    """Those that made no other title: not 国务院办公厅《…》, nor what is listed with it."""
    kept: list[AgencyMention] = []
    owned = -1
    for item in reversed(named):
        is_listed = owned >= 0 and _LISTED.fullmatch(text, item.end, owned) is not None
        if is_listed or text.startswith("《", item.end):
            owned = item.start
        else:
            kept.insert(0, item)
    return kept


def _is_in_title(text: str, place: int) -> bool:
    return text.rfind("《", 0, place) > text.rfind("》", 0, place)


def _by_number(number: str, reading: Reading) -> Body | None:
    """Whose numbers begin like this one's."""
    order = _ORDER.match(number)
    if order:
        name = national_bodies().get(order[1])
        if name is not None:
            return body(NATION, name)
        named = bodies_in(order[1], reading)
        return named[0] if named else None
    prefix = number.split("〔")[0]
    national = issuers_of_prefixes().get(prefix)
    if national is not None:
        return body(NATION, national)
    government = _OF_GOVERNMENT.fullmatch(prefix)
    if government is None:
        return None
    province = None if government[2] else provinces_by_character().get(government[1])
    region = region_by_code(province) if province else _place_of(government[1], reading)
    if region is None:
        return None
    if government[3]:
        return body(region.code, general_office(region))
    return body_of(government_of(region))


def _place_of(letters: str, reading: Reading) -> Region | None:
    """The region around the publisher that a prefix's letters stand for: 厦湖 is 湖里区 of 厦门市."""
    for region in surroundings(reading).chain:
        if region.parent == NATION or region.code == NATION:
            continue
        if letters[-1] in region.short and set(letters[:-1]) <= _letters_above(region, reading):
            return region
    return None


def _letters_above(region: Region, reading: Reading) -> set[str]:
    chain = surroundings(reading).chain
    above = chain[chain.index(region) :]
    provinces = {code: letter for letter, code in provinces_by_character().items()}
    return {letter for item in above for letter in item.short + provinces.get(item.code, "")}
