"""What came of each question that gold asks, and the sums of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    RIGHT = "right"
    MISSED = "missed"  # gold says it, the extract does not
    FALSE = "false"  # the extract says it, gold does not


@dataclass(frozen=True)
class Mark:
    subject: str  # figures, cells, year, agency, …, PUBLISHED, …
    outcome: Outcome
    document: str
    form: str
    tag: str = ""
    note: str = ""


@dataclass(frozen=True)
class Sum:
    right: int
    missed: int
    false: int

    @property
    def precision(self) -> float:
        return self._share(self.right + self.false)

    @property
    def recall(self) -> float:
        return self._share(self.right + self.missed)

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def _share(self, of: int) -> float:
        return self.right / of if of else 1.0


def sums(marks: Iterable[Mark], key: Callable[[Mark], str]) -> dict[str, Sum]:
    """Sums by whatever `key` says of a mark, in order of first appearance."""
    counts: dict[str, dict[Outcome, int]] = {}
    for mark in marks:
        count = counts.setdefault(key(mark), dict.fromkeys(Outcome, 0))
        count[mark.outcome] += 1
    return {
        name: Sum(count[Outcome.RIGHT], count[Outcome.MISSED], count[Outcome.FALSE])
        for name, count in counts.items()
    }
