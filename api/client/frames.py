"""Answers as pandas frames: a missing value is missing, never zero, and every value has its source."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from gongkai.graph.errors import UsageError

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

if TYPE_CHECKING:
    from pandas import DataFrame

# Types that hold a missing value without becoming something else.
_NUMBERS = {
    *("value", "upper", "change", "ratio", "percentile"),
    *("sum", "mean", "median", "min", "max"),
}
_WHOLE = {
    *("year", "since", "start", "end", "place", "report_year"),
    *("count", "stated", "blank", "not_applicable", "other_units"),
}
_SIDES = ("from_", "to_")


def _frame(rows: Iterable[Mapping[str, Any]], columns: tuple[str, ...]) -> "DataFrame":
    """`columns`: there even where there is no row. Raises `UsageError` without pandas."""
    try:
        import pandas
    except ImportError as error:
        raise UsageError(
            "Frames need pandas, which is not installed: `pip install 'gongkai[pandas]'`."
        ) from error
    frame = pandas.DataFrame(list(rows), columns=list(columns))
    return frame.astype({name: _type(name) for name in columns})


def _type(column: str) -> str:
    name = column
    for side in _SIDES:
        name = name.removeprefix(side)
    return "Float64" if name in _NUMBERS else "Int64" if name in _WHOLE else "string"


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


def series_frame(series: Series) -> "DataFrame":
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
    return _frame(rows, (*_ROW, "year", *_FIGURE, *_COMPARED, "since", *_SOURCE))


def years_frame(compared: YearComparison) -> "DataFrame":
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
                for side, figure in zip(_SIDES, (item.before, item.after), strict=True)
                for name, value in {**_figure(figure), **_source(figure.observation)}.items()
            },
        }
        for item in compared.figures
    )
    beside = [f"{side}{name}" for side in _SIDES for name in (*_FIGURE, *_SOURCE)]
    return _frame(rows, (*_ROW, "change", "ratio", *_COMPARED, *beside))


def ranking_frame(ranking: Ranking) -> "DataFrame":
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
    return _frame(rows, (*columns, *_SOURCE))


_VALUES = ("sum", "mean", "median", "min", "max")
_COUNTS = ("count", "stated", "blank", "not_applicable", "missing", "other_units")


def aggregates_frame(found: Aggregates) -> "DataFrame":
    names = ("year", "dimension", "unit", *_VALUES, *_COUNTS, "warning")
    rows = (
        {
            **{name: getattr(row, name) for name in names},
            "left_out": "、".join(item.agency.name for item in row.left_out) or None,
        }
        for row in found.rows
    )
    return _frame(rows, (*names, "left_out")).astype({"missing": "Int64"})


def observations_frame(found: Observations) -> "DataFrame":
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
    return _frame(rows, (*_ROW, *columns, "confidence", *_SOURCE))
