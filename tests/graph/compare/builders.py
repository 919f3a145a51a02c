"""Small answers of a store, as comparisons read them."""

from gongkai.graph.compare.gathered import Figure, Found, FoundAgency, FoundMetric, Group, Report
from gongkai.graph.extract import Qualifier, Scope, Semantic
from gongkai.graph.identity import metric_id


def stated(
    year: int,
    value: float | None = None,
    *,
    part: str = "",
    scope: Scope = Scope.AGENCY,
    unit: str | None = None,
    semantic: Semantic | None = None,
    qualifier: Qualifier = Qualifier.EXACT,
    upper: float | None = None,
) -> Figure:
    """A number where there is a value, else a blank cell."""
    found = semantic or (Semantic.BLANK if value is None else Semantic.NUMBER)
    return Figure(year, part, scope, value, upper, found, unit, qualifier)


def body(
    name: str = "甲县人民政府", reports: dict[int, str] | None = None, region: str | None = None
) -> FoundAgency:
    """`reports`: the form of each by its year."""
    made = [Report(year, form) for year, form in (reports or {}).items()]
    return FoundAgency(f"agency:{name}", name, region, [], made)


def measured(key: str) -> FoundMetric:
    return FoundMetric(metric_id(key), key, [])


def gathered(*bodies: tuple[FoundAgency, list[Figure]], metric: str) -> Found:
    """Bodies with their figures of one metric, sorted as a store does."""
    return Found(
        [measured(metric)],
        [agency for agency, _ in bodies],
        [
            Group(place, 0, sorted(figures, key=lambda figure: (figure.breakdown, figure.year)))
            for place, (_, figures) in enumerate(bodies)
        ],
    )
