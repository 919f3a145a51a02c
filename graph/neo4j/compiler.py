"""What every part of a statement needs: parameters and variables."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

Read: TypeAlias = Callable[[Any], Any]
"""What to make of a value as Bolt brings it, so that it is JSON-ready."""


@dataclass(frozen=True, slots=True)
class Made:
    """An expression of Cypher, and how its value is read (as it is, where None)."""

    expression: str
    read: Read | None = None

    def value(self, found: Any) -> Any:
        return self.read(found) if self.read else found


class Compiler:
    """Collects the parameters of one statement while its text is made."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}
        self._variables = 0

    def value(self, value: Any) -> str:
        """The placeholder of a value."""
        name = f"p{len(self._values)}"
        self._values[name] = list(value) if isinstance(value, tuple) else value
        return f"$given.{name}"

    @property
    def parameters(self) -> dict[str, Any]:
        """All values in one map: a server keeps a plan for each type of each parameter, and for the
        order of its length, so that a filter by a longer word would be planned anew."""
        return {"given": self._values}

    def variable(self, prefix: str) -> str:
        self._variables += 1
        return f"{prefix}{self._variables}"
