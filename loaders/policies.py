"""What is cited: titles in 《》, document numbers in all their brackets, short names by definition.

A number belongs to the title right before it, or right after it; else it stands alone and is a
policy too. 《条例》 means what the report defined by 以下简称, else the regulation everyone means.
Gazettes and the names of forms in 《》 are no policies.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gongkai.graph import identity
from gongkai.graph.dictionary.policies import short_names, titles_of_numbers
from gongkai.graph.extract import Policy

from .issuers import issuers_of
from .reading import AgencyMention, Body, PolicyMention, Reading

_TITLE = re.compile(r"《([^《》\n]{2,90}(?:《[^《》\n]{1,60}》[^《》\n]{0,40})?)》")
_NUMBER = re.compile(
    r"(?P<order>(?P<by>[一-鿿]{2,14}?)(?:令[（\[〔]?\s?第?\s?|第?(?=\s?[0-9]{1,4}\s?号令))(?P<serial>\s?[0-9]{1,4})\s?号令?"
    r"|国令第(?P<serial2>[0-9]{2,4})号)"
    r"|(?P<prefix>[一-鿿]{1,9}?(?:字)?)(?:[〔\[［【（(〈<]\s?(?P<year>(?:19|20)[0-9]{2})\s?[〕\]］】）)〉>]?\s?(?:第)?\s?"
    r"(?P<num>[0-9]{1,5})|[〔\[［【](?P<fused>(?:19|20)[0-9]{2})(?P<rest>[0-9]{1,4}))\s?号?(?P<more>(?:、[0-9]{1,4}号?)*)(?<=号)"
)
_SITE = re.compile(r"[〔\[［【（(〈<]\s?(?:19|20)[0-9]{2}|令")
_LONGEST_LEAD, _LONGEST_REST = 24, 200
_ITEM_BEFORE = re.compile(r"《[^《》\n]{2,90}》(?:（[^（）]{0,40}）)?[、和及与]?$")
_ORDERING = re.compile(r"(国务院|部|署|局|委员会|委|会|政府|省长|市长|主席)$")
_BEFORE_NUMBER = re.compile(
    r".*(?:根据|按照?|依据|依照|参照|对照|结合|遵照|落实|贯彻|印发|转发|执行|以及|及|(?<!共)和|与|的|即|由|年|并)"
)
# What stands in 《》 before these words is a column, a programme or a site.
_PROGRAMME = re.compile(
    "等?[一-鿿]{0,4}?(?:栏目|专栏|节目|专题|频道|板块|版块|期刊|杂志|公众号|账号|热线|小程序|直播|访谈)"
)
_FURTHEST = 12
_KINDS = frozenset(
    (
        "办法",
        "规定",
        "意见",
        "通知",
        "要点",
        "方案",
        "细则",
        "制度",
        "实施办法",
        "实施方案",
        "实施意见",
        "实施细则",
        "工作要点",
    )
)
_OWN_NUMBER = re.compile(r"[^。，《》]{0,60}")
_BEHIND = re.compile(r"(?:的(?:通知|意见|决定|函|批复))?[（，,【\[]?(?:修订)?")
_DEFINITION = re.compile(
    r"《([^《》\n]+)》(?:（[^（）]{0,60}?)?[（，,]?(?:以下|下)简?称[为：“]{0,2}(?:《|(?<=“))([^《》“”\n]{1,20})[》”]"
)
_DEFINITION_INSIDE = re.compile(
    r"《([^《》\n]+)》（[^（）\n]{0,60}?(?:以下|下)简?称[为：“]{0,2}(?:《|(?<=“))([^《》“”\n]{1,20})[》”]"
)
_NO_POLICY = re.compile(r"(?:(?<!通)报|周刊|杂志)$|年度报告$|登记表$|告知书$|答复书$")


@dataclass(frozen=True, slots=True)
class _Number:
    text: str
    start: int
    end: int


def find_policies(reading: Reading, agencies: list[AgencyMention]) -> list[PolicyMention]:
    """Every citation in the prose, in order; several may be of one policy."""
    text = reading.prose.text
    numbers = _numbers(text)
    own = _own_number(reading)
    defined = _definitions(text)
    found: list[PolicyMention] = []
    titles = list(_TITLE.finditer(text))
    pairs = _paired(text, titles, numbers)
    used = {number.start for number in pairs.values()}
    titled: dict[str, str] = {}
    for match in titles:
        printed = canonical_title(match[1])
        if _NO_POLICY.search(printed) or printed == canonical_title(reading.title):
            continue
        if _PROGRAMME.match(text, match.end()):
            continue
        number = pairs.get(match.start())
        title = defined.get(printed) or short_names().get(printed)
        title = title or _meant_by(printed, found) or printed
        if number is not None:
            titled.setdefault(number.text, title)
        start = min(match.start(), number.start) if number else match.start()
        end = _closed(text, max(match.end(), number.end) if number else match.end())
        issuers = issuers_of(
            title, _printed(number), text, _list_start(text, match.start()), reading, agencies
        )
        found.append(_mention(title, number, issuers, start, end))
    for number in numbers:
        if number.start not in used and not _is_inside(text, number) and not own(number):
            known = titled.get(number.text) or titles_of_numbers().get(number.text)
            issuers = issuers_of(known or "", number.text, text, number.start, reading, agencies)
            found.append(_mention(known, number, issuers, number.start, number.end))
    return sorted(found, key=lambda mention: mention.start)


def _meant_by(printed: str, before: list[PolicyMention]) -> str | None:
    """The last title before that a bare 《办法》 can only mean, because it ends so."""
    if printed not in _KINDS:
        return None
    titles = (mention.title for mention in reversed(before) if mention.title)
    return next((title for title in titles if title.endswith(printed)), None)


def _list_start(text: str, start: int) -> int:
    """Where the list of titles begins that a title stands in: 制定《A》《B》 says who made both."""
    while True:
        before = _ITEM_BEFORE.search(text[max(0, start - 160) : start])
        if before is None:
            return start
        start -= len(before[0])


def _mention(
    title: str | None, number: _Number | None, issuers: tuple[Body, ...], start: int, end: int
) -> PolicyMention:
    printed = _printed(number)
    return PolicyMention(identity.policy_id(title, printed), title, printed, issuers, start, end)


def _printed(number: _Number | None) -> str | None:
    return number.text if number is not None else None


def canonical_title(printed: str) -> str:
    """A title without marks and white space."""
    return re.sub(r"[\s〈〉<>《》]", "", printed)


def _closed(text: str, end: int) -> int:
    """A number in brackets is cited with the bracket that closes it."""
    return (
        end + 1 if text[end : end + 1] == "）" and text[:end].count("（", max(0, end - 40)) else end
    )


# --- numbers --------------------------------------------------------------------------------------


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Every number, in order. It is looked for only where a bracketed year or 令 stands."""
    place = 0
    for site in _SITE.finditer(text):
        if site.start() >= place:
            begin = max(place, site.start() - _LONGEST_LEAD)
            match = _NUMBER.search(text, begin, site.end() + _LONGEST_REST)
            if match:
                place = match.end()
                yield match


