"""What is cited: titles in 《》, document numbers in all their brackets, short names by definition.

A number belongs to the title right before it, or right after it; else it stands alone and is a
policy too. 《条例》 means what the report defined by 以下简称, else the regulation everyone means.
Gazettes and the names of forms in 《》 are no policies.
"""

import re
from dataclasses import dataclass

from gongkai.graph import identity
from gongkai.graph.dictionary.policies import issuers_of_prefixes, short_names, titles_of_numbers
from gongkai.graph.dictionary.regions import NATION
from gongkai.graph.extract import Policy

from .agencies import bodies_in, body
from .reading import AgencyMention, Body, PolicyMention, Reading

_TITLE = re.compile(r"《([^《》\n]{2,90}(?:《[^《》\n]{1,60}》[^《》\n]{0,40})?)》")
_NUMBER = re.compile(
    r"(?P<order>(?:中华人民共和国)?国务院(?:令)?第?\s?(?P<serial>[0-9]{2,4})号令?|国令第(?P<serial2>[0-9]{2,4})号)"
    r"|(?P<prefix>[一-鿿]{1,9}?(?:字)?)[〔\[［【（(〈<](?P<year>(?:19|20)[0-9]{2})[〕\]］】）)〉>]?\s?(?:第)?(?P<num>[0-9]{1,5})号"
)
_ORDER_NUMBER = re.compile(r"令第[0-9]+号|第[0-9]+号令")
_BEFORE_NUMBER = re.compile(r".*(?:根据|按照|依据|依照|落实|贯彻|印发|以及|及|和|与|的|即|由)")
_DEFINITION = re.compile(
    r"《([^《》\n]+)》(?:（[^（）]{0,60}?)?[（，,]?(?:以下|下)简?称[为：“]{0,2}《([^《》\n]{1,20})》"
)
_DEFINITION_INSIDE = re.compile(
    r"《([^《》\n]+)》（[^（）\n]{0,60}?(?:以下|下)简?称[为：“]{0,2}《([^《》\n]{1,20})》"
)
_NO_POLICY = re.compile(
    r"(?:公报|日报|晚报|早报|周刊|杂志|画报|时报|晨报)$|年度报告$|登记表$|告知书$|答复书$"
)
_ISSUING = re.compile(
    r"(?:印发|制定|下发|出台|发布|制发|修订|转发|起草|制订|公布)(?:并?(?:印发|下发|出台|实施))?了?$"
)


@dataclass(frozen=True, slots=True)
class _Number:
    text: str
    start: int
    end: int


def find_policies(reading: Reading, agencies: list[AgencyMention]) -> list[PolicyMention]:
    """Every citation in the prose, in order; several may be of one policy."""
    text = reading.prose.text
    numbers = _numbers(text)
    defined = _definitions(text)
    found: list[PolicyMention] = []
    used: set[int] = set()
    for match in _TITLE.finditer(text):
        printed = canonical_title(match[1])
        if _NO_POLICY.search(printed) or printed == canonical_title(reading.title):
            continue
        number = _number_of(text, match.start(), match.end(), numbers)
        if number is not None:
            used.add(number.start)
        title = defined.get(printed) or short_names().get(printed) or printed
        start = min(match.start(), number.start) if number else match.start()
        end = _closed(text, max(match.end(), number.end) if number else match.end())
        issuers = _issuers(title, number, text, match.start(), reading, agencies)
        found.append(_mention(title, number, issuers, start, end))
    for number in numbers:
        if number.start not in used and not _is_inside(text, number):
            known = titles_of_numbers().get(number.text)
            issuers = _issuers(known or "", number, text, number.start, reading, agencies)
            found.append(_mention(known, number, issuers, number.start, number.end))
    return sorted(found, key=lambda mention: mention.start)


def _mention(
    title: str | None, number: _Number | None, issuers: tuple[Body, ...], start: int, end: int
) -> PolicyMention:
    printed = number.text if number is not None else None
    return PolicyMention(identity.policy_id(title, printed), title, printed, issuers, start, end)


def canonical_title(printed: str) -> str:
    """A title without marks and white space."""
    return re.sub(r"[\s〈〉<>《》]", "", printed)


