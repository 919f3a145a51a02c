"""Through what disclosure happens: accounts by handle, sites by owner, the rest by kind.

A channel's owner is the body named right before it (市旅游局门户网站) or inside its account's name
(“宿迁发布”, 重庆环保官方微博); without one it is the body whose report this is. The portal goes by one
name under whichever of its names a report uses.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from gongkai.graph import identity
from gongkai.graph.dictionary.agencies import departments
from gongkai.graph.dictionary.channels import ChannelWord
from gongkai.graph.dictionary.regions import NATION

from .agencies import bodies_in, body, surroundings
from .alternation import alternation
from .channel_words import account_kinds, channel_names, leading_account_kinds
from .reading import AgencyMention, Body, ChannelMention, Reading

_HANDLE = re.compile(r"[“\"‘《]([^”\"’“‘《》\n，。；]{2,20})[”\"’》]")
_LIST_GOES_ON = frozenset(("", "、", "和", "及", "与"))
_NAMED = re.compile(r"(?:账号|平台|名称)?(?:为|是|：|——|-)?")
_SITE_NAME = re.compile(r"(?!一|.?张|互联|电商|物联)[一-鿿]{2,}(?:网|之窗|网站)$")
# 海南民政网 or 政府采购网, without quotes: where something is published on it, or through it.
_BARE_SITE = re.compile(
    r"(?:(?P<through>通过|利用|依托|登录|在)|[，。；：、\n]|^)(?!通过|利用|依托|登录|在)"
    r"(?P<name>[^\W\d_a-zA-Z的了把将到起在和及与从上建立成为是有各]{2,10}网)"
    r"(?=(?:（[^（）]{1,10}）)?站?上?(?:公开|发布|公布|刊登|登载|刊载|发表|更新|公示|上传|推送|主动|及时|累计|共|全年|等|(?(through)[、和及，]|(?!))))"
)
_NO_SITE = re.compile(
    "(?:互联|因特|局域|物联|[内外电管路专全联官水农城]|防控|宽带|骨干|业务|工作|通信|监控|监测|服务体系|各级)网$|^(?:全|本|各|该|其)"
)
_TITLE = re.compile(r"《(?![^《》\n]*信箱》)[^》\n]*》")
_OF_GOVERNMENT = ("政务", "政府")  # 海南政务 is no office of its own
_SUFFIXES = ("局", "委", "厅", "办", "委员会", "管理局")
_NEAR = 16


def find_channels(reading: Reading, agencies: list[AgencyMention]) -> list[ChannelMention]:
    """Every channel named in the prose, in order; none inside another."""
    found = _accounts(reading)
    taken = [(mention.start, mention.end) for mention in found]
    ends = {mention.end: mention.body for mention in agencies}
    inside = {mention.start: mention.body for mention in agencies}
    titles = [match.span() for match in _TITLE.finditer(reading.prose.text)]
    for start, end, word in channel_names().all(reading.prose.text):
        if any(first < end and start < last for first, last in taken):
            continue
        printed = word.type == "gazette" or reading.prose.text[start] == "《"
        if not printed and _is_within(start, titles):
            continue
        owner = (
            ends.get(start)
            or inside.get(start)
            or _owner_before(reading, start, agencies)
            or _owner_of_neighbour(word, start, found, reading)
        )
        name = word.name or reading.prose.text[start:end].strip("《》")
        if name == "门户网站" and (owner or reading.publisher).name.endswith("政府"):
            name = "政府门户网站"  # one portal, whichever of its names a report uses
        found.append(_mention(reading, name, word.type, owner, start, end))
    found += _bare_sites(reading, [(mention.start, mention.end) for mention in found])
    return sorted(found, key=lambda mention: mention.start)


def _is_within(start: int, spans: list[tuple[int, int]]) -> bool:
    place = bisect_right(spans, (start, start + 1)) - 1
    return any(first <= start < last for first, last in spans[max(place - 1, 0) : place + 2])


def _owner_before(reading: Reading, start: int, agencies: list[AgencyMention]) -> Body | None:
    """The body whose mention the channel's name begins inside (市|政府门户网站 → 市政府)."""
    before = reading.prose.text[max(0, start - 1) : start]
    if before and before in "省市县区":
        named = bodies_in(f"{before}人民政府", reading)
        return named[0] if named else None
    near = [item for item in agencies if 0 <= start - item.end <= (before not in "、，和及与")]
    return near[-1].body if near else None


