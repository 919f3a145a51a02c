"""What a figure counts: the phrase that says so, and the metric of the dictionary it means."""

import re

from gongkai.graph.dictionary.metrics import describe, find_metric, metric, open_metric_key
from gongkai.graph.extract import Kind

from .clauses import without_brackets
from .figures import Figure
from .parts import of_one_kind
from .phrases import Hit, ending_with, within

_HAN = re.compile(r"[一-龥]")
_WHEN = (
    r"(?:(?:截至|截止到?|至|到)?(?:目前|今年|本年度?|年底|年末|年内|全年度?|一年来|报告期内?|(?:19|20)\d{2}年(?:度|底|"
    r"末|初)?(?:\d{1,2}月(?:\d{1,2}日)?)?)(?:以来|底|末|内|期间|止|为止)?)"
)
_SELF = (
    "(?:全|我|本)(?:市|县|区|省|镇|乡|州|局|委|办|厅|街道|街|单位|行政机关|机关|部门|中心|部|院|旗|会|系统|关)"
    "(?:各级)?(?:政府系统|政府机关|政府|行政机关|各部门|机关|系统)?"
)
_LEAD = re.compile(
    rf"^(?:{_WHEN}|{_SELF}|共计?(?!同|享|建)|累计|全年|先后|当年|上半年|已经?|其中|此外|另外|同时|另|并|且|也|还|又|则|"
    rf"即|[一二三四五六七八九十]是|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、]|[一二三四五六七八九十]+、|[，、：；,;\s]|和|及|与|"
    rf"以及|对|将|把|包括|包含|含|据统计|经统计|统计显示)+"
)
_TAIL = re.compile(
    r"(?:(?:由|从)(?:年初|上一?年度?|去年|(?:19|20)\d{2}年)?的?$)|"
    r"(?:共计|总计|合计|累计|共有|共|约|近|超|达到|高达|达|突破|逾|总数|数量|(?<![行作视认])为|是|有|计|了|过|的|分别|各|均|都|全部|仅|只|只有|就|"
    r"：|:|，|,|“|”|增加到|增加至|提高到|提升至|增长到|增长至|上升到|上升至|下降到|下降至|减少到|减少至|已|完成|占)+$"
)
_FILLERS = re.compile(
    r"共计|总计|合计|累计|共|全年|年内|及时|依法|均|已|都|先后|新(?=公开|发布)|主要|全部|分别|本年度?|当年|[\d一二三四五六七八九十]+(?=次|期)|了"
)
_SHARE = re.compile(
    r"占(?:[^，。；]{0,14}?(?:比例|比重|比|总数|总量|总体|百分比|的|数|部)*(?:为|达|达到|约|的|近|超过)*)?$"
)
_RATE = re.compile(
    r"([一-龥]{0,16}(?:率|占比|比例|比重|满意度|合格率|正确率|及时率|覆盖面))(?:为|达|达到|约|均为|均达|均达到|保持|保持在|近|"
    r"超过|是|实现|稳定在|高达)*$"
)
_GROWTH_WORDS = re.compile(
    r"(?:[，,]?(?:同比|环比|[比较与同和](?:上一?年度?|去年|前年|(?:19|20)\d{2}年度?|"
    r"上年)(?:同期)?(?:相比)?)?[，,]?(?:增长|增加|上升|提高|提升|增多|净增|扩大|上涨|下降|减少|降低|回落|下跌|增幅|降幅|缩减|多|"
    r"少)(?:率|幅度)?(?:了|约|为|达|近|到|至|达到)*)$"
)
_ENDS_IN_VERB = re.compile(
    r"(?:召开|举办|举行|开展|组织|制作|发布|公开|印发|编印|编发|编制|出台|制定|制发|修订|设立|设置|设有|设|配备|配置|建立|建成|开通|开设|"
    r"新开设|新增|归集|收到|受理|办理|办结|答复|接待|提供|发放|刊发|刊登|推送|报送|完成|开放|接受|接到|接听|有|共|取消|下放|清理|梳理|优化|"
    r"更新|参加|出席|主动公开|公示|对|由|拥有|覆盖|涉及|形成|废止|征集|采纳|收集|培训|选派|安排|明确|确定|落实|投入|实现|整改|通报|检查|"
    r"督查|抽查|评估|审查|审核|报道|转发|入驻|进入|推出|打造|建设|升级|改版|维护|关停|注销|整合|录入|上传|保留|承接|调整|精简|表彰|表扬|"
    r"处理|回复|回应|解读|解答|切实提升|优化提升|更新完善|完善|编制完成|汇编|赠阅|印制|发行|出版|张贴|开辟|查处|立案|指导|走访|服务|惠及|帮助|"
    r"引发|发生|产生|引起|把|将|全市|全县|全区|全省|各|先后发布|共计|累计|达|为|：|到|在|出席|前往|深入)$"
)
_AFTER_STOP = re.compile(
    r"^(?:和|及|与|以及|并|增加|减少|提高|上升|下降|增长|缩短|全部|均|都|已|其中|占|由|在|同比|环比|比|较|主要|用于|被|等|予以|左右|以上|的是|后|时|中(?!外|国|央|小|心|介|医)|从|且|同时|"
    r"分别|实现|而|按|依|对|至|到|为|是|有|共|集|未|可|也)|^[^一-龥“A-Za-z]"
)
_QUOTES = re.compile('[“”‘’《》"、]')
_RESULT_OF = re.compile(r"(?:的?办理)?(?:结果|情况|案件|事项|工作|活动|总?数|总?量)$")
_AFTER_NOUN = re.compile(
    r"(?<=.)(?:进行|予以|单独|全部|均|已|用于|向(?=社会|公众|群众)|被|的(?=基础|情况|标准))"
)
_ONLY_TITLES = re.compile(r"^(?:[对将把、和及与]|《[^《》]*》)*《[^《》]*》$")
_TITLES = re.compile(r"《(?![^《》]*公报》)[^《》]*》")
_PARTICIPLE = re.compile(r"^的")

