"""A roll-up beside the reports of the bodies right below it."""

import msgspec
import pytest

from gongkai.graph.checks.below import check_below, divisions_below
from gongkai.graph.checks.check import Check
from gongkai.graph.checks.figures import Figure, Figures
from gongkai.graph.extract import Scope
from tests.graph.checks.consistent import cell

CITY = "321300"  # 宿迁市: two districts and three counties in 2022
DIVISIONS = sorted(divisions_below(CITY, 2022))


def stating(
    agency: str,
    received: int | None,
    *,
    scope: Scope = Scope.AGENCY,
    template: str = "2021",
) -> Figures:
    figure: Figure = cell("requests-received", received, "total")
    own = {"report": f"report:{agency}", "agency": agency, "scope": scope, "id": agency}
    stated = msgspec.structs.replace(figure, **own)
    return Figures(f"report:{agency}", agency, 2022, template, [stated])


def checked(
    roll_up: int | None, *bodies: Figures, scope: Scope = Scope.JURISDICTION
) -> list[Check]:
    return list(check_below(stating("agency:city", roll_up, scope=scope), bodies, CITY))


def test_the_divisions_right_below_are_known() -> None:
    assert len(DIVISIONS) == 5


@pytest.mark.parametrize(
    ("roll_up", "received", "status"),
    [
        (500, [100] * 5, "OK"),
        (700, [100] * 5, "OK"),  # the city's own bodies have requests too
        (499, [100] * 5, "VIOLATED"),
        (500, [100] * 2, "UNDECIDED"),
        (150, [100] * 2, "VIOLATED"),  # more reports would only add to it
        (500, [100, None], "NOT_APPLICABLE"),
        (None, [100] * 5, "NOT_APPLICABLE"),
    ],
)
def test_bodies_below_count_no_more_than_the_roll_up(
    roll_up: int | None, received: list[int | None], status: str
) -> None:
    bodies = map(stating, DIVISIONS, received)
    [check] = checked(roll_up, *bodies)

    assert (check.rule, check.status) == ("V.6/below/requests-received", status)
    assert check.report == "report:agency:city"
    assert [item.role for item in check.operands] == ["roll-up", *["below"] * len(received)]


def test_a_missing_division_is_said_and_never_counted_as_zero() -> None:
    [check] = checked(500, stating(DIVISIONS[0], 20), stating("agency:bureau", 480))

    assert check.status == "UNDECIDED"
    assert check.explanation == "4 divisions right below state it in no report here"


def test_a_body_that_counts_itself_alone_is_no_roll_up() -> None:
    assert checked(10, stating(DIVISIONS[0], 20), scope=Scope.AGENCY) == []


def test_tables_of_different_forms_are_not_added() -> None:
    assert checked(10, stating(DIVISIONS[0], 20, template="2019")) == []
