"""The store over Bolt beside the raw driver with statements written by hand, on one server.

`python -m tests.benchmarks.neo4j [REPORTS [MORE]]`: with a second number, the queries again on a
graph of so many reports, and how many times longer each takes.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, TypeAlias

import msgspec
from neo4j import Driver, GraphDatabase, Session

from gongkai.graph.checks.across import check_across
from gongkai.graph.checks.figures import Figures
from gongkai.graph.extract import Extract
from gongkai.graph.neo4j.layout import EVIDENCE, OWNED
from gongkai.graph.neo4j.rows import stored_properties
from gongkai.graph.schema import NODES, RELATIONSHIPS, Label, Relationship, Stored
from gongkai.graph.statements import EdgeRow, NodeRow, Statements, check_rows, placed, statements
from gongkai.graph.store import open_store
from tests.api.servers import serving
from tests.benchmarks.generated import generated_reports
from tests.servers.neo4j import Server, neo4j_server

# --- queries --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """A GraphQL query, and the best ways we know to write it by hand: each the clauses that find
    its rows, and a row."""

    what: str
    query: str
    by_hand: tuple[tuple[str, str], ...]

    @property
    def texts(self) -> list[str]:
        """A row for each, and all in one row."""
        rows = [f"{found} RETURN {row} AS row" for found, row in self.by_hand]
        return rows + [f"{found} RETURN collect({row}) AS row" for found, row in self.by_hand]


def page(size: int) -> Asked:
    found = f"""MATCH (o:Observation) WHERE o.sort_key IS NOT NULL AND o.id IS NOT NULL
WITH o ORDER BY o.sort_key, o.id LIMIT {size}
MATCH (o)-[:MEASURES]->(m:Metric) MATCH (o)-[:ABOUT]->(a:Agency)"""
    return Asked(
        f"page of {size:,}",
        f"""observations(first: {size}) {{ nodes {{
  id value unit quote metric {{ key name }} agency {{ id name }} }} }}""",
        (
            (
                found,
                "{id: o.id, value: o.value, unit: o.unit, quote: o.quote,"
                " metric: {key: m.key, name: m.name}, agency: {id: a.id, name: a.name}}",
            ),
            (found, "[o.id, o.value, o.unit, o.quote, m.key, m.name, a.id, a.name]"),
        ),
    )


_AGENCIES = """MATCH (a:Agency) WHERE a.sort_key IS NOT NULL AND a.id IS NOT NULL
WITH a ORDER BY a.sort_key, a.id LIMIT 20"""
_REPORTS = """MATCH (a)<-[:PUBLISHED_BY]-(r:Report)
WITH r ORDER BY r.sort_key, r.year, r.id LIMIT 3"""
_FIGURES = """MATCH (r)<-[:STATED_IN]-(o:Observation)
WITH o ORDER BY o.sort_key, o.id LIMIT 10 MATCH (o)-[:MEASURES]->(m:Metric)"""
# A figure's sort key begins with its report's id, so an index gives the first ten.
_FIGURES_BY_KEY = _FIGURES.replace(
    "(r)<-[:STATED_IN]-(o:Observation)",
    "(o:Observation) WHERE o.sort_key STARTS WITH (r.id + ':') AND o.id IS NOT NULL",
)

TWO = Asked(
    "two levels deep",
    "agencies(first: 20) { nodes { id name reports(first: 3) { nodes { id year } } } }",
    (
        (
            _AGENCIES,
            f"""{{id: a.id, name: a.name,
              reports: COLLECT {{ {_REPORTS} RETURN {{id: r.id, year: r.year}} }}}}""",
        ),
        (
            f"""{_AGENCIES} CALL (a) {{ {_REPORTS}
              RETURN collect([r.id, r.year]) AS reports }}""",
            "[a.id, a.name, reports]",
        ),
    ),
)


def _three(figures: str) -> tuple[tuple[str, str], ...]:
    maps = f"""{{id: a.id, name: a.name, reports: COLLECT {{ {_REPORTS}
      RETURN {{id: r.id, year: r.year, observations: COLLECT {{ {figures}
        RETURN {{id: o.id, value: o.value, metric: {{key: m.key}}}} }}}} }}}}"""
    lists = f"""{_AGENCIES} CALL (a) {{ {_REPORTS}
      CALL (r) {{ {figures} RETURN collect([o.id, o.value, m.key]) AS figures }}
      RETURN collect([r.id, r.year, figures]) AS reports }}"""
    return (_AGENCIES, maps), (lists, "[a.id, a.name, reports]")


THREE = Asked(
    "three levels deep",
    """agencies(first: 20) { nodes { id name reports(first: 3) { nodes { id year
  observations(first: 10) { nodes { id value metric { key } } } } } } }""",
    _three(_FIGURES) + _three(_FIGURES_BY_KEY),
)

_OF_METRIC = """MATCH (m:Metric {key: 'requests-received'})<-[:MEASURES]-(o:Observation)
WITH o ORDER BY o.sort_key, o.id LIMIT 100 MATCH (o)-[:ABOUT]->(a:Agency)"""
_ALONG_INDEX = """MATCH (o:Observation) WHERE o.sort_key IS NOT NULL AND o.id IS NOT NULL
MATCH (o)-[:MEASURES]->(m:Metric {key: 'requests-received'})
WITH o ORDER BY o.sort_key, o.id LIMIT 100 MATCH (o)-[:ABOUT]->(a:Agency)"""
BY_METRIC = Asked(
    "filter through a relation",
    """observations(first: 100, where: {metric: {key: {eq: "requests-received"}}}) {
  nodes { id value agency { name } } }""",
    (
        (_OF_METRIC, "{id: o.id, value: o.value, agency: {name: a.name}}"),
        (_OF_METRIC, "[o.id, o.value, a.name]"),
        (_ALONG_INDEX, "[o.id, o.value, a.name]"),
    ),
)

COUNT = Asked(
    "count",
    "counted: observations { totalCount }",
    (("MATCH (o:Observation) WITH count(o) AS counted", "counted"),),
)


def point(report: str) -> Asked:
    found = f"MATCH (r:Report {{id: '{report}'}})"
    return Asked(
        "point read",
        f'node(id: "{report}") {{ ... on Report {{ id title }} }}',
        ((found, "{id: r.id, title: r.title}"), (found, "[r.id, r.title]")),
    )


WARM_UP, ROUNDS = 60, 60

Work: TypeAlias = Callable[[], bytes]


def medians_ms(works: list[Work]) -> list[float]:
    """Of each, asked in turn, so that what the server learns meanwhile is to everyone's good."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(WARM_UP + ROUNDS):
        for work, taken in zip(works, times, strict=True):
            began = time.perf_counter()
            work()
            taken.append(time.perf_counter() - began)
    return [statistics.median(taken[WARM_UP:]) * 1_000 for taken in times]


