"""`paths` and `neighbourhood`: two statements each, one for the walk and one for its nodes."""

import msgspec

from gongkai.graph import networks
from gongkai.graph.networks import Limits, Walk
from gongkai.graph.plan import ByIds, Literal
from gongkai.graph.store import GraphStore

from .planner import Walked, WalkedEdges, WalkedNodes, WalkedValue
from .settings import Settings


async def answer_walk(store: GraphStore, asked: Walked, settings: Settings) -> bytes:
    """The JSON of the field."""
    walk = await _walk(store, asked, settings)
    parts = []
    for part in asked.parts:
        match part:
            case Literal():
                answer = msgspec.json.encode(part.value)
            case WalkedNodes():
                answer = await store.answer(
                    ByIds(walk.nodes, part.variants), timeout_seconds=settings.timeout_seconds
                )
            case WalkedEdges():
                answer = msgspec.json.encode([_edge(edge, part) for edge in walk.edges])
            case WalkedValue():
                answer = msgspec.json.encode(getattr(walk, part.name))
        parts.append(msgspec.json.encode(part.key) + b":" + answer)
    return b"{" + b",".join(parts) + b"}"


async def _walk(store: GraphStore, asked: Walked, settings: Settings) -> Walk:
    given = asked.arguments
    types = tuple(item.value for item in given.get("types") or ())
    limits = Limits(settings.max_subgraph_edges, settings.timeout_seconds)
    if asked.field == "paths":
        return await networks.shortest_path(
            store, given["from"], given["to"], given["maxLength"], types, limits
        )
    return await networks.neighbourhood(store, given["id"], given["depth"], types, limits)


def _edge(edge: tuple[str, str, str], asked: WalkedEdges) -> dict[str, str]:
    values = dict(zip(("type", "head", "tail"), edge, strict=True))
    return {item.key: item.value for item in asked.items if isinstance(item, Literal)} | {
        item[0]: values[item[1]] for item in asked.items if not isinstance(item, Literal)
    }
