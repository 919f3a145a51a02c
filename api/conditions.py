"""`where` and `orderBy`, as graphql-core coerced them, into the plan's conditions."""

from collections.abc import Iterator
from enum import Enum
from typing import Any

from graphql import FieldNode

from gongkai.graph.plan import (
    All,
    Compare,
    Dimension,
    Either,
    Not,
    Op,
    Order,
    Related,
    Scalar,
    Where,
)
from gongkai.graph.schema import HOPS, Hop, Label

from .errors import over_limit, refusal
from .names import snake
from .settings import Settings

_OPERATORS = {op.value: op for op in Op}


class Conditions:
    """Makes conditions and counts them: one for each operation."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._conditions = 0
        self._ids = 0

    def where(self, label: Label, given: dict[str, Any] | None, field: FieldNode) -> Where | None:
        """The condition of one argument. Raises `GraphQLError`."""
        return None if given is None else self._all(label, given, field, 1)

    def count_ids(self, found: int, field: FieldNode) -> None:
        """Values that the operation lists, in `ids` or in an `in`. Raises `GraphQLError`."""
        self._ids += found
        limit = self._settings.max_ids
        if self._ids > limit:
            raise over_limit(
                "TOO_MANY_IDS",
                "max_ids",
                limit,
                self._ids,
                f"The operation lists {self._ids} ids or values; the limit is {limit}. Ask for "
                "them in several operations.",
                field,
            )

    def _count(self, field: FieldNode) -> None:
        self._conditions += 1
        limit = self._settings.max_conditions
        if self._conditions > limit:
            raise over_limit(
                "TOO_MANY_CONDITIONS",
                "max_conditions",
                limit,
                self._conditions,
                f"The operation has more than {limit} conditions. Use `in` for alternatives of one "
                "field.",
                field,
            )

    def _all(self, label: Label, given: dict[str, Any], field: FieldNode, depth: int) -> Where:
        limit = self._settings.max_depth
        if depth > limit:
            raise over_limit(
                "TOO_DEEP",
                "max_depth",
                limit,
                depth,
                f"A `where` has more than {limit} levels. Start nearer to what you want.",
                field,
            )
        self._count(field)
        parts = [
            part
            for name, value in given.items()
            for part in self._parts(label, name, value, field, depth)
        ]
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _parts(
        self, label: Label, name: str, value: Any, field: FieldNode, depth: int
    ) -> Iterator[Where]:
        if value is None:
            raise _null(name, field)
        if name == "and":
            yield All(tuple(self._all(label, item, field, depth + 1) for item in value))
        elif name == "or":
            yield Either(tuple(self._all(label, item, field, depth + 1) for item in value))
        elif name == "not":
            yield Not(self._all(label, value, field, depth + 1))
        elif name == "dimensions":
            for item in value:
                yield from self._dimension(item, field)
        elif (hop := HOPS.get((label, snake(name)))) is not None:
            yield from self._related(hop, value, field, depth)
        else:
            for operator, operand in value.items():
                yield Compare(
                    snake(name), _OPERATORS[operator], self._operand(operator, operand, field)
                )

    def _related(
        self, hop: Hop, given: dict[str, Any], field: FieldNode, depth: int
    ) -> Iterator[Where]:
        if hop.single:
            yield Related(hop, self._all(hop.target, given, field, depth + 1))
            return
        year = given.get("year")
        for name in ("some", "none"):
            if name in given:
                if given[name] is None:
                    raise _null(name, field)
                inner = self._all(hop.target, given[name], field, depth + 1)
                yield Related(hop, inner, none=name == "none", year=year)
        if year is not None and not {"some", "none"} & given.keys():
            yield Related(hop, None, year=year)

    def _dimension(self, given: dict[str, Any], field: FieldNode) -> Iterator[Where]:
        for operator, operand in given["value"].items():
            value: Any = self._operand(operator, operand, field)
            yield Dimension(given["name"], _OPERATORS[operator], value)

    def _operand(
        self, operator: str, operand: Any, field: FieldNode
    ) -> Scalar | tuple[Scalar, ...]:
        self._count(field)
        if operand is None:
            raise _null(operator, field)
        if isinstance(operand, list):
            self.count_ids(len(operand), field)
            return tuple(map(_plain, operand))
        return _plain(operand)


def order_of(given: list[dict[str, Any]] | None) -> tuple[Order, ...]:
    """The order asked for; empty for the label's own. A repeated field counts where it is first."""
    orders: dict[str, Order] = {}
    for item in given or ():
        name = item["field"].value
        orders.setdefault(name, Order(name, descending=item["direction"].value == "DESC"))
    return tuple(orders.values())


def _plain(value: Any) -> Scalar:
    plain: Scalar = value.value if isinstance(value, Enum) else value
    return plain


def _null(name: str, field: FieldNode) -> Exception:
    return refusal(
        "BAD_USER_INPUT",
        f"`{name}` is null in a `where`. Leave it out, or ask `isNull: true` of the property.",
        field,
    )
