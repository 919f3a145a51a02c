"""The whole of every share and the base of every rate: 占18.5%, 办结率96.88%, 全文电子化率100%.

A share is of what its item is part of; else the quotient that was printed tells the base.
"""

import re
from itertools import takewhile

from gongkai.graph.extract import Kind, Semantic

from .distributions import run_from
from .figures import Figure
from .units import of_one_kind

_CLASS_SHARE = re.compile(
    r"[，、；：]?[一-龥]{2,}类(?:政府)?(?:信息)?占(?:比|总数的?|总量的?)?(?:为|达|约)?$"
)
_ITEMS = re.compile("(?:公开|发布|公布)[^，。；]*信息|信息[^，。；]*(?:公开|发布|公布)")
_OWN_WORDS = re.compile(r"[，、；]?(?:其中，?)?(?!其中)[一-龥]{2,}占")
_FAR = 14  # figures looked back at for a base
_WINDOW = 60
_NEAR = 16  # characters between a total and the rate that speaks of it
_OF_ALL = re.compile(
    "[答回][复覆]率?|办结率?|办理率|公开率|处理率?|电子化|解读率|整改率|受理率|反馈率|更新率|按时率"
)


def find_bases(figures: list[Figure], text: str, earlier: list[Figure]) -> None:
    """Set `base` and `wholes` of every share and rate of one paragraph; `figures` in order.

    `earlier`: the totals of the paragraphs before, of which the shares may be.
    """
    last: Figure | None = None  # what the share before was of
    respectively = _respectively(figures, text)
    for index, figure in enumerate(figures):
        if figure.unit not in ("%", "‰") or figure.kind is not Kind.RATE or figure.wholes:
            continue
        before = figures[max(index - _WINDOW, 0) : index]
        counts = [
            c
            for c in before
            if c.is_count and (c.semantic is not Semantic.ZERO or _is_zero_of(figure, c))
        ][-_FAR:]
        share = "占" in figure.label
        if share and _CLASS_SHARE.match(figure.label) and index not in respectively:
            whole = _disclosed(figure, [*earlier, *before], text)
            if whole is not None:
                figure.wholes, last = [whole], whole
                continue
        figure.base = item = respectively.get(index) or _item(counts, figure, text)
        if item is None:
            continue
        if share and _OWN_WORDS.match(figure.label) and _is_divided(item, figure, text, last):
            figure.base, figure.wholes, last = None, [item], item
            continue
        whole = _whole_of_share(item, figure, counts, last) if share else None
        whole = whole or _as_before(figures, index) or _by_quotient(figure, counts)
        if whole is None and share:
            whole = next((t for t in reversed(earlier) if _fits(figure, item, t)), None)
        if whole is None and not share and _OF_ALL.search(figure.label):
            whole = _all_of(item, figure, counts)
        if whole is None:
            continue
        figure.wholes = [whole]
        if share:
            last = whole
            item.wholes = item.wholes or [whole]


def _is_zero_of(figure: Figure, count: Figure) -> bool:
    """当面申请0件，占0%: a share of nothing is that of a printed zero."""
    return figure.value == 0 and count.amount is not None


def _disclosed(figure: Figure, totals: list[Figure], text: str) -> Figure | None:
    """The total of disclosed items that shares of classes are of: 按内容分，政策法规类占6.2%."""
    new = "新增" in text[figure.place.sentence : figure.start]
    found = [
        total
        for total in totals
        if total.is_count
        and not total.wholes
        and total.value
        and "电子化" not in total.label
        and _ITEMS.search(text[total.place.clause : total.start])
    ]
    fresh = [total for total in found if "新增" in total.label] if new else []
    return next(reversed(fresh or found), None)


def _is_divided(item: Figure, figure: Figure, text: str, last: Figure | None) -> bool:
    """办理1527件，其中予以公开占58.5%、不予公开占7.3%: shares that have no counts of their own."""
    if item.place.sentence != figure.place.sentence or figure.place.bracket != item.place.bracket:
        return False
    return last is item or "其中" in text[item.end : figure.start]


