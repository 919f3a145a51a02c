"""Which figure is part of which: 其中 lists, brackets, totals after their parts, shares and rates.

Words decide first; where they leave it open, sums and quotients do, because the reports print
them to be checked.
"""

import re

from gongkai.graph.extract import Kind

from .figures import Figure

_OF_WHICH = re.compile(
    r"(?:^|[，。；、：（(])(?:其中|当中|含|包括|包含|分别(?:为|是)|具体(?:为|是|如下)|即)"
)
_IN_THESE = re.compile(r"^(?:在|从)[^，。]{2,24}(?:中|里)[，,]|^按[^，。]{2,14}(?:分|划分|统计)")
_TOTAL = re.compile(r"(?:合计|总计|共计|总共|累计|共)(?:[^，。；]{0,12})$")
_NEW_MATTER = re.compile(
    r"^(?:同时|此外|另外|另|并(?!轨)|还|全年|年内|本年度?|(?:19|20)\d{2}年|[一二三四五六七八九]是|[（(][一二三四五六七八九])"
)
_STARTS_ANEW = re.compile(
    r"(?:主动)?(?:公开|发布)|通过|召开|举办|举行|开展|印发|制作|收到|受理|组织|完成|共"
)
# Words that begin another matter than the list's: 办结95件 behind 收到100件，其中网上80件.
_MATTER = re.compile(
    r"行政诉讼|行政复议|申诉|举报|投诉|办结|答复(?!率)|回复|培训|(?<!未)收到|受理|召开|举办|开展|印发"
)
_SAME_UNITS = (
    frozenset(
        [
            "件",
            "条",
            "份",
            "宗",
            "起",
            "篇",
            "项",
            "个",
            "次",
            "则",
            "期",
            "例",
            "卷",
            "封",
            "笔",
            "种",
            "类",
            "部",
        ]
    ),
    frozenset(["人", "名", "位", "人次"]),
    frozenset(["次", "场", "期", "场次", "人次", "个"]),
    frozenset(["家", "户", "个", "所", "处"]),
    frozenset(["件", "件次", "条", "条次", "篇", "篇次", "次"]),
)
_BRACKETED = re.compile(r"（[^（）]*）")
_OTHER_YEAR = re.compile(r"(?:上一?年度?|去年|(?:19|20)\d{2}年度?)(?:同期)?(?:为|是|有|共|仅)?$")
_PEOPLE = frozenset(("人", "名", "位"))
_WINDOW = 60  # figures that a list may reach over
_FAR = 14  # figures looked back at for a base


def of_one_kind(part: str | None, whole: str | None) -> bool:
    """Whether a part may be counted in a unit and its whole in another: 人 and 名, 件 and 条."""
    if part == whole or part is None or whole is None:
        return True
    return any(part in units and whole in units for units in _SAME_UNITS)


def find_wholes(figures: list[Figure], text: str) -> None:
    """Set `wholes` of every figure of one paragraph; `figures` in order."""
    _in_brackets(figures, text)
    _in_lists(figures, text)
    _totals_behind(figures, text)
    _sums(figures)


def _may_hold(whole: Figure, part: Figure) -> bool:
    if not whole.is_count or whole.kind is not part.kind or whole is part:
        return False
    if part.upper is None and whole.value < part.value:
        return False
    return of_one_kind(part.unit, whole.unit)


def _in_brackets(figures: list[Figure], text: str) -> None:
    for index, figure in enumerate(figures):
        opening = figure.place.bracket
        if opening < 0 or not figure.is_count:
            continue
        for other in reversed(figures[max(index - _WINDOW, 0) : index]):
            if other.place.bracket == opening or other.start > opening:
                continue
            between = text[other.end : opening]
            close = len(between) <= 16 and not re.search("[，。；、：,;]", between)
            if _OTHER_YEAR.match(text, opening + 1, figure.start):
                break
            if close and _may_hold(other, figure):
                figure.wholes = [other]
            break


def _in_lists(figures: list[Figure], text: str) -> None:
    """其中 opens parts of the nearest totals before it, up to the end of the sentence.

    Two totals may be divided together: 25件2950元，其中甲1件420元；乙2件290元.
    """
    opened: tuple[int, int, str | None] | None = None  # place, index of the first part, its unit
    of_sentence = -1
    for index, figure in enumerate(figures):
        place = figure.place
        if place.sentence != of_sentence:
            opened, of_sentence = None, place.sentence
        if figure.wholes or not figure.is_count:
            continue
        opener = _last_opener(text, _floor(figures, index, place.sentence), figure)
        if opener >= 0:
            opened = (opener, index, figure.unit)
        if opened is None or (place.bracket >= 0 and opened[0] < place.bracket):
            continue
        whole = _total_before(
            figures[max(opened[1] - _WINDOW, 0) : opened[1]], figure, opened[0], text
        )
        if whole is None or (opener < 0 and _leaves_list(figure, whole, opened[2], text)):
            if place.bracket < 0 and not figure.wholes:
                opened = None
            continue
        figure.wholes = [whole]


def _floor(figures: list[Figure], index: int, sentence: int) -> int:
    """Where the words before a figure begin: after the figure before it of the same sentence."""
    if index and figures[index - 1].end > sentence:
        return figures[index - 1].end
    return sentence


