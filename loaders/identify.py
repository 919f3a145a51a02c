"""What report this is: its title, whose, on which year, published when, in which script.

The year is voted on in `report_year.py`, the body found in `publisher.py`, the day in
`publication.py`. A report that names no body at all is still a report: it gets a body of its own,
named by the file's content, and a warning.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from gongkai.graph.dictionary.agencies import government_of
from gongkai.graph.dictionary.regions import region_by_code

from .agencies import body, body_of
from .document import Document, Flag
from .folding import fold, fold_plainly
from .publication import published
from .publisher import PublisherFinder
from .read.metadata import header_line
from .reading import Body
from .report_year import year_of

_SPACE = re.compile(r"[\s　​]+")
_TITLE_LINE = re.compile(r"公开.{0,16}(?:报告|年报|总结)|年度报告")
_ROLLUP = re.compile(
    r"(?:综合|汇总)[^。]{0,60}(?:编制|而成)|全[市省区县州](?:各级|共|累计|主动|全年|行政机关|政府系统)|我[市省县](?:各级|共)"
)
_SCHOOL = re.compile("(?:大学|学院|学校|医院|公司)$")
_OFFICE = re.compile(r"政府办公[厅室]$")
_GATHERED = re.compile(r"(?:综合|汇总)[^。]{0,30}[各全][^。]{0,80}(?:编制|而成)")
_LABEL = re.compile(r"^(?:标题|標題|信息名称|名称)[：:|]*")
_NAMES_YEAR = re.compile(r"[0-9]{4}|[二2][〇○零0][一二0-9][〇○零一二三四五六七八九0-9]")
# 关于印发《…年度报告》的通知 is the cover of the report itself.
_PUBLISHED_TITLE = re.compile(r"(?:发布|公布|印发|公开)《([^《》]*公开[^《》]*(?:报告|年报))》")
# The first words of a report; no title begins with them.
_OPENS = re.compile("本|根据|按照|依照|依据|为了|为进|为贯|为深|现将|现公|特向")
# A title that the whole text follows in one line.
_RUN_ON = re.compile(
    r"([^，。；：]{4,40}?公开[^，。；：]{0,12}?(?:年度报告|工作报告|年报|工作总结))(?=根据|按照|依照|本|现|为|[一1][、.]|[【《])"
)
_CRUMB = re.compile(r"[>＞»]")
_UNNAMED = "未具名机关"
_HEAD_LINES = 12
_TITLE_LINES = 40
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Identity:
    title: str
    publisher: Body
    rollup: bool
    year: int
    published: str | None
    language: str
    flags: tuple[Flag, ...] = ()


def title_of(document: Document) -> str:
    """The title: the heading or first line that names a report, joined over its lines.

    One that names a year comes before one that does not, which may be an entry of a menu. Without
    any, what the file calls itself, else its first line.
    """
    lines = [line.strip() for line in document.text.split("\n", _TITLE_LINES)[:_TITLE_LINES]]
    titles = []
    for place, line in enumerate(lines):
        cells = [cell for cell in re.split(r"[\t|]", line) if cell.strip()]
        for cell in cells:
            compact = _LABEL.sub("", _SPACE.sub("", cell))
            plain = fold_plainly(compact)
            # In an index block 政府信息公开年报 may be a class; with its year it is a title.
            if _is_title(plain) and (len(cells) == 1 or _NAMES_YEAR.search(plain)):
                titles.append(_with_neighbours(lines, place, compact))
            elif len(compact) > _LONGEST_TITLE and not _OPENS.match(plain):
                run_on = _RUN_ON.match(fold(compact))
                titles += [compact[: run_on.end(1)]] if run_on else []
    if titles:
        title = next((title for title in titles if _NAMES_YEAR.search(fold(title))), titles[0])
        inner = _PUBLISHED_TITLE.search(fold(title))
        return title[inner.start(1) : inner.end(1)] if inner else title
    named = document.metadata.get("title", "")
    compact = _SPACE.sub("", re.split(r"[-_|—]{1,2}", named)[0])
    if compact:
        return compact
    return _SPACE.sub("", lines[0])[:_LONGEST_TITLE] if lines else ""


def _is_title(line: str) -> bool:
    return bool(
        _TITLE_LINE.search(line)
        and len(line) <= _LONGEST_TITLE
        and not line.endswith(("。", "：", "；"))
        and not _CRUMB.search(line)
        and not header_line(line)
    )


def _with_neighbours(lines: Sequence[str], place: int, title: str) -> str:
    """A title over several lines: the body's name on the first, the year in brackets on the last."""
    if place + 1 < len(lines):
        following = _SPACE.sub("", lines[place + 1])
        if re.fullmatch(r"[（(].{0,4}[0-9]{4}年?度?[）)]", fold(following)):
            title += following
    if (
        place > 0
        and len(title) < 24
        and not re.match(r"[一-鿿]{2,}[省市县区镇乡局委办厅部]", title)
    ):
        previous = _SPACE.sub("", lines[place - 1])
        if re.fullmatch(r"[一-鿿（）0-9]{3,30}", previous) and not previous.endswith(
            ("页", "公开", "年报", "目录", "月", "日")
        ):
            title = previous + title
    return title


