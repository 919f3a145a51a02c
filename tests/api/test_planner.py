"""Operations and the plans they become."""

from typing import Any

import pytest
from graphql import (
    FragmentDefinitionNode,
    GraphQLError,
    OperationDefinitionNode,
    get_variable_values,
    parse,
)

from gongkai.api.planner import Planner
from gongkai.api.schema import graphql_schema
from gongkai.api.selections import Selections
from gongkai.api.settings import Settings
from gongkai.graph.plan import (
    All,
    ById,
    ByIds,
    ByKey,
    Compare,
    Connection,
    Cursor,
    Dimension,
    EdgeNode,
    Edges,
    Either,
    Entries,
    Evidence,
    EvidenceNode,
    EvidenceValue,
    Grouped,
    HitNode,
    HitObject,
    Hits,
    HitValue,
    Literal,
    Nodes,
    Not,
    One,
    Op,
    Order,
    Page,
    PageField,
    PageInfo,
    Related,
    Search,
    Several,
    Shape,
    Stats,
    Through,
    TotalCount,
    Value,
    Variants,
    Years,
)
from gongkai.graph.schema import HOPS, NODES, Label

L = Label


def plan(query: str, variables: dict[str, Any] | None = None) -> Any:
    """The plan of an operation's only root field."""
    document = parse(query)
    operation = document.definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    schema = graphql_schema()
    values = get_variable_values(schema, operation.variable_definitions or (), variables or {})
    assert not isinstance(values, list)
    fragments = {
        item.name.value: item
        for item in document.definitions
        if isinstance(item, FragmentDefinitionNode)
    }
    selections = Selections(fragments, values)
    [(key, fields)] = selections.of(operation.selection_set).items()
    return Planner(schema, selections, values, Settings()).root(key, fields)


def test_a_list_becomes_a_connection() -> None:
    asked = plan("{ observations(first: 3) { nodes { value } totalCount } }")

    assert asked == Connection(
        key="observations",
        label=L.OBSERVATION,
        parts=(
            Nodes("nodes", Shape(L.OBSERVATION, (Value("value", "value"),))),
            TotalCount("totalCount"),
        ),
        page=Page(3),
        order=(),
    )


def test_response_keys_are_aliases_and_properties_are_the_graphs() -> None:
    asked = plan('{ p: policy(id: "policy:1") { number: docNumber t: __typename } }')

    assert asked == ById(
        "policy:1",
        Variants((Shape(L.POLICY, (Value("number", "doc_number"), Literal("t", "Policy"))),)),
    )


def test_selections_of_one_key_are_merged() -> None:
    asked = plan(
        """{ report(id: "r") { agency { name } ...more agency { ... on Agency { level } } } }
        fragment more on Report { agency { id } }"""
    )

    [shape] = asked.variants.shapes
    assert shape.items == (
        One(
            "agency",
            HOPS[L.REPORT, "agency"],
            Shape(L.AGENCY, (Value("name", "name"), Value("id", "id"), Value("level", "level"))),
        ),
    )


def test_skip_and_include_are_obeyed() -> None:
    asked = plan(
        """query ($no: Boolean!) { year(value: 2016) {
            id @include(if: $no) value ... @skip(if: true) { id } ...f @include(if: $no) } }
        fragment f on Year { id }""",
        {"no": False},
    )

    assert asked == ByKey("value", 2016, Shape(L.YEAR, (Value("value", "value"),)))


def test_a_node_of_any_label_takes_the_fragments_on_its_own() -> None:
    asked = plan('{ nodes(ids: ["a", "b"]) { id ... on Year { value } ... on Node { n: id } } }')

    assert isinstance(asked, ByIds)
    assert asked.ids == ("a", "b")
    shapes = {shape.label: shape.items for shape in asked.variants.shapes}
    assert shapes[L.YEAR] == (Value("id", "id"), Value("value", "value"), Value("n", "id"))
    assert shapes[L.AGENCY] == (Value("id", "id"), Value("n", "id"))
    assert len(shapes) == len(Label)


def test_objects_within_a_node() -> None:
    asked = plan(
        """{ observation(id: "o") { cell { r: rowPath } dimensions { name } channels { name }
            partOf { id } report { source { sha256 } } } }"""
    )

    [shape] = asked.variants.shapes
    hop = HOPS[L.OBSERVATION, "report"]
    assert shape.items == (
        Grouped("cell", (Value("r", "row_path"),), present="table"),
        Entries("dimensions", "dimensions", (Value("name", "name"),)),
        Several(
            "channels", HOPS[L.OBSERVATION, "channels"], Shape(L.CHANNEL, (Value("name", "name"),))
        ),
        Several(
            "partOf", HOPS[L.OBSERVATION, "part_of"], Shape(L.OBSERVATION, (Value("id", "id"),))
        ),
        One(
            "report",
            hop,
            Shape(
                L.REPORT,
                (Grouped("source", (Value("sha256", "source_sha256"),), present="source_name"),),
            ),
        ),
    )


