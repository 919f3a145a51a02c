"""The client that waits for its answers, in scripts and notebooks alike."""

import asyncio
import threading
from collections.abc import Coroutine, Iterable, Sequence
from pathlib import Path
from typing import Any, Self, TypeVar

from gongkai.api.loading import Loading

from .answers import Agency, Aggregates, Metric, Observations, Ranking, Series, YearComparison
from .asynchronous import AsyncClient, Progress, Where, Years

Answer = TypeVar("Answer")


class Client:
    """`AsyncClient` (which says what each method does) for code that is not `async`.

    Its work runs on a thread of its own, so it serves notebooks, whose own loop is busy.

    >>> with Client("reports.db") as client:                                    # doctest: +SKIP
    ...     client.series("requests-received", "宿迁市人民政府", years=(2019, 2024)).frame()
    """

    def __init__(
        self, address: str | Path, *, create: bool = False, timeout_seconds: float = 30
    ) -> None:
        """`address`: of a server (`http://…`) or a store; `create`: make the store if need be."""
        self._client = AsyncClient(address, create=create, timeout_seconds=timeout_seconds)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="gongkai-client", daemon=True
        )
        self._thread.start()

    def execute(self, query: str, variables: Where | None = None) -> dict[str, Any]:
        return self._wait(self._client.execute(query, variables))

    def series(
        self,
        metrics: str | Sequence[str],
        agencies: str | Sequence[str] | None = None,
        *,
        where: Where | None = None,
        years: Years | None = None,
        by: str | None = None,
        strict: bool = False,
    ) -> Series:
        return self._wait(
            self._client.series(metrics, agencies, where=where, years=years, by=by, strict=strict)
        )

    def compare_years(self, agency: str, first: int, second: int) -> YearComparison:
        return self._wait(self._client.compare_years(agency, first, second))

    def rank(
        self, metric: str, year: int, *, where: Where | None = None, of: str | None = None
    ) -> Ranking:
        return self._wait(self._client.rank(metric, year, where=where, of=of))

    def aggregate(
        self,
        metric: str,
        agencies: Sequence[str] | None = None,
        *,
        where: Where | None = None,
        years: Years | None = None,
        by: str | None = None,
        units: Sequence[str] | None = None,
    ) -> Aggregates:
        return self._wait(
            self._client.aggregate(metric, agencies, where=where, years=years, by=by, units=units)
        )

    def agencies(self, name: str | None = None, *, limit: int = 1_000) -> list[Agency]:
        return self._wait(self._client.agencies(name, limit=limit))

    def metrics(self, name: str | None = None, *, limit: int = 1_000) -> list[Metric]:
        return self._wait(self._client.metrics(name, limit=limit))

    def observations(self, where: Where | None = None, *, limit: int = 10_000) -> Observations:
        return self._wait(self._client.observations(where, limit=limit))

    def agency(self, name: str) -> Agency:
        return self._wait(self._client.agency(name))

    def metric(self, name: str) -> Metric:
        return self._wait(self._client.metric(name))

    def load(self, paths: Iterable[str | Path], *, progress: Progress | None = None) -> Loading:
        return self._wait(self._client.load(paths, progress=progress))

    def close(self) -> None:
        if self._loop.is_closed():
            return
        self._wait(self._client.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def __enter__(self) -> Self:
        self._wait(self._client.__aenter__())
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _wait(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()
