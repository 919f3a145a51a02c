"""The words at a figure that say what it counts, without those that only lead up to it."""

import re

from .clauses import without_brackets
from .figures import Figure

HAN = re.compile(r"[一-龥]")
_WHEN = (
    r"(?:(?:截至|截止到?|至|到)?(?:目前|今年|本年度?|年底|年末|年内|全年度?|一年来|报告期内?|(?:19|20)\d{2}年(?:度|底|"
    r"末|初)?(?:\d{1,2}月(?:\d{1,2}日)?)?)(?:以来|底|末|内|期间|止|为止)?)"
)
_SELF = (
    "(?:全|我|本)(?:市|县|区|省|镇|乡|州|局|委|办|厅|街道|街|单位|行政机关|机关|部门|中心|部|院|旗|会|系统|关)"
    "(?:各级)?(?:政府系统|政府机关|政府|行政机关|各部门|机关|系统)?"
)
_LEAD = re.compile(
    rf"^(?:{_WHEN}|{_SELF}|其余的?|剩余的?|余下的?|共计?(?!同|享|建)|累计|全年|先后|当年|上半年|已经?|其中|此外|另外|同时|另|并|且|也|还|又|则|"
    rf"即|[一二三四五六七八九十]是|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、]|[一二三四五六七八九十]+、|[，、：；,;\s]|和|及|与|"
    rf"以及|对|将|把|包括|包含|含|据统计|经统计|统计显示|在(?=[^在]*中$)|除$)+"
)
_TAIL = re.compile(
    r"(?:[由从较比]年[初末底]的?$)|(?:(?:由|从)(?:原来|原先|最初|上一?年度?|去年|(?:19|20)\d{2}年[底末初]?)?的?$)|"
    r"(?:共计|总计|合计|累计|共有|共|约|近|超|达到|高达|达|突破|逾|总数|数量|(?<![行作视认])为|是|有|计|了|过|的|即|分别|各|均|都|全部|仅|只|只有|就|"
    r"：|:|，|,|“|”|增加到|增加至|增至|降至|升至|减至|提高到|提升至|增长到|增长至|上升到|上升至|下降到|下降至|减少到|减少至|(?:现在|目前|如今|年[末底])的?|已|完成|占)+$"
)
_ENDS_IN_VERB = re.compile(
    r"(?:召开|举办|举行|开展|组织|指定|制作|发布|公开|印发|编印|编发|编制|出台|制定|制发|修订|设立|设置|设有|设|配备|配置|建立|建成|开通|开设|"
    r"新开设|新增|归集|收到|受理|办理|办结|答复|接待|提供|发放|刊发|刊登|推送|报送|完成|开放|接受|接到|接听|有|共|取消|下放|清理|梳理|优化|"
    r"更新|参加|出席|主动公开|公示|对|由|拥有|覆盖|涉及|形成|废止|征集|采纳|收集|培训|选派|安排|明确|确定|落实|投入|实现|整改|通报|检查|"
    r"督查|抽查|评估|审查|审核|报道|转发|入驻|进入|推出|打造|建设|升级|改版|维护|关停|注销|整合|录入|上传|保留|承接|调整|精简|表彰|表扬|"
    r"处理|回复|回应|解读|解答|切实提升|优化提升|更新完善|完善|宣布失效|失效|继续有效|保留有效|编制完成|汇编|赠阅|印制|发行|出版|张贴|开辟|查处|立案|指导|走访|服务|惠及|帮助|"
    r"引发|发生|产生|引起|把|将|全市|全县|全区|全省|各|先后发布|共计|累计|达|为|：|到|在|出席|前往|深入)$"
)
_AFTER_STOP = re.compile(
    r"^(?:和|及|与|以及|并|增至|降至|升至|减至|增加|减少|提高|上升|下降|增长|缩短|全部|均|都|已|其中|占|由|在|同比|环比|比|较|主要|用于|被|等|予以|左右|以上|的是|后|时|当中|中(?!外|国|央|小|心|介|医)|从|且|同时|"
    r"分别|实现|而|按|依(?!申请)|对|至|到|为|是|有|共|集|未|可|也)|^[^一-龥“A-Za-z]"
)
_AFTER_NOUN = re.compile(
    r"(?<=.)(?:进行|予以|单独|全部|均|已|用于|向(?=社会|公众|群众)|被|的(?=基础|情况|标准)|中$)"
)
TITLE = "《(?![^《》]*(?:公报|政报|信箱|手册|指南|折页|读本)》)[^《》]*》"
"""A title in its marks; gazettes and mailboxes in such marks are what a figure is about."""

