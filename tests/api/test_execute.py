"""Operations and their answers, on sample reports in an embedded store."""

import json
import logging
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from graphql import get_introspection_query

from gongkai.api.execute import Executor
from gongkai.api.ide import examples
from gongkai.api.settings import Settings
from gongkai.graph.embedded.connections import open_reader
from gongkai.graph.errors import StoreError
from gongkai.graph.store import GraphStore
from tests.api.conftest import Ask


async def first_ids(ask: Ask, field: str, count: int = 1) -> list[str]:
    found = await ask(f"{{ {field}(first: {count}) {{ nodes {{ id }} }} }}")
    return [node["id"] for node in found["data"][field]["nodes"]]


def codes(response: Any) -> list[str]:
    return [error["extensions"]["code"] for error in response["errors"]]


# --- answers ----------------------------------------------------------------------------------


async def test_an_answer_has_the_shape_of_its_query(ask: Ask) -> None:
    found = await ask(
        """{ z: reports(first: 1, where: { year: { eq: 2016 } }) {
            nodes { title __typename source { format } agency { name } }
            nodes { year }
            totalCount
        } a: __typename }"""
    )

    assert found == {
        "data": {
            "z": {
                "nodes": [
                    {
                        "title": "重庆市2016年政府信息公开工作年度报告",
                        "__typename": "Report",
                        "source": {"format": "markdown"},
                        "agency": {"name": "重庆市人民政府"},
                        "year": 2016,
                    }
                ],
                "totalCount": 1,
            },
            "a": "Query",
        }
    }
    assert list(found["data"]) == ["z", "a"]


async def test_every_figure_has_its_quote(ask: Ask) -> None:
    found = await ask(
        "{ reports { nodes { text observations(first: 500) { nodes { quote start end } } } } }"
    )

    for report in found["data"]["reports"]["nodes"]:
        assert report["observations"]["nodes"]
        for figure in report["observations"]["nodes"]:
            assert report["text"][figure["start"] : figure["end"]] == figure["quote"]


async def test_nodes_come_in_the_order_asked_and_null_where_unknown(ask: Ask) -> None:
    [report] = await first_ids(ask, "reports")
    [agency] = await first_ids(ask, "agencies")

    found = await ask(
        """query ($ids: [ID!]!, $id: ID!) { nodes(ids: $ids) { id __typename } node(id: $id) { id }
            wrong: report(id: $id) { id } none: agency(id: "agency:0") { id } }""",
        {"ids": [report, "nothing:1", agency, report], "id": agency},
    )

    assert found["data"] == {
        "nodes": [
            {"id": report, "__typename": "Report"},
            None,
            {"id": agency, "__typename": "Agency"},
            {"id": report, "__typename": "Report"},
        ],
        "node": {"id": agency},
        "wrong": None,
        "none": None,
    }


async def test_single_nodes_are_found_by_key_code_and_value(ask: Ask) -> None:
    found = await ask(
        '{ region(code: "500000") { name } year(value: 2016) { value } metric(key: "?") { id } }'
    )

    assert found["data"] == {"region": {"name": "重庆市"}, "year": {"value": 2016}, "metric": None}


@pytest.mark.parametrize("size", [1, 7, 50])
async def test_pages_forwards_and_backwards_hold_the_whole_list_once(ask: Ask, size: int) -> None:
    order = "orderBy: [{ field: VALUE, direction: DESC }, { field: MEASURE }]"
    whole = await ask(f"{{ observations(first: 1000, {order}) {{ nodes {{ id }} totalCount }} }}")
    expected = [node["id"] for node in whole["data"]["observations"]["nodes"]][: size * 4]
    assert whole["data"]["observations"]["totalCount"] >= len(expected)

    async def page(arguments: str, cursor: str | None) -> Any:
        name = "after" if "first" in arguments else "before"
        query = f"""query ($cursor: String) {{ observations({arguments}, {name}: $cursor, {order}) {{
            nodes {{ id }} pageInfo {{ startCursor endCursor hasNextPage hasPreviousPage }} }} }}"""
        return (await ask(query, {"cursor": cursor}))["data"]["observations"]

    forward: list[str] = []
    cursor = None
    while len(forward) < len(expected):
        found = await page(f"first: {size}", cursor)
        forward += [node["id"] for node in found["nodes"]]
        cursor = found["pageInfo"]["endCursor"]
    assert forward == expected

    backward: list[str] = []
    cursor = found["pageInfo"]["startCursor"]
    while True:
        found = await page(f"last: {size}", cursor)
        backward = [node["id"] for node in found["nodes"]] + backward
        cursor = found["pageInfo"]["startCursor"]
        if not found["pageInfo"]["hasPreviousPage"]:
            break
    assert backward == expected[:-size]


