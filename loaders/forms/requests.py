"""表3 of the 2019 and 2021 forms: requests received and how they were dealt with, by applicant."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from gongkai.graph.dictionary.metrics import Metric, cells, metric, open_metric_key
from gongkai.graph.extract import Confidence

from .labels import (
    FormRow,
    Match,
    form_rows,
    key_of,
    match_row,
    number_of,
    without_note,
    without_number,
)
from .sheets import Figure, Row, Slot, distinct, labels_then_values, trim

APPLICANTS = {
    "自然人": "natural-person",
    "商业企业": "business",
    "科研机构": "research",
    "社会公益组织": "social-welfare",
    "法律服务机构": "legal-services",
    "其他": "other",
    "总计": "total",
}
_ORDER = tuple(APPLICANTS.values())
_NAMES = {id: name for name, id in APPLICANTS.items()}
_WORDS = (
    ("自然人", "natural-person"),
    ("商业", "business"),
    ("科研", "research"),
    ("公益", "social-welfare"),
    ("法律服务", "legal-services"),
    ("其他", "other"),
    ("其它", "other"),
    ("总计", "total"),
    ("合计", "total"),
)
_APPLICANT_HEAD = "申请人情况"
_ORGANISATIONS = "法人或其他组织"
_ORGANISATION_KINDS = frozenset(_ORDER[1:6])
CHECK_SENTENCE = "勾稽关系"

# What a line for a whole group states, where somebody filled it in.
_GROUPS = {
    "不予公开": "results-denied",
    "无法提供": "results-unavailable",
    "不予处理": "results-not-processed",
    "其他处理": "results-other",
}
_ANSWERED = "requests-answered"


@dataclass
class Memory:
    """What the rows so far have said; it lives on where a table goes on in another."""

    columns: dict[int, str] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    heads: dict[str, str] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    group: str = ""
    position: int = -1
    is_2019: bool = False  # （六）其他处理 is a row, not a group of rows


def applicant_of(key: str) -> str | None:
    if len(key) > 8 or key in ("法人或其他组织", "其他处理", "其他结果"):
        return None
    return next((id for word, id in _WORDS if word in key), None)


def is_header(row: Row) -> bool:
    """A row that names applicants."""
    if row.has_values:
        return False
    named = {applicant_of(key) for key in row.keys} - {None}
    return (len(named) >= 2 and bool(named - {"other", "total"})) or any(
        word in key for key in row.keys for word in (_APPLICANT_HEAD, _ORGANISATIONS)
    )


def names_row(row: Row, *, is_continued: bool = False) -> bool:
    """The first label of the row is, word for word, one of the form."""
    first = next((slot for slot in row.slots if slot.is_label), None)
    return first is not None and (is_continued or len(first.key) > 3) and first.key in _row_keys()


def read_requests(rows: Sequence[Row], memory: Memory) -> list[Figure]:
    figures: list[Figure] = []
    header: list[Row] = []
    for index, row in enumerate(rows):
        if is_header(row):
            header.append(row)
            memory.position = -1
            _learn_header(header, memory)
            continue
        if not row.slots or any(CHECK_SENTENCE in slot.text for slot in row.own):
            continue
        header = []
        following = rows[index + 1] if index + 1 < len(rows) else None
        figures += _read_row(row, following, memory)
    return figures


def _learn_header(header: Sequence[Row], memory: Memory) -> None:
    """Which column is whose. Where spans were lost columns clash, and the form's order counts."""
    found: list[tuple[int, str]] = []
    for row in header:
        for slot in row.own:
            if not slot.is_label:
                continue
            if _APPLICANT_HEAD in slot.key:
                memory.heads[_APPLICANT_HEAD] = slot.label
            elif "法人" in slot.key and "组织" in slot.key:
                memory.heads[_ORGANISATIONS] = slot.label
            elif applicant := applicant_of(slot.key):
                memory.heads[applicant] = slot.label
                found.append((slot.column, applicant))
    columns = dict(sorted(found))
    named = set(columns.values())
    is_clear = len(columns) == len(found) == len(named) and len(named) > 1
    # The total stands at an end; inside, it was put there by spans that the file has lost.
    is_clear &= "total" not in list(columns.values())[1:-1]
    memory.columns = columns if is_clear else {}
    memory.order = (
        tuple(columns.values())
        if is_clear
        else tuple(who for who in _ORDER if who in {applicant for _, applicant in found})
    )


def _read_row(row: Row, following: Row | None, memory: Memory) -> list[Figure]:
    labels, values = _split(row, memory)
    if not labels or not values:
        return []
    # A row's own label counts, even where a span from above reaches too far down.
    labels.sort(key=lambda slot: slot.row == row.index)
    path = distinct([slot.label for slot in labels])
    match = _match(path, memory)
    if match is None:
        return _open_row(path, values, memory)
    form_row = match.row
    memory.position = form_row.position
    for label in path:
        memory.printed[key_of(label)] = label
    if len(form_row.path) == 1 or form_row.key in _GROUPS:
        memory.group = form_row.key
    if form_row.is_section and not _is_filled(form_row, values, following):
        return []
    memory.is_2019 |= form_row.key == "其他处理"
    entry = _metric(form_row)
    if entry is None:
        return []
    full = [memory.printed.get(key, "") for key in form_row.keys[:-1]] + [path[-1]]
    full_path = path if len(path) >= len(full) else [label for label in full if label]
    confidence = (
        (Confidence.CERTAIN, "cell of a statutory form")
        if match.is_exact
        else (Confidence.HIGH, "row label read by likeness")
    )
    return _figures(entry, full_path, values, memory, confidence)


