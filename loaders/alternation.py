"""Many words as one regular expression that tries few of them at each place."""

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
