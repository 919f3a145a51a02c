"""Bodies and metrics by what people call them: an id, a whole name, or a part of one."""

from collections.abc import Sequence

from gongkai.graph.errors import Ambiguous, NotFound

from .answers import Agency, Metric

_SHOWN = 12


def one_agency(given: str, exact: Sequence[Agency], containing: Sequence[Agency]) -> Agency:
    """The body that `given` names. Raises `NotFound` and `Ambiguous`, which lists the matches."""
    found = exact or containing
    if not found:
        raise NotFound(f"{given}: no body of the store has this name. Give a part of its name.")
    if len(found) > 1:
        listed = [
            f"{agency.id}  {agency.name}" + (f"  ({agency.region.code})" if agency.region else "")
            for agency in found
        ]
        raise Ambiguous(_listing(given, "bodies", listed))
    return found[0]


def one_metric(given: str, exact: Sequence[Metric], containing: Sequence[Metric]) -> Metric:
    """The same for a metric."""
    found = exact or containing
    if not found:
        raise NotFound(
            f"{given}: no metric has this id or name. Give its id in the dictionary, or a part of "
            "its name."
        )
    if len(found) > 1:
        raise Ambiguous(
            _listing(given, "metrics", [f"{metric.key}  {metric.name}" for metric in found])
        )
    return found[0]


def _listing(given: str, what: str, listed: list[str]) -> str:
    more = [f"… and {len(listed) - _SHOWN} more"] if len(listed) > _SHOWN else []
    lines = "\n  ".join([*listed[:_SHOWN], *more])
    return f"{given}: several {what} match. Give the id of one:\n  {lines}"
