"""Who disclosed what through which channel; who issued, cited and carried out which policy.

Relations are read clause by clause: the subject is the nearest body before the predicate in the
sentence, else the jurisdiction's government. What is only planned for next year states nothing about
this one, but what it cites is cited.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeVar

from gongkai.graph.dictionary.regions import is_within
from gongkai.graph.extract import Relation, RelationType, Span
from gongkai.graph.identity import report_id

from .categories import STATED_CLASS
from .reading import AgencyMention, Body, CategoryMention, ChannelMention, PolicyMention, Reading

Mention = TypeVar("Mention", AgencyMention, ChannelMention, CategoryMention, PolicyMention)
_START = attrgetter("start")
_MOST = 120
_FAR = 160  # characters over which a list of classes may follow the channel that carried them
_DISCLOSES = re.compile(
    r"公开|发布|公布|公示|公告|发放|刊登|推送|更新|披露|解读|征集|归集|编印|印制|开放|报道"
)
# What applicants ask for, or what was quarrelled over, is not thereby disclosed.
_ASKED = re.compile(
    r"申请(?:内容|事项|的?信息|公开的?内容)?(?:主要)?(?:集中|涉及|内容)|诉讼.{0,40}集中|申请人"
)
# A body to which something is given does not thereby act.
_OBJECT = re.compile(r"(?:向|给|下放|报送|上报|移交|转交|送达|对)[^，。；]{0,6}$")
_ASKED_BY = re.compile("(?:按照?|根据|依据|遵照|落实|配合|协助)$")  # 按照省财政厅要求
_LENT_BY = re.compile("(?:通过|利用|依托|借助|在|经)$")  # 在县政府外网, 通过省政府新闻办
_NONE = re.compile("[^，。；、\\d]{0,8}?0[条件篇次项份]")  # 行政执法类信息0条: there was none
_PROACTIVE = re.compile(
    r"主动公开|公开(?:的)?(?:内容|数量|类别|形式|情况|渠道)|重点领域|总体情况|概述|平台"
)
_USES = re.compile(
    r"通过|依托|利用|在|办理|受理|收到|接听|答复|回复|接待|出版|编发|采用|推文|推送|刊登|更新|播放|播发|转发|发送|张贴|编发|开设|开办|开通|打造|建设|设立|设置|推进|运用|发挥|召开|编印|印制|公开|发布|入驻|健全|优化"
)
_CARRIES_OUT = re.compile(r"根据|按照|依据|依照|贯彻|落实|遵照|执行")
# Right before a title; what is only passed on was not made to carry out anything.
_MAKES = re.compile(
    "(?<!转)(?:制定|印发|下发|出台|制发|制订|修订|修改|起草|编制|形成|拟定)(?:并|和|、|实施|印发|下发|出台|发布|公布)*"
    "了?[^，。；：《》、]{0,16}《?$"
)
_IN_LIST = re.compile("[）》]?[、和及与以]{0,2}(?:《|)")
_PLANS = re.compile(r"下一步|下步|今后|明年|将(?:继续|进一步|认真|不断|持续|加强|着力|从)|重点抓好")
_IMPROVEMENT = re.compile(r"存在的?.{0,8}问题|改进|下一步|工作(?:打算|计划|思路)")


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    clauses: tuple[tuple[int, int], ...]
    is_plan: bool


class _Relations:
    """Gathers evidence by relation, in the order it is found."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._found: dict[tuple[RelationType, str, str], list[Span]] = {}

    def add(self, kind: RelationType, head: str, tail: str, start: int, end: int) -> None:
        span = self._reading.span(start, min(end, start + _MOST))
        spans = self._found.setdefault((kind, head, tail), [])
        if span not in spans:
            spans.append(span)

    def all(self) -> list[Relation]:
        return [
            Relation(kind, head, tail, self._reading.year, spans)
            for (kind, head, tail), spans in self._found.items()
        ]


