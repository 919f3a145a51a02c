"""What stands in the text and is not the report's: spans that must yield no facts.

Menus and counters that a reader could not tell from the report, captions and descriptions of
pictures, lists of other news put between two sentences, advertisements, footers, page numbers.
General rules by form and wording; a paragraph of running Chinese prose is never noise.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .document import Block, Document
from .read.metadata import header_line, index_table


@dataclass(frozen=True, slots=True)
class Noise:
    """Code points `start` to `end` of the served text; `reason`: one of the names below."""

    start: int
    end: int
    reason: str


BREADCRUMB = "BREADCRUMB"
PAGE_TOOL = "PAGE_TOOL"  # font size, print, share
COUNTER = "COUNTER"
HEADER_LINE = "HEADER_LINE"
INDEX_BLOCK = "INDEX_BLOCK"
NEIGHBOUR = "NEIGHBOUR"  # the previous, next or a related article
LISTING = "LISTING"
PICTURE = "PICTURE"
FOREIGN_TEXT = "FOREIGN_TEXT"
FOOTER = "FOOTER"
FORM_FOOTER = "FORM_FOOTER"
PAGE_NUMBER = "PAGE_NUMBER"
SPAM = "SPAM"

_LINES = (
    (BREADCRUMB, re.compile(r"您?(?:现在)?(?:所在)?的?(?:当前)?位置\s*(?:是|在)?\s*[:：>]|(?:网站)?首页\s*(?:>|›|»|->|/|＞|\||-)|(?:[\w\u4e00-\u9fff]{2,12}\s*[>›»＞]\s*){2,}")),
    (PAGE_TOOL, re.compile(
        r"(?:【|\[)?\s*(?:打印|关闭|收藏|返回|我要纠错|我要打印|分享|纠错|朗读|听全文|保存|下载)(?:本?(?:页|文|窗口)|顶部)?\s*(?:$|[】\]|｜/、\s])|"
        r"分享(?:到|至|按钮)|扫一扫|扫码|用?手机(?:查看|阅读|浏览|扫)|(?:字体|字号|字体大小|文字大小)\s*[:：【\[（(]|"
        r"[【\[（(]?\s*[大中小](?:号|字)?\s*[|/\s】\]]+\s*[大中小]|语音(?:阅读|播报)|视力保护色|无障碍|长者(?:模式|助手)|切换繁体|繁体版"
    )),
    (COUNTER, re.compile(r"(?:您是第|本[站页]|今日|总)?(?:页面)?(?:浏览|点击|访问|阅读)(?:次数|人数|量|数|率)?\s*[:：]?\s*\[?\d*\]?\s*(?:次|人次)?$|您是第\s*\d+\s*位")),
    (NEIGHBOUR, re.compile(r"(?:上|下)一(?:篇|条|页)\s*[:：>]|(?:上|下)一(?:篇|条|页)$|[<《]{0,2}\s*(?:前|后)一篇")),
    (FOOTER, re.compile(
        r"版权所有|copyright\b|©|[^，。]{0,12}(?:ICP备|公网安备)|网站标识码|主办(?:单位)?\s*[:：]|承办(?:单位)?\s*[:：]|技术支持\s*[:：]|运维(?:单位)?\s*[:：]|"
        r"网站(?:地图|声明|管理)|关于我们|联系我们|友情链接|建议使用.{0,20}(?:浏览器|分辨率)|(?:责任)?编辑\s*[:：]|(?:信息)?来源\s*[:：]|(?:邮编|邮政编码)\s*[:：]\s*\d{6}\s*$"
    , re.I)),
    (FORM_FOOTER, re.compile(r"(?:单位)?(?:负责人|审核人|填报人|填表人|经办人|联系人)(?:签[字名])?\s*[:：]|填[报表](?:日期|时间|单位)\s*[:：]|联系电话\s*[:：]\s*[\d\-—（）()\s转]*$")),
    (PICTURE, re.compile(r"(?:图|图片|插图|图表)\s*[\d一二三四五六七八九十]{0,2}\s*[:：.]|(?:点击|查看)(?:查看)?(?:大图|原图)|[\w\-]+\.(?:jpe?g|png|gif|bmp|webp)$", re.I)),
    (SPAM, re.compile(r"[^。]*(?:博彩|娱乐城|百家乐|彩票平台|时时彩|赌场|葡京|成人(?:视频|电影|影院)|av在线|一级(?:片|毛片)|在线观看(?:视频|免费)|无码|代开发票|办证刻章|老虎机|真人荷官|九游|开云体育)", re.I)),
)  # fmt: skip
_PAGE_NUMBER = re.compile(
    r"[-—－–―·\s]*第?\s*\d{1,3}\s*页?[-—－–―·\s]*(?:[/／]?\s*共?\s*\d{1,3}\s*页)?|第\s*\d{1,3}\s*页\s*[,，/]?\s*共\s*\d{1,3}\s*页|page\s*\d+(?:\s*(?:of|/)\s*\d+)?",
    re.I,
)
_DASHED_NUMBER = re.compile(r"[-—－–―]\s*\d{1,3}\s*[-—－–―]|第\s*\d{1,3}\s*页.*|page\b.*", re.I)
_LONGEST_LINE = 160
_RELATED = re.compile(
    r"(?:相关|推荐|热门|最新|延伸|更多)(?:文章|新闻|信息|链接|阅读|稿件|资讯|内容|推荐|词条|詞條|附件|解读|政策|文件)\s*[:：]?|更多\s*(?:>>|»|>)?|猜你喜欢|热点推荐"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN_WORDS = re.compile(r"[A-Za-z]{2,}")
_LISTED_LABEL = re.compile(r"[^。；]{1,30}\**\s*[（(][A-Za-z][A-Za-z ,&'\-]*[)）]\s*[:：]?")
_SENTENCE = re.compile(r"[。；！]|，")
_SHORTEST_LIST = 3
_COUNTER_INSIDE = re.compile(
    r"[【\[（(]?\s*(?:浏览|点击|访问|阅读)(?:次数|人数|量|数)\s*[:：]\s*\d*\s*次?\s*[】\])）]?|[【\[]\s*(?:打印|关闭|收藏|字体)[^】\]]{0,20}[】\]]"
)
_OWN_LIST = re.compile(r"附[件表录]|目录|[一二三四五六七八九十]+、")


def find_noise(document: Document) -> list[Noise]:
    """The noise of the text, in order, without overlaps."""
    text = document.text
    lines = [text[block.start : block.end] for block in document.blocks]
    found: dict[int, str] = {}
    for position, line in enumerate(lines):
        reason = _line_reason(line, document.blocks[position])
        if reason:
            found[position] = reason
    found.update(_page_numbers(lines))
    found.update(_foreign(lines))
    found.update(_related(lines, found))
    found.update(_footer(lines, found))
    noise = [
        Noise(document.blocks[position].start, document.blocks[position].end, reason)
        for position, reason in found.items()
    ]
    noise.extend(_counters_inside(document, found))
    noise.extend(_index_tables(document))
    return sorted(noise, key=lambda span: span.start)


def _line_reason(line: str, block: Block) -> str | None:
    if len(line) > _LONGEST_LINE or block.level is not None:
        return None
    stripped = line.lstrip("·•>|*- \u3000")
    for reason, pattern in _LINES:
        if pattern.match(stripped) and ("。" not in line or reason == SPAM):
            return reason
    pairs = header_line(line)
    if pairs and (len(pairs) > 1 or len(line) <= 60) and "。" not in line:
        return HEADER_LINE
    return None


def _page_numbers(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """A number alone on a line is a page's where the next such line counts on from it.

    In a table written one cell a line, numbers stand next to each other: those stay.
    """
    numbered = [
        (position, int(digits[0]))
        for position, line in enumerate(lines)
        if len(line) <= 20 and _PAGE_NUMBER.fullmatch(line) and (digits := re.findall(r"\d+", line))
    ]
    for (position, number), (following, next_number) in zip(numbered, numbered[1:], strict=False):
        if next_number == number + 1 and following - position > 2:
            yield position, PAGE_NUMBER
            yield following, PAGE_NUMBER
    for position, _ in numbered:
        if _DASHED_NUMBER.fullmatch(lines[position].strip()):
            yield position, PAGE_NUMBER


def _foreign(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """English paragraphs, and the list of titles and labels that such a description opens."""
    in_listing = False
    for position, line in enumerate(lines):
        if is_foreign(line):
            yield position, FOREIGN_TEXT
            in_listing = True
        elif in_listing and is_list_line(line):
            yield position, LISTING
        else:
            in_listing = False


def is_foreign(line: str) -> bool:
    """A sentence of another language, Chinese names in it or not."""
    latin = sum(map(len, _LATIN_WORDS.findall(line)))
    words = len(_LATIN_WORDS.findall(line))
    return words >= 5 and latin > len(_HAN.findall(line))


def is_list_line(line: str) -> bool:
    """A title or label of a list: no sentence, no list mark of a report's own."""
    if _LISTED_LABEL.fullmatch(line):
        return True
    return len(line) <= 60 and not _SENTENCE.search(line) and not _OWN_LIST.match(line)


