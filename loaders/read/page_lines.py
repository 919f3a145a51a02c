"""Lines that a web page adds to an article, known by their wording alone.

Shared by the HTML reader, which leaves them out, and by `loaders/noise.py`, which marks what other
formats kept of them. Only whole short lines are meant; a line of running prose is never one.
"""

import re
from collections.abc import Sequence

BREADCRUMB = "BREADCRUMB"
PAGE_TOOL = "PAGE_TOOL"  # font size, print, share
COUNTER = "COUNTER"
NEIGHBOUR = "NEIGHBOUR"  # the previous, next or a related article
FOOTER = "FOOTER"
FORM_FOOTER = "FORM_FOOTER"  # who filled the form in, and their telephone
PICTURE = "PICTURE"
SPAM = "SPAM"


def _starting(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.I)


_ANYWHERE: Sequence[tuple[str, re.Pattern[str]]] = (
    (
        BREADCRUMB,
        _starting(
            r"您?(?:现在)?(?:所在)?的?(?:当前)?位置\s*(?:是|在)?\s*[:：>]",
            r"(?:网站)?首页\s*(?:>|›|»|->|/|＞|\||-)",
            r"(?:[\w\u4e00-\u9fff]{2,12}\s*[>›»＞]\s*){2,}",
        ),
    ),
    (
        PAGE_TOOL,
        _starting(
            r"[【\[]?\s*(?:打印|关闭|收藏|返回|我要纠错|我要打印|分享|纠错|朗读|听全文|保存|下载)"
            r"(?:本?(?:页|文|窗口)|顶部)?\s*(?:$|[】\]|｜/\s]|打印|关闭|收藏|返回)",
            r"分享(?:到|至)\s*[:：]?.{0,40}$|扫一扫.{0,30}$|用?手机(?:查看|阅读|浏览|扫码).{0,20}$",
            r"[【\[（(]?\s*(?:字体|字号|字体大小|文字大小)\s*[:：【\[（(]",
            r"[【\[（(]?\s*[大中小]号?\s*[|/\s】\]]+\s*[大中小]",
            r"(?:语音(?:阅读|播报)|视力保护色|无障碍|长者模式|长者助手|切换繁体|繁体版|适老化)\s*(?:$|[:：|])",
        ),
    ),
    (
        NEIGHBOUR,
        _starting(
            r"[<《【\[]{0,2}\s*(?:上|下|前|后)一(?:篇|条|页|个)\s*(?:[:：>】\]]|$)",
            r"[【\[]?(?:相关|推荐|热门|最新|延伸)(?:文章|新闻|信息|链接|阅读|稿件|资讯|词条|詞條|解读|文件)"
            r"[】\]]?\s*[:：]?\s*$",
        ),
    ),
    (
        FOOTER,
        _starting(
            r"版权所有|copyright\b|©|[^，。]{0,40}(?:ICP备|ＩＣＰ备|公网安备)|[^，。]{0,10}网站标识码",
            r"(?:主办|承办|协办|技术支持|运维|维护)(?:单位)?\s*[:：]",
            r"(?:网站(?:地图|声明|管理)|关于我们|联系我们|友情链接|隐私(?:声明|保护))\s*(?:$|[|｜])",
            r"建议使用.{0,20}(?:浏览器|分辨率)",
            r"[（(【\[]?(?:责任)?编辑\s*[:：]",
        ),
    ),
    (
        FORM_FOOTER,
        _starting(
            r"(?:单位)?(?:负责人|审核人|填报人|填表人|经办人|联系人)(?:签[字名])?\s*[:：]",
            r"填[报表](?:日期|时间|单位)\s*[:：]",
        ),
    ),
    (
        PICTURE,
        _starting(
            r"(?:图|图片|插图)\s*[\d一二三四五六七八九十]{0,2}\s*[:：]",
            r"(?:点击|查看)(?:查看)?(?:大图|原图)",
            r"\S+\.(?:jpe?g|png|gif|bmp|webp)$",
        ),
    ),
)
# These may be what a report states, unless they stand at the head or foot of the page.
_AT_EDGES: Sequence[tuple[str, re.Pattern[str]]] = (
    (
        COUNTER,
        _starting(
            r"[【\[（(]?\s*(?:本[站页文]|今日|总|页面)?(?:浏览|点击|访问|阅读)(?:次数|人数|量|数|率)?\s*"
            r"[:：]?\s*[\[【]?\s*\d*\s*[\]】]?\s*(?:次|人次)?\s*[】\])）]?$",
            r".{0,40}您是第\s*[\d,，]*\s*位",
            r"(?:已有|共有)?\s*\d+\s*(?:位|人|名)?(?:网友|用户)?\s*(?:参与)?(?:了)?(?:评价|评分|评论|点赞|投票)[^。]{0,30}$",
        ),
    ),
    (
        FOOTER,
        _starting(
            r"(?:文章|信息)?来源\s*[:：]",
            r"(?:联系电话|传真|地址|邮编|邮政编码|电子邮箱|网址)\s*[:：].{0,60}$",
        ),
    ),
)
_SPAM = re.compile(
    r"博彩|娱乐城|百家乐|彩票平台|时时彩|赌场|葡京|成人(?:视频|电影|影院)|一级(?:片|毛片)|无码|"
    r"在线观看(?:视频|免费)|代开发票|办证刻章|老虎机|真人荷官|体育投注|开云体育|av在线",
    re.I,
)
_LONGEST = 160
_LEADING = "·•>|*-— \u3000"


def page_line(line: str, *, is_edge: bool) -> str | None:
    """What kind of page line this is, or None. `is_edge`: at the head or foot of the page."""
    if len(line) > _LONGEST:
        return None
    spam = len(set(_SPAM.findall(line)))
    if spam > 1 or (spam and not set("，。") & set(line)):
        return SPAM
    if "。" in line:
        return None
    stripped = line.lstrip(_LEADING)
    for reason, pattern in (*_ANYWHERE, *_AT_EDGES) if is_edge else _ANYWHERE:
        if pattern.match(stripped):
            return reason
    return None
