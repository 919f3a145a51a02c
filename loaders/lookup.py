"""Which metric of the dictionary some words at a figure mean: of all phrases that fit, the best."""

import re
from functools import cache

from gongkai.graph.dictionary.metrics import (
    Metric,
    all_metrics,
    describe,
    metric,
    metric_through,
    topics,
)
from gongkai.graph.extract import Kind

from .clauses import without_brackets
from .figures import Figure
from .phrases import Hit, ending_with, of_all_words, within
from .units import may_count
from .wording import TITLE, lead_and_noun, without_tail

_FILLERS = re.compile(
    r"共计|总计|合计|累计|共|全年|年内|及时|依法|均|已|都|先后|新(?=公开|发布)|主要|全部|分别|本年度?|当年|[\d一二三四五六七八九十]+(?=次|期)|了"
)
_QUOTES = re.compile('[“”‘’《》"、]')
_TITLES = re.compile(TITLE)
_RESULT_OF = re.compile(r"(?:的?办理)?(?:结果|情况|案件|事项|工作|总?数|总?量)$")
_PART_LEAD = "(?:通过|以|采用|采取|经|在|利用|于)?[一-龥“”]{0,8}?"
_PART_TAIL = (
    "(?:平台|公众号|账号|上|等|类|主动|公开|发布|推送|刊登|刊发|更新|播发|提交|提出|递交|受理|接待|接听|答复|解答|"
    "政府|政务|各类|信息|方式|形式|途径|渠道|申请|咨询|人数|原告|原|具体|行政|行为|决定|判决|诉讼|请求|或者|驳回|结果|的|数|件)*"
)
_REQUEST_TOPICS = frozenset(("requests", "results"))
_LOOSE = 100  # words in any order are chosen words: they say more than any phrase of the whole
_OF_ANY_KIND = frozenset(("channels", "platform", "proactive"))
_SAYS_WHAT = 4  # characters of a phrase that say what kind of thing is counted
_OTHER_MATTER = re.compile("申请|复议|诉讼|投诉|举报|咨询|来信|留言")
_COLUMN = re.compile("公开栏目")
_BOARD = re.compile("公开栏(?!目)")
_HOTLINE = re.compile(r"(?<!\d)1\d{4}(?!\d)")
_SEVERAL = re.compile("[、和及]|微博微信|微信微博")


def look_up(
    figure: Figure, own: str, section: str, sentence: str, whole: Figure | None, rates: bool = False
) -> Hit | None:
    """The best metric for the words, whose topic, unit and kind fit the place.

    `section`: the heading; `sentence`: the sentence up to the words; `whole`: what the figure is
    part of, or a rate's base; `rates`: whether a rate is looked for.
    """
    # 公开栏 is a notice board, 公开栏目 a column: what they say is no verb.
    own = _BOARD.sub("公示栏", _COLUMN.sub("栏目", _QUOTES.sub("", _TITLES.sub("", own))))
    own = _HOTLINE.sub("", own)
    if not own:
        return None
    part = _as_part(figure, own, whole)
    if part:
        return _by_channel(part, figure)
    clause, sentence = _clause_before(sentence[-90:])
    plain = _FILLERS.sub("", own)
    around = section + sentence + clause + own + (whole.measure if whole else "")

    def fitting(hits: list[Hit]) -> list[Hit]:
        return [hit for hit in hits if _fits(hit, figure, own, around, whole, rates)]

    found = fitting(
        [
            hit
            for words in _variants(own, plain, figure)
            for hit in ending_with(words, clause, sentence)
        ]
    )
    if not any(hit.length > 3 for hit in found):
        found += fitting(_at_noun(figure, own, clause, sentence))
        found += fitting(within(plain, clause))
    found += fitting(of_all_words(plain))
    found = _of_nearer_remedy(found, sentence + clause + own)
    near = {hit.metric for hit in found if not hit.far}
    found = _most_specific([hit for hit in found if not hit.far or hit.metric not in near])
    best = max(found, key=lambda hit: _worth(hit, figure), default=None)
    return _by_channel(best, figure) if best else None


