"""Tables of a report's own: each figure kept under a metric named by its row and its column."""

import re
from collections.abc import Sequence

from gongkai.graph.dictionary.metrics import open_metric_key
from gongkai.graph.extract import Confidence, Semantic

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
    if not header or not data:
        return []
    first_values = {_first_value(row) for row in data if row.has_values}
    columns = _columns(header[-1], min(first_values))
    if not columns or not all(_has_label(row, columns) for row in data if row.has_values):
        return []
    units = next((slot.column for slot in header[-1].slots if slot.key in _UNIT_HEADS), None)
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
                figures.append(_figure(slot, labels, header, column, unit))
    return figures


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
    slot: Slot, labels: Sequence[Slot], header: Sequence[Row], column: int, unit: Slot | None
) -> Figure:
    row_path = distinct([label.label for label in labels])
    heads = [over for row in header if (over := row.covering(column)) is not None and over.is_label]
    column_path = distinct([head.label for head in heads])
    measure = "".join(row_path) + "".join(column_path)
    note = _UNIT_NOTE.search(measure)
    printed = unit.label if unit is not None and unit.is_label else note[1] if note else None
    return Figure(
        slot=slot,
        metric=open_metric_key(measure),
        measure=measure,
        key=("open", *row_path, *column_path),
        dimensions={},
        row_path=row_path,
        column_path=column_path,
        unit=printed,
        is_money=bool(printed and printed.endswith("元")),
        confidence=Confidence.MEDIUM,
        reason="a table of the report's own",
    )


def loose_numbers(sheet: Sheet) -> list[Slot]:
    """Cells that hold a number."""
    return [
        slot
        for row in sheet.rows
        if not is_foot(row)
        for slot in row.own
        if slot.value.semantic in (Semantic.NUMBER, Semantic.ZERO)
    ]