_ITEM_UNITS = frozenset(
    [
        "条",
        "件",
        "篇",
        "份",
        "则",
        "条次",
        "件次",
        "篇次",
        "项",
        "个",
        "次",
        "起",
        "余条",
        "部",
        "字",
    ]
) | {None}
_ONE_CHANNEL = frozenset(
    (
        "items-on-website",
        "items-on-weibo",
        "items-on-wechat",
        "items-on-new-media",
        "items-on-platform",
        "items-on-boards",
    )
)
_CHANNEL = r"(?:网站|官网|微博|微信|公众号|新媒体|公报|公开栏|公告栏|公示栏|宣传栏|电子屏|显示屏|宣传册|报纸|广播|电视|客户端|平台|发布会|短信)"
_SEVERAL_CHANNELS = re.compile(rf"{_CHANNEL}[^，。]{{0,8}}?[、和及][^，。]{{0,14}}?{_CHANNEL}")
_REQUEST_TOPICS = frozenset(("requests", "results"))
_NEEDS = {
    "requests": re.compile("申请|答复"),
    "results": re.compile("申请|答复|办理结果"),
    "remedies": re.compile("复议|诉讼|申诉|举报|投诉"),
    "mailbox": re.compile("信件|来信|信箱|留言|邮件|热线|诉求|来电|工单"),
    "archives": re.compile("档案|查档"),
}
_FAMILY_WAYS = {
    "现场": "in-person", "当面": "in-person", "窗口": "in-person", "上门": "in-person",
    "电话": "by-phone", "来电": "by-phone", "网上": "online", "网络": "online", "网站": "online",
    "在线": "online", "平台": "online", "传真": "by-fax", "电子邮件": "by-email", "邮件": "by-email",
    "信函": "by-letter", "邮寄": "by-letter", "信件": "by-letter",
    "其他": "by-other-ways", "其它": "by-other-ways",
}  # fmt: skip
_WAY = re.compile(
    rf"(?:通过|以|采用|采取|经)?({'|'.join(sorted(_FAMILY_WAYS, key=len, reverse=True))})"
    "(?:提交|提出|递交|受理|接待|接听|答复|解答)?(?:的)?(?:方式|形式|途径|渠道)?"
    "(?:提交|提出|受理)?的?(?:申请|咨询|人数|接待|答复)?的?"
)
_OUTCOMES = (
    (re.compile("未审结|正在审理|审理中|未办结|未结"), "pending"),
    (re.compile("纠错|纠正|撤销|确认违法|败诉"), "corrected"),
    (re.compile("维持|驳回|胜诉"), "upheld"),
    (re.compile("其他|其它|撤诉|撤回|终止|调解"), "other"),
)
_ITEMS_BY = {
    "网站": "items-on-website",
    "官网": "items-on-website",
    "微博": "items-on-weibo",
    "微信": "items-on-wechat",
    "公众号": "items-on-wechat",
    "新媒体": "items-on-new-media",
    "公报": "items-in-gazette",
    "公开栏": "items-on-boards",
    "公告栏": "items-on-boards",
    "公示栏": "items-on-boards",
    "电子屏": "items-on-boards",
    "广播": "items-in-media",
    "电视": "items-in-media",
    "报纸": "items-in-media",
    "媒体": "items-in-media",
    "其他方式": "items-by-other-means",
    "其他渠道": "items-by-other-means",
    "其他形式": "items-by-other-means",
    "其他途径": "items-by-other-means",
    "其它方式": "items-by-other-means",
}
_BY_CHANNEL = re.compile(
    rf"(?:通过|在|利用)?[一-龥“”]{{0,8}}?({'|'.join(sorted(_ITEMS_BY, key=len, reverse=True))})"
    "(?:平台|公众号|上|等)?(?:主动)?(?:公开|发布|推送|刊登|刊发|更新|播发)?(?:政府|政务|各类)?(?:信息)?"
)
_ATTRIBUTES = {
    "主动公开": "items-disclosed",
    "依申请公开": "items-by-request-attribute",
    "不予公开": "items-withheld-attribute",
    "免予公开": "items-withheld-attribute",
}


