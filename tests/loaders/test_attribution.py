"""Whose figure it is, through what, and what was seen but is no figure."""

from gongkai.graph.extract import Scope
from gongkai.loaders.narrative import observe
from gongkai.loaders.reading import AgencyMention, ChannelMention, Reading
from tests.loaders.narratives import make_body, make_reading, mentions_of, read


def channel(reading: Reading, name: str, kind: str, owner: str | None = None) -> ChannelMention:
    place = reading.prose.text.index(name)
    return ChannelMention(f"channel:{name}", name, kind, owner, place, place + len(name))


def owners(reading: Reading, agencies: list[AgencyMention]) -> list[tuple[object, str, Scope]]:
    names = {mention.body.id: mention.body.name for mention in agencies}
    names[reading.publisher.id] = reading.publisher.name
    stated = observe(reading, agencies, [], []).observations
    return [(o.value, names[o.agency], o.scope) for o in stated]


def test_each_body_of_a_list_has_its_own_figure() -> None:
    reading = make_reading("全市受理申请100件（市公安局60件、东城县40件），同比增长5%。")
    whole = mentions_of(reading, "全市", scope=Scope.JURISDICTION)
    agencies = [*whole, *mentions_of(reading, "市公安局", "东城县")]
    assert owners(reading, agencies) == [
        (100, "全市", Scope.JURISDICTION),
        (60, "市公安局", Scope.AGENCY),
        (40, "东城县", Scope.AGENCY),
        (5, "全市", Scope.JURISDICTION),
    ]


def test_a_body_that_something_was_done_to_is_no_subject() -> None:
    reading = make_reading("全年向省政府报送信息30条，对市教育局等12个单位通报表扬。")
    agencies = mentions_of(reading, "省政府", "市教育局")
    assert {name for _, name, _ in owners(reading, agencies)} == {reading.publisher.name}


def test_a_website_implies_its_owner_in_a_governments_report() -> None:
    reading = make_reading("全年通过市旅游局门户网站公开信息1326条。")
    (owner,) = mentions_of(reading, "市旅游局")
    site = channel(reading, "市旅游局门户网站", "website", owner.body.id)
    (stated,) = observe(reading, [owner], [site], []).observations
    assert (stated.agency, stated.channel, stated.metric) == (
        make_body("市旅游局").id,
        site.id,
        "items-on-website",
    )


def test_documents_of_a_body_are_not_what_that_body_disclosed() -> None:
    reading = make_reading("全年公开规章3件，市政府其他文件62件，人事任免文件14件。")
    named = mentions_of(reading, "市政府")
    assert {name for _, name, _ in owners(reading, named)} == {reading.publisher.name}


def test_bodies_below_that_are_not_named_are_not_the_body_before_them() -> None:
    reading = make_reading(
        "市教育局举办新闻发布会48场，各县（市、区）举办96场。", publisher="宁安市人民政府"
    )
    owner = mentions_of(reading, "市教育局")
    assert owners(reading, owner) == [
        (48, "市教育局", Scope.AGENCY),
        (96, "宁安市人民政府", Scope.JURISDICTION),
    ]


def test_a_mailbox_carries_through_its_sentence() -> None:
    reading = make_reading("县长信箱共收到来信320件，办结310件，办结率96.88%。")
    mailbox = channel(reading, "县长信箱", "mailbox")
    stated = observe(reading, [], [mailbox], []).observations
    assert [o.channel for o in stated] == [mailbox.id] * 3


def test_every_number_that_is_no_figure_has_its_reason() -> None:
    text = (
        "根据国发〔2016〕55号文件和《2016年工作要点》，在20个工作日内答复，"
        "拨打12345热线，每周至少更新3条。"
    )
    narrative = read(text)
    assert narrative.observations == []
    reasons = {item.quote: item.reason.partition(":")[0] for item in narrative.unplaced}
    assert set(reasons.values()) >= {
        "title",
        "document-number",
        "time-limit",
        "hotline",
        "requirement",
    }


def test_a_part_never_exceeds_its_whole_and_no_figure_is_stated_twice() -> None:
    text = "收到申请100件，其中网上80件、信函20件，办结95件，答复率100%；召开会议3次，培训120人次。"
    stated = read(text).observations
    by_id = {o.id: o for o in stated}
    assert len(by_id) == len(stated) == 7
    for part in stated:
        if isinstance(part.part_of, str) and part.unit == "件":
            assert (part.value or 0) <= (by_id[part.part_of].value or 0)


def test_quotes_are_short_and_hold_the_figure() -> None:
    text = "通过" + "、".join(f"第{n}号渠道" for n in "甲乙丙丁戊己庚辛" * 6) + "公开信息1234条。"
    reading = make_reading(text)
    (stated,) = observe(reading, [], [], []).observations
    assert len(stated.quote) <= 120
    assert stated.quote.endswith("1234条")
    assert reading.document.text[stated.start : stated.end] == stated.quote


def test_a_government_that_counts_all_its_bodies_does_so_where_no_subject_is_stated() -> None:
    reading = make_reading(
        "全区收到信息公开申请57件。\n方式上，当面申请21件，网上申请36件。\n发生行政复议4件。\n区政府网站开设专栏3个。",
        publisher="宁安区人民政府",
    )
    whole = mentions_of(reading, "全区", scope=Scope.JURISDICTION)
    whole = [AgencyMention(reading.publisher, one.start, one.end, one.scope) for one in whole]
    assert [(value, scope) for value, _, scope in owners(reading, whole)] == [
        (57, Scope.JURISDICTION),
        (21, Scope.JURISDICTION),
        (36, Scope.JURISDICTION),
        (4, Scope.JURISDICTION),
        (3, Scope.AGENCY),
    ]
