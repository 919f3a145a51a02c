"""Through what disclosure happens: accounts by handle, sites by owner, the rest by kind.

A channel's owner is the body named right before it (市旅游局门户网站); without one it is the body
whose report this is. The portal goes by one name under whichever of its names a report uses.
"""

import re
from functools import cache

from gongkai.graph import identity
from gongkai.graph.dictionary.channels import ACCOUNT_WORDS, WORDS, ChannelWord

from .agencies import bodies_in
from .reading import AgencyMention, Body, ChannelMention, Reading

_HANDLE = re.compile(r"“([^”\n]{2,20})”")
_TITLE = re.compile(r"《[^》\n]*》")


@cache
def _patterns() -> tuple[re.Pattern[str], dict[str, ChannelWord]]:
    groups = {f"w{place}": word for place, word in enumerate(WORDS)}
    pattern = "|".join(f"(?P<{name}>{word.pattern})" for name, word in groups.items())
    return re.compile(pattern), groups


@cache
def _account() -> tuple[re.Pattern[str], dict[str, ChannelWord]]:
    groups = {f"a{place}": word for place, word in enumerate(ACCOUNT_WORDS)}
    pattern = "|".join(f"(?P<{name}>{word.pattern})" for name, word in groups.items())
    return re.compile(pattern), groups


def find_channels(reading: Reading, agencies: list[AgencyMention]) -> list[ChannelMention]:
    """Every channel named in the prose, in order; none inside another."""
    found = _accounts(reading)
    taken = [(mention.start, mention.end) for mention in found]
    pattern, groups = _patterns()
    ends = {mention.end: mention.body for mention in agencies}
    inside = {mention.start: mention.body for mention in agencies}
    titles = [match.span() for match in _TITLE.finditer(reading.prose.text)]
    for match in pattern.finditer(reading.prose.text):
        start, end = match.span()
        if any(first < end and start < last for first, last in taken):
            continue
        word = groups[str(match.lastgroup)]
        if word.type != "gazette" and any(first <= start < last for first, last in titles):
            continue
        owner = ends.get(start) or inside.get(start) or _owner_before(reading, start, agencies)
        name = word.name or match[0].strip("《》")
        found.append(_mention(reading, name, word.type, owner, start, end))
    return sorted(found, key=lambda mention: mention.start)


def _owner_before(reading: Reading, start: int, agencies: list[AgencyMention]) -> Body | None:
    """The body whose mention the channel's name begins inside (市|政府门户网站 → 市政府)."""
    before = reading.prose.text[max(0, start - 1) : start]
    if before and before in "省市县区":
        named = bodies_in(f"{before}人民政府", reading)
        return named[0] if named else None
    near = [item for item in agencies if 0 <= start - item.end <= 1]
    return near[-1].body if near else None


def _accounts(reading: Reading) -> list[ChannelMention]:
    """Accounts by handle: “X发布”微信公众号, 官方微博“X”."""
    text = reading.prose.text
    pattern, groups = _account()
    found: list[ChannelMention] = []
    for handle in _HANDLE.finditer(text):
        word = pattern.match(text, handle.end())
        if word is not None:
            kind = groups[str(word.lastgroup)]
            owner = _owner_of_handle(handle[1], reading)
            found.append(_mention(reading, handle[1], kind.type, owner, handle.start(), word.end()))
    return found


def _owner_of_handle(handle: str, reading: Reading) -> Body | None:
    named = bodies_in(handle, reading)
    return named[0] if named else None


def _mention(
    reading: Reading, name: str, kind: str, owner: Body | None, start: int, end: int
) -> ChannelMention:
    who = owner or reading.publisher
    return ChannelMention(identity.channel_id(who.id, name), name, kind, who.id, start, end, who)
