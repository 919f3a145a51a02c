"""Changes against another year: 同比增长, 减少30件, 由A增加到B, 与上年持平."""

import re
from dataclasses import replace

from gongkai.graph.extract import Kind, Qualifier
from gongkai.graph.intervals import RATIOS

from .figures import Figure

_UP = "增长|增加|上升|提高|提升|增多|增幅|净增|扩大|上涨|多出|多|升高|增"
_DOWN = "下降|减少|降低|减幅|回落|下跌|缩减|缩短|压缩|降幅|少|减"
_CHANGE = re.compile(
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:幅度?|率)?(?:了|约|近|为|达|达到|超过|逾)*$"
)
LEVEL = re.compile(rf"(?:{_UP}|{_DOWN})(?:到|至)了?$")
_COMPARED = re.compile(
    r"同比|环比|[比较](?:上|去|前|\d{4}|同期)|[比较]上?年|与(?:上|去|前|\d{4})年[^，。]{0,6}相比|较之|相较|相比|上年同期|去年同期"
)
_FROM = re.compile(
    r"[由从](?P<when>上一?年度?|去年|前年|(?:19|20)\d{2}年度?)?(?:同期|底|末|初|原来|原先|原有|最初)?的?$"
)
_TO = re.compile(
    rf"^[一-龥]{{0,6}}?[，,]?(?:{_UP}|{_DOWN}|发展|扩展|上升|变|整合|精简|归并|合并)(?:到|至|为)"
)
STEADY = re.compile(
    r"(?:(?:数量|总数|总量)?[与和同较](?P<when>上一?年度?|去年|前年|(?:19|20)\d{2}年度?)(?:度|同期)?(?:的?(?:数量|"
    r"数|水平))?(?:相比)?|同比)(?:，)?(?P<nearly>基本|大致|总体|大体)?(?:保持|相)?持平"
)


def is_from(before: str, after: str) -> "re.Match[str] | None":
    """Whether an amount is the A of 由A增加到B; the match's `when` names A's year, if said."""
    match = _FROM.search(before)
    return match if match and _TO.match(after) else None


def read_change(figure: Figure, before: str, clause: str) -> None:
    """Make a figure a change, with its sign, where a verb of change leads up to it.

    `before`: the words before the digits, `clause`: from the beginning of the clause before it.
    """
    if LEVEL.search(before):
        return
    match = _CHANGE.search(before)
    if not match:
        if figure.unit == "个百分点":
            figure.kind = Kind.CHANGE
        return
    relative = figure.unit in RATIOS
    weak = (match["up"] or match["down"]) in ("多", "少", "增", "减")
    if not relative and not _COMPARED.search(clause):
        return
    if weak and not _COMPARED.search(clause):
        return
    figure.kind = Kind.CHANGE
    if match["down"]:
        figure.value = -figure.value
        if figure.upper is not None:
            figure.value, figure.upper = -figure.upper, figure.value


def steady_twin(figure: Figure, start: int, end: int, nearly: bool) -> Figure:
    """Last year's figure, stated by 持平 at `start` to `end`."""
    return replace(
        figure,
        start=start,
        end=end,
        quote_end=end,
        twin=figure,
        wholes=[],
        qualifier=Qualifier.ABOUT if nearly else figure.qualifier,
        reasons=[*figure.reasons, "stated as the same as the year before"],
    )
