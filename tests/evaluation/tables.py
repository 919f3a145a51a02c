"""Gold for tables: official forms filled with a list of values, or rows written out."""

from dataclasses import dataclass
from typing import Any

from tests.loaders.forms import official_forms as official

WORDS = {"_": "BLANK", "/": "NOT_APPLICABLE", "—": "NOT_APPLICABLE"}


@dataclass(frozen=True)
class GoldCell:
    table: int
    row: int
    column: int
    metrics: tuple[str, ...]
    dimensions: tuple[tuple[str, str], ...] | None
    value: float | None
    semantic: str

    @property
    def tag(self) -> str:
        return f"table-{self.semantic.lower().replace('_', '-')}"


def read_cell(printed: str, *, money: bool) -> tuple[float | None, str]:
    """A value as the gold has it: `_` blank, `/` or `—` as printed, `"…"` words, else a number.

    Money stands in 元 where its row does not name a form, in 万元 in the official forms.
    """
    if printed in WORDS:
        return None, WORDS[printed]
    if printed.startswith('"'):
        return None, "TEXT"
    number = float(printed) * (10_000 if money else 1)
    return round(number, 4), "NUMBER" if number else "ZERO"


def cells_of(tables: list[dict[str, Any]]) -> tuple[GoldCell, ...]:
    found: list[GoldCell] = []
    for table in tables:
        found += _official(table) if "form" in table else _written_out(table)
    return tuple(found)


def _official(table: dict[str, Any]) -> list[GoldCell]:
    """`values` in reading order; `rows_before` where the table of the file begins with other rows."""
    values = table["values"].split()
    grid = official.FORMS[table["form"]](lambda _: "")
    places = [place for place in official.places(grid) if place[2].means is not None]
    if len(values) != len(places):
        raise ValueError(f"{table['form']} has {len(places)} values, the gold {len(values)}")
    cells = []
    for printed, (row, column, cell) in zip(values, places, strict=True):
        assert cell.means is not None
        metric, dimensions = cell.means
        value, semantic = read_cell(printed, money=metric in official.MONEY)
        row += table.get("rows_before", 0) + (table.get("markdown", False) and row > 0)
        cells.append(GoldCell(table["number"], row, column, (metric,), dimensions, value, semantic))
    return cells


def _written_out(table: dict[str, Any]) -> list[GoldCell]:
    """Lines `row | column value column value … | metric | dimension=value`."""
    cells = []
    for line in table["cells"].strip().splitlines():
        row, pairs, metric, *dimensions = (part.strip() for part in line.split("|"))
        wanted = tuple(sorted(tuple(item.split("=")) for item in " ".join(dimensions).split()))
        items = pairs.split()
        for column, printed in zip(items[::2], items[1::2], strict=True):
            value, semantic = read_cell(printed, money=False)
            cells.append(
                GoldCell(
                    table["number"], int(row), int(column), tuple(metric.split(",")),
                    wanted or None, value, semantic,  # type: ignore[arg-type]
                )
            )  # fmt: skip
    return cells
