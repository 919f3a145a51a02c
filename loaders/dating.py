"""Of which year a figure is: stated, last year's, a stock without a date, or the report's own."""

import re
from bisect import bisect_right
from functools import cache

from gongkai.graph.dictionary.metrics import all_metrics

from .clauses import Layout
from .figures import Figure

_CARRIED = "结转|转结|转入|遗留|延续"
_YEAR = re.compile(
    r"(?<!\d)(?<!结转)(?<!结转[至到])(?<!转入)(?<!延至)"
    r"((?:19|20)\d{2})(?:年(?!度?(?:" + _CARRIED + r"))|[-./]\d{1,2}[-./]\d)(?!第)"
)
_COMPARISON = re.compile(r"(?:比|较|与|同|和|于|相较|相比于|对比)$")
_LAST_YEAR = re.compile(
    r"(?<![比较与同和是为占])(?<!结转)(?:上一?年度|上一?年(?!度)|去年|上年同期)"
    rf"(?!{_CARRIED}|转来|未办结|结余|度?(?:结转|转结)|[^，。]{{0,4}}(?:相比|增|减|上升|下降|持平))"
)
_STOCK = re.compile(
    r"(?<!今年)(?<!年初)(?<!本年)(?<!年)以来|历年|现有|至今|总库存|存量|在册|"
    r"(?:目前|现在)，?[^，。]{0,14}(?:共有|拥有|已有|累计|总计)|总量达|历史累计|上线以来|开通以来|总计拥有|累计总量"
)
_PRESENT = re.compile(
    r"年[内初末底]|全年|本年|当年|今年|(?:19|20)\d{2}年(?!以来|\d|底|末|至今|起|开)|报告期"
)
_OF_YEAR = re.compile(
    r"(?:同比|较|比|与|和)(?:(?P<year>(?:19|20)\d{2})年|上一?年|去年)度?(?:同期)?[的（]$"
)
_TIMES_OF = re.compile(r"\d{4}年度?(?:同期)?(?:（[^（）]*）)?的?[\d.]+倍")
_REACHED = re.compile("(?:增|降|升|减|提高|上升|下降|增加|增长|减少|整合|精简)(?:至|到|为)了?$")
_SINCE = re.compile(r"(?:自|从)$")
_SINCE_YEAR = re.compile(r"\d{4}年?[^，。]{0,12}?(?:以来|至今|开始|起)")
# What was done to a stock is of the year it was done in.
_DONE = re.compile("新[设建开配]|增|减|公布|公开|发布|开通|提升|升级|调整|整合|清理|废止")
_HEAD = 24  # characters at the head of a sentence that speak for all of it


@cache
def _stocks() -> frozenset[str]:
    return frozenset(metric.id for metric in all_metrics() if metric.kind == "stock")


class Dating:
    """The years named in a text, and which of them a figure is of."""

    def __init__(self, text: str, layout: Layout, report_year: int) -> None:
        self._text = text
        self._layout = layout
        self._report_year = report_year
        self._years = [(m.start(), int(m[1])) for m in _YEAR.finditer(text)]
        self._places = [place for place, _ in self._years]

    def settle(self, figure: Figure) -> None:
        """Set the year of a figure; those of its base and wholes must be set already."""
        start, text = figure.place.sentence, self._text
        if figure.year_said is not None:
            figure.year = figure.year_said
            return
        if figure.metric.endswith("/multiple"):
            figure.year = self._report_year
            return
        at_figure = _OF_YEAR.search(text, start, figure.start)
        if at_figure:  # 同比2015年的120件, whatever it is compared with
            said = at_figure["year"]
            figure.year = int(said) if said else self._report_year - 1
            return
        year, place = self._stated(start, figure.start)
        before = text[max(place, figure.place.since) : figure.start]
        last = _LAST_YEAR.search(text, max(place, figure.place.since), figure.end)
        if last and last.end() <= figure.start and year in (None, self._report_year):
            figure.year = self._report_year - 1
            return
        if year is not None and place < figure.place.since and _REACHED.search(before):
            figure.year = self._report_year  # 由2022年的61件增至102件
            return
        words = text[figure.place.clause : figure.start]
        if year is None and self._is_stock(figure) and not _PRESENT.search(words):
            figure.year = None
            figure.reasons.append("a stock or cumulative figure without a date")
            return
        if year is not None:
            since = _SINCE.search(text[start:place][-3:])
            figure.year = None if since and _SINCE_YEAR.match(text, place, place + 24) else year
            return
        if figure.wholes and (
            figure.wholes[0].year is not None
            or text.startswith("其中", start)
            or figure.metric in _stocks()
        ):
            figure.year = figure.wholes[0].year
            return
        figure.year = self._report_year

    def _is_stock(self, figure: Figure) -> bool:
        """Whether words of a stock lead up to it, behind the figure before or at the sentence's head."""
        text, place = self._text, figure.place
        near = text[place.since : figure.amount.number if figure.amount else figure.start]
        head = text[place.sentence : min(place.sentence + _HEAD, figure.start)]
        if figure.metric in _stocks() and not figure.wholes:
            clause = text[min(place.clause, place.since) : figure.start]
            if not _DONE.search(clause):
                return True  # staff, reading points, followers: counted since whenever
        return bool(_STOCK.search(near) or _STOCK.match(head.lstrip("，。；、 ")))

    def _stated(self, start: int, end: int) -> tuple[int | None, int]:
        """The last year named there that dates what follows it, and its place."""
        index = bisect_right(self._places, end) - 1
        while index >= 0 and self._years[index][0] >= start:
            place, year = self._years[index]
            index -= 1
            before = self._text[max(0, place - 2) : place]
            compared = _COMPARISON.search(before) or _TIMES_OF.match(self._text, place, end)
            if compared or is_quoted(self._text, place):
                continue
            if self._layout.bracket(place) not in (-1, self._layout.bracket(end)):
                continue
            return year, place
        return None, start


def is_quoted(text: str, place: int) -> bool:
    """Inside 《》, 〔〕 or a bracket of a title or number."""
    opening = max(text.rfind(mark, max(0, place - 90), place) for mark in "《〔")
    if opening < 0:
        return False
    closing = max(text.rfind(mark, opening, place) for mark in "》〕\n")
    return closing < opening
