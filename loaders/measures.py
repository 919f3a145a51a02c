"""What a figure counts: the phrase that says so, and the metric of the dictionary it means."""

import re

from gongkai.graph.dictionary.metrics import describe, metric, metric_through, open_metric_key
from gongkai.graph.extract import Kind

from .clauses import without_brackets
from .figures import Figure
from .lookup import look_up, narrows
from .phrases import Hit, ending_with
from .wording import HAN, ends_in_verb, noun_after, own_phrase, trim, without_lead

_SHARE = re.compile(
    r"占(?:[^，。；]{0,14}?(?:比例|比重|比|总数|总量|总体|百分比|的|数|部)*(?:为|达|达到|约|的|近|超过)*)?$"
)
_RATE = re.compile(
    r"([一-龥]{0,16}(?:率|占比|比例|比重|满意度|合格率|正确率|及时率|覆盖面))(?:为|达|达到|约|均为|均达|均达到|保持|保持在|近|"
    r"超过|是|实现|稳定在|高达)*$"
)
_PUBLISHED = frozenset(("documents-disclosed", "policy-interpretations"))
_LONGEST_ITEM = 14
_LONGEST_NOUN = 8
_ITEM_UNITS = frozenset(("条", "件", "篇", "份", "则"))
_VERB = re.compile(
    "召开|举办|举行|开展|组织|收到|受理|接到|答复|办理|办结|接待|发放|印发|制作|编|报送|采用|参加|完成|设立|建立|"
    "新增|整改|处理|培训|点击|访问|阅读|粉丝|关注|咨询|申请|投诉|举报|来信|留言|热线"
)
_LEADING_VERB = re.compile(
    "召开|举办|举行|开展|组织|收到|受理|接到|答复|回复|办理|办结|接待|发放|印发|制作|编印|报送|参加|完成|设立|配备|发布|公开|推送|"
    "公示|公布|更新|废止|制定|制发|出台|回应|解答"
)
_INNER_VERB = re.compile(  # of 门户网站刊载法规3部、规章2件
    "现行有效|(?:刊载|刊登|登载|转载|推送|更新|发布|公布|公开)(?!栏|平台|网|目录|工作|指南|申请|会|条例|信息)"
)
_OTHER_YEAR = re.compile(r"(?:比|较|与)?(?:上一?年度?|去年|前年|(?:19|20)\d{2}年度?)(?:同期)?")
_DISCLOSES = re.compile(
    "^(?:(?:通过|在|利用|依托|于)[^，。]{2,24}?)?(?:主动|依法|及时|向社会)*(?:公开|公布|发布|刊登|登载|推送|上传|转发)(?!会|栏|平台|[^，。]{0,6}网)"
)
_CLASS = re.compile("类的?(?:政府)?(?:信息|文件|内容)?$")
_DISCLOSURE = re.compile("公开|发布(?!会)|公布")
_OTHER_MATTER = re.compile("留言|来信|来电|诉求|投诉|咨询|工单|申请|案件|热线|信箱|权力")
_PUBLISHES = re.compile("刊播|刊登|刊发|播出|播发|报道|发布|推送|张贴")
_TAKEN = frozenset(("收到", "受理", "接到", "接收", "新收", "办理"))
_LISTED_ITEM = re.compile("[一-龥“”、]{2,8}(?:信息|文件|公告|公示)")
_OTHER_NOUN = re.compile("信访|来信|信箱|热线|投诉|举报|复议|诉讼|咨询|工单|提案|建议")
_IN_THESE = re.compile(
    r"(?:^|[，；：])(?:其中，?)?(?:在|从)(?P<what>[^，。；]{3,24}?)[中里][，：][^。]*$"
)
_MULTIPLE = re.compile(
    r"(?:是|为|相当于|达到?)(?:上一?年度?|去年|前年|同期|(?:19|20)\d{2}年)[^，。]{0,12}的$"
)
_GROWTH_WORDS = re.compile(
    r"(?:[，,]?(?:同比|环比|[比较与同和](?:上一?学?年度?|去年|前年|(?:19|20)\d{2}年度?|"
    r"上年)(?:同期)?(?:相比)?)?[，,]?(?:增长|增加|上升|提高|提升|增多|净增|扩大|上涨|下降|减少|降低|回落|下跌|增幅|降幅|缩减|多|"
    r"少)(?:率|幅度)?(?:了|约|为|达|近|到|至|达到)*)$"
)


