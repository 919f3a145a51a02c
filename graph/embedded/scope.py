"""The tables that the expressions of one object may use."""

from gongkai.graph.schema import Hop, Label

from .compiler import Compiler
from .tables import table_of

_JOINS_AT_MOST = 40  # SQLite joins at most 64 tables


class Scope:
    """One row for each object that is written; references of the nodes in it are joined on demand.

    `population`: tables that hold the rows of every such object in the whole answer, so that what
    lies below can be collected for all of them at once. `is_inner`: the rows are themselves a list
    within another's row.
    """

    def __init__(self, compiler: Compiler, population: str, *, is_inner: bool = False) -> None:
        self.compiler = compiler
        self.is_inner = is_inner
        self._population = population
        self._joins: list[str] = []
        self._paths: dict[str, str] = {}  # by alias: the joins that lead to it
        self._referred: dict[tuple[Label, str], str] = {}
        self._parents: dict[str, str] = {}

    @property
    def joins(self) -> str:
        return "".join(self._joins)

    @property
    def is_full(self) -> bool:
        return len(self._joins) >= _JOINS_AT_MOST

    def node(self, label: Label, id: str, via: str | None = None) -> str:
        """The alias of the node of this label whose id an expression gives (all null for none).

        `via`: the alias that the expression is about, where this scope has joined it.
        """
        if (label, id) not in self._referred:
            other = self.compiler.alias("n")
            join = f" LEFT JOIN {table_of(label)} AS {other} ON {other}.id = {id}"
            self._joins.append(join)
            self._paths[other] = self._paths.get(via or "", "") + join
            self._referred[label, id] = other
        return self._referred[label, id]

    def list_of(self, made: str, node: str) -> str:
        """The expression for a node's own in a table of lists (`id`, `j`)."""
        if self.is_full:
            return f"(SELECT j FROM {made} WHERE {made}.id = {node}.id)"
        self._joins.append(f" LEFT JOIN {made} ON {made}.id = {node}.id")
        return f"{made}.j"

    def population(self, node: str = "") -> str:
        """The tables that hold every row, `node` among them.

        Nothing else is joined: SQLite reads the text of a table made on the way anew for each
        mention, so mentions must not multiply from level to level.
        """
        return self._population + self._paths.get(node, "")

    def parents(self, node: str) -> str:
        """A table of the ids of every node that has the alias `node` in this scope."""
        if node not in self._parents:
            self._parents[node] = self.compiler.table(
                "q",
                f"SELECT DISTINCT {node}.id AS id FROM {self.population(node)}"
                f" WHERE {node}.id IS NOT NULL",
            )
        return self._parents[node]


def referred(hop: Hop, node: str) -> str:
    """The expression for the id at the other end of a single hop."""
    return f"{node}.{hop.relationship.reference}"
