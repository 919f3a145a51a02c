"""What is said of how much without a number to count with is reported, never read, never dropped."""

import pytest

from gongkai.graph.extract import Extract, Qualifier
from gongkai.loaders.load import read_bytes


def read(sentence: str) -> Extract:
    text = f"嘉鱼县2018年政府信息公开工作年度报告\n二、主动公开政府信息情况\n{sentence}"
    return read_bytes(text.encode(), "report.txt")


def unplaced(extract: Extract) -> list[tuple[str, str]]:
    found = [(item.quote, item.reason.split(":")[0]) for item in extract.unplaced]
    return [(quote, reason) for quote, reason in found if reason != "date"]


@pytest.mark.parametrize(
    ("sentence", "quotes"),
    [
        ("全年公开信息数十条，印发资料几百份。", ["数十条", "几百份"]),
        ("召开若干次会议，好几千人参加。", ["若干次", "好几千人"]),
        ("访问量比上年翻了一番，信息量成倍增长。", ["翻了一番", "成倍"]),
        ("成百上千人参加，数以万计的群众受益。", ["成百上千人", "数以万计"]),
    ],
)
def test_vague_words_are_unplaced(sentence: str, quotes: list[str]) -> None:
    extract = read(sentence)
    assert not extract.observations
    assert sorted(unplaced(extract)) == sorted((quote, "vague") for quote in quotes)


def test_vague_words_in_a_title_are_part_of_it() -> None:
    assert unplaced(read("印发《关于若干项工作的意见》。")) == []


@pytest.mark.parametrize(
    ("sentence", "value", "qualifier"),
    [
        ("公开信息百余条。", 100, Qualifier.OVER),
        ("公开信息上千条。", 1000, Qualifier.OVER),
        ("公开信息近千条。", 1000, Qualifier.UNDER),
        ("举办培训十几期。", 10, Qualifier.OVER),
    ],
)
def test_a_number_in_words_with_a_hedge_is_a_figure(
    sentence: str, value: int, qualifier: Qualifier
) -> None:
    (figure,) = read(sentence).observations
    assert (figure.value, figure.qualifier) == (value, qualifier)


@pytest.mark.parametrize(
    "number",
    [
        "1234567890123456",
        "12345678901234567890123456789012345678901",
        "99999999999999亿",
        "1,234,567,890,123,456,789",
    ],
)
def test_more_digits_than_a_number_can_have_are_reported(number: str) -> None:
    extract = read(f"公开信息{number}条。")
    assert not extract.observations
    assert unplaced(extract) == [(f"{number}条", "absurd")]
    assert [warning.code for warning in extract.warnings] == ["ABSURD_NUMBER"]


def test_the_longest_number_is_read_to_the_last_digit() -> None:
    (figure,) = read("网站访问量123456789012345次。").observations
    assert figure.value == 123456789012345


def test_numbers_to_call_are_no_figures_but_calls_are() -> None:
    extract = read(
        "市长热线15236件，便民呼叫中心12345、12398已开通，有事拨打96128，QQ群1149545357。"
    )
    assert [item.value for item in extract.observations] == [15236]
    assert {quote for quote, _ in unplaced(extract)} == {"12345", "12398", "96128", "1149545357"}


def test_the_bodies_that_a_report_speaks_of_are_background() -> None:
    extract = read("全县21个乡镇公开信息56条，本报告汇总22个部门、8个乡镇的材料编制而成。")
    assert [item.value for item in extract.observations] == [56]
    assert [quote for quote, reason in unplaced(extract) if reason == "background"] == [
        "21个",
        "22个",
        "8个",
    ]


def test_classes_great_and_small_are_classes() -> None:
    figures = read("目录分为6大类，共30小类。").observations
    assert [(item.value, item.unit) for item in figures] == [(6, "类"), (30, "类")]
