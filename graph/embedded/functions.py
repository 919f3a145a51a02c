"""The few functions SQLite lacks, written once in Python and registered on each connection."""

import sqlite3

from gongkai.graph import search


def register(connection: sqlite3.Connection) -> None:
    connection.create_function("match_start", 2, _match_start, deterministic=True)
    connection.create_function("match_end", 2, _match_end, deterministic=True)
    connection.create_function("snippet_of", 3, _snippet, deterministic=True)


def _match_start(query: str, text: str | None) -> int | None:
    """Where the query matches the text, in code points; NULL where it does not."""
    found = search.find(query, text)
    return None if found is None else found[0]


def _match_end(query: str, text: str | None) -> int | None:
    found = search.find(query, text)
    return None if found is None else found[1]


def _snippet(text: str, start: int, end: int) -> str:
    return search.snippet(text, start, end)
