"""What every part of a statement needs: parameters, aliases, JSON objects."""

from collections.abc import Iterable

import msgspec

from gongkai.graph.plan import Scalar

_PAIRS_AT_ONCE = 60  # SQLite takes at most 127 arguments to a function


class Compiler:
    """Collects the parameters of one statement while its text is made."""

    def __init__(self) -> None:
        self.parameters: list[Scalar] = []
        self._aliases = 0

    def value(self, value: Scalar) -> str:
        """The placeholder of a value."""
        self.parameters.append(value)
        return f"?{len(self.parameters)}"

    def values(self, values: Iterable[Scalar]) -> str:
        """A table of values (`key`, `value`), however many: the text does not depend on it."""
        return f"json_each({self.value(msgspec.json.encode(list(values)).decode())})"

    def alias(self, prefix: str = "n") -> str:
        self._aliases += 1
        return f"{prefix}{self._aliases}"

    def object(self, pairs: Iterable[tuple[str, str]]) -> str:
        """A JSON object of response keys and expressions. Response keys are a query's own names,
        so they are values too."""
        parts = list(pairs)
        groups = [
            "json_object("
            + ", ".join(
                f"{self.value(key)}, {expression}"
                for key, expression in parts[first : first + _PAIRS_AT_ONCE]
            )
            + ")"
            for first in range(0, len(parts), _PAIRS_AT_ONCE)
        ]
        if len(groups) <= 1:
            return groups[0] if groups else "json_object()"
        inner = " || ',' || ".join(f"substr({group}, 2, length({group}) - 2)" for group in groups)
        return f"json('{{' || {inner} || '}}')"
