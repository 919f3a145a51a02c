"""One operation to one response: parse, check, plan, ask the store, put the JSON together.

The store answers each root field with finished JSON; the response is put together from it without
one Python object for each field. Only introspection goes through graphql-core's own execution.
"""

import asyncio
import logging
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import msgspec
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    execute_sync,
    parse,
    validate,
)
from graphql.execution.values import get_variable_values

from gongkai.graph import networks, plan
from gongkai.graph.errors import GongkaiError, QueryRefused
from gongkai.graph.store import GraphStore

from .limits import check_document, check_size
from .planner import Planner, Selected, SubGraphRoot
from .schema import graphql_schema
from .settings import Settings

_LOG = logging.getLogger("gongkai.api")
_DOCUMENTS_KEPT = 512
_INTROSPECTION = ("__schema", "__type")

PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
BAD_USER_INPUT = "BAD_USER_INPUT"
INTERNAL = "INTERNAL"


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sent; `only_queries`: it came by GET."""

    query: str
    variables: dict[str, Any] | None = None
    operation_name: str | None = None
    only_queries: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """`body`: JSON. `refused`: nothing ran (the request itself was at fault)."""

    body: bytes
    refused: bool = False
    code: str | None = None


class _Failed(Exception):
    """Errors of a request that never ran."""

    def __init__(self, code: str, errors: list[GraphQLError]) -> None:
        self.code, self.errors = code, errors


class Executor:
    """Answers operations from one store. Keeps what parsing and validation found, by query text."""

    def __init__(self, store: GraphStore, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self._schema = graphql_schema()
        self._documents: OrderedDict[str, DocumentNode] = OrderedDict()

    async def execute(self, request: Request) -> Response:
        try:
            document = self._document(request.query)
            operation = _operation(document, request)
            planner, selected = self._plan(document, operation, request.variables or {})
            roots = self._roots(planner, selected)
        except _Failed as failed:
            return Response(_errors(failed.code, failed.errors), refused=True, code=failed.code)
        except GongkaiError as error:
            body = _errors(error.code, [GraphQLError(error.message)])
            return Response(body, refused=True, code=error.code)
        try:
            async with asyncio.timeout(self._settings.timeout_seconds):
                return await self._answer(document, operation, planner, selected, roots)
        except GongkaiError as error:
            return Response(
                _errors(error.code, [GraphQLError(error.message)], data=True), code=error.code
            )
        except TimeoutError:
            message = (
                f"The operation ran longer than {self._settings.timeout_seconds:g} seconds. "
                "Ask for fewer nodes, or filter more."
            )
            return Response(_errors("TIMEOUT", [GraphQLError(message)], data=True), code="TIMEOUT")
        except Exception:
            _LOG.exception("an operation failed")
            message = "Something went wrong here. It has been logged."
            return Response(_errors(INTERNAL, [GraphQLError(message)], data=True), code=INTERNAL)

    def _document(self, query: str) -> DocumentNode:
        known = self._documents.get(query)
        if known is not None:
            self._documents.move_to_end(query)
            return known
        try:
            document = parse(query, no_location=False, max_tokens=self._settings.max_tokens)
        except GraphQLError as error:
            raise _Failed(PARSE_FAILED, [error]) from error
        except RecursionError as error:
            raise _Failed(
                PARSE_FAILED, [GraphQLError("The document is nested too deeply.")]
            ) from error
        check_document(document, self._settings)
        errors = validate(self._schema, document, max_errors=20)
        if errors:
            raise _Failed(VALIDATION_FAILED, errors)
        self._documents[query] = document
        if len(self._documents) > _DOCUMENTS_KEPT:
            self._documents.popitem(last=False)
        return document

    def _plan(
        self, document: DocumentNode, operation: OperationDefinitionNode, variables: dict[str, Any]
    ) -> tuple[Planner, list[Selected]]:
        coerced = get_variable_values(self._schema, operation.variable_definitions or (), variables)
        if isinstance(coerced, list):
            raise _Failed(BAD_USER_INPUT, coerced)
        fragments = {
            item.name.value: item
            for item in document.definitions
            if isinstance(item, FragmentDefinitionNode)
        }
        planner = Planner(self._schema, fragments, coerced, self._settings)
        query = self._schema.query_type
        if query is None:
            raise AssertionError("the schema has a query type")
        try:
            return planner, planner.select(query, (operation.selection_set,))
        except GraphQLError as error:
            raise _Failed(BAD_USER_INPUT, [error]) from error

    def _roots(
        self, planner: Planner, selected: list[Selected]
    ) -> dict[str, plan.Root | SubGraphRoot]:
        try:
            roots = {
                item.key: planner.root(item) for item in selected if not item.name.startswith("__")
            }
        except GraphQLError as error:
            raise _Failed(BAD_USER_INPUT, [error]) from error
        check_size(
            [root for root in roots.values() if not isinstance(root, SubGraphRoot)], self._settings
        )
        return roots

    async def _answer(
        self,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        planner: Planner,
        selected: list[Selected],
        roots: dict[str, plan.Root | SubGraphRoot],
    ) -> Response:
        answers = dict(
            zip(roots, await asyncio.gather(*map(self._ask, roots.values())), strict=True)
        )
        parts: list[bytes] = []
        for item in selected:
            if item.name in _INTROSPECTION:
                answer = self._introspect(document, operation, item)
            elif item.name == "__typename":
                answer = b'"Query"'
            else:
                answer = answers[item.key]
            parts.append(msgspec.json.encode(item.key) + b":" + answer)
        return Response(b'{"data":{' + b",".join(parts) + b"}}")

    async def _ask(self, root: plan.Root | SubGraphRoot) -> bytes:
        seconds = self._settings.timeout_seconds
        if not isinstance(root, SubGraphRoot):
            return await self._store.answer(root, timeout_seconds=seconds)
        return await self._walk(root)

    async def _walk(self, root: SubGraphRoot) -> bytes:
        """A sub-graph costs two statements: its relationships, then what is shown of its nodes."""
        limits = networks.Limits(self._settings.max_subgraph_edges, self._settings.timeout_seconds)
        given = root.arguments
        types = tuple(given.get("relations") or ())
        if root.between:
            found = await networks.shortest_path(
                self._store, given["from_"], given["to"], given["max_length"], types, limits
            )
        else:
            found = await networks.neighbourhood(
                self._store, given["id"], given["depth"], types, limits
            )
        nodes = b"[]"
        if root.variants is not None:
            asked = plan.ByIds(found.nodes, root.variants)
            nodes = await self._store.answer(asked, timeout_seconds=self._settings.timeout_seconds)
        shown: dict[str, Any] = {}
        for item in root.items:
            match item.name:
                case "nodes":
                    shown[item.key] = msgspec.Raw(nodes)
                case "edges":
                    shown[item.key] = [_edge(item, edge) for edge in found.edges]
                case "length":
                    shown[item.key] = found.length
                case "truncated":
                    shown[item.key] = found.truncated
                case _:
                    shown[item.key] = "SubGraph"
        return msgspec.json.encode(shown)

    def _introspect(
        self, document: DocumentNode, operation: OperationDefinitionNode, item: Selected
    ) -> bytes:
        """One introspection field by graphql-core, in a document that asks for nothing else."""
        alone = OperationDefinitionNode(
            operation=OperationType.QUERY,
            selection_set=SelectionSetNode(selections=item.nodes),
            variable_definitions=operation.variable_definitions,
        )
        fragments = [d for d in document.definitions if isinstance(d, FragmentDefinitionNode)]
        result = execute_sync(self._schema, DocumentNode(definitions=(alone, *fragments)))
        return msgspec.json.encode((result.data or {}).get(item.key))


def _edge(item: Selected, edge: tuple[str, str, str]) -> dict[str, str]:
    values = {"type": edge[0], "head": edge[1], "tail": edge[2], "__typename": "SubGraphEdge"}
    fields = [
        node
        for outer in item.nodes
        if outer.selection_set
        for node in outer.selection_set.selections
        if isinstance(node, FieldNode)
    ]
    return {
        (node.alias.value if node.alias else node.name.value): values[node.name.value]
        for node in fields
    }


def _operation(document: DocumentNode, request: Request) -> OperationDefinitionNode:
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    named = [
        operation
        for operation in operations
        if request.operation_name is None
        or (operation.name is not None and operation.name.value == request.operation_name)
    ]
    if len(named) != 1:
        if request.operation_name is None:
            raise QueryRefused(
                "The document has several operations: say which by `operationName`.",
                code=BAD_USER_INPUT,
            )
        raise QueryRefused(
            f"The document has no operation called {request.operation_name!r}.", code=BAD_USER_INPUT
        )
    return named[0]


def _errors(code: str, errors: list[GraphQLError], *, data: bool = False) -> bytes:
    shown = [{**error.formatted, "extensions": {"code": code}} for error in errors]
    body: dict[str, Any] = {"errors": shown}
    if data:
        body["data"] = None
    return msgspec.json.encode(body)
