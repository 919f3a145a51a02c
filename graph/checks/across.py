"""This year's report beside the same body's report of the year before (chapter VII of the rules,
and what chapters III and V say of two years)."""

from collections.abc import Iterator

from gongkai.graph.dictionary.metrics import describe
from gongkai.graph.extract import Kind

from .check import Check, CheckStatus, Term, make
from .figures import Breakdown, Figure, Figures
from .forms import COLUMNS, judge, name_of
from .prose import base_metric, growth

_ITEMS = (
    "licence-items",
    "other-service-items",
    "penalty-items",
    "enforcement-items",
    "charge-items",
)
_IN_FORCE = ("rules", "normative-documents")
_REVIEWED = (
    "Reviews, transfers and corrections change what is in force beside what the year brought"
)
_STOCK, _NEW = "items-disclosed-stock", "items-disclosed"


CELLS = frozenset(
    (
        "requests-carried-out",
        "requests-carried-in",
        *(f"{item}-{name}" for item in _ITEMS for name in ("last-year", "change")),
        *(f"{kind}-{name}" for kind in _IN_FORCE for name in ("in-force", "repealed", "made")),
    )
)
"""The metrics whose cells are looked at; of the running text, every figure is."""


def check_across(earlier: Figures, later: Figures) -> list[Check]:
    """The checks belong to the later report. `earlier`: of the same body, for the year before."""
    return [
        *_carried(earlier, later),
        *_items(earlier, later),
        *_in_force(earlier, later),
        *_growth(earlier, later),
        *_restated(earlier, later),
        *_stock(earlier, later),
    ]


def _carried(earlier: Figures, later: Figures) -> Iterator[Check]:
    """What one year carries out, the next carries in, for every kind of applicant."""
    for column in COLUMNS:
        before = earlier.cell(Breakdown("requests-carried-out", column))
        now = later.cell(Breakdown("requests-carried-in", column))
        if before is not None and now is not None:
            yield judge(
                f"VII/carried/{column}",
                "Requests carried in are those carried out the year before",
                "上年结转(Y) = 结转下年(Y−1)",
                [("carried in", now)],
                [("carried out the year before", before)],
                later.report,
            )


def _items(earlier: Figures, later: Figures) -> Iterator[Check]:
    """2019 form: last year's items are those of the year before and its change."""
    for item in _ITEMS:
        now = later.cell(Breakdown(f"{item}-last-year"))
        before = earlier.cell(Breakdown(f"{item}-last-year"))
        change = earlier.cell(Breakdown(f"{item}-change"))
        if now is not None and before is not None and change is not None:
            yield judge(
                f"VII/{item}",
                "Items follow from the year before",
                "上一年项目数量(Y) = 上一年项目数量(Y−1) + 本年增/减(Y−1)",
                [("last year's", now)],
                [("the year before's", before), ("its change", change)],
                later.report,
            )


def _in_force(earlier: Figures, later: Figures) -> Iterator[Check]:
    """2021 form: documents in force are last year's, with those issued, without those repealed."""
    for kind in _IN_FORCE:
        now, repealed, made = (
            later.cell(Breakdown(f"{kind}-{name}")) for name in ("in-force", "repealed", "made")
        )
        before = earlier.cell(Breakdown(f"{kind}-in-force"))
        if now is None or repealed is None or made is None or before is None:
            continue
        yield judge(
            f"III/{kind}-in-force",
            "Documents in force follow from the year before",
            f"{name_of(f'{kind}-in-force')}: 现行有效(Y) + 废止(Y) = 现行有效(Y−1) + 制发(Y)",
            [("in force", now), ("repealed", repealed)],
            [("in force the year before", before), ("issued", made)],
            later.report,
            soft=_REVIEWED,
        )


def _growth(earlier: Figures, later: Figures) -> Iterator[Check]:
    """V.4, where last year's figure stands in last year's own report only."""
    for figure in later.all:
        if figure.in_table or figure.kind is not Kind.CHANGE or figure.value is None:
            continue
        metric = base_metric(figure.metric)
        if any(item.year == earlier.year for item in later.prose.get(metric, ())):
            continue
        yield from growth(later, figure, earlier.prose.get(metric, ()))


def _restated(earlier: Figures, later: Figures) -> Iterator[Check]:
    """What this year's report says of last year is what last year's said itself."""
    for metric, figures in later.prose.items():
        for figure in figures:
            if figure.year != earlier.year or figure.kind is Kind.CHANGE or figure.value is None:
                continue
            own = [item for item in earlier.prose.get(metric, ()) if _same_thing(item, figure)]
            if len({item.value for item in own}) != 1:
                continue
            yield judge(
                f"VII/restated/{metric}",
                "A figure of last year is repeated as it was stated",
                f"{describe(metric).name}(Y−1)",
                [("this year's report", figure)],
                [("last year's report", own[0])],
                later.report,
            )


def _same_thing(one: Figure, other: Figure) -> bool:
    return one.value is not None and (
        one.year,
        one.agency,
        one.scope,
        one.category,
        one.unit,
        one.kind,
        one.channels,
    ) == (
        other.year,
        other.agency,
        other.scope,
        other.category,
        other.unit,
        other.kind,
        other.channels,
    )


def _stock(earlier: Figures, later: Figures) -> Iterator[Check]:
    """V.7: what was disclosed since records began grows by what the year disclosed."""
    stocks = [_only(report.prose.get(_STOCK, ())) for report in (earlier, later)]
    new = _only([item for item in later.prose.get(_NEW, ()) if item.year == later.year])
    before, now = stocks
    if before is None or now is None or new is None:
        return
    if before.interval is None or now.interval is None or new.interval is None:
        return
    terms: list[Term] = [("in all", now), ("in all the year before", before), ("new", new)]
    status = (
        CheckStatus.OK
        if now.interval.meets(before.interval + new.interval)
        else CheckStatus.VIOLATED
    )
    yield make(
        f"V.7/{_NEW}",
        "What was disclosed in all grows by what is new",
        later.report,
        "累计(Y) = 累计(Y−1) + 新增(Y)",
        terms,
        status,
        (now.number, before.number + new.number),
    )


def _only(figures: "list[Figure] | tuple[Figure, ...]") -> Figure | None:
    """The figure of the body itself, where its report states just one."""
    whole = [
        item for item in figures if item.category is None and not item.channels and not item.wholes
    ]
    return whole[0] if len(whole) == 1 else None
