"""What every part of a statement needs: parameters, aliases, tables made on the way."""

from collections.abc import Iterable

import msgspec

from gongkai.graph.plan import Scalar


class Compiler:
    """Collects the parameters and the tables of one statement while its text is made."""

    def __init__(self) -> None:
        self.parameters: list[Scalar] = []
        self._aliases = 0
        self._tables: list[str] = []

    def value(self, value: Scalar) -> str:
        """The placeholder of a value."""
        self.parameters.append(value)
        return f"?{len(self.parameters)}"

    def values(self, values: Iterable[Scalar]) -> str:
        """A table of values (`key`, `value`), however many: the text does not depend on it."""
        return f"json_each({self.value(msgspec.json.encode(list(values)).decode())})"

    def alias(self, prefix: str) -> str:
        self._aliases += 1
        return f"{prefix}{self._aliases}"

    def table(self, prefix: str, select: str) -> str:
        """The name of a table that the statement makes before it answers."""
        name = self.alias(prefix)
        self._tables.append(f"{name} AS MATERIALIZED ({select})")
        return name

    def statement(self, select: str) -> str:
        return f"WITH {', '.join(self._tables)} {select}" if self._tables else select
