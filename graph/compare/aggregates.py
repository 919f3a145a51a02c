"""One figure over many bodies, by year: sums and means that say what they leave out."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import fsum
from typing import NamedTuple

from gongkai.graph.errors import UsageError

from .gathered import Figure, Found, FoundAgency, FoundMetric, Number, plain
from .peers import Peer, containers, mixed_rules, mixed_scopes, peers, units_of
from .ranking import quartiles
from .series import RATES
from .standing import TOTAL, dimension_of


class LeftOut(NamedTuple):
    """A figure that is stated and not counted here, because another one counts it."""

    agency: FoundAgency
    observation: Figure
    within: FoundAgency


@dataclass(frozen=True, slots=True)
class Aggregate:
    """`stated`: bodies with a value; `count`: those of them that are counted, the others being
    `left_out` or in `other_units` than were asked for.

    `sum` is None for rates. All values are None where nothing is counted.
    """

    year: int
    dimension: str | None
    unit: str | None
    count: int
    sum: Number | None
    mean: float | None
    median: float | None
    min: Number | None
    max: Number | None
    stated: int
    blank: int
    not_applicable: int
    missing: int
    other_units: int
    left_out: list[LeftOut]
    warning: str | None


def aggregates(
    found: Found,
    metric: FoundMetric,
    years: range,
    *,
    by: str | None = None,
    units: Sequence[str] | None = None,
) -> Iterator[Aggregate]:
    """By year, then dimension (the total first).

    A body's figure is left out where the figure of everything under another body counts it; parts
    are never added to their total, which has a row of its own. `units`: words that count as one;
    figures in others are missing. Raises `UsageError` where units mix and none are given.
    """
    stated: dict[tuple[int, str], list[list[Figure]]] = defaultdict(
        lambda: [[] for _ in found.agencies]
    )
    for year in years:
        stated[year, ""]
    for group in found.figures:
        for figure in group.columns.figures():
            stated[figure.year, figure.breakdown][group.agency].append(figure)
    for (year, breakdown), statements in sorted(stated.items(), key=lambda item: item[0]):
        if year in years:
            dimension = (dimension_of(breakdown) if breakdown else TOTAL) if by else None
            yield _aggregate(found, metric, year, dimension, statements, units)


def _aggregate(
    found: Found,
    metric: FoundMetric,
    year: int,
    dimension: str | None,
    statements: list[list[Figure]],
    units: Sequence[str] | None,
) -> Aggregate:
    entry = metric.entry
    counted = peers(found, statements, entry)
    in_units = [peer for peer in counted.stated if units is None or peer.unit in units]
    within = containers(in_units)
    left_out = [
        LeftOut(peer.agency, peer.observation, within[peer.agency.id])
        for peer in in_units
        if peer.agency.id in within
    ]
    taken = [peer for peer in in_units if peer.agency.id not in within]
    if units is None:
        _refuse_mixed(taken, metric, year)
    warnings = (mixed_scopes(taken), mixed_rules(taken, entry, year))
    values = [peer.value for peer in taken]
    return Aggregate(
        year,
        dimension,
        "、".join(unit for unit in units_of(taken, entry) if unit) or None,
        len(values),
        _sum(values) if values and entry.kind not in RATES else None,
        plain(_sum(values) / len(values)) if values else None,
        quartiles(values)[1] if values else None,
        min(values, default=None),
        max(values, default=None),
        len(counted.stated),
        counted.blank,
        counted.not_applicable,
        counted.missing,
        len(counted.stated) - len(in_units),
        left_out,
        ". ".join(warning for warning in warnings if warning) or None,
    )


def _sum(values: list[Number]) -> Number:
    exact = all(isinstance(value, int) for value in values)
    return sum(values) if exact else plain(fsum(values))


def _refuse_mixed(taken: list[Peer], metric: FoundMetric, year: int) -> None:
    units = units_of(taken, metric.entry)
    if len(units) < 2:
        return
    counted = ", ".join(
        f"{sum(peer.unit == unit for peer in taken)} in {unit or 'no unit'}" for unit in units
    )
    raise UsageError(
        f"{metric.entry.name} {year} is stated in different units ({counted}), which are not added "
        "up. Give `units`: one of them, or those that count the same.",
        code="MIXED_UNITS",
    )
