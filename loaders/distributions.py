"""One predicate over several figures or several things: 分别为a、b, 均为0件, 各1条."""

import re
from collections.abc import Iterator
from dataclasses import replace

from gongkai.graph.extract import Kind

from .figures import Figure

_EACH = re.compile(
    r"(?P<items>[^，。；：（）]*?)(?:均|都|各|各自|皆)"
    r"(?P<verb>(?:为|有|是|达|达到|共|新增|完成|保持|设立?|设置|设有|建立?|建成|配备|召开|举办|开展|印发|编发|发布|收到|推送|公开)*(?:(?<=[开布送])[^，。；：（）]{0,4}(?:信息|文章))?)$"
)
_RESPECTIVELY = re.compile(r"(?P<items>[^，。；：（）]*?)(?:，)?分别(?P<verb>[一-龥]{0,12}?)$")
_JOINT = re.compile(r"、|以及|及其|和|及|与")
_BETWEEN = re.compile(r"^[、，和及与以及]*$")
_YEAR = re.compile(r"(?:19|20)\d{2}(?=年)")
_AMOUNT = re.compile(r"\d[\d.,]*[万亿]?[余多]?[一-龥]{1,2}$")
_NOT_A_THING = re.compile(r"^(?:其|并|且|他|其他|各|于|以|前|后)?$")


def apart(figures: list[Figure], text: str) -> list[Figure]:
    """The figures, with one for each thing where one number is said of several."""
    spread: list[Figure] = []
    for figure in figures:
        spread += list(_each(figure, text)) or [figure]
    for index, figure in enumerate(spread):
        _align(spread, index, figure, text)
    return spread


def _items(words: str) -> list[tuple[int, str]]:
    """The things of a list with their places: 行政复议、行政诉讼."""
    items: list[tuple[int, str]] = []
    start = 0
    for joint in _JOINT.finditer(words):
        items.append((start, words[start : joint.start()]))
        start = joint.end()
    items.append((start, words[start:]))
    return [(place, item) for place, item in items if not _NOT_A_THING.match(item)]


def _each(figure: Figure, text: str) -> Iterator[Figure]:
    if figure.amount is None:
        return
    start = figure.place.label
    match = _EACH.search(text[start : figure.amount.number])
    if not match:
        return
    items = _items(match["items"])
    if len(items) < 2 or any(len(item) > 18 for _, item in items[1:]):
        return
    for place, item in items:
        begin = start + match.start("items") + place
        label = item + match["verb"]
        yield replace(figure, start=begin, quote_start=begin, label=label, wholes=[], reasons=[])


def run_from(figures: list[Figure], text: str) -> list[Figure]:
    """The first figure, and those behind it that nothing but the marks of a list keeps apart."""
    run = figures[:1]
    for other in figures[1:]:
        if other.amount is None or not _BETWEEN.match(text[run[-1].end : other.start]):
            break
        run.append(other)
    return run


def _align(figures: list[Figure], index: int, figure: Figure, text: str) -> None:
    """Give a、b、c behind 分别 the words of the list before it."""
    if figure.amount is None:
        return
    if "分别" not in figure.label and "分别" not in text[figure.place.clause : figure.start]:
        return
    match = _RESPECTIVELY.search(text[figure.place.sentence : figure.amount.number])
    if not match:
        return
    items = [item for _, item in _items(match["items"])]
    run = run_from(figures[index : index + len(items)], text)
    if len(items) != len(run) or len(items) < 2:
        return
    verb = match["verb"].rstrip("为是达有")
    shared = items[-1][len(items[0]) :] if len(items[-1]) > len(items[0]) else ""
    for one, item in zip(run, items, strict=True):
        if figure.kind is Kind.CHANGE and one.kind is not Kind.CHANGE:
            one.kind = Kind.CHANGE
            one.value = -one.value if figure.value < 0 else one.value
        years = _YEAR.search(item)
        if years:
            one.year_said = int(years[0])
        tail = shared if shared and not item.endswith(shared) else ""
        one.label = verb if years else _AMOUNT.sub("", item) + tail + verb
