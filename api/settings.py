"""What an operator may set: one frozen object, read once from the environment, checked at start."""

import os
from collections.abc import Mapping
from typing import Annotated, Any, Self

import msgspec
from msgspec import Meta

from gongkai.graph.errors import UsageError

_PREFIX = "GONGKAI_"

Positive = Annotated[int, Meta(ge=1)]
Seconds = Annotated[float, Meta(gt=0)]


class Settings(msgspec.Struct, frozen=True):
    """Each is the environment variable `GONGKAI_` and its name in capitals."""

    max_aliases: Annotated[Positive, Meta(description="Aliases in one operation.")] = 60
    max_fields: Annotated[
        Positive, Meta(description="Fields in one operation, fragments written out.")
    ] = 500
    max_operations: Annotated[Positive, Meta(description="Operations in one document.")] = 20
    max_depth: Annotated[Positive, Meta(description="Levels of fields, or of one `where`.")] = 20
    max_tokens: Annotated[
        Positive, Meta(description="Lexical tokens in one document; bounds the time to parse it.")
    ] = 10_000
    max_conditions: Annotated[
        Positive, Meta(description="Conditions in all `where` of one operation.")
    ] = 400
    max_ids: Annotated[
        Positive, Meta(description="Ids that one operation may list, and values of all its `in`.")
    ] = 2_000
    default_page: Annotated[
        Positive, Meta(description="The page where neither `first` nor `last` is given.")
    ] = 20
    max_page: Annotated[Positive, Meta(description="The largest `first` or `last`.")] = 1_000
    max_nodes: Annotated[
        Positive, Meta(description="Nodes that an operation may return by its own page sizes.")
    ] = 50_000
    max_search_characters: Annotated[
        Positive, Meta(description="Characters in the query of one search.")
    ] = 1_000
    max_subgraph_edges: Annotated[
        Positive, Meta(description="Relationships that `paths` and `neighbourhood` look at.")
    ] = 5_000
    max_points: Annotated[
        Positive, Meta(description="Points of a comparison: agencies × metrics × years.")
    ] = 200_000
    max_body_bytes: Annotated[
        Positive, Meta(description="Bytes in the body, or the address, of a request.")
    ] = 1_000_000
    timeout_seconds: Annotated[Seconds, Meta(description="How long one operation may run.")] = 10.0
    cors_origins: Annotated[
        tuple[str, ...],
        Meta(description="Origins of pages that may ask (CORS), separated by commas; `*` for any."),
    ] = ()

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Raises `UsageError` for a value that cannot be."""
        given: dict[str, Any] = {}
        for name in cls.__struct_fields__:
            text = environment.get(variable(name))
            if text is not None:
                given[name] = _read(name, text)
        try:
            made = msgspec.convert(given, cls, strict=False)
        except msgspec.ValidationError as error:
            why, _, place = str(error).partition(" - at `$.")
            name = place.rstrip("`").partition("[")[0]
            raise UsageError(
                f"{variable(name)} is {environment.get(variable(name))!r}: {why.lower()}. "
                "Set another value, or unset it for the default."
            ) from error
        if made.default_page > made.max_page:
            raise UsageError(
                f"{variable('default_page')} is {made.default_page}, over {variable('max_page')} "
                f"({made.max_page}). Lower the one or raise the other."
            )
        return made


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return f"{_PREFIX}{name.upper()}"


def _read(name: str, text: str) -> Any:
    if name == "cors_origins":
        return [origin.strip() for origin in text.split(",") if origin.strip()]
    return text.replace("_", "")