def settle(
    figure: Figure, section: str, sentence: str, carried: Figure | None, before: Figure | None
) -> None:
    """Give a figure its measure and metric.

    `section`: the heading it stands under and the sentence before; `sentence`: the sentence up to the figure; `carried`:
    the figure whose words it shares where its own are too few (its whole, or the one before);
    `before`: the last one of the paragraph, in whatever sentence.
    """
    if figure.kind is Kind.CHANGE or (figure.unit == "倍" and _MULTIPLE.search(figure.label)):
        _settle_change(figure, sentence, carried)
    elif figure.unit in ("%", "‰"):
        _settle_rate(figure, section, sentence, carried)
    else:
        _settle_count(figure, section, sentence, carried, before)


def _settle_count(
    figure: Figure, section: str, sentence: str, carried: Figure | None, before: Figure | None
) -> None:
    own = own_phrase(figure)
    whole = figure.wholes[0] if figure.wholes else None
    hit = look_up(figure, own, section, sentence, whole)
    figure.measure = own
    if carried and not whole and _is_listed(figure, own, carried):
        shared = _shared_verb(own, carried) + own
        better = look_up(figure, shared, section, sentence, None) if shared != own else None
        if better and not better.far and (not hit or hit.far or better.length > hit.length + 1):
            hit, figure.measure = better, shared
    if whole and whole.metric and (not hit or not _is_new_matter(figure, hit, own, whole)):
        figure.metric, figure.is_open = whole.metric, whole.is_open
        if figure.metric == "items-disclosed":
            figure.metric = metric_through(figure.channel_types) or figure.metric
        figure.measure = _joined(whole.measure, own)
        done = None if hit or whole.is_open else _with_noun_of(own, whole)
        near = hit and (not hit.far or metric(hit.metric).topic == "remedies")
        if hit and near and (hit.exact or hit.loose) and narrows(hit, whole, own):
            figure.metric, figure.is_open = hit.metric, False
        elif done:
            figure.metric, figure.measure = done
            if figure.metric == "items-disclosed":
                figure.metric = metric_through(figure.channel_types) or figure.metric
        figure.reasons.append("counts a part of what its whole counts")
        return
    if hit:
        figure.metric = hit.metric
        return
    if _settle_by_noun(figure, own, section):
        return
    base = _IN_THESE.search(sentence)
    if base:
        hit = look_up(figure, trim(base["what"]), section, "", None)
        if hit:
            figure.metric, figure.measure = hit.metric, _joined(trim(base["what"]), own)
            return
    if figure.place.bracket >= 0 and not whole:
        lead = trim(re.split("[，；。：]", sentence[: sentence.rfind("（")])[-1])
        hit = look_up(figure, lead, section, "", None)
        if hit:
            figure.metric, figure.measure = hit.metric, _joined(lead, own)
            return
    verb = _with_noun_of(own, before) if before and own else None
    if verb:
        figure.metric, figure.measure = verb
        return
    if carried and own and _shares_verb(figure, own, carried):
        figure.metric, figure.measure = carried.metric, _joined(carried.measure, own)
        if metric(carried.metric).channel_types:  # 微信发布12条、今日头条8条
            figure.metric = metric_through(figure.channel_types) or carried.metric
        figure.reasons.append("shares the verb of the figure before it")
        return
    if carried and _is_next_bracket(figure, carried):
        figure.metric, figure.is_open = carried.metric, carried.is_open
        figure.measure = carried.measure
        figure.reasons.append("shares the words of the figure before it")
        return
    if own in _TAKEN and "申请" in section and figure.unit in _ITEM_UNITS | {"宗", "起"}:
        hit = look_up(figure, own + "申请", section, "", None)
        if hit:
            figure.metric, figure.measure = hit.metric, own
            return
    if (
        (figure.names_body and not figure.after)
        or len(HAN.findall(own)) < 2
        or ends_in_verb(own) == own
    ):
        said = _said_before(figure, sentence, carried)
        hit = look_up(figure, said, section, "", None) if said else None
        if hit or said:
            figure.measure = _joined(said, own)
            figure.metric = hit.metric if hit else open_metric_key(said)
            figure.is_open = not hit
            return
    if carried and (len(HAN.findall(own)) < 2 or _OTHER_YEAR.fullmatch(own)):
        figure.metric, figure.is_open = carried.metric, carried.is_open
        if figure.kind is not carried.kind:  # 减免费用2人次，计38元
            hit = look_up(figure, carried.measure, section, "", None)
            figure.metric, figure.is_open = (hit.metric, False) if hit else (carried.metric, True)
        figure.measure = _joined(carried.measure, own)
        figure.reasons.append("shares the words of the figure before it")
        return
    if carried and figure.names_body and carried.names_body and figure.unit == carried.unit:
        figure.metric, figure.is_open = carried.metric, carried.is_open
        figure.measure = own
        figure.reasons.append("shares the words of the figure before it")
        return
    figure.measure = own or trim(without_brackets(sentence))[-20:]
    where = metric_through(figure.channel_types)
    if where and figure.unit in _ITEM_UNITS and _PUBLISHES.search(own):
        figure.metric = where
        figure.reasons.append("a kind of information, as its words say")
        return
    if (figure.unit == "条" and _DISCLOSES.match(own)) or _is_class(
        figure, own, section + sentence
    ):
        figure.metric = metric_through(figure.channel_types) or "items-disclosed"
        figure.reasons.append("a kind of information, as its words say")
        return
    figure.metric, figure.is_open = open_metric_key(figure.measure), True