def _of_nearer_remedy(hits: list[Hit], words: str) -> list[Hit]:
    """复议29件，维持21件；诉讼14件，一审维持8件: the last named of the two is what is spoken of."""
    last = max(words.rfind("复议"), words.rfind("诉讼"), words.rfind("应诉"))
    other = "litigation" if words.startswith("复议", last) else "reconsideration"
    return [hit for hit in hits if not (hit.far and hit.metric.startswith(other))]


def _by_channel(hit: Hit, figure: Figure) -> Hit:
    """Items by where the figure itself says they went, whatever their words are.

    通过网站、微信公开120条 counts neither the website's items nor WeChat's.
    """
    several = len(figure.channel_types) > 1 and (
        len(figure.channels) > 2 or _SEVERAL.search(figure.label)
    )
    if not (hit.metric == "items-disclosed" or (hit.metric.startswith("items-on-") and several)):
        return hit
    where = metric_through(figure.channel_types) or "items-disclosed"
    return Hit(where, hit.length, hit.exact, hit.far, hit.loose)


def _most_specific(hits: list[Hit]) -> list[Hit]:
    """微博公开信息 counts Weibo's items rather than all items, of which they are part."""
    said: dict[str | None, int] = {}  # the longest that is said of a part of each metric
    for hit in hits:
        if (hit.exact or hit.loose) and not hit.far:
            length = _LOOSE if hit.loose and metric(hit.metric).channel_types else hit.length
            part_of = metric(hit.metric).part_of
            said[part_of] = max(length, said.get(part_of, 0))
    says_what = any(
        hit.exact
        and not hit.far
        and hit.length >= _SAYS_WHAT
        and (metric(hit.metric).topic not in _OF_ANY_KIND or hit.metric == "documents-disclosed")
        for hit in hits
    )
    return [
        hit
        for hit in hits
        if said.get(hit.metric, 0) < hit.length
        # 网站发布解读信息 says where and of which kind: the kind tells it from all else there.
        and not (says_what and metric(hit.metric).channel_types)
    ]


def _variants(own: str, plain: str, figure: Figure) -> list[str]:
    label = _QUOTES.sub("", without_tail(without_brackets(figure.label)))
    words = [own, plain, own + "的", _RESULT_OF.sub("", plain)]
    if label.endswith(own):
        words.append(label)
    return list(dict.fromkeys(words))


def _at_noun(figure: Figure, own: str, clause: str, sentence: str) -> list[Hit]:
    """Phrases that end inside the words behind the figure: 配备1名兼职人员负责受理."""
    _, noun = lead_and_noun(figure)
    if not noun or not own.endswith(noun):
        return []
    before = own[: len(own) - len(noun)]
    return [
        hit
        for length in range(len(noun) - 1, 1, -1)
        for hit in ending_with(before + noun[:length], clause, sentence)
        if hit.length >= length
    ]


def _clause_before(sentence: str) -> tuple[str, str]:
    """What stands in the figure's own clause before its words, and in the clauses before that."""
    cut = max(sentence.rfind(mark) for mark in "，；：。（") + 1
    return sentence[cut:], sentence[:cut]


def _worth(hit: Hit, figure: Figure) -> tuple[float, str]:
    """Longest first, then by the unit; the id last, so that the choice never changes."""
    same = 2.0 if metric(hit.metric).unit == figure.unit else 0.0
    return hit.length * (0.8 if hit.loose else 1.0 if hit.exact else 0.4) + same, hit.metric


