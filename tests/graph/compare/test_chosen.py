"""Which statements of one figure agree."""

import pytest

from gongkai.graph.compare.chosen import choose, disagreement, main_scope, statements_beside
from gongkai.graph.compare.gathered import Figure
from gongkai.graph.extract import Qualifier, Scope
from tests.graph.compare.builders import stated

OVER, UNDER, ABOUT = Qualifier.OVER, Qualifier.UNDER, Qualifier.ABOUT


@pytest.mark.parametrize(
    "statements",
    [
        [stated(2020, 3511), stated(2020, 3511)],
        [stated(2020, 142_351), stated(2020, 140_000, qualifier=OVER)],
        [stated(2020, 9_870), stated(2020, 10_000, qualifier=UNDER)],
        [stated(2020, 104), stated(2020, 100, qualifier=ABOUT)],
        [stated(2020, 11_987), stated(2020, 12_000, quote="1.2万条")],
        [stated(2020, 4), stated(2020, 3, upper=5)],
        [stated(2020, 24, unit="期"), stated(2020, 840_000, unit="份")],
        [stated(2020, 4), stated(2020)],
        [stated(2020, 4)],
    ],
    ids=["equal", "余", "近", "约", "rounded to 万", "range", "other unit", "blank", "alone"],
)
def test_statements_that_may_be_the_same_agree(statements: list[Figure]) -> None:
    assert disagreement(statements) is None


@pytest.mark.parametrize(
    "statements",
    [
        [stated(2020, 134), stated(2020, 170)],
        [stated(2020, 152_351), stated(2020, 140_000, qualifier=OVER)],
        [stated(2020, 10_100), stated(2020, 10_000, qualifier=UNDER)],
        [stated(2020, 110), stated(2020, 100, qualifier=ABOUT)],
        [stated(2020, 13_000, quote="1.3万条"), stated(2020, 12_000, quote="1.2万条")],
        [stated(2020, 11_987, quote="11987条"), stated(2020, 12_000, quote="12000条")],
        [stated(2020, 1_500), stated(2020, 1_600)],
        [stated(2020, 6), stated(2020, 3, upper=5)],
        [stated(2020, 27.8), stated(2020, 27.9)],
    ],
)
def test_statements_that_cannot_be_the_same_are_named(statements: list[Figure]) -> None:
    said = disagreement(statements)

    assert said is not None
    assert f"{statements[1].value:,}" in said


def test_a_figure_of_the_other_scope_is_no_second_statement() -> None:
    own, of_all = stated(2016, 632), stated(2016, 13_900, scope=Scope.JURISDICTION)

    assert main_scope([own, of_all]) is Scope.AGENCY
    assert choose([of_all, own], Scope.AGENCY) == 1
    assert statements_beside(own, [of_all]) == [own]


def test_a_number_is_chosen_before_a_blank_of_the_wanted_scope() -> None:
    blank, number = stated(2016), stated(2016, 5, scope=Scope.JURISDICTION)

    assert choose([blank, number], Scope.AGENCY) == 1
