"""Where a text names a kind of channel: the words of `channels.toml`, all sought at once."""

import re
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick

from gongkai.graph.dictionary.channels import ChannelWord, account_words, channel_words

from .phrases import wordings


class Names:
    """Finds the words of some entries; of several that fit at one place the longest wins."""

    def __init__(self, entries: tuple[ChannelWord, ...]) -> None:
        named = [
            (wording, word)
            for word in entries
            for phrase in word.words
            for wording in wordings(phrase)
        ]
        self._words = [word for _, word in named]
        self._automaton = AhoCorasick([wording for wording, _ in named])
        self._longest = max(len(wording) for wording, _ in named)
        self._patterns = [(re.compile(word.pattern), word) for word in entries if word.pattern]

    def at(self, text: str, start: int) -> tuple[int, ChannelWord] | None:
        """Where the longest name that starts there ends, and what it names."""
        for first, end, word in self.all(text, start, min(start + self._longest, len(text))):
            return (end, word) if first == start else None
        return None

    def all(
        self, text: str, first: int = 0, last: int | None = None
    ) -> list[tuple[int, int, ChannelWord]]:
        """Every name between the two places, in order; none overlaps another."""
        last = len(text) if last is None else last
        found: list[tuple[int, int, ChannelWord]] = []
        for start, end, word in sorted(
            self._candidates(text, first, last), key=lambda item: (item[0], -item[1])
        ):
            if not found or start >= found[-1][1]:
                found.append((start, end, word))
        return found

    def _candidates(
        self, text: str, first: int, last: int
    ) -> Iterator[tuple[int, int, ChannelWord]]:
        within = text[first:last]
        for place, start, end in self._automaton.find_matches_as_indexes(within, overlapping=True):
            if _fits(self._words[place], text, first + start, first + end):
                yield first + start, first + end, self._words[place]
        for pattern, word in self._patterns:
            for match in pattern.finditer(text, first, last):
                yield match.start(), match.end(), word


def _fits(word: ChannelWord, text: str, start: int, end: int) -> bool:
    return (
        (not word.after or text.endswith(word.after, 0, start))
        and not (word.not_after and text.endswith(word.not_after, 0, start))
        and (not word.before or text.startswith(word.before, end))
        and not (word.not_before and text.startswith(word.not_before, end))
    )


@cache
def channel_names() -> Names:
    """Names of channels in running text."""
    return Names(channel_words())


@cache
def account_kinds() -> Names:
    """Kinds of accounts, behind a name in quotes."""
    return Names(account_words())


@cache
def leading_account_kinds() -> Names:
    """Kinds of accounts that may stand before the name in quotes."""
    return Names(tuple(word for word in account_words() if word.precedes))
