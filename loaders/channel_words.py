"""Where a text names a kind of channel: the words of `channels.toml`, looked up by first character."""

import re
from collections.abc import Iterator
from functools import cache

from gongkai.graph.dictionary.channels import ChannelWord, account_words, channel_words

from .phrases import wordings

_DIGITS = tuple("0123456789")


class Names:
    """Finds the words of some entries; of several that fit at one place the longest wins."""

    def __init__(self, entries: tuple[ChannelWord, ...]) -> None:
        self._meant: dict[str, list[ChannelWord]] = {}
        self._lengths: dict[str, list[int]] = {}  # by first character, longest first
        self._patterns = [(re.compile(word.pattern), word) for word in entries if word.pattern]
        for word in entries:
            for phrase in word.words:
                for wording in wordings(phrase):
                    self._meant.setdefault(wording, []).append(_with_digits(word))
        for wording in sorted(self._meant, key=len, reverse=True):
            lengths = self._lengths.setdefault(wording[0], [])
            if len(wording) not in lengths:
                lengths.append(len(wording))
        self._heads = re.compile(f"[{re.escape(''.join(self._lengths))}]")

    def at(self, text: str, start: int) -> tuple[int, ChannelWord] | None:
        """Where the longest name that starts there ends, and what it names."""
        for length in self._lengths.get(text[start : start + 1], ()):
            name = text[start : start + length]
            end = start + len(name)
            for word in self._meant.get(name, ()):
                if _fits(word, text, start, end):
                    return end, word
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
        for head in self._heads.finditer(text, first, last):
            named = self.at(text, head.start())
            if named and named[0] <= last:
                yield head.start(), *named
        for pattern, word in self._patterns:
            for match in pattern.finditer(text, first, last):
                yield match.start(), match.end(), word


def _with_digits(word: ChannelWord) -> ChannelWord:
    if "N" not in word.before:
        return word
    return word._replace(before=tuple(mark for mark in word.before if mark != "N") + _DIGITS)


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
