"""One metric of 3,000 bodies over 20 years, from a store of 60,000 small reports.

`python -m tests.benchmarks.pivot [BODIES] [YEARS]`
"""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from gongkai.api.execute import Executor
from gongkai.api.settings import Settings
from gongkai.graph import extract, identity
from gongkai.graph.dictionary.regions import all_regions
from gongkai.graph.embedded.store import EmbeddedStore
from gongkai.graph.extract import Extract, Level, Observation, RegionRef, Section, Source
from tests.benchmarks.__main__ import report

FIRST_YEAR = 2005
METRICS = ("requests-received", "items-disclosed", "staff-full-time")
PIVOT = """query Pivot($from: Int, $to: Int) {
  series(metrics: ["requests-received"], from: $from, to: $to) {
    rows { agency { id name } points { year value %s } } } }"""


def small_reports(bodies: int, years: int) -> Iterator[Extract]:
    """A report with three figures for each body and year."""
    counties = [
        region for region in all_regions() if region.level is Level.COUNTY and region.until == 9999
    ]
    names = (
        (region.code, f"{region.name}{kind}")
        for kind in ("人民政府", "教育局")
        for region in counties
    )
    for place, (code, name) in enumerate(islice(names, bodies)):
        for year in range(FIRST_YEAR, FIRST_YEAR + years):
            yield _small_report(code, name, year, place)


def _small_report(code: str, name: str, year: int, place: int) -> Extract:
    agency = identity.agency_id(code, name)
    id = identity.report_id(agency, year)
    figures = [(place * 7 + year * 13 + number) % 5_000 for number in range(len(METRICS))]
    text = "，".join(map(str, figures))
    observations, start = [], 0
    for metric, figure in zip(METRICS, figures, strict=True):
        end = start + len(str(figure))
        observations.append(
            Observation(
                id=identity.observation_id(id, start, end),
                metric=metric,
                measure=metric,
                value=figure,
                unit=None,
                year=year,
                agency=agency,
                quote=str(figure),
                start=start,
                end=end,
            )
        )
        start = end + 1
    title = f"{name}{year}年政府信息公开工作年度报告"
    form = "2021" if year > 2020 else "2019" if year > 2018 else "2014" if year > 2013 else "2008"
    return Extract(
        report=extract.Report(
            id=id,
            title=title,
            agency=extract.AgencyRef(agency, name, Level.COUNTY),
            region=RegionRef(code, name),
            year=year,
            published=None,
            template=form,
            language="zh-Hans",
            source=Source("generated", "0" * 64, "text", "utf-8"),
            text=text,
        ),
        sections=[Section(identity.section_id(id, 0), title, [title], 0, len(text))],
        observations=observations,
        policies=[],
        agencies=[],
        channels=[],
        categories=[],
        relations=[],
        unplaced=[],
        warnings=[],
    )


async def pivot(bodies: int, years: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = EmbeddedStore(Path(folder) / "pivot.db", create=True)
        for extracted in small_reports(bodies, years):
            await store.replace_report(extracted)
        executor = Executor(store, Settings())
        variables = {"from": FIRST_YEAR, "to": FIRST_YEAR + years - 1}
        for more in ("", "missing semantic", "missing comparability { level reason }"):
            times = []
            for _ in range(9):
                began = time.perf_counter()
                response = await executor.execute(PIVOT % more, variables)
                body = response.body()
                times.append((time.perf_counter() - began) * 1_000)
            rows = json.loads(body)["data"]["series"]["rows"]
            assert sum(len(row["points"]) for row in rows) == bodies * years
            what = f"pivot of {bodies:,} bodies over {years} years: value {more}"
            report(what[:55], min(times), f"{len(body):,} bytes; median {sorted(times)[4]:.0f} ms")
        await store.close()


if __name__ == "__main__":
    bodies, years = [int(argument) for argument in sys.argv[1:3]] or [3_000, 20]
    asyncio.run(pivot(bodies, years))
