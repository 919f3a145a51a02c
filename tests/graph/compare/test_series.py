"""What a series shows of each year."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.graph.compare.comparability import ComparabilityLevel
from gongkai.graph.compare.gathered import Figure
from gongkai.graph.compare.series import Missing, Points, Row, series, years_of
from gongkai.graph.extract import Qualifier, Scope, Semantic
from tests.graph.compare.builders import body, gathered, measured, stated

RECEIVED = "requests-received"
FORMS = {2016: "2008", 2017: "2014", 2019: "2019", 2020: "2019", 2021: "2021"}


def rows(
    figures: list[Figure],
    *,
    metric: str = RECEIVED,
    reports: dict[int, str] = FORMS,
    by: str | None = None,
    years: range = range(2016, 2022),
) -> list[Row]:
    found = gathered((body(reports=reports), figures), metric=metric)
    return list(series(found, [measured(metric)], years, by=by))


def points(figures: list[Figure], **more: object) -> Points:
    [row] = rows(figures, **more)  # type: ignore[arg-type]
    return row.points


def test_every_year_has_a_point_and_none_is_interpolated() -> None:
    shown = points([stated(2016, 10), stated(2020, 30)])

    assert list(shown.year) == [2016, 2017, 2018, 2019, 2020, 2021]
    assert shown.value == [10, None, None, None, 30, None]


def test_a_missing_year_says_why() -> None:
    assert points([stated(2016, 10), stated(2017)]).missing == [
        None,
        Missing.BLANK,
        Missing.NO_REPORT,
        Missing.NOT_STATED,
        Missing.NOT_STATED,
        Missing.NOT_STATED,
    ]


def test_what_the_form_of_a_year_does_not_ask_is_not_asked() -> None:
    assert points([], metric="normative-documents-repealed").missing == [
        Missing.NOT_STATED,  # prose: no form asks for anything
        Missing.NOT_ASKED,
        Missing.NO_REPORT,
        Missing.NOT_ASKED,
        Missing.NOT_ASKED,
        Missing.NOT_STATED,
    ]


def test_last_years_figure_is_asked_by_this_years_form() -> None:
    shown = points([stated(2018, 5)], metric="licence-items-last-year", years=range(2018, 2021))

    assert shown.missing == [None, Missing.NOT_STATED, Missing.NOT_ASKED]


def test_a_slash_is_no_value_and_no_blank() -> None:
    shown = points([stated(2017, semantic=Semantic.NOT_APPLICABLE)], years=range(2017, 2018))

    assert (shown.value, shown.missing) == ([None], [Missing.NOT_STATED])
    assert shown.semantic == [Semantic.NOT_APPLICABLE]


def test_a_zero_is_a_value() -> None:
    shown = points([stated(2017, 0, semantic=Semantic.ZERO)], years=range(2017, 2018))

    assert (shown.value, shown.missing) == ([0], [None])


def test_a_step_is_compared_with_the_nearest_earlier_value() -> None:
    shown = points([stated(2017, 10), stated(2020, 30), stated(2021, 31)])
    levels = [step and step.level for step in shown.comparability]

    assert levels == [None, None, None, None, ComparabilityLevel.PARTLY, ComparabilityLevel.SAME]
    assert shown.since == [None, None, None, None, 2017, 2020]


def test_a_part_compared_says_what_changed_it() -> None:
    [*_, step] = points([stated(2017, 10), stated(2021, 30)]).comparability

    assert step is not None
    assert step.notice == "国办公开办函〔2019〕60号"
    assert "carried over" in (step.reason or "")
    assert "结转" in (step.reason_zh or "")


def test_prose_follows_the_rules_in_force_in_its_year() -> None:
    steps = points([stated(2016, 10), stated(2017, 11)], years=range(2016, 2018)).comparability

    assert [step and step.level for step in steps] == [None, ComparabilityLevel.SAME]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (stated(2020, 1, scope=Scope.AGENCY), stated(2021, 2, scope=Scope.JURISDICTION)),
        (stated(2020, 1, unit="件"), stated(2021, 2, unit="元")),
    ],
    ids=["the body and all under it", "件 and 元"],
)
def test_figures_of_different_things_are_broken(first: Figure, second: Figure) -> None:
    [_, step] = points([first, second], years=range(2020, 2022)).comparability

    assert step is not None
    assert step.level is ComparabilityLevel.BROKEN


def test_another_word_for_the_same_things_is_said() -> None:
    figures = [stated(2020, 1, unit="件"), stated(2021, 2, unit="宗")]
    [_, step] = points(figures, years=range(2020, 2022)).comparability

    assert step is not None
    assert step.level is ComparabilityLevel.PARTLY
    assert "件" in (step.reason or "")


def test_the_unit_of_a_cell_without_one_is_the_metrics() -> None:
    figures = [stated(2020, 1, unit="件"), stated(2021, 2)]
    shown = points(figures, years=range(2020, 2022))

    assert shown.unit == ["件", "件"]
    assert shown.comparability[1] is not None
    assert shown.comparability[1].level is ComparabilityLevel.SAME


def test_a_series_keeps_to_the_scope_of_most_years() -> None:
    figures = [
        stated(2019, 5, scope=Scope.AGENCY),
        stated(2019, 50, scope=Scope.JURISDICTION),
        stated(2020, 51, scope=Scope.JURISDICTION),
        stated(2021, 52, scope=Scope.JURISDICTION),
    ]

    assert points(figures).value[-3:] == [50, 51, 52]


def test_the_first_of_several_statements_is_preferred_and_all_are_kept() -> None:
    figures = [stated(2020, 51), stated(2020, 51), stated(2020, 60)]
    shown = points(figures, years=range(2020, 2021))

    assert shown.value == [51]
    assert [[one.value for one in several] for several in shown.statements] == [[51, 51, 60]]
    assert shown.warning == ["Also stated as 60; 51 is preferred"]


def test_parts_are_rows_and_the_whole_is_the_total() -> None:
    figures = [
        stated(2020, 51),
        stated(2020, 50, part="applicant=natural-person"),
        stated(2020, 1, part="applicant=business"),
    ]
    shown = rows(figures, by="applicant", years=range(2020, 2021))

    assert [(row.dimension, row.points.value) for row in shown] == [
        ("total", [51]),
        ("business", [1]),
        ("natural-person", [50]),
    ]


@given(st.integers(0, 100), st.lists(st.integers(0, 60), min_size=1, max_size=4))
def test_parts_never_exceed_their_whole_unnoticed(whole: int, values: list[int]) -> None:
    parts = [stated(2020, value, part=f"applicant={n}") for n, value in enumerate(values)]
    shown = rows([stated(2020, whole), *parts], by="applicant", years=range(2020, 2021))

    [warning] = shown[0].points.warning
    assert (warning is not None) is (sum(values) > whole)
    if warning is not None:
        assert warning == f"Its parts add up to {sum(values)}, more than {whole}"


def test_parts_of_a_hedged_whole_may_add_up_to_more_than_is_printed() -> None:
    whole = stated(2020, 140_000, qualifier=Qualifier.OVER)
    parts = [stated(2020, value, part=f"applicant={value}") for value in (90_000, 54_000)]
    [row, *_] = rows([whole, *parts], by="applicant", years=range(2020, 2021))

    assert row.points.warning == [None]


def test_a_body_without_figures_has_its_row() -> None:
    [row] = rows([], by="applicant", years=range(2018, 2020))

    assert row.dimension == "total"
    assert row.points.missing == [Missing.NO_REPORT, Missing.NOT_STATED]


def test_years_not_asked_for_are_those_that_anything_is_from() -> None:
    found = gathered((body(reports={2019: "2019"}), [stated(2016, 1)]), metric=RECEIVED)

    assert years_of(found, None, None) == range(2016, 2020)
    assert years_of(found, 2018, None) == range(2018, 2020)
    assert years_of(found, None, 2014) == range(2014, 2015)
    assert years_of(found, 2010, 2011) == range(2010, 2012)
    assert list(years_of(gathered(metric=RECEIVED), None, None)) == []


def test_a_blank_beside_them_changes_no_value() -> None:
    chance = random.Random(7)
    for _ in range(50):
        figures = [stated(year, chance.randrange(100)) for year in range(2016, 2022)]
        blank = stated(chance.randrange(2016, 2022))

        assert points([*figures, blank]).value == points(figures).value
