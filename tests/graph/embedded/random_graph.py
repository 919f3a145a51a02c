"""A small graph of every label and relationship, with values that are apt to break something."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from gongkai.graph.identity import node_id
from gongkai.graph.schema import NODES, RELATIONSHIPS, Label, Property, Stored, Type
from gongkai.graph.statements import EdgeRow, NodeRow, Quote, Statements

WORDS = [
    "政府公报",
    "公开",
    "開放",
    "Weibo微博",
    'say "no"',
    "a\\b",
    "line\nbreak",
    "𠀀字",
    "",
    "%_'",
    "é",
    "（全角）",
]
SYLLABLES = ["gong kai", "bao", "2016", "", "a", "ppp"]  # a sort key is ASCII
NUMBERS = [0, 1, -3, 27.8, 0.1, 1e-05, 3709, 140_000, 123456789.25, 2016]

_COUNTS = {
    Label.REGION: 4,
    Label.AGENCY: 6,
    Label.REPORT: 5,
    Label.SECTION: 12,
    Label.YEAR: 3,
    Label.METRIC: 5,
    Label.OBSERVATION: 40,
    Label.POLICY: 6,
    Label.CHANNEL: 6,
    Label.CATEGORY: 6,
    Label.CHECK: 12,
}
OWNED = (Label.REPORT, Label.SECTION, Label.OBSERVATION, Label.CHECK)


@dataclass(frozen=True, slots=True)
class Evidence:
    quote: Quote
    report: str


@dataclass(slots=True)
class Graph:
    """`edges`: by relationship, then (head, tail), with the evidence of each.

    `own`: the properties of edges that have some.
    """

    nodes: dict[str, NodeRow] = field(default_factory=dict)
    edges: dict[Any, dict[tuple[str, str], list[Evidence]]] = field(default_factory=dict)
    own: dict[tuple[Any, str, str], dict[str, Any]] = field(default_factory=dict)
    statements: list[Statements] = field(default_factory=list)

    def of(self, label: Label) -> list[NodeRow]:
        return [node for node in self.nodes.values() if node.label is label]


def make_graph(chance: random.Random) -> Graph:
    graph = Graph()
    for label, count in _COUNTS.items():
        for number in range(count):
            id = node_id(label.value, "test", number)
            values = {item.name: _value(chance, item, number) for item in NODES[label].properties}
            graph.nodes[id] = NodeRow(label, id, values)
    for relationship in RELATIONSHIPS:
        graph.edges[relationship] = _edges(chance, graph, relationship)
        if relationship.head in OWNED and relationship.tail in OWNED:
            graph.edges[relationship] = _within_reports(graph, graph.edges[relationship])
        for head, tail in graph.edges[relationship] if relationship.properties else ():
            values = {item.name: _value(chance, item, 0) for item in relationship.properties}
            graph.own[relationship, head, tail] = values
    owner = _owners(graph)
    for node in graph.nodes.values():
        if NODES[node.label].within:
            node.properties["sort_key"] = f"{owner[node.id]}:{node.properties['sort_key']}"
    graph.statements = _reports(graph)
    return graph


def _value(chance: random.Random, item: Property, number: int) -> Any:
    if not item.required and chance.random() < 0.3:
        return None
    match item.type:
        case Type.INT if item.name == "year":
            return chance.choice([2012, 2014, 2016])  # no two years that checks would join
        case Type.INT:
            return chance.choice([2014, 2015, 2016, number])
        case Type.NUMBER:
            return chance.choice(NUMBERS)
        case Type.BOOLEAN if item.name == "across":
            return False  # a store makes those that are
        case Type.BOOLEAN:
            return chance.random() < 0.5
        case Type.STRINGS:
            return chance.sample(WORDS, 2)
        case Type.INTS:
            return [1, 2]
        case Type.DATE:
            return f"20{chance.randrange(10, 25)}-0{chance.randrange(1, 9)}-17"
        case Type.MAP:
            return {"applicant": chance.choice(["legal", "natural"]), "b.c": chance.choice(WORDS)}
        case _ if item.name == "breakdown":
            return chance.choice(["", "", "applicant=a", "applicant=b", "b=1", "applicant=a;b=1"])
        case _ if item.name == "sort_key":
            return f"{chance.choice(SYLLABLES)} {chance.choice(SYLLABLES)}"
        case _ if item.name in ("code", "key", "path"):
            return f"{item.name}{number}"  # what the id of such a node is made of
        case _:
            return "".join(chance.choices(WORDS, k=chance.randrange(1, 4)))


def _edges(
    chance: random.Random, graph: Graph, relationship: Any
) -> dict[tuple[str, str], list[Evidence]]:
    heads, tails = graph.of(relationship.head), graph.of(relationship.tail)
    made: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    match relationship.stored:
        case Stored.HEAD:
            owned = relationship.tail is Label.REPORT
            for head in heads:
                if owned or chance.random() < 0.8:
                    made[head.id, chance.choice(tails).id] = []
        case Stored.TAIL:
            for tail in tails:
                made[chance.choice(heads).id, tail.id] = []
        case Stored.EDGE:
            for head in heads:
                for tail in chance.sample(tails, chance.randrange(0, min(4, len(tails)))):
                    made[head.id, tail.id] = []
    if relationship.evidenced:
        for head_id, _ in made:
            made[head_id, _] = [
                _evidence(chance, graph, head_id, relationship)
                for _number in range(chance.randrange(1, 4))
            ]
    return dict(made)


def _within_reports(graph: Graph, edges: dict[Any, Any]) -> dict[Any, Any]:
    """What two nodes of one report have to do with each other: reports share no such edge."""
    owner = _owners(graph)
    known = {pair for pair in edges if pair[0] in owner and pair[1] in owner}
    return {
        pair: said
        for pair, said in edges.items()
        if pair not in known or owner[pair[0]] == owner[pair[1]]
    }


def _owners(graph: Graph) -> dict[str, str]:
    """The report of every node that belongs to one."""
    owner = {node.id: node.id for node in graph.of(Label.REPORT)}
    for relationship, edges in graph.edges.items():
        if relationship.type in ("HAS_SECTION", "STATED_IN", "CHECKS"):
            for head, tail in edges:
                if relationship.type == "HAS_SECTION":
                    owner[tail] = head
                elif relationship.tail is Label.REPORT:
                    owner[head] = tail
    return owner


def _evidence(chance: random.Random, graph: Graph, head: str, relationship: Any) -> Evidence:
    report = head if relationship.head is Label.REPORT else chance.choice(graph.of(Label.REPORT)).id
    start = chance.randrange(0, 30)
    section = chance.choice([None, *(node.id for node in graph.of(Label.SECTION))])
    year = chance.choice([None, 2015, 2016])
    quote = Quote(chance.choice(WORDS), start, start + chance.randrange(1, 9), section, year)
    return Evidence(quote, report)


def _reports(graph: Graph) -> list[Statements]:
    """What each report says of the graph: its own nodes, and everything shared."""
    reports = [node.id for node in graph.of(Label.REPORT)]
    owner = _owners(graph)
    made = []
    for report in reports:
        nodes = {
            id: node
            for id, node in graph.nodes.items()
            if node.label not in OWNED or owner[id] == report
        }
        made.append(Statements(report, nodes, _stated(graph, report, owner)))
    return made


def _stated(graph: Graph, report: str, owner: dict[str, str]) -> list[EdgeRow]:
    made = []
    for relationship, edges in graph.edges.items():
        for (head, tail), evidence in edges.items():
            owners = {owner[end] for end in (head, tail) if end in owner}
            quotes = tuple(item.quote for item in evidence if item.report == report)
            if relationship.evidenced:
                if quotes:
                    made.append(EdgeRow(relationship, head, tail, quotes))
            elif not owners or report in owners:
                own = graph.own.get((relationship, head, tail), {})
                made.append(EdgeRow(relationship, head, tail, properties=own))
    return made
