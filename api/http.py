"""GraphQL over HTTP, as its specification says: media types, status codes, GET for queries only."""

import asyncio
from dataclasses import dataclass
from typing import Any

import msgspec
from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import Response as HttpResponse
from starlette.types import Receive, Scope, Send

from .errors import is_away, over_limit, refusal
from .execute import Executor, Response

GRAPHQL_JSON = "application/graphql-response+json"
PLAIN_JSON = "application/json"
_JSON_TYPES = (GRAPHQL_JSON, PLAIN_JSON)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for."""

    query: str
    variables: dict[str, Any] | None
    operation_name: str | None


class HttpRefused(Exception):
    """The request itself is at fault: `status`, and the one error that says how."""

    def __init__(self, status: int, error: GraphQLError, **headers: str) -> None:
        super().__init__(error.message)
        self.status, self.error, self.headers = status, error, headers


class GraphQLEndpoint:
    """`/graphql`, for the executor in `app.state`: POST with JSON, GET for queries."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        executor: Executor = request.app.state.executor
        media = PLAIN_JSON
        try:
            media = accepted(request.headers.get("accept", ""))
            asked = await _asked(request, executor.settings.max_body_bytes)
            if request.method == "GET":
                _check_get(executor, asked)
        except HttpRefused as refused:
            body = Response(None, [refused.error]).body()
            answer = _answer(body, media, refused.status, refused.headers)
        else:
            response = await _unless_gone(request, executor, asked)
            if response is None:
                return
            # Nothing ran: an error of the request. The older media type has 200 even then.
            status = 400 if response.data is None and media == GRAPHQL_JSON else 200
            if any(map(is_away, response.errors)):
                status = 503
            answer = _answer(response.body(), media, status, {})
        await answer(scope, receive, send)


def accepted(header: str) -> str:
    """The media type of the answer: of those the client likes best, the newer one if it names it.

    Clients that take anything get `application/json`. Raises `HttpRefused`.
    """
    if not header.strip():
        return PLAIN_JSON
    wanted: dict[str, float] = {}
    for part in header.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        wanted[name] = _quality(parameters)
    anything = wanted.get("application/*", wanted.get("*/*", 0.0))
    liking = {
        PLAIN_JSON: wanted.get(PLAIN_JSON, anything),
        GRAPHQL_JSON: wanted.get(GRAPHQL_JSON, anything / 2),
    }
    best = max(_JSON_TYPES, key=lambda name: liking[name])
    if liking[best] <= 0:
        raise HttpRefused(
            406,
            refusal(
                "NOT_ACCEPTABLE",
                f"Answers come as {GRAPHQL_JSON} or {PLAIN_JSON}: accept one of them.",
            ),
        )
    return best


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


# --- what is asked ----------------------------------------------------------------------------


async def _asked(request: Request, max_bytes: int) -> Asked:
    if request.method == "GET":
        _check_size(len(request.url.query), max_bytes)
        return _from_parameters(request)
    if request.method != "POST":
        raise HttpRefused(
            405,
            refusal("METHOD_NOT_ALLOWED", f"{request.method} is not answered: POST, or GET."),
            allow="GET, POST",
        )
    _check_content_type(request.headers.get("content-type", ""))
    return _from_json(_decoded(await _body(request, max_bytes), "The body"))


def _check_content_type(header: str) -> None:
    name, *parameters = (piece.strip().lower() for piece in header.split(";"))
    charset = next(
        (p.partition("=")[2].strip('"') for p in parameters if p.startswith("charset")), ""
    )
    if name != PLAIN_JSON or charset not in ("", "utf-8", "utf8"):
        raise HttpRefused(
            415,
            refusal(
                "UNSUPPORTED_MEDIA_TYPE",
                f"The body is {header or 'of no stated type'}: send {PLAIN_JSON} in UTF-8.",
            ),
        )


async def _body(request: Request, max_bytes: int) -> bytes:
    stated = request.headers.get("content-length", "")
    if stated.isdigit():
        _check_size(int(stated), max_bytes)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        _check_size(len(body), max_bytes)
    return bytes(body)


def _check_size(found: int, limit: int) -> None:
    if found > limit:
        raise HttpRefused(
            413,
            over_limit(
                "BODY_TOO_LARGE",
                "max_body_bytes",
                limit,
                found,
                f"The request has {found} bytes or more; the limit is {limit}. Send less at once.",
            ),
        )


def _from_parameters(request: Request) -> Asked:
    given = request.query_params
    variables = given.get("variables")
    return _checked(
        {
            "query": given.get("query"),
            "variables": _decoded(variables.encode(), "`variables`") if variables else None,
            "operationName": given.get("operationName") or None,
        }
    )


def _from_json(given: Any) -> Asked:
    if isinstance(given, list):
        raise HttpRefused(
            400, refusal("BATCH_REFUSED", "Batches are refused: send one operation in a request.")
        )
    if not isinstance(given, dict):
        raise _malformed("The body must be a JSON object with `query`.")
    return _checked(given)


def _checked(given: dict[str, Any]) -> Asked:
    query, variables, name = (given.get(key) for key in ("query", "variables", "operationName"))
    if not isinstance(query, str) or not query:
        raise _malformed("`query` must be the text of a GraphQL document.")
    if not isinstance(variables, dict | None):
        raise _malformed("`variables` must be an object, or left out.")
    if not isinstance(name, str | None):
        raise _malformed("`operationName` must be text, or left out.")
    if not isinstance(given.get("extensions"), dict | None):
        raise _malformed("`extensions` must be an object, or left out.")
    return Asked(query, variables, name)


def _decoded(data: bytes, what: str) -> Any:
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _malformed(f"{what} cannot be read as JSON: {error}.") from error


def _malformed(message: str) -> HttpRefused:
    return HttpRefused(400, refusal("BAD_REQUEST", message))


def _check_get(executor: Executor, asked: Asked) -> None:
    """GET runs queries only, whatever else the schema might come to have."""
    if not executor.is_query(asked.query, asked.operation_name):
        raise HttpRefused(
            405,
            refusal("METHOD_NOT_ALLOWED", "GET runs queries only: send this by POST."),
            allow="POST",
        )


# --- the answer -------------------------------------------------------------------------------


async def _unless_gone(request: Request, executor: Executor, asked: Asked) -> Response | None:
    """The response, or None where the client left: then the work is given up."""
    work = asyncio.ensure_future(
        executor.execute(asked.query, asked.variables, asked.operation_name)
    )
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait((work, gone), return_when=asyncio.FIRST_COMPLETED)
        return work.result() if work.done() else None
    finally:
        work.cancel()
        gone.cancel()


async def _gone(request: Request) -> None:
    # The body has been read: what comes now is only that the client left.
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _answer(body: bytes, media: str, status: int, headers: dict[str, str]) -> HttpResponse:
    return HttpResponse(body, status, {"content-type": f"{media}; charset=utf-8", **headers})
