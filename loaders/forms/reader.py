"""From tables to observations: which form each part is, and what is part of what."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from gongkai.graph.dictionary.metrics import Metric
from gongkai.graph.extract import (
    Cell,
    Confidence,
    Kind,
    Observation,
    Scope,
    Section,
    Unplaced,
)
from gongkai.graph.identity import observation_id

from ..document import Document, Flag
from . import activities, remedies, requests, statistics
from .open_tables import is_foot, is_index, loose_numbers, read_open_table
from .repairs import with_whole_rows, without_side_columns
from .sheets import Figure, Row, Sheet, Slot, sheet_of
from .stream import find_streams, restack

_MONEY = {"元": 1, "千元": 10**3, "万元": 10**4, "百万元": 10**6, "亿元": 10**8}
_QUOTE_LIMIT = 120
_KINDS = {
    "flow": Kind.COUNT,
    "stock": Kind.COUNT,
    "rate": Kind.RATE,
    "money": Kind.MONEY,
    "change": Kind.CHANGE,
}


@dataclass(frozen=True, slots=True)
class FormReading:
    """`template`: 2021, 2019 or 2014; 2008 where no statutory table was found.

    `used`: stretches of running text that are forms printed as lines, so no prose.
    """

    observations: list[Observation]
    template: str
    used: list[tuple[int, int]]
    unplaced: list[Unplaced]
    flags: list[Flag]


@dataclass
class _Memory:
    """What each kind of table remembers for one that goes on in another table."""

    kind: str | None = None
    of_activities: activities.Memory = field(default_factory=activities.Memory)
    of_requests: requests.Memory = field(default_factory=requests.Memory)
    of_remedies: remedies.Memory = field(default_factory=remedies.Memory)
    of_statistics: statistics.Memory = field(default_factory=statistics.Memory)
    seen: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Context:
    report_id: str
    agency_id: str
    year: int
    sections: Sequence[Section]
    starts: Sequence[int]
    scope: Scope


def read_forms(
    document: Document,
    *,
    report_id: str,
    agency_id: str,
    year: int,
    sections: Sequence[Section],
    rollup: bool,
) -> FormReading:
    """Every value cell of the report's tables as an observation of the publisher."""
    scope = Scope.JURISDICTION if rollup else Scope.AGENCY
    starts = [section.start for section in sections]
    context = _Context(report_id, agency_id, year, sections, starts, scope)
    memory = _Memory()
    reading = FormReading([], "2008", [], [], [])
    for index, sheet in enumerate(_sheets(document)):
        if sheet.is_rebuilt:
            reading.used.append((sheet.start, sheet.end))
        if is_index(sheet):
            continue
        sheet, remarks = without_side_columns(with_whole_rows(sheet))
        figures = _read_sheet(sheet, memory)
        loose = [] if figures else loose_numbers(sheet.rows)
        reading.unplaced.extend(_unplaced(loose, "a table whose header is not understood"))
        remarked = [slot for slot in remarks if slot.value.value is not None]
        reading.unplaced.extend(_unplaced(remarked, "in a column of remarks"))
        reading.observations.extend(_observe(figures, index, context, reading.flags))
    return replace(reading, template=_template(memory))


def _unplaced(slots: Sequence[Slot], reason: str) -> list[Unplaced]:
    return [Unplaced(slot.text, slot.start, slot.end, reason) for slot in slots]


def _sheets(document: Document) -> list[Sheet]:
    sheets: list[Sheet] = []
    for table in document.tables:
        sheet = sheet_of(document, table)
        widths = {len(row.own) for row in sheet.rows if row.own}
        stacked = restack(sheet) if widths == {1} and len(sheet.rows) > 8 else []
        sheets.extend(replace(item, is_rebuilt=False) for item in stacked)
        if not stacked:
            sheets.append(sheet)
    sheets.extend(find_streams(document))
    return sorted(sheets, key=lambda sheet: sheet.start)


def _read_sheet(sheet: Sheet, memory: _Memory) -> list[Figure]:
    figures: list[Figure] = []
    for kind, rows in _parts(sheet, memory):
        found: list[Figure] = []
        if kind == "activities":
            found = activities.read_activities(rows, memory.of_activities)
        elif kind == "requests":
            found = requests.read_requests(rows, memory.of_requests)
        elif kind == "remedies":
            found = remedies.read_remedies(rows, memory.of_remedies, sheet.caption)
        elif kind == "statistics":
            found = statistics.read_statistics(rows, memory.of_statistics)
        if found:
            memory.seen.add(kind)
        figures += found
    return figures or read_open_table(sheet)


def _parts(sheet: Sheet, memory: _Memory) -> Iterator[tuple[str, list[Row]]]:
    """Runs of rows of one kind: some reports print several forms as one table."""
    rows = [row for row in sheet.rows if row.own]
    if any(statistics.is_header(row) for row in rows) or statistics.resembles(
        rows, is_continued=memory.kind == "statistics"
    ):
        memory.kind = "statistics"
        yield "statistics", [row for row in rows if not is_foot(row)]
        return
    kind: str | None = None
    run: list[Row] = []
    for number, row in enumerate(rows):
        following = _kind_of(row, kind) or kind or _continued(rows, number, memory)
        if following != kind and run:
            yield kind or "", run
            run = []
        kind = following
        run.append(row)
    if kind:
        memory.kind = kind
        yield kind, run


