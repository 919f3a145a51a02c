"""Tables of a report's own: each figure kept under a metric named by its row and its column."""

import re
from collections.abc import Sequence
from functools import cache

from gongkai.graph.dictionary.metrics import (
    SEPARATOR,
    Metric,
    all_metrics,
    metric,
    open_metric_key,
)
from gongkai.graph.extract import Confidence, Semantic

from ..folding import fold
from .labels import key_of
from .sheets import Figure, Row, Sheet, Slot, distinct

_INDEX_WORDS = """
索引号 组配分类 主题分类 体裁 发布机构 发文机关 发文日期 成文日期 生成日期 发布日期 公文生成日期
文号 公开方式 公开形式 有效性 时效性 信息名称 内容概述 主题词 信息来源
"""
_INDEX_KEYS = frozenset(_INDEX_WORDS.split())
_FOOT_KEYS = ("单位负责人", "审核人", "填报人", "联系电话", "填报日期", "填表人", "负责人")
_NO_FIGURES = """
序号 编号 排名 代码 年份 电话 联系电话 日期 时间 发布日期 文号 邮编
"""
_NUMBERING = tuple(_NO_FIGURES.split())
_UNIT_HEADS = ("单位", "计量单位")
_UNIT_NOTE = re.compile(
    r"[（(](?:单位[：:]?)?(万元|亿元|元|人次|条次|条|件|次|个|篇|期|份|人|家|项|场|%)[）)]"
)
_LONGEST_LABEL = 40
_FEWEST_PAIRS = 2
_YEAR = re.compile(r"(20[0-3]\d)年度?")
_CHANGE = re.compile(r"增长|增幅|增减|同比|环比|变化")
_TOTALS = ("合计", "总计", "总数", "共计")
_PLAIN_HEADS = frozenset(
    ("", "数量", "数值", "数据", "统计数", "统计数据", "件数", "条数", "数目", "总数", "合计")
)


def is_index(sheet: Sheet) -> bool:
    """The block of a page that says where a document is filed."""
    keys = {slot.key for row in sheet.rows for slot in row.own}
    return len(keys & _INDEX_KEYS) >= 2 or "索引号" in keys


def is_foot(row: Row) -> bool:
    """Who filled in the form, and when: digits that are no figures."""
    return any(key.startswith(_FOOT_KEYS) for key in row.keys)


def read_open_table(sheet: Sheet) -> list[Figure]:
    """Figures of a table with one clear header; empty where its structure is not clear."""
    rows = [row for row in sheet.rows if row.own and not is_foot(row)]
    body = next((i for i, row in enumerate(rows) if row.has_values), len(rows))
    header, data = rows[:body], rows[body:]
    header = [row for row in header if len(row.slots) > 1]
    if not header:
        return _read_pairs(data)
    if not data:
        return []
    first_values = {_first_value(row) for row in data if row.has_values}
    columns = _columns(header[-1], min(first_values))
    if not columns or not all(_has_label(row, columns) for row in data if row.has_values):
        return []
    units = next((slot.column for slot in header[-1].slots if slot.key in _UNIT_HEADS), None)
    total = _label_of_total(data)
    figures = []
    for row in data:
        labels = [
            slot
            for slot in row.slots
            if slot.is_label and slot.column < min(columns) and slot.column != units
        ]
        unit = row.covering(units) if units is not None else None
        for column in columns:
            slot = row.at(column)
            if slot is not None and slot.is_value and labels:
                whole = "" if slot.value.unit == "%" or labels[0].label == total else total
                figures.append(_figure(slot, labels, header, column, unit, whole))
    return figures


def _label_of_total(rows: Sequence[Row]) -> str:
    """The label of the one row that adds up the others; empty where there is none."""
    labels = {slot.label for row in rows for slot in row.own[:1] if slot.key in _TOTALS}
    return labels.pop() if len(labels) == 1 else ""


