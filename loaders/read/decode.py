"""Bytes to text: byte-order mark, UTF-8, what the page declares, then what the bytes look like.

Old government pages declare `gb2312` and use characters that only GBK or GB18030 has, so the whole
family is read as GB18030. What cannot be decoded is replaced and counted, never dropped silently.
"""

import codecs
import re
from dataclasses import dataclass

from ..document import Flag
from ..refusals import UNREADABLE_ENCODING, refuse

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# UTF-32 first: its little-endian mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]+)""", re.I)
_DECLARATION_BYTES = 4096
_DETECTION_BYTES = 65536
_CHINESE = {
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "hz-gb-2312": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
}
# Western and Cyrillic code pages hold no Chinese: where the detector answers one, it is wrong.
_CANDIDATES = ("utf-8", "gb18030", "big5hkscs")
_MAX_GARBAGE = 0.05
_RARE_NULS = 50  # one byte in so many
_COMMON_SHARE = 40  # one Han character in so many is among the commonest
_HAN = re.compile(r"[\u4e00-\u9fff]")
_COMMON = frozenset("的年政府信息公开公開本市县縣区區和中国國情况況工作项項件条條")


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str
    flags: tuple[Flag, ...] = ()


def decode(data: bytes, name: str) -> Decoded:
    """The text of a file, without byte-order mark and NUL characters, line ends as `\\n`.

    Raises InputRefused when more than one character in twenty cannot be decoded.
    """
    text, encoding = _decode(data)
    flags = []
    nuls = text.count("\0")
    if nuls:
        text = text.replace("\0", "")
        flags.append(Flag("NUL_BYTES", f"{nuls} NUL characters were removed"))
    declared = _declaration(data)
    if declared and not _is_same(declared, encoding):
        message = f"the page declares {declared}, but it is in {encoding} and was read so"
        flags.append(Flag("WRONG_ENCODING", message))
    lost = text.count(REPLACEMENT)
    if lost:
        if lost > _MAX_GARBAGE * len(text):
            raise refuse(
                UNREADABLE_ENCODING,
                name,
                f"{lost} of {len(text)} characters cannot be decoded as {encoding}",
                "Save the report as UTF-8 and load it again.",
            )
        message = f"{lost} characters cannot be decoded as {encoding} and stand as {REPLACEMENT}"
        flags.append(Flag("BAD_ENCODING", message))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(text, encoding, tuple(flags))


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    wide = _utf16_without_mark(data)
    if wide:
        return data.decode(wide, "replace"), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    if _is_nearly_utf8(text):
        return text, "utf-8"
    return _decode_guessing(data)


def _is_nearly_utf8(text: str) -> bool:
    """Damaged UTF-8, cut off or patched: other encodings hardly ever make its sequences."""
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return text.count(REPLACEMENT) * 20 <= beyond_ascii


def _utf16_without_mark(data: bytes) -> str | None:
    """Digits and markup in UTF-16 bring NULs; read the right way round, it has the usual words."""
    head = data[:_DECLARATION_BYTES]
    if head.count(0) * _RARE_NULS < len(head):
        return None
    wides = ("utf-16-le", "utf-16-be")
    usual = (wide for wide in wides if _has_usual_words(head.decode(wide, "replace")))
    return next(usual, None)


def _decode_guessing(data: bytes) -> tuple[str, str]:
    """The declared encoding, the detected one and the usual three: the first without a loss wins,
    else the one with the fewest losses."""
    candidates = dict.fromkeys([*_declared(data), *_detected(data), *_CANDIDATES])
    best: tuple[float, str, str] | None = None
    for encoding in candidates:
        text = data.decode(encoding, "replace")
        cost = _implausibility(text)
        if best is None or cost < best[0]:
            best = (cost, text, encoding)
        if cost == 0:
            break
    assert best is not None
    return best[1], best[2]


def _implausibility(text: str) -> float:
    """0 for text without a replacement that has the commonest characters of such reports."""
    lost = text.count(REPLACEMENT)
    sample = text[:_DETECTION_BYTES]
    strange = 0.0 if _has_usual_words(sample) or not _HAN.search(sample) else 0.5
    return (lost / max(len(text), 1)) + strange


def _has_usual_words(sample: str) -> bool:
    return sum(map(sample.count, _COMMON)) * _COMMON_SHARE > len(_HAN.findall(sample))


def _declared(data: bytes) -> list[str]:
    declared = _declaration(data)
    return _usable(declared) if declared else []


def _declaration(data: bytes) -> str | None:
    """The name of an encoding as the page states it."""
    match = _DECLARED.search(data, 0, _DECLARATION_BYTES)
    return match[1].decode("ascii") if match else None


def _is_same(declared: str, encoding: str) -> bool:
    """`utf8` is UTF-8, `gb2312` is read as GB18030, `utf-16` is either of its kinds."""
    name = declared.lower().replace("_", "-")
    return encoding.replace("-", "").startswith(_CHINESE.get(name, name).replace("-", ""))


def _detected(data: bytes) -> list[str]:
    from resiliparse.parse.encoding import detect_encoding  # slow to import

    found = detect_encoding(data[:_DETECTION_BYTES])
    return _usable(found) if found else []


def _usable(encoding: str) -> list[str]:
    chinese = _CHINESE.get(encoding.lower().replace("_", "-"), encoding.lower())
    return [chinese] if chinese in _CANDIDATES else []
