"""A copy of the text for matching, with the way back to the served text.

Reports come with full-width digits, Kangxi radicals, zero-width characters, doubled spaces,
Traditional characters and figures cut by a page break. Rules match on the folded copy, where these
are gone; every span they find is given back as offsets into the text as it is served.

Every character has one form after folding, so a rule needs to know only that one:

| kind | form |
|---|---|
| digits, Latin letters, `% + - / . ~ = # &` | ASCII |
| brackets | `（ ）`, `[ ]`, `{ }`, `〔 〕`, `【 】`, `《 》`, `〈 〉`; `<` and `>` stay |
| comma, colon, semicolon, `!`, `?` | `，`, `：`, `；`, `！`, `？`, in addresses and times too |
| comma between the digits of one number | `,` as in `1,234` |
| quotation marks | `“ ” ‘ ’` for `「 」 『 』` and so on; ASCII `"` and `'` stay |
| dash, hyphen | `—` for the long ones, `-` for the short ones |
| 〇 | `〇`, for ○ and ◯ too |
| Han characters | Simplified, one by one (opencc `t2s`); radicals as characters |
| NBSP, U+3000 and other blanks | a space |
"""

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from .characters import canonical_forms
from .document import Document
from .paragraphs import join_paragraphs


@dataclass(frozen=True, slots=True)
class Folded:
    """`text[i]` came from the served text at `offsets[i]`; paragraphs are separated by `\\n`.

    `offsets` has one entry more than `text` has characters: the end.
    """

    text: str
    offsets: "array[int]"

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The served text's span for a span of `text`; never ends in dropped white space."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end - 1] + 1


_GROUPED = re.compile(r"(?<![\d，])\d{1,3}(?:，\d{3})+(?![\d，]\d)(?!\d)")

_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
_GLOSS = r"（(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?[aeiouvüāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ]{1,3}(?:n|ng|r)?）"
_DROPPED = re.compile(rf"(?<=[\u4e00-\u9fff]){_GLOSS}|[\s{_INVISIBLE}]+")
_GLOSSED = re.compile(rf"(?<=[\u4e00-\u9fff]){_GLOSS}|[{_INVISIBLE}]")
_SPACED_DIGITS = re.compile(
    r"(?<!\d)(?:\d(?: +\d){3}(?= *年)|\d +\d(?= *[月日]))"
    r"|(?<=[\u4e00-\u9fff])\d(?: +\d)+(?= *[件条篇次个份期场人名项宗家%])"
)
_LETTER_ZERO = re.compile(r"(?<=\d)[OoＯｏ](?=[\dOo件条篇次个份期场人名项])")
_WORD = re.compile(r"[A-Za-z0-9\u00c0-\u024f]")


def fold(text: str) -> str:
    """The text with every character in its one form (see the head of this module).

    As long as `text`, character by character; folding again changes nothing.
    """
    folded = _odd_runs().sub(_canonical, text)
    if "O" in folded or "o" in folded:
        folded = _LETTER_ZERO.sub("0", folded)
    if "，" in folded:
        folded = _GROUPED.sub(_close_group, folded)
    return folded


@cache
def _odd_runs() -> re.Pattern[str]:
    """Runs of characters that are not in their one form: few, so most of a text is passed over."""
    return re.compile(f"[{re.escape(''.join(map(chr, sorted(canonical_forms()))))}]+")


def _canonical(match: re.Match[str]) -> str:
    return match[0].translate(canonical_forms())


def fold_plainly(text: str) -> str:
    """Folded, without pinyin glosses and zero-width characters: for reading, not for offsets."""
    return _GLOSSED.sub("", fold(text))


def _close_group(match: re.Match[str]) -> str:
    return match[0].replace("，", ",")


def fold_prose(document: Document, skip: Iterable[tuple[int, int]] = ()) -> Folded:
    """The running text for matching: without tables and what `skip` covers, paragraphs mended.

    White space stays only between Latin words or numbers, as one space; zero-width characters
    and pinyin glosses are dropped.
    """
    source = document.text
    pieces: list[str] = []
    offsets = array("l")
    for spans in join_paragraphs(document, skip):
        if pieces:
            pieces.append("\n")
            offsets.append(min(offsets[-1] + 1, len(source)))
        # A joint stands as the line's own newline, so that it is white space like any other.
        raw = "\n".join(source[start:end] for start, end in spans)
        places = array("l")
        for start, end in spans:
            places.extend(range(start, end + 1))
        _squeeze(fold(raw), places, pieces, offsets)
    offsets.append(min(offsets[-1] + 1, len(source)) if offsets else 0)
    return Folded("".join(pieces), offsets)


def _squeeze(text: str, places: "array[int]", pieces: list[str], offsets: "array[int]") -> None:
    """Append `text` without glosses and needless blanks, and the places of what is kept."""
    spaced = [match.span() for match in _SPACED_DIGITS.finditer(text)] if " " in text else []
    kept = 0
    for match in _DROPPED.finditer(text):
        start, end = match.span()
        pieces.append(text[kept:start])
        offsets.extend(places[kept:start])
        if _parts_words(text, start, end) and not any(a <= start < b for a, b in spaced):
            pieces.append(" ")
            offsets.append(places[start])
        kept = end
    pieces.append(text[kept:])
    offsets.extend(places[kept : len(text)])


def _parts_words(text: str, start: int, end: int) -> bool:
    """Whether the white space there keeps two Latin words or two numbers apart."""
    if text[start] == "（" or not start or end == len(text):
        return False
    blanks = text[start:end]
    if not any(map(str.isspace, blanks)):
        return False
    before, after = text[start - 1], text[end]
    if before == "." and after.isdigit() and "\n" not in blanks:
        return True  # a list mark and a figure, not a decimal
    if not _WORD.match(before) or not _WORD.match(after):
        return False
    return not ("\n" in blanks and before.isdigit() and after.isdigit())