async def test_edges_carry_years_evidence_and_channels(ask: Ask) -> None:
    found = await ask(
        """{ agencies(where: { published: { some: {} } }, first: 1) { nodes { published(first: 1) {
            edges { cursor years node { name } channels { name }
                evidence { quote start end year report { text year } section { heading } } } } } } }"""
    )

    [agency] = found["data"]["agencies"]["nodes"]
    [edge] = agency["published"]["edges"]
    assert edge["years"]
    assert edge["evidence"]
    for evidence in edge["evidence"]:
        assert evidence["quote"] == evidence["report"]["text"][evidence["start"] : evidence["end"]]
        assert evidence["year"] in edge["years"]


async def test_search_says_what_matched_and_where(ask: Ask) -> None:
    found = await ask(
        """{ search(query: "信箱", first: 3) { totalCount pageInfo { hasNextPage }
            edges { cursor node { node { __typename id } field snippet start end rank } } } }"""
    )

    hits = found["data"]["search"]
    assert hits["totalCount"] > 3
    assert hits["pageInfo"]["hasNextPage"]
    assert len(hits["edges"]) == 3
    assert all("信箱" in edge["node"]["snippet"] for edge in hits["edges"])
    ranks = [edge["node"]["rank"] for edge in hits["edges"]]
    assert ranks == sorted(ranks)


async def test_stats_count_every_label(ask: Ask) -> None:
    found = await ask("{ stats { reports years observations } reports { totalCount } }")

    assert found["data"]["stats"]["reports"] == found["data"]["reports"]["totalCount"] == 3


async def test_a_path_and_a_neighbourhood_are_sub_graphs(ask: Ask) -> None:
    [report] = await first_ids(ask, "reports")
    [year] = await first_ids(ask, "years")

    found = await ask(
        """query ($a: ID!, $b: ID!) {
            paths(from: $a, to: $b, maxLength: 6) { length truncated nodes { id } edges { type head tail } }
            neighbourhood(id: $a, types: [PUBLISHED_BY]) { length nodes { __typename } e: edges { t: type } }
        }""",
        {"a": report, "b": year},
    )

    path = found["data"]["paths"]
    assert [path["nodes"][0]["id"], path["nodes"][-1]["id"]] == [report, year]
    assert len(path["nodes"]) == path["length"] + 1
    assert found["data"]["neighbourhood"] == {
        "length": None,
        "nodes": [{"__typename": "Report"}, {"__typename": "Agency"}],
        "e": [{"t": "PUBLISHED_BY"}],
    }


async def test_the_schema_answers_about_itself(ask: Ask) -> None:
    found = await ask(get_introspection_query(input_value_deprecation=True))
    mixed = await ask(
        """query ($name: String!) { __type(name: $name) { ...t } stats { reports } }
        fragment t on __Type { name kind }""",
        {"name": "Report"},
    )

    assert "errors" not in found
    names = {item["name"] for item in found["data"]["__schema"]["types"]}
    assert {"Query", "Report", "ObservationFilter"} <= names
    assert mixed["data"] == {
        "__type": {"name": "Report", "kind": "OBJECT"},
        "stats": {"reports": 3},
    }


@pytest.mark.parametrize("name", list(examples()))
async def test_every_example_runs(ask: Ask, name: str) -> None:
    assert "errors" not in await ask(examples()[name])


