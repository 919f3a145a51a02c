"""What the text says of a total of the tables (chapter VI of the rules).

A figure of the text that differs is tried against a small family of named alternatives before it is
called wrong: the concluded ones, the new ones, the new ones with those carried over.
"""

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources

import msgspec

from gongkai.graph.extract import Kind
from gongkai.graph.intervals import Interval, total

from .check import Check, CheckStatus, Term, compare, make
from .figures import Figure, Figures
from .forms import name_of


class Alternative(msgspec.Struct, frozen=True, kw_only=True):
    """Another reading of the figure in the text; see `totals.toml`."""

    name: str
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()


class Total(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of the text and the cells it repeats; see `totals.toml`."""

    rule: str
    prose: str
    forms: tuple[str, ...]
    table: tuple[str, ...]
    relation: str = "equal"
    alternatives: tuple[Alternative, ...] = ()
    soft: str | None = None


@cache
def totals_of(form: str) -> tuple[Total, ...]:
    text = resources.files(__package__).joinpath("totals.toml").read_text("utf-8")
    entries = msgspec.convert(tomllib.loads(text)["total"], list[Total])
    return tuple(entry for entry in entries if form in entry.forms)


def check_totals(figures: Figures) -> Iterator[Check]:
    for entry in totals_of(figures.template):
        cells = _cells(figures, entry.table)
        if not cells:
            continue
        for figure in figures.prose.get(entry.prose, ()):
            if _is_of_all(figure, figures, cells[0][1]):
                yield _check(figures, entry, figure, cells)


def _cells(figures: Figures, places: Iterable[str]) -> list[Term]:
    """The cells named, with their metric as role; all or none. `metric@procedure` names a column."""
    found: list[Term] = []
    for place in places:
        metric, _, procedure = place.partition("@")
        figure = figures.whole(metric, procedure or None)
        if figure is None:
            return []
        found.append((place, figure))
    return found


def _is_of_all(figure: Figure, figures: Figures, cell: Figure) -> bool:
    """The whole of what the table counts: the same body and year, and no part of another figure."""
    wholes = [figures.by_id[id] for id in figure.wholes if id in figures.by_id]
    return (
        figure.kind in (Kind.COUNT, Kind.MONEY)
        and figure.year == figures.year
        and figure.agency == cell.agency
        and figure.scope is cell.scope
        and figure.category is None
        and not figure.channels
        and all(whole.metric != figure.metric for whole in wholes)
    )


def _check(figures: Figures, entry: Total, figure: Figure, cells: list[Term]) -> Check:
    name = "The text repeats a total of the tables"
    at_most = entry.relation == "at-most"
    formula = _formula(entry.prose, at_most, entry.table)
    terms: list[Term] = [("text", figure), *cells]
    stated, expected = figure.interval, _sum(cells)
    if stated is None or expected is None:
        return make(
            entry.rule,
            name,
            figures.report,
            formula,
            terms,
            CheckStatus.NOT_APPLICABLE,
            explanation="A figure has no number",
        )
    sides = (figure.number, sum(cell.number for _, cell in cells))
    if compare(stated, expected, at_most):
        return make(entry.rule, name, figures.report, formula, terms, CheckStatus.OK, sides)
    for alternative in entry.alternatives:
        plus, minus = _cells(figures, alternative.plus), _cells(figures, alternative.minus)
        if len(plus) != len(alternative.plus) or len(minus) != len(alternative.minus):
            continue
        added, taken = _sum(plus), _sum(minus)
        if added is None or taken is None:
            continue
        if stated.meets((expected + added).minus(taken)):
            known = {cell.id for _, cell in cells}
            terms += [term for term in (*plus, *minus) if term[1].id not in known]
            return make(
                entry.rule,
                name,
                figures.report,
                formula,
                terms,
                CheckStatus.EXPLAINED,
                sides,
                f"{alternative.name}: {figure.shown} = {_spelled(cells, plus, minus)}",
            )
    status = CheckStatus.UNDECIDED if entry.soft else CheckStatus.VIOLATED
    return make(entry.rule, name, figures.report, formula, terms, status, sides, entry.soft)


def _sum(cells: list[Term]) -> Interval | None:
    intervals = [figure.interval for _, figure in cells]
    return None if None in intervals else total([item for item in intervals if item])


def _spelled(cells: list[Term], plus: list[Term], minus: list[Term]) -> str:
    """`170 − 36`; what is both in the sum and taken from it is left out."""
    taken = {figure.id for _, figure in minus}
    kept = [figure for _, figure in (*cells, *plus) if figure.id not in taken]
    there = {figure.id for _, figure in (*cells, *plus)}
    return " + ".join(figure.shown for figure in kept) + "".join(
        f" − {figure.shown}" for _, figure in minus if figure.id not in there
    )


@cache
def _formula(prose: str, at_most: bool, table: tuple[str, ...]) -> str:
    return f"正文{name_of(prose)} {'≤' if at_most else '='} " + " + ".join(map(_shown, table))


def _shown(place: str) -> str:
    metric, _, procedure = place.partition("@")
    column = {"direct": "（未经复议直接起诉）", "after-reconsideration": "（复议后起诉）"}.get(
        procedure, ""
    )
    return f"{name_of(metric)}{column}"