def _settle_by_noun(figure: Figure, own: str, section: str) -> bool:
    """馆和中心3个查阅场所: where the words before it say nothing, those behind it do."""
    noun = noun_after(figure)
    if not noun or own.endswith(noun):
        return False
    said: dict[str, Hit] = {}  # by the words: of those that are a phrase, as good as whole
    for end in range(min(len(noun), _LONGEST_NOUN), 1, -1):
        hit = look_up(figure, noun[:end], section, "", None)
        if hit and hit.exact and not hit.far and hit.length >= end - 1:
            said[noun[:end]] = hit
    if not said:
        return False
    words = max(
        said, key=lambda words: (metric(said[words].metric).unit == figure.unit, len(words))
    )
    figure.metric, figure.measure = said[words].metric, own + words
    return True


def _is_next_bracket(figure: Figure, carried: Figure) -> bool:
    """国土局（263宗）、规划局（141宗）: each in a bracket of its own, behind its body."""
    brackets = figure.place.bracket, carried.place.bracket
    return (
        min(brackets) >= 0
        and brackets[0] != brackets[1]
        and figure.unit == carried.unit
        and not figure.label
        and not figure.wholes
    )


def _is_class(figure: Figure, own: str, around: str) -> bool:
    """规划计划类12条, in a sentence or section on disclosure, is a class of what is disclosed."""
    return figure.unit in _ITEM_UNITS and bool(_CLASS.search(own)) and _is_on_disclosure(around)


def _is_on_disclosure(around: str) -> bool:
    return bool(_DISCLOSURE.search(around)) and not _OTHER_MATTER.search(around)


def _said_before(figure: Figure, sentence: str, carried: Figure | None) -> str:
    """What the clause before says is counted: 公开信息最多的是财政局，共1203条."""
    since = carried.end - figure.place.sentence if carried else 0
    if carried and carried.place.sentence != figure.place.sentence:
        since = 0
    clauses = [trim(clause) for clause in re.split("[，；：]", sentence[max(since, 0) :])]
    said = next((clause for clause in reversed(clauses) if len(HAN.findall(clause)) > 3), "")
    return without_brackets(said)[-24:]


def _with_noun_of(own: str, carried: Figure) -> tuple[str, str] | None:
    """废止3件 after 制发规范性文件8件: the verb with the noun of the figure before it."""
    verb = ends_in_verb(own)
    if len(own) > 12 or not verb or _OTHER_NOUN.search(own):
        return None
    verb = verb.removeprefix("主动")
    said = carried.measure
    for start in range(len(said) - 1):
        if _DISCLOSURE.search(said, max(start - 1, 0)):
            continue  # 公开 with 栏公开信息 is no 公开栏
        words = verb + said[start:]
        for hit in ending_with(words, "", ""):
            if hit.length >= len(words) - 1:
                return hit.metric, words
    return None


def _is_listed(figure: Figure, own: str, carried: Figure) -> bool:
    """Whether a figure may go on with the verb of the one before it, behind 、 or a comma."""
    if figure.place.label > figure.place.clause:
        return True
    named = _LISTED_ITEM.fullmatch(own) and not figure.channels
    return bool(named) and _stands_close(figure, carried)


def _shared_verb(own: str, carried: Figure) -> str:
    """办结 of 办结热线2638件、信箱344件, which the second figure does not repeat."""
    if not own or _LEADING_VERB.match(own):
        return ""
    verb = _LEADING_VERB.match(carried.measure) or _INNER_VERB.search(carried.measure)
    return verb[0] if verb else ""


def _stands_close(figure: Figure, carried: Figure) -> bool:
    """Whether nothing but the mark of a list stands between the words of the two."""
    return figure.place.label - carried.end <= 1 + len(carried.after)


