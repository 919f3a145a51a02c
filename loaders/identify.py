"""Whose report this is, on which year, published when: read from several places, the best wins.

Year: the statistics period, then the title, then the sentence that says who compiled it, then the
first year of the text. Publisher: the body or region the title names; a report titled with a bare
region is its government's, whoever compiled it. Then the compile sentence, the signature, what the
page says of itself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.graph.dictionary.agencies import departments, government_of
from gongkai.graph.dictionary.regions import (
    NATION,
    Region,
    is_within,
    region_by_code,
    regions_named,
    zone_code,
)
from gongkai.graph.errors import InputRefused

from .agencies import body, body_of
from .document import Document, Flag
from .folding import fold
from .reading import Body

FIRST_YEAR = 2008

_SPACE = re.compile(r"[\s　​]+")
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_YEAR = re.compile(r"(?<![0-9])((?:19|20|30)[0-9]{2})(?![0-9])")
_TITLE_LINE = re.compile(r"公开.{0,16}(?:报告|年报|总结)|年度报告")
_PERIOD = re.compile(
    r"(?:期限|时限|时间|时段|起止|统计)[^。\n]{0,30}?((?:19|20)[0-9]{2})年?[^。\n]{0,14}?(?:至|到|-|—|止)"
    r"(?:((?:19|20)[0-9]{2})年)?"
)
_PERIOD_END = re.compile(r"(?:截至|截止到?)((?:19|20)[0-9]{2})年12月31日")
_COMPILED = re.compile(r"(?:编制|发布|公布|撰写)[^。\n]{0,12}((?:19|20)[0-9]{2})年度?")
_DATE = re.compile(
    r"((?:19|20)[0-9]{2})\s?[年\-/.]\s?([01]?[0-9])\s?[月\-/.]\s?([0-3]?[0-9])\s?日?"
)
_ROLLUP = re.compile(
    r"(?:综合|汇总)[^。]{0,60}(?:编制|而成)|全[市省区县州](?:各级|共|累计|主动|全年|行政机关|政府系统)|我[市省县](?:各级|共)"
)
_TOPIC = re.compile(
    r"(?:[（(]本级(?:机关)?[）)])?(?:(?:19|20)[0-9]{2}年?度?)?(?:的)?(?:政府信息|政务|信息).*$"
)
_ZONE = re.compile(
    r"(?:开发区|新区|高新区|工业园区|园区|经开区|示范区|度假区|管理区|旅游区|景区|试验区|产业园)$"
)
_TOWN = re.compile(r"(?:镇|乡|街道|苏木|地区)$")


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
    """The title: the heading or first line that names a report, joined over its lines."""
    lines = [
        (block, document.text[block.start : block.end].strip()) for block in document.blocks[:40]
    ]
    for place, (_, line) in enumerate(lines):
        compact = _SPACE.sub("", line)
        if (
            _TITLE_LINE.search(compact)
            and len(compact) <= 60
            and not compact.endswith(("。", "："))
        ):
            return _with_previous(lines, place, compact)
    named = document.metadata.get("title", "")
    compact = _SPACE.sub("", re.split(r"[-_|—]{1,2}", named)[0])
    if compact:
        return compact
    return _SPACE.sub("", lines[0][1])[:60] if lines else ""


def _with_previous(lines: Sequence[tuple[object, str]], place: int, title: str) -> str:
    """A title over two lines: the body's name on the first, or the year in brackets on the last."""
    if place + 1 < len(lines):
        following = _SPACE.sub("", lines[place + 1][1])
        if re.fullmatch(r"[（(].{0,4}[0-9]{4}年?度?[）)]", following):
            title += following
    if (
        place > 0
        and len(title) < 24
        and not re.match(r"[一-鿿]{2,}[省市县区镇乡局委办厅部]", title)
    ):
        previous = _SPACE.sub("", lines[place - 1][1])
        if re.fullmatch(r"[一-鿿（）]{3,30}", previous) and not previous.endswith(("页", "公开")):
            title = previous + title
    return title


def identify(document: Document, title: str, name: str) -> Identity:
    """Raises `InputRefused` where no year or no body can be found."""
    text = fold(document.text)
    heading = fold(title)
    flags: list[Flag] = []
    year = _year(heading, text, name, flags)
    publisher = _publisher(heading, text, document, year, flags)
    if publisher is None:
        raise InputRefused(
            f"{name}: the report does not say whose it is. Add the body's name to its title.",
            code="NO_AGENCY",
        )
    return Identity(
        title=title,
        publisher=publisher,
        rollup=_is_rollup(publisher, text),
        year=year,
        published=_published(document, text, year),
        language="zh-Hant" if _is_traditional(document.text, text) else "zh-Hans",
        flags=tuple(flags),
    )


