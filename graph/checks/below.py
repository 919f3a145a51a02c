"""A roll-up beside the reports of the bodies right below it for the same year (V.6 of the rules:
region = own level + lower levels).

What is under a roll-up and has no report in the store is unknown, so only one side of the identity
can be tried: the bodies below count no more than the roll-up. It is settled once every division
right below is there. Bodies further down are left to the roll-up of the division they belong to.
"""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources

import msgspec

from gongkai.graph.dictionary.agencies import government_of
from gongkai.graph.dictionary.regions import children
from gongkai.graph.extract import Scope
from gongkai.graph.identity import agency_id, metric_id
from gongkai.graph.intervals import total

from .check import Check, CheckStatus, Term, make
from .figures import Figure, Figures
from .forms import name_of

_NAME = "Bodies right below count no more than the roll-up"


WHOLE = ("", "procedure=direct", "procedure=after-reconsideration")
"""The breakdowns (see `compare.standing`) of the cells that are looked at."""


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """A cell of a roll-up's table; see `roll_ups.toml`."""

    metric: str
    forms: tuple[str, ...]
    procedure: str | None = None


@cache
def _counted() -> tuple[Counted, ...]:
    text = resources.files(__package__).joinpath("roll_ups.toml").read_text("utf-8")
    return tuple(msgspec.convert(tomllib.loads(text)["counted"], list[Counted]))


@cache
def metrics_below() -> tuple[str, ...]:
    """The keys of the metrics that are looked at."""
    return tuple(sorted({entry.metric for entry in _counted()}))


@cache
def metric_ids_below() -> tuple[str, ...]:
    return tuple(metric_id(metric) for metric in metrics_below())


def first_of_each(reports: Iterable[tuple[str, str, str]]) -> dict[str, tuple[str, str]]:
    """Of body, report and form in the order of reports: the report that stands for each body."""
    found: dict[str, tuple[str, str]] = {}
    for body, report, form in reports:
        found.setdefault(body, (report, form))
    return found


def check_below(roll_up: Figures, bodies: Sequence[Figures], region: str | None) -> Iterator[Check]:
    """The checks belong to the roll-up. `region`: the code of its region; `bodies`: their cells,
    one report of each body, by the body's id.
    """
    of_form = [body for body in bodies if body.template == roll_up.template]
    for entry in _counted():
        if roll_up.template not in entry.forms:
            continue
        whole = roll_up.whole(entry.metric, entry.procedure)
        if whole is None or whole.scope is not Scope.JURISDICTION:
            continue
        cells = (body.whole(entry.metric, entry.procedure) for body in of_form)
        parts = [part for part in cells if part is not None]
        if parts:
            unknown = divisions_below(region, roll_up.year) - {part.agency for part in parts}
            yield _check(entry, whole, parts, len(unknown))


@cache
def divisions_below(region: str | None, year: int) -> frozenset[str]:
    """The ids of the governments right below a region in a year."""
    if region is None:
        return frozenset()
    found = map(government_of, children(region, year))
    return frozenset(agency_id(body.region_code, body.name) for body in found)


def _check(entry: Counted, whole: Figure, parts: list[Figure], unknown: int) -> Check:
    rule = f"V.6/below/{entry.metric}"
    terms: list[Term] = [("roll-up", whole), *(("below", part) for part in parts)]
    allowed = [part.interval for part in parts if part.interval is not None]
    sides = None
    if whole.interval is None or len(allowed) < len(parts):
        status, why = CheckStatus.NOT_APPLICABLE, "A figure has no number"
    else:
        sides = (sum(part.number for part in parts), whole.number)
        if not whole.interval.reaches(total(allowed)):
            status, why = CheckStatus.VIOLATED, None
        elif unknown:
            status = CheckStatus.UNDECIDED
            why = f"{unknown} divisions right below state it in no report here"
        else:
            status, why = CheckStatus.OK, None
    return make(
        f"{rule}/{entry.procedure}" if entry.procedure else rule,
        _NAME,
        whole.report,
        f"{name_of(entry.metric)}: Σ 下级机关 ≤ 汇总",
        terms,
        status,
        sides,
        why,
    )
