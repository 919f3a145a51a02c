"""Public bodies: canonical names, short forms, what belongs to what.

A body is its region's code and its canonical name: the region's name and the department's
(重庆市教育委员会), the region's government (重庆市人民政府), its general office
(重庆市人民政府办公厅), its party committee (中共重庆市委员会, 中共重庆市委办公厅). Bodies of the nation
stand under their own names. Source: official names of departments before and after the reform of
2018-19, in `agencies.toml`.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from gongkai.graph.extract import Level

from .regions import NATION, Region, level_of_code, region_by_code

_TOWNS = ("镇", "乡", "街道", "苏木", "地区", "街")
STATE_COUNCIL = "国务院"


class BodyName(NamedTuple):
    region_code: str
    name: str
    level: Level | None


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    text = Path(__file__).with_name("agencies.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def departments() -> dict[str, str]:
    """Every form of a department's name, short or full, to the full one."""
    return {form: full for full, short in _data()["departments"].items() for form in (full, *short)}


@cache
def party_organs() -> dict[str, str]:
    """Every form of the name of a party committee's organ to the full one."""
    return {form: full for full, short in _data()["party"].items() for form in (full, *short)}


@cache
def new_areas() -> dict[str, str]:
    """A zone known everywhere by its own name to the code of the province it lies in."""
    return {name: codes[0] for name, codes in _data()["new_areas"].items()}


@cache
def national_bodies() -> dict[str, str]:
    """Every form of a national body's name to its canonical name."""
    return {form: full for full, short in _data()["national"].items() for form in (full, *short)}


def government_of(region: Region) -> BodyName:
    """The body that governs a region: its government, or a zone's administrative committee."""
    if region.code == NATION:
        return BodyName(NATION, STATE_COUNCIL, Level.NATIONAL)
    if region.level is Level.TOWN and region.name.endswith(("街道", "地区", "街")):
        return BodyName(region.code, f"{region.name}办事处", region.level)
    if _is_zone(region):
        return BodyName(region.code, f"{region.name}管理委员会", region.level)
    return BodyName(region.code, f"{region.name}人民政府", region.level)


def _is_zone(region: Region) -> bool:
    return "/" in region.code and not region.name.endswith(_TOWNS)


def general_office(region: Region) -> str:
    """厅 at the level of a province, 室 below."""
    kind = "办公厅" if region.level is Level.PROVINCE else "办公室"
    return f"{government_of(region).name}{kind}"


def parent_of(region_code: str, name: str) -> BodyName | None:
    """The body a body belongs to: a department's government, a government's superior."""
    region = region_by_code(region_code)
    if region is None:
        return None
    government = government_of(region)
    if name != government.name:
        return government
    above = region_by_code(region.parent) if region.parent is not None else None
    return None if above is None else government_of(above)


def level_of(region_code: str | None) -> Level | None:
    return level_of_code(region_code)
