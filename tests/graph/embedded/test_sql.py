"""Plans compiled to SQL, asked of a real store of random reports, against the naive reading."""

import json
import random
import re
import sqlite3
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from gongkai.graph.embedded import functions, tables, writing
from gongkai.graph.embedded.sql import compile_root
from gongkai.graph.errors import CursorRefused
from gongkai.graph.plan import (
    All,
    ById,
    Compare,
    Connection,
    Cursor,
    EdgeNode,
    Edges,
    Either,
    Item,
    Nodes,
    Not,
    One,
    Op,
    Order,
    Page,
    PageField,
    PageInfo,
    Related,
    Root,
    Several,
    Shape,
    TotalCount,
    Value,
    Variants,
    Where,
)
from gongkai.graph.schema import HOPS, Label
from tests.graph.embedded.naive import Naive
from tests.graph.embedded.random_graph import Graph, make_graph
from tests.graph.embedded.random_plan import RandomPlans


def make_store(graph: Graph) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    functions.register(connection)
    for statement in tables.statements():
        connection.execute(statement)
    for stated in graph.statements:
        writing.replace(connection, stated)
    return connection


def ask(connection: sqlite3.Connection, root: Root) -> Any:
    statement = compile_root(root)
    (answer,) = connection.execute(statement.text, statement.parameters).fetchone()
    return json.loads(answer)


@pytest.fixture(scope="module")
def graph() -> Graph:
    return make_graph(random.Random(2016))


@pytest.fixture(scope="module")
def store(graph: Graph) -> sqlite3.Connection:
    return make_store(graph)


@pytest.mark.parametrize("seed", range(40))
def test_any_plan_answers_as_a_naive_reading_of_it_does(
    graph: Graph, store: sqlite3.Connection, seed: int
) -> None:
    plans = RandomPlans(graph, random.Random(seed))
    for _ in range(25):
        root = plans.root()
        answered, expected = ask(store, root), Naive(graph).answer(root)
        assert answered == expected, root
        assert json.dumps(answered) == json.dumps(expected), "the same keys in the same order"


NODES_OF_OBSERVATIONS = Nodes("nodes", Shape(Label.OBSERVATION, (Value("id", "id"),)))


def observations(page: Page, *order: Order, key: str = "observations", **more: Any) -> Connection:
    info = PageInfo("pageInfo", (("end", PageField.END), ("start", PageField.START)))
    parts = (NODES_OF_OBSERVATIONS, info)
    return Connection(key, Label.OBSERVATION, parts, page, order, **more)


@pytest.mark.parametrize(
    "order",
    [
        (),
        (Order("value"),),
        (Order("value", descending=True),),
        (Order("year", descending=True), Order("value"), Order("unit", descending=True)),
    ],
)
def test_pages_forward_and_backward_hold_every_row_once_in_one_order(
    store: sqlite3.Connection, order: tuple[Order, ...]
) -> None:
    whole = ids_of(ask(store, observations(Page(1000), *order)))
    forward: list[str] = []
    backward: list[str] = []
    after = before = None
    while page := ask(store, observations(Page(7, after=after), *order)):
        if not page["nodes"]:
            break
        forward += ids_of(page)
        after = page["pageInfo"]["end"]
    while page := ask(store, observations(Page(7, backward=True, before=before), *order)):
        if not page["nodes"]:
            break
        backward = ids_of(page) + backward
        before = page["pageInfo"]["start"]
    assert forward == whole
    assert backward == whole
    assert len(set(whole)) == len(whole) == 40


def ids_of(page: Any) -> list[str]:
    return [node["id"] for node in page["nodes"]]


def test_a_cursor_keeps_its_place_when_its_row_goes_and_others_come(graph: Graph) -> None:
    store = make_store(graph)
    order = (Order("measure"),)
    whole = ids_of(ask(store, observations(Page(100), *order)))
    first = ask(store, observations(Page(10), *order))
    last = first["nodes"][-1]["id"]
    for item in tables.edge_relationships():
        if item.head is Label.OBSERVATION:
            store.execute(f"DELETE FROM {tables.edge_table(item)} WHERE head_id = ?", (last,))
    store.execute("DELETE FROM observation WHERE id = ?", (last,))
    rest = ask(store, observations(Page(100, after=first["pageInfo"]["end"]), *order))
    assert ids_of(rest) == whole[10:]


@pytest.mark.parametrize("cursor", ["", "x", "ÿ", "00", "7B7D", "-.-.00000000", "..", "é.é.é"])
def test_garbage_is_refused_as_a_cursor(cursor: str) -> None:
    with pytest.raises(CursorRefused, match="cursor"):
        compile_root(observations(Page(1, after=cursor)))


