"""What is put right in a table before it is read: columns aside, rows that a page break has cut."""

from dataclasses import replace

from .labels import key_of
from .sheets import Row, Sheet, Slot
from .tokens import known_labels

_SIDE_WORDS = "序号 编号 行次 备注 备考 说明 填报说明 指标解释 指标说明"
_SIDE_HEADS = frozenset(_SIDE_WORDS.split())
_REMARK_HEADS = _SIDE_HEADS - {"序号", "编号", "行次"}


def without_side_columns(sheet: Sheet) -> tuple[Sheet, list[Slot]]:
    """The sheet without its columns of row numbers and remarks, and the cells with remarks."""
    heads: dict[int, Slot] = {}
    for row in sheet.rows:
        if len(row.keys) > 1 and not row.has_values:
            for slot in row.own:
                if slot.key in _SIDE_HEADS:
                    heads |= {slot.column + i: slot for i in range(slot.colspan)}
    if not heads:
        return sheet, []
    remarks = []
    rows = []
    for row in sheet.rows:
        kept = []
        for slot in row.slots:
            head = heads.get(slot.column)
            if head is None or slot.row < head.row:
                kept.append(slot)
            elif head.key in _REMARK_HEADS and slot.row == row.index:
                remarks.append(slot)
        rows.append(Row(row.index, tuple(kept)))
    return replace(sheet, rows=tuple(rows)), remarks


def with_whole_rows(sheet: Sheet) -> Sheet:
    """The sheet with rows put together whose label goes on in a row of blanks below.

    Only where the two pieces make up a label of a form: a row may be blank in its own right.
    """
    rows: list[Row] = []
    for row in sheet.rows:
        whole = _joined(rows[-1], row) if rows else None
        if whole is None:
            rows.append(row)
        else:
            rows[-1] = whole
    return replace(sheet, rows=tuple(rows)) if len(rows) < len(sheet.rows) else sheet


def _joined(upper: Row, lower: Row) -> Row | None:
    labels = [slot for slot in lower.own if slot.is_label]
    if not labels or lower.has_values or not upper.own:
        return None
    slots = list(upper.slots)
    for rest in labels:
        above = next((i for i, slot in enumerate(slots) if slot.column == rest.column), None)
        if above is None or not slots[above].is_label or rest.key in known_labels():
            return None
        text = slots[above].text + rest.text
        if slots[above].key in known_labels() or key_of(text) not in known_labels():
            return None
        slots[above] = replace(slots[above], text=text)
    return Row(upper.index, tuple(slots))