def _fits(
    hit: Hit, figure: Figure, own: str, around: str, whole: Figure | None, rates: bool
) -> bool:
    entry = metric(hit.metric)
    if (entry.kind == "rate") != rates:
        return False
    if rates and whole is not None and not _is_rate_of(entry, whole):
        return False
    if entry.id == "items-disclosed" and _OTHER_MATTER.search(own):
        return False
    stays = entry.topic == "remedies" or entry.id.startswith("gazette-")
    if hit.far and not stays and (hit.length - 1) * 2 < len(own):
        return False
    if (entry.kind == "money") != (figure.kind is Kind.MONEY):
        return False
    counts = figure.kind not in (Kind.MONEY, Kind.RATE) and not figure.is_relative
    if not rates and counts and not _counted_in(entry, figure.unit):
        return False
    if (
        hit.far
        and entry.id.startswith("items-")
        and (figure.wholes or entry.id == "items-disclosed")
    ):
        return False
    if not hit.exact and (hit.length < 4 or hit.length * (4 if hit.loose else 2) < len(own)):
        return False
    usual = figure.unit in (entry.unit, None) or figure.unit in entry.units
    if hit.length <= 3 and hit.length * 2 < len(own) and not usual:
        return False
    needs = topics()[entry.topic or ""].needs
    return not needs or any(word in around for word in needs)


def _is_rate_of(entry: Metric, base: Figure) -> bool:
    """办结率 behind 热线工单146件 is no rate of letters: a rate is one of what its base counts."""
    if base.is_open:
        return True
    if not entry.part_of:
        return False
    of, counted = (id.replace("results-", "requests-") for id in (entry.part_of, base.metric))
    return of.partition("-")[0] == counted.partition("-")[0]


def _counted_in(entry: Metric, unit: str | None) -> bool:
    if unit == "个" and entry.id.startswith("items-"):
        return False
    if entry.only_in:
        return unit is None or unit in entry.only_in
    return unit in entry.units or may_count(unit, entry.unit)


@cache
def _part_words() -> tuple[re.Pattern[str], dict[str, list[Metric]]]:
    """Every word of `as_part`, and the metrics that it may mean."""
    meant: dict[str, list[Metric]] = {}
    for entry in all_metrics():
        for word in entry.as_part:
            meant.setdefault(word, []).append(entry)
    words = "|".join(sorted(meant, key=len, reverse=True))
    return re.compile(f"{_PART_LEAD}({words}){_PART_TAIL}"), meant


def _as_part(figure: Figure, own: str, whole: Figure | None) -> Hit | None:
    """现场12人次 under a figure of 咨询 counts consultations, under one of 申请 requests."""
    if whole is None:
        return None
    pattern, meant = _part_words()
    said = pattern.fullmatch(own)
    if not said:
        return None
    for entry in meant[said[1]]:
        answers = entry.topic == "results" and describe(whole.metric).topic == "requests"
        if answers and own.removesuffix("的") != said[1]:
            continue  # 公开 is an answer where it stands alone only
        if not _counted_in(entry, figure.unit) or (entry.topic == "rules" and "类" in own):
            continue  # 规范性文件类信息 are a class of items
        if (
            entry.part_of == whole.metric
            or answers
            or (entry.part_of == "requests-received" and describe(whole.metric).topic == "requests")
            or (entry.part_of == "items-disclosed" == describe(whole.metric).part_of)
            or (whole.is_open and entry.part_of and describe(entry.part_of).topic == "proactive")
        ):
            return Hit(entry.id, len(own))
    return None


def narrows(hit: Hit, whole: Figure, own: str) -> bool:
    """Whether a part's own metric belongs under its whole's: 当面申请 under 收到申请."""
    part, above = metric(hit.metric), describe(whole.metric)
    if above.open:
        return part.topic == "remedies" or (hit.length >= 4 and hit.length * 2 >= len(own))
    if hit.metric == whole.metric:
        return False
    if part.part_of in (above.id, above.part_of or "") or part.id in above.sum_of:
        return True
    return hit.length >= (2 if len(own) == 2 and part.topic != "fees" else 3) and (
        part.topic == above.topic or {part.topic, above.topic} <= _REQUEST_TOPICS
    )
