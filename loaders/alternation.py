"""Regular expressions for many words, made so that little is tried at each place of a text."""

import re
from collections.abc import Iterable


def alternation(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first, grouped by their first character.

    >>> alternation(["教育部", "教育局", "财政部"])
    '(?:教(?:育部|育局)|财(?:政部))'
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        groups.setdefault(word[0], []).append(re.escape(word[1:]))
    if not groups:
        return "(?!)"
    return "(?:" + "|".join(f"{re.escape(a)}(?:{'|'.join(b)})" for a, b in groups.items()) + ")"


def beginning_with(words: Iterable[str]) -> str:
    """A look-ahead for the first characters of the words: most places of a text fail it at once.

    >>> beginning_with(["教育部", "教育局", "财政部"])
    '(?=[教财])'
    """
    return f"(?=[{''.join(map(re.escape, sorted({word[0] for word in words})))}])"
