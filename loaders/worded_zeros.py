"""Zeros in words: 未收到申请, 没有发生行政复议、行政诉讼 (one for each), 未收取任何费用.

A denial is a negation, a verb or none, and what there was none of. What it arose from (因…引起的)
and what it is about (有关…的) is not denied with it; nor is a request in 没有逾期未答复的申请.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.graph.extract import Kind

_NOT = (
    r"(?:从|尚|均|也|并|都|亦|皆|暂|还)?(?:未曾?|没有?|(?<!有)无|不(?=存在|涉及|收取|收费|产生))"
    r"(?:有|再|出现|接到过)?(?:任何)?(?:一[例件起宗次])?"
)
_OBJECTS = re.compile(
    r"(?P<rules>(?:行政)?规范性文件|规章)"
    r"|(?P<requests>要求公开的?(?:政府)?信息|(?:获取|公开)(?:政府)?信息的(?:申请|要求|请求)"
    r"|(?:政府信息)?(?:依申请公开|公开申请|公开的?(?:书面)?申请)(?:政府信息)?(?:的?申请)?(?:事项|案件|件|书|情况)?"
    r"(?!(?:引发|引起|产生|而|收|提起|被|行政|的?(?:行政)?复议))"
    r"|依申请办理事项|申请公开(?:政府|政务)?信息(?=的?(?:情况|事项|行为|$))|(?<=人)申请(?:公开|获取)(?:相关|有关)?(?:政府)?信息"
    r"|(?<!复议)(?<!诉讼)申请(?!行政|复议|公开|人|引|而|提起|收取|的?行政|办|产生|被|过程|获取|答复|处理|费|依法|有关|政府)"
    r"(?:事项|案件|件|表|书)?)"
    r"|(?P<reconsideration>(?:行政)?复议(?!机关|法|决定|机构|委))"
    r"|(?P<litigation>(?:行政)?诉讼(?!法|费|(?:相关|有关)?的费)|应诉)"
    r"|(?P<appeal>(?:行政)?申[诉述])|(?P<complaint>(?:信访)?(?:举报|投诉)(?:、?(?:举报|投诉))?)"
    r"|(?P<fee>(?:检索|复制|邮寄|信息处理|信息公开|依申请公开|任何|相关|成本|申请)?(?:、(?:检索|复制|邮寄))*等?"
    r"(?:任何|相关)?的?(?:成本)?费用?(?:支出)?(?!减免)|收费(?!及?减免|标准|通知|项目|目录|管理)(?:情况)?|收费及减免|收费和减免|"
    r"收取(?=(?:或者?|和|及|以及)减免))"
    r"|(?P<waiver>减免(?:费用|情况)?)|(?P<liability>责任追究)"
    r"|(?P<withheld>不予公开(?:的?(?:政府)?信息)?)|(?P<carried>结转)"
    r"|(?P<other>(?:失、?)?(?:失泄密|泄密)(?:事件|问题|案件|现象)?|(?:网络|重大)*舆情|信访(?:事项|件)?"
    r"|留言|来信|来电|咨询|新闻发布会|听证会)"
)
# With these verbs, what comes between negation and verb (对任何公民、因此) does no harm.
_TAKES = r"收到|接到|受理|发生|产生|引发|引起|收取|征收|提起|提出|出现"
_DENIAL = re.compile(
    rf"(?P<not>{_NOT})(?P<rest>[^，。；：\n]{{1,90}}"
    r"(?:，(?:行政诉讼|申诉|举报|投诉)[^，。；：\d\n]{0,8}(?=[，。；\n]))?)"
)
_NO_ZERO = re.compile(
    r"法|偿|关(?!于)|正当|误|条件|障碍|论|需|须|不|故|理|纸|线|权|人机|证|效|公害|按|公开|能|来|经|予(?!收)|及(?!时收)|在|答|"
    r"完|成|主动|现成|及时|明确|纳|建|依法|做|作|开|提供|达|补|说明|掌握|掌|审|具备|规定|统一"
)
_OVER_SOMETHING = re.compile(r"[对因就将向针](?!外)")
# 没有针对我局的行政复议: what is denied is what the clause ends in.
_NOTHING_ELSE = re.compile("(?:的?(?:情况|现象|案件|事项|行为))?$")
_TAKEN = re.compile(_TAKES)
_FAULTS = re.compile(
    "逾期|超期|超时|延期|拖延|推诿|违规|违反|不当|不及时|错误|失误|未(?!收到|接到)"
)
_CAUSE = re.compile(
    r"(?:因|针对|有关|关于|对|就)?(?:本[一-龥]{0,3}|我[一-龥])?(?:政府)?(?:信息公开|政府信息)(?:工作|事务|申请|"
    r"事项)?(?:而)?(?:引发|引起|产生|发生|提起|被|被提起|被申请)"
)
_RELATED = re.compile(r"^(?:与|同|和|涉及)[^，。]{0,30}?(?:有关|相关)的")
_IF = re.compile(r"(?:如|若|如果|凡|以|防止|避免|杜绝|确保|做到|减少|是否)[^，。；]{0,8}$")
_OF_THOSE = re.compile(r"对[^，。；]{0,8}$")
_DENIED_BEFORE = re.compile(
    r"(?P<objects>(?:行政复议|行政诉讼|复议|诉讼|申诉|举报|投诉|公开申请|依申请公开|依申请办理|结转|收费|规范性文件|泄密)[^，。；：\n]{0,40}?)"
    r"(?:情况|数量|数|案件|件数)?(?:均|都|也|皆|全部)?"
    r"(?P<not>未发生|没有发生|未出现|未收到|没有收到|没有|(?:(?<![一-龥])|(?<=诉讼)|(?<=复议)|(?<=投诉)|(?<=申诉)|(?<=举报))无|为零|均无|均为零|是零|尚未发生|未涉及)"
    r"(?:情况)?(?=[，。；：\n）]|$)"
)
_NONE_OF = re.compile(
    r"(?:(?<![一-龥])|实现|保持|达到|做到|全年|年内)(?P<not>零)(?=申请|投诉|举报|复议|诉讼|收费|信访|舆情)"
)
# 四、复议诉讼情况 and nothing beneath it but 无。
_HEADED = re.compile(
    r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d{1,2}[.、])(?P<objects>[^，。；：\n]{2,50})[：:]?"
    r"\n(?P<not>无|没有|零)(?=[。；\n]|$)",
    re.MULTILINE,
)
_OUT = re.compile("下一?年|次年|明年")
_MONEY = frozenset(("fee", "waiver"))
_AROSE = _MONEY | {"reconsideration", "litigation", "appeal", "complaint"}  # from a request

_METRICS = {
    "requests": "requests-received",
    "reconsideration": "reconsideration-total",
    "litigation": "litigation-total",
    "appeal": "appeals",
    "complaint": "complaints",
    "fee": "fees-collected",
    "waiver": "fees-waived",
    "liability": "accountability-cases",
    "rules": "normative-documents-made",
    "withheld": "results-denied",
    "carried": "requests-carried-in",
}


@dataclass(frozen=True, slots=True)
class WordedZero:
    """`start`, `end`: what there was none of; `phrase`: the clause's part with its negation.

    `verb`: where the words begin that say what there was none of (收到 in 未收到留言).
    """

    start: int
    end: int
    phrase_start: int
    phrase_end: int
    verb: int
    object: str

    @property
    def kind(self) -> Kind:
        return Kind.MONEY if self.object in _MONEY else Kind.COUNT


def metric_of(zero: WordedZero, words: str) -> str | None:
    """The dictionary's metric for what there was none of, or None."""
    if zero.object == "fee" and ("诉讼" in words or words.endswith("支出")):
        return None  # what it cost the body is not what it charged
    if zero.object == "fee" and "处理费" in words:
        return "processing-fees"
    if zero.object == "carried" and _OUT.search(words):
        return "requests-carried-out"
    if zero.object == "rules" and "规章" in words:
        return None
    if zero.object == "rules" and "废止" in words:
        return "normative-documents-repealed"
    return _METRICS.get(zero.object)


