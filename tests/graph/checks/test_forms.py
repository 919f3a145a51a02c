import random

import msgspec
import pytest

from gongkai.graph.checks.check import Check, CheckStatus
from gongkai.graph.checks.forms import check_forms
from gongkai.graph.checks.rules import rules
from gongkai.graph.dictionary.metrics import find_metric
from gongkai.graph.extract import Level, Semantic
from tests.graph.checks.consistent import cell, consistent_2021, report_of


def violated(checks: list[Check]) -> list[Check]:
    return [check for check in checks if check.status is CheckStatus.VIOLATED]


@pytest.mark.parametrize("seed", range(40))
def test_consistent_tables_violate_nothing(seed: int) -> None:
    checks = list(check_forms(report_of(consistent_2021(random.Random(seed)))))
    assert {check.status for check in checks} == {CheckStatus.OK}
    assert len(checks) == 7 + 7 + 25 + 1 + 3


@pytest.mark.parametrize("seed", range(60))
def test_any_cell_that_is_changed_is_named_by_a_violation(seed: int) -> None:
    chance = random.Random(seed)
    figures = consistent_2021(chance)
    place = chance.randrange(len(figures))
    before = figures[place]
    assert before.value is not None
    value = int(before.value) + chance.choice((1, 7, 1_000))
    figures[place] = msgspec.structs.replace(before, value=value, quote=str(value))
    found = violated(list(check_forms(report_of(figures))))
    assert found
    assert all(before.id in {operand.observation for operand in check.operands} for check in found)


@pytest.mark.parametrize("seed", range(40))
def test_a_cell_that_is_blank_violates_nothing_and_is_no_zero(seed: int) -> None:
    chance = random.Random(seed)
    figures = consistent_2021(chance)
    place = chance.randrange(len(figures))
    figures[place] = msgspec.structs.replace(
        figures[place], value=None, quote="", semantic=Semantic.BLANK
    )
    checks = list(check_forms(report_of(figures)))
    touched = [c for c in checks if figures[place].id in {o.observation for o in c.operands}]
    assert touched
    assert {check.status for check in touched} == {CheckStatus.NOT_APPLICABLE}
    assert not violated(checks)


def test_a_violation_shows_both_sides_and_every_figure() -> None:
    figures = report_of(
        [
            cell("requests-received", 10, "total"),
            cell("requests-carried-in", 2, "total"),
            cell("requests-answered", 9, "total"),
            cell("requests-carried-out", 1, "total"),
        ]
    )
    (found,) = [check for check in check_forms(figures) if check.rule == "I.1/total"]
    assert (found.status, found.left, found.right, found.difference) == (
        CheckStatus.VIOLATED,
        12,
        10,
        2,
    )
    assert [(o.role, o.value, o.low, o.high) for o in found.operands] == [
        ("requests-received", 10, 10, 10),
        ("requests-carried-in", 2, 2, 2),
        ("requests-answered", 9, 9, 9),
        ("requests-carried-out", 1, 1, 1),
    ]
    assert "12 against 10" in found.message


def test_a_row_that_is_missing_makes_its_checks_not_applicable() -> None:
    figures = [f for f in consistent_2021(random.Random(1)) if f.metric != "requests-carried-in"]
    checks = list(check_forms(report_of(figures)))
    first = [check for check in checks if check.rule.startswith("I.1/")]
    assert len(first) == 7
    assert {check.status for check in first} == {CheckStatus.NOT_APPLICABLE}
    assert all(check.explanation and "上年结转" in check.explanation for check in first)


def test_a_soft_rule_of_the_form_of_2014_is_undecided_where_it_is_broken() -> None:
    figures = report_of(
        [cell("requests-completed", 12), cell("requests-received", 10)], template="2014"
    )
    (found,) = [check for check in check_forms(figures) if check.rule == "IV.2/received"]
    assert found.status is CheckStatus.UNDECIDED
    assert found.explanation


def test_answers_of_the_form_of_2014_that_do_not_add_up_are_a_violation() -> None:
    kinds = next(rule for rule in rules() if rule.id == "IV.3/answered").right
    cells = [cell("requests-answered", 9), *(cell(kind, 1) for kind in kinds)]
    (found,) = [c for c in check_forms(report_of(cells, "2014")) if c.rule == "IV.3/answered"]
    assert (found.status, found.left, found.right) == (CheckStatus.VIOLATED, 9, 8)


def test_a_form_that_stands_twice_is_checked_twice() -> None:
    one, other = consistent_2021(random.Random(1)), consistent_2021(random.Random(2))
    renamed = [msgspec.structs.replace(figure, id=f"{figure.id}/2") for figure in other]
    rules_tried = [check.rule for check in check_forms(report_of(one + renamed))]
    assert {"I.1/total", "I.1/total/2"} <= set(rules_tried)


@pytest.mark.parametrize(
    ("level", "rules_made", "statuses"),
    [
        (Level.COUNTY, 0, [CheckStatus.OK]),
        (Level.TOWN, 2, [CheckStatus.VIOLATED]),
        (Level.PREFECTURE, 2, []),
        (Level.COUNTY, None, []),
    ],
)
def test_a_county_makes_no_rules(
    level: Level, rules_made: int | None, statuses: list[CheckStatus]
) -> None:
    figures = report_of([cell("rules-made", rules_made)], level=level)
    found = [check for check in check_forms(figures) if check.rule == "III/rules-power"]
    assert [check.status for check in found] == statuses


def test_a_cell_below_zero_or_in_fractions_is_no_count() -> None:
    figures = report_of(
        [cell("results-granted", -1, "business"), cell("results-granted", 3, "other")]
    )
    (found,) = [check for check in check_forms(figures) if check.rule == "I.4"]
    assert found.status is CheckStatus.VIOLATED
    assert [operand.value for operand in found.operands] == [-1]


def test_every_rule_joins_metrics_of_the_dictionary_that_its_forms_state() -> None:
    for rule in rules():
        for key in (*rule.left, *rule.right):
            metric = find_metric(key)
            assert metric is not None, (rule.id, key)
            stated = set(metric.forms) & set(rule.forms)
            assert stated == set(rule.forms) or key in rule.optional, (rule.id, key)