# --- what it costs ----------------------------------------------------------------------------


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The SQL that the store sends while the test runs, without what full text asks itself."""
    sent: list[str] = []

    def heard(sql: str) -> None:
        if not sql.startswith("--") and "'main'." not in sql:
            sent.append(sql)

    def traced(path: Path) -> sqlite3.Connection:
        connection = open_reader(path)
        connection.set_trace_callback(heard)
        return connection

    monkeypatch.setattr("gongkai.graph.embedded.store.open_reader", traced)
    return sent


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("{ reports { nodes { id } } }", 1),
        (
            """{ agencies(first: 5) { totalCount nodes { name
                reports(first: 2, where: { year: { gt: 2000 } }) { totalCount nodes { title
                    observations(first: 3, where: { semantic: { eq: NUMBER } }) { totalCount
                        edges { cursor node { quote metric { name } parts(first: 2) { nodes { id } } } } }
                    cites(first: 2) { edges { years evidence { report { id } } node { issuers { nodes { name } } } } }
                } } } } }""",
            1,
        ),
        ('{ nodes(ids: ["a", "b", "c"]) { id } }', 1),
        (
            '{ search(query: "公开") { totalCount nodes { node { id } } pageInfo { endCursor } } }',
            1,
        ),
        ("{ a: stats { reports agencies } b: years { totalCount } c: __typename }", 2),
        ('{ paths(from: "a", to: "b") { nodes { id } } }', 2),
        ("{ __schema { queryType { name } } __typename }", 0),
    ],
)
async def test_a_root_field_is_one_statement_at_any_depth(
    ask: Ask, statements: list[str], query: str, count: int
) -> None:
    response = await ask(query)

    assert "errors" not in response
    assert len(statements) == count


async def test_a_known_document_is_neither_parsed_nor_validated_again(store: GraphStore) -> None:
    executor = Executor(store, Settings())
    query = "query ($id: ID!) { node(id: $id) { id } }"

    assert executor.prepare(query) is executor.prepare(query)
    assert (await executor.execute(query, {"id": "a"})).data == b'{"node":null}'
    assert (await executor.execute(query)).data is None


# --- errors -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("", "GRAPHQL_PARSE_FAILED"),
        ("{ agencies { } }", "GRAPHQL_PARSE_FAILED"),
        ("{" * 5_000, "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        (
            "{ agencies { nodes { ...a } } } fragment a on Agency { ...a }",
            "GRAPHQL_VALIDATION_FAILED",
        ),
        ("mutation { stats { reports } }", "GRAPHQL_VALIDATION_FAILED"),
        ("query A { __typename } query B { __typename }", "OPERATION_RESOLUTION_FAILURE"),
        ("fragment a on Agency { id }", "GRAPHQL_VALIDATION_FAILED"),
        ("query ($id: ID!) { node(id: $id) { id } }", "BAD_USER_INPUT"),
    ],
)
async def test_a_request_at_fault_has_no_data(ask: Ask, query: str, code: str) -> None:
    response = await ask(query)

    assert "data" not in response
    assert set(codes(response)) == {code}


async def test_the_operation_to_run_is_named(store: GraphStore) -> None:
    executor = Executor(store, Settings())
    query = "query A { a: __typename } query B { b: __typename }"

    assert (await executor.execute(query, None, "B")).data == b'{"b":"Query"}'
    assert (await executor.execute(query, None, "C")).data is None


async def test_a_failed_field_says_where(ask: Ask) -> None:
    response = await ask(
        '{ stats { reports } bad: agencies(after: "nonsense") { totalCount nodes { id } } }'
    )

    assert response["data"] is None
    [error] = response["errors"]
    assert error["extensions"]["code"] == "BAD_CURSOR"
    assert error["path"] == ["bad"]
    assert error["locations"] == [{"line": 1, "column": 21}]


async def test_a_cursor_of_another_order_is_refused(ask: Ask) -> None:
    found = await ask("{ agencies(first: 1) { pageInfo { endCursor } } }")
    cursor = found["data"]["agencies"]["pageInfo"]["endCursor"]

    response = await ask(
        """query ($after: String) {
            agencies(after: $after, orderBy: { field: NAME }) { nodes { id } } }""",
        {"after": cursor},
    )

    assert codes(response) == ["BAD_CURSOR"]


async def test_what_is_unexpected_is_logged_and_masked(
    ask: Ask, store: GraphStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: Any, **__: Any) -> bytes:
        raise ZeroDivisionError("the secret")

    monkeypatch.setattr(store, "answer", broken)
    with caplog.at_level(logging.ERROR):
        response = await ask('{ node(id: "a") { id } }')

    assert response["data"] == {"node": None}
    assert codes(response) == ["INTERNAL"]
    assert "secret" not in json.dumps(response)
    assert "the secret" in caplog.text


async def test_what_is_wrong_with_the_store_is_no_business_of_clients(
    ask: Ask, store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any, **__: Any) -> bytes:
        raise StoreError("/srv/private/gongkai.db: no")

    monkeypatch.setattr(store, "answer", broken)
    response = await ask("{ stats { reports } }")

    assert codes(response) == ["STORE_ERROR"]
    assert "private" not in json.dumps(response)


async def test_an_operation_has_its_time(ask: Ask) -> None:
    slow = (
        "{ "
        + " ".join(f'a{n}: search(query: "公 开 信 息") {{ totalCount }}' for n in range(30))
        + " }"
    )

    response = await ask(slow, settings=Settings(timeout_seconds=0.001))

    assert response["data"] is None
    assert set(codes(response)) == {"TIMEOUT"}
