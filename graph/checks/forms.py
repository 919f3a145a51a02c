"""Identities between the cells of one form: chapters I to IV of the rules.

A cell that is blank, "/" or missing makes its check not applicable; the others are still tried.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from gongkai.graph.dictionary.metrics import describe
from gongkai.graph.extract import Level, Semantic
from gongkai.graph.intervals import Interval, total

from .check import Check, CheckStatus, Term, compare, make
from .figures import TOTAL, Breakdown, Figure, Figures
from .rules import Rule, rules_of

APPLICANTS = ("natural-person", "business", "research", "social-welfare", "legal-services", "other")
COLUMNS = (*APPLICANTS, TOTAL)
_WITHOUT_RULES = (Level.COUNTY, Level.TOWN)


class _Instance(NamedTuple):
    """A rule in one column of its form, or in the form: its number and the cells of each side."""

    rule: Rule
    number: str
    formula: str
    left: tuple[tuple[str, Breakdown], ...]
    right: tuple[tuple[str, Breakdown], ...]


def check_forms(figures: Figures) -> Iterator[Check]:
    for instances, keys in _instances(figures.template):
        for copy in range(figures.copies(keys)):
            for instance in instances:
                found = _balance(figures, instance, copy)
                if found is not None:
                    yield found
    yield from _columns(figures)
    yield from _counts(figures)
    yield from _powers(figures)


@cache
def name_of(metric: str) -> str:
    return describe(metric).name


@cache
def _instances(form: str) -> tuple[tuple[list[_Instance], list[Breakdown]], ...]:
    """Of every rule of a form: what it is tried on, and all cells of it."""
    found = []
    for rule in rules_of(form):
        columns = COLUMNS if rule.each else (None,)
        instances = [_instance(rule, column) for column in columns]
        keys = [key for item in instances for _, key in (*item.left, *item.right)]
        found.append((instances, keys))
    return tuple(found)


def _instance(rule: Rule, column: str | None) -> _Instance:
    sign = " ≤ " if rule.at_most else " = "
    left, right = (
        tuple((metric, Breakdown(metric, column, rule.procedure)) for metric in side)
        for side in (rule.left, rule.right)
    )
    return _Instance(
        rule,
        f"{rule.id}/{column}" if column else rule.id,
        sign.join(" + ".join(map(name_of, side)) for side in (rule.left, rule.right)),
        left,
        right,
    )


@cache
def _row(whole: Breakdown) -> tuple[tuple[str, Breakdown], ...]:
    """The cells that a cell of the column of totals counts."""
    return tuple((kind, whole._replace(applicant=kind)) for kind in APPLICANTS)


def _balance(figures: Figures, instance: _Instance, copy: int) -> Check | None:
    rule = instance.rule
    left, missing = _find(figures, instance.left, copy)
    right, missing_right = _find(figures, instance.right, copy)
    if not left or not right:
        return None
    return judge(
        instance.number if copy == 0 else f"{instance.number}/{copy + 1}",
        rule.name,
        instance.formula,
        left,
        right,
        figures.report,
        absent=[metric for metric in missing + missing_right if metric not in rule.optional],
        at_most=rule.at_most,
        soft=rule.soft,
    )


def _find(
    figures: Figures, cells: Iterable[tuple[str, Breakdown]], copy: int
) -> tuple[list[Term], list[str]]:
    """The cells that are there, by role, and the roles of the others."""
    terms: list[Term] = []
    missing = []
    for role, key in cells:
        copies = figures.cells.get(key)
        if copies and copy < len(copies):
            terms.append((role, copies[copy]))
        else:
            missing.append(role)
    return terms, missing


def judge(
    rule: str,
    name: str,
    formula: str,
    left: Sequence[Term],
    right: Sequence[Term],
    report: str,
    *,
    absent: Sequence[str] = (),
    at_most: bool = False,
    soft: str | None = None,
) -> Check:
    """The check that the sums of both sides are equal (or the left at most the right)."""
    terms = [*left, *right]
    blank = [name_of(role) for role, figure in terms if figure.value is None]
    if absent or blank:
        why = [f"{name_of(metric)} is not stated" for metric in absent]
        why += [f"{metric} has no number" for metric in blank]
        return make(
            rule,
            name,
            report,
            formula,
            terms,
            CheckStatus.NOT_APPLICABLE,
            explanation="; ".join(why),
        )
    sides = (sum([f.number for _, f in left]), sum([f.number for _, f in right]))
    # Every interval holds the number printed: equal sums need no look at them.
    if sides[0] == sides[1] or compare(_total(left), _total(right), at_most):
        status, why_not = CheckStatus.OK, None
    else:
        status, why_not = (CheckStatus.UNDECIDED, soft) if soft else (CheckStatus.VIOLATED, None)
    return make(rule, name, report, formula, terms, status, sides, why_not)


def _total(side: Sequence[Term]) -> Interval:
    return total([figure.interval for _, figure in side if figure.interval])


def _columns(figures: Figures) -> Iterator[Check]:
    """I.3: in every row of the table of requests, the applicants add up to the total."""
    for key in list(figures.cells):
        if key.applicant != TOTAL:
            continue
        for copy, whole in enumerate(figures.cells[key]):
            parts, absent = _find(figures, _row(key), copy)
            rule = f"I.3/{key.metric}"
            yield judge(
                rule if copy == 0 else f"{rule}/{copy + 1}",
                "Applicants add up to the total",
                f"{name_of(key.metric)}: 总计 = 自然人 + 商业企业 + 科研机构 + 社会公益组织 + 法律服务机构 + 其他",
                [(TOTAL, whole)],
                parts,
                figures.report,
                absent=absent,
            )


def _counts(figures: Figures) -> Iterator[Check]:
    """I.4: the cells of the table of requests are whole numbers, none below zero."""
    cells = [
        figure
        for key, copies in figures.cells.items()
        if key.applicant is not None
        for figure in copies
    ]
    if not cells:
        return
    wrong = [(figure.metric, figure) for figure in cells if not _is_count(figure)]
    yield make(
        "I.4",
        "Cells of the table of requests are counts",
        figures.report,
        "每格均为非负整数",
        wrong,
        CheckStatus.VIOLATED if wrong else CheckStatus.OK,
        explanation=f"{len(wrong)} of {len(cells)} cells hold something else" if wrong else None,
    )


def _is_count(figure: Figure) -> bool:
    if figure.value is None:
        return figure.semantic is not Semantic.TEXT
    return figure.value >= 0 and figure.value == int(figure.value)


def _powers(figures: Figures) -> Iterator[Check]:
    """III: a county, a town and what is below them make no rules (规章; 《立法法》 art. 93)."""
    made = figures.cell(Breakdown("rules-made"))
    if made is None or made.interval is None or figures.level not in _WITHOUT_RULES:
        return
    yield make(
        "III/rules-power",
        "A body without the power to make rules makes none",
        figures.report,
        f"{name_of('rules-made')} = 0",
        [("rules-made", made)],
        CheckStatus.OK if made.number == 0 else CheckStatus.VIOLATED,
        (made.number, 0),
    )
