"""Where the sections of a report begin and end.

A heading is known by the format (`<h2>`, `##`), by its mark (一、 （一） 1. 第一部分), or, without
a mark, by being one of the headings that the official forms prescribe. It may have lost its mark or
its full stop, be spaced out ("一 概 述"), or run into the paragraph it heads.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from gongkai.graph.extract import Section
from gongkai.graph.identity import section_id

from .document import Block, Document
from .folding import fold
from .read.page_lines import page_line

# Kinds of marks, outermost first. Which of them nests in which is the document's order of use.
_PART, _HAN, _HAN_BRACKET, _DIGIT, _DIGIT_BRACKET = range(5)
_MARKS = (
    (_PART, re.compile(r"第[一二三四五六七八九十]{1,3}(?:部分|章|节)\s*[:：、]?\s*")),
    (
        _HAN,
        re.compile(
            r"[一二三四五六七八九十]{1,3}\s*[、.．，,:：]\s*|"
            r"[一二三四五六七八九十]{1,2}\s+(?=[\u4e00-\u9fff])"
        ),
    ),
    (_HAN_BRACKET, re.compile(r"[（(]\s*[一二三四五六七八九十]{1,3}\s*[)）]\s*[、.．]?\s*")),
    (_DIGIT, re.compile(r"\d{1,2}\s*[、.．](?!\d)\s*")),
    (
        _DIGIT_BRACKET,
        re.compile(r"[（(]\s*\d{1,2}\s*[)）]\s*[、.．]?\s*|\d{1,2}\s*[)）]\s*|[①-⑳]\s*"),
    ),
)
_MARK_LEVELS = {_PART: 10, _HAN: 20, _HAN_BRACKET: 30, _DIGIT: 40, _DIGIT_BRACKET: 50}
_INNER_LIST_LEVEL = 25
_FORM_LEVEL = _MARK_LEVELS[_HAN]
# Headings that the official forms prescribe, in the wordings of their eras, blanks left out.
_KNOWN_WORDINGS = (
    r"概述|概况|引言|前言|(?:总体|基本|工作基本)情况|(?:基本|总体|工作)概况|(?:政府信息公开)?工作概述",
    r"(?:政府信息)?主动公开(?:政府信息)?的?(?:工作)?情况|主动公开政府信息的?情况",
    r"(?:收到[和及])?处理政府信息公开申请的?情况|政府信息公开申请(?:收到和处理|办理)?的?情况",
    r"(?:政府信息)?依申请公开(?:政府信息)?(?:和不予公开政府信息)?的?(?:办理|工作)?情况",
    r"(?:因?政府信息公开(?:申请)?)?(?:提起|被申请|申请)?行政复议[、和]?(?:提起|被)?行政诉讼(?:和申诉)?的?情况",
    r"复议、?诉讼(?:和申诉)?的?情况|(?:政府信息公开的?)?收费及?减免的?情况",
    r"人员和收支情况|政府支出[和与]收费情况|机构建设和保障经费情况|会议和培训情况",
    r"(?:工作)?(?:中?存在的?)?(?:主要)?问题[和及与、](?:下一步)?(?:改进|整改)(?:措施|情况|打算)",
    r"其他需要(?:报告|说明)的(?:事项|情况)|重点领域(?:政府)?信息公开(?:情况)?",
    r"解读回应情况|回应解读情况|政府信息公开咨询(?:处理)?情况|政府信息管理(?:情况)?",
    r"政府信息公开平台建设(?:情况)?|监督保障(?:情况)?|附表|附件|说明与附表",
)
_KNOWN = re.compile("|".join(_KNOWN_WORDINGS))
_NOT_HEADINGS = re.compile(r"[一二三四五六七八九十]+(?:是|要|方面)")
_ROW = re.compile(
    r"一、本年新收政府信息公开申请|二、上年结转政府信息公开申请|三、本年度办理结果|四、结转下年度继续办理|"
    r"（[一二三四五六七]）(?:(?:予以公开|不予公开|无法提供|不予处理|其他处理|总计)$|部分公开（)|"
    r"（[一二三]）(?:收到申请数|申请办结数|申请答复数)"
)
_CELL = re.compile(r"[\d０-９.,，]+|[/／—－\-]+|[条件次篇个人项]|人次|万元")
_TITLE_END = re.compile(r"年度?.*(?:报告|報告|年报|年報)[》）)]?$")
_STOP = re.compile(r"[。！？；]")
_LONGEST_HEADING = 50
_LONGEST_RUN_IN = 30
_WORDS = re.compile(r"[\u3400-\u9fff]\s*[\u3400-\u9fff]")
_SHORT_LABEL = re.compile(r"([\u3400-\u9fff“”]{2,20})\s*([：:]|(?<=\s))")
_BLANKS = re.compile(r"\s+")
_ENDS = "：:。．.；; \u3000\xa0"


@dataclass(frozen=True, slots=True)
class _Heading:
    """`end`: of the heading itself. `level`: the smaller, the further out."""

    start: int
    end: int
    text: str
    level: int


def find_sections(document: Document, title: str, report_id: str) -> tuple[Section, ...]:
    """The report itself under its title, then each heading with all that stands under it.

    A section reaches from its heading to the next one of its level or above; tables belong to the
    section in which they stand.
    """
    length = len(document.text)
    headings = _nest_restarts(list(_headings(document, title)))
    ends = _ends_of(headings, length)
    sections = [Section(section_id(report_id, 0), title, [title], 0, length)]
    open_path: list[_Heading] = []
    for heading, end in zip(headings, ends, strict=True):
        while open_path and open_path[-1].level >= heading.level:
            open_path.pop()
        open_path.append(heading)
        identifier = section_id(report_id, len(sections))
        path = [title, *(outer.text for outer in open_path)]
        sections.append(Section(identifier, heading.text, path, heading.start, end))
    return tuple(sections)


def _ends_of(headings: Sequence[_Heading], length: int) -> list[int]:
    """Where each section ends: at the next heading of its level or further out."""
    ends = [length] * len(headings)
    still_open: list[int] = []
    for position, heading in enumerate(headings):
        while still_open and headings[still_open[-1]].level >= heading.level:
            ends[still_open.pop()] = heading.start
        still_open.append(position)
    return ends


def _nest_restarts(headings: list[_Heading]) -> list[_Heading]:
    """Lists 一、二、… inside a part that is itself marked so: their headings, one level further in.

    A list begins where 一 follows although a part is open, and ends where the parts count on.
    """
    result = []
    part = inner = 0
    for heading in headings:
        if heading.level == _MARK_LEVELS[_HAN] and (number := _ordinal(heading.text)):
            begins = number == 1 and part > 0
            goes_on = inner > 0 and number == inner + 1
            counts_on = number == part + 1 and (not goes_on or _is_known(heading.text))
            if (begins or goes_on) and not counts_on:
                inner = number
                heading = replace(heading, level=_INNER_LIST_LEVEL)
            else:
                part, inner = number, 0
        result.append(heading)
    return result


def _ordinal(heading: str) -> int:
    """1 to 10 for 一 to 十, 0 for any other beginning."""
    return "一二三四五六七八九十".find(heading[0]) + 1


def _is_known(heading: str) -> bool:
    return _KNOWN.fullmatch(_bare(heading).lstrip("一二三四五六七八九十、.，：")) is not None


def _headings(document: Document, title: str) -> Iterator[_Heading]:
    bare_title = _bare(title)
    found = False
    marked_levels: dict[int, int] = {}
    for block, following in zip_longest(document.blocks, document.blocks[1:]):
        text = document.text[block.start : block.end]
        if _is_row(text, document.text[following.start : following.end] if following else ""):
            continue
        heading = _marked(text, block)
        if heading is not None and block.level is not None:
            marked_levels[block.level] = heading.level
        heading = heading or _known(text, block) or _formatted(text, block, marked_levels)
        if heading is None or _bare(heading.text) == bare_title:
            continue
        if not found and _TITLE_END.search(heading.text):
            continue  # the title in another wording than the one the report goes by
        found = True
        yield heading


def _is_row(text: str, following: str) -> bool:
    """A row of an official form written one cell a line: a label with its figure or unit below."""
    return _ROW.match(_bare(text)) is not None or _CELL.fullmatch(following.strip()) is not None


def _marked(text: str, block: Block) -> _Heading | None:
    """The heading at the beginning of a block that a list mark makes one."""
    if _NOT_HEADINGS.match(text):
        return None
    for kind, mark in _MARKS:
        match = mark.match(text)
        if match is None:
            continue
        end = _heading_end(text, match.end(), is_inner=kind in (_DIGIT, _DIGIT_BRACKET))
        if end is None or end <= match.end():
            return None
        return _heading(text, block, end, _MARK_LEVELS[kind])
    return None


def _heading_end(text: str, start: int, *, is_inner: bool) -> int | None:
    """Where the heading after its mark ends; None when the block is an item and no heading."""
    if not is_inner and (named := _run_in(text, start)) is not None:
        return named
    stop = _STOP.search(text, start)
    end = stop.start() if stop else len(text)
    is_whole = end >= len(text.rstrip(_ENDS))
    words = text[start:end]
    longest = _LONGEST_HEADING if is_whole else _LONGEST_RUN_IN
    if len(words) > longest or not _WORDS.search(words):
        return None
    if not is_whole and stop is not None and stop[0] != "。":
        return None
    # An item states a figure or a clause; a heading names a matter.
    if re.search(r"\d", words) and (is_inner or "，" in words):
        return None
    if "，" in words and (is_inner or not is_whole) and len(words) > 20:
        return None
    return end


def _run_in(text: str, start: int) -> int | None:
    """Where a heading ends that only a colon or a blank parts from the paragraph it heads."""
    match = _SHORT_LABEL.match(text, start)
    if match is None or match.end() == len(text.rstrip()):
        return None
    is_known = _KNOWN.fullmatch(_bare(match[1])) is not None
    return match.end(1) if is_known or match[2] else None


def _known(text: str, block: Block) -> _Heading | None:
    """One of the headings of the official forms, without its mark."""
    if len(text) > _LONGEST_HEADING or not _KNOWN.fullmatch(_bare(text)):
        return None
    return _heading(text, block, len(text), _FORM_LEVEL)


def _formatted(text: str, block: Block, marked_levels: dict[int, int]) -> _Heading | None:
    """What the format says is a heading, as long as it could be one.

    `marked_levels`: the level that headings with a mark had so far, by the format's own level.
    """
    if block.level is None or len(text) > 2 * _LONGEST_HEADING or _STOP.search(text[:-1]):
        return None
    if page_line(text, is_edge=False):
        return None
    outer = [level for own, level in marked_levels.items() if own < block.level]
    level = marked_levels.get(block.level, max(outer) + 5 if outer else block.level)
    return _heading(text, block, len(text), level)


def _heading(text: str, block: Block, end: int, level: int) -> _Heading:
    words = _BLANKS.sub(" ", text[:end].rstrip(_ENDS))
    return _Heading(block.start, block.start + end, words, level)


def _bare(text: str) -> str:
    return _BLANKS.sub("", fold(text)).strip(_ENDS)
