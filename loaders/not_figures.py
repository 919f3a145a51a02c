"""Numbers that are no figures: dates, document numbers, hotlines, slogans, deadlines, plans.

`Masks` finds what can be told from the number's own shape, in one pass over the text; `reason_not`
decides the rest from the words around one amount. Every reason is `code: words`, for `unplaced`.
"""

import re
from bisect import bisect_right

from gongkai.graph.extract import Kind

from .changes import is_from
from .clauses import Layout, Place
from .numerals import Amount, is_absurd
from .reading import Reading

REASONS = {
    "title": "part of the title of a document",
    "name": "part of a name or slogan",
    "document-number": "the number of a document",
    "ordinal": "an ordinal: an article, an issue, a rank",
    "web-address": "part of a web or mail address",
    "phone": "a telephone or post code",
    "hotline": "the number that a hotline is called by",
    "date": "a date, a year or a period",
    "time-limit": "a time limit or duration",
    "address": "a place in an address or building",
    "standard": "a standard, road, version or model",
    "list-marker": "numbers an item of a list",
    "plan": "a plan or target, not a fact of the year",
    "requirement": "a requirement or threshold",
    "background": "counts what the sentence has just listed",
    "frequency": "a frequency",
    "fraction": "a fraction in words",
    "vague": "words that say only roughly how much",
    "absurd": "more digits than a number can have",
    "no-measure": "no words near it say what it counts",
}

