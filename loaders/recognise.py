"""Is this an annual disclosure report? What only looks like one is refused, by kind.

Tells are those of the field: a notice commands others to compile reports, a press story quotes
somebody else's, a model text has blanks. A document needs the subject in its title, or several marks
of a report in its body.
"""

import re

from gongkai.graph.errors import InputRefused

from .document import Document
from .folding import fold_plainly

_TITLE = re.compile(
    r"(?:政府信息|政务|信息|院务|厂务)公开.{0,12}(?:报告|年报|总结)|公开年度?报告|年度报告.{0,6}信息公开"
)
_MARKS = (
    re.compile(r"(?:政府|院校|学校|企业|单位|机构)信息公开(?:条例|办法)"),
    re.compile(
        r"统计(?:期限|时限|时段|时间)|数据.{0,6}(?:期限|时限)|[0-9]{4}年[19]月1日.{0,6}[至到]"
    ),
    re.compile(
        r"本(?:年度)?(?:工作)?报告[^。]{0,200}(?:信息|政务)公开|(?:信息|政务)公开[^。]{0,60}年度(?:工作)?报告"
    ),
    re.compile(r"主动公开(?:政府)?信息"),
    re.compile(r"依申请公开|信息公开申请"),
    re.compile(r"行政复议.{0,6}行政诉讼"),
    re.compile(r"存在的?(?:主要)?问题"),
    re.compile(r"公开(?:各类|政府|政务)*信息(?:总?数)?(?:共计?|累计|总计)?[0-9]"),
    re.compile(r"(?:信息公开(?:(?!信息公开).)*){5}", re.S),
    re.compile(r"本年新收政府信息公开申请数量|主动公开政府信息数"),
)
_MARKS_NEEDED = 3

# Code, what it looks like, and the tells: in the title (with no 报告 of its own), or in the body.
_LOOK_ALIKES: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    (
        "NOTICE",
        "a notice that asks for reports",
        re.compile(r"(?:关于|做好|编制|报送).*(?:通知|函)$"),
    ),
    (
        "INTERPRETATION",
        "an interpretation of a policy",
        re.compile(r"^(?:文字解读|图解|政策解读|一图读懂|解读)|(?:政策|文字)?解读$"),
    ),
    (
        "INFOGRAPHIC",
        "an infographic; load its text version",
        re.compile(r"[（(]?图解版?[）)]?$|图文版"),
    ),
    ("EVALUATION", "an evaluation by a third party", re.compile(r"评估(?:报告|结果)|第三方评估")),
    (
        "RULES",
        "rules, a plan, a guide or a catalogue",
        re.compile(
            r"(?:办法|条例|规定|细则|制度|指南|指引|目录|清单|方案|要点|规程|流程图?|须知|意见|标准"
            r"|工作(?:计划|安排)|考核表|评分表|一览表)(?:（[^（）]{0,12}）)?$"
        ),
    ),
    (
        "OTHER_REPORT",
        "a report on something else",
        re.compile(
            r"法治政府|依法行政|[预决]算|政府工作报告|统计公报|述[职廉]|审计(?:结果|工作)|绩效|社会责任"
            r"|质量(?:年度)?报告|环境状况|党务公开|党建|调研报告|可行性|自评报告|工作总结|工作汇报"
        ),
    ),
    (
        "DECISION",
        "a decision on a case",
        re.compile(r"行政复议决定书|行政判决书|行政裁定书|(?:判决|裁定|决定)书$"),
    ),
    (
        "WEBSITE_STATEMENT",
        "a website's annual statement",
        re.compile("网站.{0,12}报表"),
    ),
    ("MODEL_TEXT", "a model text to fill in", re.compile(r"范文|模板|样本|[xX×]{2,}[省市县区局]")),
)
# A title that names a report may name, or end in, these too.
_NOT_WITH_TITLE = ("RULES", "OTHER_REPORT")
_IN_BODY: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    (
        "DECISION",
        "a decision on a case",
        re.compile(r"申请人：.{0,200}被申请人：|上诉人.{0,80}被上诉人", re.S),
    ),
    (
        "WEBSITE_STATEMENT",
        "a website's annual statement",
        re.compile(r"独立用户访问总量.{0,400}栏目总?数|栏目总?数.{0,400}独立用户访问总量", re.S),
    ),
    ("MODEL_TEXT", "a model text to fill in", re.compile(r"[xX×]{2,}[省市县区局镇]")),
    (
        "PRESS_STORY",
        "a press story about a report",
        re.compile(r"本报讯|[（(]?记者[\s ]*[一-鿿]{2,4}[）)]|记者从.{0,30}获悉|报告显示"),
    ),
    (
        "NOTICE",
        "a notice that asks for reports",
        re.compile(
            r"(?:各县|各区|各镇|各乡|各有关|各直属)[^。\n]{0,40}：\n?.{0,400}(?:认真做好|按时报送|请于)",
            re.S,
        ),
    ),
    (
        "EMPTY_FORM",
        "an empty form of a statistics system",
        re.compile(r"填报单位.{0,200}填报说明", re.S),
    ),
)


def recognise(document: Document, title: str, name: str) -> None:
    """Raises `InputRefused` for anything but an annual disclosure report."""
    heading, text = fold_plainly(title), fold_plainly(document.text)
    marks = sum(1 for mark in _MARKS if mark.search(text))
    is_titled = bool(_TITLE.search(heading))
    for code, kind, tell in _LOOK_ALIKES:
        found = tell.search(heading)
        if found and not (is_titled and code in _NOT_WITH_TITLE):
            raise _refused(name, code, kind, f"its title says “{found[0][:40]}”")
    beginning = text[:3_000]
    for code, kind, tell in _IN_BODY:
        found = tell.search(beginning if code != "MODEL_TEXT" else text)
        if found and not (code == "PRESS_STORY" and is_titled and marks >= _MARKS_NEEDED + 1):
            raise _refused(name, code, kind, f"it says “{found[0][:30].strip()}”")
    if not is_titled and marks < _MARKS_NEEDED:
        raise InputRefused(
            f"{name}: this is no annual report on information disclosure: neither its title nor "
            "its text has the marks of one. Load the report itself, as a file of its own.",
            code="NOT_A_REPORT",
        )


def _refused(name: str, code: str, kind: str, tell: str) -> InputRefused:
    return InputRefused(
        f"{name}: this looks like {kind} ({tell}), not an annual disclosure report. "
        "Load the report itself.",
        code=f"LOOK_ALIKE_{code}",
    )
