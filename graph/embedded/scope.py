"""The tables that the expressions of one object may use."""

from gongkai.graph.schema import Hop, Label

from .compiler import Compiler
from .tables import reference, table_of

_JOINS_AT_MOST = 40  # SQLite joins at most 64 tables


class Scope:
    """One row for each object that is written; references of the nodes in it are joined on demand.

    `population`: tables that hold the rows of every such object in the whole answer, so that what
    lies below can be collected for all of them at once.
    """

    def __init__(self, compiler: Compiler, population: str) -> None:
        self.compiler = compiler
        self._population = population
        self._joins: list[str] = []
        self._referred: dict[tuple[str, str], str] = {}
        self._parents: dict[str, str] = {}

    @property
    def joins(self) -> str:
        return "".join(self._joins)

    @property
    def population(self) -> str:
        return f"{self._population}{self.joins}"

    @property
    def is_full(self) -> bool:
        return len(self._joins) >= _JOINS_AT_MOST

    def join(self, text: str) -> None:
        self._joins.append(f" LEFT JOIN {text}")

    def node(self, label: Label, id: str) -> str:
        """The alias of the node of this label whose id an expression gives (all null for none)."""
        key = (label.value, id)
        if key not in self._referred:
            other = self.compiler.alias("n")
            self.join(f"{table_of(label)} AS {other} ON {other}.id = {id}")
            self._referred[key] = other
        return self._referred[key]

    def parents(self, node: str) -> str:
        """A table of the ids of every node that has the alias `node` in this scope."""
        if node not in self._parents:
            self._parents[node] = self.compiler.table(
                "q",
                f"SELECT DISTINCT {node}.id AS id FROM {self.population}"
                f" WHERE {node}.id IS NOT NULL",
            )
        return self._parents[node]


def referred(hop: Hop, node: str) -> str:
    """The expression for the id at the other end of a single hop."""
    return f"{node}.{reference(hop.relationship)[1]}"