def _owner_of_neighbour(
    word: ChannelWord, start: int, found: list[ChannelMention], reading: Reading
) -> Body | None:
    """重庆环保官方微博673条、官方微信2302条: the second account is of the first one's owner."""
    if word.type not in ("weibo", "wechat"):
        return None
    for mention in found:
        between = reading.prose.text[mention.end : start]
        if mention.type in ("weibo", "wechat") and 0 < len(between) <= _NEAR:
            return mention.body if not re.search("[。；]", between) else None
    return None


# --- accounts -------------------------------------------------------------------------------------


def _accounts(reading: Reading) -> list[ChannelMention]:
    """Accounts by handle: “X发布”微信公众号, 官方微博“X”, “A”“B”微信公众号, 重庆环保官方微博."""
    text = reading.prose.text
    handles = list(_HANDLE.finditer(text))
    found: list[ChannelMention] = []
    following: tuple[int, ChannelWord] | None = None
    for handle in reversed(handles):
        kind = account_kinds().at(text, handle.end())
        if kind is None and following and text[handle.end() : following[0]] in _LIST_GOES_ON:
            kind = handle.end(), following[1]
        start = handle.start()
        if kind is None:
            before = _kind_before(text, start)
            if before is not None:
                start, kind = before[0], (handle.end(), before[1])
        if kind is None and _SITE_NAME.match(handle[1]):
            kind = handle.end(), ChannelWord("website")
        following = (handle.start(), kind[1]) if kind else None
        if kind is not None:
            owner = _owner_of_handle(handle[1], reading)
            found.append(_mention(reading, handle[1], kind[1].type, owner, start, kind[0]))
    return [*reversed(found), *_bare_accounts(reading)]


def _kind_before(text: str, end: int) -> tuple[int, ChannelWord] | None:
    """Where the kind stands right before a handle, and which: 官方微博“X”, but not 微信、“X”."""
    for start, last, word in leading_account_kinds().all(text, max(0, end - 14), end):
        if _NAMED.fullmatch(text, last, end):
            return start, word
    return None


def _bare_accounts(reading: Reading) -> list[ChannelMention]:
    """Accounts without quotes: the place's short name, two to four characters, the kind."""
    around = surroundings(reading)
    shorts = [item.short for item in around.chain if item.code != NATION]
    kinds = "(?:官方|政务)(?:微博|微信)|微信公众号|公众号|抖音号|头条号|视频号|网(?=主动|及时|公开|发布|站|向)"
    pattern = re.compile(
        f"({alternation(shorts)}(?![市省县区])(?:(?!门户|官方)[一-鿿]){{2,4}}?)({kinds})"
    )
    found = []
    for match in pattern.finditer(reading.prose.text):
        kind = account_kinds().at(match.string, match.start(2))
        if kind is not None:
            name = match[1] + ("网" if match[2] == "网" else "")
            owner = _owner_of_handle(match[1], reading)
            found.append(_mention(reading, name, kind[1].type, owner, match.start(), match.end()))
    return found


def _bare_sites(reading: Reading, taken: list[tuple[int, int]]) -> Iterator[ChannelMention]:
    """Websites by a name of their own, where no better known channel stands."""
    for match in _BARE_SITE.finditer(reading.prose.text):
        start, end = match.span("name")
        if _NO_SITE.search(match["name"]) or any(a < end and start < b for a, b in taken):
            continue
        owner = _owner_of_handle(match["name"].removesuffix("网"), reading)
        yield _mention(reading, match["name"], "website", owner, start, end)


def _owner_of_handle(handle: str, reading: Reading) -> Body | None:
    """The body that an account's name names: in full, or by its place and its trade (重庆环保)."""
    named = bodies_in(handle, reading)
    if named:
        return named[0]
    for region in surroundings(reading).chain:
        trade = handle.removeprefix(region.name).removeprefix(region.short)
        if trade in (handle, *_OF_GOVERNMENT):
            continue
        names = [departments()[trade + end] for end in _SUFFIXES if trade + end in departments()]
        own = any(reading.publisher.name.endswith(name) for name in names)
        if own or (region.code == NATION and reading.publisher.name.startswith(trade)):
            return reading.publisher
        if names and region.code != NATION:
            return body(region.code, f"{region.name}{names[0]}")
    return None


def _mention(
    reading: Reading, name: str, kind: str, owner: Body | None, start: int, end: int
) -> ChannelMention:
    who = owner or reading.publisher
    return ChannelMention(identity.channel_id(who.id, name), name, kind, who.id, start, end, who)