def test_a_cursor_of_another_order_or_list_or_cut_short_is_refused(
    store: sqlite3.Connection,
) -> None:
    cursor = ask(store, observations(Page(1), Order("value")))["pageInfo"]["end"]
    hop = HOPS[Label.REPORT, "observations"]
    for page, refused in [
        (Page(1, after=cursor), observations(Page(1, after=cursor), Order("year"))),
        (Page(1, after=cursor), observations(Page(1, after=cursor), Order("value", True))),
        (Page(1, after=cursor), observations(Page(1, after=cursor), Order("value"), hop=hop)),
        (Page(1, after=cursor[:-2]), observations(Page(1, after=cursor[:-2]), Order("value"))),
        (Page(1, before=cursor[2:]), observations(Page(1, before=cursor[:20]), Order("value"))),
    ]:
        assert page
        with pytest.raises(CursorRefused):
            compile_root(refused)


def test_the_text_of_a_statement_depends_on_the_shape_alone(graph: Graph) -> None:
    for seed in range(200):
        one = compile_root(RandomPlans(graph, random.Random(seed)).root())
        other = compile_root(other_values(RandomPlans(graph, random.Random(seed)).root()))
        assert one.text == other.text
        assert not re.search(r"k\d+\b", re.sub(r"[?]\d+", "", one.text)), "a response key in SQL"


def other_values(value: Any) -> Any:
    """The plan with every value and response key changed."""
    from gongkai.graph import plan

    if isinstance(value, tuple):
        return tuple(other_values(item) for item in value)
    match value:
        case plan.Literal():
            return plan.Literal(f"{value.key}x", f'{value.value}"x')
        case plan.Compare():
            return replace(value, value=_changed(value.value))
        case plan.Page():
            return replace(value, limit=value.limit + 3)
        case plan.ById():
            return replace(value, id="other", variants=other_values(value.variants))
        case plan.ByIds():
            return replace(value, ids=("other",), variants=other_values(value.variants))
        case _ if hasattr(value, "__dataclass_fields__") and not isinstance(value, plan.Order):
            changed = {
                name: other_values(getattr(value, name))
                for name in value.__dataclass_fields__
                if name not in ("hop", "order", "property", "present", "name")
            }
            if "key" in changed:
                changed["key"] = f"{value.key}x"
            return replace(value, **changed)
        case _:
            return value


def _changed(value: Any) -> Any:
    if isinstance(value, tuple):
        return (*value, *value)
    return f"{value}'" if isinstance(value, str) else value


def test_one_statement_at_any_depth(store: sqlite3.Connection) -> None:
    def policies(depth: int) -> Connection:
        deeper = (policies(depth - 1),) if depth else ()
        shape = Shape(Label.POLICY, (Value("id", "id"), *deeper))
        info = PageInfo("pageInfo", (("more", PageField.HAS_NEXT),))
        edges = Edges("edges", (Cursor("cursor"), EdgeNode("node", shape)))
        hop = HOPS[Label.POLICY, "implements"]
        return Connection(
            "implements", Label.POLICY, (edges, info, TotalCount("n")), Page(1), (), hop
        )

    def parents(depth: int) -> One:
        deeper = (parents(depth - 1),) if depth else ()
        hop = HOPS[Label.AGENCY, "parent"]
        return One("parent", hop, Shape(Label.AGENCY, (Value("id", "id"), *deeper)))

    def parts(depth: int) -> Several:
        deeper = (parts(depth - 1),) if depth else ()
        hop = HOPS[Label.OBSERVATION, "parts"]
        return Several("parts", hop, Shape(Label.OBSERVATION, (Value("id", "id"), *deeper)))

    ran: list[str] = []
    store.set_trace_callback(ran.append)
    deep: list[tuple[Label, Item]] = [
        (Label.POLICY, policies(19)),
        (Label.AGENCY, parents(60)),
        (Label.OBSERVATION, parts(9)),
    ]
    for label, item in deep:
        ran.clear()
        id = store.execute(f"SELECT id FROM {label.lower()}").fetchone()[0]
        ran.clear()
        ask(store, ById(id, Variants((Shape(label, (item,)),))))
        assert len([text for text in ran if not text.startswith("--")]) == 1
    store.set_trace_callback(None)


def test_sixty_lists_beside_each_other_are_answered(store: sqlite3.Connection) -> None:
    hop = HOPS[Label.REPORT, "observations"]
    lists = tuple(observations(Page(number), hop=hop, key=f"o{number}") for number in range(60))
    nodes = Nodes("nodes", Shape(Label.REPORT, lists))
    page = ask(store, Connection("reports", Label.REPORT, (nodes,), Page(5), ()))
    for node in page["nodes"]:
        whole = ids_of(node["o59"])
        assert [ids_of(node[f"o{number}"]) for number in range(60)] == [
            whole[:number] for number in range(60)
        ]


