"""GraphQL over HTTP, as its specification says: media types, status codes, GET for queries only."""

from typing import Any

import msgspec
from starlette.requests import Request as HttpRequest
from starlette.responses import Response as HttpResponse

from .execute import BAD_USER_INPUT, Executor, Request
from .settings import Settings

GRAPHQL_JSON = "application/graphql-response+json"
PLAIN_JSON = "application/json"
_UNAVAILABLE = {"STORE_ERROR", "STORE_BUSY", "STORE_CORRUPT", "STORE_VERSION"}


class _Refusal(Exception):
    def __init__(self, status: int, code: str, message: str, **headers: str) -> None:
        self.status, self.code, self.message = status, code, message
        self.headers = headers


class GraphQLEndpoint:
    """`/graphql`: POST with JSON, GET for queries."""

    def __init__(self, executor: Executor, settings: Settings) -> None:
        self._executor, self._settings = executor, settings

    async def __call__(self, http: HttpRequest) -> HttpResponse:
        media = PLAIN_JSON
        try:
            media = _acceptable(http)
            request = await self._request(http)
        except _Refusal as refusal:
            error = {"message": refusal.message, "extensions": {"code": refusal.code}}
            body = msgspec.json.encode({"errors": [error]})
            return _answer(body, media, refusal.status, refusal.headers)
        response = await self._executor.execute(request)
        return _answer(response.body, media, _status(media, response.refused, response.code), {})

    async def _request(self, http: HttpRequest) -> Request:
        if http.method == "GET":
            return _from_parameters(http)
        content_type = http.headers.get("content-type", "").partition(";")[0].strip().lower()
        if content_type != PLAIN_JSON:
            raise _Refusal(415, "UNSUPPORTED_MEDIA_TYPE", f"Send the request as {PLAIN_JSON}.")
        return _from_json(await self._body(http))

    async def _body(self, http: HttpRequest) -> bytes:
        limit = self._settings.max_body_bytes
        body = bytearray()
        async for chunk in http.stream():
            body += chunk
            if len(body) > limit:
                raise _Refusal(
                    413,
                    "LIMIT_EXCEEDED",
                    f"The body has more than its limit of {limit:,} bytes ({len(body):,} so far). "
                    "Send less in one request.",
                )
        return bytes(body)


def _acceptable(http: HttpRequest) -> str:
    """The media type of the answer: the first the client accepts."""
    accept = http.headers.get("accept", "")
    ranges = [part.partition(";")[0].strip().lower() for part in accept.split(",") if part.strip()]
    if not ranges:
        return PLAIN_JSON
    for item in ranges:
        if item == GRAPHQL_JSON:
            return GRAPHQL_JSON
        if item in (PLAIN_JSON, "application/*", "*/*"):
            return PLAIN_JSON
    raise _Refusal(406, "NOT_ACCEPTABLE", f"Answers come as {GRAPHQL_JSON} or {PLAIN_JSON}.")


def _from_parameters(http: HttpRequest) -> Request:
    given = http.query_params
    variables = given.get("variables")
    return _checked(
        {
            "query": given.get("query"),
            "variables": _json(variables.encode()) if variables else None,
            "operationName": given.get("operationName") or None,
        },
        only_queries=True,
    )


def _json(data: bytes) -> Any:
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _Refusal(400, BAD_USER_INPUT, f"This is not JSON: {error}.") from error


def _from_json(body: bytes) -> Request:
    given = _json(body)
    if isinstance(given, list):
        raise _Refusal(
            400, BAD_USER_INPUT, "Batches are not answered: send one operation a request."
        )
    if not isinstance(given, dict):
        raise _Refusal(400, BAD_USER_INPUT, "The body must be a JSON object with `query`.")
    return _checked(given, only_queries=False)


def _checked(given: dict[str, Any], *, only_queries: bool) -> Request:
    query, variables = given.get("query"), given.get("variables")
    name, extensions = given.get("operationName"), given.get("extensions")
    if not isinstance(query, str) or not query.strip():
        raise _Refusal(400, BAD_USER_INPUT, "`query` must be the text of a GraphQL document.")
    if not isinstance(variables, dict | None):
        raise _Refusal(400, BAD_USER_INPUT, "`variables` must be an object.")
    if not isinstance(name, str | None):
        raise _Refusal(400, BAD_USER_INPUT, "`operationName` must be a text.")
    if not isinstance(extensions, dict | None):
        raise _Refusal(400, BAD_USER_INPUT, "`extensions` must be an object.")
    return Request(query, variables, name, only_queries=only_queries)


def _status(media: str, refused: bool, code: str | None) -> int:
    if code in _UNAVAILABLE:
        return 503
    return 400 if refused and media == GRAPHQL_JSON else 200


def _answer(body: bytes, media: str, status: int, headers: dict[str, str]) -> HttpResponse:
    return HttpResponse(body, status, {"content-type": f"{media}; charset=utf-8", **headers})
