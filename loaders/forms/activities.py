"""表2 of the 2019 and 2021 forms: rules made, licences, penalties, charges (条例第二十条)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from gongkai.graph.dictionary.metrics import Metric, cells, open_metric_key
from gongkai.graph.extract import Confidence

from ..folding import fold
from .labels import key_of, without_note, without_number
from .sheets import Figure, Row, Slot, distinct

HEAD = "信息内容"
BLOCK = re.compile(r"第?二十条第?[（(]?[一二三四五六七八九十]{1,2}[）)]?项")
_UNIT = re.compile(r"(万元|亿元|元)")
_CERTAIN = (Confidence.CERTAIN, "cell of a statutory form")

# A word of a column's header -> the column, with the form it belongs to.
_COLUMNS = (
    ("新制作", "made", "2019"),
    ("新公开", "disclosed", "2019"),
    ("对外公开", "public-total", "2019"),
    ("公开总数", "public-total", "2019"),
    ("制发", "issued", "2021"),
    ("废止", "repealed", "2021"),
    ("有效", "in-force", "2021"),
    ("上一年", "last-year", "2019"),
    ("上年", "last-year", "2019"),
    ("增", "change", "2019"),
    ("收费", "collected", "2021"),
    ("采购项目", "projects", "2019"),
    ("采购", "amount", "2019"),
    ("本年处理决定", "decided-in-year", "2021"),
    ("处理决定", "decided", "2019"),
    ("总金额", "amount", "2019"),
)
_ROWS = (
    ("规范性文件", "规范性文件"),
    ("规章", "规章"),
    ("行政许可", "行政许可"),
    ("其他对外管理服务", "其他对外管理服务事项"),
    ("行政处罚", "行政处罚"),
    ("行政强制", "行政强制"),
    ("行政事业性收费", "行政事业性收费"),
    ("集中采购", "政府集中采购"),
)
_IN_ORDER = {
    ("2019", "规范性文件"): ("made", "disclosed", "public-total"),
    ("2019", "规章"): ("made", "disclosed", "public-total"),
    ("2021", "规范性文件"): ("issued", "repealed", "in-force"),
    ("2021", "规章"): ("issued", "repealed", "in-force"),
    ("2019", "行政许可"): ("last-year", "change", "decided"),
    ("2019", "其他对外管理服务事项"): ("last-year", "change", "decided"),
    ("2019", "行政处罚"): ("last-year", "change", "decided"),
    ("2019", "行政强制"): ("last-year", "change", "decided"),
    ("2021", "行政许可"): ("decided-in-year",),
    ("2021", "行政处罚"): ("decided-in-year",),
    ("2021", "行政强制"): ("decided-in-year",),
    ("2019", "行政事业性收费"): ("last-year", "change"),
    ("2021", "行政事业性收费"): ("collected",),
    ("2019", "政府集中采购"): ("projects", "amount"),
}
# Grid rows of the printed forms, for tables that come as lines.
OFFICIAL_ROWS = {
    "2019": {
        "规章": 2,
        "规范性文件": 3,
        "行政许可": 6,
        "其他对外管理服务事项": 7,
        "行政处罚": 10,
        "行政强制": 11,
        "行政事业性收费": 14,
        "政府集中采购": 17,
    },
    "2021": {
        "规章": 2,
        "规范性文件": 3,
        "行政许可": 6,
        "行政处罚": 9,
        "行政强制": 10,
        "行政事业性收费": 13,
    },
}
_UNMISTAKABLE = frozenset(
    ("made", "disclosed", "public-total", "issued", "repealed", "in-force", "decided")
)
_SAME_COLUMN = {"issued": "made", "decided-in-year": "decided"}


@dataclass
class Memory:
    """Block and column headers hold for the rows below, in a continued table too."""

    block: str = ""
    columns: list[Slot] = field(default_factory=list)
    form: str = ""
    unit: str | None = None


def column_of(text: str) -> tuple[str, str] | None:
    """The column that a header cell names, and its form."""
    label = key_of(text)
    if not label or len(label) > 16:
        return None
    if re.search(r"收费[总]?金额|收费", text) and label == "行政事业性收费":
        return None
    return next(((name, form) for word, name, form in _COLUMNS if word in label), None)


def row_of(key: str) -> str | None:
    return next((row for word, row in _ROWS if word in key), None) if len(key) <= 16 else None


def is_block(row: Row) -> bool:
    return any(BLOCK.search(slot.label) for slot in row.own if slot.is_label)


def is_header(row: Row, *, is_continued: bool = False) -> bool:
    """A row that names columns; without 信息内容 it must name them beyond doubt."""
    if row.has_values:
        return False
    if any(HEAD in key for key in row.keys):
        return True
    if any(row_of(slot.key) for slot in row.own if slot.is_label):
        return False
    named = [found[0] for slot in row.own if slot.is_label and (found := column_of(slot.text))]
    return bool(_UNMISTAKABLE.intersection(named)) and (len(named) >= 2 or is_continued)


def read_activities(rows: Sequence[Row], memory: Memory) -> list[Figure]:
    figures: list[Figure] = []
    for row in rows:
        block = next((slot for slot in row.own if BLOCK.search(slot.label)), None)
        if block is not None:
            memory.block, memory.columns, memory.unit = block.label, [], _unit_in(block.text)
        slots = [slot for slot in row.own if slot is not block]
        if is_header(row, is_continued=True):
            _learn_header(slots, memory)
        elif slots:
            figures += _read_row(slots, memory)
    return figures


def _learn_header(slots: Sequence[Slot], memory: Memory) -> None:
    """Column headers, without the one over the labels; a repeated one is a spanned one.

    Cut to 本年新, two headers read alike and are two all the same.
    """
    named = [slot for slot in slots if slot.is_label]
    head = next((slot for slot in named if HEAD in slot.key), None)
    columns = [slot for slot in named if slot is not head]
    memory.columns = [
        slot
        for index, slot in enumerate(columns)
        if index == 0 or columns[index - 1].key != slot.key or slot.key.endswith("新")
    ]
    for slot in memory.columns:
        found = column_of(slot.text)
        if found and found[0] not in ("decided",):
            memory.form = found[1]


def _read_row(slots: Sequence[Slot], memory: Memory) -> list[Figure]:
    label = next((slot for slot in slots if slot.is_label), None)
    if label is None:
        return []
    row = row_of(label.key)
    after = [slot for slot in slots if slot.column > label.column]
    while after and after[0].is_label and after[0].key == label.key:
        after = after[1:]
    if row is None and not (memory.columns and any(slot.is_value for slot in after)):
        return []
    pairs = _pair(after, row, memory)
    if row is None and label.key.endswith(("数量", "总数", "总量", "金额")):
        # A row of its own measure: the headers above are not its own, blanks only fill it up.
        pairs = [(slot, None, None) for slot, _, _ in pairs if not slot.is_blank]
    return [_figure(slot, header, name, label, row, memory) for slot, header, name in pairs]


def _pair(
    values: Sequence[Slot], row: str | None, memory: Memory
) -> list[tuple[Slot, Slot | None, str | None]]:
    """Each value cell with its header cell and what the column is."""
    headers = memory.columns
    if not headers:
        return _pair_by_order(values, row, memory)
    below = [(next((v for v in values if h.covers(v.column)), None), h) for h in headers]
    taken = {id(value) for value, _ in below if value is not None}
    strays = [value for value in values if not value.is_blank and id(value) not in taken]
    repeats = {value.label for value, _ in below if value is not None}
    if all(value is not None for value, _ in below) and all(v.label in repeats for v in strays):
        pairs = [(value, header) for value, header in below if value is not None]
    else:
        filled = [value for value in values if not value.is_blank]
        chosen = filled if len(filled) == len(headers) else list(values)[: len(headers)]
        pairs = list(zip(chosen, headers, strict=False))
    names = _column_names([header for _, header in pairs], row, memory)
    return [(value, header, name) for (value, header), name in zip(pairs, names, strict=True)]


def _pair_by_order(
    values: Sequence[Slot], row: str | None, memory: Memory
) -> list[tuple[Slot, Slot | None, str | None]]:
    """Where the header is missing: by the form's own order, as far as the count fits."""
    form = memory.form or "2021"
    order = _IN_ORDER.get((form, row or ""), ())
    kept = list(values)
    while len(kept) > len(order) and kept and kept[-1].is_blank:
        kept.pop()
    if not order or len(kept) != len(order):
        other = "2019" if form == "2021" else "2021"
        order = _IN_ORDER.get((other, row or ""), ())
    return (
        [(v, None, n) for v, n in zip(kept, order, strict=True)] if len(kept) == len(order) else []
    )