def relate(
    reading: Reading,
    agencies: list[AgencyMention],
    channels: list[ChannelMention],
    categories: list[CategoryMention],
    policies: list[PolicyMention],
) -> list[Relation]:
    found = _Relations(reading)
    for sentence in _sentences(reading):
        inside = _Inside(sentence, agencies, channels, categories, policies)
        if not sentence.is_plan:
            _disclosure(reading, sentence, inside, found)
            _carrying_out(reading, sentence, inside, found)
        for policy in inside.policies:
            _policy(reading, sentence, policy, found)
    return found.all()


class _Inside:
    """What a sentence names."""

    def __init__(
        self,
        sentence: _Sentence,
        agencies: list[AgencyMention],
        channels: list[ChannelMention],
        categories: list[CategoryMention],
        policies: list[PolicyMention],
    ) -> None:
        self.agencies = _between(agencies, sentence)
        self.channels = _between(channels, sentence)
        self.categories = _between(categories, sentence)
        self.policies = _between(policies, sentence)


def _between(mentions: list[Mention], sentence: _Sentence) -> list[Mention]:
    """The mentions, which are in order, that begin in the sentence."""
    first = bisect_left(mentions, sentence.start, key=_START)
    return mentions[first : bisect_left(mentions, sentence.end, lo=first, key=_START)]


def _sentences(reading: Reading) -> Iterable[_Sentence]:
    text = reading.prose.text
    planned_from = _plans_start(reading)
    for match in re.finditer(r"[^。！？；\n]+", text):
        clauses = tuple(
            (match.start() + item.start(), match.start() + item.end())
            for item in re.finditer(r"[^，]+", match[0])
        )
        is_plan = match.start() >= planned_from or bool(_PLANS.search(match[0]))
        yield _Sentence(match.start(), match.end(), clauses, is_plan)


def _plans_start(reading: Reading) -> int:
    """Where the part on problems and improvements begins; the end of the prose where none does."""
    for section in reading.sections[1:]:
        if _IMPROVEMENT.search(section.heading) and section.end - section.start > len(
            section.heading
        ):
            later = [s for s in reading.sections if s.start >= section.end]
            if all(_is_last_part(s.heading) for s in later):
                return bisect_right(reading.prose.offsets, section.start - 1)
    return len(reading.prose.text)


def _is_last_part(heading: str) -> bool:
    return bool(re.search(r"其他|附|说明|问题|改进|[（(]?[一二三四五六七八九十]+[）)、]", heading))


def _disclosure(reading: Reading, sentence: _Sentence, inside: _Inside, found: _Relations) -> None:
    text = reading.prose.text[sentence.start : sentence.end]
    for channel in inside.channels:
        user = _user(reading, channel, inside)
        start, end = _clause(sentence, channel.start, channel.end)
        if _USES.search(text) or _DISCLOSES.search(text):
            found.add(RelationType.USES, user, channel.id, start, end)
    if _ASKED.search(text):
        return
    discloses = bool(_DISCLOSES.search(text))
    for category in inside.categories:
        if not discloses and not _is_counted_as_disclosed(reading, category):
            continue
        if _NONE.match(reading.prose.text, category.end):
            continue
        subject = _subject(reading, category.start, inside.agencies)
        carriers = _carriers(category, sentence, inside)
        start, end = _clause(sentence, category.start, category.end)
        first = min([start, *(item.start for item in carriers if item.start >= sentence.start)])
        if end - first > _MOST:
            first = start
        found.add(RelationType.PUBLISHED, subject.id, category.id, first, end)
        for carrier in carriers:
            found.add(RelationType.CARRIED_BY, category.id, carrier.id, first, end)


def _is_counted_as_disclosed(reading: Reading, category: CategoryMention) -> bool:
    """A class with its count in a part of the report that is about disclosure."""
    if not STATED_CLASS.match(reading.prose.text, category.end):
        return False
    path = "".join(reading.section_at(category.start).path)
    return "依申请" not in path and (not path or bool(_PROACTIVE.search(path)))