_YEAR = r"(?:19|20)\d{2}"
_CN_YEAR = "[一二][九〇○零][〇○零一二三四五六七八九]{2}"
_DATE = (
    rf"(?:自|从)?(?:{_YEAR}|{_CN_YEAR}|"
    rf"(?<!\d)\d{{2}}(?=年\d{{1,2}}月))年?(?:[-—–~～－至到]{{1,2}}(?:{_YEAR}|"
    rf"{_CN_YEAR}))?年(?:度|末|底|初)?"
    r"(?:\d{1,2}(?:[-—–~～－至到]{1,2}\d{1,2})?月份?(?:\d{1,2}(?:[-—–~～－至到、]{1,2}\d{1,2})?日?)?)?"
    rf"|{_YEAR}[-./]\d{{1,2}}[-./]\d{{1,2}}|{_YEAR}[-—–~至]{_YEAR}|"
    rf"(?<!\d)\d{{1,2}}:\d{{2}}(?::\d{{2}})?"
    r"|(?<![\d.])\d{1,2}(?:[-—–~～－至到]{1,2}\d{1,2})?月(?:份|底|初|末|中旬|上旬|下旬|"
    r"\d{1,2}(?:[-—–~～－至到、]{1,2}\d{1,2})?日)?"
    r"|(?<![\d.])\d{1,2}(?:[-—–~～－至到]{1,2}\d{1,2})?日(?!常)(?!均)"
    rf"|(?<![\d.,]){_YEAR}(?=版|届|级|[）)〕\]])|{_YEAR}\d{{2,4}}日"
)
_DURATION = (
    r"(?:近|约|连续|为期|历时)?(?<![\d.])\d+(?:\.\d+)?[余多]?(?:个)?(?:工作日|自然日|小时|季度|星期|年(?!度)|"
    r"月(?!份)|天(?!津)|分钟|周(?!边|期))"
    r"(?:[余多])?(?:以内|之内|内|以上|来|间)?"
    r"|连续[一二两三四五六七八九十]+(?:个)?(?:年|月|季度|天|次|届)"
)
_ANY_DIGITS, _FEW_DIGITS = r"\d+", r"\d{1,12}"
# Each with the characters that it begins with: the rest of a text is passed over at once.
SHAPES = (
    ("title", r"《", r"《[^《》\n]{0,120}(?:《[^《》\n]{0,120}》[^《》\n]{0,60})*》"),
    (
        "web-address",
        r"A-Za-z0-9_.+\-",
        r"https?://[A-Za-z0-9_./?=&%#:-]+|[A-Za-z0-9_.+-]{1,40}@[A-Za-z0-9_.-]+|(?:www\.|"
        r"[a-zA-Z][A-Za-z0-9_-]{0,40}\.){1,6}[a-zA-Z]{2,}[A-Za-z0-9_./?=&%-]*",
    ),
    (
        "document-number",
        r"〔\[［【（(〈令第0-9",
        rf"[〔\[［【（(〈]\s*{_YEAR}\s*[〕\]］】）)〉]?\s*(?:第)?\s*\d{{1,5}}\s*号|(?:令|"
        rf"第)\s*\d{{1,4}}\s*号(?:令)?|\d{{1,4}}号(?:令|文|公告)",
    ),
    ("name", '“‘"', r"“[^”\n]{1,24}”|‘[^’\n]{1,24}’|\"[^\"\n]{1,24}\""),
    (
        "phone",
        r"（(0-9电传邮热号手呼拨Q微",
        r"(?<!\d)[（(]?0\d{2,3}[-—－ ）)]{1,2}\d{7,8}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)|(?:电话|传真|邮编|邮政编码|热线|"
        r"号码|手机|呼叫中心|拨打(?!\d{3,8}[一-龥“”])|QQ(?:邮箱|群|号)?|微信号)(?:号码)?[为是]?[:：（(]?\s*\d[\d\-—－]{4,}"
        r"(?![\d万余多件次个条人起通宗])(?:、\d{5,8}(?![\d万余多件次个条人起通宗]))*",
    ),
    (
        "ordinal",
        r"第前tT排名位居附0-9",
        r"第[\d一二三四五六七八九十百]+(?:[-—至、到][\d一二三四五六七八九十]+)*(?:[一-龥])?|第[（(][\d一二三四五六七八九十]+[）)]项?"
        r"|(?:(?<![提目])前|top|TOP)(?:\d+|[一二三四五六七八九十]+)(?:名|位|强|个|$)?|(?:排名|名列|位列|位居|"
        r"居)[一-龥]{0,6}?(?:第|前)\d+(?:位|名)?|(?:排名|名列|位列)\d+(?:位|名)?|\d+强"
        r"|附(?:件|表|图|录)[\d一二三四五六七八九十]{1,3}(?=[）)。，；、：》”]|$)",
    ),
    (
        "hotline",
        r"0-9",
        r"(?<!\d)\d{3,8}(?=[”\"’）)]?(?:政府|市民|便民|公共|政务|服务|民生|公开|咨询|投诉|短信|举报|税务|纳税|市长|县长|区长|"
        r"省长|专用|阳光|在线|综合|统一|政民|政策|价格|环保|消费|民情|法律|医疗|卫生|人社|群众|非紧急|救助){0,5}(?:热线|平台|短信|电话|"
        r"专线|公益|民声|举报|号段|便民中心|受理中心|网站|系统))",
    ),
    (
        "standard",
        r"A-Za-z0-9",
        r"(?:DB|GB|ISO|T/|YY|JT)[/A-Z\d]*\s?\d[\d.]*(?:[-—]\d+)?|[A-Za-z]+[-]?\d[A-Za-z0-9_.]*|"
        r"\d+[×xX*+][\dA-Za-z]+|\d+(?:\.\d+)?(?:版本|版(?![块本面]))|\d+\.0(?![\d%‰万亿])|"
        r"\d+[A-Za-z]\b",
    ),
    ("date", r"自从0-9一二", _DATE),
    ("time-limit", r"近约连为历0-9", _DURATION),
    (
        "address",
        r"0-9",
        r"\d+(?:-\d+)*号(?:楼|院|门|大院|窗口|公告)?(?:\d+室)?|\d+(?:室|楼|层|弄|栋楼|号)",
    ),
    (
        "fraction",
        r"0-9一二三四五六七八九十",
        r"(?:(?!百)[一二三四五六七八九十]|\d+)分之(?:[一二三四五六七八九]|\d+)|\d+/\d+",
    ),
)
_MASKS = re.compile(
    f"(?=[{''.join(first for _, first, _ in SHAPES)}])(?:"
    + "|".join(
        # No number is longer; unbounded, a page of digits would take quadratic time.
        f"(?P<{name.replace('-', '_')}>{pattern.replace(_ANY_DIGITS, _FEW_DIGITS)})"
        for name, _, pattern in SHAPES
    )
    + ")"
)
_MARKER = re.compile(
    r"(?:(?<=\n)|(?<=[。；;：])|^)[ \t]*(?:[（(]\d{1,2}[）)]|"
    r"\d{1,2}(?:\.\d{1,2})*[.、．](?!\d)|\d{1,2}\.(?=\d{1,2}[.、]))"
)
_TIME_FIGURE = re.compile(
    r"(?:时[限间长][^，。；]{0,4}[由从]|天数|日期|日子|平均|缩短|压缩|提速|用时|时长|耗时|提前)[^，。；]{0,14}$"
)


