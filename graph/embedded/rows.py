"""Properties of a node as the values of its row."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import msgspec

from gongkai.graph.schema import NODES, Label, Type

from .tables import columns, quoted, table_of

_LARGEST_INTEGER = 2**63 - 1


@cache
def insert_into(label: Label) -> str:
    names = columns(label)
    return (
        f"INSERT INTO {table_of(label)} ({', '.join(map(quoted, names))})"
        f" VALUES ({', '.join('?' * len(names))})"
    )


def row_of(label: Label, id: str, values: Mapping[str, Any]) -> tuple[Any, ...]:
    """`values`: properties by name, and references by their column."""
    names, stored = _columns(label)
    row = [id, *map(values.get, names)]
    for place, made in stored:
        row[place] = made(row[place])
    return tuple(row)


@cache
def _columns(label: Label) -> tuple[tuple[str, ...], tuple[tuple[int, Callable[[Any], Any]], ...]]:
    """The columns after the id, and what becomes of those that are not kept as they are."""
    names = columns(label)
    made = {
        names.index(item.name): _STORED[item.type]
        for item in NODES[label].properties
        if item.type in _STORED
    }
    return names[1:], tuple(made.items())


def _json(value: Any) -> str | None:
    return None if value is None else msgspec.json.encode(value, order="sorted").decode()


def _number(value: float | None) -> float | None:
    """An integer where it is integral, so that it prints without `.0`."""
    if value is None or abs(value) > _LARGEST_INTEGER:
        return None if value is None else float(value)
    return int(value) if value == int(value) else value


def _boolean(value: bool | None) -> int | None:
    return None if value is None else int(value)


_STORED: dict[Type, Callable[[Any], Any]] = {
    Type.INTS: _json,
    Type.STRINGS: _json,
    Type.MAP: _json,
    Type.NUMBER: _number,
    Type.BOOLEAN: _boolean,
}
