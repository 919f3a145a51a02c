"""Odd text is survived: whatever is written, quotes hold, ids are unique and wholes are known."""

import random

import pytest

from gongkai.graph.extract import as_list
from gongkai.loaders.narrative import observe
from tests.loaders.narratives import make_reading

PIECES = [
    "收到申请", "公开信息", "其中", "占比", "与上年持平", "由", "增加到", "均", "各", "分别为", "未发生",
    "行政复议", "、", "，", "。", "；", "：", "（", "）", "\n", "12", "3.5", "%", "万", "亿", "余", "近",
    "约", "条", "件", "次", "人", "元", "“", "”", "《", "》", "一", "二", "三十", "百", "2015年", "第3期",
    "同比", "下降", "共", "全市", "网站",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_nonsense_is_read_without_harm(seed: int) -> None:
    chance = random.Random(seed)
    text = "文" + "".join(chance.choice(PIECES) for _ in range(300))
    reading = make_reading(text)
    narrative = observe(reading, [], [], [])
    ids = {stated.id for stated in narrative.observations}
    assert len(ids) == len(narrative.observations)
    for stated in narrative.observations:
        assert text[stated.start : stated.end] == stated.quote
        assert len(stated.quote) <= 120
        assert stated.metric
        assert set(as_list(stated.part_of)) <= ids
    for number in narrative.unplaced:
        assert text[number.start : number.end] == number.quote
        assert ": " in number.reason


@pytest.mark.parametrize(
    "text",
    ["12" * 30000, "（" * 20000 + "3条", "《" * 20000, "一二三百千万" * 5000, "某局3件、" * 1500],
    ids=["digits", "brackets", "titles", "numerals", "a list without end"],
)
def test_endless_text_ends(text: str) -> None:
    observe(make_reading(text), [], [], [])
