import random

import networkx
import pytest

from gongkai.graph.measures import Alike, Centrality, alike, centrality, communities, graph_of

STAR = [("USES", f"agency:{name}", "channel:hub") for name in "abcd"]
TWO_CLIQUES = [
    ("CITES", f"{side}{one}", f"{side}{other}")
    for side in "xy"
    for one in range(4)
    for other in range(one)
] + [("CITES", "x0", "y0")]


@pytest.mark.parametrize("by", list(Centrality))
def test_the_middle_of_a_star_is_most_central(by: Centrality) -> None:
    (first, score), *rest = centrality(STAR, by)
    assert first == "channel:hub"
    assert all(score > other for _, other in rest)
    assert [node for node, _ in rest] == sorted(node for node, _ in rest)


@pytest.mark.parametrize("by", list(Centrality))
def test_the_order_of_relationships_leaves_no_trace(by: Centrality) -> None:
    chance = random.Random(3)
    edges = [("T", f"n{chance.randrange(30)}", f"n{chance.randrange(30)}") for _ in range(90)]
    shuffled = chance.sample(edges, len(edges))
    assert centrality(edges, by) == centrality(shuffled, by)
    assert communities(edges) == communities(shuffled)


def test_page_rank_adds_up_to_one() -> None:
    assert sum(score for _, score in centrality(STAR, Centrality.PAGERANK)) == pytest.approx(1)


def test_betweenness_is_that_of_the_library_while_no_node_is_left_out() -> None:
    expected = networkx.betweenness_centrality(graph_of(TWO_CLIQUES))
    assert dict(centrality(TWO_CLIQUES, Centrality.BETWEENNESS)) == pytest.approx(expected)


def test_communities_are_what_is_tied_most_within() -> None:
    assert communities(TWO_CLIQUES) == [("x0", "x1", "x2", "x3"), ("y0", "y1", "y2", "y3")]


def test_nothing_has_no_centre_and_no_groups() -> None:
    assert centrality([], Centrality.BETWEENNESS) == []
    assert communities([]) == []


def test_bodies_are_alike_by_what_both_disclose_of_all_that_either_does() -> None:
    edges = [
        ("PUBLISHED", head, f"category:{tail}")
        for head, tails in {
            "agency:a": "123",
            "agency:b": "23",
            "agency:c": "4",
            "agency:d": "3",
        }.items()
        for tail in tails
    ]
    assert alike(edges, "agency:a") == [
        Alike("agency:b", 0.666666667, ("category:2", "category:3")),
        Alike("agency:d", 0.333333333, ("category:3",)),
    ]
