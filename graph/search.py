"""Full-text search: what matches, how hits are ranked, what is shown. The same on every store.

**What matches.** The query is folded (NFKC, lower case, Traditional to Simplified, each character
by itself) and split at white space into terms. A node matches where one of its searchable
properties (`Node.names` in `graph.schema`) contains every term in its folded text. So words of two
characters are found, and parts of words. Of a section's text its own part is searched, up to where
the next section begins: what stands in a subsection is found there, once.

**The index** holds the overlapping pairs of characters of each text, in order, and the single
character at the end of each run (white space parts runs, and properties too). A term is a phrase of
its pairs; a term of one character is the beginning of a pair. Phrases are exact, so the index alone
decides on a query of one term; of several, the property that holds them all is then looked for.

**Rank.** 1 where the folded name is the query, 2 where it begins with it, 3 where it contains every
term, 4 for the rest. Hits come by rank, then year (latest first, none last), then id.

**What is shown.** The first searchable property that matches, the first place of the first term in
it with some text around, and its span: of a section or an observation in the report's text (where
the name is not printed there word for word, the whole of it), of other nodes in the property.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

SNIPPET_MARGIN = 40
"""Characters of text on each side of a match in its snippet."""

# Tokenizers part words at ASCII punctuation; its full-width forms never occur in folded text.
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if not chr(code).isalnum()}


class _Folds(dict[int, str]):
    """What `str.translate` makes of each character, found when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = _simplified().get(character, character)
        folded = unicodedata.normalize("NFKC", folded).lower()
        folded = _simplified().get(folded, folded)
        self[code] = folded if len(folded) == 1 else character
        return self[code]


_FOLDS = _Folds()


@cache
def _simplified() -> dict[str, str]:
    """Single characters that conversion to Simplified changes."""
    from opencc import OpenCC

    characters = [chr(code) for code in range(0x3400, 0xA000)]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, converted, strict=True)
    return {before: after for before, after in pairs if before != after and len(after) == 1}


def fold_search(text: str) -> str:
    """The text as it is compared: as many characters as before, each at its place.

    >>> fold_search("ＰＰＰ項目")
    'ppp项目'
    """
    return text.translate(_FOLDS)


@lru_cache(maxsize=256)
def terms(query: str) -> tuple[str, ...]:
    return tuple(fold_search(query).split())


def tokens(text: str) -> str:
    """What the index holds of a text, separated by spaces, in order.

    >>> tokens("政府公报 PPP")
    '政府 府公 公报 报 pp pp p'
    """
    made: list[str] = []
    for run in fold_search(text).translate(_FULL_WIDTH).split():
        made += _pairs(run)
        made.append(run[-1])
    return " ".join(made)


def phrases(query: str) -> list[tuple[str, ...]]:
    """The tokens of each term, in order; those of one character begin a token.

    >>> phrases("公报 P")
    [('公报',), ('p',)]
    """
    folded = [term.translate(_FULL_WIDTH) for term in terms(query)]
    return [(term,) if len(term) == 1 else tuple(_pairs(term)) for term in folded]


def match_expression(query: str) -> str:
    """The query as FTS5 takes it: every term, as a phrase. Empty where there is no term."""
    return " AND ".join(
        f'"{" ".join(phrase)}"{"*" if len(phrase[0]) == 1 else ""}' for phrase in phrases(query)
    )


def _pairs(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(len(run) - 1)]


@dataclass(frozen=True, slots=True)
class Found:
    """`field`: the property that matches. `start` and `end`: see the head of this module."""

    field: str
    snippet: str
    start: int
    end: int


def find(
    query: str, fields: Sequence[tuple[str, str | None]], printed: tuple[int, str] | None = None
) -> Found | None:
    """Where a query matches a node, None where it does not.

    `fields`: its searchable properties, in their order. `printed`: for a node that stands in a
    report, where it begins there and its text.
    """
    wanted = terms(query)
    for name, text in fields:
        folded = fold_search(text or "")
        if wanted and text and all(term in folded for term in wanted):
            start = folded.index(wanted[0])
            end = start + len(wanted[0])
            span = (start, end) if printed is None else _span_in_report(wanted[0], *printed)
            return Found(name, _snippet(text, start, end), *span)
    return None


def _span_in_report(term: str, offset: int, text: str) -> tuple[int, int]:
    start = fold_search(text).find(term)
    if start < 0:
        return offset, offset + len(text)
    return offset + start, offset + start + len(term)


def _snippet(text: str, start: int, end: int) -> str:
    """The match with some text around it, `…` where text was left out."""
    first, last = max(start - SNIPPET_MARGIN, 0), min(end + SNIPPET_MARGIN, len(text))
    return f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"
