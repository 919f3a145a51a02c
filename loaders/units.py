"""Measure words that may count the same things, so that one figure can be part of another."""

_SAME_UNITS = tuple(
    frozenset(units.split())
    for units in (
        "件 条 份 宗 起 篇 项 个 则 期 例 卷 封 笔 种 类 部",
        "人 名 位 人次",
        "次 场 期 场次 人次 个",
        "家 户 个 所 处",
        "件 件次 次",
        "件次 条 条次 篇 篇次",
    )
)

_ACTS = frozenset("件条份宗起篇项个次则期例卷封笔种类部")  # reported 45次 or 45条, all the same


def may_count(unit: str | None, usual: str | None) -> bool:
    """Whether a figure of a metric with the usual unit may be stated in this unit."""
    return of_one_kind(unit, usual) or (unit in _ACTS and usual in _ACTS)


def of_one_kind(part: str | None, whole: str | None) -> bool:
    """Whether a part may be counted in a unit and its whole in another: 人 and 名, 件 and 条."""
    if part == whole or part is None or whole is None:
        return True
    return any(part in units and whole in units for units in _SAME_UNITS)
