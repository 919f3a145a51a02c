"""Zeros in words: every way of denying with every thing denied, and what only looks like one."""

import pytest

from gongkai.loaders.worded_zeros import find_worded_zeros

THINGS = {
    "政府信息公开申请": ["requests"],
    "依申请公开政府信息的申请": ["requests"],
    "行政复议": ["reconsideration"],
    "行政诉讼": ["litigation"],
    "行政复议、行政诉讼": ["reconsideration", "litigation"],
    "举报、复议和诉讼": ["complaint", "reconsideration", "litigation"],
    "行政复议、行政诉讼和申诉案件": ["reconsideration", "litigation", "appeal"],
    "投诉举报": ["complaint"],
}


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize(
    "wording",
    [
        "全年未发生{}。", "我局没有收到{}。", "2015年度，本镇未接到{}；", "尚未发生{}的情况，",
        "无{}。", "本年度未有公民提出{}。", "均未出现{}", "不存在{}的情形。", "未发生一起{}。",
    ],
)  # fmt: skip
def test_each_thing_denied_is_a_zero(wording: str, thing: str) -> None:
    zeros = find_worded_zeros(wording.format(thing))
    assert [zero.object for zero in zeros] == THINGS[thing]


@pytest.mark.parametrize(
    ("text", "objects"),
    [
        ("我街道未对任何公民、法人和组织收取任何费用。", ["fee"]),
        ("对申请人暂不收取任何费用。", ["fee"]),
        ("办理过程中没有收取检索、复制、邮寄等成本费用。", ["fee"]),
        ("没有与诉讼（行政复议、申诉）有关的费用支出。", ["fee"]),
        ("未产生与行政复议有关的费用。", ["fee"]),
        ("未收费。", ["fee"]),
        ("未因信息公开收取或减免费用。", ["fee", "waiver"]),
        ("不存在不予公开政府信息。", ["withheld"]),
        ("在微信公众号上未收到留言。", ["other"]),
        ("未发生泄密事件和网络舆情。", ["other", "other"]),
        ("未因信息公开工作被提起行政诉讼，也未收到举报。", ["litigation", "complaint"]),
        ("全年未发生因公开引起的行政复议，行政诉讼。", ["reconsideration", "litigation"]),
        ("上年度结转的没有。", ["carried"]),
        ("无结转至下一年度办理的申请。", ["carried"]),
        ("行政复议1件；行政诉讼无。", ["litigation"]),
        (
            "四、复议诉讼情况\n无。\n五、收费及减免情况：\n无",
            ["reconsideration", "litigation", "fee"],
        ),
        ("全年无人申请公开信息。", ["requests"]),
        ("未收到因公开提起的行政复议申请和行政诉讼。", ["reconsideration", "litigation"]),
        ("未对依申请公开政府信息收取或减免费用。", ["fee", "waiver"]),
        ("未予收费。", ["fee"]),
        ("因信息公开引起的行政复议、行政诉讼数量均为零。", ["reconsideration", "litigation"]),
        ("实现零投诉、零诉讼。", ["complaint", "litigation"]),
        ("未收到申请，未收取费用，未发生行政复议。", ["requests", "fee", "reconsideration"]),
        ("未收到信息公开申请及由此引发的行政诉讼。", ["requests", "litigation"]),
    ],
)
def test_what_was_denied_is_told_from_its_cause(text: str, objects: list[str]) -> None:
    assert [zero.object for zero in find_worded_zeros(text)] == objects


@pytest.mark.parametrize(
    "text",
    [
        "没有出现申请逾期未答复的情况。",
        "未按规定收取费用的责令改正。",
        "对未收到答复的申请人作出说明。",
        "无法提供所申请的信息。",
        "无正当理由大量反复申请的不予处理。",
        "没有及时答复申请的，予以通报。",
        "未能在期限内答复申请。",
        "收到行政复议0件。",
        "防止发生泄密事件。",
        "确保不发生行政诉讼。",
    ],
)
def test_other_negations_are_no_zeros(text: str) -> None:
    assert find_worded_zeros(text) == []
