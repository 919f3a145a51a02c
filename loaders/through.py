"""Through which channels a figure went, and of which category it is."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from gongkai.graph.dictionary.metrics import describe, metric_through

from .figures import Figure
from .reading import CategoryMention, ChannelMention

_THROUGH = re.compile(r"(?:通过|利用|依托|借助|运用|经由|在|于|以)[^，。；]{0,40}$")
_AND_SO_ON = re.compile(
    "[^，。；]{0,12}?等(?:各类|各种|各|方面的?|相关|有关)*(?:政府|政务)?(?:信息|内容)"
)
_AMOUNT = re.compile(r"\d[万余多]*[条件次篇场期个]")
_SUBJECT_LEAD = re.compile(
    r"(?:[一二三四五六七八九]是|其中|全年|今年|本年度?|年内|(?:19|20)\d{2}年|[，：\s（）()一二三四五六七八九十\d.、])*[^，。；：通过在向对从由]{0,8}?"
)
_TITLE = re.compile(r"[^，。；\n]{2,24}[。：\n]")
_POSTED = re.compile(
    "(?:发布|推送|发表|推出|原创|转发|发)的?(?:微博|微信)(?:信息|图文|文章|内容)?(?:共|约)?$"
)
_FAMILIES = frozenset(("mailbox", "gazette", "hotline"))
_ANSWERED = frozenset(("hotline", "mailbox", "consultations", "complaints"))
_ANSWERING = frozenset(("hotline", "mailbox"))
_PUBLISHING = re.compile("(?:发布|公开|公布|更新|上传|刊登|刊载|展示)(?!会|栏|平台|专栏|网)")
_CONTENT = frozenset(("gazette", "press", "interview"))  # may be what is published elsewhere
_JOINT = re.compile("[、和及与各均都]")
_JOINTS = frozenset(("、", "和", "及", "与", "以及"))
_EVENTS = frozenset(("press", "interview"))  # nothing but themselves goes through them
# 微信公众号发布71条，订阅数1616人: those who read are of the channel before.
_AUDIENCE = frozenset(("followers", "readership", "site-visits", "site-visitors"))
_PEOPLE = frozenset(("人", "名", "位"))  # what they look after says nothing of a way
_DISCLOSED = frozenset(("proactive", "rules"))
_ITEMS = frozenset(("条", "件", "篇", "份", "则", None))


@dataclass(frozen=True, slots=True)
class Places:
    """Mentions in order, found by place."""

    starts: list[int]

    def between(self, start: int, end: int) -> range:
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))


class Through:
    """The channels and categories named in a text, and those of a figure."""

    def __init__(
        self, text: str, channels: list[ChannelMention], categories: list[CategoryMention]
    ) -> None:
        self._text = text
        self.channels = sorted(channels, key=lambda item: item.start)
        self._types = {item.id: item.type for item in channels}
        self._categories = sorted(categories, key=lambda item: item.start)
        self._channel_places = Places([item.start for item in self.channels])
        self._category_places = Places([item.start for item in self._categories])
        self._last: Figure | None = None
        self._inherited: set[int] = set()  # figures whose channels stand before another figure

    def find(self, figure: Figure) -> None:
        """The channels named at a figure, in its clause or at the head of its sentence."""
        place = figure.place
        figure.channels = (
            self._of_item(figure)
            or self._published_through(place.label, figure.start)
            or (self.named(figure.end, place.after) if figure.unit not in _PEOPLE else [])
            or self._in_clause(figure)
            or self._at_head(place.sentence, place.clause)
        )
        figure.channels = self._same_account(figure) or figure.channels
        figure.channel_types = frozenset(self._types[id] for id in figure.channels)
        if not figure.channels and figure.wholes:
            figure.channels = figure.wholes[0].channels

    def _of_item(self, figure: Figure) -> list[str]:
        """微博、微信各公开12条: of the one thing of several that the figure is said of."""
        if figure.amount is None or figure.start >= figure.amount.start:
            return []
        joint = _JOINT.search(self._text, figure.start, figure.amount.start)
        return self.named(figure.start, joint.start() if joint else figure.start)

    def _published_through(self, start: int, end: int) -> list[str]:
        """The channels named there; 在网站发布政府公报、发布会信息12条 went through the website alone."""
        found = [self.channels[index] for index in self._channel_places.between(start, end)]
        verb = _PUBLISHING.search(self._text, found[0].end, end) if len(found) > 1 else None
        if verb:
            found = [c for c in found if c.start < verb.start() or c.type not in _CONTENT]
        return list(dict.fromkeys(item.id for item in found))

    def _same_account(self, figure: Figure) -> list[str]:
        """“甲发布”微博粉丝A万，发布微博B条: the second names what is posted, on the same account."""
        last = self._last
        if last is None or last.place.sentence != figure.place.sentence or not last.channels:
            return []
        posted = _POSTED.search(self._text, figure.place.label, figure.start)
        types = {self._types[id] for id in figure.channels}
        return (
            last.channels if posted and {self._types[id] for id in last.channels} == types else []
        )

    def _in_clause(self, figure: Figure) -> list[str]:
        place = figure.place
        before = self._lasting(place.clause, place.label)
        if before and _AMOUNT.search(self._text, place.clause, place.label):
            self._inherited.add(id(figure))
        return before

    def settle(self, figure: Figure) -> None:
        """The channels that the figure shares with the one before it, once its metric is known."""
        last, self._last = self._last, figure
        inherited = id(figure) in self._inherited
        if inherited and not _is_disclosed(figure) and not _of_one_family(figure, last):
            figure.channels = []
        if _is_disclosed(figure) and self._is_answering(figure.channels):
            figure.channels = []  # 便民热线、规划总结等信息12条: the hotline is what is disclosed
        if not figure.channels:
            self._share(figure, last)
        types = frozenset(self._types[id] for id in figure.channels)
        if _may_be_through(figure, types) and not figure.wholes:
            figure.metric = metric_through(types) or figure.metric

    def _share(self, figure: Figure, last: Figure | None) -> None:
        if figure.base is not None and figure.base.channels:
            figure.channels = figure.base.channels
        elif (
            last
            and last.place.sentence == figure.place.sentence
            and (
                _of_one_family(figure, last)
                or figure.metric in _AUDIENCE
                or (
                    _is_answered(figure)
                    and self._is_answering(last.channels)
                    and "；" not in self._text[last.end : figure.start]
                )
                or (last.channels and self._goes_on(figure, last))
            )
        ):
            figure.channels = last.channels
        if figure.channels:
            return
        if _is_disclosed(figure) or figure.metric in _AUDIENCE:
            figure.channels = self._subject(figure) or self._titled(figure)
        elif _is_answered(figure) and self._is_answering(subject := self._subject(figure)):
            figure.channels = subject

    def _is_answering(self, channels: list[str]) -> bool:
        return bool(channels) and all(self._types[id] in _ANSWERING for id in channels)

    def _subject(self, figure: Figure) -> list[str]:
        """门户网站全年访问量A次，新增信息B条: what the sentence is about, up to another channel."""
        start = max(figure.place.sentence, self._text.rfind("；", 0, figure.start) + 1)
        named = [self.channels[i] for i in self._channel_places.between(start, figure.start)]
        if not named:
            return []
        joined = all(self._text[a.end : b.start] in _JOINTS for a, b in pairwise(named))
        said = _SUBJECT_LEAD.fullmatch(self._text, start, named[0].start)
        last = named[-1]
        stops = last.type in _EVENTS or self._text[last.end : last.end + 1] in "，、和及"
        return [item.id for item in named] if said and joined and not stops else []

    def _titled(self, figure: Figure) -> list[str]:
        """（二）政务微博。全年发布信息A条: the channel that a paragraph's title names, if it is one."""
        place = figure.place
        title = _TITLE.match(self._text, place.paragraph)
        if not title or title.end() > place.sentence:
            return []
        if self._channel_places.between(title.end(), figure.start):
            return []
        return (
            self._lasting(place.paragraph, title.end())[:1]
            if len(self.named(place.paragraph, title.end())) == 1
            else []
        )

    def _goes_on(self, figure: Figure, last: Figure) -> bool:
        """通过网站公开文件A件，发布解读B篇: the second went through the website too."""
        first = self._text.find("，", last.end, figure.start) - last.end
        return (
            0 <= first <= 2
            and "；" not in self._text[last.end : figure.start]
            and _is_disclosed(figure)
            and (last.is_open or _is_disclosed(last))
            and self._is_led(last)
        )

    def _is_led(self, figure: Figure) -> bool:
        """Whether the sentence names a channel by a word of way: 通过网站."""
        start = figure.place.sentence
        named = self._channel_places.between(start, figure.start)
        first = next((c for c in (self.channels[i] for i in named) if c.type not in _EVENTS), None)
        return first is not None and bool(_THROUGH.search(self._text[start : first.start + 1]))

    def _at_head(self, sentence: int, clause: int) -> list[str]:
        """The channels of 通过网站，…: said before the clause, with no figure in between."""
        found = self._lasting(sentence, clause)
        if not found:
            return []
        first = self.channels[self._channel_places.between(sentence, clause)[0]].start
        led = _THROUGH.search(self._text[sentence:first])
        return found if led and not _AMOUNT.search(self._text, sentence, clause) else []

    def named(self, start: int, end: int) -> list[str]:
        """The ids of the channels named there."""
        ids = [self.channels[index].id for index in self._channel_places.between(start, end)]
        return list(dict.fromkeys(ids))

    def _lasting(self, start: int, end: int) -> list[str]:
        """Those of them that what follows may go through too: not 政府公报4条 of a list of items."""
        found = [self.channels[index] for index in self._channel_places.between(start, end)]
        return list(
            dict.fromkeys(
                item.id
                for item in found
                if item.type not in _EVENTS and not _AMOUNT.match(self._text, item.end)
            )
        )

    def set_category(self, figure: Figure) -> None:
        place = figure.place
        for start, end in (
            (place.label, figure.start),
            (figure.end, place.after),
            (place.clause, figure.start),
        ):
            found = self._category_places.between(start, end)
            if found and not self._is_other(self._categories[found[-1]], figure):
                figure.category = self._categories[found[-1]].id
                return
        for other in (figure.base, *figure.wholes):
            if other is not None and other.category:
                figure.category = other.category
                return

    def _is_other(self, mention: CategoryMention, figure: Figure) -> bool:
        """Whether a category is no figure's own: 街道动态64条、通知公告12条、其他8条, where a figure before
        has it, or 公告、政策解读等各类信息120条, where it is an instance of what is counted.
        """
        of_another = mention.end < figure.place.label and _AMOUNT.search(
            self._text, mention.end, figure.place.label
        )
        listed = self._text.rfind("、", figure.place.label, mention.start) >= 0
        instance = listed and _AND_SO_ON.match(self._text, mention.end, figure.start)
        return bool(of_another or instance)


def _may_be_through(figure: Figure, types: frozenset[str]) -> bool:
    """Whether it counts items, or those of one channel where its words name none and it shares several."""
    if figure.metric == "items-disclosed":
        return True
    said = describe(figure.metric).channel_types
    return bool(said) and not figure.channel_types and not types <= set(said)


def _is_disclosed(figure: Figure) -> bool:
    """Whether it counts what is published somewhere: items, documents, interpretations."""
    if figure.is_open:
        return figure.unit in _ITEMS and "/" not in figure.metric.removeprefix("open/")
    entry = describe(figure.metric)
    return (
        entry.topic in _DISCLOSED
        or bool(entry.channel_types)
        or figure.metric == "policy-interpretations"
    )


def _is_answered(figure: Figure) -> bool:
    """Whether it counts what a hotline or a mailbox takes and answers."""
    return figure.metric.partition("-")[0] in _ANSWERED


def _of_one_family(figure: Figure, last: Figure | None) -> bool:
    family = figure.metric.partition("-")[0]
    return last is not None and family in _FAMILIES and family == last.metric.partition("-")[0]
