"""`gongkai series` and `gongkai compare`: comparisons in the terminal, as JSON, as CSV."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from .cli_options import DEFAULT_STORE, JsonOption, StoreOption

if TYPE_CHECKING:
    from .client.asynchronous import AsyncClient
    from .client.tables import Table

Answer = TypeVar("Answer")

CsvOption = Annotated[bool, typer.Option("--csv", help="CSV for spreadsheets, every column.")]
AgencyOption = Annotated[
    list[str] | None,
    typer.Option("--agency", help="A body, by id or name; may be given again. All unless told."),
]


def series(
    metrics: Annotated[
        list[str], typer.Argument(metavar="METRIC...", help="Metrics, by id or name.")
    ],
    agency: AgencyOption = None,
    first: Annotated[int | None, typer.Option("--from", help="The first year.")] = None,
    last: Annotated[int | None, typer.Option("--to", help="The last year.")] = None,
    by: Annotated[
        str | None, typer.Option("--by", help="Rows for the parts by this, such as applicant.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Refuse what does not quite compare.")
    ] = False,
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
    csv: CsvOption = False,
) -> None:
    """Show metrics of bodies over the years; a missing year says why."""
    _one_of(json, csv)
    found = _asked(
        store,
        lambda client: client.series(
            metrics, agency or None, years=(first, last), by=by, strict=strict
        ),
    )
    if json:
        _write_json(found)
    elif csv:
        from .client.tables import series_table

        _write_csv(series_table(found))
    else:
        from .terminal_comparisons import show_series

        show_series(found)


def compare(
    agency: Annotated[str, typer.Argument(metavar="AGENCY", help="A body, by id or name.")],
    first: Annotated[int, typer.Argument(metavar="YEAR", help="The earlier year.")],
    second: Annotated[int, typer.Argument(metavar="YEAR", help="The later year.")],
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
    csv: CsvOption = False,
) -> None:
    """Show what appeared, vanished and changed between two years of one body."""
    _one_of(json, csv)
    found = _asked(store, lambda client: client.compare_years(agency, first, second))
    if json:
        _write_json(found)
    elif csv:
        from .client.tables import years_table

        _write_csv(years_table(found))
    else:
        from .terminal_comparisons import show_years

        show_years(found, first, second)


def _one_of(json: bool, csv: bool) -> None:
    if json and csv:
        raise typer.BadParameter("give --json or --csv, not both")


def _asked(store: str, ask: Callable[["AsyncClient"], Awaitable[Answer]]) -> Answer:
    from .client.asynchronous import AsyncClient

    async def answer() -> Answer:
        async with AsyncClient(store) as client:
            return await ask(client)

    return asyncio.run(answer())


def _write_json(value: object) -> None:
    from gongkai.graph.extract import to_json

    typer.echo(to_json(value))


def _write_csv(table: "Table") -> None:
    import csv
    import sys

    writer = csv.DictWriter(sys.stdout, table.columns)
    writer.writeheader()
    writer.writerows(table.rows)
