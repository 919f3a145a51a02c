"""The tree of disclosed information, from `categories.toml`."""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from gongkai.graph.identity import category_id


class Entry(NamedTuple):
    """`key`: its id in the taxonomy; `words`: what reports say for it, its name included."""

    key: str
    name: str
    name_en: str
    parent: str | None
    words: tuple[str, ...]

    @property
    def id(self) -> str:
        return category_id(self.key)

    @property
    def parent_id(self) -> str | None:
        return None if self.parent is None else category_id(self.parent)


@cache
def entries() -> dict[str, Entry]:
    """Every entry of the taxonomy by its key."""
    text = Path(__file__).with_name("categories.toml").read_text(encoding="utf-8")
    return {
        key: Entry(
            key,
            item["name"],
            item["name_en"],
            item.get("parent"),
            (item["name"], *item["words"]),
        )
        for key, item in tomllib.loads(text).items()
    }


@cache
def by_id() -> dict[str, Entry]:
    return {entry.id: entry for entry in entries().values()}


@cache
def by_word() -> dict[str, Entry]:
    """Every word of the taxonomy to its entry; an entry's own name wins."""
    found = {word: entry for entry in entries().values() for word in entry.words}
    found.update({entry.name: entry for entry in entries().values()})
    return found
