"""One figure of many bodies for one year: what rankings and aggregates are made of."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gongkai.graph.dictionary.agencies import parent_of
from gongkai.graph.dictionary.metrics import Metric
from gongkai.graph.extract import Scope, Semantic
from gongkai.graph.identity import agency_id

from .chosen import choose
from .comparability import SAME, Basis, Comparability, ComparabilityLevel, comparability
from .gathered import Figure, Found, FoundAgency, Number, rules_of


class Peer(NamedTuple):
    """A body that states the figure: `value` is the preferred statement's, `unit` what it counts."""

    agency: FoundAgency
    observation: Figure
    value: Number
    unit: str | None
    scope: Scope


class Peers(NamedTuple):
    """`stated`: those with a value, in the order of bodies; the rest is counted."""

    stated: list[Peer]
    blank: int
    not_applicable: int
    missing: int


def peers(found: Found, statements: Sequence[list[Figure]], metric: Metric) -> Peers:
    """`statements`: for each body of the answer, those of the one figure, by precedence.

    Where a body states a figure of its own and one of everything under it, that of the scope goes
    first which most bodies state.
    """
    scope = _main_scope(statements)
    stated, without = [], Counter[Semantic | None]()
    for agency, several in zip(found.agencies, statements, strict=True):
        figure = several[choose(several, scope)] if several else None
        if figure is None or figure.value is None:
            without[figure.semantic if figure else None] += 1
            continue
        unit = figure.unit or metric.unit
        stated.append(Peer(agency, figure, figure.value, unit, figure.scope))
    blank, not_applicable = without[Semantic.BLANK], without[Semantic.NOT_APPLICABLE]
    return Peers(stated, blank, not_applicable, without.total() - blank - not_applicable)


def _main_scope(statements: Iterable[list[Figure]]) -> Scope:
    """The scope that most bodies state; the bodies themselves where as many state both."""
    stating = Counter(
        scope
        for several in statements
        for scope in {figure.scope for figure in several if figure.value is not None}
    )
    wider = stating[Scope.JURISDICTION] > stating[Scope.AGENCY]
    return Scope.JURISDICTION if wider else Scope.AGENCY


def units_of(stated: Iterable[Peer], metric: Metric) -> list[str | None]:
    """The units, the most frequent first; of equals that of the metric."""
    counted = Counter(peer.unit for peer in stated)
    return sorted(counted, key=lambda unit: (-counted[unit], unit != metric.unit, unit or ""))


def mixed_scopes(stated: Sequence[Peer]) -> str | None:
    """Says so where figures of bodies stand beside figures of everything under them."""
    wide = sum(peer.scope is Scope.JURISDICTION for peer in stated)
    if wide in (0, len(stated)):
        return None
    return f"{wide} of {len(stated)} figures count everything under the body, the others the body alone"


def mixed_rules(stated: Sequence[Peer], metric: Metric, year: int) -> str | None:
    """Says so where the figures follow definitions that do not quite compare."""
    forms = Counter(rules_of(peer.agency.forms.get(year), year) for peer in stated)
    if len(forms) < 2:
        return None
    (usual, _), *others = forms.most_common()
    for form, count in others:
        step = _between(metric, usual, form)
        if step.level is not ComparabilityLevel.SAME:
            return f"{count} of {len(stated)} figures follow another form: {step.reason}"
    return None


def _between(metric: Metric, one: str, other: str) -> Comparability:
    if one == other:
        return SAME
    earlier, later = sorted((one, other))
    return comparability(
        metric.id,
        Basis(earlier, Scope.AGENCY, metric.unit),
        Basis(later, Scope.AGENCY, metric.unit),
    )


def containers(stated: Sequence[Peer]) -> dict[str, FoundAgency]:
    """By id, each body whose figure another one's already counts, with that other body.

    A figure of everything under a body counts all who belong to it, however far below.
    """
    wide = {peer.agency.id: peer.agency for peer in stated if peer.scope is Scope.JURISDICTION}
    found: dict[str, FoundAgency] = {}
    if not wide:
        return found
    for peer in stated:
        for above in _above(peer.agency):
            if above in wide:
                found[peer.agency.id] = wide[above]
                break
    return found


def _above(agency: FoundAgency) -> Iterable[str]:
    """The ids of the bodies that it belongs to, the nearest first."""
    region, name = agency.region, agency.name
    while region is not None:
        body = parent_of(region, name)
        if body is None:
            return
        yield agency_id(body.region_code, body.name)
        region, name = body.region_code, body.name
