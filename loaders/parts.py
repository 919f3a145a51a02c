"""Which figure is part of which: 其中 lists and brackets; where words leave it open, `sums`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from gongkai.graph.extract import Kind

from .figures import Figure
from .sums import settle_by_sums
from .units import of_one_kind

_OF_WHICH = re.compile(
    r"(?:^|[，。；、：（(])(?:其中|当中|内有|内含|主要(?:有|为|涉及|是(?!因))|(?:主要)?(?:含|包括|包含|涵盖)|"
    r"分别(?:为|是)|具体(?:为|是|如下)|即)"
)
_BY_KIND = re.compile("按[^，。]{2,14}(?:分|划分|统计)")
_IN_THESE = re.compile(
    rf"^(?:(?:在|从)[^，。]{{2,24}}|[^，。]{{2,16}}的[^，。]{{0,4}}信息)(?:中|里)[，,]|^{_BY_KIND.pattern}"
)
_AMONG = re.compile(r"[^，。；：]{0,14}中，?[^，。；：]{0,6}?(?:有|仅有|只有)$")  # 62个村中有15个
_OF_THOSE = re.compile("[一-龥]{0,6}中[，,：]")  # 已办理的899件中：予以公开158件
_REMEDY = re.compile("(?:复议|诉讼)(?!请求)(?:(?!维持|纠|撤|驳)[^，；。、]){0,16}$")
_OUTCOME = re.compile("(?:其中)?(?:结果)?(?:维持|纠正|纠错|撤销|驳回|撤诉|被依法纠错)")
_COLON = re.compile("[^，。；：（）]{0,14}：")  # 171条：工作动态34条
_RESULTS = re.compile("(?:答复|办理|处理)(?:结果|情况)(?:为|是|如下)?：")
_NEW_MATTER = re.compile(
    r"^(?:同时|此外|另外|另|并(?!轨)|还|全年|年内|本年度?|(?:19|20)\d{2}年|[一二三四五六七八九]是|[（(][一二三四五六七八九])"
)
_STARTS_ANEW = re.compile(
    r"(?:主动)?(?:公开|发布)|通过|召开|举办|举行|开展|印发|制作|收到|受理|组织|完成|共"
)
# Words that begin another matter than the list's: 办结95件 behind 收到100件，其中网上80件.
_MATTER = re.compile(
    r"(?P<what>诉讼(?!请求)|(?<!未经)复议(?!后)|申诉|举报|投诉|(?<!未)收到|受理(?!机关|单位)|召开|举办|开展|印发|制发|主办|在线访谈|政策解读稿|结转(?=[至到入]?(?:下|次|明|20)))"
    r"(?!类|信息)"
    r"|(?:^|[，、；已均共全都年])(?P<said>办结|答复|回复|培训)(?![率类])"
)
_CHANNEL_KINDS = re.compile("网站|微信|公众号|微博|抖音|客户端|公报|公开栏|公示栏|电视|报刊|新媒体")
_TAKES_IN = re.compile("[^，。；]{0,12}(?:信箱|热线|留言|来信|来电)")
_PUBLISHED = re.compile("公开|发布|公布")
_WAY = re.compile("通过|在|以|利用|采用|采取|经")
_VERB = re.compile(
    "(?:并|已|共|新|并已)?(?:公开|发布|刊登|刊载|编印|发放|召开|举办|举行|开展|印发|制作|组织|完成|推送|更新|报送|开设|设立|新增|增设)"
)
_BRACKETED = re.compile(r"（[^（）]*）")
_OTHER_YEAR = re.compile(r"(?:上一?年度?|去年|(?:19|20)\d{2}年度?)(?:同期)?(?:为|是|有|共|仅)?$")
_BESIDES = re.compile("[，；]?(?:另|此外|不含|不包括|不计)")
_PEOPLE = frozenset(("人", "名", "位"))
_NAMED = re.compile(r"[，。；：\s]*[在从]")
_CLASS = re.compile("类|信息|动态|公告|文件")  # what a total of disclosed items is divided into
_DISCLOSED = re.compile("(?:公开|发布|公布).*信息|信息.*(?:公开|发布|公布)")
_LAST_YEAR = re.compile(
    r"(?:(?:上一?年度?|去年)(?:同期)?(?:为|是|有|共|仅|的)?|[比较](?:19|20)\d{2}年度?(?:同期)?的)$"
)
_COMPARED = re.compile("[比较由从](?:上一?年度?|去年|(?:19|20)\\d{2}年度?)(?:同期)?的?$")
_SAME_BODY = 4  # characters at the head of two sentences that tell their subject
_WINDOW = 60  # figures that a list may reach over
_FAR = 14  # figures looked back at for a base


def find_wholes(figures: list[Figure], text: str, earlier: list[Figure]) -> None:
    """Set `wholes` of every figure of one paragraph; `figures` in order.

    `earlier`: the totals of the paragraphs before, which it may divide.
    """
    _in_brackets(figures, text)
    _in_lists(figures, text, earlier)
    settle_by_sums(figures, text, earlier)


def _may_hold(whole: Figure, part: Figure) -> bool:
    if not whole.is_count or whole.kind is not part.kind or whole is part:
        return False
    if _LAST_YEAR.search(whole.label) or (part.upper is None and whole.value < part.value):
        return False
    return of_one_kind(part.unit, whole.unit)


def _in_brackets(figures: list[Figure], text: str) -> None:
    for index, figure in enumerate(figures):
        opening = figure.place.bracket
        if opening < 0 or not figure.is_count:
            continue
        for other in reversed(figures[max(index - _WINDOW, 0) : index]):
            if other.place.bracket == opening or other.start > opening:
                continue
            between = text[other.end : opening]
            close = len(between) <= 16 and not re.search("[，。；、：,;]", between)
            if _OTHER_YEAR.match(text, opening + 1, figure.start) or _BESIDES.match(figure.label):
                break
            if close and _may_hold(other, figure):
                figure.wholes = [other]
            break


@dataclass(slots=True)
class _List:
    """A list that 其中 has opened: where, the index of its first part, that part's unit."""

    opener: int
    first: int
    unit: str | None
    added_up: frozenset[float] = frozenset()  # what its first two, three, … figures add up to
    listed: dict[int, float] = field(default_factory=dict)  # by whole: what its parts add up to
    whole: Figure | None = None  # of the part before

    def goes_on_with(self, part: Figure) -> bool:
        """Whether the total of the part before holds this one as well; a zero would fit any."""
        whole = self.whole
        if whole is None or whole.unit != part.unit:
            return whole is not None and part.value == 0
        return self.listed[id(whole)] + part.value <= whole.value

    def take(self, part: Figure, whole: Figure) -> None:
        part.wholes, self.whole = [whole], whole
        self.listed[id(whole)] = self.listed.get(id(whole), 0) + part.value


