"""Whose figure, of which year, through which channel, of which category."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from gongkai.graph.extract import Scope

from .clauses import Layout
from .figures import Figure
from .reading import AgencyMention, Body, CategoryMention, ChannelMention, Reading

_YEAR = re.compile(r"(?<![\d])((?:19|20)\d{2})(?:年|[-./]\d{1,2}[-./]\d)(?!第)")
_COMPARISON = re.compile(r"(?:比|较|与|同|和|于|相较|相比于|对比)$")
_LAST_YEAR = re.compile(
    r"(?<![比较与同和是为占])(?:上一?年度?|去年|上年同期)(?!结转|转入|转来|未办结|遗留|结余|度?结转|延续|[^，。]{0,4}(?:相比|增|减|上升|下降|持平))"
)
_STOCK = re.compile(
    r"(?<!今年)(?<!年初)(?<!本年)(?<!年)以来|历年|现有|至今|总库存|存量|在册|(?:截至|截止|到)(?:目前|现在)|"
    r"目前[^，。]{0,6}(?:共有|拥有|已有|累计)|总量达|历史累计|上线以来|开通以来|总计拥有|累计总量"
)
_PRESENT = re.compile(
    r"年内|全年|本年|当年|今年|(?:19|20)\d{2}年(?!以来|\d|底|末|至今|起|开)|报告期"
)
_SINCE = re.compile(r"(?:自|从)$")
_UNTIL = re.compile(r"(?:截至|截止到?|到|至)$")
_OBJECT_OF = re.compile(
    r"(?:向|对|在|到|报|报送|给|被|与|同|及时向|受|受到|经|根据|按照|按|落实|贯彻|围绕|配合|协助|要求|为|入驻|接受|获|获得|关于|参加|"
    r"邀请|送|上报|报经|除|贯彻落实|的)$"
)
_THROUGH = re.compile(r"(?:通过|利用|依托|借助|运用|经由|在|于|以)[^，。；]{0,40}$")
_ENTITY_LINK = re.compile(
    r"^(?:的)?(?:政府信息公开|政府|门户|官方|公众信息|信息公开|政务)*(?:网站|网|平台|微博|微信|公众号|官网|专栏|信箱)"
)

_AFTER_AMOUNT = re.compile(r"\d[万余多]*[个家名位所]$")
_SUBJECT_LEAD = re.compile(
    r"(?:其中|全年|年内|本?年度?|目前|(?:19|20)\d{2}年(?:度|底)?|截至[^，]{0,12}|[一二三四五六七八九]是|[，、：\s])*"
)
_CHANNEL_FAMILIES = frozenset(("mailbox", "gazette", "hotline"))


@dataclass(frozen=True, slots=True)
class _Spans:
    """Mentions in order, found by place."""

    starts: list[int]

    def between(self, start: int, end: int) -> range:
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))


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
        self._agencies = sorted(agencies, key=lambda item: item.start)
        self._channels = sorted(channels, key=lambda item: item.start)
        self._categories = sorted(categories, key=lambda item: item.start)
        self._agency_places = _Spans([item.start for item in self._agencies])
        self._channel_places = _Spans([item.start for item in self._channels])
        self._category_places = _Spans([item.start for item in self._categories])
        self._bodies = {item.body.id: item.body for item in agencies} | {
            reading.publisher.id: reading.publisher
        }
        self._years = [(m.start(), int(m[1])) for m in _YEAR.finditer(self._text)]
        self._last: Figure | None = None
        self._last_counted: Figure | None = None
        self._year_places = [place for place, _ in self._years]

    def prepare(self, figure: Figure) -> None:
        """What the measure needs to know: the channels named, and the words without the subject."""
        self._set_channels(figure)
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
        self._carry_channels(figure)
        self._set_category(figure)
        self._set_agency(figure)
        self._set_year(figure)

    def _set_year(self, figure: Figure) -> None:
        start, text = figure.place.sentence, self._text
        if figure.year_said is not None:
            figure.year = figure.year_said
            return
        year, place = self._stated_year(start, figure.start)
        before = text[max(place, figure.place.since) : figure.start]
        if _LAST_YEAR.search(before) and year in (None, self._reading.year):
            figure.year = self._reading.year - 1
            return
        words = text[figure.place.clause : figure.start]
        if (
            year is None
            and _STOCK.search(text[start : figure.amount.number if figure.amount else figure.start])
            and not _PRESENT.search(words)
        ):
            figure.year = None
            figure.reasons.append("a stock or cumulative figure without a date")
            return
        if year is not None:
            if _SINCE.search(text[start:place][-3:]) and re.match(
                r"\d{4}年?[^，。]{0,12}?(?:以来|至今|开始|起)", text[place : place + 24]
            ):
                figure.year = None
                return
            figure.year = year
            return
        if figure.wholes and figure.wholes[0].year is not None:
            figure.year = figure.wholes[0].year
            return
        opening = text[start : start + 2]
        if opening == "其中" and figure.wholes:
            figure.year = figure.wholes[0].year
            return
        figure.year = self._reading.year

    def _stated_year(self, start: int, end: int) -> tuple[int | None, int]:
        """The last year named there that dates what follows it, and its place."""
        index = bisect_right(self._year_places, end) - 1
        while index >= 0 and self._years[index][0] >= start:
            place, year = self._years[index]
            index -= 1
            before = self._text[max(0, place - 2) : place]
            if _COMPARISON.search(before) or self._is_quoted(place):
                continue
            if self._layout.bracket(place) not in (-1, self._layout.bracket(end)):
                continue
            return year, place
        return None, start

    def _is_quoted(self, place: int) -> bool:
        """Inside 《》, 〔〕 or a bracket of a title or number."""
        opening = max(self._text.rfind(mark, max(0, place - 90), place) for mark in "《〔")
        if opening < 0:
            return False
        closing = max(self._text.rfind(mark, opening, place) for mark in "》〕\n")
        return closing < opening

    def _set_channels(self, figure: Figure) -> None:
        place = figure.place
        for start, end in (
            (place.label, figure.start),
            (place.clause, figure.start),
            (figure.end, place.after),
        ):
            found = self._channels_in(start, end)
            if found:
                figure.channels = found
                return
        floor = place.sentence
        found = self._channels_in(floor, place.clause)
        words = self._text[floor : place.clause]
        if (
            found
            and _THROUGH.search(words[: self._first_channel(floor, place.clause) - floor])
            and not re.search(r"\d[万余多]*[条件次篇场期个]", words)
        ):
            figure.channels = found
        elif figure.wholes and figure.wholes[0].channels:
            figure.channels = figure.wholes[0].channels

    def _carry_channels(self, figure: Figure) -> None:
        """信箱收到来信A件，办结B件: all went through the mailbox that the sentence began with."""
        last, self._last_counted = self._last_counted, figure
        if figure.channels:
            return
        if figure.base is not None and figure.base.channels:
            figure.channels = figure.base.channels
        elif last is not None and last.channels and last.place.sentence == figure.place.sentence:
            family = figure.metric.partition("-")[0]
            if family in _CHANNEL_FAMILIES and family == last.metric.partition("-")[0]:
                figure.channels = last.channels

    def _first_channel(self, start: int, end: int) -> int:
        return self._channels[self._channel_places.between(start, end)[0]].start

    def _channels_in(self, start: int, end: int) -> list[str]:
        ids = [self._channels[index].id for index in self._channel_places.between(start, end)]
        return list(dict.fromkeys(ids))

    def _set_category(self, figure: Figure) -> None:
        place = figure.place
        for start, end in (
            (place.label, figure.start),
            (figure.end, place.after),
            (place.clause, figure.start),
        ):
            found = self._category_places.between(start, end)
            if found:
                figure.category = self._categories[found[-1]].id
                return
        if figure.wholes and figure.wholes[0].category:
            figure.category = figure.wholes[0].category

    def _set_agency(self, figure: Figure) -> None:
        place = figure.place
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
        if self._use_subject(figure, place.sentence, place.clause):
            return
        if self._use_owner(figure):
            return
        if self._use_subject(figure, place.paragraph, place.sentence, carried=True):
            return
        figure.agency = self._reading.publisher
        figure.scope = Scope.AGENCY
        figure.reasons.append("no subject is stated: the publisher's")

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

    def _use_subject(self, figure: Figure, start: int, end: int, carried: bool = False) -> bool:
        """Take the body that is the subject of these words, if one is."""
        found = self._agency_places.between(start, end)
        nearest_first = carried or end != figure.start
        for index in reversed(found) if nearest_first else found:
            mention = self._agencies[index]
            if self._is_object(mention, start) or self._is_counted(mention, figure):
                continue
            if not self._is_subject(mention, start, end == figure.start, carried):
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

    def _is_object(self, mention: AgencyMention, start: int) -> bool:
        text = self._text
        if self._is_quoted(mention.start):
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

    def _is_subject(
        self, mention: AgencyMention, start: int, own_clause: bool, carried: bool
    ) -> bool:
        """Whether a body stands where a subject stands: first in its clause, or behind 由.

        Of the figure's own clause a jurisdiction (全市) counts wherever it is.
        """
        if own_clause and mention.scope is Scope.JURISDICTION:
            return True
        text = self._text
        floor = self._layout.sentence(mention.start)[0] if carried else start
        if not carried:
            for mark in "，；：":
                floor = max(floor, text.rfind(mark, floor, mention.start) + 1)
        lead = text[floor : mention.start]
        return lead.endswith(("由", "据")) or bool(_SUBJECT_LEAD.fullmatch(lead))

    def _use_owner(self, figure: Figure, near: bool = False) -> bool:
        """The owner of the website that a government's report counts on.

        `near`: only if it is named in the figure's own clause.
        """
        if len(figure.channels) != 1:
            return False
        if near and figure.channels[0] not in self._channels_in(figure.place.clause, figure.start):
            return False
        if near and not figure.wholes:
            return False
        owner = next((item.owner for item in self._channels if item.id == figure.channels[0]), None)
        body: Body | None = self._bodies.get(owner) if owner else None
        if body is None or body.id == self._reading.publisher.id:
            return False
        publisher = self._reading.publisher
        if not self._reading.rollup and not publisher.name.endswith("政府"):
            return False
        figure.agency, figure.scope = body, Scope.AGENCY
        figure.reasons.append("the owner of the channel named")
        return True
