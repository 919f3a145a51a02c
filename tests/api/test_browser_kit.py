"""The kit for Neo4j Browser, held against the schema of the graph; Browser itself runs it in
`tests/docker/test_neo4j_browser.py`."""

import io
import re
import zipfile
from html import unescape

import pytest
from httpx import AsyncClient

from gongkai.api.browser_kit import Query, filled, queries, zipped
from gongkai.graph.schema import NODES, RELATIONSHIPS, Label
from tests.api.test_cli import gongkai

API = "http://localhost:8000"
BROWSER = "http://localhost:7474"

STYLE = filled("style.grass", API)
GUIDE = filled("guide.html", API)
RULES = re.findall(r"^(node|relationship)(?:\.(\w+))? \{\n(.*?)\n\}$", STYLE, re.M | re.S)
SHOWN = [
    unescape(text) for text in re.findall(r'<pre class="code runnable">(.*?)</pre>', GUIDE, re.S)
]
EVERY = [*(query.text for query in queries()), *SHOWN]

EDGES = {item.type: item for item in RELATIONSHIPS}
PROPERTIES = {item.name for node in NODES.values() for item in node.properties} | {"id"}
ON_EDGES = {"years", *(f"evidence_{name}" for name in ("quotes", "years"))} | {
    item.name for edge in RELATIONSHIPS for item in edge.properties
}


def test_the_style_has_a_rule_for_every_label_and_relationship() -> None:
    styled = {(kind, name) for kind, name, _ in RULES if name}
    assert styled == {("node", label.value) for label in Label} | {
        ("relationship", type_) for type_ in EDGES
    }


@pytest.mark.parametrize("label", [label.value for label in Label])
def test_every_label_has_colour_size_and_caption(label: str) -> None:
    (body,) = (body for kind, name, body in RULES if (kind, name) == ("node", label))
    assert {line.split(":")[0].strip() for line in body.splitlines()} >= {
        "color", "border-color", "text-color-internal", "diameter", "caption",
    }  # fmt: skip


def test_no_two_labels_look_the_same() -> None:
    colours = [re.search(r" color: (\S+);", body) for kind, name, body in RULES if kind == "node"]
    assert len({found[1] for found in colours if found}) == len(colours)


def test_the_style_holds_nothing_that_browser_would_drop() -> None:
    """A comment becomes part of the next selector; a colon in a caption drops the caption."""
    assert "//" not in STYLE
    assert "/*" not in STYLE
    assert [line for line in re.findall(r'caption: "(.*)";', STYLE) if ":" in line] == []


@pytest.mark.parametrize("cypher", EVERY)
def test_queries_ask_for_what_the_schema_has(cypher: str) -> None:
    assert set(re.findall(r"\(\w*:(\w+)", cypher)) <= {label.value for label in Label}
    assert set(re.findall(r"\[\w*:(\w+)", cypher)) <= set(EDGES)
    assert set(re.findall(r"\b[a-z]\w*\.([a-z_]+)", cypher)) <= PROPERTIES | ON_EDGES


@pytest.mark.parametrize("cypher", EVERY)
def test_relationships_point_the_way_of_the_schema(cypher: str) -> None:
    for head, type_, tail in re.findall(r"\(\w*:(\w+)\)-\[\w*:(\w+)\]->\(\w*:(\w+)\)", cypher):
        ends = {(edge.head, edge.tail) for edge in RELATIONSHIPS if edge.type == type_}
        assert (head, tail) in ends


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.file)
def test_a_saved_query_begins_with_its_name_in_both_languages(query: Query) -> None:
    assert query.text.startswith(f"// {query.name}\n")
    assert re.match(r"[\u4e00-\u9fff]+ [A-Z]", query.name)


def test_the_zip_holds_every_query_in_one_folder_and_is_the_same_each_time() -> None:
    archive = zipfile.ZipFile(io.BytesIO(zipped()))
    assert [archive.read(name).decode() for name in archive.namelist()] == [
        query.text for query in queries()
    ]
    assert len({name.split("/")[0] for name in archive.namelist()}) == 1
    assert zipped() == zipped()


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("style.grass", "text/css"),
        ("guide.html", "text/html"),
        ("neo4j.conf", "text/plain"),
        ("queries.zip", "application/zip"),
    ],
)
async def test_browser_may_fetch_every_file(client: AsyncClient, name: str, type_: str) -> None:
    asked = {
        "origin": BROWSER,
        "access-control-request-method": "GET",
        "access-control-request-headers": "cache-control, pragma, sentry-trace",
    }
    before = await client.options(f"/browser-kit/{name}", headers=asked)
    assert before.status_code == 200
    assert before.headers["access-control-allow-origin"] in ("*", BROWSER)
    assert "sentry-trace" in before.headers["access-control-allow-headers"]
    given = await client.get(f"/browser-kit/{name}", headers={"origin": BROWSER})
    assert given.status_code == 200
    assert given.headers["content-type"].startswith(type_)
    assert given.headers["access-control-allow-origin"] == "*"


async def test_files_name_the_server_that_they_come_from(client: AsyncClient) -> None:
    guide = (await client.get("/browser-kit/guide.html")).text
    assert "style http://gongkai/browser-kit/style.grass" in guide
    conf = (await client.get("/browser-kit/neo4j.conf")).text
    assert "browser.remote_content_hostname_whitelist=gongkai\n" in conf
    assert "{{" not in guide + conf


async def test_an_unknown_file_says_which_there_are(client: AsyncClient) -> None:
    given = await client.get("/browser-kit/other.css")
    assert (given.status_code, "style.grass" in given.text) == (404, True)


def test_the_command_says_how_to_load_each_piece() -> None:
    said = gongkai("browser", "--api", "http://localhost:9000/")
    for piece in ("style.grass", "guide.html", "queries.zip", "neo4j.conf"):
        assert f"http://localhost:9000/browser-kit/{piece}" in said
    assert all(query.name in said for query in queries())