def identify(document: Document, title: str, name: str) -> Identity:
    """Raises `InputRefused` where no year can be found, or an impossible one."""
    folded = fold(document.text)
    head, lines = _head_and_body(document)
    metadata = {key: fold_plainly(value) for key, value in document.metadata.items()} | head
    text = _SPACE.sub("", "\n".join(lines))
    heading = fold_plainly(title)
    flags: list[Flag] = []
    year = year_of(heading if _TITLE_LINE.search(heading) else "", text, name, flags)
    publisher = _publisher(document, heading, lines, metadata, year, flags)
    if not _may_be_title(heading):
        title = _made_title(publisher, year)
        message = f"the report has no title of its own; it goes by “{title}”"
        flags.append(Flag("NO_TITLE", message))
    return Identity(
        title=title,
        publisher=publisher,
        rollup=_is_rollup(publisher, text),
        year=year,
        published=published(metadata, lines, year, flags, academic="学年" in heading),
        language="zh-Hant" if _is_traditional(document.text, folded) else "zh-Hans",
        flags=tuple(flags),
    )


def _made_title(publisher: Body, year: int) -> str:
    """What a report without a title goes by."""
    name = "" if publisher.name.startswith(_UNNAMED) else publisher.name
    subject = "信息公开" if _SCHOOL.search(name) else "政府信息公开"
    return f"{name}{year}年{subject}工作年度报告"


def _may_be_title(heading: str) -> bool:
    """A short line, no sentence of the text and nothing of the page around it."""
    if "公开" not in heading or re.search("[，。；]", heading) or _OPENS.match(heading):
        return False
    return "：" not in heading or _TITLE_LINE.search(heading) is not None


def _head_and_body(document: Document) -> tuple[dict[str, str], list[str]]:
    """What the first lines say of the page, and all other lines, folded."""
    head: dict[str, str] = {}
    lines: list[str] = []
    for line in fold_plainly(document.text).strip().split("\n"):
        pairs = header_line(line.strip("• |")) if len(lines) <= _HEAD_LINES else {}
        for key, value in pairs.items():
            head.setdefault(key, value)
        if not pairs:
            lines.append(line)
    return {key: value for key, value in head.items() if value}, lines


def _publisher(
    document: Document,
    title: str,
    lines: list[str],
    metadata: dict[str, str],
    year: int,
    flags: list[Flag],
) -> Body:
    plain = [_SPACE.sub("", line) for line in lines]
    crumbs = [part for line in plain[:6] if _CRUMB.search(line) for part in _CRUMB.split(line)]
    text = "".join(plain)
    finder = PublisherFinder(text, metadata, crumbs, year, flags)
    signatures = [line for line in reversed(plain[-6:]) if re.fullmatch(r"[一-鿿]{4,30}", line)]
    found = finder.find(title, signatures)
    if found is not None:
        return found if _may_be_title(title) else _governing(found, text)
    unnamed = f"{_UNNAMED}（{sha256(document.text.encode()).hexdigest()[:8]}）"
    message = (
        "the report does not say whose it is; its figures stand under a body of their own. "
        "Add the body's name to its title."
    )
    flags.append(Flag("NO_AGENCY", message))
    return body(None, unnamed)


def _governing(compiler: Body, text: str) -> Body:
    """The government, where its office says without a title that it put all bodies' reports together."""
    region = region_by_code(compiler.region.code) if compiler.region else None
    if region is None or not _OFFICE.search(compiler.name) or not _GATHERED.search(text):
        return compiler
    return body_of(government_of(region))


def _is_traditional(text: str, folded: str) -> bool:
    changed = sum(1 for a, b in zip(text, folded, strict=False) if a != b and "一" <= a <= "鿿")
    return changed > len(text) * 0.05


def _is_rollup(publisher: Body, text: str) -> bool:
    """Whether the report speaks for a whole jurisdiction: only a government's own can."""
    if publisher.region is None or "政府办公" in publisher.name:
        return False
    governs = publisher.name.endswith(("人民政府", "管理委员会"))
    return governs and bool(_ROLLUP.search(text))