def test_an_evidenced_connection() -> None:
    asked = plan(
        """{ agency(id: "a") { published(year: 2016, last: 2, before: "c") {
            edges { cursor years node { id } channels(year: 2015) { id }
                evidence(year: 2016) { __typename quote report { id } section { id } } }
            pageInfo { more: hasPreviousPage } } } }"""
    )

    [shape] = asked.variants.shapes
    just_id = (Value("id", "id"),)
    assert shape.items == (
        Connection(
            key="published",
            label=L.CATEGORY,
            parts=(
                Edges(
                    "edges",
                    (
                        Cursor("cursor"),
                        Years("years"),
                        EdgeNode("node", Shape(L.CATEGORY, just_id)),
                        Through("channels", Shape(L.CHANNEL, just_id), 2015),
                        Evidence(
                            "evidence",
                            (
                                Literal("__typename", "Evidence"),
                                EvidenceValue("quote", "quote"),
                                EvidenceNode("report", Shape(L.REPORT, just_id)),
                                EvidenceNode("section", Shape(L.SECTION, just_id)),
                            ),
                            2016,
                        ),
                    ),
                ),
                PageInfo("pageInfo", (("more", PageField.HAS_PREVIOUS),)),
            ),
            page=Page(2, backward=True, before="c"),
            order=(),
            hop=HOPS[L.AGENCY, "published"],
            year=2016,
        ),
    )


def test_policies_of_a_report_are_what_it_cites() -> None:
    asked = plan('{ report(id: "r") { policies { totalCount } } }')

    [item] = asked.variants.shapes[0].items
    assert isinstance(item, Connection)
    assert item.hop == HOPS[L.REPORT, "cites"]


def test_conditions() -> None:
    asked = plan(
        """query ($where: ObservationFilter) { observations(where: $where) { totalCount } }""",
        {
            "where": {
                "qualifier": {"in": ["OVER", "EXACT"]},
                "value": {"gte": 3},
                "agency": {"name": {"startsWith": "重庆"}},
                "channels": {"none": {"type": {"eq": "weibo"}}},
                "dimensions": [{"name": "applicant", "value": {"eq": "total"}}],
                "or": [{"unit": {"isNull": True}}, {"table": {"eq": 0}}],
                "not": {"quote": {"contains": "万"}},
            }
        },
    )

    assert set(asked.where.parts) == {
        Compare("qualifier", Op.IN, ("OVER", "EXACT")),
        Compare("value", Op.GTE, 3.0),
        Related(HOPS[L.OBSERVATION, "agency"], Compare("name", Op.STARTS_WITH, "重庆")),
        Related(HOPS[L.OBSERVATION, "channels"], Compare("type", Op.EQ, "weibo"), none=True),
        Dimension("applicant", Op.EQ, "total"),
        Either((Compare("unit", Op.IS_NULL, True), Compare("table", Op.EQ, 0))),
        Not(Compare("quote", Op.CONTAINS, "万")),
    }


def test_a_relation_may_be_asked_of_one_year() -> None:
    asked = plan("{ agencies(where: { published: { year: 2016 } }) { totalCount } }")

    assert asked.where == Related(HOPS[L.AGENCY, "published"], None, year=2016)


def test_an_empty_condition_holds_for_all() -> None:
    assert plan("{ agencies(where: {}) { totalCount } }").where == All(())


def test_orders() -> None:
    asked = plan(
        """{ observations(orderBy: [{ field: VALUE, direction: DESC }, { field: READING_ORDER }]) {
            totalCount } }"""
    )

    assert asked.order == (Order("value", descending=True), Order("sort_key"))


def test_a_search() -> None:
    asked = plan(
        """{ search(query: "信箱", types: [CHANNEL, REPORT], first: 5) {
            edges { cursor node { snippet node { id } } } nodes { rank } totalCount } }"""
    )

    variants = Variants(tuple(Shape(label, (Value("id", "id"),)) for label in Label))
    assert asked == Search(
        key="search",
        query="信箱",
        labels=(L.REPORT, L.CHANNEL),
        page=Page(5),
        parts=(
            Hits(
                "edges",
                (
                    Cursor("cursor"),
                    HitObject("node", (HitValue("snippet", "snippet"), HitNode("node", variants))),
                ),
            ),
            Hits("nodes", (HitValue("rank", "rank"),)),
            TotalCount("totalCount"),
        ),
    )


def test_a_search_without_types_looks_at_every_label_with_text() -> None:
    labels = plan('{ search(query: "x") { totalCount } }').labels

    assert labels == tuple(label for label in Label if NODES[label].names)


def test_stats() -> None:
    asked = plan("{ stats { a: agencies __typename } }")

    assert asked == Stats((("a", L.AGENCY), Literal("__typename", "Stats")))


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{ agencies(first: -1) { totalCount } }", "BAD_USER_INPUT"),
        ("{ agencies(first: 1, last: 1) { totalCount } }", "FIRST_WITH_LAST"),
        ("{ agencies(first: 1001) { totalCount } }", "PAGE_TOO_LARGE"),
        ("{ agencies(last: 1001) { totalCount } }", "PAGE_TOO_LARGE"),
        ("{ metric { id } }", "BAD_USER_INPUT"),
        ('{ metric(id: "a", key: "b") { id } }', "BAD_USER_INPUT"),
        ("{ agencies(where: { name: { eq: null } }) { totalCount } }", "BAD_USER_INPUT"),
        ("{ agencies(where: { name: null }) { totalCount } }", "BAD_USER_INPUT"),
        ("{ agencies(where: { region: null }) { totalCount } }", "BAD_USER_INPUT"),
        ("{ agencies(where: { reports: { some: null } }) { totalCount } }", "BAD_USER_INPUT"),
        ('{ search(query: "a", types: []) { totalCount } }', "BAD_USER_INPUT"),
        ('{ search(query: "a", types: [YEAR]) { totalCount } }', "BAD_USER_INPUT"),
        ('{ search(query: "\\u0000") { totalCount } }', "BAD_USER_INPUT"),
    ],
)
def test_what_cannot_be_planned_is_refused(query: str, code: str) -> None:
    with pytest.raises(GraphQLError) as refused:
        plan(query)

    assert (refused.value.extensions or {})["code"] == code