def _is_traditional(text: str, folded: str) -> bool:
    changed = sum(1 for a, b in zip(text, folded, strict=False) if a != b and "一" <= a <= "鿿")
    return changed > len(text) * 0.05


# --- year -----------------------------------------------------------------------------------------


def _year(title: str, text: str, name: str, flags: list[Flag]) -> int:
    beginning = _SPACE.sub("", text[:6_000])
    period = _PERIOD.search(beginning)
    ended = _PERIOD_END.search(beginning)
    stated = int(period[2] or period[1]) if period else int(ended[1]) if ended else None
    titled = _years(title)
    if stated is not None and titled and stated != titled[-1]:
        message = f"the title says {titled[-1]}, the statistics period {stated}; {stated} is taken"
        flags.append(Flag("YEAR_DISAGREES", message))
    compiled = _COMPILED.search(beginning)
    candidates = [stated, titled[-1] if titled else None, int(compiled[1]) if compiled else None]
    body = _years(_SPACE.sub("", text))
    candidates.append(body[0] if body else None)
    year = next((item for item in candidates if item is not None), None)
    if year is None:
        raise InputRefused(
            f"{name}: the report does not say which year it is about. Add the year to its title.",
            code="NO_YEAR",
        )
    if not FIRST_YEAR <= year <= date.today().year:  # noqa: DTZ011  (a calendar year, anywhere)
        raise InputRefused(
            f"{name}: the report is about {year}; reports exist from {FIRST_YEAR} to now. "
            "Check the year in its title and its statistics period.",
            code="YEAR_OUT_OF_RANGE",
        )
    return year


def _years(text: str) -> list[int]:
    digits = re.sub(
        r"[二三][〇○零一二三四五六七八九]{3}(?=年)", lambda m: m[0].translate(_CHINESE_DIGITS), text
    )
    return [int(found) for found in _YEAR.findall(digits)]


# --- publisher ------------------------------------------------------------------------------------


def _publisher(
    title: str, text: str, document: Document, year: int, flags: list[Flag]
) -> Body | None:
    hints = text[:4_000] + text[-400:] + " ".join(document.metadata.values())
    names = [_subject_of(title)]
    compiled = re.search(
        r"由([一-鿿（）]{3,30}?)(?:根据|综合|汇总|编制|依据|负责)", _SPACE.sub("", text[:1_500])
    )
    names.append(compiled[1] if compiled else "")
    names += _signature(text)
    names += [
        document.metadata.get(key, "")
        for key in ("发布机构", "contentsource", "来源", "sitename", "site")
    ]
    for name in names:
        found = _body_named(_SPACE.sub("", fold(name)), hints, year, flags)
        if found is not None:
            return found
    return None


def _subject_of(title: str) -> str:
    """What stands before the year and the topic in a title."""
    subject = re.sub(r"^(?:(?:19|20)[0-9]{2}年?度?|关于|索引号)+", "", title)
    subject = re.sub(r"[（(](?:19|20)?[0-9]{2}年?度?[）)]", "", subject)
    subject = _TOPIC.sub("", subject)
    subject = re.sub(
        r"(?:19|20)[0-9]{2}年?度?.*$|[二][〇○零一二三四五六七八九]{3}年.*$", "", subject
    )
    return re.sub(r"[（(]?本级(?:机关)?[）)]?$", "", subject).strip('《》“”" ')


def _signature(text: str) -> list[str]:
    """The last lines that are a name and no sentence."""
    lines = [_SPACE.sub("", line) for line in text.strip().split("\n")[-6:]]
    return [line for line in reversed(lines) if re.fullmatch(r"[一-鿿]{4,30}", line)]


def _body_named(name: str, hints: str, year: int, flags: list[Flag]) -> Body | None:
    name = re.sub(r"^中华人民共和国(?=.{3,})", "", name)
    if len(name) < 2:
        return None
    region, rest = _region_prefix(name, hints, year, flags)
    if region is None:
        national = re.fullmatch(
            r"(?:国家|国务院)?[一-鿿]{2,14}(?:部|总局|署|委员会|局|办公厅|办公室)", name
        )
        if national and not re.match(r"[市县区省]|.*(?:分局)$", name) and _is_national(name):
            return body(NATION, name)
        if re.search(
            r"(?:局|厅|委员会|委|办公室|办公厅|中心|海关|人民政府|管理委员会|办事处|大学|学院|医院|公司|集团)$",
            name,
        ):
            flags.append(Flag("AMBIGUOUS_REGION", f"the region of {name} cannot be decided"))
            return body(None, name)
        return None
    if rest in ("", "人民政府", "政府"):
        return body_of(government_of(region))
    if rest == "管理委员会" or rest == "管委会":
        return body_of(government_of(region))
    if rest in ("人民政府办公厅", "政府办公厅", "人民政府办公室", "政府办公室"):
        return body(region.code, f"{government_of(region).name}{rest[-3:]}")
    if rest.endswith("海关"):
        return body(region.code, name)  # customs districts bear a city's short name
    return body(region.code, f"{region.name}{departments().get(rest, rest)}")


