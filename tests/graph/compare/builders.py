"""Small answers of a store, as comparisons read them."""

from gongkai.graph.compare.gathered import Columns, Figure, Found, FoundAgency, FoundMetric, Group
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
    quote: str = "",
) -> Figure:
    """A number where there is a value, else a blank cell."""
    found = semantic or (Semantic.BLANK if value is None else Semantic.NUMBER)
    return Figure(year, part, scope, value, upper, found, unit, qualifier, quote)


def body(
    name: str = "甲县人民政府", reports: dict[int, str] | None = None, region: str | None = None
) -> FoundAgency:
    """`reports`: the form of each by its year."""
    years, forms = list(reports or {}), list((reports or {}).values())
    return FoundAgency(f"agency:{name}", name, region, [], years, forms)


def measured(key: str) -> FoundMetric:
    return FoundMetric(metric_id(key), key, [])


def gathered(*bodies: tuple[FoundAgency, list[Figure]], metric: str) -> Found:
    """Bodies with their figures of one metric, sorted as a store does."""
    return Found(
        [measured(metric)],
        [agency for agency, _ in bodies],
        [Group(place, 0, columns(figures)) for place, (_, figures) in enumerate(bodies)],
    )


def columns(figures: list[Figure]) -> Columns:
    return Columns.of(sorted(figures, key=lambda figure: (figure.breakdown, figure.year)))