def test_as_many_references_as_one_may_ask_for_are_followed(store: sqlite3.Connection) -> None:
    def above(depth: int) -> Shape:
        agency = HOPS[Label.AGENCY, "parent"], HOPS[Label.AGENCY, "region"]
        items: tuple[Item, ...] = (Value("id", "id"),)
        if depth:
            region = Shape(Label.REGION, (Value("id", "id"), Value("name", "name")))
            items += (One("region", agency[1], region), One("parent", agency[0], above(depth - 1)))
        return Shape(Label.AGENCY, items)

    page = Connection("agencies", Label.AGENCY, (Nodes("nodes", above(80)),), Page(9), ())
    parents = dict(store.execute("SELECT id, parent_id FROM agency").fetchall())
    for node in ask(store, page)["nodes"]:
        for _ in range(80):
            if node is None:
                break
            parent = node["parent"]
            assert (parent and parent["id"]) == parents[node["id"]]
            node = parent


def test_filters_nest_as_deep_as_one_may_write_them(
    graph: Graph, store: sqlite3.Connection
) -> None:
    where: Where = Compare("name", Op.CONTAINS, "公")
    for _ in range(12):
        parent = Related(HOPS[Label.AGENCY, "parent"], where)
        children = Related(HOPS[Label.AGENCY, "children"], Not(Either((Not(where), Not(parent)))))
        where = Either((parent, All((children,)), Not(Not(where))))
        root = Connection(
            "agencies", Label.AGENCY, (TotalCount("n"),), Page(1), (), where=Not(Not(where))
        )
        if _ < 4:  # beyond, reading it without a database takes too long
            assert ask(store, root) == Naive(graph).answer(root)
    deep: Where = Compare("level", Op.IS_NULL, False)
    for number in range(60):
        deep = Not(deep) if number % 3 else Related(HOPS[Label.AGENCY, "published"], None, True)
        deep = All((Either((deep,)),))
    root = Connection("agencies", Label.AGENCY, (TotalCount("n"),), Page(1), (), where=deep)
    assert ask(store, root) == Naive(graph).answer(root)


def test_an_object_of_hundreds_of_fields_is_written(store: sqlite3.Connection) -> None:
    fields = tuple(Value(f"f{number}", "name") for number in range(500))
    page = ask(
        store,
        Connection(
            "agencies", Label.AGENCY, (Nodes("nodes", Shape(Label.AGENCY, fields)),), Page(2), ()
        ),
    )
    assert [len(node) for node in page["nodes"]] == [500, 500]


@pytest.mark.parametrize("backward", [False, True])
def test_every_list_in_its_own_order_comes_from_an_index(
    store: sqlite3.Connection, backward: bool
) -> None:
    for label in Label:
        cursor = ask(store, of_label(label, Page(2)))["edges"][-1]["cursor"]
        place = {"before": cursor} if backward else {"after": cursor}
        assert unsorted(store, of_label(label, Page(2, backward, **place)))
    for (source, field), hop in HOPS.items():
        if not hop.single:
            inner = replace(of_label(hop.target, Page(2, backward)), hop=hop)
            found = ById("x", Variants((Shape(source, (inner,)),)))
            assert unsorted(store, found), (source, field)


@pytest.mark.parametrize("name", ["value", "year"])
@pytest.mark.parametrize("descending", [False, True])
def test_figures_by_value_or_year_come_from_an_index(
    store: sqlite3.Connection, name: str, descending: bool
) -> None:
    order = (Order(name, descending),)
    first = replace(of_label(Label.OBSERVATION, Page(2)), order=order)
    cursor = ask(store, first)["edges"][-1]["cursor"]
    assert unsorted(store, first)
    assert unsorted(store, replace(first, page=Page(2, after=cursor)))
    one_metric = Related(HOPS[Label.OBSERVATION, "metric"], Compare("key", Op.EQ, "key1"))
    assert unsorted(store, replace(of_label(Label.OBSERVATION, Page(2)), where=one_metric))


def of_label(label: Label, page: Page) -> Connection:
    edges = Edges("edges", (Cursor("cursor"),))
    return Connection("list", label, (edges,), page, ())


def unsorted(store: sqlite3.Connection, root: Root) -> bool:
    """No table is read whole and none is sorted (but the few rows of a page that is turned)."""
    statement = compile_root(root)
    rows = store.execute(f"EXPLAIN QUERY PLAN {statement.text}", statement.parameters)
    steps = [str(detail) for *_, detail in rows]
    read_whole = [s for s in steps if re.match(r"SCAN [xew]\d", s) and "COVERING INDEX" not in s]
    sorted_pages = [
        step
        for before, step in pairwise(steps)
        if "TEMP B-TREE" in step and re.match(r"(SCAN|SEARCH) [xe]\d", before)
    ]
    return not read_whole and not sorted_pages
