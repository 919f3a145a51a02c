"""Identities between the cells of one form: chapters I to IV of the rules.

A cell that is blank, "/" or missing makes its check not applicable; the others are still tried.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from gongkai.graph.dictionary.metrics import describe
from gongkai.graph.extract import Level, Semantic
from gongkai.graph.intervals import total

from .check import Check, CheckStatus, Term, compare, make
from .figures import TOTAL, Breakdown, Figure, Figures
from .rules import Rule, rules_of

APPLICANTS = ("natural-person", "business", "research", "social-welfare", "legal-services", "other")
COLUMNS = (*APPLICANTS, TOTAL)
_WITHOUT_RULES = (Level.COUNTY, Level.TOWN)


def check_forms(figures: Figures) -> Iterator[Check]:
    for rule in rules_of(figures.template):
        columns = COLUMNS if rule.each else (None,)
        keys = [key for column in columns for side in _cells(rule, column) for _, key in side]
        for copy in range(figures.copies(keys)):
            for column in columns:
                found = _balance(figures, rule, column, copy)
                if found is not None:
                    yield found
    yield from _columns(figures)
    yield from _counts(figures)
    yield from _powers(figures)


@cache
def name_of(metric: str) -> str:
    return describe(metric).name


@cache
def _cells(rule: Rule, column: str | None) -> tuple[tuple[tuple[str, Breakdown], ...], ...]:
    """The cells of each side, by metric."""
    return tuple(
        tuple((metric, Breakdown(metric, column, rule.procedure)) for metric in side)
        for side in (rule.left, rule.right)
    )


@cache
def _row(whole: Breakdown) -> tuple[tuple[str, Breakdown], ...]:
    """The cells that a cell of the column of totals counts."""
    return tuple((kind, whole._replace(applicant=kind)) for kind in APPLICANTS)


@cache
def _formula(rule: Rule) -> str:
    sign = " ≤ " if rule.at_most else " = "
    return sign.join(" + ".join(map(name_of, side)) for side in (rule.left, rule.right))


def _balance(figures: Figures, rule: Rule, column: str | None, copy: int) -> Check | None:
    sides: list[list[Term]] = []
    absent: list[str] = []
    for side in _cells(rule, column):
        terms, missing = _find(figures, side, copy)
        sides.append(terms)
        absent += [metric for metric in missing if metric not in rule.optional]
    left, right = sides
    if not left or not right:
        return None
    instance = f"{rule.id}/{column}" if column else rule.id
    return judge(
        instance if copy == 0 else f"{instance}/{copy + 1}",
        rule.name,
        _formula(rule),
        left,
        right,
        figures.report,
        absent=absent,
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
        figure = figures.cell(key, copy)
        if figure is None:
            missing.append(role)
        else:
            terms.append((role, figure))
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
    blank = [name_of(role) for role, figure in terms if figure.interval is None]
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
    low, high = (total([f.interval for _, f in side if f.interval]) for side in (left, right))
    if compare(low, high, at_most):
        status, why_not = CheckStatus.OK, None
    else:
        status, why_not = (CheckStatus.UNDECIDED, soft) if soft else (CheckStatus.VIOLATED, None)
    return make(rule, name, report, formula, terms, status, sides, why_not)


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
