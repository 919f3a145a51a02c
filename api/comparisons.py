"""Comparisons: one statement gathers the figures, `graph.compare` makes the comparison of them."""

import asyncio
import gc
import threading
from dataclasses import dataclass
from typing import Any

import msgspec
from graphql import FieldNode, GraphQLError

from gongkai.graph.compare.aggregates import Aggregate, aggregates
from gongkai.graph.compare.comparability import ComparabilityLevel
from gongkai.graph.compare.gathered import Found, FoundMetric, read_found
from gongkai.graph.compare.ranking import rank
from gongkai.graph.compare.series import Row, series, years_of
from gongkai.graph.compare.years import compare_years
from gongkai.graph.store import GraphStore

from .comparison_planner import Compared, YearsCompared
from .errors import over_limit, refusal
from .projection import projector
from .settings import Settings
from .unstated import unstated_metric


@dataclass(frozen=True, slots=True)
class Rows:
    """What `series` and `aggregate` answer with."""

    rows: list[Row] | list[Aggregate]


async def answer_comparison(store: GraphStore, asked: Compared, settings: Settings) -> bytes:
    """The JSON of the field. Raises `GraphQLError` or `UsageError` where it is refused."""
    answer = await store.answer(asked.figures, timeout_seconds=settings.timeout_seconds)
    return await asyncio.to_thread(_compare, answer, asked, settings)


async def answer_years(store: GraphStore, asked: YearsCompared, settings: Settings) -> bytes:
    """The JSON of `compareYears`. Raises `GraphQLError` where there is no such body."""
    answer = await store.answer(asked.root, timeout_seconds=settings.timeout_seconds)
    found = msgspec.json.decode(answer)
    if not found:
        raise _no_agency(asked.agency, asked.field)
    return await asyncio.to_thread(_compare_years, found, asked)


def _compare_years(found: dict[str, Any], asked: YearsCompared) -> bytes:
    made = compare_years(found, asked.first, asked.second)
    return msgspec.json.encode(projector(asked.items)(made))


def _no_agency(id: str, field: FieldNode) -> GraphQLError:
    return refusal(
        "NOT_FOUND",
        f"{id}: no body of the store has this id. `agencies(where: {{ name: … }})` finds it by name.",
        field,
    )


def _compare(answer: bytes, asked: Compared, settings: Settings) -> bytes:
    with uncollected:
        found = read_found(answer)
        _check_agencies(found, asked, settings)
        made = _made(found, _metrics(found, asked), asked)
        return msgspec.json.encode(projector(asked.items)(made))


class _Uncollected:
    """Holds the collector of reference cycles off while any thread is inside.

    Tens of thousands of points are made at once and none is part of a cycle; searching them for
    cycles again and again took as long as making them.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._was_on = False

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._was_on = gc.isenabled()
                gc.disable()
            self._inside += 1

    def __exit__(self, *exc: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside and self._was_on:
                gc.enable()


uncollected = _Uncollected()


def _made(found: Found, metrics: list[FoundMetric], asked: Compared) -> Any:
    figures = asked.figures
    years = years_of(found, figures.first_year, figures.last_year)
    match asked.name:
        case "series":
            rows = list(series(found, metrics, years, by=figures.by))
            if asked.arguments.get("strict"):
                _refuse_breaks(rows, asked)
            return Rows(rows)
        case "rank":
            return rank(found, metrics[0], asked.arguments["year"], *metrics[1:])
        case _:
            units = asked.arguments.get("units")
            return Rows(list(aggregates(found, metrics[0], years, by=figures.by, units=units)))


def _check_agencies(found: Found, asked: Compared, settings: Settings) -> None:
    limit, setting = asked.figures.limit - 1, asked.setting
    if len(found.agencies) > limit:
        allowed: int = getattr(settings, setting)
        what = setting.removeprefix("max_")
        raise over_limit(
            f"TOO_MANY_{what.upper()}",
            setting,
            allowed,
            len(found.agencies) * allowed // max(1, limit),
            f"`{asked.name}` compares more than {limit} bodies over these years and metrics: over "
            f"{allowed} {what}, the limit. Narrow `where`, or ask for fewer years, metrics or lists.",
            asked.field,
        )
    named = asked.arguments.get("agencies")
    if named is not None and asked.arguments.get("where") is None:
        there = {agency.id for agency in found.agencies}
        unknown = [id for id in named if id not in there]
        if unknown:
            raise _no_agency(unknown[0], asked.field)


def _metrics(found: Found, asked: Compared) -> list[FoundMetric]:
    """Each metric asked for: as the store has it, else as the dictionary does."""
    stored = {metric.id: metric for metric in found.metrics}
    metrics = []
    for given, id in zip(asked.metrics, asked.figures.metrics, strict=True):
        metric = stored.get(id) or unstated_metric(id, asked.figures.metric)
        if metric is None:
            raise refusal(
                "NOT_FOUND",
                f"{given}: no metric has this id. `metrics(where: {{ name: … }})` finds it by name.",
                asked.field,
            )
        metrics.append(metric)
    return metrics


def _refuse_breaks(rows: list[Row], asked: Compared) -> None:
    steps = [
        (row, place)
        for row in rows
        for place, step in enumerate(row.points.comparability)
        if step is not None and step.level is not ComparabilityLevel.SAME
    ]
    if not steps:
        return
    row, place = steps[0]
    points = row.points
    step = points.comparability[place]
    assert step is not None
    raise refusal(
        "NOT_COMPARABLE",
        f"{row.metric.entry.name} of {row.agency.name}: {points.since[place]} and "
        f"{points.year[place]} are not quite the same ({step.level}: {step.reason}). {len(steps)} "
        "such steps in all. Ask for years without a break, or leave `strict` out: each step is then "
        "labelled.",
        asked.field,
        steps=len(steps),
    )
