"""The sums as tables for people, as JSON for programs, and the misses one by one."""

from collections.abc import Iterable
from typing import Any

from .marks import Mark, Outcome, Sum, sums
from .variations import SUBJECTS

FOUND = ("figures", "cells", "agencies", "channels", "categories", "policies",
         "PUBLISHED", "USES", "CARRIED_BY", "CITES", "ISSUED", "IMPLEMENTS")  # fmt: skip
_HEADS = ("right", "missed", "false", "precision", "recall", "F1")


def tables_of(marks: list[Mark]) -> str:
    """Deterministic: subjects in the order of the evaluation, forms and tags by name."""
    by_subject = sums(marks, lambda mark: mark.subject)
    found = {name: by_subject[name] for name in FOUND if name in by_subject}
    asked = {name: one for name, one in by_subject.items() if name not in FOUND}
    figures = [mark for mark in marks if mark.subject in ("figures", "cells")]
    tagged = [mark for mark in figures if mark.tag]
    parts = [
        _table("found", found),
        _shares("asked of what was found", asked),
        _table("figures by form", _sorted(figures, lambda mark: mark.form)),
        _shares("figures by kind of sentence", _sorted(tagged, lambda mark: mark.tag)),
    ]
    return "\n".join(parts)


def variations_of(varied: list[Mark]) -> str:
    """By kind of variation: figures, and the attributes that a wording may change."""
    asked = SUBJECTS[1:]
    lines = [f"{'figures by variation':<32}" + "".join(f"{h:>11}" for h in (*_HEADS[3:], *asked))]
    for name in dict.fromkeys(mark.tag for mark in varied):
        by_subject = sums([m for m in varied if m.tag == name], lambda mark: mark.subject)
        figures = by_subject["figures"]
        shares = [figures.precision, figures.recall, figures.f1]
        shares += [by_subject[subject].recall for subject in asked if subject in by_subject]
        lines.append(f"  {name:<30}" + "".join(f"{share:>11.3f}" for share in shares))
    return "\n".join(lines) + "\n"


def as_json(marks: list[Mark], varied: list[Mark]) -> dict[str, Any]:
    figures = [mark for mark in marks if mark.subject in ("figures", "cells")]
    return {
        "subjects": _told(sums(marks, lambda mark: mark.subject)),
        "forms": _told(_sorted(figures, lambda mark: mark.form)),
        "sentences": _told(_sorted([m for m in figures if m.tag], lambda mark: mark.tag)),
        "variations": _told(
            sums([m for m in varied if m.subject == "figures"], lambda mark: mark.tag)
        ),
        "misses": [
            {"document": m.document, "subject": m.subject, "outcome": m.outcome, "note": m.note}
            for m in marks
            if m.outcome is not Outcome.RIGHT
        ],
    }


def misses_of(marks: Iterable[Mark]) -> str:
    wrong = [mark for mark in marks if mark.outcome is not Outcome.RIGHT and mark.note]
    return "".join(f"{m.document}: {m.subject} {m.outcome}: {m.note}\n" for m in wrong)


def _sorted(marks: list[Mark], key: Any) -> dict[str, Sum]:
    return dict(sorted(sums(marks, key).items()))


def _told(found: dict[str, Sum]) -> dict[str, Any]:
    return {
        name: {
            "right": one.right, "missed": one.missed, "false": one.false,
            "precision": round(one.precision, 4), "recall": round(one.recall, 4), "f1": round(one.f1, 4),
        }
        for name, one in found.items()
    }  # fmt: skip


def _table(title: str, found: dict[str, Sum]) -> str:
    lines = [f"{title:<28}" + "".join(f"{head:>11}" for head in _HEADS)]
    for name, one in found.items():
        counts = "".join(f"{count:>11}" for count in (one.right, one.missed, one.false))
        shares = "".join(f"{share:>11.3f}" for share in (one.precision, one.recall, one.f1))
        lines.append(f"  {name:<26}{counts}{shares}")
    return "\n".join(lines) + "\n"


def _shares(title: str, found: dict[str, Sum]) -> str:
    lines = [f"{title:<28}{'right':>11}{'of':>11}{'share':>11}"]
    for name, one in found.items():
        lines.append(f"  {name:<26}{one.right:>11}{one.right + one.missed:>11}{one.recall:>11.3f}")
    return "\n".join(lines) + "\n"
