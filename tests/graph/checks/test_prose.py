"""Sentences of our own, read by the loaders' narrative reader."""

import pytest

from gongkai.graph.checks import prose
from gongkai.graph.checks.check import Check, CheckStatus
from gongkai.graph.checks.figures import Figures, figure_of
from gongkai.graph.checks.prose import check_prose
from gongkai.graph.dictionary.metrics import find_metric
from tests.loaders.narratives import read


def checks_of(text: str) -> list[Check]:
    stated = read(text).observations
    agency = stated[0].agency
    figures = (figure_of("report:1", item) for item in stated)
    return list(check_prose(Figures("report:1", agency, 2016, "2008", figures)))


SUMS = [
    ("收到申请90件，其中当面申请20件，网络申请50件，信函申请20件。", "V.5/ways", CheckStatus.OK),
    (
        "收到申请90件，其中当面申请20件，网络申请50件，信函申请30件。",
        "V.5/ways",
        CheckStatus.VIOLATED,
    ),
    ("收到申请90件，其中当面申请20件，网络申请50件。", "V.5/ways", CheckStatus.UNDECIDED),
    ("收到申请90件，其中当面申请20件，网络申请50，信函申请20件。", "V.5/ways", CheckStatus.OK),
    (
        "收到申请90件，其中自然人申请60件，法人或其他组织申请20件。",
        "V.5/applicants",
        CheckStatus.VIOLATED,
    ),
    (
        "办理申请50件，其中予以公开30件、其他处理18件。另有2件结转下年度办理。",
        "V.5/results",
        CheckStatus.EXPLAINED,
    ),
    (
        "办理申请50件，其中予以公开30件、其他处理18件。另有1件结转下年度办理。",
        "V.5/results",
        CheckStatus.VIOLATED,
    ),
    (
        "主动公开信息100条，其中政策法规类30条、业务动态类80条。",
        "V.1/items-disclosed",
        CheckStatus.UNDECIDED,
    ),
    (
        "主动公开信息100条，其中政策法规类30条、业务动态类70条。",
        "V.1/items-disclosed",
        CheckStatus.OK,
    ),
]


@pytest.mark.parametrize(("text", "rule", "status"), SUMS)
def test_parts_are_added_up_as_far_as_their_list_is_closed(
    text: str, rule: str, status: CheckStatus
) -> None:
    assert {check.rule: check.status for check in checks_of(text)} == {rule: status}


SHARES = [
    (
        "在答复的86件申请中，同意公开60件，占69.8%；不予公开26件，占30.2%。",
        [CheckStatus.OK, CheckStatus.OK],
    ),
    (
        "在答复的86件申请中，同意公开60件，占69.8%；不予公开26件，占33.2%。",
        [CheckStatus.OK, CheckStatus.VIOLATED],
    ),
    (
        "主动公开信息122条，其中政策类99条，占81%；动态类23条，占19%。",
        [CheckStatus.OK, CheckStatus.OK],
    ),
    (
        "主动公开信息65条，其中政策类20条，占30%；动态类45条，占75%。",
        [CheckStatus.EXPLAINED, CheckStatus.VIOLATED],
    ),
    (
        "收到申请40件，其中当面申请10件，信函申请30件，分别占25%和75%。",
        [CheckStatus.OK, CheckStatus.OK],
    ),
]


@pytest.mark.parametrize(("text", "statuses"), SHARES)
def test_a_share_is_what_its_figures_give(text: str, statuses: list[CheckStatus]) -> None:
    found = [check for check in checks_of(text) if check.rule.startswith("V.2/")]
    assert [check.status for check in found] == statuses


def test_a_rate_of_rounded_figures_may_be_any_that_they_allow() -> None:
    text = "公开信箱收到来信{}万件，办结信件{}万件，办结率{}%。"
    exact = checks_of(text.format("12.47", "10.92", "87.64"))
    wrong = checks_of(text.format("12.47", "10.92", "88.64"))
    assert [check.status for check in exact] == [CheckStatus.OK]
    assert [check.status for check in wrong] == [CheckStatus.VIOLATED]


def test_a_rate_of_100_percent_may_leave_out_what_was_not_due() -> None:
    [check] = checks_of("全年收到申请16件，已答复9件，答复率100%。")
    assert check.status is CheckStatus.UNDECIDED


GROWTHS = [
    ("全年收到申请110件，比上年增长10%。去年收到的110件申请均已办结。", CheckStatus.UNDECIDED),
    ("2015年收到申请100件，2016年收到申请110件，比上年增长10%。", CheckStatus.OK),
    ("2015年收到申请100件，2016年收到申请110件，比上年增长15%。", CheckStatus.VIOLATED),
]


@pytest.mark.parametrize(("text", "status"), GROWTHS)
def test_growth_is_tried_where_both_years_are_stated(text: str, status: CheckStatus) -> None:
    found = [check for check in checks_of(text) if check.rule.startswith("V.4/")]
    assert [check.status for check in found] == [status]


def test_every_metric_that_the_rules_of_prose_name_is_in_the_dictionary() -> None:
    known = prose.named_metrics()
    assert known
    assert [metric for metric in known if find_metric(metric) is None] == []
