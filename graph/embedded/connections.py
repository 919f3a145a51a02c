"""Opening the file of a store: what it must be, and how each connection to it is set."""

import math
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gongkai.graph.errors import (
    NotFound,
    StoreBusy,
    StoreCorrupt,
    StoreError,
    StoreTimeout,
    StoreVersionMismatch,
)

from . import functions, tables

BUSY_SECONDS = 30.0
"""How long a writer waits for another one."""

_STEPS_BETWEEN_CLOCKS = 20_000
# Loading touches the same pages of the indexes again and again: they are written back less often.
_PAGES_BETWEEN_CHECKPOINTS = 16_000
# What one report changes stays in memory until it is committed: it is not written twice.
_WRITER_CACHE_KIB = 16 * 1024


def open_writer(path: Path, *, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """A connection that writes; makes the store where the file is new. Raises `StoreError`."""
    with translated(path), _closed_on_error(_connect(path, "rwc", busy_seconds)) as connection:
        if not _is_new(connection):
            check(connection, path)  # before anything is written to what may be somebody else's
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_PAGES_BETWEEN_CHECKPOINTS}")
        connection.execute(f"PRAGMA cache_size = -{_WRITER_CACHE_KIB}")
        if _is_new(connection):
            _make(connection)
        check(connection, path)
        return connection


def open_reader(path: Path) -> sqlite3.Connection:
    """A connection that only reads. Raises `NotFound` where there is no such store."""
    if not path.exists():
        raise _no_store(path)
    with translated(path), _closed_on_error(_connect(path, "rw", BUSY_SECONDS)) as connection:
        if _is_new(connection):
            raise _no_store(path)
        check(connection, path)
        connection.execute("PRAGMA query_only = ON")
        return connection


def _no_store(path: Path) -> NotFound:
    return NotFound(
        f"{path}: there is no store. Make one with `gongkai load PATH... --store {path}`.",
        code="NO_STORE",
    )


def _connect(path: Path, mode: str, busy_seconds: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=busy_seconds,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=512,
    )
    functions.register(connection)
    return connection


@contextmanager
def _closed_on_error(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    try:
        yield connection
    except BaseException:
        connection.close()
        raise


def _is_new(connection: sqlite3.Connection) -> bool:
    (objects,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return bool(objects == 0)


def _make(connection: sqlite3.Connection) -> None:
    """The tables of an empty store, unless another process has just made them."""
    with transaction(connection):
        if _is_new(connection):
            for statement in tables.statements():
                connection.execute(statement)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """What is written inside stands whole, or not at all."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # where the disk is full, SQLite has ended it itself
            connection.execute("ROLLBACK")
        raise


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Raises `StoreError` where the file is no store of this version."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != tables.APPLICATION_ID:
        raise StoreCorrupt(
            f"{path}: this is a database, but not a store of Gongkai. Give another path."
        )
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version < tables.SCHEMA_VERSION:
        raise StoreVersionMismatch(
            f"{path}: the store has version {version} of the schema, this Gongkai needs "
            f"{tables.SCHEMA_VERSION}. Load its reports into a new file: "
            "`gongkai load PATH... --store NEW`."
        )
    if version > tables.SCHEMA_VERSION:
        raise StoreVersionMismatch(
            f"{path}: the store has version {version} of the schema, this Gongkai knows "
            f"{tables.SCHEMA_VERSION}. Upgrade Gongkai: `pip install --upgrade gongkai`."
        )


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Errors of SQLite as ours, with the path and what to do."""
    try:
        yield
    except sqlite3.OperationalError as error:
        text = str(error)
        if "locked" in text or "busy" in text:
            raise StoreBusy(
                f"{path}: another process is writing and has not let go. Try again when it is done."
            ) from error
        if "interrupted" in text:
            raise StoreTimeout(
                "The query ran longer than its time limit. Ask for fewer rows, or filter more."
            ) from error
        if "unable to open" in text:
            raise StoreError(
                f"{path}: the file cannot be opened. Check that its folder exists, that it is no "
                "folder itself, and your right to write there."
            ) from error
        if "readonly" in text or "read-only" in text:
            raise StoreError(f"{path}: the file may not be written. Check its rights.") from error
        if "disk is full" in text:
            raise StoreError(f"{path}: the disk is full. Nothing was written.") from error
        raise StoreError(f"{path}: the store could not answer ({text}).") from error
    except sqlite3.DatabaseError as error:
        raise StoreCorrupt(
            f"{path}: the file is no store, or a damaged one ({error}). Give another path, or load "
            "its reports into a new file."
        ) from error


@contextmanager
def stoppable(
    connection: sqlite3.Connection, stop: threading.Event, seconds: float | None
) -> Iterator[None]:
    """Interrupts what runs on the connection when `stop` is set, or `seconds` are over."""
    deadline = math.inf if seconds is None else time.monotonic() + seconds
    connection.set_progress_handler(
        lambda: stop.is_set() or time.monotonic() > deadline, _STEPS_BETWEEN_CLOCKS
    )
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)
