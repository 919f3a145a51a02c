"""Figures of running text against gold.

A figure is right with its value, upper end, unit, qualifier, semantic and place: its quote holds
the marked figure. The other attributes are asked of right figures only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.graph.extract import Extract, Observation, as_list

from .entities import Labels, publisher_of
from .gold import ANY, NOTHING, BadGold, Gold, GoldFigure
from .marks import Mark, Outcome
from .places import Place, Places

NULL = "null"


@dataclass(frozen=True)
class Sought:
    """A figure of gold and where it stands."""

    gold: GoldFigure
    place: Place

    def is_read_as(self, item: Observation) -> bool:
        gold = self.gold
        return (
            item.value is not None
            and abs(item.value - gold.value) < 1e-6
            and item.upper == gold.upper
            and item.unit == gold.unit
            and item.qualifier.value == gold.qualifier
            and item.semantic.value == ("NUMBER" if gold.value else "ZERO")
            and self.place.within(item.start, item.end)
        )


def judge_figures(gold: Gold, extract: Extract, labels: Labels) -> Iterator[Mark]:
    if gold.figures is None:
        return
    places = Places(extract.report.text)
    sought = [Sought(figure, _place(places, figure.fragment, gold)) for figure in gold.figures]
    stated = [item for item in extract.observations if item.cell is None]
    pairs = _pair(sought, stated)
    for number, one in enumerate(sought):
        item = pairs.get(number)
        if item is not None:
            yield from _judge_attributes(gold, one.gold, item, extract, labels)
        if not one.gold.optional:
            note = "" if item else f"{said(one.gold)}, read {_nearest(one, stated)}"
            outcome = Outcome.RIGHT if item else Outcome.MISSED
            yield Mark("figures", outcome, gold.name, gold.form, one.gold.tag, note)
    taken = {item.id for item in pairs.values()}
    idle = [item for item in stated if item.id not in taken]
    for item in idle:
        yield Mark("figures", Outcome.FALSE, gold.name, gold.form, "", told(item))
    for fragment in gold.not_figures:
        place = places.find(fragment)
        # What is not served was kept out too. A quote ends soon after its figure: what lies before
        # may be another number.
        read = [i for i in idle if place and place.within(i.start, min(i.end, place.end + 6))]
        note = f"{fragment} was read as {told(read[0])}" if read else ""
        outcome = Outcome.MISSED if read else Outcome.RIGHT
        yield Mark("kept out", outcome, gold.name, gold.form, "", note)


def said(figure: GoldFigure) -> str:
    return f"“{figure.fragment}” {printed(figure.value)} {figure.unit or NOTHING}"


def told(item: Observation) -> str:
    """A reading in one line."""
    upper = f"..{printed(item.upper)}" if item.upper is not None else ""
    hedge = "" if item.qualifier.value == "EXACT" else f" {item.qualifier.value}"
    quote = " ".join(item.quote.split())
    return f"{printed(item.value)}{upper} {item.unit or NOTHING}{hedge} {item.metric} in “{quote}”"


def printed(value: float | None) -> str:
    return NULL if value is None else f"{value:.10g}"


def _place(places: Places, fragment: str, gold: Gold) -> Place:
    place = places.find(fragment)
    if place is None:
        raise BadGold(f"{gold.name}: “{fragment}” is not in the text that is served")
    return place


def _pair(sought: Sequence[Sought], stated: Sequence[Observation]) -> dict[int, Observation]:
    """Each figure with the reading that fits it best, each reading used once."""
    ranked = sorted(
        (
            one.gold.optional,
            item.metric not in one.gold.metrics,
            item.end - one.place.end,
            number,
            at,
        )
        for number, one in enumerate(sought)
        for at, item in enumerate(stated)
        if one.is_read_as(item)
    )
    pairs: dict[int, Observation] = {}
    taken: set[int] = set()
    for *_, number, at in ranked:
        if number not in pairs and at not in taken:
            pairs[number] = stated[at]
            taken.add(at)
    return pairs


def _nearest(one: Sought, stated: Sequence[Observation]) -> str:
    near = [item for item in stated if one.place.overlaps(item.start, item.end)]
    nearest = min(near, key=lambda item: abs(item.end - one.place.end), default=None)
    return told(nearest) if nearest else "as nothing"


def _judge_attributes(
    gold: Gold, figure: GoldFigure, item: Observation, extract: Extract, labels: Labels
) -> Iterator[Mark]:
    report = gold.report
    asked = {
        "year": (figure.wanted("year", str(report.get("year", ANY))), {str(item.year or NULL)}),
        "agency": (
            figure.wanted("agency", publisher_of(gold) if "agency" in report else ANY),
            labels.agency_names(item.agency, figure.wanted("agency", "")),
        ),
        "scope": (figure.wanted("scope", "AGENCY"), {item.scope.value}),
        "kind": (figure.wanted("kind", "COUNT"), {item.kind.value}),
        "metric": (figure.metrics, _metrics(item.metric)),
        "part_of": (figure.wanted("of", NOTHING), {_wholes(item, extract)}),
        "channel": (figure.wanted("channel", NOTHING), {labels.channels(item.channel)}),
        "category": (figure.wanted("category", NOTHING), {labels.category(item.category)}),
        "measure": ((figure.wanted("measure", item.measure or "words")), _measures(figure, item)),
    }
    for name, (wanted, stated) in asked.items():
        if name in gold.unchecked or ANY in wanted:
            continue
        right = bool(set(wanted) & stated)
        note = "" if right else f"{said(figure)}: {'/'.join(wanted)}, read {'/'.join(stated)}"
        outcome = Outcome.RIGHT if right else Outcome.MISSED
        yield Mark(name, outcome, gold.name, gold.form, figure.tag, note)


def _metrics(metric: str) -> set[str]:
    """The metric and the names that gold may give to its kind: `open`, `*/growth`."""
    kind, _, rest = metric.partition("/")
    names = {metric, "open"} if kind == "open" else {metric}
    return names | ({f"*/{rest.rpartition('/')[2]}"} if rest else set())


def _measures(figure: GoldFigure, item: Observation) -> set[str]:
    """The words of gold that stand in the measure; without such words the measure itself."""
    if "measure" in figure.attributes:
        return {words for words in figure.wanted("measure", "") if words in item.measure}
    return {item.measure}


def _wholes(item: Observation, extract: Extract) -> str:
    values = {entry.id: entry.value for entry in extract.observations}
    wholes = [printed(values[id]) for id in as_list(item.part_of)]
    return "+".join(sorted(wholes)) or NOTHING