def _related(lines: Sequence[str], found: dict[int, str]) -> Iterator[tuple[int, str]]:
    """The titles under 相关新闻, 热点推荐 and the like."""
    for position, line in enumerate(lines):
        if len(line) > 20 or not _RELATED.fullmatch(line.strip("【】[]>> ·")):
            continue
        yield position, NEIGHBOUR
        for following in range(position + 1, len(lines)):
            if following not in found and not is_list_line(lines[following]):
                break
            yield following, LISTING


def _footer(lines: Sequence[str], found: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Short lines between the footer's own lines, at the end of the page."""
    footers = [position for position, reason in found.items() if reason == FOOTER]
    if not footers:
        return
    first = min((p for p in footers if p > len(lines) * 2 // 3), default=None)
    if first is not None:
        for position in range(first, len(lines)):
            if position not in found and len(lines[position]) <= 80 and "。" not in lines[position]:
                yield position, FOOTER


def _counters_inside(document: Document, found: dict[int, str]) -> Iterator[Noise]:
    for position, block in enumerate(document.blocks):
        if position in found:
            continue
        for match in _COUNTER_INSIDE.finditer(document.text, block.start, block.end):
            yield Noise(match.start(), match.end(), COUNTER)


def _index_tables(document: Document) -> Iterator[Noise]:
    text = document.text
    for table in document.tables:
        lines = text[table.start : table.end].split("\n")
        if index_table([line.split("\t") for line in lines]):
            yield Noise(table.start, table.end, INDEX_BLOCK)
