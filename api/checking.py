"""`gongkai check`: the checks of files, of reports in a store, or of a whole store."""

import json
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from gongkai.graph.checks.across import check_across
from gongkai.graph.checks.below import check_below
from gongkai.graph.checks.check import Check, Operand
from gongkai.graph.checks.figures import Figures
from gongkai.graph.checks.within import check_report
from gongkai.graph.dictionary.agencies import parent_of
from gongkai.graph.errors import InputRefused, NotFound
from gongkai.graph.identity import agency_id, label_of
from gongkai.graph.store import GraphStore, open_store
from gongkai.loaders.load import expand, read_report

from .execute import Executor
from .settings import Settings

_PAGE = """query($report: ID, $after: String) {
  checks(report: $report, first: 80, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes {
      id rule name status formula left right difference explanation message
      report { id }
      operands(first: 300) {
        edges { position role low high node { id value quote start end report { id } } }
      }
    }
  }
}"""


class Checking(msgspec.Struct):
    """In the shape of `gongkai check --json`; `refused`: files that are no reports."""

    checks: list[Check]
    refused: list[InputRefused]


async def checks_of(address: str, wanted: Sequence[str]) -> Checking:
    """`wanted`: paths and ids of reports; every report of the store where there are none.

    Raises `NotFound` for a report that the store does not hold.
    """
    reports = [item for item in wanted if _is_report(item)]
    files = [Path(item) for item in wanted if not _is_report(item)]
    found = _of_files(expand(files))
    if reports or not wanted:
        async with await open_store(address) as store:
            every: list[str | None] = [None]
            for report in reports or every:
                found.checks += [check async for check in _stored(store, report)]
    return found


def _is_report(item: str) -> bool:
    return label_of(item) == "report" and not Path(item).exists()


def _of_files(paths: Iterable[Path]) -> Checking:
    """Each report by itself, and beside those of these files that it has to do with."""
    found = Checking([], [])
    by_year: dict[tuple[str, int], Figures] = {}
    regions: dict[str, str] = {}
    above: dict[str, str] = {}
    for path in paths:
        try:
            report = (extract := read_report(path)).report
        except InputRefused as refused:
            found.refused.append(refused)
            continue
        by_year[report.agency.id, report.year] = Figures.of(extract)
        if report.region is not None:
            regions[report.agency.id] = report.region.code
            parent = parent_of(report.region.code, report.agency.name)
            if parent is not None:
                above[report.agency.id] = agency_id(parent.region_code, parent.name)
    below: dict[tuple[str, int], list[Figures]] = defaultdict(list)
    for (agency, year), figures in sorted(by_year.items()):
        if agency in above:
            below[above[agency], year].append(figures)
    for (agency, year), figures in by_year.items():
        found.checks += check_report(figures)
        earlier = by_year.get((agency, year - 1))
        if earlier is not None:
            found.checks += check_across(earlier, figures)
        found.checks += check_below(figures, below[agency, year], regions.get(agency))
    return found


async def _stored(store: GraphStore, report: str | None) -> AsyncIterator[Check]:
    if report is not None and report not in {line.id for line in await store.reports()}:
        raise NotFound(f"{report}: no such report in the store. `gongkai reports` lists them.")
    executor = Executor(store, Settings())
    after: str | None = None
    while True:
        response = await executor.execute(_PAGE, {"report": report, "after": after})
        if response.errors:
            raise response.errors[0]
        page = json.loads(response.data or b"")["checks"]
        for node in page["nodes"]:
            yield _check(node)
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]


def _check(node: dict[str, Any]) -> Check:
    edges = sorted(node.pop("operands")["edges"], key=lambda edge: int(edge["position"]))
    report = node.pop("report")["id"]
    return msgspec.convert({**node, "report": report, "operands": list(_operands(edges))}, Check)


def _operands(edges: Iterable[dict[str, Any]]) -> Iterator[Operand]:
    for edge in edges:
        figure = edge["node"]
        yield Operand(
            role=edge["role"],
            observation=figure["id"],
            report=figure["report"]["id"],
            quote=figure["quote"],
            start=figure["start"],
            end=figure["end"],
            value=figure["value"],
            low=edge["low"],
            high=edge["high"],
        )