def _kind_of(row: Row, current: str | None) -> str | None:
    if activities.is_block(row) or activities.is_header(row, is_continued=current == "activities"):
        return "activities"
    if requests.is_header(row) or any(requests.CHECK_SENTENCE in slot.text for slot in row.own):
        return "requests"
    if requests.names_row(row):
        return "requests"
    return "remedies" if remedies.is_header(row) or remedies.names_row(row) else None


def _continued(rows: Sequence[Row], number: int, memory: _Memory) -> str | None:
    """A table without a header that goes on where the one before it stopped."""
    if number:
        return None
    row = rows[0]
    label = next((slot for slot in row.own if slot.is_label), None)
    if memory.kind == "activities" and label is not None and activities.row_of(label.key):
        return "activities"
    if memory.kind == "requests" and requests.names_row(row, is_continued=True):
        return "requests"
    if memory.kind == "remedies" and not memory.of_remedies.is_done and label is None:
        return "remedies"
    return None


def _template(memory: _Memory) -> str:
    if "activities" in memory.seen and memory.of_activities.form:
        return memory.of_activities.form
    if "requests" in memory.seen:
        return "2019" if memory.of_requests.is_2019 else "2021"
    if "remedies" in memory.seen or "activities" in memory.seen:
        return "2021"
    return "2014" if "statistics" in memory.seen else "2008"


def _observe(
    figures: Sequence[Figure], table: int, context: _Context, flags: list[Flag]
) -> list[Observation]:
    ids: dict[tuple[int, int], str] = {}
    by_key: dict[tuple[str, ...], list[tuple[int, str]]] = {}
    kept: list[tuple[Figure, str]] = []
    for figure in figures:
        place = (figure.slot.row, figure.slot.column)
        if place in ids:
            continue
        ids[place] = observation_id(context.report_id, "cell", table, *place)
        by_key.setdefault(figure.key, []).append((len(kept), ids[place]))
        kept.append((figure, ids[place]))
    found = []
    for position, (figure, id) in enumerate(kept):
        wholes = [_nearest(by_key[key], position) for key in figure.wholes if key in by_key]
        wholes = [whole for whole in wholes if whole != id]
        if figure.slot.value.is_absurd:
            message = f"{figure.slot.text[:40]}: more digits than a number can have, kept as text"
            flags.append(Flag("ABSURD_NUMBER", message))
        found.append(_observation(figure, id, table, wholes, context))
    return found


def _nearest(places: Sequence[tuple[int, str]], position: int) -> str:
    return min(places, key=lambda place: abs(place[0] - position))[1]


def _observation(
    figure: Figure, id: str, table: int, wholes: Sequence[str], context: _Context
) -> Observation:
    slot = figure.slot
    value, unit, doubt = _amount(figure)
    confidence, reason = figure.confidence, figure.reason
    if slot.is_guess:
        confidence, reason = Confidence.LOW, "the row has fewer cells than the form"
    elif doubt:
        confidence, reason = Confidence.MEDIUM, doubt
    end = min(slot.end, slot.start + _QUOTE_LIMIT)
    return Observation(
        id=id,
        metric=figure.metric.id if isinstance(figure.metric, Metric) else figure.metric,
        measure=figure.measure,
        value=value,
        unit=unit,
        qualifier=slot.value.qualifier,
        semantic=slot.value.semantic,
        kind=_kind(figure, unit),
        year=_year(figure, context.year),
        agency=context.agency_id,
        scope=context.scope,
        section=_section_at(slot.start, context),
        dimensions=figure.dimensions,
        quote=slot.text[: end - slot.start],
        start=slot.start,
        end=end,
        cell=Cell(table, slot.row, slot.column, figure.row_path, figure.column_path),
        part_of=None if not wholes else wholes[0] if len(wholes) == 1 else list(wholes),
        confidence=confidence,
        confidence_reason=reason,
    )


def _amount(figure: Figure) -> tuple[int | float | None, str | None, str]:
    """Value with 万 and 亿 spent and money in 元, its unit, and a doubt if there is one."""
    cell = figure.slot.value
    unit = cell.unit or figure.unit
    if unit is not None and not any(
        "\u4e00" <= character <= "\u9fff" or character == "%" for character in unit
    ):
        unit = None
    doubt = ""
    value = cell.value
    if unit in _MONEY or figure.is_money:
        if unit not in _MONEY and value:
            doubt = "no unit of money is printed; read as 元"
        scale = 1 if cell.is_scaled else _MONEY.get(unit or "元", 1)
        value = None if value is None else value * scale
        unit = "元"
    elif unit is None and value is None and figure.unit:
        unit = figure.unit
    if unit is not None and unit not in _MONEY:
        unit = unit.removeprefix("万").removeprefix("亿") or unit
    return _number(value), unit, doubt


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _kind(figure: Figure, unit: str | None) -> Kind:
    if figure.is_change:
        return Kind.CHANGE
    if isinstance(figure.metric, Metric) and figure.metric.kind:
        return _KINDS[figure.metric.kind]
    if unit == "元":
        return Kind.MONEY
    return Kind.RATE if unit == "%" else Kind.COUNT


def _year(figure: Figure, year: int) -> int | None:
    """A stated year wins; last year's figure has last year's; a stock without a date has none."""
    if figure.year is not None:
        return figure.year
    if figure.year_offset:
        return year + figure.year_offset
    is_stock = isinstance(figure.metric, Metric) and figure.metric.kind == "stock"
    return None if is_stock else year


def _section_at(place: int, context: _Context) -> str | None:
    for index in range(bisect_right(context.starts, place) - 1, -1, -1):
        if context.sections[index].end >= place:
            return context.sections[index].id
    return context.sections[0].id if context.sections else None


__all__ = ["FormReading", "Slot", "read_forms"]
