"""Of several statements of one figure the preferred one, and whether the others agree with it."""

from collections import Counter
from collections.abc import Iterable, Sequence

from gongkai.graph.extract import Scope
from gongkai.graph.intervals import Interval, printed

from .gathered import Figure


def main_scope(figures: Iterable[Figure]) -> Scope:
    """The scope that states most years; the body itself where both state as many.

    A body states figures of its own and figures of everything under it. They are no two statements
    of one figure, so a comparison keeps to one of them as far as it can.
    """
    years = Counter(scope for scope, _ in {(item.scope, item.year) for item in figures})
    of_body, of_all = years[Scope.AGENCY], years[Scope.JURISDICTION]
    return Scope.JURISDICTION if of_all > of_body else Scope.AGENCY


def choose(statements: Sequence[Figure], scope: Scope) -> int:
    """The place of the preferred one. `statements`: of one figure, not empty, by precedence (see
    `standing`)."""
    numbers = [place for place, one in enumerate(statements) if one.value is not None]
    places = numbers or range(len(statements))
    return next((place for place in places if statements[place].scope is scope), places[0])


def statements_beside(preferred: Figure, others: Iterable[Figure]) -> list[Figure]:
    """What states the same: the preferred one first, then those of its scope, in order."""
    return [preferred, *(one for one in others if one.scope is preferred.scope)]


def disagreement(statements: list[Figure]) -> str | None:
    """Says which statements contradict the first, preferred one. None where they agree, as printed.

    Statements in another unit count another thing and are left out.
    """
    if len(statements) < 2 or (mine := statements[0]).value is None:
        return None
    values = [
        f"{item.value:,}"
        for item in statements[1:]
        if item.value is not None and item.unit == mine.unit and not _agree(mine, item)
    ]
    if not values:
        return None
    return f"Also stated as {', '.join(dict.fromkeys(values))}; {mine.value:,} is preferred"


def _agree(one: Figure, other: Figure) -> bool:
    first, second = interval(one), interval(other)
    shared = min(first.high, second.high) - max(first.low, second.low)
    # Numbers rounded to neighbours only touch; a counted number may stand at an end.
    return first.meets(second) and (shared > 0 or 0 in (first.width, second.width))


def interval(figure: Figure) -> Interval:
    """What the printed figure allows."""
    return printed(figure.value or 0, figure.upper, figure.qualifier, figure.quote, figure.unit)
