"""The rows that objects are made of: one for each object, with the nodes and lists it refers to."""

from gongkai.graph.schema import Hop

from .compiler import Compiler
from .layout import pattern


class Scope:
    """Clauses that follow the rows of a list and bring in what their objects need."""

    def __init__(self, compiler: Compiler) -> None:
        self.compiler = compiler
        self._clauses: list[str] = []
        self._nodes: dict[tuple[str, Hop], str] = {}

    @property
    def clauses(self) -> str:
        return " ".join(self._clauses)

    def match(self, clause: str) -> None:
        """Adds a clause that leaves the number of rows as it is."""
        self._clauses.append(clause)

    def node(self, node: str, hop: Hop) -> str:
        """The variable of the node at the other end of a single hop (null for none)."""
        if (node, hop) not in self._nodes:
            other = self._nodes[node, hop] = self.compiler.variable("n")
            self.match(f"OPTIONAL MATCH {pattern(node, hop, other)}")
        return self._nodes[node, hop]

    def collected(self, node: str, rows: str, inner: "Scope", row: str, order: str) -> str:
        """The variable of a list with an entry `row` for each of the rows found from `node`.

        `rows`: clauses that find them; `inner`: what their entries need; `order`: the terms they
        come by, said again where other clauses follow, which need not keep it.
        """
        made = self.compiler.variable("c")
        self.match(f"CALL ({node}) {{ {collect(rows, inner, row, order)} AS {made} }}")
        return made


def collect(rows: str, inner: Scope, row: str, order: str) -> str:
    again = f" {inner.clauses} WITH * ORDER BY {order}" if inner.clauses else ""
    return f"{rows}{again} RETURN collect({row})"