_ONLY_TITLES = re.compile(f"^(?:[对将把、和及与]|{TITLE})*{TITLE}$")

_QUOTED = '[“"][^“”"]*[”"]'
_LISTED_NAMES = re.compile(
    f"(?:[、和及与]?{TITLE})+等?$|(?<=.)(?:[、和及与]?{_QUOTED})*{_QUOTED}(?:[、和及与]?{_QUOTED}|等)$"
)
_SAYS_WHAT = re.compile(
    r"^(?:均|都|全部)?(?:已经?|尚|为|是|系|属于?|通过|以|采用|来自|由|被|作出?)(?![\d上去])"
)
_BY_RULE = re.compile("^(?:按照|依照|按|依)(?:有关|相关)?(?:规定|法律规定|程序|要求)")
_DONE = re.compile(  # 26件申请已全部按时办结
    "^(?P<what>[^，。、]{0,8}申请)(?:已经?|均|都|全部|依法|及时|按时|按期|在[^，。]{2,8}内|予以)+(?P<verb>办结|答复|回复)(?!率)"
)
_PAST_LISTED = re.compile(r"^.*\d[万余多]*[一-龥]{1,2}[、，,]")  # 图解4条（…）、征集1条
_PARTICIPLE = re.compile(r"^的")


def own_phrase(figure: Figure) -> str:
    """The words at the figure itself that say what it counts, without fillers; may be empty."""
    lead, noun = lead_and_noun(figure)
    return lead + noun


def lead_and_noun(figure: Figure) -> tuple[str, str]:
    """The words before the figure and those behind it, where they say together what it counts."""
    label = _PAST_LISTED.sub("", without_brackets(figure.label.replace("专（兼）职", "专兼职")))
    if _ONLY_TITLES.match(label):
        label = ""
    label = _LISTED_NAMES.sub("", label)
    noun = noun_after(figure)
    trimmed = trim(label)
    done = _DONE.match(figure.after)
    if not trimmed and done:
        noun = done["verb"] + done["what"]
    elif not trimmed and _SAYS_WHAT.match(figure.after):  # 26件为自然人申请, 10起被维持
        noun = _SAYS_WHAT.sub("", figure.after)[:24]
    joins = label.endswith(("的", "了", "过", "等")) or ends_in_verb(label) or ends_in_verb(trimmed)
    if noun and (not trimmed or joins):
        return trimmed, noun
    return (trimmed, "") if trimmed else ("", noun)


def ends_in_verb(words: str) -> str | None:
    """The verb that waits for an object behind the figure: 召开 in 召开36场新闻发布会."""
    verb = _ENDS_IN_VERB.search(words)
    return verb[0] if verb else None


def trim(label: str) -> str:
    """Without what leads up to a phrase (2016年，我局共…) and to a figure (…总数达)."""
    label = without_lead(label)
    before = None
    while before != label:
        before, label = label, without_tail(label)
    return label


def without_lead(words: str) -> str:
    return _LEAD.sub("", words)


def without_tail(words: str) -> str:
    return _TAIL.sub("", words)


def noun_after(figure: Figure) -> str:
    after = _BY_RULE.sub("", _PARTICIPLE.sub("", figure.after)).replace("专、兼职", "专兼职")
    return "" if _AFTER_STOP.match(after) else _AFTER_NOUN.split(after)[0][:24].rstrip("和及与以")
