"""What kinds of information the prose names: the taxonomy's words, and open leaves of the text's own.

A word of the taxonomy counts where the sentence speaks of information or disclosure; a class the
taxonomy does not know ("XX类信息12条") becomes an open leaf under its own name.
"""

import re
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from gongkai.graph.dictionary.categories import Entry, by_id, by_word
from gongkai.graph.identity import category_id

from .reading import CategoryMention, Reading

_OPEN_LEAF = re.compile(
    r"(?<=[、，。；：（中括])(?:[本全我各][省市县区镇乡街局厅委]级?)?(?:主动|依法|及时)*(?:公开|发布|公布)?(?!其[他它]|他其|它其)([一-鿿]{2,8}(?<![各等几多]))类(?:政府)?信息(?=[共约]?[0-9])"
)
_ABOUT_DISCLOSURE = re.compile(r"公开|发布|公布|公示|公告|信息|解读|归集|刊登|推送|清单|更新")
_SENTENCE_END = re.compile(r"[。！？\n]")
# 规划计划类12条: a class with its count is one of disclosed items, whatever else the sentence says.
STATED_CLASS = re.compile(
    r"(?:领域|方面)?类?的?(?:政府|政务|各类)?(?:信息|文件|公文|材料)?(?:方面)?[（(：]?(?:共计?|总计|合计|约|近|占(?:比|总数的|总量的)?)?[0-9]"
)
# A word inside one of these is the name of something else.
_NOT_BEFORE = re.compile(r"(?:局|厅|委|部门户|行政处罚法|诉讼|大数据|工程)")


@cache
def _automaton() -> tuple[AhoCorasick, list[Entry]]:
    words = by_word()
    automaton = AhoCorasick(list(words), matchkind=MatchKind.LeftmostLongest)
    return automaton, list(words.values())


def known_category(id: str) -> Entry:
    """The taxonomy's entry of that node id."""
    return by_id()[id]


def find_categories(reading: Reading) -> list[CategoryMention]:
    """Every kind of information named in a sentence about disclosure, in order."""
    text = reading.prose.text
    automaton, entries = _automaton()
    titles = [match.span() for match in re.finditer(r"《[^》]*》|“[^”]{0,40}”", text)]
    found = [
        CategoryMention(
            entries[index].id, entries[index].name, entries[index].parent_id, start, end
        )
        for index, start, end in automaton.find_matches_as_indexes(text)
        if _counts(text, start, end, titles)
    ]
    for match in _OPEN_LEAF.finditer(text):
        name = match[1]
        if name not in by_word() and not any(m.start <= match.start() < m.end for m in found):
            id = category_id(f"open/{name}")
            found.append(CategoryMention(id, name, None, match.start(1), match.end(1)))
    return sorted(found, key=lambda mention: mention.start)


def _counts(text: str, start: int, end: int, titles: list[tuple[int, int]]) -> bool:
    if any(first <= start and end <= last for first, last in titles):
        return False
    following = text[end : end + 6]
    if _NOT_BEFORE.match(following):
        return False
    after = end - 1 if text[end - 1] == "类" else end
    if text[after : after + 1] == "类" and STATED_CLASS.match(text, after):
        return True
    if end - start <= 2 and not re.match(
        r"(?:领域|类|工作)?(?:政府|各类)?信息|公开|[0-9]", following
    ):
        return False
    first = max(
        (m.end() for m in _SENTENCE_END.finditer(text, max(0, start - 300), start)), default=0
    )
    last = _SENTENCE_END.search(text, end)
    sentence = text[first : last.start() if last else len(text)]
    return bool(_ABOUT_DISCLOSURE.search(sentence))
