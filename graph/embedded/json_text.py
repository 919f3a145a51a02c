"""JSON as SQL writes it: literal text and expressions, joined end to end.

Why not `json_object`: SQLite's parser takes a statement nested some ten functions deep and no
deeper, and JSON that passes through a table is text again, to be parsed at every level. Text joined
end to end stays flat however deep the answer is, and is never parsed.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import msgspec

from .compiler import Compiler

_TERMS_AT_ONCE = 50  # SQLite takes expressions a thousand terms deep; `a || b || c` is two deep


def json_of(value: str) -> str:
    return msgspec.json.encode(value).decode()


@dataclass(eq=False, slots=True)
class _Guard:
    """Pieces under it are written where the condition holds, which implies its parent's."""

    condition: str
    parent: "_Guard | None"


@dataclass(slots=True)
class _Literal:
    text: str


@dataclass(slots=True)
class _Run:
    """Pieces that are written together or not at all. `otherwise`: what to write instead."""

    guard: _Guard | None
    otherwise: str | None = None
    pieces: list[_Literal | str] = field(default_factory=list)


class JsonText:
    """One expression in the making, whose value is JSON text."""

    def __init__(self, compiler: Compiler) -> None:
        self.compiler = compiler
        self._runs = [_Run(None)]
        self._guard: _Guard | None = None

    def say(self, literal: str) -> None:
        """Text that stands in the answer as it is."""
        pieces = self._run().pieces
        if pieces and isinstance(last := pieces[-1], _Literal):
            last.text += literal
        else:
            pieces.append(_Literal(literal))

    def put(self, expression: str) -> None:
        """An expression of SQL that gives JSON text, or a number, and never NULL."""
        self._run().pieces.append(expression)

    @contextmanager
    def only_if(self, condition: str, otherwise: str = "null") -> Iterator[None]:
        """What is written inside stands only where the condition holds.

        Nothing inside is nested in the SQL, so objects may lie in objects to any depth.
        """
        outer = self._guard
        self._guard = _Guard(condition, outer)
        self._runs.append(_Run(self._guard, otherwise))
        yield
        self._guard = outer

    @contextmanager
    def object(self) -> Iterator[None]:
        self.say("{")
        yield
        self.say("}")

    def members(self, keys: Iterable[str]) -> Iterator[int]:
        """Begins each member of an object in turn and gives its place."""
        for place, key in enumerate(keys):
            self.say(f"{',' if place else ''}{json_of(key)}:")
            yield place

    def sql(self) -> str:
        return _joined([self._run_sql(run) for run in self._runs if run.pieces])

    def _run(self) -> _Run:
        if self._runs[-1].guard is not self._guard:
            self._runs.append(_Run(self._guard))
        return self._runs[-1]

    def _run_sql(self, run: _Run) -> str:
        written = _joined(
            [
                self.compiler.value(piece.text) if isinstance(piece, _Literal) else piece
                for piece in run.pieces
            ]
        )
        if run.guard is None:
            return written
        instead = f"'{run.otherwise or ''}'"
        if run.otherwise and run.guard.parent is not None:
            instead = f"CASE WHEN {run.guard.parent.condition} THEN {instead} ELSE '' END"
        return f"CASE WHEN {run.guard.condition} THEN {written} ELSE {instead} END"


def _joined(terms: list[str]) -> str:
    while len(terms) > _TERMS_AT_ONCE:
        terms = [
            f"({' || '.join(terms[first : first + _TERMS_AT_ONCE])})"
            for first in range(0, len(terms), _TERMS_AT_ONCE)
        ]
    return " || ".join(terms)
