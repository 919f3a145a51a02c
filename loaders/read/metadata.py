"""What a page says of itself beside its text: header lines and index blocks.

A header line is 发布时间：2017-03-31  来源：… above the text; an index block the table of 索引号,
发布机构, 成文日期 … that government sites put on top.
"""

import re
from collections.abc import Sequence

from .vocabulary import DATE_KEYS, SITE_KEYS, STRONG_KEYS, WEAK_KEYS

_KEYS = frozenset((*STRONG_KEYS, *WEAK_KEYS))
_STRONG = frozenset(STRONG_KEYS)
_SPACED_KEYS = "|".join(r"\s*".join(key) for key in sorted(_KEYS, key=lambda k: (-len(k), k)))
_KEY = re.compile(rf"[\[【（(]?\s*({_SPACED_KEYS})\s*[\]】）)]?\s*[:：]\s*")
_BARE_DATE = re.compile(r"\s*(\d{4}-\d{1,2}-\d{1,2})(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*")
_BLANKS = re.compile(r"\s+")
_LONGEST_LINE = 300
_EDGES = " \t\u3000\xa0[]【】|｜"
_KEY_EDGES = "：:[]【】"
_LONGEST_LEAD = 4
_FEWEST_KEYS = 2


def header_line(text: str) -> dict[str, str]:
    """Key and value of a header line, or `date` of a bare date; empty for any other line."""
    bare = _BARE_DATE.fullmatch(text)
    return {"date": bare[1]} if bare else _pairs(text)


def _pairs(text: str) -> dict[str, str]:
    if len(text) > _LONGEST_LINE or "。" in text:
        return {}
    keys = list(_KEY.finditer(text))
    if not keys or keys[0].start() > _LONGEST_LEAD:
        return {}
    pairs: dict[str, str] = {}
    for match, following in zip(keys, [*keys[1:], None], strict=True):
        end = following.start() if following else len(text)
        pairs[_BLANKS.sub("", match[1])] = text[match.end() : end].strip(_EDGES)
    return pairs if len(pairs) > 1 or _STRONG.intersection(pairs) else {}


def index_table(rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """Key and value of a table that is an index block; empty for any other table.

    Such a table is keys and their values all through: in cells of their own, or 键：值 in one.
    """
    pairs: dict[str, str] = {}
    others = 0
    for row in rows:
        cells = iter([cell for cell in row if cell])
        key = ""
        for cell in cells:
            inline = _pairs(cell)
            name = _BLANKS.sub("", cell).strip(_KEY_EDGES)
            if name in _KEYS:
                key = name
                pairs.setdefault(key, "")
            elif inline and any(inline.values()):
                pairs.update(inline)
                key = ""
            elif key:
                pairs[key] = cell
                key = ""
            else:
                others += 1
    is_index = len(pairs) >= _FEWEST_KEYS and others <= 1 and _STRONG.intersection(pairs)
    return pairs if is_index else {}


def complete(metadata: dict[str, str]) -> dict[str, str]:
    """With `date` and `site` filled from whichever key the page has, empty values left out."""
    result = {key: value for key, value in metadata.items() if value}
    for name, keys in (("date", DATE_KEYS), ("site", SITE_KEYS)):
        value = next((result[key] for key in keys if key in result), None)
        if value is not None:
            result.setdefault(name, value)
    return result