class Masks:
    """The stretches of a text whose numbers are no figures by their own shape."""

    def __init__(self, text: str) -> None:
        self._spans: list[tuple[int, int, str]] = []
        for match in _MASKS.finditer(text):
            reason = (match.lastgroup or "").replace("_", "-")
            if reason == "time-limit" and _TIME_FIGURE.search(
                text, match.start() - 20 if match.start() > 20 else 0, match.start()
            ):
                continue
            if reason == "document-number" and not any(c.isdigit() for c in match.group()):
                continue
            self._spans.append((match.start(), match.end(), reason))
        self._spans += [(m.start(), m.end(), "list-marker") for m in _MARKER.finditer(text)]
        self._spans.sort()
        self._starts = [span[0] for span in self._spans]

    def reason(self, place: int) -> str | None:
        """Why the number at this place is no figure, if its shape says so."""
        for index in range(bisect_right(self._starts, place) - 1, -1, -1):
            start, end, reason = self._spans[index]
            if start <= place < end:
                return reason
            if place - start > 200:
                break
        return None


# Statements about the future: the rest of the sentence, and of the part after 下一步, is a plan.
_SELF = r"(?:我[市县区镇乡省局委办厅州院关部会]|本[市县区镇乡省局委机关单位]+|全[市县区省镇])"
_ATTACHED = re.compile("附[^，。；]{0,20}[表图]$")
_PLAN = re.compile(
    rf"(?:^|[，；：])(?:\d{{4}}年)?，?{_SELF}(?:将|拟|计划|打算|力争|争取)[^，。]|(?:^|"
    rf"[，；：])(?:\d{{4}}年，?)?(?:拟|打算|计划(?!总结|规划|类|信息|生育|方案|完成)|力争|争取)(?!近|依|、|和|及)[^，。]"
    r"|预计|即将|拟于|拟在|(?<![一-龥])将(?:继续|进一步|重点|着力|按照|以|认真|全面|努力|从|在|不断|积极|大力|组织|开展|推进|加强|"
    r"加大|严格)|(?<!即)将(?:清理|新建|新增|新设|建设|召开|举办|培训|增设|开设|投入|启动)|(?:力争|争取)(?:在|到|达|实)|目标(?:为|是|任务)[^，。）]*$"
)
_FINISHED = re.compile(r"按计划|计划(?:完成|执行)")
_OPENS_PLANS = (
    r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d[.、])?(?:针对(?:上述|以上|存在)[^，。]{{0,8}}，)?(?:在)?"
    r"(?:下一?步|下一?阶段|下一年度?|今后|明年|新的一年|展望|{next}年(?:度)?(?:，|我|本|全|工作|里|将|是|拟|重点))"
)
_PLAN_HEADING = re.compile(
    r"下一?步|工作(?:打算|计划|思路|安排)|展望|努力方向|今后|下年度|整改方向"
)
_PROBLEM_HEADING = re.compile(r"问题|不足|改进|打算|计划|措施")
_REQUIREMENT = re.compile(
    r"(?:(?<![按照])要求|应当|应于|必须|须在|不得|规定[^，。]{0,12}(?:不少于|不低于|不超过)|每(?:年|月|季度|周|半年|天|日|"
    r"个)[^，。]{0,10}(?:至少|不少于|不低于)|原则上|确保[^，。]{0,16}(?:不少于|不低于|达到|达))[^，。；]*$"
)
_FREQUENCY = re.compile(
    r"(?:(?<!平均)每(?:周|月|季度?|年|日|天|半年|两周|个月|季|旬|[\d一二两三四五六七八九十]+(?:个月|天|周|小时|个工作日|日))|"
    r"[一每]年一)[^，。；\d]{0,8}$"
)
_REACHES = re.compile(r"(?:达|达到|共|发布|公开|收到|覆盖|占|完成|办理|培训|发放|接待)$")
_NOUN_END = re.compile(r"[一-龥”）]$")
_NUMBERED = re.compile(r"(?:第|编号|代码|区号|证号|之|转|期限为?|时间为?|截至|自)$")
_COUNTED_AS = re.compile(r"(?:(?<![共总合累统小])计[为作]?|[只仅]计|算作|视为|记为)$")
_RANKS = re.compile(r"(?:前进|上升|提升|下降|后退|排名|位列|名列|提高)(?:了|到|至)?$")
_FOUND = re.compile("(?:提出|发现|查出|反馈|整改|指出|排查|收集|解决)[^，。]{0,8}$")
# 汇总22个部门…编制而成, 全县21个乡镇: who is spoken of, not what was done.
_GATHERED = re.compile("(?:汇总|综合)[^，。]{0,24}$")
_SPOKEN_OF = re.compile("(?:全[省市区县州]|[下所管]?辖)$")
_VILLAGES = re.compile("(?:乡镇|街道|[镇乡村]|社区)")
_BODIES = re.compile("(?:[县区市省州旗]|部门|单位|委办局)")
_JOINS = frozenset("和及与、")
_PARTS = re.compile(
    r"[大]?(?:部分|方面|环节|层面|阶段|步骤|板块内容|问题|要素|维度|原则|意识|目标|关键|层次|重点领域|重点任务|着力点|到位|统一|结合)"
)
_VERB_BEFORE = re.compile(
    r"(?:设立|设置|设有|设|配备|配置|配有|安排|明确|指定|确定|落实|建立|建成|开通|开设|开辟|新增|增设|新建|新设|共有|现有|共计|共|有|仅|"
    r"发生|收到|接到|受理|办理|办结|答复|召开|举办|举行|组织|开展|参加|印发|编发|编印|出台|制定|制发|修订|发布|公开|引发|产生|引起|涉及|"
    r"接受|实现|结转|被|由|为|出席|发表|刊发|刊登|推送|撰写|报送|完成|处理|更新|答复了|举报|投诉|"
    r"其中|兼职|专职|起诉|诉讼|复议|申请|公开|电话|现场|网上|网络|信函|当面|传真|邮件|人员|分别|各|均|了|，|、|：|或|和|到)(?:了|过|"
    r"有)?(?:约|近|超过|超)?$"
)
_DENIED = re.compile(
    "(?:未|没有?|无)(?:曾|有)?(?:发生|收到|接到|出现|受理|产生)?过?$"
)  # 未发生一起
_IDIOM_AFTER = re.compile(
    r"办[好成结理]|告知|申请|事(?:一|项目)|龙|性|网|窗|站式|体|件事|路|致|律|贯|样|目了然|定|些|切|般|旦|向|再|度|批又|把手|线|流|览|时|起|份力|片|道|"
    r"是|轮|天|方面|面|揽子|本账|张(?:网|图|表|清单)|支笔|盘棋|条心|线工作"
)
_CONCRETE = re.compile(
    r"^(?:政府|政务|信息|专门|专职|兼职|全职|查阅|公开|受理|咨询|服务|网站|栏目|专栏|子网站|微信|微博|公众号|账号|窗口|单位|部门|乡镇|"
    r"街道|办公室|科室|机构|场所|电子|触摸|显示|公示|工作|申请|点|平台|系统|专区|热线|信箱|站点|镇|村|社区|县|区|乡|企业|项目|行政|复议|"
    r"诉讼|案件|在|已|均|未|被|因|全部)"
)
_VERB_INSIDE = re.compile(
    r"(?:收到|接到|受理|发生|办理|办结|答复|引发|产生|提起|召开|举办|举行|开展|组织|印发|编发|编印|制定|出台|发布|公开|处理|配备|安排|"
    r"设|现有|共有|开通|建有|改版|关停|清理|整合|升级|取消|下放|结转|接受|维持|撤销|纠正|驳回|接待|参加|报送|撰写|更新|提供|通报|督查|检查|调整|修订|维护|推送|刊发)"
)
_CASES = frozenset("件起份宗名人例次期场篇条处家轮") | {"人次"}
# Of two or more of these, a count is meant whatever leads up to it, but for a few set phrases.
_COUNTED = _CASES - {"条", "人"}
_SET_PHRASE = re.compile(
    r"届[一二三四五六七八九]次|(?<![十百千])二次(?!会议)|三次(?:审核|审查|校对|把关)|[一二三四五六七八九十两]件(?:民生|大|惠民)*(?:实事|大事)|[一二三]件套|[一二三]人行"
)
_EVERYDAY_UNITS = frozenset("人名位件起宗份篇期场次条家台册户处套部卷封元倍例则个项种类块轮") | {
    "人次",
    "场次",
    "批次",
    "个百分点",
}