def _in_lists(figures: list[Figure], text: str, earlier: list[Figure]) -> None:
    """其中 opens parts of the nearest totals before it, up to the end of the sentence.

    Two totals may be divided together: 25件2950元，其中甲1件420元；乙2件290元. A part may be
    divided in its turn, up to the semicolon: 其中甲类9条，内有子类2条；乙类4条.
    """
    opened: _List | None = None
    outer: _List | None = None  # the list of which a part is divided
    aside: _List | None = None  # the list that goes on behind what is said of one of its parts
    of_sentence = -1
    for index, figure in enumerate(figures):
        place = figure.place
        if place.sentence != of_sentence:
            opened, outer, aside, of_sentence = None, None, None, place.sentence
        if figure.wholes or not figure.is_count or figure.amount is None:
            continue
        if _COMPARED.search(figure.label):
            continue  # 其中甲514件，较上年的438件增长17.4%
        opener = _last_opener(text, _floor(figures, index, place.sentence), figure)
        if opener < 0 and _is_of_last(figures, index, text):
            opener = figures[index - 1].end
        if opener >= 0:
            last = next((one for one in reversed(figures[:index]) if one.is_count), None)
            divides_part = opened is not None and last is not None and bool(last.wholes)
            outer = opened if divides_part else None
            opened = _List(opener, index, figure.unit)
        elif (outer or aside) is not None and "；" in text[figures[index - 1].end : figure.start]:
            opened, outer, aside = outer or aside, None, None
        if opened is None or (place.bracket >= 0 and opened.opener < place.bracket):
            continue
        before = figures[max(opened.first - _WINDOW, 0) : opened.first]
        if opener >= 0:
            opened.added_up = _added_up(figures, index)
        whole = _total_before(before, figure, opened, text)
        if opened.goes_on_with(figure):
            whole = opened.whole
        if whole is None and _CLASS.search(figure.label):
            whole = _disclosed_before([*earlier, *before], figures[opened.first :], text)
        if whole is None or (opener < 0 and _leaves(opened, figure, whole, text)):
            if place.bracket < 0 and not figure.wholes:
                aside = opened if _is_aside(opened, figure, text) else None
                opened = None
            continue
        opened.take(figure, whole)


