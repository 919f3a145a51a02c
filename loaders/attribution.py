"""Whose figure: the body that is its subject, and whether it speaks for all under that body."""

import re
from functools import cache

from gongkai.graph.dictionary.channels import channel_words
from gongkai.graph.dictionary.metrics import describe
from gongkai.graph.dictionary.regions import is_within
from gongkai.graph.extract import Kind, Scope

from .clauses import Layout
from .dating import Dating, is_quoted
from .figures import Figure
from .reading import AgencyMention, Body, CategoryMention, ChannelMention, Reading
from .through import Places, Through
from .wording import ends_in_verb

_OBJECT_OF = re.compile(
    r"(?:向|对|在|到|报|报送|给|被|与|同|及时向|受|受到|经|根据|按照|按|落实|贯彻|围绕|配合|协助|要求|为|入驻|接受|获|获得|关于|参加|"
    r"邀请|送|上报|报经|除|贯彻落实|的)$"
)
_ENTITY_LINK = re.compile(
    r"^(?:的)?(?:政府信息公开|政府|门户|官方|公众信息|信息公开|政务)*(?:网站|外网|网|平台|微博|微信|公众号|官网|专栏|信箱)"
)

_AFTER_AMOUNT = re.compile(r"\d[万余多]*[个家名位所]$")
# 国务院批准的批复497件: the body did something else to what is counted.
_ATTRIBUTE = re.compile(
    "[^，。；、]{0,4}(?:批准|印发|下发|发布|制定|转发|交办|转办|部署|组织|通报|颁布|出台|确定|规定|要求|举办|主办|安排|下达|公布)的"
)
# 公开规章13件、市政府其他文件162件: whose documents, not who disclosed them.
_OF_DOCUMENTS = re.compile(
    r"的?(?:其[他它])?(?:规范性|政策性?)?(?:文件|公文|规章|公报|会议纪要)[^，。；、]{0,6}?\d"
)
# 省直各部门, 各县（市、区）: bodies below the publisher, none of which is named.
_BODIES_BELOW = re.compile(
    r"[，；、]?(?:其中，?)?(?:(?:省|市|县|区)(?:直|级)(?:各)?(?:部门|单位|机关)|地级以上市|"
    r"各(?:地|级|市|县|区|州|乡|镇|街道|部门|单位)[一-龥（）、]{0,10}?)"
)
_SUBJECT_LEAD = re.compile(
    r"(?:其中|全年|年内|本?年度?|目前|(?:19|20)\d{2}年(?:度|底)?|截至[^，]{0,12}|[一二三四五六七八九]是|[，、：\s])*"
)


_TOTALS = frozenset(("items-disclosed", "items-made", "requests-received", "requests-handled"))
_TOPICS_OF_ALL = frozenset(("proactive", "requests", "results", "remedies", "fees"))
_METRICS_OF_ALL = "consultations"  # and what begins with it


@cache
def _kinds_of_channels() -> frozenset[str]:
    """The names that a kind of channel goes by, whoever's it is."""
    return frozenset(word.name for word in channel_words() if word.name)


def _is_of_all(figure: Figure) -> bool:
    """What a roll-up adds up for every body: items, requests, their results, what came of them.

    One kind of information alone is that of the body that deals with it.
    """
    if figure.kind is not Kind.RATE and figure.category:
        return False
    topic = describe(figure.metric).topic
    return topic in _TOPICS_OF_ALL or figure.metric.startswith(_METRICS_OF_ALL)


