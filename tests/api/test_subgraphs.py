"""What is measured of a sub-graph, through GraphQL."""

from typing import Any

import pytest

from gongkai.graph import networks
from gongkai.graph.measures import Alike
from tests.api.conftest import Ask


async def some_agency(ask: Ask) -> str:
    found = await ask('{ agencies(where: {name: {eq: "宿迁市人民政府"}}) { nodes { id } } }')
    id: str = found["data"]["agencies"]["nodes"][0]["id"]
    return id


async def some_categories(ask: Ask) -> list[str]:
    found = await ask("{ categories(first: 3) { nodes { id } } }")
    return [node["id"] for node in found["data"]["categories"]["nodes"]]


async def test_the_nodes_that_hold_a_neighbourhood_together(ask: Ask) -> None:
    answer = await ask(
        """query($id: ID!) { neighbourhood(id: $id, depth: 2, types: [PUBLISHED, USES, CARRIED_BY]) {
          nodes { id }
          centrality(by: BETWEENNESS, types: [AGENCY, CHANNEL], first: 3) {
            __typename score node { __typename id ... on Agency { name } } }
          communities(first: 2) { size nodes { id } } } }""",
        {"id": await some_agency(ask)},
    )
    found: dict[str, Any] = answer["data"]["neighbourhood"]
    first, *rest = found["centrality"]
    assert first["node"]["name"] == "宿迁市人民政府"
    assert first["__typename"] == "CentralNode"
    assert {item["node"]["__typename"] for item in (first, *rest)} <= {"Agency", "Channel"}
    assert [item["score"] for item in (first, *rest)] == sorted(
        (item["score"] for item in (first, *rest)), reverse=True
    )
    inside = {node["id"] for node in found["nodes"]}
    for community in found["communities"]:
        assert community["size"] == len(community["nodes"]) > 0
        assert {node["id"] for node in community["nodes"]} <= inside


async def test_bodies_that_disclose_the_same(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whom a store finds alike is tested with the networks; here is how it is shown."""
    agency, categories = await some_agency(ask), await some_categories(ask)
    found = [Alike(agency, 0.5, tuple(categories))]

    async def similar(*_: object) -> list[Alike]:
        return found

    monkeypatch.setattr(networks, "similar", similar)
    answer = await ask(
        """{ similarAgencies(id: "agency:0") { __typename score
          agency { ... on Agency { name } } shared { id } } }"""
    )
    assert answer["data"]["similarAgencies"] == [
        {
            "__typename": "SimilarAgency",
            "score": 0.5,
            "agency": {"name": "宿迁市人民政府"},
            "shared": [{"id": id} for id in categories],
        }
    ]


async def test_an_unknown_body_is_like_none(ask: Ask) -> None:
    answer = await ask('{ similarAgencies(id: "agency:0000000000000000") { score } }')
    assert answer["data"]["similarAgencies"] == []
