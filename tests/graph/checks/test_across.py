import pytest

from gongkai.graph.checks.across import check_across
from gongkai.graph.checks.check import CheckStatus
from gongkai.graph.checks.figures import Figure, Figures
from gongkai.graph.extract import Kind
from tests.graph.checks.consistent import cell, report_of


def prose(
    metric: str, value: float, year: int | None, kind: Kind = Kind.COUNT, unit: str = "件"
) -> Figure:
    return Figure(
        id=f"observation:{metric}/{year}/{value}",
        report="report:1",
        metric=metric,
        value=value,
        unit=unit,
        year=year,
        agency="agency:1",
        kind=kind,
        quote=f"{value}{unit}",
    )


def years(
    earlier: list[Figure], later: list[Figure], template: str = "2021"
) -> dict[str, CheckStatus]:
    both: list[Figures] = [
        report_of(earlier, template, year=2021, report="report:0"),
        report_of(later, template, year=2022),
    ]
    checks = check_across(*both)
    assert {check.report for check in checks} <= {"report:1"}
    return {check.rule: check.status for check in checks}


@pytest.mark.parametrize(
    ("carried_in", "status"),
    [(5, CheckStatus.OK), (6, CheckStatus.VIOLATED), (None, CheckStatus.NOT_APPLICABLE)],
)
def test_what_is_carried_in_was_carried_out(carried_in: int | None, status: CheckStatus) -> None:
    found = years(
        [cell("requests-carried-out", 5, "total")],
        [cell("requests-carried-in", carried_in, "total")],
    )
    assert found == {"VII/carried/total": status}


def test_items_of_the_form_of_2019_follow_from_the_year_before() -> None:
    earlier = [cell("licence-items-last-year", 30), cell("licence-items-change", -2)]
    assert years(earlier, [cell("licence-items-last-year", 28)], "2019") == {
        "VII/licence-items": CheckStatus.OK
    }
    assert years(earlier, [cell("licence-items-last-year", 30)], "2019") == {
        "VII/licence-items": CheckStatus.VIOLATED
    }


def test_documents_in_force_that_do_not_follow_are_undecided() -> None:
    later = [
        cell("normative-documents-in-force", 12),
        cell("normative-documents-repealed", 0),
        cell("normative-documents-made", 3),
    ]
    found = years([cell("normative-documents-in-force", 10)], later)
    assert found["III/normative-documents-in-force"] is CheckStatus.UNDECIDED


@pytest.mark.parametrize(("growth", "status"), [(10, CheckStatus.OK), (12.5, CheckStatus.VIOLATED)])
def test_growth_is_tried_on_last_years_own_report(growth: float, status: CheckStatus) -> None:
    later = [
        prose("requests-handled", 110, 2022),
        prose("requests-handled/growth", growth, 2022, Kind.CHANGE, "%"),
    ]
    found = years([prose("requests-handled", 100, 2021)], later)
    assert found == {"V.4/requests-handled": status}


@pytest.mark.parametrize(("restated", "status"), [(36, CheckStatus.OK), (35, CheckStatus.VIOLATED)])
def test_last_years_figure_is_repeated_as_it_was(restated: int, status: CheckStatus) -> None:
    found = years(
        [prose("press-conferences", 36, 2021)], [prose("press-conferences", restated, 2021)]
    )
    assert found == {"VII/restated/press-conferences": status}


@pytest.mark.parametrize(
    ("in_all", "status"), [(1_300, CheckStatus.OK), (1_400, CheckStatus.VIOLATED)]
)
def test_a_stock_grows_by_what_is_new(in_all: int, status: CheckStatus) -> None:
    later = [prose("items-disclosed-stock", in_all, None), prose("items-disclosed", 300, 2022)]
    found = years([prose("items-disclosed-stock", 1_000, None)], later)
    assert found == {"V.7/items-disclosed": status}
