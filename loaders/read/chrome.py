"""Which parts of a web page are the page's and not the report's: menus, counters, footers, lists.

Parts are known by their names (`class`, `id`) when they hold no prose, paragraphs by their wording
and by how much of them is links. Where in doubt a part stays: what is left over is noise to later
stages, what is left out is lost.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborNode

from .metadata import header_line

if TYPE_CHECKING:
    from .html import DataTable, Paragraph

SHORTEST_REPORT = 200  # characters

_CONTAINERS = ",".join(
    "#zoom #Zoom #UCAP-CONTENT #ucapcontent #vsb_content .v_news_content .TRS_Editor .TRS_UEDITOR "
    ".trs_editor_view .view.TRS_UEDITOR .pages_content #pages_content .article-content .article_content "
    "#article_content .articleContent .article-con .article_con .articlecontent #articleContent .wp_articlecontent "
    ".content_article #content .content .con_text .conTxt .detail-content .detail_content .news_content "
    "#newscontent .xxgk_content .zwgk_content .bt-content .info-content .xl_content .text_content "
    "#textBody #fontzoom #artibody #mainText .gkwj_content .wenzhang .zw-con #ContentRegion #div_content "
    "#BodyLabel .Section0 .WordSection1 .Section1 article main".split()
)
_CHROME_NAME = re.compile(
    r"(?:^|[\s_\-])(?:(?:top|main|sub|side|left|right|foot|bottom)?-?_?(?:nav|navbar|navi|menu)|navigation|"
    r"breadcrumbs?|crumbs?|location|position|curpos|dqwz|weizhi|share|sharing|bdsharebuttonbox|bdshare|jiathis|"
    r"foot|footer|copyright|sidebar|side|related|relate|xgwz|xgxx|xgyd|recommend|hot|hotnews|prev|next|prevnext|"
    r"pager|pagination|tools?|toolbar|print|fontsize|font-size|qrcode|ewm|erweima|search|login|banner|"
    r"friendlink|links|yqlj|comment|comments|advert|ads?|ad|pinglun|dibu|gotop|backtop|wza|sr-only|tags?)"
    r"(?:$|[\s_\-\d])",
    re.I,
)
_NAMED = "[class],[id]"
_MAX_CHROME_LENGTH = 1500
_MAIN_SHARE = 0.8


def main_part(root: LexborNode) -> tuple[LexborNode, set[int]]:
    """The element to read, and the elements inside it (by identity) to leave out."""
    dropped = set()
    for node in root.css(_NAMED):
        attributes = node.attributes
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if _CHROME_NAME.search(names) and _is_chrome(node):
            dropped.add(node.mem_id)
    return root, dropped


def _is_chrome(node: LexborNode) -> bool:
    """Without prose, headings of a report or a table of figures."""
    text = node.text(deep=True)
    if len(text) > _MAX_CHROME_LENGTH or text.count("。") > 2:
        return False
    return node.css_first("h1, td, th") is None and not _REPORT_WORDS.search(text)


_REPORT_WORDS = re.compile(
    r"(?:^|\n)\s*[一二三四五六七八]\s*、|总体情况|概述|主动公开政府信息情况|统计期限"
)
_CHROME_LINE = re.compile(
    r"您?(?:现在)?(?:的|所在的?)?(?:当前)?位置\s*[:：]|"
    r"首页\s*(?:>|›|»|->|/|＞|\|)|"
    r"(?:【|\[)?\s*(?:打印|关闭|收藏|返回|我要纠错|我要打印|分享|纠错|朗读|听全文)(?:本?(?:页|文|窗口))?\s*(?:】|\])?(?:[\s|｜/、]|打印|关闭|收藏|返回|本?页|窗口|分享|纠错|【|】|\[|\])*$|"
    r"分享(?:到|至)?\s*[:：]?|扫一扫|扫码|手机(?:查看|阅读|浏览)|二维码|"
    r"(?:字体|字号|字体大小)\s*[:：【\[]|(?:大|中|小)(?:\s+|\s*[|/]\s*)(?:大|中|小)|"
    r"(?:浏览|点击|访问|阅读)(?:次数|量|数|率)?\s*[:：]|"
    r"(?:上|下)一(?:篇|条|页)\s*[:：]?|相关(?:文章|新闻|信息|链接|阅读|稿件|解读|附件)\s*[:：]?$|"
    r"版权所有|主办(?:单位)?\s*[:：]|承办(?:单位)?\s*[:：]|技术支持\s*[:：]|网站标识码|[^，。]{0,3}ICP备|[^，。]{0,12}公网安备|"
    r"网站地图|联系我们|关于我们|无障碍|长者模式|视力保护色|责任编辑\s*[:：]|信息来源\s*[:：]"
)
_MAX_CHROME_LINE = 200
_HEAD_ITEMS = 12
_LINK_SHARE = 0.8
_LINK_RUN = 3


def select(
    items: "Sequence[Paragraph | DataTable]", metadata: dict[str, str]
) -> "Iterator[Paragraph | DataTable]":
    """The items of the report, in order; header lines go to `metadata`."""
    from .html import Paragraph

    listed = _listed(items)
    prose_seen = 0
    for position, item in enumerate(items):
        if not isinstance(item, Paragraph):
            yield item
            continue
        if position in listed or _is_chrome_line(item):
            _note(item.text, metadata)
            continue
        if prose_seen < _HEAD_ITEMS:
            prose_seen += 1
            if _note(item.text, metadata):
                continue
        yield item


def _note(text: str, metadata: dict[str, str]) -> bool:
    """Put a header line's keys and values into `metadata`; False when the text is none."""
    pairs = header_line(text)
    for key, value in pairs.items():
        if value:
            metadata.setdefault(key, value)
    return bool(pairs)


def _is_chrome_line(paragraph: "Paragraph") -> bool:
    text = paragraph.text
    return (
        paragraph.level is None
        and len(text) <= _MAX_CHROME_LINE
        and "。" not in text
        and _CHROME_LINE.match(text.lstrip("·•>|【[ ")) is not None
    )


def _listed(items: "Sequence[Paragraph | DataTable]") -> set[int]:
    """Positions of paragraphs in a run of at least three that are nothing but links."""
    from .html import Paragraph

    found: set[int] = set()
    run: list[int] = []
    for position, item in enumerate([*items, None]):
        if (
            isinstance(item, Paragraph)
            and item.level is None
            and item.linked >= _LINK_SHARE * len(item.text)
            and not item.text.endswith("。")
        ):
            run.append(position)
            continue
        if len(run) >= _LINK_RUN:
            found.update(run)
        run = []
    return found