def _split(row: Row, memory: Memory) -> tuple[list[Slot], dict[str, Slot] | list[Slot]]:
    """Label cells, and value cells: by applicant where the header's columns hold, else in order."""
    if memory.columns:
        first = min(memory.columns)
        at = {who: row.at(column) for column, who in memory.columns.items()}
        found = {who: slot for who, slot in at.items() if slot is not None}
        beyond = [s for s in row.own if s.column > first and s not in found.values()]
        labels = [slot for slot in row.slots if slot.column < first and slot.is_label]
        shifted = any(s.is_value for s in row.own if s.column < first)
        if len(found) == len(at) and labels and not shifted and all(s.is_blank for s in beyond):
            return labels, found
    labels, values = labels_then_values(row)
    named = max((i for i, slot in enumerate(labels) if slot.key in _row_keys()), default=-1)
    if 0 <= named < len(labels) - 1 and len(values) < len(_ORDER):
        # Words in a number's place follow the label.
        values = [slot for slot in row.own if slot.column > labels[named].column]
        labels = labels[: named + 1]
    return labels, trim(values, len(_ORDER))


@cache
def _row_keys() -> frozenset[str]:
    return frozenset(row.key for row in form_rows("requests"))


def _match(path: Sequence[str], memory: Memory) -> Match | None:
    rows = form_rows("requests")
    within = next(
        (key_of(label) for label in reversed(path[:-1]) if key_of(label) in _GROUPS), memory.group
    )
    found = match_row(path[-1], rows, after=memory.position, within=within)
    if found and (found.is_exact or len(path) == 1 or found.row.keys[-2:-1] == (within,)):
        return found
    number = number_of(path[-1])
    inside = [row for row in rows if within in row.keys[:-1] and number_of(row.label) == number]
    return Match(inside[0], is_exact=False) if number and inside else found


def _is_filled(
    form_row: FormRow, values: dict[str, Slot] | list[Slot], following: Row | None
) -> bool:
    """Whether a group's own line holds values: in the 2019 form （六）其他处理 is a row."""
    slots = values.values() if isinstance(values, dict) else values
    if any(not slot.is_blank for slot in slots):
        return form_row.key in _GROUPS
    if form_row.key != "其他处理" or following is None:
        return False
    labels, _ = labels_then_values(following)
    return bool(labels) and key_of(labels[-1].label) in ("总计", "合计")


def _metric(form_row: FormRow) -> Metric | None:
    place = ("表3", *form_row.path)
    if form_row.key in _GROUPS:
        return metric(_GROUPS[form_row.key])
    return cells("2021").get(place) or cells("2019").get(place)


def _figures(
    entry: Metric,
    row_path: list[str],
    values: dict[str, Slot] | list[Slot],
    memory: Memory,
    confidence: tuple[Confidence, str],
) -> list[Figure]:
    if isinstance(values, list):
        order = memory.order if len(values) == len(memory.order) else _ORDER
        if len(values) < len(order):
            reason = f"the row has {len(values)} cells for {len(order)} columns"
            confidence = (Confidence.LOW, reason)
        values = dict(zip(order[-len(values) :], values, strict=True))
    figures = []
    for applicant, slot in values.items():
        wholes = []
        if applicant != "total":
            wholes.append(("requests", entry.id, "total"))
        if entry.id.startswith("results-"):
            wholes.append(("requests", _ANSWERED, applicant))
        figures.append(
            Figure(
                slot=slot,
                metric=entry,
                measure=_measure(row_path, applicant, memory),
                key=("requests", entry.id, applicant),
                wholes=tuple(wholes),
                dimensions={"applicant": applicant, **entry.dimensions},
                row_path=row_path,
                column_path=_column_path(applicant, memory),
                confidence=confidence[0],
                reason=confidence[1],
            )
        )
    return figures


def _measure(row_path: Sequence[str], applicant: str, memory: Memory) -> str:
    labels = [without_number(label) for label in row_path]
    what = "".join(
        without_note(label) for label in (labels if labels[-1] == "总计" else labels[1:] or labels)
    )
    return (
        what if applicant == "total" else f"{what}·{memory.heads.get(applicant, _NAMES[applicant])}"
    )


def _column_path(applicant: str, memory: Memory) -> list[str]:
    path = [memory.heads.get(_APPLICANT_HEAD, _APPLICANT_HEAD)]
    if applicant in _ORGANISATION_KINDS:
        path.append(memory.heads.get(_ORGANISATIONS, _ORGANISATIONS))
    return [*path, memory.heads.get(applicant, _NAMES[applicant])]


def _open_row(
    path: list[str], values: dict[str, Slot] | list[Slot], memory: Memory
) -> list[Figure]:
    """A row some place added to the form: its figures are kept under a metric of their own."""
    slots = values.values() if isinstance(values, dict) else values
    if not any(slot.is_value for slot in slots):
        return []
    if isinstance(values, list):
        if len(values) != len(_ORDER):
            return []
        values = dict(zip(_ORDER, values, strict=True))
    slug = open_metric_key("".join(path))
    return [
        Figure(
            slot=slot,
            metric=slug,
            measure=_measure(path, applicant, memory),
            key=("requests", slug, applicant),
            wholes=() if applicant == "total" else (("requests", slug, "total"),),
            dimensions={"applicant": applicant},
            row_path=path,
            column_path=_column_path(applicant, memory),
            confidence=Confidence.MEDIUM,
            reason="a row that the form does not have",
        )
        for applicant, slot in values.items()
    ]
