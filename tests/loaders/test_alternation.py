"""Patterns for many words: what they find is what a plain list of the words finds."""

import re

from hypothesis import given
from hypothesis import strategies as st

from gongkai.loaders.alternation import alternation, beginning_with

WORDS = st.lists(st.text("教育部局.[]^-\\", min_size=1, max_size=4), min_size=1, max_size=6)


@given(WORDS, st.text("教育部局.[]^-\\", max_size=30))
def test_the_longest_word_is_found_at_every_place(words: list[str], text: str) -> None:
    plain = "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))
    assert re.findall(alternation(words), text) == re.findall(plain, text)


@given(WORDS, st.text("教育部局.[]^-\\", max_size=30))
def test_looking_ahead_for_the_first_characters_loses_no_word(words: list[str], text: str) -> None:
    every = alternation(words)
    assert re.findall(beginning_with(words) + every, text) == re.findall(every, text)
