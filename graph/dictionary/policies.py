"""Well-known policies: short names, numbers cited alone, prefixes of document numbers."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def _data() -> dict[str, dict[str, str]]:
    text = Path(__file__).with_name("policies.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def short_names() -> dict[str, str]:
    """A short name to the full title."""
    return _data()["short"]


def titles_of_numbers() -> dict[str, str]:
    """A document number to the title it stands for."""
    return _data()["numbers"]


def issuers_of_titles() -> dict[str, str]:
    """A title, or its end, that names no issuer to the name of the body that issued it."""
    return _data()["issuers_of_titles"]


def provinces_by_character() -> dict[str, str]:
    """The character of a province in document numbers (皖) to its code."""
    return _data()["provinces"]


def issuers_of_prefixes() -> dict[str, str]:
    """The prefix of a document number to the name of the body that issues under it."""
    return _data()["issuers"]
