"""When a report was published: by its header, its index block, or the date under its signature."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from .document import Flag
from .numerals import chinese_integer

_KEYS = (
    "发布时间",
    "发布日期",
    "发表时间",
    "公开日期",
    "公开时间",
    "pubdate",
    "publishdate",
    "date",
    "日期",
    "时间",
    "更新时间",
    "成文日期",
    "成文时间",
    "发文日期",
    "发文时间",
    "生成日期",
    "公文生成日期",
)
_DATE = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})\s?[年\-/.]\s?([01]?[0-9])\s?[月\-/.]\s?([0-3]?[0-9])(?![0-9])"
)
_CHINESE_DATE = re.compile(
    r"([二三][〇○零0oO一二三四五六七八九]{3})年"
    r"(?:([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})日)?)?"
)
_CHINESE_DIGITS = str.maketrans("〇○零oO一二三四五六七八九", "00000123456789")
_PERIOD_WORDS = re.compile(r"期限|时限|统计|截至|截止|[至到]|施行|起")
_HEAD, _FOOT = 8, 6
_LONGEST_HEADER, _LONGEST_SIGNATURE = 60, 45


def with_arabic_dates(text: str) -> str:
    """二〇一一年三月二十八日 as 2011年3月28日.

    >>> with_arabic_dates("二○一一年三月二十八日")
    '2011年3月28日'
    """
    return _CHINESE_DATE.sub(_arabic, text)


def _arabic(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    said = f"{year.translate(_CHINESE_DIGITS)}年"
    said += f"{chinese_integer(month)}月" if month else ""
    return said + (f"{chinese_integer(day)}日" if day else "")


def published(
    metadata: dict[str, str], lines: list[str], year: int, flags: list[Flag], *, academic: bool
) -> str | None:
    """The day, ISO, between December of `year` and June of the next; None with a flag outside it.

    `academic`: a school's year, which ends in summer, so that October is in time.
    `metadata`: what the page says of itself, folded. `lines`: the text's, folded.
    """
    others: list[date] = []
    for day in _days(_candidates(metadata, lines)):
        if date(year, 9 if academic else 12, 1) <= day <= date(year + 1, 6, 30):
            return day.isoformat()
        others.append(day)
    if others:
        message = (
            f"the page is dated {others[0].isoformat()}, which cannot be the day on which a report "
            f"about {year} was first published; no day is taken"
        )
        flags.append(Flag("REPUBLISHED", message))
    return None


def _candidates(metadata: dict[str, str], lines: list[str]) -> Iterator[str]:
    for key in _KEYS:
        if metadata.get(key):
            yield metadata[key]
    for line in lines[:_HEAD]:
        if len(line) <= _LONGEST_HEADER and not _PERIOD_WORDS.search(line):
            yield line
    for line in reversed(lines[-_FOOT:]):
        if len(line) <= _LONGEST_SIGNATURE and not _PERIOD_WORDS.search(line):
            yield line


def _days(candidates: Iterable[str]) -> Iterator[date]:
    for item in candidates:
        for found in _DATE.finditer(with_arabic_dates(item)):
            try:
                yield date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                continue  # 2月30日: no day at all
