"""Times of one run on one machine, with the ratios that matter taken within it.

`python -m tests.benchmarks [SMALL] [LARGE]`: the numbers of generated reports to compare stores of.
"""

import asyncio
import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from gongkai.api.execute import Executor
from gongkai.api.settings import Settings
from gongkai.graph.embedded.store import EmbeddedStore
from gongkai.loaders.load import read_report
from tests.benchmarks.generated import generated_reports
from tests.conftest import REAL_REPORTS

PAGE = """{ observations(first: %d) { nodes {
  id value unit quote metric { key name } agency { id name } } } }"""

# The best we know to write by hand for the same JSON.
HAND = """SELECT json_object('observations', json_object('nodes', json_group_array(json_object(
  'id', o.id, 'value', o.value, 'unit', o.unit, 'quote', o.quote,
  'metric', json_object('key', m.key, 'name', m.name),
  'agency', json_object('id', a.id, 'name', a.name)))))
FROM (SELECT * FROM observation ORDER BY sort_key, id LIMIT ?) AS o
JOIN metric AS m ON m.id = o.metric_id JOIN agency AS a ON a.id = o.agency_id"""


def report(what: str, milliseconds: float, note: str = "") -> None:
    print(f"{what:<56}{milliseconds:>10.2f} ms  {note}", flush=True)  # noqa: T201


def median_ms(work: Callable[[], object], rounds: int = 15) -> float:
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1_000


async def in_turn_ms(
    work: Callable[[], Awaitable[object]], other: Callable[[], object], rounds: int = 200
) -> tuple[float, float]:
    """Medians of two that are asked in turn: the machine is slow or fast for both alike."""
    times: list[tuple[float, float]] = []
    for _ in range(rounds):
        began = time.perf_counter()
        await work()
        between = time.perf_counter()
        other()
        times.append((between - began, time.perf_counter() - between))
    ours, others = zip(*times, strict=True)
    return statistics.median(ours) * 1_000, statistics.median(others) * 1_000


def extraction() -> None:
    for path in sorted(REAL_REPORTS.iterdir()) if REAL_REPORTS.is_dir() else []:
        read_report(path)
        report(f"extract {path.name}", median_ms(lambda path=path: read_report(path)))  # type: ignore[misc]
    command = [sys.executable, "-m", "gongkai.api.cli", "--version"]
    report(
        "gongkai --version",
        median_ms(lambda: subprocess.run(command, check=True, capture_output=True), rounds=7),
    )


async def filled(path: Path, count: int) -> EmbeddedStore:
    store = EmbeddedStore(path, create=True)
    reports = list(generated_reports(min(count, 200)))
    began = time.perf_counter()
    for extract in reports:
        await store.replace_report(extract)
    spent = time.perf_counter() - began
    rate = f"{len(reports) / spent:.0f} reports a second, into an empty store"
    report(f"load {len(reports)} reports", spent * 1_000, rate)
    for place, extract in enumerate(generated_reports(count)):
        if place >= len(reports):
            await store.replace_report(extract)
    return store


async def pages(store: EmbeddedStore, path: Path, name: str) -> dict[int, float]:
    executor = Executor(store, Settings())
    connection = sqlite3.connect(path)
    times: dict[int, float] = {}
    for size in (100, 1_000):
        query = PAGE % size
        (by_hand,) = connection.execute(HAND, (size,)).fetchone()
        answer = json.loads((await executor.execute(query)).body())
        assert answer["data"] == json.loads(by_hand)
        times[size], hand = await in_turn_ms(
            lambda query=query: executor.execute(query),  # type: ignore[misc]
            lambda size=size: connection.execute(HAND, (size,)).fetchone(),  # type: ignore[misc]
        )
        ratio = f"{times[size] / hand:.2f} times the SQL by hand ({hand:.2f} ms)"
        report(f"{name}: page of {size:,} with metric, agency, quote", times[size], ratio)
    connection.close()
    return times


async def stores(small: int, large: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = {}
        for count in (small, large):
            path = Path(folder) / f"{count}.db"
            store = await filled(path, count)
            found[count] = await pages(store, path, f"{count:,} reports")
            await store.close()
        for size in (100, 1_000):
            ratio = found[large][size] / found[small][size]
            print(f"page of {size:,}: {large:,} reports against {small:,}: {ratio:.2f} times")  # noqa: T201


if __name__ == "__main__":
    extraction()
    sizes = [int(argument) for argument in sys.argv[1:3]] or [100, 5_000]
    asyncio.run(stores(*sizes))