class PlanReader:
    """Which parts of the text speak of what is still to be done."""

    def __init__(self, reading: Reading, layout: Layout) -> None:
        opens = re.compile(_OPENS_PLANS.format(next=reading.year + 1))
        offsets = reading.prose.offsets
        self._spans: list[tuple[int, int]] = []
        for section in reading.sections[1:]:
            if _PLAN_HEADING.search(section.heading[:30]):
                self._spans.append((section.start, section.end))
        until = -1
        for start in layout.sentences:
            if start >= len(layout.text) or offsets[start] < until:
                continue
            if opens.match(layout.text[start : start + 40]):
                section = reading.section_at(start)
                wide = section is not reading.sections[0] and _PROBLEM_HEADING.search(
                    section.heading[:40]
                )
                newline = layout.text.find("\n", start)
                paragraph_end = newline if newline >= 0 else len(layout.text)
                until = section.end if wide else offsets[paragraph_end]
                self._spans.append((offsets[start], until))
        self._offsets = offsets

    def is_plan(self, place: int) -> bool:
        served = self._offsets[place]
        return any(start <= served < end for start, end in self._spans)


def reason_not(amount: Amount, text: str, place: Place, after: str, planned: bool) -> str | None:
    """Why the words around an amount make it no figure, or None.

    `after`: the text behind it; `planned`: it stands in a part that speaks of plans.
    """
    if is_absurd(amount.value):
        return "absurd"
    clause = text[place.clause : amount.start]
    sentence = text[place.sentence : amount.start]
    if _ATTACHED.search(clause):
        return "background"
    if amount.is_time and not _TIME_FIGURE.search(clause):
        return "time-limit"
    if planned or (_PLAN.search(sentence) and not _FINISHED.search(sentence)):
        return "plan"
    if _REQUIREMENT.search(text[max(place.sentence, amount.start - 40) : amount.number]):
        return "requirement"
    if (
        amount.tail in ("以上", "以下", "以内", "之内")
        and amount.kind is not Kind.RATE
        and not _REACHES.search(clause)
        and after
        and not re.match(r"的?(?:信息|文件|政府)", after)
    ):
        return "requirement"
    if _FREQUENCY.search(clause):
        return "frequency"
    if amount.value == 1 and _COUNTED_AS.search(clause):  # 相同信息计1条; 计31人 adds up
        return "requirement"
    if amount.unit in ("名", "位") and _RANKS.search(clause):
        return "ordinal"
    if amount.kind is Kind.COUNT and _PARTS.match(after) and not _FOUND.search(clause):
        return "background"
    if amount.unit == "个":
        is_village = _VILLAGES.match(after) is not None
        if is_village and _SPOKEN_OF.search(clause):
            return "background"
        if (is_village or _BODIES.match(after)) and _GATHERED.search(clause):
            return "background"
    if amount.in_words and amount.unit not in ("%", None):
        if _SET_PHRASE.search(text, max(amount.start - 1, 0), amount.end + 4):
            return "name"
        return _words_reason(amount, clause, after)
    if amount.unit is None:
        label = text[place.label : amount.start]
        if not label and text[place.label - 1 : place.label] in _JOINS:
            return None  # 41万和67.5万
        if is_from(text[max(0, amount.start - 16) : amount.start], text[amount.end :][:16]):
            return None  # 由2021年底的346万增长到412万
        return _bare_reason(label, text[amount.end : amount.end + 1])
    if amount.unit in ("类", "种") and re.search(r"、[^，。]{1,30}$", clause) and amount.value < 10:
        return "background"
    return None