def _last_opener(text: str, start: int, figure: Figure) -> int:
    """Where 其中 or its like stands among the words that lead to a figure, or -1."""
    words = _BRACKETED.sub(lambda match: " " * len(match[0]), text[start : figure.start])
    opener = -1
    for match in _OF_WHICH.finditer(words):
        opener = start + match.start()
    if opener < 0 and _IN_THESE.match(words.lstrip("，。；：、")):
        opener = start
    return opener


def _total_before(before: list[Figure], part: Figure, opener: int, text: str) -> Figure | None:
    """The total that a list beginning at `opener` divides."""
    inside = part.place.bracket
    seen = 0
    for other in reversed(before):
        if seen > _FAR:
            return None
        if other.place.bracket != inside:
            continue
        if text.count("。", other.end, opener) > 1:
            return None
        seen += 1
        if other.start < opener and _may_hold(other, part):
            return other
    return None


def _leaves_list(figure: Figure, whole: Figure, unit: str | None, text: str) -> bool:
    """Whether a figure behind 其中 speaks of something else by now."""
    listed = text[figure.place.label - 1] == "、" or figure.unit in _PEOPLE
    same = figure.unit in (whole.unit, unit, None) or figure.kind is Kind.MONEY
    same = same or (listed and of_one_kind(figure.unit, unit))
    lead = text[figure.place.clause : figure.start].lstrip("，；、")
    if not same or _NEW_MATTER.match(lead):
        return True
    if text[figure.place.clause - 1] == "；" and _STARTS_ANEW.match(lead):
        return True
    matter = _MATTER.search(figure.label)
    return matter is not None and matter[0] not in whole.label


def _totals_behind(figures: list[Figure], text: str) -> None:
    """A total that comes after its parts: 合计42人次."""
    for index, total in enumerate(figures):
        if (
            not total.is_count
            or index < 2
            or not _TOTAL.search(text[total.place.label : total.start] or total.label)
        ):
            continue
        _adopt_parts(
            total,
            [
                f
                for f in figures[max(index - _WINDOW, 0) : index]
                if f.place.sentence == total.place.sentence
            ],
        )


def _adopt_parts(total: Figure, before: list[Figure]) -> None:
    parts: list[Figure] = []
    left = total.value
    for figure in reversed(before):
        if not figure.is_count or figure.wholes or not of_one_kind(figure.unit, total.unit):
            continue
        left -= figure.value
        parts.append(figure)
        if left == 0 and len(parts) > 1:
            for part in parts:
                part.wholes = [total]
            return
        if left < 0:
            return


def _sums(figures: list[Figure]) -> None:
    """Without any word for it: a total and right after it parts that add up to it exactly."""
    for index, total in enumerate(figures):
        if not total.is_count or total.value <= 1:
            continue
        left, parts = total.value, list[Figure]()
        for part in figures[index + 1 : index + _WINDOW]:
            if part.place.sentence != total.place.sentence or (
                part.wholes and part.wholes != total.wholes
            ):
                break
            if not part.is_count:
                continue
            if (part.unit != total.unit and part.unit is not None) or part.wholes:
                break
            left -= part.value
            parts.append(part)
            if left <= 0:
                break
        if left == 0 and len([part for part in parts if part.value]) > 1:
            for part in parts:
                part.wholes = [total]


def find_bases(figures: list[Figure], text: str) -> None:
    """The whole of every share and the base of every rate, in one paragraph."""
    for index, figure in enumerate(figures):
        if figure.unit not in ("%", "‰") or figure.kind is not Kind.RATE or figure.wholes:
            continue
        counts = [
            other
            for other in figures[max(index - _WINDOW, 0) : index]
            if other.is_count and other.semantic.value != "ZERO"
        ][-_FAR:]
        if not counts:
            continue
        figure.base = _item(counts, figure, text)
        if figure.base is None:
            continue
        by_quotient = _by_quotient(figure, counts)
        share = "占" in figure.label
        if share and figure.base.wholes:
            figure.wholes = [figure.base.wholes[0]]
        elif by_quotient is not None:
            figure.wholes = [by_quotient]
            if share and not figure.base.wholes:
                figure.base.wholes = [by_quotient]
        elif (
            not share
            and figure.value == 100
            and len(
                [
                    c
                    for c in counts
                    if c.place.sentence == figure.base.place.sentence and not c.wholes
                ]
            )
            == 1
            and re.search("[答回]复率|办结率|办理率|公开率|处理率", figure.label)
        ):
            figure.wholes = [figure.base]


def _item(counts: list[Figure], figure: Figure, text: str) -> Figure | None:
    """The count that a share or rate speaks of: the nearest before it."""
    nearest = counts[-1]
    if nearest.place.sentence == figure.place.sentence:
        return nearest
    between = text[nearest.end : figure.start]
    return nearest if between.count("。") <= 1 and len(between) < 60 else None


def _by_quotient(figure: Figure, counts: list[Figure]) -> Figure | None:
    item = figure.base
    if item is None or not figure.amount:
        return None
    scale = 1000 if figure.unit == "‰" else 100
    step = float(figure.amount.granularity)
    for other in reversed(counts[:-1]):
        if other.value >= item.value > 0 and of_one_kind(item.unit, other.unit):
            low, high = _bounds(item), _bounds(other)
            if (
                scale * low[0] / high[1] - step * 0.55
                <= figure.value
                <= scale * low[1] / high[0] + step * 0.55
            ):
                return other
    return None


def _bounds(figure: Figure) -> tuple[float, float]:
    half = (
        float(figure.amount.granularity) / 2
        if figure.amount and figure.amount.granularity > 1
        else 0.0
    )
    return figure.value - half, figure.value + half
