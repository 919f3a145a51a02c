"""What a page says of itself beside its text: header lines and index blocks.

A header line is 发布时间：2017-03-31  来源：… above the text; an index block the table or list of
索引号, 发布机构, 成文日期 … that government sites put on top.
"""

import re
from collections.abc import Iterable, Sequence

INDEX_KEYS = (
    "索引号 索 引 号 信息索引号 信息索引 主题分类 组配分类 信息分类 分类 体裁 体裁分类 公文种类 服务对象 发布机构 "
    "发文机关 发文机构 发文单位 公开机构 责任部门 信息来源 来源 文章来源 稿源 发文日期 成文日期 发文时间 成文时间 "
    "公文生成日期 生成日期 公开日期 公开时间 发布日期 发布时间 发表时间 更新时间 更新日期 日期 时间 印发日期 "
    "文号 发文字号 文件编号 字号 公开方式 公开形式 公开范围 公开时限 公开类型 公开属性 有效性 时效 时效性 效力状态 "
    "废止日期 失效日期 失效时间 生效日期 信息名称 名称 标题 内容概述 内容概览 摘要 关键词 主题词 关键字 浏览次数 浏览量 "
    "点击数 点击量 点击率 点击次数 访问次数 访问量 阅读次数 阅读量 阅读 浏览 作者 编辑 责任编辑 审核 签发 录入 字体 字体大小 "
    "载体类型 语种 隶属 备注"
).split()
_KEY = re.compile(
    r"[\[【（(]?\s*("
    + "|".join(
        r"\s*".join(map(re.escape, key)) for key in sorted(set(INDEX_KEYS), key=len, reverse=True)
    )
    + r")\s*[\]】）)]?\s*[:：]\s*"
)
_BARE = frozenset(INDEX_KEYS) - {
    "名称",
    "标题",
    "日期",
    "时间",
    "备注",
    "审核",
    "编辑",
    "阅读",
    "浏览",
    "分类",
}
_BLANK = re.compile(r"\s+")
_MAX_HEADER_LINE = 300
_EDGES = " \t\u3000\xa0[]【】|｜"
_DATE_KEYS = (
    "发布时间 发布日期 发表时间 公开日期 公开时间 日期 时间 更新时间 更新日期 发文日期 发文时间 生成日期 公文生成日期 "
    "成文日期 成文时间 pubdate publishdate date"
).split()
_SITE_KEYS = ("sitename", "site", "来源", "信息来源", "文章来源", "contentsource")


def header_line(text: str) -> dict[str, str]:
    """Key and value of a header line; empty for any other line."""
    if len(text) > _MAX_HEADER_LINE or "。" in text:
        return {}
    keys = list(_KEY.finditer(text))
    if not keys or keys[0].start() > 4:
        return _bare_date(text)
    pairs: dict[str, str] = {}
    for match, following in zip(keys, [*keys[1:], None], strict=True):
        end = following.start() if following else len(text)
        pairs[_BLANK.sub("", match[1])] = text[match.end() : end].strip(_EDGES)
    return pairs


def _bare_date(text: str) -> dict[str, str]:
    match = re.fullmatch(r"\s*(\d{4}-\d{1,2}-\d{1,2})(?: \d{1,2}:\d{2}(?::\d{2})?)?\s*", text)
    return {"date": match[1]} if match else {}


def index_table(rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """Key and value of a table that is an index block; empty for any other table."""
    pairs: dict[str, str] = {}
    keys = filled = 0
    for row in rows:
        cells = [cell for cell in row if cell]
        filled += len(cells)
        position = 0
        while position < len(cells):
            inline = header_line(cells[position])
            bare = _BLANK.sub("", cells[position]).strip("：:[]【】")
            if inline and any(inline.values()):
                pairs.update(inline)
                keys += 2
                filled += 1
            elif bare in _BARE or bare in ("名称", "标题", "备注", "分类"):
                value = cells[position + 1] if position + 1 < len(cells) else ""
                keys += 2
                if _BLANK.sub("", value).strip("：:[]【】") not in INDEX_KEYS:
                    pairs[bare] = value
                    position += 1
                else:
                    filled += 1
            position += 1
    is_index = keys >= 4 and keys * 3 >= filled * 2 and _BARE.intersection(pairs)
    return pairs if is_index else {}


def complete(metadata: dict[str, str]) -> dict[str, str]:
    """With `date` and `site` filled from whichever key the page has, empty values left out."""
    result = {key: value for key, value in metadata.items() if value}
    _fill(result, "date", _DATE_KEYS)
    _fill(result, "site", _SITE_KEYS)
    return result


def _fill(metadata: dict[str, str], name: str, keys: Iterable[str]) -> None:
    value = next((metadata[key] for key in keys if key in metadata), None)
    if value is not None:
        metadata.setdefault(name, value)