def _numbers(text: str) -> list[_Number]:
    found = []
    for match in _matches(text):
        if match["order"]:
            found += _order(match)
            continue
        prefix = match["prefix"]
        lead = _BEFORE_NUMBER.match(prefix)
        start = match.start() + (lead.end() if lead else 0)
        prefix = prefix[lead.end() :] if lead else prefix
        if len(prefix) < 2 or prefix.endswith(("年", "月", "日")):
            continue
        year, serial = match["year"] or match["fused"], match["num"] or match["rest"]
        own_end = match.start("more") if match["more"] else match.end()
        found.append(_Number(f"{prefix}〔{year}〕{_serial(serial)}号", start, own_end))
        for further in re.finditer(r"[0-9]+号?", match["more"]):
            begin = match.start("more") + further.start()
            end = match.start("more") + further.end()
            found.append(
                _Number(f"{prefix}〔{year}〕{_serial(further[0].rstrip('号'))}号", begin, end)
            )
    return found


def _serial(digits: str) -> str:
    return digits.strip().lstrip("0") or "0"


def _order(match: re.Match[str]) -> list[_Number]:
    """国务院令第711号, 国务院第711号令, 教育部令第29号, 市人民政府令第3号."""
    by = match["by"]
    if by is None:
        return [_Number(f"国务院令第{match['serial2']}号", match.start(), match.end())]
    lead = _BEFORE_NUMBER.match(by)
    start = match.start() + (lead.end() if lead else 0)
    by = (by[lead.end() :] if lead else by).removesuffix("第").removeprefix("中华人民共和国")
    if not _ORDERING.search(by):
        return []
    return [_Number(f"{by}令第{_serial(match['serial'])}号", start, match.end())]


def _paired(text: str, titles: list[re.Match[str]], numbers: list[_Number]) -> dict[int, _Number]:
    """The number of each title, by where the title begins.

    It stands right behind, in brackets or not; one that does so behind no title may stand right
    before one.
    """
    found: dict[int, _Number] = {}
    for match in titles:
        for number in numbers:
            if 0 <= number.start - match.end() <= _FURTHEST and _BEHIND.fullmatch(
                text, match.end(), number.start
            ):
                found.setdefault(match.start(), number)
    taken = {number.start for number in found.values()}
    for match in titles:
        for number in numbers:
            gap = match.start() - number.end
            is_beside = gap == 0 or (gap == 1 and text[number.end] == "）")
            if is_beside and number.start not in taken:
                found.setdefault(match.start(), number)
    return found


def _own_number(reading: Reading) -> Callable[[_Number], bool]:
    """Whether a number is the report's own: on a line of its own before the first part begins."""
    text, offsets = reading.prose.text, reading.prose.offsets
    begins = reading.sections[1].start if len(reading.sections) > 1 else 0

    def is_own(number: _Number) -> bool:
        if offsets[number.start] >= begins:
            return False
        line = text.rfind("\n", 0, number.start) + 1
        end = text.find("\n", number.end)
        return _OWN_NUMBER.fullmatch(text, line, end if end >= 0 else len(text)) is not None

    return is_own


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


# --- entries -------------------------------------------------------------------------------------


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