def show(line: str) -> None:
    print(line, flush=True)  # noqa: T201


def queries(address: str, driver: Driver) -> dict[str, float]:
    """A real server process over HTTP beside statements by hand over Bolt; what each takes."""
    # Without a transaction said by name, in one session: the server is asked once, not thrice.
    with driver.session() as session, serving(address) as server:
        (report,) = session.run("MATCH (r:Report) RETURN r.id ORDER BY r.id LIMIT 1").values()[0]
        read = point(report)
        asked = [read, *map(page, (10, 100, 1_000)), TWO, THREE, BY_METRIC, COUNT]
        # The plainest client there is: its own time would be taken for the server's.
        client = HTTPConnection("127.0.0.1", server.port, timeout=60)
        taken = {
            one.what: beside(client, one, [_by_hand(session, [text]) for text in one.texts])
            for one in asked
        }
        roots = [read, TWO, BY_METRIC, COUNT]
        four = Asked("four roots", " ".join(one.query for one in roots), ())
        ways = [_by_hand(session, [one.texts[place] for one in roots]) for place in (0, -1)]
        ways += [_by_hand(session, [_at_once(roots, place)]) for place in (0, -1)]
        taken[four.what] = beside(client, four, ways)
        client.close()
        resident = Path(f"/proc/{server.process.pid}/status").read_text("ascii")
        (line,) = [line for line in resident.splitlines() if line.startswith("VmHWM")]
        show(f"server process at its largest: {int(line.split()[1]) / 1024:.0f} MB")
    return taken


def _by_hand(session: Session, texts: list[str]) -> Work:
    return lambda: msgspec.json.encode([session.run(text).values() for text in texts])


def _at_once(roots: list[Asked], place: int) -> str:
    """One statement that answers all, each in the way that stands at this place."""
    calls = []
    for number, root in enumerate(roots):
        found, row = root.by_hand[place]
        calls.append(f"CALL () {{ {found} RETURN collect({row}) AS root{number} }}")
    return f"{' '.join(calls)} RETURN {', '.join(f'root{n}' for n in range(len(roots)))}"


