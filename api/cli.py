"""The `gongkai` command. Answers go to standard output, everything else to standard error.

Exit status: 0 done, 1 something was refused, 2 wrong usage. Heavy modules are imported inside the
commands, so that `gongkai --version` answers at once.
"""

import asyncio
import os
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer

from gongkai.graph.errors import GongkaiError
from gongkai.graph.version import VERSION

from . import cli_comparing
from .cli_options import DEFAULT_STORE, JsonOption, StoreOption

app = typer.Typer(
    name="gongkai",
    help="Annual information-disclosure reports as one graph, every figure with its quote.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Answer = TypeVar("Answer")

HostOption = Annotated[str, typer.Option(help="The address to listen on.")]
PortOption = Annotated[int, typer.Option(help="The port to listen on.", min=0, max=65535)]


def main() -> None:
    """Run the command line; a refusal becomes one line on standard error and status 1."""
    try:
        app()
    except GongkaiError as error:
        _fail(error)
    except BrokenPipeError:
        # The reader of our output has left (`gongkai export | head`): nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None


def _fail(error: GongkaiError) -> NoReturn:
    typer.echo(f"gongkai: {error.message}", err=True)
    raise SystemExit(1)


def _run(work: Coroutine[Any, Any, Answer]) -> Answer:
    return asyncio.run(work)


def _write_json(value: Any) -> None:
    from gongkai.graph.extract import to_json

    typer.echo(to_json(value))


@app.callback(invoke_without_command=True)
def gongkai(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        typer.echo(f"gongkai {VERSION}")
        raise typer.Exit


@app.command()
def load(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATH...", help="Reports, or folders of them.")
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
    samples: Annotated[
        bool, typer.Option("--samples", help="The sample reports that ship with Gongkai.")
    ] = False,
) -> None:
    """Load reports into the store, each whole or not at all."""
    from gongkai.loaders.load import SAMPLES

    from .loading import load_into

    wanted = [*(paths or []), *([SAMPLES] if samples else [])]
    if not wanted:
        raise typer.BadParameter("give files or folders to load, or --samples")
    done = _run(load_into(store, wanted))
    if json:
        _write_json(done)
    else:
        typer.echo(done.summary())
    if done.refused:
        raise typer.Exit(1)


@app.command()
def extract(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One report.")],
    json: JsonOption = False,
) -> None:
    """Show what one report states, without a store."""
    from gongkai.loaders.load import read_report

    try:
        found = read_report(file)
    except GongkaiError as error:
        if not json:
            raise
        typer.echo(f"gongkai: {error.message}", err=True)
        _write_json({"error": {"code": error.code, "message": error.message}})
        raise typer.Exit(1) from None
    if json:
        _write_json(found)
    else:
        from .terminal import show_extract

        show_extract(found)


@app.command()
def export(store: StoreOption = DEFAULT_STORE) -> None:
    """Write the whole graph as JSON lines, the same bytes whatever the order of loading."""
    from gongkai.graph.store import open_store

    async def write() -> None:
        async with await open_store(store) as opened:
            async for line in opened.export():
                sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()

    _run(write())


@app.command()
def remove(
    report: Annotated[str, typer.Argument(metavar="REPORT", help="The id of a report.")],
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Take a report out, with all that only it supported."""
    from gongkai.graph.store import open_store

    async def take_out() -> None:
        async with await open_store(store) as opened:
            await opened.remove_report(report)

    _run(take_out())
    typer.echo(f"removed {report}", err=True)


@app.command()
def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="A store.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="A new store, of either kind.")],
) -> None:
    """Copy a whole graph into another store; the exports are the same bytes."""
    from .copying import copy_store

    count = _run(copy_store(source, target))
    typer.echo(f"copied {count} reports", err=True)


@app.command()
def reports(store: StoreOption = DEFAULT_STORE, json: JsonOption = False) -> None:
    """List the reports in the store."""
    from gongkai.graph.store import ReportLine, open_store

    async def listed() -> list[ReportLine]:
        async with await open_store(store) as opened:
            return await opened.reports()

    lines = _run(listed())
    if json:
        _write_json({"reports": lines})
    else:
        from .terminal import show_reports

        show_reports(lines)


@app.command()
def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH|REPORT]...", help="Files, folders or ids of reports."),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Status 1 where something is violated.")
    ] = False,
) -> None:
    """Try the arithmetic identities; of every report in the store where none is named."""
    from gongkai.graph.checks.check import CheckStatus

    from .checking import checks_of

    done = _run(checks_of(store, paths or []))
    for refused in done.refused:
        typer.echo(f"gongkai: {refused.message}", err=True)
    if json:
        _write_json({"checks": done.checks})
    else:
        from .terminal import show_checks

        show_checks(done.checks)
    violated = any(check.status is CheckStatus.VIOLATED for check in done.checks)
    if done.refused or (strict and violated):
        raise typer.Exit(1)


app.command()(cli_comparing.series)
app.command()(cli_comparing.compare)


@app.command()
def schema() -> None:
    """Print the GraphQL schema."""
    from .schema import print_schema_text

    typer.echo(print_schema_text(), nl=False)


@app.command()
def serve(
    store: StoreOption = DEFAULT_STORE,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8000,
    workers: Annotated[int, typer.Option(help="Server processes.", min=1)] = 1,
) -> None:
    """Serve GraphQL, with an IDE, from the store."""
    from .serving import serve_store

    serve_store(store, host=host, port=port, workers=workers)


@app.command()
def browser(
    neo4j: Annotated[str, typer.Option(help="Neo4j's own web address.")] = "http://localhost:7474",
    api: Annotated[str, typer.Option(help="Where the API runs.")] = "http://localhost:8000",
) -> None:
    """Say how to explore the graph in Neo4j Browser: style, guide, saved queries."""
    from .browser_kit import instructions

    typer.echo(instructions(neo4j.rstrip("/"), api.rstrip("/")))


@app.command()
def demo(
    store: StoreOption = "gongkai-demo.db",
    host: HostOption = "127.0.0.1",
    port: PortOption = 8000,
) -> None:
    """Load the sample reports that ship with Gongkai, then serve them."""
    from gongkai.loaders.load import SAMPLES

    from .loading import load_into
    from .serving import serve_store

    typer.echo(_run(load_into(store, [SAMPLES])).summary(), err=True)
    serve_store(store, host=host, port=port, workers=1)


if __name__ == "__main__":
    main()
