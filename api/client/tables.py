"""Answers as rows of plain values under named columns: for frames, and for CSV."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from .answers import (
    Aggregates,
    Comparability,
    Figure,
    Observation,
    Observations,
    Ranking,
    Series,
    YearComparison,
)


class Table(NamedTuple):
    """Every row has every column; None where there is nothing, which is never a zero."""

    columns: tuple[str, ...]
    rows: Iterable[Mapping[str, Any]]


SIDES = ("from_", "to_")
"""What the columns of two years begin with."""


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


_SOURCE = ("quote", "start", "end", "report_id", "report_year", "observation_id")


def _source(stated: Observation | None) -> dict[str, Any]:
    """Where a value comes from."""
    if stated is None:
        return dict.fromkeys(_SOURCE)
    values = (
        *(stated.quote, stated.start, stated.end),
        *(stated.report.id, stated.report.year, stated.id),
    )
    return dict(zip(_SOURCE, values, strict=True))


_COMPARED = ("comparability", "reason", "reason_zh", "notice")


def _compared(found: Comparability | None) -> dict[str, Any]:
    if found is None:
        return dict.fromkeys(_COMPARED)
    values = (_text(found.level), found.reason, found.reason_zh, found.notice)
    return dict(zip(_COMPARED, values, strict=True))


_FIGURE = ("value", "unit", "semantic", "qualifier", "scope", "missing", "warning")


def _figure(found: Figure) -> dict[str, Any]:
    return {
        "value": found.value,
        "unit": found.unit,
        "semantic": _text(found.semantic),
        "qualifier": _text(found.qualifier),
        "scope": _text(found.scope),
        "missing": _text(found.missing),
        "warning": found.warning,
    }


_ROW = ("agency_id", "agency", "metric", "metric_name", "dimension")


def series_table(series: Series) -> Table:
    rows = (
        {
            "agency_id": row.agency.id,
            "agency": row.agency.name,
            "metric": row.metric.key,
            "metric_name": row.metric.name,
            "dimension": row.dimension,
            "year": point.year,
            "since": point.since,
            **_figure(point),
            **_compared(point.comparability),
            **_source(point.observation),
        }
        for row in series.rows
        for point in row.points
    )
    return Table((*_ROW, "year", *_FIGURE, *_COMPARED, "since", *_SOURCE), rows)


def years_table(compared: YearComparison) -> Table:
    rows = (
        {
            "agency_id": compared.agency.id,
            "agency": compared.agency.name,
            "metric": item.metric.key,
            "metric_name": item.metric.name,
            "dimension": item.dimension,
            "change": item.change,
            "ratio": item.ratio,
            **_compared(item.comparability),
            **{
                f"{side}{name}": value
                for side, figure in zip(SIDES, (item.before, item.after), strict=True)
                for name, value in {**_figure(figure), **_source(figure.observation)}.items()
            },
        }
        for item in compared.figures
    )
    beside = [f"{side}{name}" for side in SIDES for name in (*_FIGURE, *_SOURCE)]
    return Table((*_ROW, "change", "ratio", *_COMPARED, *beside), rows)


def ranking_table(ranking: Ranking) -> Table:
    rows = (
        {
            "place": item.place,
            "percentile": item.percentile,
            "agency_id": item.agency.id,
            "agency": item.agency.name,
            "year": ranking.year,
            "value": item.value,
            "unit": item.unit,
            "scope": _text(item.scope),
            **_source(item.observation),
        }
        for item in ranking.items
    )
    columns = ("place", "percentile", "agency_id", "agency", "year", "value", "unit", "scope")
    return Table((*columns, *_SOURCE), rows)


_VALUES = ("sum", "mean", "median", "min", "max")
_COUNTS = ("count", "stated", "blank", "not_applicable", "other_units")


def aggregates_table(found: Aggregates) -> Table:
    """`without`: how many state no number at all; `missing` is a reason in the other tables."""
    names = ("year", "dimension", "unit", *_VALUES, *_COUNTS, "warning")
    rows = (
        {
            **{name: getattr(row, name) for name in names},
            "without": row.missing,
            "left_out": "、".join(item.agency.name for item in row.left_out) or None,
        }
        for row in found.rows
    )
    return Table((*names, "without", "left_out"), rows)


def observations_table(found: Observations) -> Table:
    rows = (
        {
            "agency_id": item.agency.id,
            "agency": item.agency.name,
            "metric": item.metric.key,
            "metric_name": item.metric.name,
            "dimension": ";".join(f"{one.name}={one.value}" for one in item.dimensions) or None,
            "year": item.year,
            "measure": item.measure,
            "value": item.value,
            "upper": item.upper,
            "unit": item.unit,
            "semantic": _text(item.semantic),
            "qualifier": _text(item.qualifier),
            "scope": _text(item.scope),
            "confidence": _text(item.confidence),
            **_source(item),
        }
        for item in found.items
    )
    columns = ("year", "measure", "value", "upper", "unit", "semantic", "qualifier", "scope")
    return Table((*_ROW, *columns, "confidence", *_SOURCE), rows)