def find_worded_zeros(text: str) -> list[WordedZero]:
    """Every zero stated in words, one for each thing that is denied; in order."""
    found: list[WordedZero] = []
    taken = -1
    zeros = [*_negation_first(text), *_negation_last(text), *_none_of(text), *_headed(text)]
    for zero in sorted(zeros, key=lambda zero: (zero.start, -zero.end)):
        if zero.start >= taken and not _said_again(zero, found, text):
            found.append(zero)
            taken = zero.end
    return found


def _said_again(zero: WordedZero, found: list[WordedZero], text: str) -> bool:
    """没有公民申请公开信息，未收到申请 is one zero, said twice in a sentence."""
    before = next(
        (other for other in reversed(found) if other.object == zero.object == "requests"), None
    )
    return before is not None and not re.search(r"[。\n]", text[before.end : zero.start])


def _negation_first(text: str) -> Iterator[WordedZero]:
    for match in _DENIAL.finditer(text):
        start, begin = match.span("not")
        clause = match["rest"]
        if _IF.search(text[max(0, start - 12) : start]) or any(map(str.isdigit, clause)):
            continue
        objects = list(_denied(clause))
        if not objects or objects[0].start() > 60:
            continue
        lead = clause[: objects[-1].start()]
        if (
            _OF_THOSE.search(text, max(0, start - 12), start)
            and "的" in clause[objects[-1].end() :]
        ):
            continue  # 对未收到申请的单位
        if (_NO_ZERO.match(clause) and objects[0].start()) or (
            _OVER_SOMETHING.match(clause)
            and not _TAKEN.search(match["not"] + lead)
            and not _NOTHING_ELSE.match(clause, objects[-1].end())
        ):
            continue
        for item in objects:
            end = begin + item.end()
            kind = item.lastgroup or ""
            yield WordedZero(begin + item.start(), end, start, end, begin, kind)


