"""What is refused before it runs: at the limit it passes, one over it does not."""

from typing import Any

import pytest
from graphql import get_introspection_query

from gongkai.api.settings import Settings
from tests.api.conftest import Ask


def aliases(count: int) -> str:
    return "{ " + " ".join(f"a{n}: __typename" for n in range(count)) + " }"


def fields(count: int) -> str:
    return "{ stats { ...f } } fragment f on Stats { " + "reports " * (count - 1) + "}"


def operations(count: int) -> str:
    return " ".join(f"query Q{n} {{ __typename }}" for n in range(count))


def depth(levels: int) -> str:
    return "{ agency(id: 1) " + "{ parent " * (levels - 2) + "{ id }" + " }" * (levels - 1)


def tokens(count: int) -> str:
    return "{ stats { " + "reports, " * (count - 5) + "} }"


def pages(inner: int) -> str:
    """A page of 100 nodes, each with a page of `inner`."""
    return (
        f"{{ agencies(first: 100) {{ nodes {{ reports(first: {inner}) {{ nodes {{ id }} }} }} }} }}"
    )


def listed(count: int) -> str:
    ids = '"a" ' * (count - 1)
    return f'{{ nodes(ids: [{ids}]) {{ id }} years(where: {{ id: {{ in: ["b"] }} }}) {{ totalCount }} }}'


def conditions(count: int) -> str:
    alternatives = "{ value: { eq: 1 } } " * ((count - 1) // 2)
    return f"{{ years(where: {{ or: [{alternatives}] }}) {{ totalCount }} }}"


def nested(levels: int) -> str:
    return (
        "{ years(where: "
        + "{ not: " * (levels - 1)
        + "{}"
        + " }" * (levels - 1)
        + ") { totalCount } }"
    )


def searched(characters: int) -> str:
    return f'{{ search(query: "{"x" * characters}") {{ totalCount }} }}'


def page(size: int) -> str:
    return f"{{ years(last: {size}) {{ totalCount }} }}"


LIMITS = [
    ("max_aliases", "TOO_MANY_ALIASES", aliases, 60),
    ("max_fields", "TOO_MANY_FIELDS", fields, 500),
    ("max_operations", "TOO_MANY_OPERATIONS", operations, 20),
    ("max_depth", "TOO_DEEP", depth, 20),
    ("max_depth", "TOO_DEEP", nested, 20),
    ("max_tokens", "TOO_MANY_TOKENS", tokens, 10_000),
    ("max_conditions", "TOO_MANY_CONDITIONS", conditions, 399),
    ("max_ids", "TOO_MANY_IDS", listed, 2_000),
    ("max_page", "PAGE_TOO_LARGE", page, 1_000),
    ("max_search_characters", "SEARCH_TOO_LONG", searched, 1_000),
    ("max_nodes", "TOO_MANY_NODES", pages, 499),
]


@pytest.mark.parametrize(("setting", "code", "make", "most"), LIMITS)
async def test_an_operation_within_its_limits_is_not_refused_for_them(
    ask: Ask, setting: str, code: str, make: Any, most: int
) -> None:
    response = await ask(make(most))

    assert code not in {error["extensions"]["code"] for error in response.get("errors", [])}, (
        setting
    )


@pytest.mark.parametrize(("setting", "code", "make", "most"), LIMITS)
async def test_one_more_is_refused_with_the_limit_and_what_was_found(
    ask: Ask, setting: str, code: str, make: Any, most: int
) -> None:
    response = await ask(make(most + 2 if make is conditions else most + 1))

    assert "data" not in response
    [error] = response["errors"]
    assert error["extensions"]["code"] == code
    assert error["extensions"]["setting"] == setting
    limit = getattr(Settings(), setting)
    assert error["extensions"]["limit"] == limit
    assert error["extensions"]["found"] > limit
    assert str(limit) in error["message"]


async def test_each_limit_is_a_setting(ask: Ask) -> None:
    response = await ask(aliases(3), settings=Settings(max_aliases=2))

    assert response["errors"][0]["message"].startswith(
        "The operation has 3 aliases; the limit is 2."
    )


async def test_a_bomb_of_fragments_is_counted_and_not_followed(ask: Ask) -> None:
    bomb = "{ stats { ...f0 } } fragment f40 on Stats { reports }" + "".join(
        f" fragment f{n} on Stats {{ ...f{n + 1} ...f{n + 1} }}" for n in range(40)
    )

    [error] = (await ask(bomb))["errors"]

    assert error["extensions"]["code"] == "TOO_MANY_FIELDS"
    assert error["extensions"]["found"] == 2**40 + 1


async def test_usual_introspection_passes_and_deep_introspection_does_not(ask: Ask) -> None:
    usual = get_introspection_query(
        descriptions=True,
        specified_by_url=True,
        directive_is_repeatable=True,
        schema_description=True,
        input_value_deprecation=True,
    )
    deep = "{ __schema { types { " + "fields { type { " * 5 + "name" + " } }" * 5 + " } } }"

    assert "errors" not in await ask(usual)
    assert "data" not in await ask(deep)


async def test_pages_are_counted_with_their_variables_and_defaults(ask: Ask) -> None:
    query = """query ($n: Int) { agencies(first: $n) { nodes { reports { nodes { id }
        edges { node { id } } } } } }"""

    [error] = (await ask(query, {"n": 1000}, Settings(max_nodes=40_999)))["errors"]

    assert error["extensions"]["found"] == 1000 * (1 + 2 * 20)
    assert "errors" not in await ask(query, {"n": 1000}, Settings(max_nodes=41_000))