def _respectively(figures: list[Figure], text: str) -> dict[int, Figure]:
    """当面8件、信函4件，分别占66.7%和33.3%: as many shares as counts before them, one for each."""
    found: dict[int, Figure] = {}
    for index, figure in enumerate(figures):
        if index in found or figure.kind is not Kind.RATE or "分别" not in figure.label:
            continue
        listed = run_from(figures[index:], text)
        run = list(takewhile(lambda one: one.kind is Kind.RATE, listed))
        items = [
            one
            for one in figures[:index]
            if one.is_count
            and one.place.sentence == figure.place.sentence
            and one.place.bracket == figure.place.bracket
        ][-len(run) :]
        if len(items) == len(run) > 1:
            found |= dict(enumerate(items, start=index))
    return found


def _as_before(figures: list[Figure], index: int) -> Figure | None:
    """分别为17.4%、6.5%和58.7%: a rate without words of its own is of what the one before is of."""
    before = figures[index - 1] if index else None
    bare = before is not None and not figures[index].label.strip("，、和及与")
    same = before is not None and before.place.clause == figures[index].place.clause
    if before is None or not (bare and same) or before.kind is not Kind.RATE or not before.wholes:
        return None
    return before.wholes[0]


def _item(counts: list[Figure], figure: Figure, text: str) -> Figure | None:
    """The count that a share or rate speaks of: the nearest before it, closed brackets left out."""
    here = figure.place.bracket
    outside = [c for c in counts if c.place.bracket in (here, -1) or c.start < here]
    nearest = outside[-1] if outside else None
    if nearest is None or nearest.place.sentence == figure.place.sentence:
        return nearest
    between = text[nearest.end : figure.start]
    return nearest if between.count("。") <= 1 and len(between) < 60 else None


def _whole_of_share(
    item: Figure, figure: Figure, counts: list[Figure], last: Figure | None
) -> Figure | None:
    """What an item is said to be part of, else what the share before it was of, if that fits."""
    if item.wholes:
        return item.wholes[0]
    if last in counts and last is not None and _fits(figure, item, last):
        return last
    return None


def _all_of(item: Figure, figure: Figure, counts: list[Figure]) -> Figure | None:
    """The base of 答复率100%: the only total of its sentence, or the one right before it."""
    near = figure.start - item.end <= _NEAR
    if "电子化" in figure.label and near:
        return item
    if item.wholes or item.place.sentence != figure.place.sentence:
        return None
    totals = [c for c in counts if c.place.sentence == figure.place.sentence and not c.wholes]
    done = _OF_ALL.search(figure.label)
    if len(totals) > 1 and done and done[0][:2] in item.label:
        return totals[-2]  # 收到100件，办结90件，办结率90%
    near = near and _alone(item, totals)
    return item if len(totals) == 1 or near else None


def _alone(item: Figure, totals: list[Figure]) -> bool:
    """Not one of several that a rate is said of together: 建议56件、提案78件，办结率100%."""
    before = [total for total in totals if total.end <= item.start]
    return not before or before[-1].place.clause != item.place.clause


def _by_quotient(figure: Figure, counts: list[Figure]) -> Figure | None:
    item = figure.base
    others = [other for other in reversed(counts) if item and other.start < item.start]
    near = next((other for other in others if item and _fits(figure, item, other)), None)
    if near is not None or "占" in figure.label:
        return near
    parts = [c for c in counts if c.wholes and c.place.sentence == figure.place.sentence]
    return next((c.wholes[0] for c in parts if _fits(figure, c, c.wholes[0])), None)


def _fits(figure: Figure, item: Figure, whole: Figure) -> bool:
    """Whether the printed rate is that of the item in the whole, as far as both were rounded."""
    if not figure.amount or not whole.value >= item.value > 0:
        return False
    if not of_one_kind(item.unit, whole.unit):
        return False
    scale = 1000 if figure.unit == "‰" else 100
    slack = float(figure.amount.granularity) * 0.55
    low, high = _bounds(item), _bounds(whole)
    least, most = scale * low[0] / high[1] - slack, scale * low[1] / high[0] + slack
    return least <= figure.value <= most


def _bounds(figure: Figure) -> tuple[float, float]:
    half = (
        float(figure.amount.granularity) / 2
        if figure.amount and figure.amount.granularity > 1
        else 0.0
    )
    return figure.value - half, figure.value + half
