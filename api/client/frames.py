"""Tables as pandas frames, in types that hold a missing value without becoming something else."""

from typing import TYPE_CHECKING

from gongkai.graph.errors import UsageError

from .tables import SIDES, Table

if TYPE_CHECKING:
    from pandas import DataFrame

_NUMBERS = {
    *("value", "upper", "change", "ratio", "percentile"),
    *("sum", "mean", "median", "min", "max"),
}
_WHOLE = {
    *("year", "since", "start", "end", "place", "report_year"),
    *("count", "stated", "blank", "not_applicable", "other_units", "without"),
}


def frame_of(table: Table) -> "DataFrame":
    """Raises `UsageError` without pandas."""
    try:
        import pandas
    except ImportError as error:
        raise UsageError(
            "Frames need pandas, which is not installed: `pip install 'gongkai[pandas]'`."
        ) from error
    frame = pandas.DataFrame(list(table.rows), columns=list(table.columns))
    return frame.astype({name: _type(name) for name in table.columns})


def _type(column: str) -> str:
    name = column
    for side in SIDES:
        name = name.removeprefix(side)
    return "Float64" if name in _NUMBERS else "Int64" if name in _WHOLE else "string"