def _column_names(headers: Sequence[Slot], row: str | None, memory: Memory) -> list[str | None]:
    """What each column is; a header that was cut is known by its neighbours."""
    names = [found[0] if (found := column_of(header.text)) else None for header in headers]
    order = _IN_ORDER.get((memory.form, row or "")) or _IN_ORDER.get(("2019", row or ""), ())
    if None in names and len(order) == len(names):
        fits = all(
            name is None or name == official for name, official in zip(names, order, strict=True)
        )
        if fits:
            return list(order)
    return list(names)


@cache
def _metrics() -> dict[tuple[str, str], Metric]:
    """Row and column of the form -> the metric."""
    found: dict[tuple[str, str], Metric] = {}
    for form in ("2019", "2021"):
        for path, entry in cells(form).items():
            if path[0] == "表2":
                row, column = row_of(key_of(path[2])), column_of(path[3])
                if row and column:
                    found[row, _SAME_COLUMN.get(column[0], column[0])] = entry
    return found


def _figure(
    slot: Slot,
    header: Slot | None,
    name: str | None,
    label: Slot,
    row: str | None,
    memory: Memory,
) -> Figure:
    column = _SAME_COLUMN.get(name or "", name or "")
    entry = _metrics().get((row, column)) if row else None
    heading = header.label if header else ""
    measure = without_note(without_number(label.label)) + without_note(heading)
    is_money = column in ("collected", "amount")
    unit = (_unit_in(heading) or _unit_in(label.label) or memory.unit) if is_money else None
    confidence, reason = _CERTAIN
    if header is None:
        confidence, reason = Confidence.HIGH, "the column's header is missing"
    if entry is None:
        confidence, reason = Confidence.MEDIUM, "a row or column that the form does not have"
    if is_money and unit is None and column == "collected":
        unit, confidence, reason = "万元", Confidence.HIGH, "in 万元, as the form has it"
    if not is_money and "件数" in heading:
        unit = "件"
    return Figure(
        slot=slot,
        metric=entry or open_metric_key(measure),
        measure=measure,
        key=("activities", memory.block, label.key, heading or column),
        dimensions={},
        row_path=distinct([name for name in (memory.block, label.label) if name]),
        column_path=[heading] if heading else [],
        unit=unit,
        is_change=column == "change",
        is_money=is_money,
        year_offset=-1 if column == "last-year" else 0,
        confidence=confidence,
        reason=reason,
    )


def _unit_in(text: str) -> str | None:
    found = _UNIT.search(fold(text))
    return found[1] if found else None
