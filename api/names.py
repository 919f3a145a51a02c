"""Names of the graph as GraphQL writes them, and back."""

from functools import cache

from gongkai.graph.schema import NODES, Label

CELL = ("table", "row", "column", "row_path", "column_path")
SOURCE = ("source_name", "source_sha256", "source_format", "source_encoding")

PLURALS: dict[Label, str] = {
    label: f"{label.lower()[:-1]}ies" if label.endswith("y") else f"{label.lower()}s"
    for label in Label
}
"""The root field that lists a label; `sections` is not one (they are reached by their report)."""

GROUPED: dict[tuple[Label, str], tuple[str, ...]] = {
    (Label.OBSERVATION, "cell"): CELL,
    (Label.REPORT, "source"): SOURCE,
}
"""Fields that show some properties of a node as an object of their own."""

LABELS_BY_FIELD: dict[str, Label] = {
    **{label.lower(): label for label in Label},
    **{plural: label for label, plural in PLURALS.items()},
}
"""Root fields (and those of `Stats`) → what they are about."""

LISTS = {(Label.OBSERVATION, "channels"), (Label.OBSERVATION, "part_of")}
"""Relationships that stay short and are plain lists."""

SECOND_NAMES = {(Label.REPORT, "policies"): "cites"}
"""Fields that show a relationship once more."""

_HIDDEN = {"sort_key", "as_of", "breakdown", "precedence", *CELL, *SOURCE}


@cache
def camel(name: str) -> str:
    """
    >>> camel("doc_number")
    'docNumber'
    """
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


@cache
def snake(name: str) -> str:
    """
    >>> snake("docNumber")
    'doc_number'
    """
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)


def shown_properties(label: Label) -> list[str]:
    """The properties that are fields of the label's type (`table` of a section is not one)."""
    return [item.name for item in NODES[label].properties if item.name not in _HIDDEN]


def graph_name(label: Label, field: str) -> str:
    """The property or relationship behind a field."""
    return SECOND_NAMES.get((label, field)) or snake(field)
