"""`gongkai load`: reports into a store, with progress for people and a summary for programs."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import msgspec

from gongkai.graph.extract import Warning
from gongkai.graph.store import open_store
from gongkai.loaders.load import Outcome, expand, load_reports


class LoadedFile(msgspec.Struct, frozen=True):
    path: str
    report: str
    title: str
    counts: dict[str, int]
    warnings: list[Warning]


class RefusedFile(msgspec.Struct, frozen=True):
    path: str
    code: str
    message: str


class Loading(msgspec.Struct):
    """What `gongkai load` did, in the shape of its `--json`."""

    loaded: list[LoadedFile] = msgspec.field(default_factory=list)
    refused: list[RefusedFile] = msgspec.field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        if outcome.extract is not None and outcome.loaded is not None:
            self.loaded.append(
                LoadedFile(
                    path=str(outcome.path),
                    report=outcome.loaded.report,
                    title=outcome.extract.report.title,
                    counts=outcome.loaded.counts,
                    warnings=outcome.extract.warnings,
                )
            )
        elif outcome.refused is not None:
            refused = outcome.refused
            self.refused.append(RefusedFile(str(outcome.path), refused.code, refused.message))

    def summary(self) -> str:
        figures = sum(item.counts.get("observation", 0) for item in self.loaded)
        lines = [f"{len(self.loaded)} reports loaded, {figures} figures"]
        lines += [
            f"warning: {item.path}: {warning.message}"
            for item in self.loaded
            for warning in item.warnings
        ]
        lines += [f"refused: {item.message}" for item in self.refused]
        return "\n".join(lines)


async def load_into(address: str, paths: Iterable[Path]) -> Loading:
    """Load every file that `paths` name; what is refused leaves the rest to go on."""
    files = list(expand(paths))
    done = Loading()
    async with await open_store(address, create=True) as store:
        with progress(len(files), "loading") as bar:
            async for outcome in load_reports(files, store):
                done.add(outcome)
                bar.advance()
    return done


class Advancing(Protocol):
    def advance(self) -> None: ...


class _Silence:
    def advance(self) -> None:
        """Nothing to show: standard error is not a terminal."""


@contextmanager
def progress(total: int, word: str) -> Iterator[Advancing]:
    """A bar for people, where standard error is a terminal."""
    if not sys.stderr.isatty():
        yield _Silence()
        return
    from .terminal import progress_bar

    with progress_bar(total, word) as bar:
        yield bar
