"""Inputs of lists: `where` and `orderBy` of every label, made from `graph.schema`."""

from enum import Enum
from typing import Any

import strawberry

from gongkai.graph.schema import HOPS, NODES, Label, Type

from . import descriptions
from .names import CELL, shown_properties
from .types import ENUMS

_FILTERABLE = {Type.STRING, Type.INT, Type.NUMBER, Type.DATE, Type.BOOLEAN}


def _input(name: str, description: str, fields: dict[str, tuple[Any, str]]) -> Any:
    """An input type; every field is optional."""
    body: dict[str, Any] = {
        python_name: strawberry.field(
            default=strawberry.UNSET, description=text, name=_RESERVED.get(python_name)
        )
        for python_name, (_, text) in fields.items()
    }
    body["__annotations__"] = {name: annotation for name, (annotation, _) in fields.items()}
    body["__module__"] = __name__
    return strawberry.input(type(name, (), body), description=description)


_RESERVED = {"and_": "and", "or_": "or", "not_": "not", "in_": "in"}


def _comparisons(name: str, of: str, annotation: str, *, ordered: bool, textual: bool) -> Any:
    fields: dict[str, tuple[Any, str]] = {
        "eq": (f"{annotation} | None", "Equal to this."),
        "in_": (f"list[{annotation}] | None", "One of these."),
        "is_null": ("bool | None", "Null (true) or not null (false)."),
    }
    if textual:
        fields["contains"] = (f"{annotation} | None", "Contains this, by code point.")
        fields["starts_with"] = (f"{annotation} | None", "Begins with this, by code point.")
    if ordered:
        fields["gt"] = (f"{annotation} | None", "Greater than this.")
        fields["gte"] = (f"{annotation} | None", "This or greater.")
        fields["lt"] = (f"{annotation} | None", "Less than this.")
        fields["lte"] = (f"{annotation} | None", "This or less.")
    return _input(name, f"Conditions on {of}; all that are given must hold.", fields)


IDFilter = _comparisons("IDFilter", "an id", "strawberry.ID", ordered=False, textual=False)
StringFilter = _comparisons("StringFilter", "a text", "str", ordered=True, textual=True)
IntFilter = _comparisons("IntFilter", "a whole number", "int", ordered=True, textual=False)
FloatFilter = _comparisons("FloatFilter", "a number", "float", ordered=True, textual=False)
BooleanFilter = _comparisons("BooleanFilter", "a truth value", "bool", ordered=False, textual=False)

for _enum in dict.fromkeys(ENUMS.values()):
    globals()[_enum.__name__] = _enum
    _name = f"{_enum.__name__}Filter"
    globals()[_name] = _comparisons(
        _name, f"a {_enum.__name__.lower()}", _enum.__name__, ordered=False, textual=False
    )

DimensionValueFilter = _input(
    "DimensionValueFilter",
    "Conditions on the value of a dimension; all that are given must hold.",
    {"eq": ("str | None", "Equal to this."), "in_": ("list[str] | None", "One of these.")},
)
DimensionFilter = _input(
    "DimensionFilter",
    "A dimension of a figure, such as applicant: natural-person.",
    {
        "name": ("str", "The dimension's name."),
        "value": ("DimensionValueFilter", "What its value is."),
    },
)

_FILTERS = {
    Type.STRING: "StringFilter",
    Type.DATE: "StringFilter",
    Type.INT: "IntFilter",
    Type.NUMBER: "FloatFilter",
    Type.BOOLEAN: "BooleanFilter",
}


@strawberry.enum(description="Upward or downward; nulls come last either way.")
class OrderDirection(Enum):
    ASC = strawberry.enum_value("ASC", description="From the smallest to the largest.")
    DESC = strawberry.enum_value("DESC", description="From the largest to the smallest.")


def _described(label: Label, name: str) -> str:
    return _CELL_TEXTS[name] if name in CELL else descriptions.of_field(label, name)


