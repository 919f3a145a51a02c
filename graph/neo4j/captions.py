"""Captions for Neo4j Browser, which breaks them at ASCII spaces only and cuts what does not fit.

So a name in Chinese, which has none, is broken into lines that fit a circle.
"""

from collections.abc import Mapping
from typing import Any

from gongkai.graph.schema import NODES, Label

LINE = 6
"""Characters of Chinese on a line; of others about twice as many."""
LINES = 4

_MYRIAD, _HUNDRED_MILLION = 10_000, 100_000_000


def caption(label: Label, properties: Mapping[str, Any]) -> str:
    """
    >>> caption(Label.AGENCY, {"name": "北京市市场监督管理局"})
    '北京市市场监 督管理局'
    """
    match label:
        case Label.YEAR:
            return str(properties["value"])
        case Label.REPORT:
            return f"{properties['year']} {_broken(properties['title'], LINES - 1)}"
        case Label.OBSERVATION:
            return f"{_figure(properties)} {_broken(properties['measure'], LINES - 1)}"
        case Label.CHECK:
            return f"{properties['status']} {properties['rule']}"
        case _:
            return _broken(properties.get(NODES[label].names[0]) or "", LINES)


def _figure(properties: Mapping[str, Any]) -> str:
    """The value with its unit, as a reader of Chinese would write it."""
    value, unit = properties.get("value"), properties.get("unit") or ""
    if value is None:
        return str(properties["semantic"])
    for size, word in ((_HUNDRED_MILLION, "亿"), (_MYRIAD, "万")):
        if abs(value) >= size:
            return f"{round(value / size, 2):g}{word}{unit}"
    return f"{value:g}{unit}"


def _broken(text: str, lines: int) -> str:
    """The text in lines of about one length, the last cut where there are too many."""
    made, line, width = [], "", 0.0
    for character in " ".join(text.split()):
        width += 0.5 if character.isascii() else 1
        if width > LINE and character != " ":
            made.append(line.rstrip())
            line, width = "", 1.0
        line += character
    made.append(line.rstrip())
    if len(made) > lines:
        made = [*made[: lines - 1], f"{made[lines - 1][: LINE - 1]}…"]
    return " ".join(part for part in made if part)
