"""What is said of how much, but is no number to count with: 数十次, 若干份, 翻了一番, thirty digits.

百余 and 近千 are no such words: they are a number, and on which side of it the truth lies.
"""

import re
from collections.abc import Iterator

from .numerals import MOST_DIGITS, UNIT

_IN_WORDS = re.compile(
    rf"(?:数|好?几)[十百千万亿]+[余多]?(?:{UNIT})|若干(?:{UNIT})|数以[十百千万亿]+计|成[十百千]上[百千万](?:{UNIT})?"
    r"|翻(?:了|近|约)?[一二两三四五六七八九十0-9]{0,2}番|成倍(?=增|提|上|下|减)|翻倍"
)
_ENDLESS = re.compile(rf"(?<![0-9.])[0-9]{{{MOST_DIGITS + 1},}}(?:{UNIT})?")


def find_vague(text: str) -> Iterator[tuple[int, int, str]]:
    """Where such words and digits stand, and the reason why they are no figures."""
    for reason, pattern in (("vague", _IN_WORDS), ("absurd", _ENDLESS)):
        for match in pattern.finditer(text):
            yield *match.span(), reason
