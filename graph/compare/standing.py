"""What a figure is a statement of, and how it stands among other statements of the same.

Reports state a figure more than once: in prose and in a table, this year and again as last year's
(上年). All are kept. One goes first, by this rule, in this order:

1. one that states a number, before words, a slash, or a blank cell;
2. one in a report of the body itself, before another body's report;
3. one in the report of the figure's own year, before that of the nearest other year;
4. a cell of a table, before prose;
5. one in the unit of the metric, before one in another unit;
6. an exact one, before a hedged one (余, 近, 约) or a range;
7. the one that stands earlier in its report; then the id.

Whatever of it one report decides is stored with the figure, so that a store can sort by it.
"""

from typing import NamedTuple

from gongkai.graph.dictionary.metrics import Metric
from gongkai.graph.extract import Observation, Qualifier, Report, Semantic

TOTAL = "total"
"""The value that a dimension has where its parts are added up."""
_SEPARATOR, _EQUALS = ";", "="

# Metrics of these topics count information of any kind: with a category they count a part of it.
# Elsewhere the category only repeats what the metric says (政策解读 of policy-interpretations).
_OF_ANY_KIND = {"proactive", "channels"}

_NUMBERLESS = {Semantic.TEXT: 1, Semantic.NOT_APPLICABLE: 2, Semantic.BLANK: 3}
_YEARS_APART = 9
_PLACES = 1_000_000_000


class Standing(NamedTuple):
    """`as_of`: the figure's year, or its report's where a stock or running total has no date.

    `breakdown`: "" for the whole of the metric, else the part it counts (`applicant=business`).
    `precedence`: the smallest goes first.
    """

    as_of: int
    breakdown: str
    precedence: int


def standing(
    item: Observation,
    report: Report,
    metric: Metric,
    category: str | None,
    wholes: list[Observation],
) -> Standing:
    """`category`: the names from the root of its tree; `wholes`: the figures it is a part of."""
    as_of = report.year if item.year is None else item.year
    return Standing(
        as_of, breakdown(item, metric, category, wholes), _precedence(item, report, metric, as_of)
    )


def breakdown(
    item: Observation, metric: Metric, category: str | None, wholes: list[Observation]
) -> str:
    parts = {
        name: value
        for name, value in item.dimensions.items()
        if value not in (TOTAL, metric.dimensions.get(name))
    }
    if category is not None and metric.topic in _OF_ANY_KIND:
        parts["category"] = category
    if not parts and any(_is_same_measure(item, whole) for whole in wholes):
        parts["part"] = item.measure
    return _SEPARATOR.join(f"{name}{_EQUALS}{_plain(parts[name])}" for name in sorted(parts))


def dimension_of(breakdown: str) -> str:
    """The values that a breakdown names, nearly always one."""
    values = (part.partition(_EQUALS)[2] for part in breakdown.split(_SEPARATOR))
    return _SEPARATOR.join(values) or TOTAL


def names_of(breakdown: str) -> tuple[str, ...]:
    """The names of the dimensions that a breakdown gives values of."""
    parts = breakdown.split(_SEPARATOR) if breakdown else ()
    return tuple(part.partition(_EQUALS)[0] for part in parts)


def _plain(value: str) -> str:
    return value.replace(_SEPARATOR, " ").replace(_EQUALS, " ")


def _is_same_measure(item: Observation, whole: Observation) -> bool:
    return (
        item.metric == whole.metric
        and item.agency == whole.agency
        and item.scope is whole.scope
        and item.year == whole.year
    )


def _precedence(item: Observation, report: Report, metric: Metric, as_of: int) -> int:
    digits = (
        _NUMBERLESS.get(item.semantic, 0),
        int(item.agency != report.agency.id),
        min(abs(report.year - as_of), _YEARS_APART),
        int(item.cell is None),
        int(item.unit is not None and metric.unit is not None and item.unit != metric.unit),
        int(item.qualifier is not Qualifier.EXACT or item.upper is not None),
    )
    rank = 0
    for digit in digits:
        rank = rank * 10 + digit
    return rank * _PLACES + item.start
