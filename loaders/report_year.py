"""Which year a report is about: witnesses heard in order of trust, and by number where they differ.

The statistics period says it best, then the title, the sentence that says what was compiled; where
none of them speaks, the year that the text names most often is a guess, and so is the year before
the closing date. Dates of publication, numbers of documents, addresses and lines that say when a
page was put up are no witnesses. Where period and title differ, a copied period or a copied title
is at fault: the year that more of the others name wins, the period where none does.
"""

import re
from collections import Counter
from datetime import date

from gongkai.graph.errors import InputRefused

from .document import Flag
from .publication import with_arabic_dates

FIRST_YEAR = 2008

_YEAR = re.compile(r"(?<![0-9])((?:19|20|30)[0-9]{2})(?![0-9])")
_SHORT_YEAR = re.compile(r"(?<![0-9])([012][0-9])年度?(?=[^0-9]*公开)")
_FULL_DATE = re.compile(r"[0-9]{4}[-年/.][0-9]{1,2}[-月/.][0-9]{1,2}日?")
_NUMBERED = re.compile(r"[〔\[［【][0-9]{4}[〕\]］】]")
_START = (
    r"(?P<start>(?:19|20)[0-9]{2})(?:年?[0-9]{1,2}月?[0-9]{1,2}日|[-./][0-9]{1,2}[-./][0-9]{1,2})"
)
_END = (
    r"(?:(?P<end>(?:19|20)[0-9]{2})(?:[0-9]{2})?)?年?(?:1[0-2]|[1-9])?月?[0-9]{1,2}日"
    r"|(?P<end2>(?:19|20)[0-9]{2})[-./]?12[-./]?31|(?P<end3>(?:19|20)[0-9]{2})年(?:底|末)"
)
_PERIOD = re.compile(rf"{_START}(?:零时)?(?:开始|起)?，?(?:至|到|—|-|~|止)?(?:{_END})")
# Said to be the period, though the days are lost or only the years are given.
_SAID = re.compile(
    r"(?:期限|时限|时段|周期|统计时间|起止时间|期间)[^0-9。\n]{0,12}((?:19|20)[0-9]{2})年"
    r"(?!度)(?:[^0-9。\n]{0,6}((?:19|20)[0-9]{2})年)?"
)
_PERIOD_END = re.compile(r"(?:截至|截止到?)((?:19|20)[0-9]{2})年12月31日")
_COMPILED = re.compile(
    r"(?:编制|发布|公布|撰写|现将|形成)[^。\n0-9]{0,20}((?:19|20)[0-9]{2})年度?[^。\n]{0,20}公开"
)
# 2013年, 2013年度: not the date of a day, nor what stands in a title or a document's number.
_NAMED = re.compile("(?<![0-9〔（])((?:19|20)[0-9]{2})年(?![0-9]{1,2}月)")
_CITED = re.compile("《[^《》]*》")
_CLOSING = re.compile(r"((?:19|20)[0-9]{2})年[0-9]{1,2}月(?:[0-9]{1,2}日)?$")


def year_of(title: str, body: str, name: str, flags: list[Flag]) -> int:
    """`title`, `body`: folded, without white space; `body` without what the page says of itself."""
    beginning = with_arabic_dates(body[:6_000])
    period = _period(beginning)
    titled = _titled(with_arabic_dates(title))
    compiled = _COMPILED.search(beginning)
    closing = _CLOSING.search(with_arabic_dates(body[-40:]).rstrip("。"))
    others = [
        int(compiled[1]) if compiled else None,
        _named_most(beginning),
        int(closing[1]) - 1 if closing else None,
    ]
    if period is not None and titled is not None and period != titled:
        by_period, by_title = others.count(period), others.count(titled)
        chosen = titled if by_title > by_period else period
        message = f"the title says {titled}, the statistics period {period}; {chosen} is taken"
        flags.append(Flag("YEAR_DISAGREES", message))
        return _checked(chosen, name)
    year = next((item for item in (period, titled, *others) if item is not None), None)
    if year is not None and (period, titled, others[0]) == (None, None, None):
        message = (
            f"no title, period or sentence says the report's year; {year} is what its text names"
        )
        flags.append(Flag("YEAR_GUESSED", message))
    if year is None:
        raise InputRefused(
            f"{name}: the report does not say which year it is about. Add the year to its title.",
            code="NO_YEAR",
        )
    return _checked(year, name)


def _checked(year: int, name: str) -> int:
    if not FIRST_YEAR <= year <= date.today().year:  # noqa: DTZ011  (a calendar year, anywhere)
        raise InputRefused(
            f"{name}: the report is about {year}; reports exist from {FIRST_YEAR} to now. "
            "Check the year in its title and its statistics period.",
            code="YEAR_OUT_OF_RANGE",
        )
    return year


def _period(text: str) -> int | None:
    for found in _PERIOD.finditer(text):
        end = found["end"] or found["end2"] or found["end3"]
        year = int(end or found["start"])
        if year - int(found["start"]) in range(20):
            return year
    ended = _PERIOD_END.search(text)
    if ended:
        return int(ended[1])
    said = _SAID.search(text)
    return int(said[2] or said[1]) if said else None


def _named_most(text: str) -> int | None:
    """The year that is named most often, of several the one named first."""
    years = Counter(_NAMED.findall(_CITED.sub("", text)))
    return int(years.most_common(1)[0][0]) if years else None


def _titled(title: str) -> int | None:
    years = _YEAR.findall(_NUMBERED.sub("", _FULL_DATE.sub("", title)))
    if years:
        return int(years[-1])
    short = _SHORT_YEAR.search(title)
    return 2000 + int(short[1]) if short else None