def _read_pairs(rows: Sequence[Row]) -> list[Figure]:
    """A table without a header whose every row is a label and its figure, or two of each."""
    if len(rows) < _FEWEST_PAIRS or any(len(row.own) % 2 for row in rows):
        return []
    pairs = [pair for row in rows for pair in zip(row.own[::2], row.own[1::2], strict=True)]
    filled = [(label, slot) for label, slot in pairs if not (label.is_blank and slot.is_blank)]
    if any(not label.is_label or len(label.label) > _LONGEST_LABEL for label, _ in filled):
        return []
    if any(not slot.is_value for _, slot in filled):
        return []
    return [_figure(slot, [label], [], slot.column) for label, slot in filled]


def _first_value(row: Row) -> int:
    label = next((slot.column for slot in row.slots if slot.is_label), 0)
    return next((s.column for s in row.own if s.is_value and s.column > label), label + 1)


def _columns(header: Row, first: int) -> list[int]:
    return [
        slot.column
        for slot in header.slots
        if slot.column >= first
        and slot.is_label
        and slot.key not in (*_NUMBERING, *_UNIT_HEADS)
        and len(slot.label) <= _LONGEST_LABEL
    ]


def _has_label(row: Row, columns: Sequence[int]) -> bool:
    labels = [slot for slot in row.slots if slot.is_label and slot.column < min(columns)]
    return bool(labels) and all(len(slot.label) <= _LONGEST_LABEL for slot in labels)


def _figure(
    slot: Slot,
    labels: Sequence[Slot],
    header: Sequence[Row],
    column: int,
    unit: Slot | None = None,
    total: str = "",
) -> Figure:
    row_path = distinct([label.label for label in labels])
    heads = [over for row in header if (over := row.covering(column)) is not None and over.is_label]
    column_path = distinct([head.label for head in heads])
    entry, year = _metric_named(row_path, column_path), _year_in([*row_path, *column_path])
    measure = "".join(_YEAR.sub("", fold(label)) for label in (*row_path, *column_path))
    note = _UNIT_NOTE.search(measure)
    printed = fold(unit.label) if unit is not None and unit.is_label else note[1] if note else None
    reason = "a table of the report's own"
    return Figure(
        slot=slot,
        metric=entry or open_metric_key(measure),
        measure=measure,
        key=("open", *row_path, *column_path),
        wholes=(("open", total, *column_path),) if total else (),
        dimensions=dict(entry.dimensions) if entry else {},
        row_path=row_path,
        column_path=column_path,
        unit=printed,
        is_change=any(_CHANGE.search(fold(label)) for label in column_path),
        is_money=bool(printed and printed.endswith("元")),
        year=year,
        confidence=Confidence.HIGH if entry else Confidence.MEDIUM,
        reason=f"{reason}, a row of which the dictionary knows" if entry else reason,
    )


def _metric_named(row_path: Sequence[str], column_path: Sequence[str]) -> Metric | None:
    """What a row counts that has a metric's own name, under headers that only say so or when."""
    says_what = (_YEAR.sub("", key_of(label)) for label in column_path)
    if len(row_path) != 1 or any(label not in _PLAIN_HEADS for label in says_what):
        return None
    return _names().get(key_of(row_path[0]))


@cache
def _names() -> dict[str, Metric]:
    """What the forms and the dictionary call a metric; a short name, or one that two have, is no one's."""
    named: dict[str, set[str]] = {}
    for entry in all_metrics():
        labels = (
            path.split(SEPARATOR)[-1] for form in ("local", "2014") for path in entry.places(form)
        )
        for label in (entry.name, *labels):
            named.setdefault(key_of(label), set()).add(entry.id)
    unmistakable = ((key, ids) for key, ids in named.items() if len(key) > 4 and len(ids) == 1)
    return {key: metric(*ids) for key, ids in unmistakable}


def _year_in(labels: Sequence[str]) -> int | None:
    found = next((match for label in labels if (match := _YEAR.search(fold(label)))), None)
    return int(found[1]) if found else None


def loose_numbers(rows: Sequence[Row]) -> list[Slot]:
    """Cells that hold a number."""
    return [
        slot
        for row in rows
        if not is_foot(row)
        for slot in row.own
        if slot.value.semantic in (Semantic.NUMBER, Semantic.ZERO)
    ]
