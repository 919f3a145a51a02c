"""The IDE as a person meets it: in a real browser, with no other machine to ask."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.api import ide
from tests.api.servers import Server, serving
from tests.browser import Page, browser, opened_page

pytestmark = [
    *browser,
    pytest.mark.skipif(
        not all((ide.VENDOR / name).is_file() for name in ide.vendored()),
        reason="the IDE's files are not here: `make ide`",
    ),
]

EDITOR = "document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror"
RESULT = "document.querySelector('.result-window .CodeMirror').CodeMirror.getValue()"
TABS = "[...document.querySelectorAll('.graphiql-tab-button')].map(tab => tab.textContent)"


@pytest.fixture
def server(loaded: Path) -> Iterator[Server]:
    with serving(loaded) as running:
        yield running


@pytest.fixture
def page(server: Server) -> Iterator[Page]:
    """The IDE, opened. Whatever is done on it, no other machine is asked and nothing complains."""
    with opened_page() as opened:
        opened.open(f"{server.address}/")
        opened.wait_for("document.querySelector('.graphiql-query-editor .CodeMirror') !== null")
        yield opened
        outside = [
            url
            for url in opened.requested
            if not url.startswith((f"{server.address}/", "data:", "blob:", "about:"))
        ]
        assert outside == []
        assert opened.complaints == []


def run(page: Page) -> dict[str, object]:
    time.sleep(0.5)  # GraphiQL takes the operation's name a moment after its text, as a hand would
    page.click(".graphiql-execute-button")
    response: dict[str, object] = json.loads(page.wait_for(RESULT))
    return response


def test_every_example_is_a_tab_that_answers(page: Page) -> None:
    names = page.wait_for(TABS)
    assert len(names) == len(ide.examples())

    for number, (name, query) in enumerate(zip(names, ide.examples().values(), strict=True)):
        page.evaluate(f"document.querySelectorAll('.graphiql-tab-button')[{number}].click()")
        page.wait_for(f"{EDITOR}.getValue() === {json.dumps(query)}")
        assert f"query {name}" in query
        assert list(run(page)) == ["data"]


def test_a_query_typed_in_is_answered(page: Page) -> None:
    page.evaluate(f"{EDITOR}.setValue('{{ stats {{ reports }} }}')")

    assert run(page) == {"data": {"stats": {"reports": 3}}}


@pytest.mark.parametrize(
    ("button", "shown"),
    [
        ("Show Documentation Explorer", "A GraphQL schema provides a root type"),
        ("Show GraphiQL Explorer", "observations"),
    ],
)
def test_the_schema_can_be_explored(page: Page, button: str, shown: str) -> None:
    page.click(f"button[aria-label='{button}']")

    plugin = "document.querySelector('.graphiql-plugin')"
    page.wait_for(f"{plugin} && {plugin}.textContent.includes({json.dumps(shown)})")
