"""The IDE's page: GraphiQL, from files that are put beside it at install time (`make ide`)."""

from functools import cache
from html import escape
from pathlib import Path

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse

_HERE = Path(__file__).parent
VENDOR = _HERE / "ide" / "vendor"
EXAMPLES = _HERE / "examples"

_FILES = (
    "react.production.min.js",
    "react-dom.production.min.js",
    "graphiql.min.js",
    "graphiql.min.css",
)


async def ide_page(_: Request) -> HTMLResponse:
    return HTMLResponse(_page())


def examples() -> dict[str, str]:
    """The example queries by name, in order."""
    return {
        path.stem: path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.graphql"))
    }


@cache
def _page() -> str:
    missing = [name for name in _FILES if not (VENDOR / name).is_file()]
    if missing:
        template = (_HERE / "ide" / "missing.html").read_text(encoding="utf-8")
        queries = "\n\n".join(examples().values())
        return template.replace("{{missing}}", escape(", ".join(missing))).replace(
            "{{examples}}", escape(queries)
        )
    template = (_HERE / "ide" / "index.html").read_text(encoding="utf-8")
    tabs = msgspec.json.encode([{"query": text} for text in examples().values()]).decode()
    return template.replace("{{tabs}}", tabs.replace("<", "\\u003c"))
