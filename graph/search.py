"""Full-text search: what matches, how hits are ranked, what is shown. The same on every store.

A query is folded (full-width to ASCII, lower case, Traditional to Simplified, one character to one)
and split at white space into terms. A node matches where one of its searchable properties
(`Node.names` in `graph.schema`) contains every term in its folded text; an index of tokens only
narrows the search and never decides. Chinese runs are indexed by overlapping pairs of characters, so
a word of two characters is found.

Rank: 1 where the name is the query, 2 where it begins with it, 3 where it contains it, 4 for the
rest. Hits come by rank, then year (latest first, none last), then id.
"""

import re
import unicodedata
from functools import cache

SNIPPET_MARGIN = 40
"""Characters of text on each side of a match in its snippet."""

_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+|[^\W_]+")


@cache
def _simplified() -> dict[int, str]:
    """Single characters that conversion to Simplified changes, as `str.translate` takes them."""
    from opencc import OpenCC

    converter = OpenCC("t2s")
    table: dict[int, str] = {}
    for code in range(0x3400, 0xA000):
        converted = converter.convert(chr(code))
        if len(converted) == 1 and converted != chr(code):
            table[code] = converted
    return table


def fold_search(text: str) -> str:
    """The text as it is compared: as many characters as before.

    >>> fold_search("ＰＰＰ項目")
    'ppp项目'
    """
    return "".join(map(_fold_character, text)).translate(_simplified())


@cache
def _fold_character(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character).lower()
    return folded if len(folded) == 1 else character


def terms(query: str) -> list[str]:
    return fold_search(query).split()


def tokens(text: str) -> str:
    """What the index holds of a text: hex of its tokens' characters, separated by spaces.

    A Chinese run gives its pairs and its last character; a run of other letters or digits itself
    and, so that a part of it is found, its pairs too.
    """
    found: dict[str, None] = {}
    for run in _RUN.findall(fold_search(text)):
        found.update(dict.fromkeys(_pairs(run)))
        found[run[-1]] = None
    return " ".join(map(_ascii, found))


def match_expression(query: str) -> str:
    """The FTS5 expression whose rows include every match of the query (and perhaps more).

    Empty where the query holds nothing that is indexed: then nothing matches.
    """
    wanted: list[str] = []
    for term in terms(query):
        for run in _RUN.findall(term):
            if len(run) == 1:
                wanted.append(f'"{_ascii(run)}"*')
            else:
                wanted += [f'"{_ascii(pair)}"' for pair in _pairs(run)]
    return " AND ".join(wanted)


def find(query: str, text: str | None) -> tuple[int, int] | None:
    """The span of the first term in the text, where the text contains every term."""
    if not text:
        return None
    folded, wanted = fold_search(text), terms(query)
    if not wanted or any(term not in folded for term in wanted):
        return None
    start = folded.index(wanted[0])
    return start, start + len(wanted[0])


def snippet(text: str, start: int, end: int) -> str:
    """The match with some text around it, `…` where text was left out."""
    first, last = max(start - SNIPPET_MARGIN, 0), min(end + SNIPPET_MARGIN, len(text))
    return f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"


def _pairs(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(len(run) - 1)]


def _ascii(token: str) -> str:
    """A token in characters that no tokenizer splits or folds: six hex digits for each of its own,
    so that the prefix of a token is the token of a prefix."""
    return "".join(f"{ord(character):06x}" for character in token)
