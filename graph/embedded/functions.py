"""The one function SQLite lacks, written in Python and registered on each connection."""

import sqlite3

import msgspec

from gongkai.graph import search


def register(connection: sqlite3.Connection) -> None:
    connection.create_function("search_found", -1, _search_found, deterministic=True)


def _search_found(query: str, start: int | None, text: str | None, *fields: str) -> str | None:
    """Where the query matches: {field, snippet, start, end} as JSON, NULL where it does not.

    `start` and `text`: where the node stands in its report; `fields`: each a name and its text.
    """
    pairs = list(zip(fields[::2], fields[1::2], strict=True))
    printed = None if start is None or text is None else (start, text)
    found = search.find(query, pairs, printed)
    return None if found is None else msgspec.json.encode(found).decode()