def own_phrase(figure: Figure) -> str:
    """The words at the figure itself that say what it counts, without fillers; may be empty."""
    label = without_brackets(figure.label)
    if _ONLY_TITLES.match(label):
        label = ""
    noun = _noun_after(figure)
    trimmed = _trim(label)
    if not trimmed and figure.after.startswith("被"):  # 10起被维持
        noun = figure.after[1:]
    joins = (
        label.endswith(("的", "了", "过", "等"))
        or _ENDS_IN_VERB.search(label)
        or _ENDS_IN_VERB.search(trimmed)
    )
    if noun and (not trimmed or joins):
        return trimmed + noun
    return trimmed or noun


def _trim(label: str) -> str:
    label = _LEAD.sub("", label)
    before = None
    while before != label:
        before, label = label, _TAIL.sub("", label)
    return label


def _noun_after(figure: Figure) -> str:
    after = _PARTICIPLE.sub("", figure.after)
    return "" if _AFTER_STOP.match(after) else _AFTER_NOUN.split(after)[0][:24].rstrip("和及与以")


def settle(figure: Figure, section: str, sentence: str, carried: Figure | None) -> None:
    """Give a figure its measure and metric.

    `section`: the heading it stands under; `sentence`: the sentence up to the figure; `carried`:
    the figure whose words it shares where its own are too few (its whole, or the one before).
    """
    if figure.kind is Kind.CHANGE:
        _settle_change(figure, sentence, carried)
    elif figure.unit in ("%", "‰"):
        _settle_rate(figure, section, sentence, carried)
    else:
        _settle_count(figure, section, sentence, carried)


def _settle_count(figure: Figure, section: str, sentence: str, carried: Figure | None) -> None:
    own = own_phrase(figure)
    whole = figure.wholes[0] if figure.wholes else None
    hit = _look_up(figure, own, section, sentence, whole)
    figure.measure = own
    if whole and whole.metric and (not hit or not _is_new_matter(hit, own, whole)):
        figure.metric, figure.is_open = whole.metric, whole.is_open
        figure.measure = _joined(whole.measure, own)
        if hit and hit.exact and not whole.is_open and _narrows(hit, whole, own):
            figure.metric = hit.metric
        figure.reasons.append("counts a part of what its whole counts")
        return
    if hit:
        several = hit.metric in _ONE_CHANNEL and _SEVERAL_CHANNELS.search(own + sentence[-60:])
        figure.metric = "items-disclosed" if several and figure.channels[1:] else hit.metric
        return
    if figure.place.bracket >= 0 and not whole:
        lead = _trim(re.split("[，；。：]", sentence[: sentence.rfind("（")])[-1])
        hit = _look_up(figure, lead, section, "", None)
        if hit:
            figure.metric, figure.measure = hit.metric, _joined(lead, own)
            return
    if carried and own:
        verb = _with_noun_of(own, carried)
        if verb:
            figure.metric, figure.measure = verb
            return
    if (figure.names_body and not figure.after) or len(_HAN.findall(own)) < 2:
        said = _said_before(figure, sentence, carried)
        hit = _look_up(figure, said, section, "", None) if said else None
        if hit or said:
            figure.measure = _joined(said, own)
            figure.metric = hit.metric if hit else open_metric_key(said)
            figure.is_open = not hit
            return
    if len(_HAN.findall(own)) < 2 and carried:
        figure.metric, figure.is_open = carried.metric, carried.is_open
        figure.measure = _joined(carried.measure, own)
        figure.reasons.append("shares the words of the figure before it")
        return
    figure.measure = own or _trim(without_brackets(sentence))[-20:]
    figure.metric, figure.is_open = open_metric_key(figure.measure), True


