"""The one public entry point of the loaders: files in, extracts out, reports into a store."""

import logging
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gongkai.graph.errors import InputRefused
from gongkai.graph.extract import Extract
from gongkai.graph.store import GraphStore, Loaded

from .assemble import extract_document
from .read import read_document
from .refusals import check_size

_LOG = logging.getLogger("gongkai.loaders")

SAMPLES = Path(__file__).parent / "samples"
"""The sample reports that ship with Gongkai: short texts of our own around real figures."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: either `extract` and `loaded`, or `refused`."""

    path: Path
    extract: Extract | None = None
    loaded: Loaded | None = None
    refused: InputRefused | None = None


def read_report(path: Path) -> Extract:
    """What the report in this file states. Raises `InputRefused` and changes nothing."""
    return read_bytes(_bytes_of(path), path.name)


def read_bytes(data: bytes, name: str) -> Extract:
    """The same for content that is not in a file; `name` is what messages and the source say."""
    try:
        return extract_document(read_document(data, name), data, name)
    except InputRefused:
        raise
    except Exception as error:
        # Whatever a stranger's file sets off here, it is that file's: the batch goes on.
        _LOG.exception("%s could not be read", name)
        raise InputRefused(
            f"{name}: reading it failed on something unforeseen ({type(error).__name__}). "
            "Please report it with the file.",
            code="UNFORESEEN",
        ) from error


def expand(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that `paths` name: a folder stands for all files under it, hidden ones excepted."""
    for path in paths:
        if path.is_dir():
            inside = (item for item in path.rglob("*") if item.is_file())
            yield from sorted(item for item in inside if not _is_hidden(item.relative_to(path)))
        else:
            yield path


async def load_reports(paths: Iterable[Path], store: GraphStore) -> AsyncIterator[Outcome]:
    """Load each file in a transaction of its own; a refused one leaves the rest to go on."""
    for path in paths:
        try:
            extract = read_report(path)
        except InputRefused as refused:
            yield Outcome(path, refused=refused)
            continue
        yield Outcome(path, extract=extract, loaded=await store.replace_report(extract))


def _bytes_of(path: Path) -> bytes:
    try:
        check_size(path.stat().st_size, path.name)
        return path.read_bytes()
    except OSError as error:
        raise InputRefused(
            f"{path.name}: the file cannot be read ({error.strerror}). "
            "Check the path and your right to read it.",
            code="UNREADABLE",
        ) from error


def _is_hidden(relative: Path) -> bool:
    return any(part.startswith(".") for part in relative.parts)
