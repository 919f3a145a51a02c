"""Who is who: ids made from what a node is, and where those of one report stand."""

from collections.abc import Callable

import pytest

from gongkai.graph import identity

REPORT = identity.report_id(identity.agency_id("320000", "省教育厅"), 2021)
OTHER = identity.report_id(identity.agency_id("320000", "省教育厅"), 2022)


def test_an_id_is_its_label_and_sixteen_digits() -> None:
    label, _, digits = identity.observation_id(REPORT, 10, 12).partition(":")
    assert label == "observation"
    assert len(digits) == 16
    assert set(digits) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    "made",
    [
        lambda report: identity.section_id(report, 0),
        lambda report: identity.observation_id(report, 10, 12),
        lambda report: identity.check_id(report, "I.1", "observation:a"),
    ],
    ids=["section", "observation", "check"],
)
def test_what_belongs_to_a_report_begins_as_the_report_does(made: Callable[[str], str]) -> None:
    def digits(id: str) -> str:
        return id.partition(":")[2]

    assert digits(made(REPORT))[:4] == digits(REPORT)[:4]
    assert digits(made(OTHER))[:4] == digits(OTHER)[:4]
    assert digits(made(REPORT))[4:] != digits(made(OTHER))[4:]


def test_ten_thousand_places_of_one_report_have_ids_of_their_own() -> None:
    assert len({identity.observation_id(REPORT, n, n + 1) for n in range(10_000)}) == 10_000
