"""表4 of the 2019 and 2021 forms: reconsiderations and lawsuits, by result."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gongkai.graph.dictionary.metrics import metric
from gongkai.graph.extract import Confidence

from ..folding import fold
from .labels import squeeze
from .sheets import Figure, Row, Slot, distinct, labels_then_values

OUTCOMES = ("upheld", "corrected", "other", "pending", "total")
GROUPS = ("reconsideration", "direct", "after-reconsideration")
_OUTCOME_WORDS = (
    ("维持", "upheld"),
    ("纠正", "corrected"),
    ("纠错", "corrected"),
    ("未审结", "pending"),
    ("审结", "pending"),
    ("其他", "other"),
    ("其它", "other"),
    ("总计", "total"),
    ("合计", "total"),
)
_OUTCOME_NAMES = dict(
    zip(OUTCOMES, ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"), strict=True)
)
_GROUP_PATHS = {
    "reconsideration": ["行政复议"],
    "direct": ["行政诉讼", "未经复议直接起诉"],
    "after-reconsideration": ["行政诉讼", "复议后起诉"],
}
_LITIGATION = "litigation"
_LONGEST_GROUP = 20
_RESULTS = frozenset({"结果维持", "结果纠正", "尚未审结"})

Meaning = tuple[str, str, list[str]]
"""Group, outcome, and the labels that say so."""


@dataclass
class Memory:
    """Header rows seen so far (a value row may follow in another table), the group going on."""

    header: list[Row] = field(default_factory=list)
    group: str = ""
    group_labels: list[str] = field(default_factory=list)
    is_done: bool = False


def outcome_of(key: str) -> str | None:
    if len(key) > 8:
        return None
    return next((id for word, id in _OUTCOME_WORDS if word in key), None)


def group_of(slot: Slot) -> str | None:
    """The group a label names; 未经复议直接起诉 may stand in brackets behind 行政诉讼."""
    return _group_named(slot.text) if slot.is_label else None


def _group_named(text: str) -> str | None:
    label = squeeze(fold(text))
    if len(label) > _LONGEST_GROUP or label.endswith("情况"):
        return None
    if "直接起诉" in label or "未经" in label:
        return "direct"
    if "复议后" in label:
        return "after-reconsideration"
    if "诉讼" in label:
        return _LITIGATION
    return "reconsideration" if "复议" in label else None


def is_header(row: Row) -> bool:
    if row.has_values:
        return False
    outcomes = sum(outcome_of(key) is not None for key in row.keys)
    groups = len({slot.key for slot in row.own if group_of(slot)})
    return outcomes >= 2 or groups >= 2 or (groups == 1 and not outcomes and len(row.keys) == 1)


def names_row(row: Row) -> bool:
    """The row is one result's: the table stands on its side."""
    return bool(row.keys & _RESULTS)


def read_remedies(rows: Sequence[Row], memory: Memory, caption: str = "") -> list[Figure]:
    """`caption`: what stands over the table; some copies have a table for each group."""
    figures: list[Figure] = []
    if group := _group_named(caption):
        _carry([(group, squeeze(caption))], memory)
    for row in rows:
        if not row.slots:
            continue
        if is_header(row):
            if memory.is_done:
                memory.header.clear()
                memory.is_done = False
            memory.header.append(row)
            continue
        labels, values = labels_then_values(row)
        found = _read_row(labels, values, memory)
        if found:
            memory.is_done = True
        figures += found
    return figures


def _read_row(labels: Sequence[Slot], values: Sequence[Slot], memory: Memory) -> list[Figure]:
    named = [slot for slot in labels if outcome_of(slot.key) or group_of(slot)]
    _carry_group(named, memory)
    if not values or not (memory.header or named):
        return []
    if all(slot.is_blank for slot in values) and memory.is_done and not named:
        return []
    headers = _column_labels(memory.header)
    meanings = [_meaning([*headers.get(slot.column, ()), *named], memory) for slot in values]
    if _is_sound(meanings) and _is_whole(meanings):
        return _figures(zip(values, meanings, strict=True), labels, memory)
    official = _official(values, memory)
    if official:
        return _figures(official, labels, memory)
    sound = [pair for pair in zip(values, meanings, strict=True) if pair[1] is not None]
    return _figures(sound, labels, memory) if _is_sound([meaning for _, meaning in sound]) else []


def _carry_group(named: Sequence[Slot], memory: Memory) -> None:
    """In a table turned on its side a group is named once, for the rows under it too."""
    _carry([(group, slot.label) for slot in named if (group := group_of(slot))], memory)