def _said_before(figure: Figure, sentence: str, carried: Figure | None) -> str:
    """What the clause before says is counted: 公开信息最多的是财政局，共1203条."""
    since = carried.end - figure.place.sentence if carried else 0
    if carried and carried.place.sentence != figure.place.sentence:
        since = 0
    clauses = [_trim(clause) for clause in re.split("[，；：]", sentence[max(since, 0) :])]
    said = next((clause for clause in reversed(clauses) if len(_HAN.findall(clause)) > 3), "")
    return without_brackets(said)[-24:]


def _with_noun_of(own: str, carried: Figure) -> tuple[str, str] | None:
    """废止3件 after 制发规范性文件8件: the verb with the noun of the figure before it."""
    verb = _ENDS_IN_VERB.search(own)
    if len(own) > 12 or not verb:
        return None
    for start in range(len(carried.measure) - 1):
        words = verb[0] + carried.measure[start:]
        for hit in ending_with(words, "", ""):
            if hit.length >= len(words) - 1:
                return hit.metric, words
    return None


def _settle_change(figure: Figure, sentence: str, carried: Figure | None) -> None:
    figure.base = carried
    words = _GROWTH_WORDS.search(figure.label)
    said = words[0].strip("，,") if words else figure.label
    own = _trim(without_brackets(figure.label[: words.start()] if words else ""))
    hit = _look_up(figure, own, "", sentence, None) if len(own) > 3 else None
    suffix = "growth" if figure.unit in ("%", "‰", "倍", "个百分点") else "change"
    if hit:
        figure.metric, figure.measure = f"{hit.metric}/{suffix}", own + said
    elif carried and len(_HAN.findall(own)) < 3:
        figure.metric = f"{carried.metric.removesuffix('/growth').removesuffix('/change')}/{suffix}"
        figure.measure, figure.is_open = carried.measure + said, carried.is_open
    else:
        phrase = own or _trim(without_brackets(sentence))[-20:]
        figure.measure, figure.is_open = phrase + said, True
        figure.metric = f"{open_metric_key(phrase)}/{suffix}"


def _settle_rate(figure: Figure, section: str, sentence: str, carried: Figure | None) -> None:
    label = without_brackets(figure.label)
    rate = _RATE.search(label)
    if rate:
        said = re.split(r"[在中的]", _LEAD.sub("", rate[1]))[-1] or rate[1]
        hit = _look_up(figure, said, section, sentence, None, rates=True)
        figure.measure = said
        if carried and len(said) <= 4:
            figure.measure = _joined(carried.measure, said)
        figure.metric = hit.metric if hit else open_metric_key(said)
        figure.is_open = not hit
        return
    own = own_phrase(figure)
    if carried and (_SHARE.search(label) or len(_HAN.findall(own)) < 2):
        figure.metric, figure.is_open = f"{carried.metric}/share", carried.is_open
        figure.measure = _joined(carried.measure, _LEAD.sub("", label) or "占比")
        return
    hit = _look_up(figure, own, section, sentence, None, rates=True)
    figure.measure = own or sentence[-20:]
    figure.metric = hit.metric if hit else open_metric_key(figure.measure)
    figure.is_open = not hit


def _look_up(
    figure: Figure, own: str, section: str, sentence: str, whole: Figure | None, rates: bool = False
) -> Hit | None:
    """The best metric for the words, whose topic and kind fit the place; longest phrase first."""
    own = _QUOTES.sub("", _TITLES.sub("", own))
    if not own:
        return None
    way = _way_of(own, whole)
    if way:
        return way
    clause, sentence = _clause_before(sentence[-90:])
    plain = _FILLERS.sub("", own)
    candidates = [
        hit
        for words in _variants(own, plain, figure)
        for hit in ending_with(words, clause, sentence)
    ]
    around = section + sentence + clause + own + (whole.measure if whole else "")
    fitting = [hit for hit in candidates if _fits(hit, figure, own, around, rates)]
    if not any(hit.length > 3 for hit in fitting):
        fitting += [hit for hit in within(plain, clause) if _fits(hit, figure, own, around, rates)]
    return max(fitting, key=lambda hit: _worth(hit, figure), default=None)


