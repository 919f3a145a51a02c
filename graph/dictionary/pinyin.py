"""The reading order of a name: an ASCII key, its pinyin, that sorts by code point everywhere.

`pinyin.csv` gives the characters of each syllable; rows of several syllables are words whose
characters are read otherwise than alone (重庆, 会计), and win.
"""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize


class _Readings(NamedTuple):
    characters: dict[int, str]  # code point to " syllable "
    words: dict[str, str]
    word: re.Pattern[str]


@cache
def _readings() -> _Readings:
    characters: dict[int, str] = {}
    words: dict[str, str] = {}
    text = Path(__file__).with_name("pinyin.csv").read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        syllables, _, written = line.partition(",")
        if " " in syllables:
            words[written] = f" {syllables} "
        else:
            characters.update(dict.fromkeys(map(ord, written), f" {syllables} "))
    longest_first = sorted(words, key=len, reverse=True)
    return _Readings(characters, words, re.compile("|".join(map(re.escape, longest_first))))


@lru_cache(maxsize=10_000)
def sort_key(name: str) -> str:
    """Syllables and other words in lower-case ASCII, separated by single spaces.

    A character without a known reading stands as `u` and its code point in hex; punctuation only
    separates.

    >>> sort_key("重庆市2016年报告")
    'chong qing shi 2016 nian bao gao'
    """
    readings = _readings()
    folded = normalize("NFKC", name).casefold()
    spelled = readings.word.sub(lambda match: readings.words[match[0]], folded)
    spelled = spelled.translate(readings.characters)
    ascii_only = (_ascii(character) for character in spelled)
    return " ".join("".join(ascii_only).split())


def _ascii(character: str) -> str:
    if character.isascii():
        return character if character.isalnum() else " "
    base = normalize("NFKD", character)[0]
    if base.isascii() and base.isalnum():
        return base
    return f" u{ord(character):x} " if character.isalnum() else " "
