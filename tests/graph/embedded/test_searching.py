"""Search in a real store, against the matching rule of `graph.search` applied to every node."""

import random
import sqlite3
from typing import Any

import pytest

from gongkai.graph.plan import (
    Cursor,
    HitNode,
    HitObject,
    Hits,
    HitValue,
    Literal,
    Page,
    PageField,
    PageInfo,
    Search,
    Shape,
    TotalCount,
    Value,
    Variants,
)
from gongkai.graph.schema import NODES, Label
from gongkai.graph.search import find, fold_search, terms
from gongkai.graph.statements import NodeRow
from tests.graph.embedded.random_graph import WORDS, Graph, make_graph
from tests.graph.embedded.test_sql import ask, make_store

SEARCHED = tuple(label for label in Label if NODES[label].names)


@pytest.fixture(scope="module")
def graph() -> Graph:
    return make_graph(random.Random(7))


@pytest.fixture(scope="module")
def store(graph: Graph) -> sqlite3.Connection:
    return make_store(graph)


def search(query: str, page: Page, labels: tuple[Label, ...] = SEARCHED) -> Search:
    node = HitNode("node", Variants((Shape(Label.AGENCY, (Value("name", "name"),)),)))
    values = tuple(HitValue(name, name) for name in ("field", "snippet", "start", "end", "rank"))
    edges = Hits("edges", (Cursor("cursor"), HitObject("hit", (*values, node))))
    ids = Variants(tuple(Shape(label, (Value("id", "id"),)) for label in Label))
    nodes = Hits("nodes", (HitNode("node", ids),))
    info = PageInfo(
        "pageInfo",
        (
            ("next", PageField.HAS_NEXT),
            ("previous", PageField.HAS_PREVIOUS),
            ("start", PageField.START),
            ("end", PageField.END),
        ),
    )
    parts = (Literal("__typename", "S"), edges, nodes, TotalCount("total"), info)
    return Search("search", query, labels, page, parts)


def own_fields(graph: Graph, node: NodeRow) -> list[tuple[str, str | None]]:
    fields = [(name, node.properties.get(name)) for name in NODES[node.label].names]
    if node.label is Label.SECTION:
        fields = [
            (name, _own_text(graph, node) if name == "text" else text) for name, text in fields
        ]
    return [(name, None if text is None else str(text)) for name, text in fields]


def _own_text(graph: Graph, section: NodeRow) -> str:
    """The text up to where the next section of the report begins."""
    of_report = {
        tail: head
        for relationship, edges in graph.edges.items()
        if relationship.type == "HAS_SECTION"
        for head, tail in edges
    }
    start = int(str(section.properties["start"]))
    later = [
        int(str(other.properties["start"]))
        for other in graph.of(Label.SECTION)
        if of_report[other.id] == of_report[section.id]
        and int(str(other.properties["start"])) > start
    ]
    text = str(section.properties["text"])
    return text[: min(later) - start] if later else text


def expected(graph: Graph, query: str, labels: tuple[Label, ...]) -> list[tuple[int, str]]:
    """(rank, id) of every hit, in order."""
    hits = []
    wanted = terms(query)
    for node in graph.nodes.values():
        if node.label not in labels or find(query, own_fields(graph, node)) is None:
            continue
        name = fold_search(str(node.properties.get(NODES[node.label].names[0]) or ""))
        whole = " ".join(wanted)
        if name == whole:
            rank = 1
        elif name.startswith(whole):
            rank = 2
        else:
            rank = 3 if all(term in name for term in wanted) else 4
        year = node.properties.get("year")
        assert year is None or isinstance(year, int)
        hits.append((rank, year is None, -(year or 0), node.id))
    return [(rank, id) for rank, _, _, id in sorted(hits)]


QUERIES = [
    *WORDS,
    "公报",
    "公",
    "开放",
    "開放",
    "ＷＥＩＢＯ",
    "ib",
    "微博 公开",
    "公开 报",
    "no",
    '"',
    "𠀀",
    "字",
]


@pytest.mark.parametrize(
    "query", [*QUERIES, "x", "  ", "公报 x", "a b", "NEAR(", "* AND OR", "报政"]
)
def test_search_finds_what_the_rule_says_in_the_order_it_says(
    graph: Graph, store: sqlite3.Connection, query: str
) -> None:
    for labels in (SEARCHED, (Label.SECTION, Label.POLICY), ()):
        wanted = expected(graph, query, labels)
        found = ask(store, search(query, Page(500), labels))
        assert [node["node"]["id"] for node in found["nodes"]] == [id for _, id in wanted]
        assert [edge["hit"]["rank"] for edge in found["edges"]] == [rank for rank, _ in wanted]
        assert found["total"] == len(wanted)


@pytest.mark.parametrize("query", ["公开", "微博 公开", "公"])
def test_a_hit_shows_what_matched_and_where(
    graph: Graph, store: sqlite3.Connection, query: str
) -> None:
    found = ask(store, search(query, Page(500)))
    assert found["edges"]
    for edge, at in zip(found["edges"], found["nodes"], strict=True):
        hit, node = edge["hit"], graph.nodes[at["node"]["id"]]
        match = find(query, own_fields(graph, node))
        assert match is not None
        assert (hit["field"], hit["snippet"]) == (match.field, match.snippet)
        name = {"name": node.properties["name"]} if node.label is Label.AGENCY else {}
        assert hit["node"] == name
        if node.label is Label.OBSERVATION and hit["field"] == "quote":
            assert hit["start"] == int(str(node.properties["start"])) + match.start


@pytest.mark.parametrize("backward", [False, True])
def test_pages_of_hits_hold_each_once(store: sqlite3.Connection, backward: bool) -> None:
    whole = [edge["cursor"] for edge in ask(store, search("公开", Page(500)))["edges"]]
    found: list[str] = []
    place: dict[str, Any] = {}
    while True:
        answer = ask(store, search("公开", Page(7, backward=backward, **place)))
        page = [edge["cursor"] for edge in answer["edges"]]
        assert answer["pageInfo"]["start"] == page[0]
        assert answer["pageInfo"]["end"] == page[-1]
        found = page + found if backward else found + page
        place = {"before": page[0]} if backward else {"after": page[-1]}
        if not answer["pageInfo"]["previous" if backward else "next"]:
            break
    assert found == whole
    assert len(whole) > 14


def test_a_report_that_goes_is_no_longer_found(graph: Graph) -> None:
    from gongkai.graph.embedded import writing

    store = make_store(graph)
    for stated in graph.statements:
        writing.remove(store, stated.report)
    assert ask(store, search("公开", Page(5)))["total"] == 0
    rows = store.execute("SELECT count(*) FROM search_index WHERE search_index MATCH '\"公开\"'")
    assert rows.fetchone() == (0,)
