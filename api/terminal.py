"""What people see in a terminal: an extract with its figures marked, tables, progress."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table
from rich.text import Text

from gongkai.graph.checks.check import Check, CheckStatus
from gongkai.graph.extract import Extract, Observation, Qualifier, Semantic
from gongkai.graph.store import ReportLine

_QUALIFIERS = {Qualifier.OVER: "> ", Qualifier.UNDER: "< ", Qualifier.ABOUT: "≈ "}


def show_extract(extract: Extract) -> None:
    """The text with its figures marked, then a table of them, then what was not placed."""
    console = Console()
    report = extract.report
    console.print(Text(report.title, style="bold"))
    console.print(f"{report.agency.name} · {report.year} · form {report.template} · {report.id}")
    console.print()
    console.print(_marked(extract))
    console.print(_figures(extract))
    for unplaced in extract.unplaced:
        console.print(Text(f"not placed: {unplaced.quote} ({unplaced.reason})", style="dim"))
    for warning in extract.warnings:
        console.print(Text(f"warning: {warning.message}", style="yellow"))


def _marked(extract: Extract) -> Text:
    text = Text(extract.report.text)
    for figure in extract.observations:
        style = "bold green" if figure.cell is None else "cyan"
        text.stylize(style, figure.start, figure.end)
    return text


def _figures(extract: Extract) -> Table:
    agencies = {agency.id: agency.name for agency in extract.agencies}
    table = Table(title=f"{len(extract.observations)} figures", title_justify="left")
    for column in ("value", "unit", "year", "metric", "agency", "quote"):
        table.add_column(column, overflow="fold", justify="right" if column == "value" else "left")
    for figure in extract.observations:
        table.add_row(
            printed_value(figure),
            figure.unit or "",
            "" if figure.year is None else str(figure.year),
            Text(figure.metric),
            Text(agencies.get(figure.agency, figure.agency)),
            Text(figure.quote),
        )
    return table


def printed_value(figure: Observation) -> str:
    """A figure as one would write it: `> 12,000`, `3–5`, or why there is no number."""
    if figure.value is None:
        return "" if figure.semantic is Semantic.BLANK else figure.semantic.value.lower()
    upper = "" if figure.upper is None else f"–{figure.upper:,}"
    return f"{_QUALIFIERS.get(figure.qualifier, '')}{figure.value:,}{upper}"


_STATUS_STYLES = {
    CheckStatus.OK: "green",
    CheckStatus.VIOLATED: "bold red",
    CheckStatus.EXPLAINED: "cyan",
    CheckStatus.NOT_APPLICABLE: "dim",
    CheckStatus.UNDECIDED: "yellow",
}


def show_checks(checks: list[Check]) -> None:
    """What is not plainly right, each with its figures, and how many of each outcome there are."""
    console = Console()
    table = Table()
    for column in ("rule", "status", "formula", "left", "right", "figures"):
        table.add_column(column, overflow="fold")
    for check in checks:
        if check.status in (CheckStatus.OK, CheckStatus.NOT_APPLICABLE):
            continue
        style = _STATUS_STYLES[check.status]
        figures = "\n".join(f"{item.role}: {item.quote}" for item in check.operands)
        why = f"\n{check.explanation}" if check.explanation else ""
        table.add_row(
            check.rule,
            Text(check.status, style=style),
            Text(check.formula),
            "" if check.left is None else f"{check.left:,}",
            "" if check.right is None else f"{check.right:,}",
            Text(f"{figures}{why}"),
        )
    if table.row_count:
        console.print(table)
    counted = Counter(check.status for check in checks)
    shown = [
        Text(f"{counted[status]} {status}", style=_STATUS_STYLES[status]) for status in counted
    ]
    console.print(Text(" · ").join(shown) if shown else "no checks")


def show_reports(lines: list[ReportLine]) -> None:
    table = Table()
    for column in ("year", "agency", "form", "figures", "id"):
        table.add_column(column, overflow="fold")
    for line in lines:
        table.add_row(
            str(line.year), Text(line.agency), line.template, str(line.observations), line.id
        )
    Console().print(table)


@dataclass(frozen=True, slots=True)
class Bar:
    progress: Progress
    task: TaskID

    def advance(self) -> None:
        (shown,) = self.progress.tasks
        rate = (shown.completed + 1) / max(shown.elapsed or 0.0, 1e-3)
        self.progress.update(self.task, advance=1, rate=f"{rate:.1f}/s")


@contextmanager
def progress_bar(total: int, word: str) -> Iterator[Bar]:
    """A bar on standard error: done of all, how many in a second, the time so far."""
    columns = (
        TextColumn(word),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        yield Bar(progress, progress.add_task(word, total=total, rate=""))
