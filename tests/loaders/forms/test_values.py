"""What stands in a value cell."""

from decimal import Decimal

import pytest

from gongkai.graph.extract import Qualifier, Semantic
from gongkai.loaders.forms.values import read_value


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("1,234", "1234", None),
        ("１，２３４", "1234", None),
        ("1 234", "1234", None),
        ("12。", "12", None),
        ("增3", "3", None),
        ("＋3", "3", None),
        ("减5", "-5", None),
        ("减少3项", "-3", "项"),
        ("--253", "-253", None),
        ("−4", "-4", None),
        ("251000元", "251000", "元"),
        ("12.5万元", "125000", "元"),
        ("3（件）", "3", "件"),
        ("3条（次）", "3", "条"),
        ("5人/次", "5", "人/次"),
        ("十二件", "12", "件"),
    ],
)
def test_a_number_is_read_with_its_sign_scale_and_unit(
    printed: str, value: str, unit: str | None
) -> None:
    cell = read_value(printed)
    assert (cell.semantic, cell.value, cell.unit) == (Semantic.NUMBER, Decimal(value), unit)


@pytest.mark.parametrize(
    "printed", ["0", "０", "O", "〇", "-0", "0.00", "无", "无。", "0（件）", "持平", "未发生"]
)
def test_a_zero_is_printed_or_worded(printed: str) -> None:
    cell = read_value(printed)
    assert (cell.semantic, cell.value) == (Semantic.ZERO, Decimal(0))


@pytest.mark.parametrize("printed", ["/", "／", "—", "——", "－－", "-", "N/A", "不适用"])
def test_a_mark_says_that_the_question_does_not_apply(printed: str) -> None:
    assert read_value(printed).semantic is Semantic.NOT_APPLICABLE


@pytest.mark.parametrize("printed", ["", " ", "\xa0", "\u3000\u200b"])
def test_white_space_is_blank(printed: str) -> None:
    assert read_value(printed).semantic is Semantic.BLANK


@pytest.mark.parametrize(
    "printed", ["见附件", "1.", "1.本机", "增5减3", "2020年", "一", "12本机关"]
)
def test_anything_else_is_text(printed: str) -> None:
    assert read_value(printed).semantic is Semantic.TEXT


def test_a_hedge_is_kept() -> None:
    assert read_value("2万余").qualifier is Qualifier.OVER
    assert read_value("约3").qualifier is Qualifier.ABOUT
