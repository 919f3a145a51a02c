"""Places among peers."""

import pytest

from gongkai.graph.compare.gathered import Figure, Found, Group
from gongkai.graph.compare.ranking import Ranking, quartiles, rank
from gongkai.graph.extract import Scope, Semantic
from tests.graph.compare.builders import body, columns, gathered, measured, stated

RECEIVED = "requests-received"
ALL = Scope.JURISDICTION


def ranking(*figures: Figure, forms: dict[int, str] | None = None) -> Ranking:
    bodies = [(body(f"县{place}", forms), [figure]) for place, figure in enumerate(figures)]
    return rank(gathered(*bodies, metric=RECEIVED), measured(RECEIVED), 2020)


def test_the_largest_is_first_and_equals_share_a_place() -> None:
    ranked = ranking(*(stated(2020, value) for value in (5, 9, 5, 1)))

    assert [(item.place, item.value, item.agency.name) for item in ranked.items] == [
        (1, 9, "县1"),
        (2, 5, "县0"),
        (2, 5, "县2"),
        (4, 1, "县3"),
    ]
    assert [item.percentile for item in ranked.items] == [100, 100 / 3, 100 / 3, 0]


def test_quartiles_lie_between_the_nearest_values() -> None:
    assert quartiles([1, 2, 3, 4]) == [1.75, 2.5, 3.25]
    assert quartiles([4, 1, 3, 2, 5]) == [2, 3, 4]
    assert quartiles([7]) == [7, 7, 7]
    assert quartiles([]) == []


def test_who_states_no_number_is_counted_and_not_ranked() -> None:
    slash = stated(2020, semantic=Semantic.NOT_APPLICABLE)
    ranked = ranking(stated(2020, 0), stated(2020), slash)

    assert (ranked.stated, ranked.blank, ranked.not_applicable) == (1, 1, 1)
    assert [item.percentile for item in ranked.items] == [None]


def test_fewer_than_thirty_peers_are_warned_of() -> None:
    few = ranking(*(stated(2020, value) for value in range(29)))
    enough = ranking(*(stated(2020, value) for value in range(30)))

    assert few.warning == "Fewer than 30 peers (29): places say little"
    assert enough.warning is None


def test_bodies_beside_roll_ups_are_warned_of() -> None:
    ranked = ranking(*(stated(2020, 1) for _ in range(29)), stated(2020, 900, scope=ALL))

    assert ranked.warning == (
        "1 of 30 figures count everything under the body, the others the body alone"
    )


def test_a_body_with_both_is_ranked_by_the_scope_of_most() -> None:
    both = [stated(2020, 632), stated(2020, 13_900, scope=ALL)]
    others = [(body(f"县{place}"), [stated(2020, place, scope=ALL)]) for place in range(3)]
    ranked = rank(gathered((body(), both), *others, metric=RECEIVED), measured(RECEIVED), 2020)

    assert ranked.items[0].value == 13_900


def test_units_are_not_mixed() -> None:
    ranked = ranking(stated(2020, 5), stated(2020, 6, unit="件"), stated(2020, 900, unit="元"))

    assert [item.value for item in ranked.items] == [6, 5]
    assert (ranked.unit, ranked.left_out) == ("件", 1)
    assert "1 left out that do not count in 件" in (ranked.warning or "")


def test_another_form_is_warned_of() -> None:
    bodies = [
        (body(f"县{place}", {2019: "2014" if place else "2019"}), [stated(2019, place)])
        for place in range(30)
    ]
    ranked = rank(gathered(*bodies, metric=RECEIVED), measured(RECEIVED), 2019)

    assert "1 of 30 figures follow another form" in (ranked.warning or "")


@pytest.mark.parametrize("base", [stated(2020), stated(2020, 0), stated(2020, 4, scope=ALL)])
def test_a_ratio_needs_something_to_divide_by_in_the_same_scope(base: Figure) -> None:
    found = Found(
        [measured("results-granted"), measured(RECEIVED)],
        [body("甲"), body("乙")],
        [
            Group(0, 0, columns([stated(2020, 3)])),
            Group(0, 1, columns([stated(2020, 4)])),
            Group(1, 0, columns([stated(2020, 1)])),
            Group(1, 1, columns([base])),
        ],
    )
    ranked = rank(found, found.metrics[0], 2020, found.metrics[1])

    assert [(item.agency.name, item.value, item.unit) for item in ranked.items] == [
        ("甲", 0.75, None)
    ]
    assert ranked.items[0].of_observation is not None
    assert ranked.items[0].of_observation.value == 4
    assert (ranked.stated, ranked.left_out, ranked.unit) == (1, 1, None)


def test_nobody_to_rank_is_no_error() -> None:
    ranked = ranking(stated(2020))

    assert (ranked.stated, ranked.items, ranked.quartiles, ranked.unit) == (0, [], [], "件")
