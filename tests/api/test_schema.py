"""The schema against the graph, its printed form, and its words."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType

from gongkai.api.names import CELL, SOURCE, camel
from gongkai.api.schema import graphql_schema, print_schema_text
from gongkai.graph.schema import HOPS, NODES, Label

API = Path(__file__).parents[2] / "api"
SCHEMA = graphql_schema()
OURS = {name: item for name, item in SCHEMA.type_map.items() if not name.startswith("__")}
BUILT_IN = {"ID", "String", "Int", "Float", "Boolean"}

ROOT_FIELDS = [
    "node",
    "check",
    "checks",
    "nodes",
    "agency",
    "agencies",
    "report",
    "reports",
    "policy",
    "policies",
    "channel",
    "channels",
    "category",
    "categories",
    "metric",
    "metrics",
    "region",
    "regions",
    "year",
    "years",
    "observation",
    "observations",
    "search",
    "series",
    "compareYears",
    "rank",
    "aggregate",
    "paths",
    "stats",
]


def fields_of(name: str) -> dict[str, Any]:
    fields: dict[str, Any] = OURS[name].fields  # type: ignore[attr-defined]
    return fields


def test_the_kept_schema_is_the_printed_one() -> None:
    kept = (API / "schema.graphql").read_text(encoding="utf-8")

    assert kept == print_schema_text(), "run `make schema` and review what changed"


def test_every_root_field_of_the_contract_is_there() -> None:
    assert set(ROOT_FIELDS) | {"neighbourhood", "similarAgencies"} == set(fields_of("Query"))


def described() -> Iterator[tuple[str, Any]]:
    for name, item in OURS.items():
        if name in BUILT_IN:
            continue
        yield name, item
        if isinstance(item, GraphQLEnumType):
            yield from ((f"{name}.{value}", it) for value, it in item.values.items())
        elif isinstance(item, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for field, it in item.fields.items():
                yield f"{name}.{field}", it
                arguments = getattr(it, "args", {})
                yield from ((f"{name}.{field}({key}:)", arg) for key, arg in arguments.items())


def test_everything_has_a_description() -> None:
    assert [name for name, item in described() if not item.description] == []


@pytest.mark.parametrize("label", list(Label))
def test_every_property_of_the_graph_is_a_field(label: Label) -> None:
    hidden = {"sort_key"}
    if label is Label.OBSERVATION:
        hidden |= {"as_of", "breakdown", "precedence", *CELL}
    if label is Label.REPORT:
        hidden |= set(SOURCE)

    shown = {camel(item.name) for item in NODES[label].properties if item.name not in hidden}

    assert shown <= set(fields_of(label))


def test_hidden_properties_are_objects_of_their_own() -> None:
    assert set(fields_of("Cell")) == {camel(name) for name in CELL}
    assert {f"source_{name}" for name in fields_of("Source")} == set(SOURCE)


@pytest.mark.parametrize(("label", "name"), list(HOPS))
def test_every_relationship_is_a_field_at_both_ends(label: Label, name: str) -> None:
    field = fields_of(label)[camel(name)]
    hop = HOPS[label, name]
    shown = str(field.type)

    if hop.single:
        assert shown.rstrip("!") == hop.target
    elif (label, name) in {(Label.OBSERVATION, "channels"), (Label.OBSERVATION, "part_of")}:
        assert shown == f"[{hop.target}!]!"
    else:
        assert shown.endswith("Connection!")
        assert ("year" in field.args) is hop.relationship.evidenced
        edge = fields_of(fields_of(shown.rstrip("!"))["edges"].type.of_type.of_type.of_type.name)
        assert {"years", "evidence"} <= set(edge) or not hop.relationship.evidenced


def test_a_condition_stands_for_every_property_and_relationship() -> None:
    for label in Label:
        conditions = set(fields_of(f"{label}Filter"))
        assert {"id", "and", "or", "not"} <= conditions
        assert {camel(name) for owner, name in HOPS if owner is label} <= conditions
