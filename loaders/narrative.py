"""Every figure that the running text states, with what it counts, whose it is and when.

The steps, each in a module of its own: amounts (`numerals`) that are figures (`not_figures`), and
zeros in words (`worded_zeros`); changes (`changes`); parts and wholes (`parts`, `bases`); what is counted
(`measures`); whose and when (`attribution`); the quote.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise

from gongkai.graph.dictionary.metrics import describe
from gongkai.graph.extract import (
    Confidence,
    Kind,
    Observation,
    Qualifier,
    Semantic,
    Unplaced,
)
from gongkai.graph.identity import observation_id, report_id

from .agreement import agree
from .attribution import Attribution
from .bases import find_bases
from .changes import STEADY, is_from, read_change, steady_twin
from .clauses import Layout, Place
from .distributions import apart
from .document import Flag
from .figures import Figure
from .measures import settle
from .not_figures import REASONS, Masks, PlanReader, reason_not
from .numerals import Amount, qualifier_before, scan
from .parts import find_wholes
from .reading import AgencyMention, CategoryMention, ChannelMention, Reading
from .vague import find_vague
from .worded_zeros import WordedZero, find_worded_zeros, metric_of
from .wording import own_phrase

_LONGEST_QUOTE = 120
_LONGEST_LEAD = 60
_TOTALS_KEPT = 12
_CONTEXT = 80  # characters before a sentence that may say what it goes on about
_JOINT = re.compile("[，、；：]")
_DIGIT = re.compile(r"\d")
_SAYS_COUNT = re.compile(
    "[数量率]|粉丝|关注|点赞"
)  # its own words say what is counted: no item of a list
_THESE = re.compile("(?:上述|以上|前述|这)$")
_OF_THESE = re.compile(
    "[^，。；、]{0,10}(?:中|里)，?|[^，。；、]{0,8}的?构成|，?(?:均|都|全部|已全部)"
)
_GOES_ON = re.compile(
    "其中|(?:在|从|上述|以上)[^，。；]{0,14}(?:信息|申请|件|条)[^，。；]{0,6}(?:中|里)[，,]"
)


@dataclass(frozen=True, slots=True)
class Narrative:
    observations: list[Observation]
    unplaced: list[Unplaced]
    flags: list[Flag]


def observe(
    reading: Reading,
    agencies: list[AgencyMention],
    channels: list[ChannelMention],
    categories: list[CategoryMention],
) -> Narrative:
    """Every figure of the prose, in the order of the text, and every number that is none."""
    text = reading.prose.text
    layout = Layout(text)
    figures, unplaced = _find_figures(reading, layout)
    attribution = Attribution(reading, layout, agencies, channels, categories)
    totals: list[Figure] = []
    earlier: list[Figure] = []
    for paragraph in _passages(figures, text):
        find_wholes(paragraph, text, totals)
        find_bases(paragraph, text, totals)
        totals = [*totals, *_totals(paragraph)][-_TOTALS_KEPT:]
        _settle_paragraph(reading, paragraph, attribution, earlier)
        agree(paragraph, earlier)
        earlier = [*earlier, *paragraph][-_LONGEST_LEAD:]
    figures = _with_twins(figures, layout, reading.year)
    absurd = [item for item in unplaced if item.reason == _said("absurd")]
    flags = [Flag("ABSURD_NUMBER", f"{item.quote[:40]}: {item.reason}") for item in absurd]
    return Narrative(_observations(reading, figures), unplaced, flags)


def _totals(paragraph: list[Figure]) -> list[Figure]:
    """What a later paragraph may divide."""
    return [
        figure for figure in paragraph if figure.is_count and not figure.wholes and figure.value
    ]


def _passages(figures: list[Figure], text: str) -> Iterator[list[Figure]]:
    """Figures by paragraph; one that goes on with 其中, 在公开的信息中 or after a semicolon is no new one."""
    passage: list[Figure] = []
    for paragraph, group in groupby(figures, key=lambda figure: figure.place.paragraph):
        goes_on = _GOES_ON.match(text, paragraph) or text[max(paragraph - 2, 0)] in "；："
        if passage and not goes_on:
            yield passage
            passage = []
        passage += group
    if passage:
        yield passage


def _find_figures(reading: Reading, layout: Layout) -> tuple[list[Figure], list[Unplaced]]:
    text = reading.prose.text
    masks, plans = Masks(text), PlanReader(reading, layout)
    vague = [item for item in find_vague(text) if masks.reason(item[0]) is None]
    unplaced = [_unplaced(reading, *item) for item in vague]
    amounts = [
        (amount, masks.reason(amount.number))
        for amount in scan(text)
        if not any(start <= amount.number < end for start, end, _ in vague)
    ]
    shown = [amount for amount, reason in amounts if reason is None]
    following = {id(a): b.start for a, b in pairwise(shown)}
    previous: Amount | None = None
    figures: list[Figure] = []
    for amount, reason in amounts:
        if reason is None:
            place = layout.place(amount, previous, following.get(id(amount), len(text)))
            after = text[amount.end : place.after]
            reason = reason_not(amount, text, place, after, plans.is_plan(amount.start))
            if reason is None:
                previous = amount
                figures.append(_figure(amount, place, text))
        if reason is not None and not amount.in_words:
            unplaced.append(_unplaced(reading, amount.start, amount.end, reason))
    _inherit_units(figures, text)
    _share_nouns(figures)
    figures = apart(figures, text)
    figures += [
        _zero_figure(zero, layout, text)
        for zero in find_worded_zeros(text)
        if not plans.is_plan(zero.start)
    ]
    figures.sort(key=lambda figure: (figure.start, figure.end))
    return figures, unplaced


def _figure(amount: Amount, place: Place, text: str) -> Figure:
    value = _plain(amount.value)
    figure = Figure(
        start=amount.start,
        end=amount.end,
        place=place,
        amount=amount,
        label=text[place.label : amount.start],
        after=text[amount.end : place.after],
        value=value,
        unit=amount.unit,
        kind=amount.kind,
        qualifier=amount.qualifier
        if amount.qualifier is not Qualifier.EXACT
        else qualifier_before(text[place.label : amount.start]),
        upper=None if amount.upper is None else _plain(amount.upper),
        semantic=Semantic.NUMBER if value or amount.upper else Semantic.ZERO,
    )
    read_change(figure, text[place.sentence : amount.number], text[place.sentence : amount.number])
    return figure


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _inherit_units(figures: list[Figure], text: str) -> None:
    """现场12、电话30、网上5人次: a bare number of a list takes the unit of its neighbour."""
    bare = [i for i, f in enumerate(figures) if f.unit is None and not _SAYS_COUNT.search(f.label)]
    for index in reversed(bare):
        figure = figures[index]
        for other in figures[index + 1 : index + 2] + figures[max(index - 1, 0) : index]:
            same = (
                other.place.sentence == figure.place.sentence
                and other.place.bracket == figure.place.bracket
            )
            near = text[max(figure.place.label, other.place.label) - 1]
            close = max(len(figure.label), len(other.label)) <= (8 if near == "、" else 5)
            if same and close and other.kind is Kind.COUNT and other.unit:
                figure.unit = other.unit
                break


def _share_nouns(figures: list[Figure]) -> None:
    """6大类30条109项工作任务: amounts in a row share the words before and behind them."""
    for one, other in reversed(list(pairwise(figures))):
        if one.end == other.start:
            one.after = other.after
            if not other.label:
                other.label = one.label


def _zero_figure(zero: WordedZero, layout: Layout, text: str) -> Figure:
    amount = Amount(
        zero.start,
        zero.end,
        zero.start,
        Decimal(0),
        None,
        None,
        Qualifier.EXACT,
        zero.kind,
        Decimal(1),
    )
    place = layout.place(amount, None, len(text))
    words = text[zero.phrase_start : zero.phrase_end]
    return Figure(
        start=zero.start,
        end=zero.end,
        place=place,
        amount=None,
        label=text[zero.verb : zero.end],
        after="",
        value=0,
        unit=None,
        kind=zero.kind,
        semantic=Semantic.ZERO,
        quote_start=zero.phrase_start,
        quote_end=zero.phrase_end,
        measure=text[zero.start : zero.end],
        metric=metric_of(zero, words) or "",
    )


def _settle_paragraph(
    reading: Reading, figures: list[Figure], attribution: Attribution, earlier: list[Figure]
) -> None:
    text = reading.prose.text
    previous: Figure | None = None
    for index, figure in enumerate(figures):
        attribution.prepare(figure)
        if not (figure.amount is None and figure.metric):
            place = figure.place
            around = reading.section_at(figure.start).heading
            around += text[max(place.paragraph, place.sentence - _CONTEXT) : place.sentence]
            sentence = text[place.sentence : place.label]
            before = figures[max(index - _LONGEST_LEAD, 0) : index]
            settle(figure, around, sentence, _carried(figure, previous), previous)
            _say_again(figure, [*earlier, *before], text)
            _name_total(figure, before)
        attribution.settle(figure)
        if (figure.is_count and figure.semantic is not Semantic.ZERO) or figure.amount:
            previous = figure if figure.is_count else previous


def _say_again(figure: Figure, earlier: list[Figure], text: str) -> None:
    """在86件申请中, 上述86件申请: what was counted before is spoken of again, not counted anew."""
    again = _OF_THESE.match(text, figure.end) or _THESE.search(figure.label)
    if not figure.is_open or not again:
        return
    for other in reversed(earlier):
        if other.value == figure.value and other.unit == figure.unit and not other.is_open:
            figure.metric, figure.is_open = other.metric, False
            figure.channels = figure.channels or other.channels
            figure.reasons.append("speaks again of a figure before it")
            return


def _name_total(total: Figure, figures: list[Figure]) -> None:
    """A total behind its parts counts what they are kinds of: 公民75件，法人13件，合计88件."""
    parts = [figure for figure in figures if total in figure.wholes and figure.start < total.start]
    kinds = {describe(part.metric).part_of or part.metric for part in parts}
    if len({part.metric for part in parts}) > 1 and len(kinds) == 1 and len(own_phrase(total)) < 2:
        total.metric = kinds.pop()


def _carried(figure: Figure, previous: Figure | None) -> Figure | None:
    """The figure whose words this one shares: its base, or the last count of its level."""
    if figure.base is not None:
        return figure.base
    if previous is None or previous.place.sentence != figure.place.sentence:
        return None
    # What follows a bracket speaks of what stands before it.
    while previous.wholes and previous.place.bracket >= 0 and figure.place.bracket < 0:
        previous = previous.wholes[0]
    return previous


def _with_twins(figures: list[Figure], layout: Layout, year: int) -> list[Figure]:
    """The figures with those of other years that 持平 and 由A增加到B state."""
    text = layout.text
    for index, figure in enumerate(figures):
        origin = is_from(
            text[max(0, figure.start - 16) : figure.start], text[figure.end : figure.end + 16]
        )
        if origin and index + 1 < len(figures):
            later = figures[index + 1]
            figure.year = _year_of(origin["when"], year)
            later.year = later.year if later.year != figure.year else year
            if figure.is_open:
                figure.metric, figure.is_open = later.metric, later.is_open
            elif later.is_open:
                later.metric, later.is_open = figure.metric, figure.is_open
    twins: list[Figure] = []
    for match in STEADY.finditer(text):
        sentence, _ = layout.sentence(match.start())
        before = [
            f for f in figures if sentence <= f.start and f.end <= match.start() and f.is_count
        ]
        if before:
            base = _topmost(before, match.start(), layout)
            twin = steady_twin(base, match.start(), match.end(), bool(match["nearly"]))
            twin.year = _year_of(match["when"], year)
            twins.append(twin)
    return sorted([*figures, *twins], key=lambda figure: (figure.start, figure.end))


def _topmost(before: list[Figure], place: int, layout: Layout) -> Figure:
    """The figure that words after it speak of: not one in a bracket that is closed by now."""
    here = layout.bracket(place)
    outside = [figure for figure in before if figure.place.bracket in (here, -1)]
    return (outside or before)[-1]


def _year_of(when: str | None, year: int) -> int:
    digits = _DIGIT.search(when or "")
    return int((when or "")[digits.start() : digits.start() + 4]) if digits else year - 1


def _observations(reading: Reading, figures: list[Figure]) -> list[Observation]:
    ids = {id(figure): _id(reading, figure) for figure in figures}
    seen: set[str] = set()
    observations = []
    for figure in figures:
        if ids[id(figure)] not in seen:
            seen.add(ids[id(figure)])
            observations.append(_observation(reading, figure, ids))
    return observations


def _id(reading: Reading, figure: Figure) -> str:
    start, end = reading.prose.origin(figure.start, figure.end)
    return observation_id(report_id(reading.publisher.id, reading.year), start, end)


def _observation(reading: Reading, figure: Figure, ids: dict[int, str]) -> Observation:
    start, end = _quote(reading, figure)
    span = reading.span(start, end)
    wholes = [ids[id(whole)] for whole in figure.wholes]
    confidence, reason = _confidence(figure)
    agency = figure.agency or reading.publisher
    return Observation(
        id=ids[id(figure)],
        metric=figure.metric,
        measure=figure.measure,
        value=figure.value,
        upper=figure.upper,
        unit=figure.unit,
        qualifier=figure.qualifier,
        semantic=figure.semantic,
        kind=figure.kind,
        year=figure.year,
        agency=agency.id,
        scope=figure.scope,
        channel=_one_or_list(figure.channels),
        category=figure.category,
        section=reading.section_at(figure.start).id,
        quote=span.quote,
        start=span.start,
        end=span.end,
        part_of=_one_or_list(wholes),
        confidence=confidence,
        confidence_reason=reason,
    )


def _one_or_list(items: list[str]) -> str | list[str] | None:
    if not items:
        return None
    return items[0] if len(items) == 1 else items


def _quote(reading: Reading, figure: Figure) -> tuple[int, int]:
    """From the words that say what is counted to the figure's end, within the longest quote."""
    if figure.twin is not None:
        start, end = figure.twin.place.label, figure.end
    elif figure.amount is None:
        start, end = figure.quote_start, figure.quote_end
    else:
        start, end = max(figure.place.label, figure.quote_start), figure.end
        words = reading.prose.text[start : figure.start]
        if (
            len(words) < 4
            and figure.quote_start < 0
            and figure.place.bracket < 0
            and not figure.wholes
        ):
            start = figure.place.clause
        if (
            figure.after
            and len(figure.after) <= 24
            and figure.measure.endswith(figure.after.removeprefix("的"))
        ):
            end = figure.place.after
    return _shortened(reading, start, end, figure.start)


