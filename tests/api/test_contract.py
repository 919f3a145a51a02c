"""The contract from outside: the commands as programs run them, and a real server over HTTP."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from gongkai.loaders.load import SAMPLES
from tests.api.servers import Server, serving

CHONGQING = SAMPLES / "chongqing-2016.md"


def run(*arguments: object, status: int = 0) -> tuple[str, str]:
    """Standard output and standard error of a command that must end with `status`."""
    done = subprocess.run(
        [sys.executable, "-m", "gongkai.api.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stderr
    return done.stdout, done.stderr


@pytest.fixture(scope="module")
def extract() -> Any:
    return json.loads(run("extract", CHONGQING, "--json")[0])


@pytest.fixture(scope="module")
def server(loaded: Path) -> Iterator[Server]:
    with serving(loaded) as running:
        yield running


@pytest.fixture
def ask(server: Server) -> Any:
    def asked(query: str, **variables: Any) -> Any:
        sent = {"query": query, "variables": variables}
        return httpx.post(f"{server.address}/graphql", json=sent, timeout=30).json()

    return asked


def code_of(response: Any) -> str:
    assert "data" not in response
    return str(response["errors"][0]["extensions"]["code"])


# --- gongkai extract --json -------------------------------------------------------------------

FIELDS = {
    "report": "id title agency region year published template language source text",
    "sections": "id heading path start end",
    "observations": "id metric measure value upper unit qualifier semantic kind year agency scope"
    " channel category section dimensions cell part_of confidence quote start end",
    "policies": "id title doc_number issuer quote start end",
    "agencies": "id name level region mentions",
    "channels": "id name type owner mentions",
    "categories": "id name parent mentions",
    "relations": "type head tail year evidence",
    "unplaced": "quote start end reason",
    "warnings": "code message",
}


@pytest.mark.parametrize("name", FIELDS)
def test_every_entry_of_an_extract_has_the_fields_of_the_contract(extract: Any, name: str) -> None:
    entries = [extract[name]] if name == "report" else extract[name]

    assert entries or name == "warnings"
    for entry in entries:
        assert set(FIELDS[name].split()) <= set(entry)


def test_a_report_names_its_agency_region_and_source(extract: Any) -> None:
    report = extract["report"]

    assert {"id", "name", "level"} <= set(report["agency"])
    assert set(report["region"]) == {"code", "name"}
    assert report["region"]["code"] == "500000"
    assert {"name", "sha256", "format", "encoding"} <= set(report["source"])
    assert report["source"]["name"] == CHONGQING.name


def test_the_words_of_an_observation_are_those_of_the_contract(extract: Any) -> None:
    allowed = {
        "qualifier": {"EXACT", "OVER", "UNDER", "ABOUT"},
        "semantic": {"NUMBER", "ZERO", "BLANK", "NOT_APPLICABLE", "TEXT"},
        "kind": {"COUNT", "MONEY", "RATE", "CHANGE"},
        "scope": {"AGENCY", "JURISDICTION"},
    }
    for figure in extract["observations"]:
        assert {name: figure[name] for name in allowed if figure[name] not in allowed[name]} == {}
        assert figure["metric"]
        assert figure["dimensions"] == {} or figure["cell"] is not None
    assert len({figure["confidence"] for figure in extract["observations"]}) <= 4
    assert {relation["type"] for relation in extract["relations"]} >= {
        "PUBLISHED",
        "USES",
        "CITES",
    }


def test_a_cell_says_where_it_stands() -> None:
    found = json.loads(run("extract", SAMPLES / "suqian-2023.html", "--json")[0])
    cells = [figure["cell"] for figure in found["observations"] if figure["cell"]]

    assert cells
    for cell in cells:
        assert set(cell) == {"table", "row", "column", "row_path", "column_path"}
        assert all(isinstance(text, str) for text in cell["row_path"] + cell["column_path"])


# --- the command line ---------------------------------------------------------------------------


def test_standard_output_carries_the_answer_only(tmp_path: Path) -> None:
    store = tmp_path / "reports.db"
    empty = tmp_path / "empty.md"
    empty.touch()

    loaded, _ = run("load", CHONGQING, empty, "--store", store, "--json", status=1)
    assert set(json.loads(loaded)) == {"loaded", "refused"}
    assert set(json.loads(loaded)["loaded"][0]) == {"path", "report", "title", "counts", "warnings"}
    assert set(json.loads(loaded)["refused"][0]) == {"path", "code", "message"}

    lines = run("export", "--store", store)[0].splitlines()
    assert all(json.loads(line) for line in lines)

    report = json.loads(loaded)["loaded"][0]["report"]
    removed, said = run("remove", report, "--store", store)
    assert removed == ""
    assert report in said
    assert run("export", "--store", store)[0] == ""


def test_an_export_holds_no_path_of_the_machine_and_no_time_of_loading(tmp_path: Path) -> None:
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / CHONGQING.name).write_bytes(CHONGQING.read_bytes())
        run("load", tmp_path / folder, "--store", tmp_path / f"{folder}.db")

    one, _ = run("export", "--store", tmp_path / "one.db")

    assert one == run("export", "--store", tmp_path / "other.db")[0]
    assert str(tmp_path) not in one


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract", "{absent}", "--json"],
        ["extract", "{absent}"],
        ["export", "--store", "{absent}"],
        ["reports", "--store", "{absent}", "--json"],
        ["remove", "report:0", "--store", "{absent}"],
    ],
)
def test_what_cannot_be_done_has_status_one_and_one_message(
    tmp_path: Path, arguments: list[str]
) -> None:
    absent = str(tmp_path / "absent")
    said = run(*[item.format(absent=absent) for item in arguments], status=1)[1]

    assert len(said.splitlines()) == 1
    assert "absent" in said


@pytest.mark.parametrize(
    "arguments",
    [["no-such-command"], ["load"], ["extract"], ["remove"], ["load", "--no-such-option", "x"]],
)
def test_wrong_usage_has_status_two_and_says_nothing_on_standard_output(
    arguments: list[str],
) -> None:
    assert run(*arguments, status=2)[0] == ""


def test_the_store_may_be_named_in_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_STORE", str(tmp_path / "named.db"))
    run("load", CHONGQING)

    assert len(json.loads(run("reports", "--json")[0])["reports"]) == 1
    assert (tmp_path / "named.db").exists()


# --- GraphQL --------------------------------------------------------------------------------------

SHAPES = {
    "Report": "text sections observations policies cites agencies",
    "Observation": "report section metric agency channels category parts partOf year quote start end"
    " cell dimensions value upper unit qualifier semantic kind scope measure confidence",
    "Policy": "title docNumber issuers implements implementedBy citedBy",
    "Agency": "name level reports observations published uses issued region parent children",
    "Category": "name publishers carriedBy parent children",
    "Channel": "name type users carries owner observations",
}
ROOTS = (
    "node nodes agency agencies report reports policy policies channel channels category categories"
    " metric metrics region regions year years observation observations search paths stats"
)


def test_types_have_the_fields_that_programs_rely_on(ask: Any) -> None:
    query = "query ($name: String!) { __type(name: $name) { fields { name } } }"
    for name, fields in {**SHAPES, "Query": ROOTS}.items():
        found = ask(query, name=name)["data"]["__type"]["fields"]
        assert set(fields.split()) - {field["name"] for field in found} == set(), name


def test_derived_edges_have_years_and_evidence_at_both_ends(ask: Any) -> None:
    edge = (
        "edges { years evidence { quote start end report { id text } section { id } } node { id } }"
    )
    answer = ask(
        f"{{ agencies(first: 100) {{ nodes {{ published {{ {edge} }} uses {{ {edge} }} }} }}"
        f" categories(first: 100) {{ nodes {{ publishers {{ {edge} }} carriedBy {{ {edge} }} }} }}"
        f" channels(first: 100) {{ nodes {{ users {{ {edge} }} carries {{ {edge} }} }} }} }}"
    )["data"]

    ways = {"published", "uses", "publishers", "carriedBy", "users", "carries"}
    seen = set()
    for kind in answer.values():
        for node in kind["nodes"]:
            for way, connection in node.items():
                for found in connection["edges"]:
                    seen.add(way)
                    assert found["years"]
                    for item in found["evidence"]:
                        text = item["report"]["text"]
                        assert text[item["start"] : item["end"]] == item["quote"]
    assert seen == ways


def test_an_unknown_id_is_null_in_its_place(ask: Any) -> None:
    answer = ask("{ known: years(first: 1) { nodes { id } } }")["data"]
    known = answer["known"]["nodes"][0]["id"]

    found = ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=["year:x", known, "?"])

    assert found == {"data": {"nodes": [None, {"id": known}, None]}}


REFUSED = {
    "TOO_MANY_ALIASES": "{ " + " ".join(f"a{n}: __typename" for n in range(61)) + " }",
    "TOO_MANY_FIELDS": "{ stats { " + "reports " * 500 + "} }",
    "TOO_MANY_OPERATIONS": " ".join(f"query Q{n} {{ __typename }}" for n in range(21)),
    "TOO_DEEP": "{ agency(id: 1) " + "{ parent " * 19 + "{ id }" + " }" * 20,
    "TOO_MANY_IDS": "{ nodes(ids: [" + '"a" ' * 2_001 + "]) { id } }",
    "FIRST_WITH_LAST": "{ years(first: 1, last: 1) { totalCount } }",
    "PAGE_TOO_LARGE": "{ years(first: 1001) { totalCount } }",
    "TOO_MANY_NODES": "{ agencies(first: 100) { nodes { reports(first: 501) { nodes { id } } } } }",
    "SEARCH_TOO_LONG": f'{{ search(query: "{"公" * 1_001}") {{ totalCount }} }}',
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_is_over_a_limit_is_refused_with_its_code(ask: Any, code: str) -> None:
    response = ask(REFUSED[code])

    assert code_of(response) == code


def test_the_most_that_is_allowed_is_answered(ask: Any) -> None:
    assert "data" in ask("{ " + " ".join(f"a{n}: __typename" for n in range(60)) + " }")
    assert "data" in ask("{ nodes(ids: [" + '"a" ' * 2_000 + "]) { id } }")
    assert "data" in ask("{ observations(first: 1000) { nodes { id } } }")
    assert "data" in ask(f'{{ search(query: "{"公" * 1_000}") {{ totalCount }} }}')


def test_a_body_over_a_megabyte_and_a_batch_are_refused(server: Server) -> None:
    url = f"{server.address}/graphql"
    large = httpx.post(url, json={"query": "{ __typename }", "variables": {"x": "x" * 1_000_000}})
    batch = httpx.post(url, json=[{"query": "{ __typename }"}])

    assert (large.status_code, code_of(large.json())) == (413, "BODY_TOO_LARGE")
    assert (batch.status_code, code_of(batch.json())) == (400, "BATCH_REFUSED")


def test_get_answers_queries(server: Server) -> None:
    answer = httpx.get(f"{server.address}/graphql", params={"query": "{ stats { reports } }"})

    assert answer.json() == {"data": {"stats": {"reports": 3}}}


def test_a_search_pages_through_its_hits_by_type(ask: Any) -> None:
    query = """query ($after: String) { search(query: "公开", types: [OBSERVATION], first: 7, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } edges { node { node { __typename id } } } } }"""
    seen: list[str] = []
    after = None
    while True:
        page = ask(query, after=after)["data"]["search"]
        nodes = [edge["node"]["node"] for edge in page["edges"]]
        assert {node["__typename"] for node in nodes} == {"Observation"}
        seen += [node["id"] for node in nodes]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]

    assert len(seen) == len(set(seen)) == page["totalCount"] > 2
