"""Zeros in words: 未收到申请, 没有发生行政复议、行政诉讼 (one for each), 未收取任何费用."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.graph.extract import Kind

_NOT = r"(?:从|尚|均|也|并|都|亦|皆|暂)?(?:未|没有|没|无)(?:曾|有|再|出现|接到过)?(?:一[例件起宗])?"
_VERBS = (
    r"(?:收到|接到|接获|收|接|受理|发生|产生|引发|引起|涉及|收取|接收|办理|出现|存在|提起|被提起|被申请|遭遇|"
    r"被|征收|发出|进行|有人|公民|人|任何|因|针对|关于|有|涉|不予|群众|需要?)?"
)
_OBJECT = (
    r"(?P<rules>(?:行政)?规范性文件)|(?P<requests>要求公开的?(?:政府)?信息|(?:获取|公开)(?:政府)?信息的(?:申请|"
    r"要求|请求)|(?:政府信息)?(?:依申请公开|公开申请|公开的?申请)(?:政府信息)?(?:事项|案件|件|书|情况)?(?!(?:引发|引起|产生|而|"
    r"收|提起|被|行政|的?(?:行政)?复议))|申请(?!行政|复议|公开|人|引|而|提起|收取|的?行政|办|产生|被|过程|获取|答复|处理|费|依法|"
    r"有关|政府)(?:事项|案件|件|表|书)?)"
    r"|(?P<reconsideration>(?:行政)?复议(?!机关|法|决定|机构|委))|(?P<litigation>(?:行政)?诉讼(?!法|费)|应诉)"
    r"|(?P<appeal>(?:行政)?申诉)|(?P<complaint>(?:信访)?(?:举报|投诉)(?:、?(?:举报|投诉))?)"
    r"|(?P<fee>(?:检索|复制|邮寄|信息处理|信息公开|依申请公开|任何|相关|成本|申请)?(?:、(?:检索|复制|邮寄))*等?(?:任何|"
    r"相关)?的?(?:成本)?费用?(?!减免)|收费(?!及?减免|标准|通知|项目|目录|管理)(?:情况)?|收费及减免|收费和减免)"
    r"|(?P<waiver>减免(?:费用|情况)?)|(?P<leak>(?:失、?)?(?:失泄密|泄密)(?:事件|问题|案件|现象)?)"
    r"|(?P<liability>责任追究)|(?P<withheld>不予公开(?:的?(?:政府)?信息)?)"
    r"|(?P<carried>结转)"
)
_ZERO = re.compile(rf"(?P<not>{_NOT}){_VERBS}(?P<rest>[^，。；：\n]{{0,70}})")
_OBJECTS = re.compile(_OBJECT)
_BEFORE = re.compile(
    r"(?P<objects>(?:行政复议|行政诉讼|复议|诉讼|申诉|举报|投诉|公开申请|依申请公开)[^，。；：\n]{0,40}?)(?:均|都|"
    r"也)?(?P<not>未发生|没有发生|未出现|未收到|没有收到|没有|(?<![一-龥])无|为零|均无|均为零|"
    r"尚未发生)(?:情况)?(?=[，。；：\n）]|$)"
)
_NO_ZERO = re.compile(
    r"^(?:无法|无偿|无关|无正当|无误|无条件|无障碍|无论|无需|无须|无不|无故|无理|无纸|无线|无权|无人机|无证|无效|无公害|未按|未公开|未能|"
    r"未来|未经|未予|未及|未在|未答|未完|未成|未主动|没收|没有现成|没有及时|没有按|未明确|未纳|未建|未依法|未将|未对|未做|未作|未开|未提供|"
    r"未达|未补|未说明|未掌握|未掌|未审)"
)
_CAUSE = re.compile(
    r"(?:因|针对|有关|关于|对|就)?(?:本[一-龥]{0,3}|我[一-龥])?(?:政府)?(?:信息公开|政府信息)(?:工作|事务|申请|"
    r"事项)?(?:而)?(?:引发|引起|产生|发生|提起|被|的|被提起|被申请)"
)
_IF = re.compile(r"(?:如|若|如果|凡|对|以|防止|避免|杜绝|确保|做到|对于|减少)[^，。；]{0,8}$")


@dataclass(frozen=True, slots=True)
class WordedZero:
    """`start`, `end`: what there was none of; `phrase`: the clause's part with its negation."""

    start: int
    end: int
    phrase_start: int
    phrase_end: int
    object: str
    kind: Kind


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


def metric_of(zero: WordedZero, words: str) -> str | None:
    """The dictionary's metric for what there was none of, or None."""
    if zero.object == "fee" and "处理费" in words:
        return "processing-fees"
    if zero.object == "rules" and "废止" in words:
        return "normative-documents-repealed"
    return _METRICS.get(zero.object)


def find_worded_zeros(text: str) -> list[WordedZero]:
    """Every zero stated in words, one for each thing that is denied; in order."""
    found: list[WordedZero] = []
    taken = -1
    for zero in sorted(
        [*_negation_first(text), *_negation_last(text)], key=lambda zero: (zero.start, -zero.end)
    ):
        if zero.start >= taken:
            found.append(zero)
            taken = zero.end
    return found


def _negation_first(text: str) -> Iterator[WordedZero]:
    for match in _ZERO.finditer(text):
        start = match.start()
        if _NO_ZERO.match(match[0].lstrip("从尚均也并都亦皆暂")[:6]) or _IF.search(
            text[max(0, start - 12) : start]
        ):
            continue
        # The verb may itself be what is denied: 未收费, 没有减免.
        begin = match.end("not")
        clause = text[begin : match.end()]
        if any(character.isdigit() for character in clause):
            continue
        objects = list(_objects(clause))
        if not objects or objects[0].start() > 44:
            continue
        for item in objects:
            yield WordedZero(
                begin + item.start(),
                begin + item.end(),
                start,
                begin + item.end(),
                item.lastgroup or "",
                Kind.MONEY if item.lastgroup in ("fee", "waiver") else Kind.COUNT,
            )


def _objects(clause: str) -> "Iterator[re.Match[str]]":
    """The things denied: those of the last kind of the clause, not what they arose from."""
    found = list(_OBJECTS.finditer(clause))
    causes = [match.end() for match in _CAUSE.finditer(clause)]
    fees = any(match.lastgroup in ("fee", "waiver") for match in found)
    later = any(match.lastgroup in ("reconsideration", "litigation", "appeal") for match in found)
    seen: set[str] = set()
    for match in found:
        kind = match.lastgroup or ""
        if kind == "requests" and (fees or later) and not _listed(clause, match.end()):
            continue
        if kind == "requests" and any(match.start() < cause < match.end() + 4 for cause in causes):
            continue
        if kind in seen:
            continue
        seen.add(kind)
        yield match


def _listed(clause: str, end: int) -> bool:
    return (
        clause[end : end + 1] in ("、", "和", "及", "或", "以")
        and "行政" not in clause[end : end + 1]
    )


def _negation_last(text: str) -> Iterator[WordedZero]:
    for match in _BEFORE.finditer(text):
        for item in _OBJECTS.finditer(match["objects"]):
            if item.lastgroup == "requests" and re.search("复议|诉讼", match["objects"]):
                continue
            begin = match.start("objects")
            yield WordedZero(
                begin + item.start(),
                begin + item.end(),
                begin + item.start(),
                match.end("not"),
                item.lastgroup or "",
                Kind.MONEY if item.lastgroup in ("fee", "waiver") else Kind.COUNT,
            )
