"""One operation from its text to the bytes of its answer.

    text → document (parsed, within limits, valid; kept) → plans → the store's JSON → response

The store answers with the JSON of a whole root field, so an answer is put together from bytes:
there is no Python object for any field in it.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    execute_sync,
    get_variable_values,
    is_non_null_type,
    parse,
    validate,
)
from graphql.execution.values import VariableValues

from gongkai.graph.store import GraphStore

from . import errors, limits
from .comparison_planner import Compared, YearsCompared
from .comparisons import answer_comparison, answer_years
from .errors import coded, refusal
from .network_planner import Similar, Walked
from .planner import Planner
from .schema import graphql_schema
from .selections import Selections
from .settings import Settings
from .subgraphs import answer_similar, answer_walk

_DOCUMENTS_KEPT = 500
_KEPT_CHARACTERS = 20_000
_ERRORS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Response:
    """`data`: JSON, or None where nothing ran: then the response has no `data` at all."""

    data: bytes | None
    errors: list[GraphQLError] = field(default_factory=list)

    def body(self) -> bytes:
        parts = []
        if self.errors:
            shown = [error.formatted for error in self.errors]
            parts.append(b'"errors":' + msgspec.json.encode(shown))
        if self.data is not None:
            parts.append(b'"data":' + self.data)
        return b"{" + b",".join(parts) + b"}"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that may run. `introspections`: answers to its schema questions, by operation."""

    document: DocumentNode
    operations: dict[str | None, OperationDefinitionNode]
    fragments: dict[str, FragmentDefinitionNode]
    introspections: dict[str | None, dict[str, bytes]] = field(default_factory=dict)


class RequestRefused(Exception):
    """The request breaks a rule or a limit: nothing of it ran."""

    def __init__(self, refused: list[GraphQLError]) -> None:
        super().__init__(refused)
        self.errors = refused


class Executor:
    """Answers operations from one store. Keeps nothing of a request but what its text means."""

    def __init__(self, store: GraphStore, settings: Settings) -> None:
        self.store, self.settings = store, settings
        self.schema = graphql_schema()
        self._prepared: dict[str, Prepared] = {}

    async def execute(
        self,
        query: str,
        variables: Mapping[str, Any] | None = None,
        operation_name: str | None = None,
    ) -> Response:
        try:
            prepared = self.prepare(query)
            operation = choose(prepared, operation_name)
            planned = self._plan(prepared, operation, variables or {})
        except RequestRefused as refused:
            return Response(None, refused.errors)
        return await self._answer(planned)

    def prepare(self, query: str) -> Prepared:
        """Raises `RequestRefused` for what cannot be parsed, is too large, or is not valid."""
        known = self._prepared.get(query)
        if known is not None:
            return known
        prepared = self._read(query)
        if len(query) <= _KEPT_CHARACTERS:
            if len(self._prepared) >= _DOCUMENTS_KEPT:
                del self._prepared[next(iter(self._prepared))]
            self._prepared[query] = prepared
        return prepared

    def is_query(self, query: str, operation_name: str | None) -> bool:
        """False where the operation that would run is a mutation or a subscription."""
        try:
            document = parse_text(query, self.settings)
        except RequestRefused:
            return True  # `execute` says what is wrong with it
        return all(
            item.operation is OperationType.QUERY
            for item in document.definitions
            if isinstance(item, OperationDefinitionNode)
            and operation_name in (None, "", item.name and item.name.value)
        )

    def _read(self, query: str) -> Prepared:
        document = parse_text(query, self.settings)
        try:
            limits.check_document(document, self.settings)
        except GraphQLError as error:
            raise RequestRefused([error]) from None
        invalid = validate(self.schema, document, max_errors=_ERRORS_SHOWN)
        if invalid:
            raise RequestRefused([_invalid(error) for error in invalid])
        definitions = document.definitions
        return Prepared(
            document,
            {
                item.name.value if item.name else None: item
                for item in definitions
                if isinstance(item, OperationDefinitionNode)
            },
            {
                item.name.value: item
                for item in definitions
                if isinstance(item, FragmentDefinitionNode)
            },
        )

    # --- plans --------------------------------------------------------------------------------

    def _plan(
        self, prepared: Prepared, operation: OperationDefinitionNode, given: Mapping[str, Any]
    ) -> "_Planned":
        variables = get_variable_values(
            self.schema, operation.variable_definitions or (), dict(given), max_errors=_ERRORS_SHOWN
        )
        if isinstance(variables, list):
            raise RequestRefused([coded(error, "BAD_USER_INPUT") for error in variables])
        try:
            return self._planned(prepared, operation, variables, given)
        except GraphQLError as error:
            raise RequestRefused([coded(error, "BAD_USER_INPUT")]) from None

    def _planned(
        self,
        prepared: Prepared,
        operation: OperationDefinitionNode,
        variables: VariableValues,
        given: Mapping[str, Any],
    ) -> "_Planned":
        selections = Selections(prepared.fragments, variables)
        planner = Planner(self.schema, selections, variables, self.settings)
        planned = _Planned()
        about_schema: list[FieldNode] = []
        for key, fields in selections.of(operation.selection_set).items():
            name = fields[0].name.value
            if name == "__typename":
                planned.known[key] = b'"Query"'
            elif name.startswith("__"):
                about_schema += fields
            else:
                planned.asked[key] = planner.root(key, fields)
            planned.fields[key] = fields[0]
        limits.check_nodes(list(planned.asked.values()), self.settings)
        if about_schema:
            planned.known |= self._introspect(prepared, operation, about_schema, given)
        return planned

    def _introspect(
        self,
        prepared: Prepared,
        operation: OperationDefinitionNode,
        fields: list[FieldNode],
        given: Mapping[str, Any],
    ) -> dict[str, bytes]:
        """The answers about the schema itself, by graphql-core, by response key."""
        name = operation.name.value if operation.name else None
        known = prepared.introspections.get(name)
        if known is not None:
            return known
        only = OperationDefinitionNode(
            operation=operation.operation,
            variable_definitions=operation.variable_definitions,
            directives=(),
            selection_set=SelectionSetNode(selections=tuple(fields)),
        )
        document = DocumentNode(definitions=(only, *prepared.fragments.values()))
        result: ExecutionResult = execute_sync(self.schema, document, variable_values=dict(given))
        if result.errors:
            raise result.errors[0]
        answers = {key: msgspec.json.encode(value) for key, value in (result.data or {}).items()}
        if not operation.variable_definitions:
            prepared.introspections[name] = answers
        return answers

    # --- answers ------------------------------------------------------------------------------

    async def _answer(self, planned: "_Planned") -> Response:
        seconds = self.settings.timeout_seconds
        answers: list[bytes | BaseException]
        try:
            async with asyncio.timeout(seconds):
                answers = await asyncio.gather(
                    *map(self._one, planned.asked.values()), return_exceptions=True
                )
        except TimeoutError as error:
            return Response(b"null", [errors.while_running(error, seconds)])
        found = dict(planned.known)
        failed: list[GraphQLError] = []
        lost = False
        for key, answer in zip(planned.asked, answers, strict=True):
            if isinstance(answer, BaseException):
                node = planned.fields[key]
                failed.append(_located(errors.while_running(answer, seconds), key, node))
                definition = self.schema.get_field(self._query, node.name.value)
                lost = lost or definition is None or is_non_null_type(definition.type)
                answer = b"null"
            found[key] = answer
        if lost:
            return Response(b"null", failed)
        parts = [msgspec.json.encode(key) + b":" + found[key] for key in planned.fields]
        return Response(b"{" + b",".join(parts) + b"}", failed)

    async def _one(self, asked: Any) -> bytes:
        if isinstance(asked, Walked):
            return await answer_walk(self.store, asked, self.settings)
        if isinstance(asked, Similar):
            return await answer_similar(self.store, asked, self.settings)
        if isinstance(asked, Compared):
            return await answer_comparison(self.store, asked, self.settings)
        if isinstance(asked, YearsCompared):
            return await answer_years(self.store, asked, self.settings)
        return await self.store.answer(asked, timeout_seconds=self.settings.timeout_seconds)

    @property
    def _query(self) -> Any:
        return self.schema.query_type


