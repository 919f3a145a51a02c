"""The identities as data (`rules.toml`), read once."""

import tomllib
from functools import cache
from importlib import resources

import msgspec


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One identity; `rules.toml` says what each field means."""

    id: str
    name: str
    name_zh: str
    forms: tuple[str, ...]
    left: tuple[str, ...]
    right: tuple[str, ...]
    relation: str = "equal"
    each: str | None = None
    procedure: str | None = None
    optional: tuple[str, ...] = ()
    soft: str | None = None
    source: str

    @property
    def at_most(self) -> bool:
        return self.relation == "at-most"


@cache
def rules() -> tuple[Rule, ...]:
    text = resources.files(__package__).joinpath("rules.toml").read_text("utf-8")
    entries = [{"id": id, **entry} for id, entry in tomllib.loads(text).items()]
    return tuple(msgspec.convert(entries, list[Rule]))


@cache
def rules_of(form: str) -> tuple[Rule, ...]:
    """The rules between the cells of a form, by the year of its notice."""
    return tuple(rule for rule in rules() if form in rule.forms)