def _bare_reason(label: str, behind: str) -> str | None:
    """A number without a measure word is a figure in a list or at the end of its clause only."""
    if behind and behind not in "，。；、）,;\n余和及与":
        return "no-measure"
    words = label.rstrip("：:，, ")
    said = _NOUN_END.search(words) and not _NUMBERED.search(words)
    return None if said else "no-measure"


def _words_reason(amount: Amount, before: str, after: str) -> str | None:
    """Numbers in characters are figures only where a verb or a list leads up to them."""
    if amount.unit not in _EVERYDAY_UNITS:
        return "name"
    if amount.end - amount.start == 1 + len(amount.unit) and amount.value >= 100:
        return "name"  # 百项, 千家: nobody counted
    if amount.unit in ("倍", "个百分点"):
        return None
    if amount.value == 0:
        return None if not after[:1].strip("，。；、）") else "name"
    plainly = amount.unit in _COUNTED and amount.value > 1 and amount.upper is None
    if amount.value < 11 and not plainly and not _VERB_BEFORE.search(before):
        ends = not after[:1].strip("，。；、）")
        cases = amount.unit in _CASES or amount.unit == "个"
        if not (ends and cases and _VERB_INSIDE.search(before)):
            return "name"
    if amount.unit in ("个", "项", "种", "类", "块", "条", "部", "套"):
        if amount.value == 1 and (
            amount.unit not in ("个", "条")
            or not (_CONCRETE.match(after) or not after.strip("，。；、）"))
        ):
            return "name"
        if not (_CONCRETE.match(after) or not after[:1].strip("，。；、）")):
            return "background"
        if amount.unit in ("类", "种", "块"):
            return "background"
    if amount.value == 1 and (_IDIOM_AFTER.match(after) or _DENIED.search(before)):
        return "name"
    if (
        amount.value == 1
        and amount.unit in ("次", "件", "份")
        and re.search(r"(?:每|同|跑|再|上|这|某|那|最多跑|只跑|到|第|都|统)$", before)
    ):
        return "name"
    return None
