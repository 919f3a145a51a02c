"""How far two figures of one metric may be set beside each other, and why no further."""

from enum import StrEnum
from functools import cache
from typing import NamedTuple

from gongkai.graph.dictionary import metrics
from gongkai.graph.extract import Scope

from .units import count_the_same


class ComparabilityLevel(StrEnum):
    SAME = "SAME"
    PARTLY = "PARTLY"
    BROKEN = "BROKEN"


class Basis(NamedTuple):
    """What a figure's meaning hangs on. `form`: whose definitions it follows."""

    form: str
    scope: Scope
    unit: str | None


class Comparability(NamedTuple):
    """`notice`: the document that changed the definitions, where one did."""

    level: ComparabilityLevel
    reason: str | None = None
    reason_zh: str | None = None
    notice: str | None = None


SAME = Comparability(ComparabilityLevel.SAME)
_OTHER_SCOPE = Comparability(
    ComparabilityLevel.BROKEN,
    "One counts the body itself, the other everything under it",
    "一为本机关数，一为所辖全部机关汇总数",
)


@cache
def comparability(metric: str, earlier: Basis, later: Basis) -> Comparability:
    """`metric`: its key. The worst of what form, unit and scope allow, with every reason."""
    found = [
        item
        for item in (
            _by_scope(earlier, later),
            _by_unit(earlier.unit, later.unit),
            _by_form(metric, earlier.form, later.form),
        )
        if item.level is not ComparabilityLevel.SAME
    ]
    if not found:
        return SAME
    return Comparability(
        max((item.level for item in found), key=list(ComparabilityLevel).index),
        "; ".join(item.reason for item in found if item.reason),
        "；".join(item.reason_zh for item in found if item.reason_zh),
        next((item.notice for item in found if item.notice), None),
    )


def _by_scope(earlier: Basis, later: Basis) -> Comparability:
    return SAME if earlier.scope is later.scope else _OTHER_SCOPE


def _by_unit(earlier: str | None, later: str | None) -> Comparability:
    if earlier == later:
        return SAME
    level = (
        ComparabilityLevel.PARTLY if count_the_same(earlier, later) else ComparabilityLevel.BROKEN
    )
    return Comparability(
        level,
        f"Counted in {earlier or 'no unit'}, then in {later or 'no unit'}",
        f"计量单位由“{earlier or '无'}”变为“{later or '无'}”",
    )


def _by_form(metric: str, earlier: str, later: str) -> Comparability:
    found = metrics.comparability(metric, earlier, later)
    if found.level == ComparabilityLevel.SAME:
        return SAME
    return Comparability(
        ComparabilityLevel(found.level), found.reason_en, found.reason_zh, found.notice
    )