def beside(client: HTTPConnection, asked: Asked, by_hand: list[Work]) -> float:
    body = msgspec.json.encode({"query": f"{{ {asked.query} }}"})

    def over_http() -> bytes:
        client.request("POST", "/graphql", body, {"Content-Type": "application/json"})
        return client.getresponse().read()

    answer = msgspec.json.decode(over_http())
    told = Counter(values(answer["data"]))
    for work in by_hand:
        assert Counter(values(msgspec.json.decode(work()))) == told, asked.what
    ours, *others = medians_ms([over_http, *by_hand])
    floor = min(others)
    held = "within" if ours <= 1.5 * floor + 2 else "OVER"
    show(
        f"{asked.what:<28}{ours:>9.2f} ms over HTTP, {floor:>8.2f} ms by hand, "
        f"{ours / floor:5.2f} times; {held} 1.5 times + 2 ms"
    )
    return ours


def values(answer: Any) -> Iterator[Any]:
    """What stands in an answer, whatever is around it."""
    if isinstance(answer, dict):
        answer = list(answer.values())
    if isinstance(answer, list):
        for item in answer:
            yield from values(item)
    else:
        yield answer


# --- loading --------------------------------------------------------------------------------------


async def loading(driver: Driver, server: Server, extracts: list[Extract]) -> None:
    """Each from an empty database, in turn, the first time to warm up; the better of the others."""
    said = [statements(extract) for extract in extracts]
    whole = list(with_checks_across(extracts))
    rates: dict[str, list[float]] = defaultdict(list)
    held: dict[str, Any] = {}
    for _ in range(1 + LOADS):
        server.empty()
        async with await open_store(server.address, create=True):
            began = time.perf_counter()
            for one in whole:
                bare(driver, one)
            rates["by hand"].append(len(said) / (time.perf_counter() - began))
        held["by hand"] = numbers(server)
        server.empty()
        async with await open_store(server.address, create=True) as store:
            began = time.perf_counter()
            for one in said:
                await store.replace(one)
            rates["ours"].append(len(said) / (time.perf_counter() - began))
        held["ours"] = numbers(server)
    assert held["ours"] == held["by hand"]
    ours, by_hand = (max(rates[name][1:]) for name in ("ours", "by hand"))
    show(
        f"load {len(said)} reports: {ours:.1f} a second; bare UNWIND of the same nodes and "
        f"relationships {by_hand:.1f}; {ours / by_hand:.2f} of its rate"
    )


LOADS = 3


def with_checks_across(extracts: list[Extract]) -> Iterator[Statements]:
    """What each report says, with the checks that a store makes beside the one of the year before:
    a bare load is given them."""
    yield statements(extracts[0])
    for earlier, later in pairwise(extracts):
        said = statements(later)
        if earlier.report.agency.id == later.report.agency.id:
            checks = check_across(Figures.of(earlier), Figures.of(later))
            for number, check in enumerate(checks):
                node, edges = check_rows(check, number, across=True)
                said.nodes[node.id] = node
                said.edges.extend(edges)
        yield said


def numbers(server: Server) -> tuple[list[Any], list[Any]]:
    """How many nodes there are of each label, and relationships of each type."""
    labels, types = (
        "MATCH (n) UNWIND labels(n) AS name RETURN name, count(*) ORDER BY name",
        "MATCH (h)-[e]->(t) RETURN labels(h), type(e), labels(t), count(*)"
        " ORDER BY labels(h), type(e), labels(t)",
    )
    graph = {label.value for label in Label}
    nodes = [row.values() for row in server.run(labels) if row[0] in graph]
    return nodes, [row.values() for row in server.run(types)]


def bare(driver: Driver, said: Statements) -> None:
    """One report in one transaction, and nothing else: into an empty store, so what only it has is
    created without a look, and nobody else writes."""
    held, _ = placed(said.edges)
    nodes: dict[Label, list[NodeRow]] = defaultdict(list)
    for node in said.nodes.values():
        nodes[node.label].append(node)
    edges: dict[Relationship, list[Any]] = defaultdict(list)
    for edge in said.edges:
        item = edge.relationship
        if item.stored is Stored.EDGE or item.head not in OWNED:
            edges[item].append([edge.head, edge.tail, _edge(edge, said.report)])
    with driver.session() as session, session.begin_transaction() as tx:
        for label in sorted(set(nodes) - set(OWNED)):
            text = f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) ON CREATE SET n = row"
            tx.run(text, rows=[_row(node) for node in nodes[label]]).consume()
        for label in OWNED:
            rows = [[_row(node), held.get(node.id, {})] for node in nodes[label]]
            tx.run(_created(label), rows=rows).consume()
        for item, rows in edges.items():
            tx.run(_joined(item), rows=rows).consume()
        tx.commit()


