"""What wholes and parts say of each other, once it is known what each of them counts."""

import re

from gongkai.graph.dictionary.metrics import describe
from gongkai.graph.extract import Scope

from .figures import Figure

_NEW = re.compile("新增|本年|当年|年内|今年|全年|20[0-9]{2}年")
_ON_REQUESTS = ("requests", "results")
_ANSWERED = ("requests-answered", "requests-handled")
_RECEIVED = ("requests-received",)


def agree(figures: list[Figure], earlier: list[Figure]) -> None:
    """Set what is still open in the figures of one paragraph.

    `figures` and `earlier`, those of the paragraphs before: in order.
    """
    _place_results(figures, earlier)
    _name_wholes(figures)
    _name_others(figures)
    _name_stocks(figures)
    _widen_scopes(figures)


def _place_results(figures: list[Figure], earlier: list[Figure]) -> None:
    """均已答复，予以公开5件，不予公开2件: results without a word of a list are of the requests answered."""
    told: dict[int, float] = {}  # by total: what its results add up to so far
    for index, figure in enumerate(figures):
        whole = figure.base and figure.base.wholes
        if figure.base is not None and whole and not figure.wholes and "占" in figure.label:
            figure.wholes = whole
        if figure.wholes or not figure.is_count or figure.amount is None:
            continue
        if figure.is_open or describe(figure.metric).topic != "results":
            continue
        before = [*earlier, *figures[:index]]
        total = _total_of(before, _ANSWERED, figure) or _total_of(before, _RECEIVED, figure)
        if total is None or told.get(id(total), 0) + figure.value > total.value:
            continue
        told[id(total)] = told.get(id(total), 0) + figure.value
        figure.wholes = [total]


def _total_of(before: list[Figure], metrics: tuple[str, ...], part: Figure) -> Figure | None:
    """The last of these totals that the same body stated for the same year and could hold the part."""
    for other in reversed(before):
        elsewhere = other.place.paragraph != part.place.paragraph
        if elsewhere and other.is_count and describe(other.metric).topic not in _ON_REQUESTS:
            return None
        is_total = other.metric in metrics and other.is_count and not other.wholes
        same = (other.year, other.agency) == (part.year, part.agency)
        if is_total and same and other.value >= part.value:
            return other
    return None


def _name_wholes(figures: list[Figure]) -> None:
    """A whole counts what its parts are kinds of: 现场、电话咨询21人次，其中电话12人次，现场9人次."""
    parts: dict[int, list[Figure]] = {}
    for figure in figures:
        for whole in figure.wholes:
            parts.setdefault(id(whole), []).append(figure)
    for divided in parts.values():
        kinds = {describe(part.metric).part_of for part in divided}
        if len({part.metric for part in divided}) > 1 and len(kinds) == 1 and (kind := kinds.pop()):
            for whole in divided[0].wholes:
                said = describe(whole.metric)
                if whole.is_open or (said.part_of == kind and not said.channel_types):
                    whole.metric, whole.is_open = kind, False
                    whole.reasons.append("counts what its parts are kinds of")


def _name_others(figures: list[Figure]) -> None:
    """其他1件 in a list of answers is another answer, not a request made in another way.

    In a list by content it is a request about something else: 土地资料25件、其他18件.
    """
    answered = {
        id(whole)
        for figure in figures
        for whole in figure.wholes
        if describe(figure.metric).topic == "results"
    }
    last: Figure | None = None  # the part before
    for figure in figures:
        if figure.metric == "requests-by-other-ways" and figure.wholes:
            whole = figure.wholes[0]
            if id(whole) in answered:
                figure.metric = "results-other"
            elif last and last.wholes == figure.wholes and last.metric == whole.metric:
                figure.metric = whole.metric
        last = figure if figure.is_count else last


def _name_stocks(figures: list[Figure]) -> None:
    """累计…条，其中本年新增…条: the first counts since records began."""
    for figure in figures:
        for whole in figure.wholes:
            if (
                whole.metric == "items-disclosed"
                and "累计" in whole.label
                and _NEW.search(figure.label)
            ):
                whole.metric = "items-disclosed-stock"
            elif whole.metric == figure.metric == "items-disclosed-stock" and _NEW.search(
                figure.label
            ):
                figure.metric = "items-disclosed"


def _widen_scopes(figures: list[Figure]) -> None:
    """A total that counts other bodies' figures in speaks for the whole jurisdiction."""
    for figure in figures:
        for whole in figure.wholes:
            others = figure.agency and whole.agency and figure.agency.id != whole.agency.id
            if others and figure.subject_stated and not whole.subject_stated:
                whole.scope = Scope.JURISDICTION
