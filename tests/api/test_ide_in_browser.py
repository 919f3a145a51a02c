"""The IDE as a person meets it: in a real browser, with no other machine to ask."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page

from gongkai.api import ide
from tests.api.servers import Server, serving
from tests.servers.chromium import chromium

pytestmark = [
    pytest.mark.browser,
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
    requested: list[str] = []
    complaints: list[str] = []

    def notice(said: ConsoleMessage) -> None:
        if said.type in ("error", "warning", "assert"):
            complaints.append(said.text)

    with chromium() as browser:
        opened = browser.new_page(viewport={"width": 1400, "height": 900})
        opened.on("request", lambda request: requested.append(request.url))
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.on("console", notice)
        opened.goto(f"{server.address}/")
        wait_for(opened, "document.querySelector('.graphiql-query-editor .CodeMirror') !== null")
        yield opened
    assert f"{server.address}/graphql" in requested
    own = (f"{server.address}/", "data:", "blob:", "about:")
    assert [url for url in requested if not url.startswith(own)] == []
    assert complaints == []


def wait_for(page: Page, expression: str) -> Any:
    """The value of a JavaScript expression as soon as it is truthy."""
    # Playwright's own waiting evaluates in the page, which the page's security policy forbids.
    give_up = time.monotonic() + 60
    while not (value := page.evaluate(expression)):
        assert time.monotonic() < give_up, f"never came true: {expression}"
        page.wait_for_timeout(100)
    return value


def run(page: Page) -> dict[str, object]:
    time.sleep(0.5)  # GraphiQL takes the operation's name a moment after its text, as a hand would
    page.click(".graphiql-execute-button")
    response: dict[str, object] = json.loads(wait_for(page, RESULT))
    return response


def test_every_example_is_a_tab_that_answers(page: Page) -> None:
    names = wait_for(page, TABS)
    assert len(names) == len(ide.examples())

    for number, (name, query) in enumerate(zip(names, ide.examples().values(), strict=True)):
        page.evaluate(f"document.querySelectorAll('.graphiql-tab-button')[{number}].click()")
        wait_for(page, f"{EDITOR}.getValue() === {json.dumps(query)}")
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
    wait_for(page, f"{plugin} && {plugin}.textContent.includes({json.dumps(shown)})")
