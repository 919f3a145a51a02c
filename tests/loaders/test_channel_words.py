"""Names of channels in running text, from the data."""

import pytest

from gongkai.graph.dictionary.channels import account_words, channel_types, channel_words
from gongkai.loaders.channel_words import account_kinds, channel_names


def named(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in channel_names().all(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("通过市政府门户网站发布", ["政府门户网站"]),
        ("政府网络建设", []),
        ("环保局网站和互联网", ["网站"]),
        ("网站建设有序推进", []),
        ("人口统计公报发布", []),
        ("编印公报12期", ["公报"]),
        ("《江北区人民政府公报》免费赠阅", ["《江北区人民政府公报》"]),
        ("拨打12345政务服务热线", ["12345政务服务热线"]),
        ("12333咨询电话受理", ["12333咨询电话"]),
        ("在宿豫日报刊登", ["宿豫日报"]),
        ("广播电影和电视剧", []),
        ("政务公开栏、LED显示屏", ["政务公开栏", "LED显示屏"]),
    ],
)
def test_the_longest_name_that_its_neighbours_allow_is_found(text: str, names: list[str]) -> None:
    assert named(text) == names


def test_the_kind_behind_an_accounts_name_is_told_from_a_word_that_begins_like_it() -> None:
    kind = account_kinds().at("“江北发布”微信公众号", 6)
    assert kind is not None
    assert kind[1].type == "wechat"
    assert account_kinds().at("“互联”网络", 4) is None


def test_every_word_is_of_a_known_type() -> None:
    assert {word.type for word in (*channel_words(), *account_words())} <= channel_types().keys()


def test_every_word_says_what_it_looks_for() -> None:
    assert all(bool(word.words) != bool(word.pattern) for word in channel_words())
