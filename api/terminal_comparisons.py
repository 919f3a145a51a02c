"""Comparisons as people see them in a terminal: tables, bars, what appeared and vanished."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from gongkai.graph.compare.comparability import ComparabilityLevel
from gongkai.graph.compare.moved import SentenceKind
from gongkai.graph.extract import Qualifier

from .client.answers import (
    Comparability,
    Figure,
    FigureChange,
    Named,
    Point,
    RelationChanges,
    Row,
    SectionChanges,
    SentenceChange,
    Series,
    YearComparison,
)

_HEDGES = {Qualifier.OVER: "> ", Qualifier.UNDER: "< ", Qualifier.ABOUT: "≈ "}
_LEVELS = {
    ComparabilityLevel.SAME: ("", ""),
    ComparabilityLevel.PARTLY: ("≈ ", "yellow"),
    ComparabilityLevel.BROKEN: ("✗ ", "red"),
}
_MISSING = {
    "NO_REPORT": "no report",
    "NOT_ASKED": "not asked",
    "NOT_STATED": "not stated",
    "BLANK": "blank",
}
_SIGNS = {"NO_REPORT": "·", "NOT_ASKED": "∅", "NOT_STATED": "?", "BLANK": "□"}
_BAR_WIDTH = 24
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_HEIGHTS = "▁▂▃▄▅▆▇█"
_QUOTE = 48


# --- series ---------------------------------------------------------------------------------------


def show_series(series: Series) -> None:
    console = Console()
    if not series.rows:
        console.print("no body states it in these years")
    by_metric: dict[str, list[Row]] = {}
    for row in series.rows:
        by_metric.setdefault(row.metric.key, []).append(row)
    for key, rows in by_metric.items():
        metric = rows[0].metric
        unit = f", {metric.unit}" if metric.unit else ""
        console.print(Text(f"{metric.name}{unit}  ({key})", style="bold"))
        console.print(_one_row(rows[0]) if len(rows) == 1 else _many_rows(rows))
    if any(len(rows) > 1 for rows in by_metric.values()):
        console.print(
            Text("  ".join(f"{sign} {_MISSING[why]}" for why, sign in _SIGNS.items()), "dim")
        )
    _print_reasons(console, (p.comparability for row in series.rows for p in row.points))


def _one_row(row: Row) -> Table:
    """A line for each year: the figure, a bar, how it compares, its quote."""
    table = Table(title=_name_of(row), title_justify="left")
    table.add_column("year")
    table.add_column("value", justify="right")
    table.add_column("", min_width=_BAR_WIDTH)
    table.add_column("change", justify="right")
    table.add_column("quote", overflow="fold")
    largest = max((point.value or 0 for point in row.points), default=0)
    earlier: Point | None = None
    for point in row.points:
        quote = point.observation.quote if point.observation else ""
        bar = "" if point.value is None else _bar(point.value, largest)
        table.add_row(
            str(point.year),
            _value(point),
            Text(bar, style="cyan"),
            _change(earlier, point),
            Text(_shortened(quote) + (f"\n{point.warning}" if point.warning else "")),
        )
        earlier = point if point.value is not None else earlier
    return table


def _many_rows(rows: Sequence[Row]) -> Table:
    """A line for each body or part, a column for each year."""
    table = Table()
    table.add_column("", overflow="fold")
    for point in rows[0].points:
        table.add_column(str(point.year), justify="right")
    table.add_column("")
    for row in rows:
        table.add_row(
            Text(_name_of(row)),
            *(_marked(point) for point in row.points),
            Text(_line([point.value for point in row.points]), style="cyan"),
        )
    return table


def _name_of(row: Row) -> str:
    return row.agency.name if row.dimension is None else f"{row.agency.name} · {row.dimension}"


def _value(figure: Figure) -> Text:
    if figure.value is None:
        return Text(_MISSING.get(figure.missing or "", ""), style="dim")
    hedge = "" if figure.qualifier is None else _HEDGES.get(figure.qualifier, "")
    return Text(f"{hedge}{figure.value:,}")


def _marked(point: Point) -> Text:
    """The figure, marked where it does not quite compare with the one before."""
    if point.value is None:
        return Text(_SIGNS.get(point.missing or "", ""), style="dim")
    text = _value(point)
    if point.comparability is not None:
        mark, style = _LEVELS[point.comparability.level]
        return Text(mark, style=style) + text
    return text


def _change(earlier: Point | None, point: Point) -> Text:
    if earlier is None or point.value is None or point.comparability is None:
        return Text("")
    mark, style = _LEVELS[point.comparability.level]
    if not earlier.value or point.unit != earlier.unit:
        return Text(mark, style=style)
    change = (point.value - earlier.value) / abs(earlier.value)
    return Text(f"{mark}{change:+.1%}", style=style)


def _bar(value: float, largest: float) -> str:
    if value <= 0 or largest <= 0:
        return ""
    eighths = max(1, round(value / largest * _BAR_WIDTH * 8))
    whole, rest = divmod(eighths, 8)
    return "█" * whole + _EIGHTHS[rest].strip()


def _line(values: Iterable[float | None]) -> str:
    """A small plot: a block for each value, a dot where there is none."""
    found = list(values)
    there = [value for value in found if value is not None]
    if not there:
        return ""
    low, high = min(0, *there), max(there)
    span = (high - low) or 1
    return "".join(
        "·" if value is None else _HEIGHTS[int((value - low) / span * (len(_HEIGHTS) - 1))]
        for value in found
    )


def _print_reasons(console: Console, steps: Iterable[Comparability | None]) -> None:
    """Once each, why figures do not quite compare."""
    reasons = {
        (step.level, step.reason, step.reason_zh, step.notice): None
        for step in steps
        if step is not None and step.level is not ComparabilityLevel.SAME
    }
    for level, reason, reason_zh, notice in reasons:
        mark, style = _LEVELS[level]
        said = f"{mark}{reason}. {reason_zh}。" + (f"{notice}" if notice else "")
        console.print(Text(said, style=style))


# --- two years ------------------------------------------------------------------------------------


def show_years(compared: YearComparison, first: int, second: int) -> None:
    console = Console()
    console.print(Text(f"{compared.agency.name} · {first} → {second}", style="bold"))
    for year, report in ((first, compared.from_report), (second, compared.to_report)):
        if report is None:
            console.print(Text(f"no report of {year} is loaded", style="yellow"))
    console.print(_figures(compared.figures, first, second))
    _print_reasons(console, (item.comparability for item in compared.figures))
    for what, changes in (
        ("kinds of information", compared.categories),
        ("channels", compared.channels),
        ("policies", compared.policies),
    ):
        _print_relations(console, what, changes)
    _print_sections(console, compared.sections)
    _print_sentences(console, compared.text)


def _figures(changes: Sequence[FigureChange], first: int, second: int) -> Table:
    changed = [item for item in changes if item.change != 0]
    title = f"{len(changed)} figures changed, {len(changes) - len(changed)} the same"
    table = Table(title=title, title_justify="left")
    table.add_column("metric", overflow="fold")
    for column in (str(first), str(second), "change", "×"):
        table.add_column(column, justify="right")
    for item in changed:
        name = (
            item.metric.name if item.dimension is None else f"{item.metric.name} · {item.dimension}"
        )
        mark, style = _LEVELS[item.comparability.level] if item.comparability else ("", "")
        table.add_row(
            Text(name),
            _value(item.before),
            _value(item.after),
            Text("" if item.change is None else f"{mark}{item.change:+,}", style=style),
            "" if item.ratio is None else f"{item.ratio:.2f}",
        )
    return table


def _print_relations(console: Console, what: str, changes: RelationChanges) -> None:
    sides: tuple[tuple[str, Sequence[Named], str], ...] = (
        ("+", changes.appeared, "green"),
        ("−", changes.vanished, "red"),
    )
    console.print(Text(f"{what}: {len(changes.kept)} kept", style="bold"))
    for mark, several, style in sides:
        for item in several:
            console.print(Text(f"  {mark} {item.name}", style=style))


def _print_sections(console: Console, changes: SectionChanges) -> None:
    console.print(Text(f"sections: {len(changes.kept)} kept", style="bold"))
    for mark, several, style in (
        ("+", changes.appeared, "green"),
        ("−", changes.vanished, "red"),
        ("↕", [item for item in changes.kept if item.moved], "cyan"),
    ):
        for item in several:
            console.print(Text(f"  {mark} {item.heading}", style=style))


_SENTENCES = {
    SentenceKind.APPEARED: ("+", "green"),
    SentenceKind.VANISHED: ("−", "red"),
    SentenceKind.REWRITTEN: ("~", "yellow"),
    SentenceKind.KEPT: ("↕", "cyan"),
}


def _print_sentences(console: Console, changes: Sequence[SentenceChange]) -> None:
    console.print(Text(f"sentences: {len(changes)} changed", style="bold"))
    for item in changes:
        mark, style = _SENTENCES[item.kind]
        moved = " ↕" if item.moved and item.kind is SentenceKind.REWRITTEN else ""
        quotes = [side.quote for side in (item.before, item.after) if side is not None]
        shown = quotes[:1] if item.kind is SentenceKind.KEPT else quotes
        console.print(Text(f"  {mark}{moved} " + "\n    → ".join(shown), style=style))


def _shortened(quote: str) -> str:
    return quote if len(quote) <= _QUOTE else f"{quote[: _QUOTE - 1]}…"
