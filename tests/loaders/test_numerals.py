"""Amounts as printed; whole numbers in characters are held against cn2an."""

import random
from decimal import Decimal

import cn2an
import pytest

from gongkai.graph.extract import Kind, Qualifier
from gongkai.loaders.numerals import chinese_integer, scan

ONE_AMOUNT = [
    ("超过400万件", "4000000", "件", Qualifier.OVER),
    ("14万余条", "140000", "条", Qualifier.OVER),
    ("14余万条", "140000", "条", Qualifier.OVER),
    ("600余万张", "6000000", "张", Qualifier.OVER),
    ("1.39万余件", "13900", "件", Qualifier.OVER),
    ("12.47万件", "124700", "件", Qualifier.EXACT),
    ("近3万次", "30000", "次", Qualifier.UNDER),
    ("不足10件", "10", "件", Qualifier.UNDER),
    ("约300人次", "300", "人次", Qualifier.ABOUT),
    ("300人次左右", "300", "人次", Qualifier.ABOUT),
    ("突破30余万次", "300000", "次", Qualifier.OVER),
    ("1,234,567条", "1234567", "条", Qualifier.EXACT),
    ("6451宗（次）", "6451", "宗", Qualifier.EXACT),
    ("120人/次", "120", "人次", Qualifier.EXACT),
    ("12.5万元", "125000", "元", Qualifier.EXACT),
    ("1亿2000万元", "120000000", "元", Qualifier.EXACT),
    ("三十余万条", "300000", "条", Qualifier.OVER),
    ("一千二百余件", "1200", "件", Qualifier.OVER),
    ("廿五件", "25", "件", Qualifier.EXACT),
    ("两起", "2", "起", Qualifier.EXACT),
    ("27.8%", "27.8", "%", Qualifier.EXACT),
    ("百分之九十五点五", "95.5", "%", Qualifier.EXACT),
    ("约三成", "30", "%", Qualifier.ABOUT),
    ("5‰", "5", "‰", Qualifier.EXACT),
    ("3.5个百分点", "3.5", "个百分点", Qualifier.EXACT),
    ("上百条", "100", "条", Qualifier.OVER),
    ("少于20件", "20", "件", Qualifier.UNDER),
    ("10万+次", "100000", "次", Qualifier.OVER),
    ("120（件）", "120", "件", Qualifier.EXACT),
    ("3.2万多人次", "32000", "人次", Qualifier.OVER),
    ("1亿多次", "100000000", "次", Qualifier.OVER),
    ("1万2千条", "12000", "条", Qualifier.EXACT),
    ("2.9万人", "29000", "人", Qualifier.EXACT),
]


@pytest.mark.parametrize(("printed", "value", "unit", "qualifier"), ONE_AMOUNT)
def test_an_amount_is_read_whole(printed: str, value: str, unit: str, qualifier: Qualifier) -> None:
    (amount,) = scan(f"共{printed}。")
    assert (amount.value, amount.unit, amount.qualifier) == (Decimal(value), unit, qualifier)
    assert f"共{printed}。"[amount.start : amount.end] == printed


@pytest.mark.parametrize(
    ("printed", "low", "high", "unit"),
    [
        ("3至5次", 3, 5, "次"),
        ("10—15个", 10, 15, "个"),
        ("3至5万件", 30000, 50000, "件"),
        ("5%至10%", 5, 10, "%"),
        ("三至五次", 3, 5, "次"),
        ("两三次", 2, 3, "次"),
        ("三四百条", 300, 400, "条"),
        ("3~5个", 3, 5, "个"),
    ],
)
def test_a_range_has_two_ends(printed: str, low: int, high: int, unit: str) -> None:
    (amount,) = scan(printed)
    assert (amount.value, amount.upper, amount.unit) == (Decimal(low), Decimal(high), unit)


def test_a_measure_word_is_no_beginning_of_a_noun() -> None:
    assert [amount.unit for amount in scan("12部门、3次年、20人民、5条例")] == [None] * 4


def test_money_and_per_cents_are_kinds_of_their_own() -> None:
    assert [amount.kind for amount in scan("3万元，5%，2个百分点，8件")] == [
        Kind.MONEY,
        Kind.RATE,
        Kind.CHANGE,
        Kind.COUNT,
    ]


def test_whole_numbers_in_characters_agree_with_the_oracle() -> None:
    chance = random.Random(2016)
    for _ in range(2000):
        number = chance.randrange(1, 10 ** chance.randrange(1, 10))
        assert chinese_integer(cn2an.an2cn(number)) == number


def test_granularity_is_one_step_of_the_last_digit() -> None:
    assert [str(amount.granularity) for amount in scan("12.47万件，85.1万条，36万条，512件")] == [
        "100.00",
        "1000.0",
        "10000",
        "1",
    ]