def _row(node: NodeRow) -> dict[str, Any]:
    return {"id": node.id, **stored_properties(NODES[node.label].properties, node.properties)}


def _created(label: Label) -> str:
    """Nodes with what they refer to, each of which has been created before."""
    text = f"UNWIND $rows AS row CREATE (n:{label}) SET n = row[0]"
    for item in RELATIONSHIPS:
        for mine, other, kept, drawn in (
            (item.head, item.tail, Stored.HEAD, f"(n)-[:{item.type}]->(t)"),
            (item.tail, item.head, Stored.TAIL, f"(n)<-[:{item.type}]-(t)"),
        ):
            if mine is label and item.stored is kept:
                text += (
                    f" WITH n, row CALL (n, row) {{ MATCH (t:{other} {{id: row[1].{item.reference}}})"
                    f" CREATE {drawn} }}"
                )
    return text


def _joined(item: Relationship) -> str:
    """Relationships of which several reports may say the same: then their quotes are added."""
    word = "CREATE" if item.head in OWNED or item.tail in OWNED else "MERGE"
    text = (
        f"UNWIND $rows AS row MATCH (h:{item.head} {{id: row[0]}})"
        f" MATCH (t:{item.tail} {{id: row[1]}}) {word} (h)-[e:{item.type}]->(t)"
    )
    if not item.evidenced:
        return f"{text} SET e += row[2]"
    lists = ("years", *(f"evidence_{part}" for part in EVIDENCE))
    return f"{text} SET " + ", ".join(
        f"e.{name} = coalesce(e.{name}, []) + row[2].{name}" for name in lists
    )


def _edge(edge: EdgeRow, report: str) -> dict[str, Any]:
    item = edge.relationship
    if not item.evidenced:
        return stored_properties(item.properties, edge.properties)
    quotes = edge.evidence
    return {
        "years": sorted({quote.year for quote in quotes if quote.year}),
        "evidence_quotes": [quote.quote for quote in quotes],
        "evidence_starts": [quote.start for quote in quotes],
        "evidence_ends": [quote.end for quote in quotes],
        "evidence_years": [quote.year or 0 for quote in quotes],
        "evidence_reports": [report for _ in quotes],
        "evidence_sections": [quote.section or "" for quote in quotes],
    }


async def load_more(server: Server, extracts: Iterable[Extract]) -> None:
    """By several loaders at once, which wait for each other in the server alone."""
    waiting = iter(extracts)

    async def loader() -> None:
        for extract in waiting:
            await store.replace_report(extract)

    async with await open_store(server.address) as store, asyncio.TaskGroup() as group:
        for _ in range(LOADERS):
            group.create_task(loader())


LOADERS = 3


@contextmanager
def served() -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as folder, neo4j_server(Path(folder)) as server:
        os.environ.update(server.environment)
        yield server


async def main(count: int, more: int | None) -> None:
    with served() as server:
        ((version, edition),) = server.run(
            "CALL dbms.components() YIELD versions, edition RETURN versions[0], edition"
        )
        settings = server.run(
            "SHOW SETTINGS YIELD name, value WHERE name STARTS WITH 'server.memory'"
            " OR name = 'dbms.cypher.min_replan_interval'"
            " RETURN name + ' = ' + value"
        )
        show(f"Neo4j {version} {edition}; {'; '.join(row[0] for row in settings)}")
        auth = (server.username, server.password)
        server.clear()
        with GraphDatabase.driver(server.address, auth=auth) as driver:
            await loading(driver, server, list(generated_reports(count)))
            small = queries(server.address, driver)
            if more is not None:
                began = time.perf_counter()
                await load_more(server, islice(generated_reports(more), count, None))
                show(f"{more - count} more reports in {time.perf_counter() - began:.0f} s")
                large = queries(server.address, driver)
                for what, taken in large.items():
                    show(
                        f"{what}: {more:,} reports against {count:,}: {taken / small[what]:.2f} times"
                    )


if __name__ == "__main__":
    sizes = [int(argument) for argument in sys.argv[1:3]] or [60]
    asyncio.run(main(sizes[0], sizes[1] if len(sizes) > 1 else None))
