import pytest

from gongkai.graph.checks.check import CheckStatus
from gongkai.graph.checks.figures import Figure
from gongkai.graph.checks.text_and_tables import check_totals, totals_of
from gongkai.graph.dictionary.metrics import find_metric
from gongkai.graph.extract import Scope
from tests.graph.checks.consistent import REPORT, cell, report_of


def said(metric: str, value: int, scope: Scope = Scope.AGENCY) -> Figure:
    return Figure(
        id=f"observation:text/{metric}",
        report=REPORT,
        metric=metric,
        value=value,
        unit="件",
        year=2022,
        agency="agency:1",
        scope=scope,
        quote=f"共{value}件",
    )


CASES = [
    cell("litigation-total", 25, procedure="direct"),
    cell("litigation-pending", 7, procedure="direct"),
    cell("litigation-total", 52, procedure="after-reconsideration"),
    cell("litigation-pending", 13, procedure="after-reconsideration"),
    cell("reconsideration-total", 170),
    cell("reconsideration-pending", 36),
]


@pytest.mark.parametrize(
    ("figure", "status", "explanation"),
    [
        (said("litigation-total", 77), CheckStatus.OK, None),
        (said("litigation-total", 57), CheckStatus.EXPLAINED, "concluded: 57 = 25 + 52 − 7 − 13"),
        (said("litigation-total", 25), CheckStatus.EXPLAINED, "brought at once: 25 = 25"),
        (said("litigation-total", 60), CheckStatus.VIOLATED, None),
        (said("reconsideration-total", 134), CheckStatus.EXPLAINED, "concluded: 134 = 170 − 36"),
        (said("reconsideration-total", 135), CheckStatus.VIOLATED, None),
    ],
)
def test_a_total_of_the_text_is_explained_before_it_is_called_wrong(
    figure: Figure, status: CheckStatus, explanation: str | None
) -> None:
    (found,) = check_totals(report_of([figure, *CASES]))
    assert (found.status, found.explanation) == (status, explanation)


def test_new_requests_and_those_carried_over_explain_a_larger_figure() -> None:
    table = [cell("requests-received", 10, "total"), cell("requests-carried-in", 2, "total")]
    (found,) = check_totals(report_of([said("requests-received", 12), *table]))
    assert found.status is CheckStatus.EXPLAINED
    assert found.explanation == "new and carried over: 12 = 10 + 2"
    assert [operand.role for operand in found.operands] == [
        "text", "requests-received", "requests-carried-in",
    ]  # fmt: skip


def test_a_figure_of_another_scope_repeats_nothing() -> None:
    assert not list(
        check_totals(report_of([said("litigation-total", 3, Scope.JURISDICTION), *CASES]))
    )


def test_a_blank_cell_makes_the_comparison_not_applicable() -> None:
    figures = report_of([said("reconsideration-total", 0), cell("reconsideration-total", None)])
    assert [check.status for check in check_totals(figures)] == [CheckStatus.NOT_APPLICABLE]


@pytest.mark.parametrize("form", ["2014", "2019", "2021"])
def test_totals_name_metrics_that_the_form_states(form: str) -> None:
    for entry in totals_of(form):
        for alternative in entry.alternatives:
            assert alternative.plus or alternative.minus
        for place in (*entry.table, *(m for a in entry.alternatives for m in (*a.plus, *a.minus))):
            metric = find_metric(place.partition("@")[0])
            assert metric is not None, (entry.rule, place)
            assert form in metric.forms, (entry.rule, place, form)