class Attribution:
    def __init__(
        self,
        reading: Reading,
        layout: Layout,
        agencies: list[AgencyMention],
        channels: list[ChannelMention],
        categories: list[CategoryMention],
    ) -> None:
        self._reading = reading
        self._text = reading.prose.text
        self._layout = layout
        self._dating = Dating(self._text, layout, reading.year)
        self._through = Through(self._text, channels, categories)
        self._agencies = sorted(agencies, key=lambda item: item.start)
        self._agency_places = Places([item.start for item in self._agencies])
        self._bodies = {item.body.id: item.body for item in agencies} | {
            reading.publisher.id: reading.publisher
        }
        self._last: Figure | None = None
        self._counts_all = reading.rollup  # whether it counts the bodies below with the publisher

    def prepare(self, figure: Figure) -> None:
        """What the measure needs to know: the channels named, and the words without the subject."""
        self._through.find(figure)
        figure.label = self._without_subject(figure)

    def _without_subject(self, figure: Figure) -> str:
        start = figure.place.label
        if not figure.amount or figure.label != self._text[start : figure.start]:
            return figure.label
        for index in self._agency_places.between(start, figure.start):
            mention = self._agencies[index]
            rest = self._text[mention.end : figure.start]
            figure.names_body |= mention.start <= start and not rest
            leads = _SUBJECT_LEAD.fullmatch(self._text, start, mention.start)
            if not leads or len(rest) < 4 or rest[0] in "的等、和及与":
                continue
            if mention.end <= figure.start and not _ENTITY_LINK.match(rest):
                return rest
        return figure.label

    def settle(self, figure: Figure) -> None:
        """Everything else that is not what is counted."""
        self._through.settle(figure)
        self._through.set_category(figure)
        self._set_agency(figure)
        self._counts_all |= self._says_all(figure)
        self._dating.settle(figure)

    def _set_agency(self, figure: Figure) -> None:
        place = figure.place
        if self._use_bracketed(figure):
            return
        for start, end in ((place.label, figure.start), (place.clause, figure.start)):
            if self._use_subject(figure, start, end):
                self._last = figure
                return
        if (
            figure.base is not None
            and figure.base.agency
            and figure.base.place.sentence == place.sentence
        ):
            figure.agency, figure.scope = figure.base.agency, figure.base.scope
            figure.subject_stated = figure.base.subject_stated
            return
        if self._shares_item(figure) or self._use_owner(figure, near=True):
            return
        if figure.wholes and figure.wholes[0].agency:
            whole = figure.wholes[0]
            figure.agency, figure.scope = whole.agency, whole.scope
            figure.subject_stated = whole.subject_stated
            return
        if self._use_bodies_below(figure) or self._use_subject(
            figure, place.sentence, place.clause
        ):
            return
        if self._use_owner(figure):
            return
        if self._use_subject(figure, place.paragraph, place.sentence, carried=True):
            return
        figure.agency, figure.scope = self._reading.publisher, Scope.AGENCY
        figure.reasons.append("no subject is stated: the publisher's")
        if self._counts_all and not figure.channels and _is_of_all(figure):
            figure.scope = Scope.JURISDICTION
            figure.reasons.append("the report counts those below with the publisher's")

    def _use_bracketed(self, figure: Figure) -> bool:
        """市国土局（263宗）: the first figure of a bracket is of the body that stands right before it."""
        opening = figure.place.bracket
        if opening < 0 or figure.start != opening + 1:
            return False
        for index in self._agency_places.between(figure.place.sentence, opening):
            mention = self._agencies[index]
            if mention.end == opening:
                figure.agency, figure.scope = mention.body, mention.scope
                figure.subject_stated = True
                return True
        return False

    def _says_all(self, figure: Figure) -> bool:
        """全区收到申请57件: a government's report that counts all its bodies does so throughout."""
        return (
            figure.subject_stated
            and figure.scope is Scope.JURISDICTION
            and figure.agency is not None
            and figure.agency.id == self._reading.publisher.id
            and figure.metric in _TOTALS
        )

    def _shares_item(self, figure: Figure) -> bool:
        """甲局1件，收取420元；…: the second figure of an item is of the body of the first."""
        last = self._last
        self._last = figure
        if last is None or not (figure.wholes and last.wholes) or last.unit == figure.unit:
            return False
        if (
            last.place.sentence != figure.place.sentence
            or "；" in self._text[last.end : figure.start]
        ):
            return False
        figure.agency, figure.scope = last.agency, last.scope
        figure.subject_stated = last.subject_stated
        return True

    def _use_bodies_below(self, figure: Figure) -> bool:
        """省政府新闻办举办发布会48场，省直各部门举办96场: the second is not the first one's."""
        if not self._reading.publisher.name.endswith("政府"):
            return False
        if not _BODIES_BELOW.match(self._text, figure.place.clause, figure.start):
            return False
        figure.agency, figure.scope = self._reading.publisher, Scope.JURISDICTION
        figure.subject_stated = True
        return True

    def _use_subject(self, figure: Figure, start: int, end: int, carried: bool = False) -> bool:
        """Take the body that is the subject of these words, if one is."""
        found = self._agency_places.between(start, end)
        nearest_first = carried or end != figure.start
        for index in reversed(found) if nearest_first else found:
            mention = self._agencies[index]
            if self._is_object(mention, start) or self._is_counted(mention, figure):
                continue
            if self._is_of_a_part(mention, figure) or self._is_above(mention.body, figure):
                continue
            if _OF_DOCUMENTS.match(self._text, mention.end):
                continue
            if figure.metric.startswith("reading-") and self._is_place(mention):
                continue
            if not self._is_subject(mention, start, end == figure.start, carried):
                continue
            # What went through the publisher's own channel is its own, not all bodies'.
            if carried and mention.scope is Scope.JURISDICTION and self._is_own_channel(figure):
                continue
            if carried and not (
                mention.scope is Scope.JURISDICTION or mention.body.id == self._reading.publisher.id
            ):
                continue
            figure.agency, figure.scope = mention.body, mention.scope
            figure.subject_stated = not carried
            if carried:
                figure.reasons.append("the subject is carried over from an earlier sentence")
            return True
        return False

    def _is_own_channel(self, figure: Figure) -> bool:
        """Whether it went through accounts of the publisher's by name; 政府网站 may be any body's."""
        named = [item for item in self._through.channels if item.id in figure.channels]
        return bool(named) and all(
            item.owner == self._reading.publisher.id and item.name not in _kinds_of_channels()
            for item in named
        )

    def _is_object(self, mention: AgencyMention, start: int) -> bool:
        text = self._text
        if is_quoted(text, mention.start) or text.startswith("级", mention.end):
            return True
        before = text[max(start, mention.start - 6) : mention.start]
        if _OBJECT_OF.search(before) or _AFTER_AMOUNT.search(before):
            return True
        behind = text[mention.end : mention.end + 14]
        return bool(_ENTITY_LINK.match(behind)) and bool(
            re.search(r"(?:通过|利用|依托|在|于|经)[^，。；]{0,20}$", before + "")
        )

    def _is_counted(self, mention: AgencyMention, figure: Figure) -> bool:
        """甲局、乙局等26个单位: the bodies are what is counted, or what something was done to."""
        if mention.end > figure.start or mention.start < figure.place.clause:
            return False
        between = self._text[mention.end : figure.start]
        return between.endswith("等") or self._text.startswith("对", figure.place.clause)

    def _is_above(self, body: Body, figure: Figure) -> bool:
        """向省厅申请复议2件: who decides on remedies is not whom they are sought against."""
        own, other = self._reading.publisher.region, body.region
        if describe(figure.metric).topic != "remedies" or own is None or other is None:
            return False
        return own.code != other.code and is_within(own.code, other.code)

    def _is_place(self, mention: AgencyMention) -> bool:
        """在档案馆、图书馆设查阅点3个: whether a body is named as a place to read at."""
        return mention.body.id != self._reading.publisher.id and any(
            item.type == "reading_room" and item.start < mention.end and mention.start < item.end
            for item in self._through.channels
        )

    def _is_of_a_part(self, mention: AgencyMention, figure: Figure) -> bool:
        """举办11场，其中甲局举办4场；组织…6次: the body of a part is not that of what follows the list."""
        ends = self._text.rfind("；", mention.end, figure.start)
        return (
            ends >= 0
            and self._text.rfind("其中", figure.place.sentence, mention.start) >= 0
            and not figure.wholes
        )

    def _is_subject(
        self, mention: AgencyMention, start: int, own_clause: bool, carried: bool
    ) -> bool:
        """Whether a body stands where a subject stands: first in its clause, or behind 由.

        Of the figure's own clause a jurisdiction (全市) counts wherever it is no object (召开全市会议).
        """
        text = self._text
        if own_clause and mention.scope is Scope.JURISDICTION:
            return not ends_in_verb(text[start : mention.start])
        floor = self._layout.sentence(mention.start)[0] if carried else start
        if not carried:
            for mark in "，；：":
                floor = max(floor, text.rfind(mark, floor, mention.start) + 1)
        if _ATTRIBUTE.match(text, mention.end):
            return False
        lead = text[floor : mention.start]
        return lead.endswith(("由", "据")) or bool(_SUBJECT_LEAD.fullmatch(lead))

    def _use_owner(self, figure: Figure, near: bool = False) -> bool:
        """The owner of the website that a government's report counts on.

        `near`: only if it is named in the figure's own clause.
        """
        if len(figure.channels) != 1:
            return False
        if near and figure.channels[0] not in self._through.named(
            figure.place.clause, figure.start
        ):
            return False
        if near and not figure.wholes:
            return False
        owner = next(
            (item.owner for item in self._through.channels if item.id == figure.channels[0]), None
        )
        body: Body | None = self._bodies.get(owner) if owner else None
        if body is None or body.id == self._reading.publisher.id:
            return False
        publisher = self._reading.publisher
        if not self._reading.rollup and not publisher.name.endswith("政府"):
            return False
        figure.agency, figure.scope = body, Scope.AGENCY
        figure.reasons.append("the owner of the channel named")
        return True
