"""The IDE's page: GraphiQL, from files that `api/ide/install.py` puts beside it (`make ide`)."""

import tomllib
from html import escape
from pathlib import Path

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse

_HERE = Path(__file__).parent
FOLDER = _HERE / "ide"
VENDOR = FOLDER / "vendor"
EXAMPLES = _HERE / "examples"

# Whatever the page's scripts would fetch comes from this server, or not at all.
_HEADERS = {
    "content-security-policy": "default-src 'self' data: blob:; "
    "script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; frame-ancestors 'self'"
}


async def ide_page(_: Request) -> HTMLResponse:
    return HTMLResponse(page(VENDOR), headers=_HEADERS)


def examples() -> dict[str, str]:
    """The example queries by name, in order."""
    return {
        path.stem: path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.graphql"))
    }


def page(vendor: Path) -> str:
    """The IDE with the examples as tabs, or how to get its files where some are missing."""
    missing = [name for name in vendored() if not (vendor / name).is_file()]
    if missing:
        return _filled(
            "missing.html",
            missing=escape(", ".join(missing)),
            install=escape(str(FOLDER / "install.py")),
            examples=escape("\n".join(examples().values())),
        )
    tabs = msgspec.json.encode([{"query": text} for text in examples().values()]).decode()
    return _filled("index.html", tabs=tabs.replace("<", "\\u003c"))


def vendored() -> list[str]:
    """The names of the files that `install.py` puts into vendor/."""
    packages = tomllib.loads((FOLDER / "packages.toml").read_text(encoding="utf-8"))["package"]
    return [name for package in packages for name in package["files"].values()]


def _filled(template: str, **values: str) -> str:
    text = (FOLDER / template).read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace("{{" + name + "}}", value)
    return text