def _is_aside(opened: _List, figure: Figure, text: str) -> bool:
    """食品抽检公告207期，涉及样品6.2万批次；…: another kind of thing, said of a part behind a comma."""
    return text[figure.place.clause - 1] == "，" and not of_one_kind(figure.unit, opened.unit)


def _is_of_last(figures: list[Figure], index: int, text: str) -> bool:
    """办结的2719宗中，予以公开902宗: whether a list begins that divides the figure right before it."""
    last, part = figures[index - 1], figures[index]
    same = index > 0 and last.place.sentence == part.place.sentence
    return same and _may_hold(last, part) and bool(_OF_THOSE.match(text, last.end, part.start))


def _disclosed_before(totals: list[Figure], parts: list[Figure], text: str) -> Figure | None:
    """The total of disclosed items, a paragraph or sentences before, that a list of classes divides.

    Of several that can hold the list: the one it adds up to, else the one said of the same body,
    else the nearest.
    """
    first = parts[0]
    listed = sum(
        part.value
        for part in parts
        if part.place.sentence == first.place.sentence
        and part.place.bracket == first.place.bracket
        and of_one_kind(part.unit, first.unit)
        and part.is_count
    )
    lead = text[first.place.sentence : first.start]
    holding = [
        total
        for total in totals
        if total.place.sentence != first.place.sentence
        and _may_hold(total, first)
        and total.value >= listed
        and _DISCLOSED.search(text[total.place.clause : total.start])
    ]
    return max(
        reversed(holding),
        key=lambda total: (
            total.value == listed,
            lead[:_SAME_BODY] == text[total.place.clause :][:_SAME_BODY],
        ),
        default=None,
    )


def _floor(figures: list[Figure], index: int, sentence: int) -> int:
    """Where the words before a figure begin: after the figure before it of the same sentence."""
    if index and figures[index - 1].end > sentence:
        return figures[index - 1].end
    return sentence


def _last_opener(text: str, start: int, figure: Figure) -> int:
    """Where 其中 or its like stands among the words that lead to a figure, or -1."""
    words = _BRACKETED.sub(lambda match: " " * len(match[0]), text[start : figure.start])
    opener = -1
    for match in _OF_WHICH.finditer(words):
        opener = start + match.start()
    if (
        opener < 0
        and _OUTCOME.match(figure.label.lstrip("，；、"))
        and _REMEDY.search(text, max(start - 20, 0), start)
    ):
        opener = start
    if opener < 0 and (
        _IN_THESE.match(words.lstrip("，。；：、"))
        or _AMONG.match(words)
        or (start > figure.place.sentence and _COLON.match(words))
        or _RESULTS.search(words)
    ):
        opener = start
    return opener


def _added_up(figures: list[Figure], first: int) -> frozenset[float]:
    """What the figures of a list add up to, from two of them on to all of its sentence's."""
    place, unit = figures[first].place, figures[first].unit
    sums = list(
        accumulate(
            figure.value
            for figure in figures[first : first + _WINDOW]
            if figure.place.sentence == place.sentence
            and figure.place.bracket == place.bracket
            and figure.is_count
            and of_one_kind(figure.unit, unit)
        )
    )
    return frozenset(sums[1:])