def _shares_verb(figure: Figure, own: str, carried: Figure) -> bool:
    """发布通报371条、防控知识33条: what is listed is of the kind of what is listed first."""
    listed = carried.metric.startswith("items-") or carried.metric in _PUBLISHED
    return (
        listed
        and _stands_close(figure, carried)
        and not (carried.metric == "documents-disclosed" and own.endswith("信息"))
        and (figure.unit == carried.unit or {figure.unit, carried.unit} <= _ITEM_UNITS)
        and len(own) <= _LONGEST_ITEM
        and not _VERB.search(own)
    )


def _settle_change(figure: Figure, sentence: str, carried: Figure | None) -> None:
    figure.base = carried
    if carried and _MULTIPLE.search(figure.label):
        figure.metric, figure.is_open = f"{carried.metric}/multiple", carried.is_open
        figure.measure = _joined(carried.measure, figure.label)
        return
    words = _GROWTH_WORDS.search(figure.label)
    said = words[0].strip("，,") if words else figure.label
    own = trim(without_brackets(figure.label[: words.start()] if words else ""))
    hit = look_up(figure, own, "", sentence, None) if len(own) > 1 else None
    if hit and len(own) < 4 and hit.length < len(own):
        hit = None
    suffix = "growth" if figure.is_relative else "change"
    if hit:
        figure.metric, figure.measure = f"{hit.metric}/{suffix}", own + said
    elif carried and len(HAN.findall(own)) < 3:
        figure.metric = f"{carried.metric.removesuffix('/growth').removesuffix('/change')}/{suffix}"
        figure.measure, figure.is_open = carried.measure + said, carried.is_open
    else:
        phrase = own or trim(without_brackets(sentence))[-20:]
        figure.measure, figure.is_open = phrase + said, True
        figure.metric = f"{open_metric_key(phrase)}/{suffix}"


def _settle_rate(figure: Figure, section: str, sentence: str, carried: Figure | None) -> None:
    label = without_brackets(figure.label)
    share = _SHARE.search(label)
    if share and _settle_share(
        figure, trim(label[: share.start()]), share[0], section, sentence, carried
    ):
        return
    rate = _RATE.search(label)
    if rate:
        said = re.split(r"[在中的]", without_lead(rate[1]))[-1] or rate[1]
        base = figure.wholes[0] if figure.wholes else carried
        hit = look_up(figure, said, section, sentence, base, rates=True)
        figure.measure = said
        if carried and len(said) <= 4:
            figure.measure = _joined(carried.measure, said)
        figure.metric = hit.metric if hit else open_metric_key(said)
        figure.is_open = not hit
        return
    own = own_phrase(figure)
    if carried and len(HAN.findall(own)) < 2:
        figure.metric, figure.is_open = f"{carried.metric}/share", carried.is_open
        figure.measure = _joined(carried.measure, without_lead(label) or "占比")
        return
    hit = look_up(figure, own, section, sentence, None, rates=True)
    figure.measure = own or sentence[-20:]
    figure.metric = hit.metric if hit else open_metric_key(figure.measure)
    figure.is_open = not hit


def _settle_share(
    figure: Figure, of: str, said: str, section: str, sentence: str, carried: Figure | None
) -> bool:
    """网上申请占80%, or 占80% behind the figure that it is the share of."""
    if len(HAN.findall(of)) > 1:
        hit = look_up(figure, of, "", sentence, None, rates=True)
        whole = carried.wholes[0] if carried and carried.wholes else carried
        counted = hit or look_up(figure, of, "", sentence, whole)
        if not counted and not (_CLASS.search(of) and _is_on_disclosure(section + sentence)):
            return False
        base = counted.metric if counted else "items-disclosed"
        figure.metric = base if hit else f"{base}/share"
        figure.measure = of + said
        return True
    if not carried:
        return False
    figure.metric, figure.is_open = f"{carried.metric}/share", carried.is_open
    figure.measure = _joined(carried.measure, without_lead(said))
    return True


def _is_new_matter(figure: Figure, hit: Hit, own: str, whole: Figure) -> bool:
    """Whether a part's words name something of their own, not just a kind of the whole."""
    if describe(whole.metric).part_of == hit.metric:
        return False
    if hit.exact and hit.length == len(own) and hit.metric == "policy-interpretations":
        return True
    if figure.unit == whole.unit and figure.unit != metric(hit.metric).unit:
        return False
    return (
        hit.exact and hit.length >= 4 and hit.length * 2 >= len(own) and hit.metric != whole.metric
    )


def _joined(base: str, own: str) -> str:
    if not own or own in base:
        return base
    if not base or base in own:
        return own
    return f"{base}：{own}"
