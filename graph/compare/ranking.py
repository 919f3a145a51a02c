"""Bodies by one figure of one year, or by its ratio to another: places, percentiles, quartiles."""

from collections.abc import Sequence
from typing import NamedTuple

from gongkai.graph.extract import Scope

from .gathered import Figure, Found, FoundAgency, FoundMetric, Number, plain
from .peers import Peer, mixed_rules, mixed_scopes, peers, units_of

ENOUGH = 30
"""With fewer peers, places and quartiles say little."""


class Ranked(NamedTuple):
    """`place`: from 1, equals share one and the next is skipped.

    `percentile`: the share of the other peers whose value is smaller, in per cent; None without
    others. `of_observation`: what the value was divided by.
    """

    place: int
    percentile: float | None
    agency: FoundAgency
    value: Number
    unit: str | None
    scope: Scope
    observation: Figure
    of_observation: Figure | None


class Ranking(NamedTuple):
    """`quartiles`: the lower one, the median, the upper one, interpolated; empty without peers.

    `stated`: how many peers are ranked. `left_out`: those in another unit, or without a ratio.
    """

    year: int
    stated: int
    blank: int
    not_applicable: int
    missing: int
    left_out: int
    unit: str | None
    warning: str | None
    quartiles: list[float]
    items: list[Ranked]


def rank(found: Found, metric: FoundMetric, year: int, of: FoundMetric | None = None) -> Ranking:
    """Of the bodies in `found`, whose figures are of that year. `of`: the metric to divide by.

    Units are never mixed: only those who count in the unit of most are ranked.
    """
    entry = metric.entry
    counted = peers(found, by_body(found, 0), entry)
    units = units_of(counted.stated, entry)
    unit = units[0] if units else entry.unit
    same_unit = [peer for peer in counted.stated if peer.unit == unit]
    divided = [(peer, None) for peer in same_unit] if of is None else _ratios(found, same_unit, of)
    values = [
        (peer, base, peer.value if base is None else plain(peer.value / (base.value or 1)))
        for peer, base in divided
    ]
    values.sort(key=lambda item: -item[2])
    ranked = [peer for peer, _, _ in values]
    shown = None if of is not None else unit
    left_out = len(counted.stated) - len(ranked)
    warnings = (
        f"Fewer than {ENOUGH} peers ({len(ranked)}): places say little"
        if len(ranked) < ENOUGH
        else None,
        mixed_scopes(ranked),
        mixed_rules(ranked, entry, year),
        _left_out(len(counted.stated) - len(same_unit), len(same_unit) - len(ranked), unit, of),
    )
    return Ranking(
        year,
        len(ranked),
        counted.blank,
        counted.not_applicable,
        counted.missing,
        left_out,
        shown,
        ". ".join(warning for warning in warnings if warning) or None,
        quartiles([value for _, _, value in values]),
        _placed(values, shown),
    )


def by_body(found: Found, metric: int, breakdown: str = "") -> list[list[Figure]]:
    """The statements of one figure for each body of the answer."""
    stated: list[list[Figure]] = [[] for _ in found.agencies]
    for group in found.figures:
        if group.metric == metric:
            stated[group.agency] = [
                one for one in group.columns.figures() if one.breakdown == breakdown
            ]
    return stated


def _ratios(
    found: Found, stated: Sequence[Peer], of: FoundMetric
) -> list[tuple[Peer, Figure | None]]:
    """Those who also state what to divide by, in the same scope, and not as nothing."""
    bases = peers(found, by_body(found, 1), of.entry).stated
    by_agency = {(peer.agency.id, peer.scope): peer.observation for peer in bases if peer.value > 0}
    made: list[tuple[Peer, Figure | None]] = []
    for peer in stated:
        base = by_agency.get((peer.agency.id, peer.scope))
        if base is not None:
            made.append((peer, base))
    return made


def _left_out(
    other_unit: int, without_base: int, unit: str | None, of: FoundMetric | None
) -> str | None:
    said = []
    if other_unit:
        said.append(f"{other_unit} left out that do not count in {unit or 'the same unit'}")
    if without_base and of is not None:
        said.append(f"{without_base} left out without {of.entry.name} over 0 of the same scope")
    return "; ".join(said) or None


def _placed(values: list[tuple[Peer, Figure | None, Number]], unit: str | None) -> list[Ranked]:
    """`values`: the largest first."""
    made: list[Ranked] = []
    smaller = _smaller([value for _, _, value in values])
    for number, (peer, base, value) in enumerate(values, start=1):
        same = made and made[-1].value == value
        place = made[-1].place if same else number
        percentile = 100 * smaller[value] / (len(values) - 1) if len(values) > 1 else None
        made.append(
            Ranked(place, percentile, peer.agency, value, unit, peer.scope, peer.observation, base)
        )
    return made


def _smaller(values: list[Number]) -> dict[Number, int]:
    """How many values are smaller than each."""
    found: dict[Number, int] = {}
    for number, value in enumerate(sorted(values)):
        found.setdefault(value, number)
    return found


def quartiles(values: list[Number]) -> list[float]:
    """Between the two nearest values where none stands there (the inclusive method)."""
    if not values:
        return []
    ordered = sorted(values)
    return [plain(_at(ordered, share)) for share in (0.25, 0.5, 0.75)]


def _at(ordered: list[Number], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = int(place)
    if below + 1 == len(ordered):
        return ordered[below]
    return ordered[below] + (ordered[below + 1] - ordered[below]) * (place - below)