def _total_before(before: list[Figure], part: Figure, opened: _List, text: str) -> Figure | None:
    """The total that a list divides: of those in reach the one it adds up to, else the nearest."""
    fitting = list(_totals_before(before, part, opened.opener, text))
    said = _IN_THESE.match(text[opened.opener : part.start].lstrip("，。；：、"))
    where = set(_CHANNEL_KINDS.findall(said[0])) if said else set()
    for total in fitting:
        if total.value in opened.added_up or (
            where and where & set(_CHANNEL_KINDS.findall(total.label))
        ):
            return total  # 网站公开的信息中: of those on the website
    return fitting[0] if fitting else None


def _totals_before(before: list[Figure], part: Figure, opener: int, text: str) -> Iterator[Figure]:
    """The totals that a list beginning at `opener` may divide, nearest first."""
    inside = part.place.bracket
    named = _NAMED.match(text, opener) is not None  # 在公开的信息中 may mean what is itself a part
    again = _BY_KIND.match(text, part.place.sentence) is not None
    seen = sentence = 0
    for other in reversed(before):
        if seen > _FAR:
            return
        if other.place.bracket != inside:
            continue
        if other.wholes and other.place.sentence != part.place.sentence and not named:
            continue
        if "电子化" in other.label:
            continue  # how it is there is no total of what there is
        if other.wholes and inside < 0 and "；" in text[other.end : opener]:
            continue
        if again and _BY_KIND.match(text, other.place.sentence):
            continue  # 按载体分，…。按类别分，…: the same is divided twice
        if text.count("。", other.end, opener) > 1 + again:
            return
        if seen and other.place.sentence < part.place.sentence == sentence:
            return  # what the sentence itself has counted is divided, or nothing is
        seen, sentence = seen + 1, other.place.sentence
        if other.start < opener and _may_hold(other, part):
            yield other


def _leaves(opened: _List, figure: Figure, whole: Figure, text: str) -> bool:
    """Whether a figure behind 其中 speaks of something else by now."""
    lead = text[figure.place.clause : figure.start].lstrip("，；、")
    if _NEW_MATTER.match(lead) or _other_unit(opened, figure, whole, text):
        return True
    if _TAKES_IN.match(lead) and _PUBLISHED.search(whole.label):
        return True  # 公开信息100条，其中甲类30条；县长信箱收件20件
    here, there = (set(_CHANNEL_KINDS.findall(words)) for words in (lead, whole.label))
    if text[figure.place.clause - 1] == "；" and here and there and not here & there:
        return True  # 网站发布100条，其中甲类30条；在微信发布20条
    if text[figure.place.clause - 1] == "；" and _STARTS_ANEW.match(lead):
        # 其中：通过网站公开60条；通过微信公开40条 still divides the whole; what overfills it does not.
        # Where the first already went the one way, the others went other ways as well.
        listed = opened.listed.get(id(whole), 0)
        fits = listed + figure.value <= whole.value or listed >= whole.value >= figure.value
        return not (fits and figure.unit == whole.unit and _WAY.match(lead))
    if opened.listed.get(id(whole), 0) + figure.value == whole.value:
        return False  # 共办理60件，其中公开50件，结转下年10件: the last is what was left of them
    matter = _MATTER.search(figure.label)
    return matter is not None and (matter["what"] or matter["said"]) not in whole.label


def _other_unit(opened: _List, figure: Figure, whole: Figure, text: str) -> bool:
    """Whether the unit is not that of the list: a kind of item may have one of its own."""
    if figure.unit in (whole.unit, opened.unit, None) or figure.kind is Kind.MONEY:
        return False
    named = text[figure.place.label - 1] == "、" or not _VERB.match(figure.label.lstrip("，；"))
    kindred = of_one_kind(figure.unit, opened.unit) or of_one_kind(figure.unit, whole.unit)
    return not (kindred and (named or figure.unit in _PEOPLE))