def _shortened(reading: Reading, start: int, end: int, figure: int) -> tuple[int, int]:
    """Cut a quote that is too long at a comma where there is one, but never into the figure."""
    text = reading.prose.text
    first, last = reading.prose.origin(start, end)
    while last - first > _LONGEST_QUOTE and start < figure:
        joint = _JOINT.search(text, start + 1, figure)
        start = joint.end() if joint else max(start + 1, figure - _LONGEST_LEAD)
        first, last = reading.prose.origin(start, end)
    while last - first > _LONGEST_QUOTE and end > figure + 1:
        end -= 1
        first, last = reading.prose.origin(start, end)
    return start, end


def _confidence(figure: Figure) -> tuple[Confidence, str]:
    if figure.is_open:
        return Confidence.MEDIUM, "; ".join(["not in the metric dictionary", *figure.reasons])
    if figure.reasons:
        return Confidence.HIGH, "; ".join(figure.reasons)
    return Confidence.CERTAIN, "a phrase of the dictionary with its subject"


def _unplaced(reading: Reading, start: int, end: int, reason: str) -> Unplaced:
    span = reading.span(start, end)
    return Unplaced(span.quote, span.start, span.end, _said(reason))


def _said(reason: str) -> str:
    return f"{reason}: {REASONS[reason]}"
