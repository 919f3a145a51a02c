"""Every error a client can meet, in one place: its code, and what of it may be shown.

    GRAPHQL_PARSE_FAILED  GRAPHQL_VALIDATION_FAILED  OPERATION_RESOLUTION_FAILURE  BAD_USER_INPUT
    TOO_MANY_ALIASES  TOO_MANY_FIELDS  TOO_MANY_OPERATIONS  TOO_DEEP  TOO_MANY_TOKENS
    TOO_MANY_CONDITIONS  TOO_MANY_IDS  FIRST_WITH_LAST  PAGE_TOO_LARGE  TOO_MANY_NODES
    SEARCH_TOO_LONG  BODY_TOO_LARGE  BATCH_REFUSED          (limits: nothing ran)
    TOO_MANY_POINTS  NOT_COMPARABLE  MIXED_UNITS  NOT_FOUND          (comparisons)
    BAD_REQUEST  METHOD_NOT_ALLOWED  NOT_ACCEPTABLE  UNSUPPORTED_MEDIA_TYPE          (HTTP)
    BAD_CURSOR  TIMEOUT  STORE_…  INTERNAL                                   (while it ran)

Refusals reach the client as they are. What is wrong with the store or with Gongkai itself is
logged in full; the client gets the code and no internals.
"""

import logging
from typing import Any

from graphql import GraphQLError, Node

from gongkai.graph.errors import (
    GongkaiError,
    NotFound,
    StoreBusy,
    StoreTimeout,
    StoreUnavailable,
    UsageError,
)

log = logging.getLogger("gongkai.api")

_SHOWN = (UsageError, NotFound, StoreTimeout)


def refusal(code: str, message: str, node: Node | None = None, **details: Any) -> GraphQLError:
    """An error for the client to read: `details` stand beside the code in `extensions`."""
    return GraphQLError(message, node, extensions={"code": code, **details})


def over_limit(
    code: str, setting: str, limit: int, found: int, message: str, node: Node | None = None
) -> GraphQLError:
    """A limit is broken: `message` says of what, this adds the numbers that programs read."""
    return refusal(code, message, node, setting=setting, limit=limit, found=found)


def is_away(error: GraphQLError) -> bool:
    """The store could not be reached: nothing is wrong with the operation."""
    return (error.extensions or {}).get("code") == StoreUnavailable.code


def coded(error: GraphQLError, code: str) -> GraphQLError:
    """The same error with a code, where it has none."""
    error.extensions = {"code": code, **(error.extensions or {})}
    return error


def while_running(error: BaseException, seconds: float) -> GraphQLError:
    """What the client is told of an exception that a root field's answer raised."""
    if isinstance(error, GraphQLError):
        return error
    if isinstance(error, TimeoutError | StoreTimeout):
        return refusal(
            "TIMEOUT",
            f"The operation ran longer than {seconds:g} seconds. Ask for smaller pages or fewer "
            "fields, or filter more.",
        )
    if isinstance(error, _SHOWN):
        return refusal(error.code, error.message)
    log.error("a field could not be answered", exc_info=error)
    if isinstance(error, StoreBusy):
        return refusal(error.code, "The store is busy. Try again in a moment.")
    if isinstance(error, StoreUnavailable):
        return refusal(error.code, "The store cannot be reached. Try again in a moment.")
    if isinstance(error, GongkaiError):
        return refusal(error.code, "The store cannot serve this now. The server's log says why.")
    return refusal("INTERNAL", "Something went wrong here, not with your query. It is in the log.")
