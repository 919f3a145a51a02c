import pytest

from gongkai.graph.dictionary.regions import (
    NATION,
    all_regions,
    ancestors,
    children,
    is_within,
    region_by_code,
    regions_named,
    zone_code,
)
from gongkai.graph.extract import Level


@pytest.mark.parametrize(
    ("name", "year", "codes"),
    [
        ("鼓楼区", 2016, ["320106", "320302", "350102", "410204"]),
        ("吉林", 2016, ["220000", "220200"]),
        ("江北区", 2024, ["330205", "500105"]),
        ("江北区", 2026, ["330205"]),
        ("两江新区", 2026, ["500157"]),
        ("中国", 2020, [NATION]),
        ("无此县", 2020, []),
    ],
)
def test_a_name_means_every_division_that_bore_it_that_year(
    name: str, year: int, codes: list[str]
) -> None:
    assert [region.code for region in regions_named(name, year)] == codes


def test_an_old_name_is_still_understood_after_the_change() -> None:
    assert [region.code for region in regions_named("襄樊市", 2015)] == ["420600"]


def test_a_division_has_the_name_of_the_year() -> None:
    names = [region.name for year in (2009, 2010) if (region := region_by_code("420600", year))]
    assert names == ["襄樊市", "襄阳市"]


def test_a_zone_stands_under_its_parent() -> None:
    code = zone_code("321300", "宿迁经济技术开发区")
    zone = region_by_code(code)
    assert zone is not None
    assert (zone.name, zone.level) == ("宿迁经济技术开发区", Level.COUNTY)
    assert [region.name for region in ancestors(code)] == ["宿迁市", "江苏省", "中国"]
    assert is_within(code, "320000")


def test_districts_of_a_municipality_lie_directly_under_it() -> None:
    names = {region.name for region in children("500000", 2016)}
    assert len(names) == 38
    assert {"江北区", "彭水苗族土家族自治县"} <= names
    assert "两江新区" not in names


def test_every_parent_and_successor_is_in_the_table() -> None:
    codes = {region.code for region in all_regions()}
    for region in all_regions():
        assert region.parent is None or region.parent in codes, region
        assert region.successor is None or region.successor in codes, region
