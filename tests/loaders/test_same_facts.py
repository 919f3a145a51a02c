"""The same facts said in different ways read the same: order, punctuation, units, numerals."""

import itertools
import random

import cn2an
import pytest

from tests.loaders.narratives import read

OPENINGS = ("2016年，", "2016年度，我局", "全年", "一年来，", "2016年全年，我局", "")
TOTALS = (
    "共收到政府信息公开申请{n}{unit}",
    "收到政府信息公开申请共计{n}{unit}",
    "共受理{n}{unit}政府信息公开申请",
    "累计收到政府信息公开申请{n}{unit}",
)
PARTS = (
    "，其中当面申请{a}{unit}，网络申请{b}{unit}，信函申请{c}{unit}。",
    "，其中：当面申请{a}{unit}、网络申请{b}{unit}、信函申请{c}{unit}。",
    "（当面申请{a}{unit}、网络申请{b}{unit}、信函申请{c}{unit}）。",
    "。其中，当面申请{a}{unit}，网络申请{b}{unit}，信函申请{c}{unit}。",
    "，其中当面申请、网络申请、信函申请分别为{a}{unit}、{b}{unit}、{c}{unit}。",
    "，其中当面申请{a}、网络申请{b}、信函申请{c}{unit}。",
)
UNITS = ("件", "宗", "份")
METRICS = ["requests-received", "requests-in-person", "requests-online", "requests-by-letter"]


def said_in_many_ways() -> list[tuple[str, list[int], str]]:
    chance = random.Random(7)
    ways = list(itertools.product(OPENINGS, TOTALS, PARTS, UNITS, ("digits", "characters")))
    cases = []
    for opening, total, parts, unit, numerals in chance.sample(ways, 120):
        a, b, c = (chance.randrange(2, 400) for _ in range(3))
        values = [a + b + c, a, b, c]
        n, a1, b1, c1 = (
            cn2an.an2cn(value) if numerals == "characters" else str(value) for value in values
        )
        if numerals == "characters" and "{b}、" in parts and "分别" not in parts:
            continue  # a bare number in characters is not printed
        text = opening + (total + parts).format(n=n, a=a1, b=b1, c=c1, unit=unit)
        cases.append((text, values, unit))
    return cases


@pytest.mark.parametrize(("text", "values", "unit"), said_in_many_ways())
def test_requests_and_their_ways(text: str, values: list[int], unit: str) -> None:
    stated = read(text).observations
    assert [(o.value, o.unit) for o in stated] == [(value, unit) for value in values]
    assert [o.metric for o in stated] == METRICS
    assert [o.part_of for o in stated] == [None, stated[0].id, stated[0].id, stated[0].id]
    assert {o.year for o in stated} == {2016}


ZEROS = [
    "未收到政府信息公开申请",
    "没有收到政府信息公开申请",
    "未接到公民、法人和其他组织的政府信息公开申请",
    "无依申请公开申请",
    "未收到任何形式的政府信息公开申请",
    "没有公民申请公开政府信息，未收到申请",
    "收到政府信息公开申请0件",
    "没有接到要求公开政府信息的申请",
]


@pytest.mark.parametrize("words", ZEROS)
@pytest.mark.parametrize("opening", ["2016年，我局", "本年度", "全年，我镇"])
def test_no_request_at_all(opening: str, words: str) -> None:
    stated = read(f"{opening}{words}。").observations
    assert [(o.value, o.metric) for o in stated] == [(0, "requests-received")]


NO_REMEDIES = [
    "未发生行政复议、行政诉讼",
    "没有发生因政府信息公开引起的行政复议和行政诉讼",
    "未发生因政府信息公开申请行政复议、提起行政诉讼的情况",
    "无行政复议、行政诉讼案件",
    "行政复议、行政诉讼均为0件",
    "政府信息公开行政复议、行政诉讼均未发生",
    "行政复议0件，行政诉讼0件",
    "没有因政府信息公开被申请行政复议或提起行政诉讼",
    "未发生有关政府信息公开的复议、诉讼",
]


@pytest.mark.parametrize("words", NO_REMEDIES)
@pytest.mark.parametrize("opening", ["2016年，我局", "本年度，", "全年"])
def test_no_remedy_is_two_zeros(opening: str, words: str) -> None:
    stated = read(f"{opening}{words}。").observations
    assert [(o.value, o.metric) for o in stated] == [
        (0, "reconsideration-total"),
        (0, "litigation-total"),
    ]


CHANGES = [
    ("同比增长12.5%", 12.5),
    ("比上年增长12.5%", 12.5),
    ("较2015年增加12.5%", 12.5),
    ("同比上升百分之十二点五", 12.5),
    ("同比下降12.5%", -12.5),
    ("较上年减少12.5%", -12.5),
    ("与2015年相比下降了12.5%", -12.5),
    ("比去年同期降低12.5%", -12.5),
]


@pytest.mark.parametrize(("words", "change"), CHANGES)
def test_a_change_has_a_sign(words: str, change: float) -> None:
    stated = read(f"主动公开政府信息2000条，{words}。").observations
    assert [(o.value, o.metric, o.kind.value, o.year) for o in stated] == [
        (2000, "items-disclosed", "COUNT", 2016),
        (change, "items-disclosed/growth", "CHANGE", 2016),
    ]


STEADY = ["与上年持平", "与2015年持平", "和去年持平", "与上年度持平", "同上年持平"]


@pytest.mark.parametrize("words", STEADY)
def test_steady_states_last_year_too(words: str) -> None:
    stated = read(f"全年召开新闻发布会36场，{words}。").observations
    assert [(o.value, o.year) for o in stated] == [(36, 2016), (36, 2015)]
    assert stated[1].quote.endswith("持平")