def _carry(groups: Sequence[tuple[str, str]], memory: Memory) -> None:
    for group, label in groups:
        is_inner = group in GROUPS[1:] and "诉讼" not in fold(label)
        outer = [name for name in memory.group_labels[:1] if "诉讼" in fold(name)]
        memory.group_labels = [*outer, label] if is_inner else [label]
        memory.group = group


def _column_labels(header: Sequence[Row]) -> dict[int, list[Slot]]:
    """The header cells over each column; a blank takes the label to its left (a lost span)."""
    over: dict[int, list[Slot]] = {}
    for row in header:
        last: Slot | None = None
        for slot in row.own:
            if slot.is_label:
                last = slot
            if last is None or (slot.is_blank and outcome_of(last.key)):
                continue
            for column in range(slot.column, slot.column + slot.colspan):
                over.setdefault(column, []).append(last)
    return over


def _meaning(slots: Sequence[Slot], memory: Memory) -> Meaning | None:
    groups = [(group_of(slot), slot.label) for slot in slots if group_of(slot)]
    outcomes = {outcome_of(slot.key): slot.label for slot in slots if outcome_of(slot.key)}
    if len(outcomes) != 1:
        return None
    ((outcome, label),) = outcomes.items()
    kinds = {group for group, _ in groups}
    if not kinds and memory.group:
        kinds, groups = {memory.group}, [(memory.group, name) for name in memory.group_labels]
    specific = kinds - {_LITIGATION}
    if len(specific) > 1 or not outcome:
        return None
    if not specific and kinds and memory.group in ("direct", "after-reconsideration"):
        specific = {memory.group}
    if not specific:
        return None
    names = (
        memory.group_labels if groups and _is_carried(groups, memory) else [n for _, n in groups]
    )
    return specific.pop() or "", outcome, [*distinct(names), label]


def _is_carried(groups: Sequence[tuple[str | None, str]], memory: Memory) -> bool:
    """The row names only the inner of two labels; the outer one was named above."""
    return len(memory.group_labels) > len(groups) and groups[-1][1] == memory.group_labels[-1]


def _is_sound(meanings: Iterable[Meaning | None]) -> bool:
    places = [(meaning[0], meaning[1]) if meaning else None for meaning in meanings]
    return bool(places) and None not in places and len(set(places)) == len(places)


def _is_whole(meanings: Sequence[Meaning | None]) -> bool:
    """Each group with all five results, or one result of each group, or a single cell."""
    groups = [meaning[0] for meaning in meanings if meaning]
    sizes = {groups.count(group) for group in groups}
    return sizes in ({5}, {1})


def _official(values: Sequence[Slot], memory: Memory) -> list[tuple[Slot, Meaning]] | None:
    """The meanings by the form's order, where a row has just its cells."""
    keys = {group_of(slot) for row in memory.header for slot in row.own}
    filled = list(values)
    while len(filled) > 5 and len(filled) % 5 and filled[-1].is_blank:
        filled.pop()
    if len(filled) == 15:
        groups: tuple[str, ...] = GROUPS
    elif len(filled) == 10 and "reconsideration" not in keys:
        groups = GROUPS[1:]
    elif len(filled) == 5 and len(keys & set(GROUPS)) == 1:
        groups = tuple(group for group in GROUPS if group in keys)
    else:
        return None
    order = [(group, outcome) for group in groups for outcome in OUTCOMES]
    return [
        (slot, (group, outcome, [*_GROUP_PATHS[group], _OUTCOME_NAMES[outcome]]))
        for slot, (group, outcome) in zip(filled, order, strict=True)
    ]


def _figures(
    pairs: Iterable[tuple[Slot, Meaning | None]], labels: Sequence[Slot], memory: Memory
) -> list[Figure]:
    figures = []
    named = [slot.label for slot in labels]
    for slot, meaning in pairs:
        if meaning is None:
            continue
        group, outcome, path = meaning
        kind = "reconsideration" if group == "reconsideration" else _LITIGATION
        entry = metric(f"{kind}-{outcome}")
        # A table turned on its side has no column headers: what was named above is in the rows.
        row_path = named if memory.header else path
        procedure = {} if group == "reconsideration" else {"procedure": group}
        figures.append(
            Figure(
                slot=slot,
                metric=entry,
                measure="".join(path),
                key=("remedies", group, outcome),
                wholes=() if outcome == "total" else (("remedies", group, "total"),),
                dimensions={**procedure, **entry.dimensions},
                row_path=row_path,
                column_path=[label for label in path if label not in row_path],
                confidence=Confidence.CERTAIN,
            )
        )
    return figures