def _denied(clause: str) -> "Iterator[re.Match[str]]":
    """The things denied: those of the last kind of the clause, not what they arose from."""
    related = _RELATED.search(
        re.sub(f"^(?:{_TAKES})", lambda verb: " " * len(verb[0]), clause).lstrip()
    )
    since = len(clause) - len(clause.lstrip()) if related is None else clause.find("关的") + 2
    found = list(_OBJECTS.finditer(clause, since))
    causes = [match.end() for match in _CAUSE.finditer(clause)]
    kinds = {match.lastgroup for match in found}
    seen: set[str] = set()
    for match in found:
        kind = match.lastgroup or ""
        if kind == "requests":
            if "carried" in seen:
                continue  # 无结转下年度办理的申请
            if (kinds & _AROSE) and not _listed(clause, match.end()):
                continue
            if any(match.start() < cause < match.end() + 4 for cause in causes):
                continue
            if _FAULTS.search(clause):
                continue
        if kind == "withheld" and len(kinds) > 1:
            continue
        if kind not in seen or kind == "other":
            seen.add(kind)
            yield match


def _listed(clause: str, end: int) -> bool:
    return clause[end : end + 1] in ("、", "和", "及", "或", "以")


def _negation_last(text: str) -> Iterator[WordedZero]:
    for match in _DENIED_BEFORE.finditer(text):
        begin = match.start("objects")
        for item in _OBJECTS.finditer(match["objects"]):
            if item.lastgroup == "requests" and re.search("复议|诉讼", match["objects"]):
                continue
            start = begin + item.start()
            yield WordedZero(
                start, begin + item.end(), start, match.end("not"), start, item.lastgroup or ""
            )


def _headed(text: str) -> Iterator[WordedZero]:
    for match in _HEADED.finditer(text):
        begin = match.start("objects")
        for item in _denied(match["objects"]):
            start = begin + item.start()
            yield WordedZero(
                start, begin + item.end(), start, match.end("not"), start, item.lastgroup or ""
            )


def _none_of(text: str) -> Iterator[WordedZero]:
    for match in _NONE_OF.finditer(text):
        item = _OBJECTS.match(text, match.end())
        if item:
            start = match.start("not")
            yield WordedZero(*item.span(), start, item.end(), item.start(), item.lastgroup or "")
