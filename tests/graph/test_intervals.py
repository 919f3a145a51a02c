from hypothesis import given
from hypothesis import strategies as st

from gongkai.graph.extract import Qualifier
from gongkai.graph.intervals import Interval, last_place, printed, total


def test_a_rounded_figure_allows_half_of_its_last_place_either_way() -> None:
    assert printed(124_700, None, Qualifier.EXACT, "来信12.47万件") == (124_650, 124_750, False)
    assert printed(20_000, None, Qualifier.EXACT, "发布2万篇") == (15_000, 25_000, False)


def test_a_count_and_a_cell_allow_nothing_but_themselves() -> None:
    assert printed(81, None, Qualifier.EXACT, "占81%", "%") == (80.5, 81.5, False)
    assert printed(632, None, Qualifier.EXACT, "受理632件") == (632, 632, False)
    assert printed(2_000, None, Qualifier.EXACT, "公开2000条") == (2_000, 2_000, False)
    assert printed(3_646, None, Qualifier.EXACT, "3,646") == (3_646, 3_646, False)


def test_a_percentage_allows_half_of_its_last_decimal() -> None:
    low, high, _ = printed(81.01, None, Qualifier.EXACT, "占81.01%")
    assert (round(low, 4), round(high, 4)) == (81.005, 81.015)
    assert last_place(12.5, "增长１２．５％") == 0.1


def test_over_reaches_up_to_the_next_number_as_round() -> None:
    assert printed(6_000_000, None, Qualifier.OVER, "600余万张") == (6_000_000, 7_000_000, True)
    assert printed(1_300, None, Qualifier.OVER, "1300余条") == (1_300, 1_400, True)


def test_nearly_and_about_allow_less_and_either_side() -> None:
    assert printed(1_000, None, Qualifier.UNDER, "近千条") == (900, 1_000, True)
    assert printed(1_000, None, Qualifier.ABOUT, "约1000条") == (950, 1_050, False)


def test_a_range_allows_all_between_its_ends() -> None:
    assert printed(3, 5, Qualifier.EXACT, "3至5件") == (3, 5, False)


def test_what_is_not_reached_is_not_met() -> None:
    assert not Interval(10, 20, open=True).meets(Interval.exactly(20))
    assert Interval(10, 20).meets(Interval.exactly(20))


def test_nothing_is_divided_by_what_may_be_zero() -> None:
    assert Interval(1, 2).over(Interval(0, 3)) is None
    assert Interval(1, 2).over(Interval(2, 4)) == (0.25, 1.0, False)


@given(st.lists(st.integers(0, 10**7), max_size=8))
def test_counts_meet_their_own_sum_and_no_other(values: list[int]) -> None:
    added = total([Interval.exactly(value) for value in values])
    assert added.meets(Interval.exactly(sum(values)))
    assert not added.meets(Interval.exactly(sum(values) + 1))
