"""The kit in the real Neo4j Browser, in Chromium: a server with the kit's own lines of configuration,
the API beside it, the samples loaded, nothing between the page and the network.

Pictures of what was seen are kept in `build/screenshots`.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Locator, Page, Request

from gongkai.api.browser_kit import Query, filled, queries
from gongkai.graph.schema import Label
from tests.servers.chromium import chromium
from tests.servers.neo4j import Server, ServerMissing, free_ports, started

pytestmark = [pytest.mark.browser, pytest.mark.neo4j]

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
_SECONDS = 60_000  # of Playwright, in milliseconds
_OF_PORTS = "advertised_address"  # lines that the test's own server has for its own ports


# Marks the new frame whose command begins like the query, once it is there.
_MARKED = """([start, run]) => {
  const frames = [...document.querySelectorAll('[data-testid=frame]:not([data-seen])')];
  const mine = frames.find(frame => frame.querySelector('[data-testid=frameCommand]')
    ?.textContent.replace(/\\s+/g, '').includes(start));
  if (mine) mine.dataset.run = run;
  return Boolean(mine);
}"""


def nodes_of(frame: Locator) -> list[dict[str, str]]:
    """Colour and caption of each node of a graph."""
    frame.locator("g.node").first.wait_for()
    found: list[dict[str, str]] = frame.evaluate(
        """frame => [...frame.querySelectorAll('g.node')].map(g => ({
          caption: [...g.querySelectorAll('text.caption')].map(t => t.textContent.trim()).join(' '),
          fill: g.querySelector('circle.b-outline').getAttribute('fill')}))"""
    )
    return found


@dataclass
class Opened:
    """A page of Browser that is logged in. `hosts`: whom it has connected to."""

    page: Page
    api: str
    hosts: set[str] = field(default_factory=set)
    runs: int = 0

    def run(self, text: str) -> Locator:
        """Type it into the editor and run it: its frame, among those that come by themselves."""
        page = self.page
        page.evaluate(
            "() => document.querySelectorAll('[data-testid=frame]').forEach(f => f.dataset.seen = 1)"
        )
        page.click("#monaco-main-editor")
        page.keyboard.press("Control+A")
        page.keyboard.press("Backspace")
        page.keyboard.insert_text(text)
        page.wait_for_timeout(150)
        page.click("[data-testid=editor-Run]")
        self.runs += 1
        page.wait_for_function(_MARKED, arg=["".join(text.split())[:30], self.runs])
        return page.locator(f"[data-run='{self.runs}']")

    def reached(self, url: str) -> None:
        self.hosts.add(urlsplit(url).hostname or "")

    def failed(self, request: Request) -> None:
        """What the page's own policy (a line of the kit) held back was never sent."""
        if request.failure != "csp":
            self.reached(request.url)

    def keep(self, name: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """Neo4j with the kit's configuration, and the address of the API that serves the kit."""
    (port,) = free_ports(1)
    api = f"http://localhost:{port}"
    lines = filled("neo4j.conf", api).splitlines()
    settings = "\n".join(
        line for line in lines if line and line[0] != "#" and _OF_PORTS not in line
    ).replace("dbms.usage_report.enabled=false", "")
    try:
        with (
            started(tmp_path_factory.mktemp("browser"), settings + "\n") as neo4j,
            _api(neo4j, port),
        ):
            yield neo4j, api
    except ServerMissing as missing:
        pytest.skip(str(missing))


@contextmanager
def _api(neo4j: Server, port: int) -> Iterator[None]:
    """The API over that server, with the samples loaded."""
    environment = {**os.environ, **neo4j.environment}
    command = [sys.executable, "-m", "gongkai.api.cli"]
    load = [*command, "load", "--samples", "--store", neo4j.address]
    subprocess.run(load, env=environment, check=True, stdout=subprocess.DEVNULL)
    serve = [*command, "serve", "--store", neo4j.address, "--port", str(port)]
    process = subprocess.Popen(serve, env=environment)
    try:
        _wait(process, f"http://127.0.0.1:{port}/ready")
        yield
    finally:
        process.terminate()
        process.wait(20)


def _wait(process: "subprocess.Popen[bytes]", address: str) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            with urlopen(address, timeout=2):
                return
        except OSError:
            if time.monotonic() > until or process.poll() is not None:
                raise
            time.sleep(0.2)


@pytest.fixture(scope="module")
def opened(server: tuple[Server, str]) -> Iterator[Opened]:
    neo4j, api = server
    with chromium() as browser:
        page = browser.new_context(viewport={"width": 1500, "height": 1100}).new_page()
        found = Opened(page, api)
        page.on("requestfinished", lambda request: found.reached(request.url))
        page.on("requestfailed", found.failed)
        page.on("websocket", lambda socket: found.reached(socket.url))
        page.set_default_timeout(_SECONDS)
        assert neo4j.http is not None
        http = neo4j.http.replace("127.0.0.1", "localhost")
        page.goto(f"{http}/browser/", wait_until="domcontentloaded")
        page.wait_for_selector("[data-testid=connect]")
        page.select_option("[data-testid=bolt-scheme-select]", "bolt://")
        page.fill("[data-testid=boltaddress]", neo4j.address.removeprefix("bolt://"))
        page.fill("[data-testid=username]", neo4j.username)
        page.fill("[data-testid=password]", neo4j.password)
        page.click("button[data-testid=connect]")
        page.locator("[data-testid=frameCommand]", has_text=":play start").first.wait_for()
        yield found


def test_style_and_guide_appear_by_themselves_at_connect(opened: Opened) -> None:
    page = opened.page
    page.locator("[data-testid=guidesDrawer]", has_text="Gongkai").wait_for()
    page.wait_for_function("() => (localStorage['neo4j.grass'] || '').includes('Agency')")
    opened.keep("connected")


def test_every_label_is_drawn_in_its_colour_with_a_caption(opened: Opened) -> None:
    style = filled("style.grass", opened.api)
    colours = dict(re.findall(r"node\.(\w+) \{[^}]*?\bcolor: (#\w+);", style))
    for label in Label:
        nodes = nodes_of(opened.run(f"MATCH (n:{label}) RETURN n LIMIT 3"))
        assert {node["fill"].upper() for node in nodes} == {colours[label].upper()}
        assert all(node["caption"] for node in nodes)
    opened.keep("labels")


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.file)
def test_every_saved_query_shows_something(opened: Opened, query: Query) -> None:
    _shows_something(opened, query.text, query.file)


GUIDE = filled("guide.html", "http://localhost:8000")
SHOWN = [
    unescape(text).strip()
    for text in re.findall(r'<pre class="code runnable">(.*?)</pre>', GUIDE, re.S)
]


@pytest.mark.parametrize("place", range(len(SHOWN)))
def test_every_query_of_the_guide_shows_something(opened: Opened, place: int) -> None:
    _shows_something(opened, SHOWN[place], f"guide-{place + 1}")


def _shows_something(opened: Opened, text: str, name: str) -> None:
    frame = opened.run(text)
    frame.locator("g.node, table tbody tr, [role=grid] [role=row], pre").first.wait_for()
    opened.page.wait_for_timeout(300)
    opened.keep(name)
    assert not frame.locator(
        "[data-testid=cypherFrameErrorMessage], [data-testid=errorBanner]"
    ).count()
    assert "(no changes, no records)" not in frame.inner_text()


def test_nothing_leaves_the_machine(opened: Opened) -> None:
    """Runs last: what every test before it has connected to."""
    assert opened.hosts - {""} <= {"localhost", "127.0.0.1"}
