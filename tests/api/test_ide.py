"""The page at `/`: nothing of it comes from elsewhere."""

import json
import re
from pathlib import Path

import pytest
from httpx import AsyncClient

from gongkai.api import ide

OUTSIDE = re.compile(r"""(?:src|href|url)\s*[=(:]\s*["']?(?:https?:)?//""")


@pytest.fixture
def vendor(tmp_path: Path) -> Path:
    for name in ide.vendored():
        (tmp_path / name).touch()
    return tmp_path


def test_the_page_opens_with_the_examples_as_tabs(vendor: Path) -> None:
    page = ide.page(vendor)

    tabs = json.loads(re.findall(r"defaultTabs: (\[.*\]),\n", page)[0])
    assert [tab["query"] for tab in tabs] == list(ide.examples().values())
    assert len(tabs) >= 5


def test_the_page_asks_only_this_server(vendor: Path) -> None:
    page = ide.page(vendor)

    assert not OUTSIDE.search(page)
    scripts = re.findall(r'(?:src|href)="/ide/([^"]+)"', page)
    assert scripts
    assert set(scripts) <= set(ide.vendored())


def test_without_its_files_the_page_says_how_to_get_them(tmp_path: Path) -> None:
    page = ide.page(tmp_path)

    assert "make ide" in page
    assert "graphiql.min.js" in page
    assert not OUTSIDE.search(page)


def test_every_archive_has_a_pinned_hash_and_no_address() -> None:
    text = (ide.FOLDER / "packages.toml").read_text(encoding="utf-8")

    assert text.count("[[package]]") == len(re.findall(r'integrity = "sha512-[\w+/=]{88}"', text))
    assert "://" not in text


async def test_the_server_forbids_the_page_to_ask_others(client: AsyncClient) -> None:
    response = await client.get("/")

    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["content-security-policy"].startswith("default-src 'self'")
    assert "//" not in response.headers["content-security-policy"]
