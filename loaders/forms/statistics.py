"""政府信息公开情况统计表 of 2014, and the older local form with a column of codes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from gongkai.graph.dictionary.metrics import Metric, cells, find_metric, open_metric_key
from gongkai.graph.extract import Confidence

from ..folding import fold
from .labels import FormRow, form_rows, key_of, match_row, squeeze, without_note, without_number
from .sheets import Figure, Row, Slot, distinct

_LABEL_HEADS = ("统计指标", "指标名称", "指标", "统计项目", "项目名称")
_UNIT_HEADS = ("单位", "计量单位")
_CODE_HEADS = ("代码", "编码", "指标代码")
_VALUE_HEAD = re.compile(r"统计数|数量|数据|数值|本期|本年|累计|合计|总计|实际|统计结果")
_UNIT_WORD = re.compile(r"条|件|次|篇|个|人|人次|万元|元|期|份|宗|%|——?|--?|－－?|/")
_UNIT_NOTE = re.compile(r"[（(](?:单位[：:]?)?(万元|元|人次|条|件|次|篇|个|人)[）)]")
_YEAR = re.compile(r"(20[0-3]\d)年")
_PERIODS = (("累计", "year-to-date"), ("本期", "reporting-period"))
COLUMN_NUMBERS = ("甲", "乙", "丙")  # the row of column numbers under the header of the local form
_MANY = 4


@dataclass(frozen=True)
class _Columns:
    """One block of columns; some copies print two side by side."""

    label: int
    unit: int | None
    codes: frozenset[int]
    values: tuple[tuple[int, str], ...]


@dataclass
class Memory:
    """Headers and the place in the form, which hold in a continued table too."""

    blocks: list[_Columns] = field(default_factory=list)
    is_local: bool = False
    position: int = -1
    printed: dict[str, str] = field(default_factory=dict)


def is_header(row: Row) -> bool:
    if row.has_values:
        return False
    keys = row.keys
    has_label = any(key in _LABEL_HEADS for key in keys)
    return has_label and (
        any(key in _UNIT_HEADS for key in keys) or any(_VALUE_HEAD.search(key) for key in keys)
    )


def resembles(rows: Sequence[Row], *, is_continued: bool = False) -> bool:
    """Several labels of the table are, word for word, rows of the 2014 form."""
    known = _keys_of_2014()
    return sum(1 for row in rows if row.keys & known) >= (1 if is_continued else _MANY)


def is_unit(text: str) -> bool:
    """A cell of the unit column; a section row has a dash there."""
    return _UNIT_WORD.fullmatch(squeeze(fold(text))) is not None


@cache
def _keys_of_2014() -> frozenset[str]:
    return frozenset(row.key for row in form_rows("2014") if len(row.key) > 4)


def read_statistics(rows: Sequence[Row], memory: Memory) -> list[Figure]:
    figures: list[Figure] = []
    if not memory.blocks and (guessed := _guess(rows)):
        memory.blocks = [guessed]
    run: list[Row] = []
    for row in rows:
        if is_header(row):
            figures += _read_blocks(run, memory)
            run = []
            _learn_header(row, memory)
        elif row.own and row.own[0].label not in COLUMN_NUMBERS:
            run.append(row)
    return figures + _read_blocks(run, memory)


def _read_blocks(rows: Sequence[Row], memory: Memory) -> list[Figure]:
    """Side by side, the form goes on from the foot of one block to the head of the next."""
    return [
        figure
        for block in memory.blocks
        for row in rows
        for figure in _read_row(row, block, memory)
    ]


def _learn_header(row: Row, memory: Memory) -> None:
    starts = [slot.column for slot in row.own if slot.key in _LABEL_HEADS]
    codes = frozenset(slot.column for slot in row.own if slot.key in _CODE_HEADS)
    memory.is_local = any(slot.key in ("代码", "指标代码", "编码") for slot in row.own) or any(
        "本期" in slot.key for slot in row.own
    )
    memory.blocks = []
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else 10_000
        inside = [slot for slot in row.own if start < slot.column < end]
        unit = next((slot.column for slot in inside if slot.key in _UNIT_HEADS), None)
        values = tuple(
            (slot.column, slot.label)
            for slot in inside
            if slot.is_label and slot.column != unit and slot.column not in codes
        )
        if values:
            memory.blocks.append(_Columns(start, unit, codes, values))


def _guess(rows: Sequence[Row]) -> _Columns | None:
    """Columns of a table without a header: label, unit, value."""
    width = max((slot.column for row in rows for slot in row.own), default=0) + 1
    units = [0] * width
    for row in rows:
        for slot in row.own:
            units[slot.column] += is_unit(slot.text) and slot.is_label
    unit = max(range(width), key=lambda column: units[column])
    if units[unit] < 1:
        return _Columns(0, None, frozenset(), ((width - 1, ""),)) if width == 2 else None
    if unit + 1 >= width:
        return None
    return _Columns(0, unit, frozenset(), ((unit + 1, ""),))


def _read_row(row: Row, block: _Columns, memory: Memory) -> list[Figure]:
    first_value = block.values[0][0]
    stop = block.unit if block.unit is not None else first_value
    labels = [
        slot
        for slot in row.slots
        if slot.is_label and block.label <= slot.column < stop and slot.column not in block.codes
    ]
    if not labels:
        labels = [slot for slot in row.own if slot.is_label and slot.column >= block.label][:1]
    if not labels or labels[-1].row != row.index:
        return []
    label = labels[-1].label
    values = _values(row, block)
    unit = _unit(row, block)
    form_row, is_exact = _place(label, memory)
    if form_row is not None:
        memory.position = form_row.position
        memory.printed[form_row.key] = label
        if form_row.is_section and _metric_of(form_row) is None:
            return []
        entry = _metric_of(form_row)
    else:
        entry = _local_metric(label)
    has_number = any(slot.value.value is not None for slot, _ in values)
    if entry is None and not has_number and (unit is None or not key_of(unit)):
        return []
    row_path = _row_path(label, labels, form_row, memory)
    return [
        _figure(slot, head, entry, row_path, unit, form_row, is_exact, len(block.values))
        for slot, head in values
    ]


def _values(row: Row, block: _Columns) -> list[tuple[Slot, str]]:
    at = [(row.at(column), head) for column, head in block.values]
    found = [(slot, head) for slot, head in at if slot is not None and not slot.is_label]
    in_words = [(slot, head) for slot, head in at if slot is not None]
    if len(found) == len(block.values):
        return found
    if len(in_words) == len(block.values) and len(row.own) > len(block.values):
        return in_words
    # A ragged row: its last cells are the values.
    tail = [slot for slot in row.own if not slot.is_label][-len(block.values) :]
    heads = [head for _, head in block.values]
    return list(zip(tail, heads[-len(tail) :], strict=True)) if tail else []


def _unit(row: Row, block: _Columns) -> str | None:
    slot = row.covering(block.unit) if block.unit is not None else None
    if slot is None or not is_unit(slot.text) or not slot.is_label:
        inside = (s for s in row.own if block.label <= s.column <= block.values[-1][0])
        slot = next((s for s in inside if s.is_label and is_unit(s.text)), None)
    if slot is not None:
        return squeeze(fold(slot.text))
    note = next((found for s in row.own if (found := _UNIT_NOTE.search(fold(s.label)))), None)
    return note[1] if note else None


def _place(label: str, memory: Memory) -> tuple[FormRow | None, bool]:
    if memory.is_local and _local_metric(label) is not None:
        return None, True
    found = match_row(label, form_rows("2014"), after=memory.position)
    return (found.row, found.is_exact) if found else (None, False)


@cache
def _locals() -> dict[str, Metric]:
    return {key_of(path[-1]): entry for path, entry in cells("local").items()}


def _local_metric(label: str) -> Metric | None:
    key = key_of(label)
    return _locals().get(key) or _locals().get(key.removesuffix("数"))


def _metric_of(form_row: FormRow) -> Metric | None:
    return cells("2014").get(form_row.path)


def _row_path(
    label: str, labels: Sequence[Slot], form_row: FormRow | None, memory: Memory
) -> list[str]:
    """Labels of the rows above that the row stands under, as printed, and its own."""
    printed = distinct([slot.label for slot in labels])
    if form_row is None or len(printed) > 1:
        return printed
    above = [memory.printed[key] for key in form_row.keys[:-1] if key in memory.printed]
    return [*above, label]


def _figure(
    slot: Slot,
    head: str,
    entry: Metric | None,
    row_path: list[str],
    unit: str | None,
    form_row: FormRow | None,
    is_exact: bool,
    columns: int,
) -> Figure:
    period = next((id for word, id in _PERIODS if word in head), "")
    dimensions = dict(entry.dimensions) if entry else {}
    year = _YEAR.search(head)
    is_last = "上年" in head or "去年" in head
    if columns > 1 and not year and not is_last:
        dimensions["column"] = period or squeeze(head)
    measure = without_note(without_number(row_path[-1]))
    key = entry.id if entry else open_metric_key(measure)
    column = year[1] if year else "last" if is_last else dimensions.get("column", "")
    wholes: tuple[tuple[str, ...], ...] = ()
    if entry is not None and entry.part_of and (whole := find_metric(entry.part_of)):
        wholes = (("statistics", whole.id, column),)
    confidence, reason = Confidence.CERTAIN, "cell of a statutory form"
    is_money = bool(entry and entry.kind == "money")
    if is_money and unit is None and form_row is not None:
        unit, confidence, reason = "万元", Confidence.HIGH, "in 万元, as the form has it"
    if entry is None:
        confidence, reason = Confidence.MEDIUM, "a row that the form does not have"
    elif form_row is not None and not is_exact:
        confidence, reason = Confidence.HIGH, "row label read by likeness"
    return Figure(
        slot=slot,
        metric=entry or key,
        measure=measure,
        key=("statistics", key, column),
        wholes=wholes,
        dimensions=dimensions,
        row_path=row_path,
        column_path=[head] if head else [],
        unit=unit,
        is_money=is_money,
        year=int(year[1]) if year else None,
        year_offset=-1 if is_last else 0,
        confidence=confidence,
        reason=reason,
    )
