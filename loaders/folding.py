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
import unicodedata
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

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


_SAME_AS = {
    "(": "（", ")": "）", ",": "，", ":": "：", ";": "；", "!": "！", "?": "？",
    "﹐": "，", "﹕": "：", "﹔": "；", "﹖": "？", "﹗": "！", "︰": "：", "∶": "：", "﹙": "（", "﹚": "）",
    "｡": "。", "､": "、", "﹑": "、", "｢": "“", "｣": "”", "「": "“", "」": "”", "『": "‘", "』": "’", "〝": "“", "〞": "”",
    "﹁": "“", "﹂": "”", "〖": "【", "〗": "】", "﹝": "〔", "﹞": "〕", "⟨": "〈", "⟩": "〉", "︽": "《", "︾": "》", "≪": "《", "≫": "》",
    "〇": "〇", "○": "〇", "◯": "〇", "⚪": "〇", "﹪": "%", "‐": "-", "‑": "-", "‒": "-", "–": "-", "−": "-", "﹣": "-",
    "―": "—", "─": "—", "━": "—", "ー": "—", "〜": "~", "∼": "~", "•": "·", "・": "·", "‧": "·", "･": "·", "∙": "·", "⋅": "·",
}  # fmt: skip
_KEPT_WIDE = "，：；（）！？"
_BLANKS = (
    "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
# The supplement's radicals, which NFKC leaves as they are (U+2E80 onwards).
_RADICALS = dict(
    zip(
        "⺀⺁⺄⺆⺇⺈⺊⺋⺌⺎⺏⺐⺑⺒⺓⺔⺕⺗⺘⺙⺛⺜⺝⺞⺠⺡⺢⺣⺤⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺴⺶⺷⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "冫厂乙冂几刀卜卩小兀尢尢尢巳幺彑彐心扌攵旡日月歹民氵氺灬爫丬牛犭王疋目示礻竹糸纟罓罒网羊羊耂肀聿肉臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅长镸长门阜阝雨青韦页风飞食食饣饣马骨鬼鱼鸟卤麦黄黾斉齐齿齿竜龙龟龟龟",
        strict=True,
    )
)
_HAN_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000))
_GROUPED = re.compile(r"(?<![\d，])\d{1,3}(?:，\d{3})+(?![\d，]\d)(?!\d)")

_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
_GLOSS = r"（(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?[aeiouvüāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ]{1,3}(?:n|ng|r)?）"
_DROPPED = re.compile(rf"(?<=[\u4e00-\u9fff]){_GLOSS}|[\s{_INVISIBLE}]+")
_SPACED_DIGITS = re.compile(r"\d( \d)+(?!\d)")
_WORD = re.compile(r"[A-Za-z0-9\u00c0-\u024f]")


@cache
def _table() -> dict[int, int]:
    """Code point to code point, for `str.translate`."""
    from opencc import OpenCC

    table = {ord(odd): ord(form) for odd, form in {**_SAME_AS, **_RADICALS}.items()}
    for code in range(0xFF01, 0xFF5F):
        wide = chr(code)
        table[code] = code if wide in _KEPT_WIDE else code - 0xFEE0
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1:
            table[code] = ord(plain)
    table.update(dict.fromkeys(map(ord, _BLANKS), ord(" ")))
    han = "".join(chr(code) for first, end in _HAN_BLOCKS for code in range(first, end))
    # One by one: in a run the phrases of the converter would decide.
    simple = dict(zip(han, OpenCC("t2s").convert("\n".join(han)).split("\n"), strict=True))
    for odd, form in simple.items():
        form = simple.get(form, form)
        if form != odd and len(form) == 1:
            table[ord(odd)] = ord(form)
    for code, form_code in table.items():
        table[code] = table.get(form_code, form_code)
    return {code: form_code for code, form_code in table.items() if code != form_code}


def fold(text: str) -> str:
    """The text with every character in its one form (see the head of this module).

    As long as `text`, character by character; folding again changes nothing.
    """
    folded = text.translate(_table())
    if "，" in folded:
        folded = _GROUPED.sub(_close_group, folded)
    return folded


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
    """Append `text` without glosses and needless blanks to `pieces`, and its places to `offsets`."""
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