_CELL_TEXTS = {
    "table": "Which table of the document, from 0.",
    "row": "The row of its cell, from 0.",
    "column": "The column of its cell, from 0.",
}


def _filter(label: Label) -> Any:
    own = f"{label}Filter"
    fields: dict[str, tuple[Any, str]] = {"id": ("IDFilter | None", "By id.")}
    names = shown_properties(label)
    if label is Label.OBSERVATION:
        names += _CELL_TEXTS
    for name in names:
        kind = NODES[label].property(name).type
        enum = ENUMS.get((label, name))
        if enum is not None:
            fields[name] = (f"{enum.__name__}Filter | None", _described(label, name))
        elif kind in _FILTERABLE:
            fields[name] = (f"{_FILTERS[kind]} | None", _described(label, name))
    if label is Label.OBSERVATION:
        fields["dimensions"] = ("list[DimensionFilter] | None", "By dimensions; all must hold.")
    for (owner, name), hop in HOPS.items():
        if owner is label and hop.single:
            fields[name] = (f"{hop.target}Filter | None", _described(label, name))
        elif owner is label:
            kind_of = "Evidenced" if hop.relationship.evidenced else ""
            fields[name] = (f"{hop.target}{kind_of}RelationFilter | None", _described(label, name))
    fields["and_"] = (f"list[{own}] | None", "All of these hold.")
    fields["or_"] = (f"list[{own}] | None", "At least one of these holds.")
    fields["not_"] = (f"{own} | None", "This does not hold.")
    return _input(own, f"Conditions on {label}; all that are given must hold.", fields)


def _relation_filter(label: Label, *, evidenced: bool) -> Any:
    fields = {
        "some": (f"{label}Filter | None", "At least one related node meets this."),
        "none": (f"{label}Filter | None", "No related node meets this."),
    }
    if evidenced:
        fields["year"] = ("int | None", "Only relations with evidence from this year.")
    kind = "Evidenced" if evidenced else ""
    text = f"Conditions on related {label} nodes{', and when they were' if evidenced else ''}."
    return _input(f"{label}{kind}RelationFilter", text, fields)


def _order(label: Label) -> tuple[Any, Any]:
    names = [
        name for name in shown_properties(label) if NODES[label].property(name).type in _FILTERABLE
    ]
    members = {
        name.upper(): strawberry.enum_value(name, description=descriptions.of_field(label, name))
        for name in names
        if name != "text"
    }
    members["ID"] = strawberry.enum_value("id", description="By id: no meaning, but stable.")
    members["READING_ORDER"] = strawberry.enum_value(
        "sort_key", description="As a reader expects: names by pinyin, figures by place."
    )
    if "sort_key" not in {item.name for item in NODES[label].properties}:
        del members["READING_ORDER"]
    enum_name = f"{label}OrderField"
    made: Any = Enum(enum_name, members)  # type: ignore[misc]
    field_enum = strawberry.enum(made, description=f"What {label} lists may be sorted by.")
    field_enum.__module__ = __name__
    body: dict[str, Any] = {
        "direction": strawberry.field(
            default=OrderDirection.ASC, description="Upward unless told."
        ),
        "field": strawberry.field(description="What to sort by."),
        "__annotations__": {"field": enum_name, "direction": "OrderDirection"},
        "__module__": __name__,
    }
    order = strawberry.input(
        type(f"{label}Order", (), body), description=f"A sort key of {label} lists."
    )
    return field_enum, order


for _label in Label:
    globals()[f"{_label}OrderField"], globals()[f"{_label}Order"] = _order(_label)
    globals()[f"{_label}Filter"] = _filter(_label)
    globals()[f"{_label}RelationFilter"] = _relation_filter(_label, evidenced=False)
    globals()[f"{_label}EvidencedRelationFilter"] = _relation_filter(_label, evidenced=True)
