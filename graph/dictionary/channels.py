"""The types of channels and the words that name each, from `channels.toml`, which explains them."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple


class ChannelWord(NamedTuple):
    """One entry of the data: `words` are phrases, the other lists say what must stand around them.

    `name`: the canonical name, None for the words themselves. `pattern`: a regular expression in
    place of words. `precedes`: the kind of an account, which may stand
    before its name.
    """

    type: str
    words: tuple[str, ...] = ()
    name: str | None = None
    after: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    pattern: str | None = None
    precedes: bool = False


@cache
def _data() -> dict[str, Any]:
    text = Path(__file__).with_name("channels.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def channel_types() -> dict[str, str]:
    """Every type, with its name in Chinese, in the order of the data."""
    types: dict[str, str] = _data()["types"]
    return types


@cache
def channel_words() -> tuple[ChannelWord, ...]:
    """What names a channel in running text."""
    return tuple(_word(entry) for entry in _data()["word"])


@cache
def account_words() -> tuple[ChannelWord, ...]:
    """What names the kind of an account whose own name stands in quotes beside it."""
    kinds = tuple(_word(entry) for entry in _data()["account"])
    return (*kinds, *(word for word in channel_words() if word.precedes))


def _word(entry: dict[str, Any]) -> ChannelWord:
    fields: dict[str, Any] = {
        key: tuple(_with_digits(value)) if isinstance(value, list) else value
        for key, value in entry.items()
    }
    return ChannelWord(**fields)


def _with_digits(marks: list[str]) -> Iterator[str]:
    for mark in marks:
        yield from "0123456789" if mark == "N" else (mark,)
