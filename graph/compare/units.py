"""Which units count the same things, from `units.toml`."""

import tomllib
from functools import cache
from importlib import resources

from gongkai.graph import dictionary


@cache
def _rows() -> list[frozenset[str]]:
    text = resources.files(dictionary).joinpath("units.toml").read_text("utf-8")
    return [frozenset(row) for row in tomllib.loads(text)["same"]]


@cache
def count_the_same(one: str | None, other: str | None) -> bool:
    """Two different words for the same things counted: 条 and 件, not 条 and 元."""
    return any(one in row and other in row for row in _rows())
