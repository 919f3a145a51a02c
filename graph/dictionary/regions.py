"""Administrative divisions by year: what a name meant in the year a report is about.

`regions.csv` holds provinces, prefectures and counties since 2003, renamed and abolished ones with
their years and successors, and the nation itself (`000000`). Towns and functional zones have no
code there: theirs is `<parent code>/<name>`, and a `Region` for them is made on the spot.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from gongkai.graph.extract import Level

NATION = "000000"
_ALWAYS = (0, 9999)
# Directly under these there is no prefecture: their districts are counties.
MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})
_BELOW = {
    Level.NATIONAL: Level.PROVINCE,
    Level.PROVINCE: Level.PREFECTURE,
    Level.PREFECTURE: Level.COUNTY,
    Level.COUNTY: Level.TOWN,
    Level.TOWN: Level.TOWN,
}


class Region(NamedTuple):
    """A division under the name it had from the year `since` to the year `until`, both included.

    `short`: the name without its kind (宿迁, 内蒙古), never shorter than two characters.
    `parent`, `successor`: codes; a renamed division is its own successor.
    """

    code: str
    name: str
    short: str
    level: Level
    parent: str | None
    since: int
    until: int
    successor: str | None

    @property
    def usual(self) -> str:
        """The name in daily use: 阿坝州 for 阿坝藏族羌族自治州, else the name itself."""
        is_autonomous = self.name.endswith(("自治州", "自治县", "自治旗"))
        return self.short + self.name[-1] if is_autonomous else self.name

    def stood_in(self, year: int) -> bool:
        return self.since <= year <= self.until

    def years_away(self, year: int) -> int:
        """0 while it stood, else the years to its nearest one."""
        return max(self.since - year, year - self.until, 0)


class _Table(NamedTuple):
    by_code: dict[str, list[Region]]
    by_name: dict[str, list[Region]]
    by_short: dict[str, list[Region]]
    by_parent: dict[str, list[Region]]


@cache
def _table() -> _Table:
    by_code, by_name, by_short, by_parent = (defaultdict[str, list[Region]](list) for _ in range(4))
    levels = {level.value: level for level in Level}
    first, last = _ALWAYS
    text = Path(__file__).with_name("regions.csv").read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        code, name, short, level, parent, since, until, successor = line.split(",")
        if not short:
            short = name[:-1] if len(name) > 2 else name
        region = Region(
            code,
            name,
            short,
            levels[level],
            parent or None,
            int(since) if since else first,
            int(until) if until else last,
            successor or None,
        )
        by_code[code].append(region)
        by_name[name].append(region)
        if region.usual != name:
            by_name[region.usual].append(region)
        by_short[short].append(region)
        by_parent[parent].append(region)
    return _Table(dict(by_code), dict(by_name), dict(by_short), dict(by_parent))


def regions_named(name: str, year: int, *, short: bool = True) -> list[Region]:
    """The divisions of this name in that year: four for 鼓楼区, none for an unknown name.

    Where none stood in that very year, those nearest in time: reports use new names a few months
    early and old ones for years. `short` also allows 宿迁 and 江苏.
    """
    table = _table()
    found = table.by_name.get(name) or (table.by_short.get(name, []) if short else [])
    if not found:
        return []
    nearest = min(region.years_away(year) for region in found)
    return [region for region in found if region.years_away(year) == nearest]


def region_by_code(code: str, year: int | None = None) -> Region | None:
    """The division under its name of that year, or its latest; a zone or town by its slug."""
    versions = _table().by_code.get(code)
    if versions is None:
        return _unlisted(code)
    if year is None:
        return versions[-1]
    return min(versions, key=lambda region: region.years_away(year))


def _unlisted(code: str) -> Region | None:
    parent_code, slash, name = code.rpartition("/")
    parent = region_by_code(parent_code) if slash and name else None
    if parent is None:
        return None
    level = Level.COUNTY if parent_code in MUNICIPALITIES else _BELOW[parent.level]
    if name.endswith(("镇", "乡", "街道", "苏木", "地区", "街")):
        level = Level.TOWN
    return Region(code, name, name, level, parent_code, *_ALWAYS, None)


def zone_code(parent_code: str, name: str) -> str:
    """The code of a zone or town that the national standard gives none."""
    return f"{parent_code}/{name}"


def ancestors(code: str, year: int | None = None) -> Iterator[Region]:
    """The divisions above, from the nearest to the nation."""
    region = region_by_code(code, year)
    while region is not None and region.parent is not None:
        region = region_by_code(region.parent, year)
        if region is not None:
            yield region


def is_within(code: str, ancestor: str) -> bool:
    """Whether a division is this one or lies in it."""
    return code == ancestor or any(region.code == ancestor for region in ancestors(code))


def children(code: str, year: int) -> list[Region]:
    """The divisions directly below in that year, by code."""
    return [region for region in _table().by_parent.get(code, []) if region.stood_in(year)]


def descendants(code: str, year: int) -> Iterator[Region]:
    """All divisions below in that year, each before its own."""
    for child in children(code, year):
        yield child
        yield from descendants(child.code, year)


def named_within(name: str, code: str, year: int) -> list[Region]:
    """The divisions of this name (short forms too) inside another, itself included."""
    return [region for region in regions_named(name, year) if is_within(region.code, code)]


@cache
def prefecture_shorts() -> frozenset[str]:
    """The short names of all prefectures of any year: 宿迁, 苏州."""
    return frozenset(region.short for region in all_regions() if region.level is Level.PREFECTURE)


def level_of_code(code: str | None) -> Level | None:
    region = region_by_code(code) if code else None
    return region.level if region else None


def all_regions() -> Iterator[Region]:
    """Every row of the table: a renamed division comes once under each name."""
    for versions in _table().by_code.values():
        yield from versions
