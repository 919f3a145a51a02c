"""Sums and means over bodies."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.graph.compare.aggregates import Aggregate, aggregates
from gongkai.graph.compare.gathered import Figure, FoundAgency
from gongkai.graph.dictionary.agencies import government_of
from gongkai.graph.dictionary.regions import region_by_code
from gongkai.graph.errors import UsageError
from gongkai.graph.extract import Scope, Semantic
from gongkai.graph.identity import agency_id
from tests.graph.compare.builders import body, gathered, measured, stated

RECEIVED = "requests-received"
ALL = Scope.JURISDICTION
Bodies = list[tuple[FoundAgency, list[Figure]]]


def added_up(
    bodies: Bodies,
    metric: str = RECEIVED,
    by: str | None = None,
    units: list[str] | None = None,
) -> list[Aggregate]:
    found = gathered(*bodies, metric=metric)
    return list(aggregates(found, measured(metric), range(2020, 2021), by=by, units=units))


def separate(*figures: Figure) -> Bodies:
    return [(body(f"县{place}"), [figure]) for place, figure in enumerate(figures)]


def government(code: str) -> FoundAgency:
    region = region_by_code(code)
    assert region is not None
    name = government_of(region).name
    return FoundAgency(agency_id(code, name), name, code, [], [], [])


def test_values_are_added_and_what_is_missing_is_counted() -> None:
    [made] = added_up(
        [
            *separate(stated(2020, 1), stated(2020, 2), stated(2020, 6), stated(2020)),
            (body("县x"), [stated(2020, semantic=Semantic.NOT_APPLICABLE)]),
            (body("县y"), [stated(2019, 70)]),
        ]
    )

    assert (made.sum, made.mean, made.median, made.min, made.max, made.count) == (9, 3, 2, 1, 6, 3)
    assert (made.stated, made.blank, made.not_applicable, made.missing) == (3, 1, 1, 1)
    assert (made.unit, made.left_out, made.warning) == ("件", [], None)


def test_nothing_stated_is_no_zero() -> None:
    [made] = added_up(separate(stated(2020)))

    assert (made.sum, made.mean, made.median, made.min, made.max) == (None,) * 5
    assert (made.count, made.stated, made.blank) == (0, 0, 1)


def test_a_body_under_a_roll_up_is_left_out_and_named() -> None:
    """宿迁市 counts everything under it: 宿豫区 and its bodies, however far below."""
    city, district = government("321300"), government("321311")
    bureau = replace_name(district, "宿豫区教育局")
    elsewhere = government("131126")
    [made] = added_up(
        [
            (city, [stated(2020, 100, scope=ALL)]),
            (district, [stated(2020, 40, scope=ALL)]),
            (bureau, [stated(2020, 3)]),
            (elsewhere, [stated(2020, 7)]),
        ]
    )

    assert (made.sum, made.count, made.stated) == (107, 2, 4)
    assert [(item.agency.name, item.within.name) for item in made.left_out] == [
        ("宿豫区人民政府", "宿迁市人民政府"),
        ("宿豫区教育局", "宿豫区人民政府"),
    ]
    assert made.warning == (
        "1 of 2 figures count everything under the body, the others the body alone"
    )


def replace_name(agency: FoundAgency, name: str) -> FoundAgency:
    return FoundAgency(agency_id(agency.region, name), name, agency.region, [], [], [])


def test_own_figures_of_a_city_and_its_district_are_both_counted() -> None:
    bodies = [(government(code), [stated(2020, 5)]) for code in ("321300", "321311")]

    assert added_up(bodies)[0].sum == 10


def test_parts_have_rows_of_their_own() -> None:
    figures = [
        stated(2020, 51),
        stated(2020, 50, part="applicant=natural-person"),
        stated(2020, 1, part="applicant=business"),
    ]
    made = added_up([(body("甲"), figures), (body("乙"), figures)], by="applicant")

    assert [(row.dimension, row.sum) for row in made] == [
        ("total", 102),
        ("business", 2),
        ("natural-person", 100),
    ]


def test_units_are_never_mixed() -> None:
    bodies = separate(stated(2020, 5), stated(2020, 6, unit="元"), stated(2020, 7, unit="宗"))

    with pytest.raises(UsageError, match="1 in 件, 1 in 元, 1 in 宗") as refused:
        added_up(bodies)
    assert refused.value.code == "MIXED_UNITS"

    [made] = added_up(bodies, units=["件", "宗"])
    assert (made.sum, made.stated, made.other_units) == (12, 3, 1)


def test_rates_have_no_sum() -> None:
    [made] = added_up(separate(stated(2020, 87.5), stated(2020, 90)), metric="answer-rate")

    assert (made.sum, made.mean) == (None, 88.75)


@given(
    st.lists(st.lists(st.integers(0, 10**6), max_size=2), min_size=1, max_size=8),
    st.integers(0, 7),
)
def test_no_value_changes_when_a_blank_is_added(values: list[list[int]], place: int) -> None:
    def bodies(blank_at: int | None) -> Bodies:
        made = []
        for number, several in enumerate(values):
            figures = [stated(2020, value) for value in several]
            made.append((body(f"县{number}"), figures + [stated(2020)] * (number == blank_at)))
        return made

    [before] = added_up(bodies(None))
    [after] = added_up(bodies(place))

    assert replace(before, blank=0, missing=0) == replace(after, blank=0, missing=0)
    assert before.blank + before.missing == after.blank + after.missing


@given(st.permutations(range(5)))
def test_the_order_of_bodies_leaves_no_trace(order: list[int]) -> None:
    values = [0.1, 0.2, 0.3, 7, 1e9]
    [made] = added_up(separate(*(stated(2020, values[place]) for place in order)))

    assert made.sum == 1000000007.6