def _user(reading: Reading, channel: ChannelMention, inside: _Inside) -> str:
    """Who uses a channel: its owner, unless that stands above the publisher and lends its own.

    在档案馆、图书馆设立查阅点: a place to read at is used by whoever set it up.
    """
    agencies = inside.agencies
    if channel.type == "reading_room":
        places = [(item.start, item.end) for item in inside.channels if item.type == channel.type]
        agencies = [
            item
            for item in agencies
            if not any(item.start < end and start < item.end for start, end in places)
        ]
        return _subject(reading, channel.start, agencies).id
    owner = channel.body
    if owner is not None and owner.id != reading.publisher.id and not _is_above(owner, reading):
        return owner.id
    owned = [item for item in agencies if item.body.id != (owner.id if owner else None)]
    return _subject(reading, channel.start, owned).id


def _is_above(owner: Body, reading: Reading) -> bool:
    """Whether a body is the publisher's government, or governs a region around the publisher's."""
    region = reading.publisher.region
    if region is None or owner.region is None:
        return reading.publisher.region is None and owner.name.endswith("人民政府")
    governs = owner.name.endswith(("人民政府", "国务院", "管理委员会"))
    return governs and is_within(region.code, owner.region.code)


def _subject(reading: Reading, place: int, agencies: list[AgencyMention]) -> Body:
    before = [
        item
        for item in agencies
        if item.start <= place
        and not _OBJECT.search(reading.prose.text[max(0, item.start - 8) : item.start])
        and not _ASKED_BY.search(reading.prose.text[max(0, item.start - 4) : item.start])
        and not _lends(item, reading)
    ]
    return before[-1].body if before else reading.publisher


def _lends(mention: AgencyMention, reading: Reading) -> bool:
    """Whether a body is only named for its site; of those under a government the site is their own deed."""
    governs = reading.publisher.name.endswith(("政府", "政府办公厅", "政府办公室", "管理委员会"))
    before = reading.prose.text[max(0, mention.start - 4) : mention.start]
    under = governs and not _is_above(mention.body, reading)
    return not under and _LENT_BY.search(before) is not None


def _carriers(
    category: CategoryMention, sentence: _Sentence, inside: _Inside
) -> list[ChannelMention]:
    """The channels of the last clause before the category that names any."""
    before = [item for item in inside.channels if item.end <= category.start]
    if not before or category.start - before[-1].end > _FAR:
        return []
    clause = max(start for start, _ in sentence.clauses if start <= before[-1].start)
    return [item for item in before if item.start >= clause]


def _clause(sentence: _Sentence, start: int, end: int) -> tuple[int, int]:
    """The clauses from the one in which `start` stands to that of `end`."""
    first = max(
        (item for item in sentence.clauses if item[0] <= start), default=sentence.clauses[0]
    )
    last = next((item for item in sentence.clauses if item[1] >= end), sentence.clauses[-1])
    return first[0], last[1]


def _policy(
    reading: Reading, sentence: _Sentence, policy: PolicyMention, found: _Relations
) -> None:
    start, end = _clause(sentence, policy.start, policy.end)
    if end - start > _MOST:
        start, end = policy.start, policy.end
    report = report_id(reading.publisher.id, reading.year)
    found.add(RelationType.CITES, report, policy.id, start, end)
    for issuer in policy.issuers:
        found.add(RelationType.ISSUED, issuer.id, policy.id, start, end)


def _carrying_out(
    reading: Reading, sentence: _Sentence, inside: _Inside, found: _Relations
) -> None:
    """根据《A》…制定《B》 and 贯彻落实《A》，及时下发《B》: B carries out A."""
    text = reading.prose.text
    bases: list[PolicyMention] = []
    was_made = False
    last = sentence.start
    for policy in inside.policies:
        lead = text[last : policy.start]
        last = max(last, policy.end)
        was_made = bool(_MAKES.search(lead)) or (was_made and _IN_LIST.fullmatch(lead) is not None)
        if was_made:
            for basis in bases:
                if basis.id != policy.id:
                    end = min(policy.end, basis.start + _MOST)
                    found.add(RelationType.IMPLEMENTS, policy.id, basis.id, basis.start, end)
        elif bases or _CARRIES_OUT.search(text, sentence.start, policy.start):
            bases.append(policy)
