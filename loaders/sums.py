"""Parts and wholes told by sums: a total behind its parts, a total right before them.

Reports print totals to be checked; where no word says what is part of what, an exact sum does.
"""

import re
from collections.abc import Callable
from itertools import groupby

from gongkai.graph.extract import Qualifier

from .changes import LEVEL
from .figures import Figure
from .units import of_one_kind

_TOTAL = re.compile(r"(?:合计|总计|共计|总共|累计|共)(?:[^，。；]{0,12})$")
_DIVIDED = re.compile(
    r"(?:^|[。；，\n])(?:从|按照?|以|就)[^，。；]{2,14}(?:看|分|划分|统计|区分|分类|来看|来说)"
)
_TAKEN = re.compile("收到|接到|召开|举办|举行|开展|培训|接待")
_FEW = 10  # sums up to this may be chance, and need words that say that something is divided
_WINDOW = 60  # figures that a list may reach over


def settle_by_sums(figures: list[Figure], text: str, earlier: list[Figure]) -> None:
    """Set `wholes` of the figures of one paragraph that words have left open."""
    _totals_behind(figures, text)
    _sums(figures, text)
    _divided_again(figures, text, earlier)


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


def _sums(figures: list[Figure], text: str) -> None:
    """Without any word for it: a total and right after it parts that add up to it exactly."""
    for index, total in enumerate(figures):
        if not total.is_count or total.qualifier is not Qualifier.EXACT or total.value <= 1:
            continue
        if "电子化" in total.label:
            continue  # how it is there is no total of what there is
        left, parts = total.value, list[Figure]()
        for part in figures[index + 1 : index + _WINDOW]:
            if part.place.sentence != total.place.sentence or (
                part.wholes and part.wholes != total.wholes
            ):
                break
            if not part.is_count:
                continue
            if LEVEL.search(part.label):
                break  # 由163个减少到119个
            if total.value <= _FEW and _is_listed_with(total, part, text):
                break
            if (part.unit != total.unit and part.unit is not None) or part.wholes:
                break
            left -= part.value
            parts.append(part)
            if left <= 0:
                break
        if (
            left == 0
            and not _amid(total, parts, figures)
            and len([part for part in parts if part.value]) > 1
        ):
            for part in parts:
                part.wholes = [total]


def _is_listed_with(total: Figure, part: Figure, text: str) -> bool:
    """公开5件、不公开3件、其他2件: what stands in one list with others is no total of them."""
    return "；" in text[total.end : part.start] or text.startswith("、", total.end)


def _amid(total: Figure, parts: list[Figure], figures: list[Figure]) -> bool:
    """Whether the sum may be chance: the figures stand amid a longer list of the same unit."""
    first, last = figures.index(total), figures.index(parts[-1])
    around = figures[max(first - 1, 0) : first] + figures[last + 1 : last + 2]
    alike = [
        f
        for f in around
        if f.is_count
        and f.amount is not None
        and f.unit == total.unit
        and f.place.sentence == total.place.sentence
        and f.place.bracket == total.place.bracket
    ]
    return len(alike) == 2 and len(parts) == 2


def _divided_again(figures: list[Figure], text: str, earlier: list[Figure]) -> None:
    """收到93件。从方式看，网上61件、信函32件；从申请人看，公民88件、法人5件: one total, two divisions."""
    _divide(figures, earlier, text, lambda figure: (figure.place.sentence, 0))
    _divide(figures, earlier, text, lambda figure: _stretch(figure, text))


def _divide(
    figures: list[Figure],
    earlier: list[Figure],
    text: str,
    stretch: Callable[[Figure], tuple[int, int]],
) -> None:
    """What is divided in each stretch of the text: a sentence, or its part between semicolons."""
    open_counts = [figure for figure in figures if figure.is_count and not figure.wholes]
    for _, group in groupby(open_counts, key=stretch):
        parts = [part for part in group if part.place.bracket < 0]
        total = sum(part.value for part in parts)
        if len([part for part in parts if part.value]) < 2 or len({p.unit for p in parts}) > 1:
            continue
        said = text[parts[0].place.since : parts[0].start]
        if total <= _FEW and not _DIVIDED.search(said):
            continue
        whole = _before(figures, parts[0], total)
        if whole is None and total > _FEW and len(parts) > 2:
            whole = _before(earlier, parts[0], total)
        for part in parts:
            part.wholes = [whole] if whole else []


def _stretch(figure: Figure, text: str) -> tuple[int, int]:
    """The sentence, and its part between semicolons, that a figure stands in."""
    start = figure.place.sentence
    while text[start - 2 : start] == "；\n":  # items of a list, a line each
        start = max(text.rfind("\n", 0, start - 1), text.rfind("。", 0, start - 1)) + 1
    if start != figure.place.sentence:
        return start, 0
    return start, text.count("；", start, figure.start)


def _other_matter(first: Figure, whole: Figure) -> bool:
    """收到建议6条、提案5条 are no parts of 更新11条."""
    said = _TAKEN.search(first.label)
    return said is not None and said[0] not in whole.label


def _before(figures: list[Figure], first: Figure, value: float) -> Figure | None:
    """The nearest count before the first part that is of the value, if any."""
    for other in reversed([figure for figure in figures if figure.start < first.start][-_WINDOW:]):
        if (
            other.is_count
            and other.value == value
            and of_one_kind(first.unit, other.unit)
            and not _other_matter(first, other)
            and "电子化" not in other.label
        ):
            return other
    return None
