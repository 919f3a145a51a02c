"""The kit for Neo4j Browser, hosted for it: style, guide, saved queries, a piece of configuration.

Browser fetches style and guide from the page of another server, with the headers below: without
them it says "Not found". What the files say of this server is filled in from the request.
"""

import io
import zipfile
from dataclasses import dataclass
from importlib import resources
from urllib.parse import urlsplit

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route

PATH = "/browser-kit"
FILES = resources.files("gongkai.browser_kit")

_TYPES = {"style.grass": "text/css", "guide.html": "text/html", "neo4j.conf": "text/plain"}
_FOLDER = "公开 Gongkai"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Query:
    """`name`: its first line, which Browser shows as the name of a saved query."""

    file: str
    name: str
    text: str


def queries() -> list[Query]:
    """The saved queries, in order."""
    found = sorted(FILES.joinpath("queries").iterdir(), key=lambda item: item.name)
    texts = [(item.name, item.read_text("utf-8")) for item in found]
    return [
        Query(file, text.partition("\n")[0].removeprefix("// "), text)
        for file, text in texts
        if file.endswith(".cypher")
    ]


def filled(name: str, api: str) -> str:
    """A file of the kit for an API at this address (`http://localhost:8000`)."""
    text = FILES.joinpath(name).read_text("utf-8")
    return text.replace("{{api}}", api).replace("{{host}}", urlsplit(api).hostname or "localhost")


def zipped() -> bytes:
    """The saved queries for dropping on Browser's page: a folder of scripts, the same bytes each time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for query in queries():
            archive.writestr(zipfile.ZipInfo(f"{_FOLDER}/{query.file}", _LONG_AGO), query.text)
    return buffer.getvalue()


def mounted() -> Mount:
    """The kit under `/browser-kit`, for any page: it holds nothing of the store."""
    return Mount(
        PATH,
        routes=[Route("/queries.zip", _zip), Route("/{name}", _file)],
        middleware=[
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET"],
                allow_headers=["cache-control", "pragma", "sentry-trace"],
            )
        ],
    )


async def _file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _TYPES:
        known = ", ".join([*_TYPES, "queries.zip"])
        return PlainTextResponse(f"No such file of the kit. There are: {known}.", 404)
    api = f"{request.url.scheme}://{request.url.netloc}"
    return Response(filled(name, api), media_type=_TYPES[name])


async def _zip(_: Request) -> Response:
    return Response(zipped(), media_type="application/zip")


def instructions(browser: str, api: str) -> str:
    """What `gongkai browser` prints. `browser`: the address of Neo4j's own web page."""
    kit = f"{api}{PATH}"
    saved = "\n".join(f"    {query.name}" for query in queries())
    return f"""Neo4j Browser   {browser}/browser/
In its editor, with the API running at {api} (gongkai serve):
  :style {kit}/style.grass     colours, sizes and captions
  :guide {kit}/guide.html      a tour from an agency to its figures
Saved queries   download {kit}/queries.zip and drop it on the page:
{saved}
All of it by itself at each connection: add the lines of {kit}/neo4j.conf to the server's neo4j.conf.
Browser reads from this API only under a name that the server lists (localhost unless told, not
127.0.0.1)."""