@dataclass(slots=True)
class _Planned:
    """Root fields by response key: `fields` holds all in their order, the others a part each."""

    fields: dict[str, FieldNode] = field(default_factory=dict)
    asked: dict[str, Any] = field(default_factory=dict)
    known: dict[str, bytes] = field(default_factory=dict)


def parse_text(query: str, settings: Settings) -> DocumentNode:
    """Raises `RequestRefused`."""
    try:
        return parse(query, max_tokens=settings.max_tokens, allow_empty_selection_sets=False)
    except GraphQLError as error:
        if "tokens" in error.message:
            error = errors.over_limit(
                "TOO_MANY_TOKENS",
                "max_tokens",
                settings.max_tokens,
                settings.max_tokens + 1,
                f"The document has more than {settings.max_tokens} tokens, which is the limit. "
                "Send values as variables, or split the operation.",
            )
        raise RequestRefused([coded(error, "GRAPHQL_PARSE_FAILED")]) from None


def choose(prepared: Prepared, name: str | None) -> OperationDefinitionNode:
    """The operation to run. Raises `RequestRefused` where the name does not say which."""
    if name:
        operation = prepared.operations.get(name)
        why = f"The document has no operation `{name}`."
    else:
        operations = list(prepared.operations.values())
        operation = operations[0] if len(operations) == 1 else None
        why = "The document has no operation." if not operations else "Which operation is to run?"
    if operation is None:
        known = ", ".join(f"`{item}`" for item in prepared.operations if item)
        hint = f" Give `operationName`: one of {known}." if known else ""
        raise RequestRefused([refusal("OPERATION_RESOLUTION_FAILURE", f"{why}{hint}")])
    return operation


def _invalid(error: GraphQLError) -> GraphQLError:
    if error.message == "Validation aborted.":  # graphql-core's own limit on comparisons
        return refusal(
            "GRAPHQL_VALIDATION_FAILED",
            "The document selects the same fields too often to be checked. Select each once.",
        )
    return coded(error, "GRAPHQL_VALIDATION_FAILED")


def _located(error: GraphQLError, key: str, node: FieldNode) -> GraphQLError:
    return GraphQLError(error.message, node, path=[key], extensions=error.extensions)