def _closed(text: str, end: int) -> int:
    """A number in brackets is cited with the bracket that closes it."""
    return (
        end + 1 if text[end : end + 1] == "）" and text[:end].count("（", max(0, end - 40)) else end
    )


# --- numbers --------------------------------------------------------------------------------------


def _numbers(text: str) -> list[_Number]:
    found = []
    for match in _NUMBER.finditer(text):
        if match["order"]:
            serial = match["serial"] or match["serial2"]
            if not _ORDER_NUMBER.search(match[0]) and "国令" not in match[0]:
                continue
            found.append(_Number(f"国务院令第{serial}号", match.start(), match.end()))
            continue
        prefix = match["prefix"]
        lead = _BEFORE_NUMBER.match(prefix)
        start = match.start() + (lead.end() if lead else 0)
        prefix = prefix[lead.end() :] if lead else prefix
        if len(prefix) < 2 or prefix.endswith(("年", "月", "日")):
            continue
        found.append(_Number(f"{prefix}〔{match['year']}〕{match['num']}号", start, match.end()))
    return found


def _number_of(text: str, start: int, end: int, numbers: list[_Number]) -> _Number | None:
    """The number right behind a title, in or without brackets, or right before it."""
    for number in numbers:
        between = text[end : number.start]
        if end <= number.start <= end + 12 and re.fullmatch(
            r"(?:的通知|的意见|的决定)?[（(，,]?(?:修订|中华人民共和国)?", between
        ):
            return number
        if number.end <= start <= number.end + 1 and text[number.end : start] in ("", "）"):
            return number
    return None


def _is_inside(text: str, number: _Number) -> bool:
    """Inside 《》 it is part of a title."""
    opened = text.rfind("《", max(0, number.start - 80), number.start)
    return opened >= 0 and text.find("》", opened, number.start) < 0


def _definitions(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for pattern in (_DEFINITION, _DEFINITION_INSIDE):
        for match in pattern.finditer(text):
            full = canonical_title(match[1])
            found.setdefault(canonical_title(match[2]), short_names().get(full, full))
    return found


# --- issuers --------------------------------------------------------------------------------------


def _issuers(
    title: str,
    number: _Number | None,
    text: str,
    start: int,
    reading: Reading,
    agencies: list[AgencyMention],
) -> tuple[Body, ...]:
    """Who issued it: by its title, else by the sentence, else by the prefix of its number."""
    about = re.match(r"(.{2,60}?)(?:关于|转发|印发)", title)
    if about:
        named = bodies_in(about[1], reading)
        if named:
            return tuple(named)
    if title == "中华人民共和国政府信息公开条例":
        return (body(NATION, "国务院"),)
    issuing = _ISSUING.search(text[max(0, start - 14) : start])
    if issuing:
        subject = _subject(text, start, agencies)
        return (subject,) if subject is not None else (reading.publisher,)
    if number is not None:
        prefix = re.split(r"[〔第]", number.text)[0]
        name = issuers_of_prefixes().get(prefix)
        if name is not None:
            return (body(NATION, name),)
    near = [item for item in agencies if item.end == start]
    return (near[-1].body,) if near else ()


def _subject(text: str, start: int, agencies: list[AgencyMention]) -> Body | None:
    """The last body of the sentence before its verb of issuing."""
    begin = max(text.rfind(mark, 0, start) for mark in "。；！？\n") + 1
    named = [item for item in agencies if begin <= item.start and item.end <= start]
    return named[-1].body if named else None


def policies_of(mentions: list[PolicyMention], reading: Reading) -> list[Policy]:
    """One entry for each policy: its first citation, its number and issuers from any of them."""
    found: dict[str, list[PolicyMention]] = {}
    for mention in mentions:
        found.setdefault(mention.id, []).append(mention)
    return [_entry(id, several, reading) for id, several in found.items()]


def _entry(id: str, mentions: list[PolicyMention], reading: Reading) -> Policy:
    best = next((item for item in mentions if item.doc_number), mentions[0])
    issuers = list(dict.fromkeys(body.id for item in mentions for body in item.issuers))
    span = reading.span(best.start, min(best.end, best.start + 120))
    return Policy(
        id=id,
        title=best.title,
        doc_number=best.doc_number,
        issuer=issuers[0] if len(issuers) == 1 else issuers or None,
        quote=span.quote,
        start=span.start,
        end=span.end,
    )
