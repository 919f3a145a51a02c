"""Options that several commands take."""

from typing import Annotated

import typer

DEFAULT_STORE = "gongkai.db"

StoreOption = Annotated[
    str,
    typer.Option(
        "--store",
        envvar="GONGKAI_STORE",
        help="The store: the path of a file, or neo4j://HOST:PORT (see NEO4J_PASSWORD in the README).",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON for programs.")]
