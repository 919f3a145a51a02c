"""The words of the schema, from `descriptions.toml`."""

import tomllib
from functools import cache
from pathlib import Path

from gongkai.graph.schema import Label


@cache
def _texts() -> dict[str, dict[str, str]]:
    text = Path(__file__).with_name("descriptions.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def of_type(label: Label) -> str:
    return _texts()[label]["type"]


def of_field(label: Label, name: str) -> str:
    # A channel's property `type` yields to the description of the type itself.
    return _texts()[label]["type_" if name == "type" else name]