def _is_national(name: str) -> bool:
    return name.startswith(("国家", "国务院")) or name.endswith(("部", "总署", "总局"))


def _region_prefix(
    name: str, hints: str, year: int, flags: list[Flag]
) -> tuple[Region | None, str]:
    """The innermost region a name begins with, and what follows it."""
    region: Region | None = None
    rest = name
    while True:
        step = _next_region(rest, region, hints, year, flags)
        if step is None:
            return region, rest
        region, rest = step


def _next_region(
    rest: str, above: Region | None, hints: str, year: int, flags: list[Flag]
) -> tuple[Region, str] | None:
    for length in range(min(len(rest), 14), 1, -1):
        name = rest[:length]
        remainder = rest[length:]
        candidates = regions_named(name, year, short=_may_be_short(remainder))
        if above is not None:
            candidates = [
                item
                for item in candidates
                if item.code != above.code and is_within(item.code, above.code)
            ]
        if candidates:
            chosen = _choose(candidates, hints)
            if chosen is None:
                flags.append(Flag("AMBIGUOUS_REGION", f"{name} exists {len(candidates)} times"))
                continue
            return chosen, remainder
    if above is None:
        return None
    small = re.match(
        r"(?:人民政府)?([一-鿿]{2,12}?(?:街道|镇|乡|苏木|地区))(?=人民政府|办事处|政府|$)", rest
    )
    zone = re.match(
        r"([一-鿿]{2,16}?(?:开发区|新区|高新区|园区|示范区|度假区|风景区|产业园))(?=管理委员会|管委会|$)",
        rest,
    )
    found = small or zone
    if not found:
        return None
    code = zone_code(
        above.code, found[1] if not zone or small else f"{_zone_prefix(above, found[1])}"
    )
    region = region_by_code(code)
    if region is None:
        return None
    remainder = rest[found.end() :]
    if remainder == "办事处":
        remainder = ""
    return region, remainder


def _zone_prefix(above: Region, name: str) -> str:
    """A zone is known by its region's short name too: 宿迁经济技术开发区."""
    return name if name.startswith(above.short) else f"{above.short}{name}"


def _may_be_short(remainder: str) -> bool:
    """宿迁 stands for 宿迁市 only where what follows is no part of a longer name."""
    return (
        remainder == ""
        or remainder[0] in "市省县区经高工"
        or remainder.startswith(("海关", "政府"))
    )


def _choose(candidates: list[Region], hints: str) -> Region | None:
    """The one of several regions of a name that the rest of the report points to."""
    if len(candidates) == 1:
        return candidates[0]
    levels = {item.level for item in candidates}
    if len(levels) > 1:
        candidates = sorted(candidates, key=lambda item: item.level != max(levels, key=_rank))
        return candidates[0]
    scored = [(_points_to(item, hints), item) for item in candidates]
    best = max(score for score, _ in scored)
    winners = [item for score, item in scored if score == best]
    return winners[0] if best > 0 and len(winners) == 1 else None


def _rank(level: object) -> int:
    return ["TOWN", "COUNTY", "PREFECTURE", "PROVINCE", "NATIONAL"].index(str(level))


def _points_to(region: Region, hints: str) -> int:
    score = 0
    above = region_by_code(region.parent) if region.parent else None
    while above is not None and above.code != NATION:
        score += hints.count(above.name)
        above = region_by_code(above.parent) if above.parent else None
    return score


# --- scope and date -------------------------------------------------------------------------------


def _is_rollup(publisher: Body, text: str) -> bool:
    """Whether the report speaks for a whole jurisdiction: only a government's own can."""
    if publisher.region is None or "政府办公" in publisher.name:
        return False
    governs = publisher.name.endswith(("人民政府", "管理委员会"))
    return governs and bool(_ROLLUP.search(text))


def _published(document: Document, text: str, year: int) -> str | None:
    keys = (
        "发布时间",
        "发布日期",
        "pubdate",
        "date",
        "日期",
        "时间",
        "成文日期",
        "发文日期",
        "生成日期",
    )
    stated = [document.metadata[key] for key in keys if document.metadata.get(key)]
    lines = text.strip().split("\n")
    stated += [line for line in reversed(lines[-6:]) if len(_SPACE.sub("", line)) <= 16]
    stated += [line for line in lines[:8] if len(_SPACE.sub("", line)) <= 40 and "期限" not in line]
    for item in stated:
        found = _DATE.search(item)
        if not found or len(_SPACE.sub("", item)) > len(found[0]) + 14 or "截至" in item:
            continue
        try:
            day = date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            continue
        if date(year, 12, 1) <= day <= date(year + 1, 6, 30):
            return day.isoformat()
    return None
