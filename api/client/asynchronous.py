"""The client for `async` code. Everything it knows, it asks in GraphQL."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self, TypeAlias, TypeVar

import msgspec

from gongkai.api.loading import Loading
from gongkai.graph.dictionary.metrics import find_metric
from gongkai.graph.errors import AnswerRefused, UsageError
from gongkai.loaders.load import expand, load_reports

from . import queries
from .answers import (
    Agency,
    Aggregates,
    Metric,
    Observation,
    Observations,
    Ranking,
    Series,
    YearComparison,
)
from .names import one_agency, one_metric
from .transports import HttpTransport, StoreTransport, open_transport

Answer = TypeVar("Answer")
Where: TypeAlias = Mapping[str, Any]
Years: TypeAlias = int | range | tuple[int | None, int | None]
Progress: TypeAlias = Callable[[int, int], None]

_PAGE = 250
_MATCHES = 50


class AsyncClient:
    """Asks a server (`http://…`) or a store: the path of its file, or its address.

    Bodies are given by id or by name, metrics by their id in the dictionary or by name; a name that
    several have is refused with the list. `where` is a filter as in GraphQL: `{"level": {"eq":
    "COUNTY"}}`. `years`: one year, a `range`, or the first and the last.
    """

    def __init__(
        self, address: str | Path, *, create: bool = False, timeout_seconds: float = 30
    ) -> None:
        """`create`: make the store where there is none. Nothing is opened before it is needed."""
        self._address, self._create, self._seconds = str(address), create, timeout_seconds
        self._transport: HttpTransport | StoreTransport | None = None

    # --- any GraphQL ----------------------------------------------------------------------------

    async def execute(self, query: str, variables: Where | None = None) -> dict[str, Any]:
        """The `data` of any operation. Raises `AnswerRefused` with the errors, if there are any."""
        data: dict[str, Any] = await self._ask(query, variables or {}, dict[str, Any])
        return data

    async def _ask(self, query: str, variables: Where, type_: type[Answer]) -> Answer:
        body = await (await self._opened()).post(query, variables)
        response = msgspec.json.decode(body, type=_Response)
        if response.errors:
            message = "\n".join(str(error.get("message", "")) for error in response.errors)
            code = response.errors[0].get("extensions", {}).get("code", "ANSWER_REFUSED")
            raise AnswerRefused(message, code=str(code), errors=response.errors)
        return msgspec.json.decode(response.data, type=type_)

    async def _field(self, query: str, variables: Where, type_: type[Answer]) -> Answer:
        """The answer to the one field of the operation."""
        found = await self._ask(query, variables, dict[str, msgspec.Raw])
        return msgspec.json.decode(next(iter(found.values())), type=type_)

    # --- comparisons ----------------------------------------------------------------------------

    async def series(
        self,
        metrics: str | Sequence[str],
        agencies: str | Sequence[str] | None = None,
        *,
        where: Where | None = None,
        years: Years | None = None,
        by: str | None = None,
        strict: bool = False,
    ) -> Series:
        """Metrics of bodies over the years, missing years marked.

        `by`: rows for the parts by this dimension, such as `applicant`. `strict`: refuse what does
        not quite compare.
        """
        variables = {
            "metrics": [await self._metric_key(metric) for metric in _several(metrics)],
            "agencies": await self._agency_ids(agencies),
            "where": where,
            "by": by,
            "strict": strict,
            **_first_and_last(years),
        }
        return await self._field(queries.SERIES, variables, Series)

    async def compare_years(self, agency: str, first: int, second: int) -> YearComparison:
        """One body in two years: what appeared, vanished, changed, with the quotes."""
        id = (await self.agency(agency)).id
        variables = {"agency": id, "from": first, "to": second}
        return await self._field(queries.COMPARE_YEARS, variables, YearComparison)

    async def rank(
        self, metric: str, year: int, *, where: Where | None = None, of: str | None = None
    ) -> Ranking:
        """Bodies by a figure, or by its ratio to another metric (`of`)."""
        variables = {
            "metric": await self._metric_key(metric),
            "year": year,
            "where": where,
            "of": None if of is None else await self._metric_key(of),
        }
        return await self._field(queries.RANK, variables, Ranking)

    async def aggregate(
        self,
        metric: str,
        agencies: Sequence[str] | None = None,
        *,
        where: Where | None = None,
        years: Years | None = None,
        by: str | None = None,
        units: Sequence[str] | None = None,
    ) -> Aggregates:
        """One figure over many bodies, by year. `units`: those that are taken for one."""
        variables = {
            "metric": await self._metric_key(metric),
            "agencies": await self._agency_ids(agencies),
            "where": where,
            "by": by,
            "units": None if units is None else list(units),
            **_first_and_last(years),
        }
        return await self._field(queries.AGGREGATE, variables, Aggregates)

    # --- what there is --------------------------------------------------------------------------

    async def agencies(self, name: str | None = None, *, limit: int = 1_000) -> list[Agency]:
        """Bodies whose name contains this, in reading order."""
        where = None if name is None else {"name": {"contains": name}}
        return await self._pages(queries.AGENCIES, where, limit, Agency)

    async def metrics(self, name: str | None = None, *, limit: int = 1_000) -> list[Metric]:
        """Metrics that some report states and whose name contains this."""
        where = None if name is None else {"name": {"contains": name}}
        return await self._pages(queries.METRICS, where, limit, Metric)

    async def observations(
        self, where: Where | None = None, *, limit: int = 10_000
    ) -> Observations:
        """Figures that meet the filter, in the order of their reports."""
        return Observations(
            items=await self._pages(queries.OBSERVATIONS, where, limit, Observation)
        )

    async def agency(self, name: str) -> Agency:
        """The one body with this id or name. Raises `NotFound` and `Ambiguous`."""
        exact = {"id" if name.startswith("agency:") else "name": {"eq": name}}
        found = await self._pages(queries.AGENCIES, exact, _MATCHES, Agency)
        return one_agency(name, found, [] if found else await self.agencies(name, limit=_MATCHES))

    async def metric(self, name: str) -> Metric:
        """The one metric with this id or name. Raises `NotFound` and `Ambiguous`."""
        exact = {"or": [{"key": {"eq": name}}, {"name": {"eq": name}}, {"id": {"eq": name}}]}
        found = await self._pages(queries.METRICS, exact, _MATCHES, Metric)
        return one_metric(name, found, [] if found else await self.metrics(name, limit=_MATCHES))

    async def _pages(
        self, query: str, where: Where | None, limit: int, item: type[Answer]
    ) -> list[Answer]:
        found: list[Answer] = []
        after: str | None = None
        while len(found) < limit:
            variables = {"where": where, "first": min(_PAGE, limit - len(found)), "after": after}
            page = await self._field(query, variables, _Page)
            found += msgspec.json.decode(page.nodes, type=list[item])  # type: ignore[valid-type]
            after = page.page_info.end_cursor
            if not page.page_info.has_next_page:
                break
        return found

    async def _agency_ids(self, given: str | Sequence[str] | None) -> list[str] | None:
        if given is None:
            return None
        return [
            name if name.startswith("agency:") else (await self.agency(name)).id
            for name in _several(given)
        ]

    async def _metric_key(self, given: str) -> str:
        """Ids of the dictionary and the graph go as they are; a name is looked up."""
        if find_metric(given) is not None or given.startswith(("metric:", "open/")):
            return given
        return (await self.metric(given)).key

    # --- loading --------------------------------------------------------------------------------

    async def load(
        self, paths: Iterable[str | Path], *, progress: Progress | None = None
    ) -> Loading:
        """Load reports, or folders of them, into the store; each whole or not at all.

        `progress` is called with how many are done, of how many. Raises `UsageError` for a server.
        """
        transport = await self._opened()
        if not isinstance(transport, StoreTransport):
            raise UsageError(
                f"{self._address}: a server takes no reports. Give the client the store itself."
            )
        done, files = Loading(), list(expand(map(Path, paths)))
        number = 0
        async for outcome in load_reports(files, transport.store):
            done.add(outcome)
            number += 1
            if progress is not None:
                progress(number, len(files))
        return done

    # --- opening and closing --------------------------------------------------------------------

    async def _opened(self) -> HttpTransport | StoreTransport:
        if self._transport is None:
            self._transport = await open_transport(
                self._address, create=self._create, timeout_seconds=self._seconds
            )
        return self._transport

    async def close(self) -> None:
        if self._transport is not None:
            await self._transport.close()
            self._transport = None

    async def __aenter__(self) -> Self:
        await self._opened()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.close()


class _Response(msgspec.Struct):
    data: msgspec.Raw = msgspec.Raw(b"null")
    errors: list[dict[str, Any]] = []


class _PageInfo(msgspec.Struct, rename="camel"):
    has_next_page: bool
    end_cursor: str | None


class _Page(msgspec.Struct, rename="camel"):
    page_info: _PageInfo
    nodes: msgspec.Raw


def _several(given: str | Sequence[str]) -> list[str]:
    return [given] if isinstance(given, str) else list(given)


def _first_and_last(years: Years | None) -> dict[str, int | None]:
    match years:
        case None:
            return {}
        case int():
            return {"from": years, "to": years}
        case range():
            if not years:
                raise UsageError("`years` is an empty range. Give at least one year.")
            return {"from": min(years), "to": max(years)}
        case (first, last):
            return {"from": first, "to": last}
