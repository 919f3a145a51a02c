"""Totals and parts, shares, ratios and growth in running text (chapter V of the rules)."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources

import msgspec

from gongkai.graph.dictionary.metrics import describe
from gongkai.graph.extract import Kind
from gongkai.graph.intervals import Interval, total

from .check import Check, CheckStatus, Term, make
from .figures import Figure, Figures

_SHARE, _GROWTH, _CHANGE = "/share", "/growth", "/change"
_HUNDRED = Interval.exactly(100)
_OF_A_SUM = re.compile("合计|共占|合占|两项|三项")
_OWN_WORDS = re.compile(
    "(?!分别|各自|其中)([一-龥]{2,}?)(?:信息|申请|数量)?占"
)  # 政策法规类占6.2%: of that class
_PRINT_SLACK = 0.05  # percentage points: shares are often cut off and not rounded


class Partition(msgspec.Struct, frozen=True, kw_only=True):
    """See `prose.toml`."""

    rule: str
    name: str
    metrics: tuple[str, ...]
    rest: tuple[str, ...]
    beside: tuple[str, ...] = ()


class _Prose(msgspec.Struct, frozen=True):
    partitions: dict[str, Partition]
    rates: dict[str, str]


@cache
def _prose() -> _Prose:
    text = resources.files(__package__).joinpath("prose.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), _Prose)


@cache
def _partition_of(metric: str) -> Partition | None:
    return next((item for item in _prose().partitions.values() if metric in item.metrics), None)


def check_prose(figures: Figures) -> Iterator[Check]:
    for whole, parts in figures.parts.items():
        if whole in figures.by_id:
            yield from _sums(figures, figures.by_id[whole], parts)
    for figure in figures.all:
        if figure.in_table or figure.value is None:
            continue
        if figure.kind is Kind.RATE:
            yield from _share(figures, figure)
        elif figure.kind is Kind.CHANGE:
            yield from growth(figures, figure, figures.prose.get(base_metric(figure.metric), ()))


# --- parts of a total ---------------------------------------------------------------------------


def _sums(figures: Figures, whole: Figure, parts: Iterable[Figure]) -> Iterator[Check]:
    """Parts of a total by what tells them apart: one sum for each way of dividing it."""
    groups: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    same = []
    for part in parts:
        if part.kind in (Kind.RATE, Kind.CHANGE) or part.unit not in (None, whole.unit):
            continue
        partition = _partition_of(part.metric)
        if part.metric == whole.metric:
            same.append(part)
        elif partition is not None and whole.metric not in partition.metrics:
            groups[partition.rule, partition.name].append(part)
        else:
            groups["V.1", "parts"].append(part)
    if any(part.agency != whole.agency or part.scope is not whole.scope for part in same):
        groups["V.6", "bodies"] = same
    else:
        groups["V.1", "parts"] += same
    for (rule, name), found in groups.items():
        if len(found) < 2:
            continue
        match rule:
            case "V.6":
                yield _sum(
                    f"{rule}/{whole.metric}",
                    "Bodies add up to the jurisdiction",
                    whole,
                    found,
                    exclusive=True,
                    closed=False,
                )
            case "V.1":
                yield _sum(
                    f"{rule}/{whole.metric}",
                    "Parts add up to the total",
                    whole,
                    found,
                    exclusive=False,
                    closed=False,
                )
            case _:
                partition = _partition_of(found[0].metric)
                assert partition is not None
                # What is left over closes a list of others, not one of its own, nor one with parts
                # that are of no kind.
                rest = {part.metric in partition.rest for part in found}
                closed = len(rest) == 2 and not same
                beside = _stated_beside(figures, whole, partition)
                yield _sum(rule, name, whole, found, exclusive=True, closed=closed, beside=beside)


def _stated_beside(figures: Figures, whole: Figure, partition: Partition) -> list[Figure]:
    return [
        figure
        for metric in partition.beside
        for figure in figures.prose.get(metric, ())
        if figure.year == whole.year and figure.agency == whole.agency and not figure.wholes
    ]


def _sum(
    rule: str,
    name: str,
    whole: Figure,
    parts: list[Figure],
    *,
    exclusive: bool,
    closed: bool,
    beside: Iterable[Figure] = (),
) -> Check:
    """`exclusive`: no two parts count the same thing; `closed`: nothing else is in the total.

    `beside`: what stands outside the list and may still be in its total.
    """
    terms: list[Term] = [("total", whole), *(("part", part) for part in parts)]
    formula = f"{describe(whole.metric).name} = Σ"
    allowed = [item.interval for item in parts]
    if whole.interval is None or None in allowed:
        return make(
            rule,
            name,
            whole.report,
            formula,
            terms,
            CheckStatus.NOT_APPLICABLE,
            explanation="A figure has no number",
        )
    added = total([item for item in allowed if item])
    sides = (whole.number, sum(part.number for part in parts))
    if whole.interval.meets(added):
        return make(rule, name, whole.report, formula, terms, CheckStatus.OK, sides)
    if whole.interval.reaches(added):
        status = CheckStatus.VIOLATED if closed else CheckStatus.UNDECIDED
        why = None if closed else "The parts are fewer than the total: the list may be open"
        for figure in beside if closed else ():
            if figure.interval and whole.interval.meets(added + figure.interval):
                terms.append(("beside the list", figure))
                status = CheckStatus.EXPLAINED
                why = f"{describe(figure.metric).name} is in the total and not in the list"
                break
    else:
        status = CheckStatus.VIOLATED if exclusive else CheckStatus.UNDECIDED
        why = None if exclusive else "The parts are more than the total: they may overlap"
    return make(rule, name, whole.report, formula, terms, status, sides, why)


# --- shares and ratios --------------------------------------------------------------------------


def _share(figures: Figures, rate: Figure) -> Iterator[Check]:
    """A printed percentage is what its two figures give, whichever way it was rounded."""
    for base in _bases(figures, rate):
        part = _numerator(figures, rate, base.id)
        if part is None or part.id == base.id:
            continue
        named = rate.metric.endswith(_SHARE)
        rule = f"V.2/{part.metric}" if named else f"V.3/{rate.metric}"
        name = "A share is its part of the total" if named else "A rate is its part of the base"
        terms: list[Term] = [("rate", rate), ("part", part), ("base", base)]
        formula = f"{describe(rate.metric).name} = 100 · {describe(part.metric).name} / {describe(base.metric).name}"
        ratio = (
            part.interval and base.interval and part.interval.times(_HUNDRED).over(base.interval)
        )
        if not ratio or rate.interval is None or not base.number:
            yield make(
                rule,
                name,
                rate.report,
                formula,
                terms,
                CheckStatus.NOT_APPLICABLE,
                explanation="A figure has no number, or the base may be zero",
            )
            continue
        printed = Interval(rate.interval.low - _PRINT_SLACK, rate.interval.high + _PRINT_SLACK)
        status, why = CheckStatus.VIOLATED, None
        if printed.meets(ratio):
            status = CheckStatus.OK
        elif Interval(rate.number, rate.number + rate.interval.width, open=True).meets(ratio):
            status, why = CheckStatus.EXPLAINED, "The share was cut off, not rounded"
        elif not named and rate.number == _HUNDRED.low > ratio.high:
            status = CheckStatus.UNDECIDED
            why = "What was not yet due may be left out of a rate of 100 %"
        sides = (rate.number, 100 * part.number / base.number)
        yield make(rule, name, rate.report, formula, terms, status, sides, why)


def _bases(figures: Figures, rate: Figure) -> list[Figure]:
    """The bases that the text gives; for a rate of the dictionary, else the last figure of its base."""
    stated = [figures.by_id[id] for id in rate.wholes if id in figures.by_id]
    part = _prose().rates.get(rate.metric)
    if part is None:
        return stated
    others = [base for base in stated if base.metric != part]
    return others or _before(figures, rate, describe(rate.metric).part_of)[-1:]


def _before(figures: Figures, rate: Figure, metric: str | None) -> list[Figure]:
    return [
        figure
        for figure in figures.prose.get(metric or "", ())
        if figure.start < rate.start
        and figure.year == rate.year
        and figure.agency == rate.agency
        and figure.kind in (Kind.COUNT, Kind.MONEY)
    ]


def _numerator(figures: Figures, rate: Figure, base: str) -> Figure | None:
    """The figure whose share it is: of that metric, of the same base, the nearest before it."""
    if not rate.metric.endswith(_SHARE):
        found = _before(figures, rate, _prose().rates.get(rate.metric))
    else:
        if _OF_A_SUM.search(rate.quote):
            return None
        metric = rate.metric.removesuffix(_SHARE)
        own = _OWN_WORDS.match(rate.quote.lstrip("，、；："))
        found = [
            part
            for part in _before(figures, rate, metric)
            if base in part.wholes and (not own or own[1] in part.quote)
        ]
    return found[-1] if found else None


# --- growth -------------------------------------------------------------------------------------


def base_metric(metric: str) -> str:
    """What a change is a change of."""
    return metric.removesuffix(_GROWTH).removesuffix(_CHANGE)


def growth(figures: Figures, change: Figure, earlier: Iterable[Figure]) -> Iterator[Check]:
    """V.4: this year's figure is last year's, changed as printed.

    `earlier`: figures of the same metric, among them those of the year before (stated in the same
    report, or in that year's own).
    """
    metric = base_metric(change.metric)
    if metric == change.metric:
        return
    now = _nearest(figures.prose.get(metric, ()), change, change.year)
    then = _nearest(earlier, change, None if change.year is None else change.year - 1)
    if now is None or then is None or now.interval is None or then.interval is None:
        return
    assert change.interval is not None
    terms: list[Term] = [("change", change), ("now", now), ("then", then)]
    noun = describe(metric).name
    if change.metric.endswith(_GROWTH):
        if change.unit != "%":
            return
        factor = Interval(1 + change.interval.low / 100, 1 + change.interval.high / 100)
        expected, formula = then.interval.times(factor), f"{noun}(Y) = {noun}(Y−1) · (1 + g)"
        printed = then.number * (1 + change.number / 100)
    else:
        expected, formula = then.interval + change.interval, f"{noun}(Y) = {noun}(Y−1) + Δ"
        printed = then.number + change.number
    status, why = CheckStatus.VIOLATED, None
    if now.interval.meets(expected):
        status = CheckStatus.OK
    elif then.report == now.report and then.number == now.number:
        status = CheckStatus.UNDECIDED
        why = "The same number is said of both years: 去年 may be the year of the report"
    yield make(
        f"V.4/{metric}",
        "This year is last year and the change",
        change.report,
        formula,
        terms,
        status,
        (now.number, printed),
        why,
    )


def _nearest(found: Iterable[Figure], change: Figure, year: int | None) -> Figure | None:
    """The last one before the change (of another report, the first), of the same body and year."""
    same = [
        figure
        for figure in found
        if figure.year == year
        and figure.value is not None
        and figure.agency == change.agency
        and figure.scope is change.scope
        and figure.category == change.category
        and figure.kind in (Kind.COUNT, Kind.MONEY)
    ]
    if not same:
        return None
    if same[0].report != change.report:
        whole = [figure for figure in same if not figure.wholes]
        return whole[0] if len({figure.value for figure in whole}) == 1 else None
    before = [figure for figure in same if figure.start < change.start]
    return before[-1] if before else same[0]


def named_metrics() -> list[str]:
    """Every metric of the dictionary that `prose.toml` names."""
    found = _prose()
    listed = [
        metric for item in found.partitions.values() for metric in (*item.metrics, *item.rest)
    ]
    return [*listed, *found.rates, *found.rates.values()]