def _variants(own: str, plain: str, figure: Figure) -> list[str]:
    label = _QUOTES.sub("", _TAIL.sub("", without_brackets(figure.label)))
    words = [own, plain, own + "的", _RESULT_OF.sub("", plain)]
    if label.endswith(own):
        words.append(label)
    return list(dict.fromkeys(words))


def _clause_before(sentence: str) -> tuple[str, str]:
    """What stands in the figure's own clause before its words, and in the clauses before that."""
    cut = max(sentence.rfind(mark) for mark in "，；：。（") + 1
    return sentence[cut:], sentence[:cut]


def _worth(hit: Hit, figure: Figure) -> tuple[float, str]:
    """Longest first, then by the unit; the id last, so that the choice never changes."""
    unit = metric(hit.metric).unit
    same = 2.0 if unit == figure.unit else 0.0 if of_one_kind(figure.unit, unit) else -3.0
    return hit.length * (1.0 if hit.exact else 0.4) + same, hit.metric


def _fits(hit: Hit, figure: Figure, own: str, around: str, rates: bool) -> bool:
    entry = metric(hit.metric)
    if (entry.kind == "rate") != rates:
        return False
    if (entry.kind == "money") != (figure.kind is Kind.MONEY):
        return False
    if entry.id.startswith("items-") and figure.unit not in _ITEM_UNITS:
        return False
    if (
        hit.far
        and entry.id.startswith("items-")
        and (figure.wholes or entry.id == "items-disclosed")
    ):
        return False
    if not hit.exact and (hit.length < 4 or hit.length * 2 < len(own)):
        return False
    if hit.length <= 3 and hit.length * 2 < len(own) and figure.unit not in (entry.unit, None):
        return False
    needs = _NEEDS.get(entry.topic or "")
    return needs is None or bool(needs.search(around))


def _way_of(own: str, whole: Figure | None) -> Hit | None:
    """现场12人次 under a figure of 咨询 counts consultations, under one of 申请 requests."""
    if whole is None:
        return None
    topic = describe(whole.metric).topic
    attribute = next((word for word in _ATTRIBUTES if own == word), None)
    if attribute and topic not in _REQUEST_TOPICS:
        return Hit(_ATTRIBUTES[attribute], len(own))
    if whole.metric in ("reconsideration-total", "litigation-total"):
        outcome = next((key for words, key in _OUTCOMES if words.search(own)), None)
        family = whole.metric.partition("-")[0]
        return Hit(f"{family}-{outcome}", len(own)) if outcome else None
    if whole.metric.startswith("items-"):
        channel = _BY_CHANNEL.fullmatch(own)
        key = _ITEMS_BY[channel[1]] if channel else ""
        return Hit(key, len(own)) if key and key != whole.metric else None
    way = _WAY.fullmatch(own)
    if not way:
        return None
    family = whole.metric.partition("-")[0]
    key = f"{family}-{_FAMILY_WAYS[way[1]]}"
    return Hit(key, len(own)) if find_metric(key) else None


def _narrows(hit: Hit, whole: Figure, own: str) -> bool:
    """Whether a part's own metric belongs under its whole's: 当面申请 under 收到申请."""
    part, above = metric(hit.metric), find_metric(whole.metric)
    if above is None or hit.metric == whole.metric:
        return False
    if part.part_of == above.id or part.id in above.sum_of:
        return True
    return hit.length >= (2 if len(own) == 2 and part.topic != "fees" else 3) and (
        part.topic == above.topic or {part.topic, above.topic} <= _REQUEST_TOPICS
    )


def _is_new_matter(hit: Hit, own: str, whole: Figure) -> bool:
    """Whether a part's words name something of their own, not just a kind of the whole."""
    return (
        hit.exact and hit.length >= 4 and hit.length * 2 >= len(own) and hit.metric != whole.metric
    )


def _joined(base: str, own: str) -> str:
    if not own or own in base:
        return base
    if not base or base in own:
        return own
    return f"{base}：{own}"
