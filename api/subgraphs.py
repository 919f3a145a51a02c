"""`paths`, `neighbourhood` and `similarAgencies`: one statement for the walk, one for its nodes."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from gongkai.graph import networks
from gongkai.graph.identity import label_of
from gongkai.graph.measures import centrality, communities
from gongkai.graph.networks import Limits, Walk
from gongkai.graph.plan import ByIds, Literal, Variants
from gongkai.graph.store import GraphStore

from .network_planner import (
    MeasuredItem,
    Similar,
    Walked,
    WalkedCentral,
    WalkedCommunities,
    WalkedEdges,
    WalkedNodes,
    WalkedPart,
    WalkedValue,
)
from .settings import Settings


async def answer_walk(store: GraphStore, asked: Walked, settings: Settings) -> bytes:
    """The JSON of the field."""
    walk = await _walk(store, asked, settings)
    answers = {part.key: await _part(store, part, walk, settings) for part in asked.parts}
    return msgspec.json.encode({key: msgspec.Raw(answer) for key, answer in answers.items()})


async def answer_similar(store: GraphStore, asked: Similar, settings: Settings) -> bytes:
    """The JSON of the field: the bodies that disclose most of what this one does."""
    found = (await networks.similar(store, asked.id, _limits(settings)))[: asked.limit]
    rows = [({"score": item.score}, {"agency": item.node, "shared": item.shared}) for item in found]
    return await _measured(store, asked.items, rows, settings)


async def _part(store: GraphStore, part: WalkedPart, walk: Walk, settings: Settings) -> bytes:
    match part:
        case Literal():
            return msgspec.json.encode(part.value)
        case WalkedNodes():
            return await _nodes(store, walk.nodes, part.variants, settings)
        case WalkedEdges():
            return msgspec.json.encode([_edge(edge, part) for edge in walk.edges])
        case WalkedValue():
            return msgspec.json.encode(getattr(walk, part.name))
        case WalkedCentral():
            labels = {label.lower() for label in part.labels}
            scored = await asyncio.to_thread(centrality, walk.edges, part.by)
            found = [(node, score) for node, score in scored if label_of(node) in labels]
            rows = [({"score": score}, {"node": node}) for node, score in found[: part.limit]]
            return await _measured(store, part.items, rows, settings)
        case WalkedCommunities():
            groups = await asyncio.to_thread(communities, walk.edges)
            sized = [({"size": len(group)}, {"nodes": group}) for group in groups[: part.limit]]
            return await _measured(store, part.items, sized, settings)


async def _measured(
    store: GraphStore,
    items: Sequence[MeasuredItem],
    rows: Sequence[tuple[dict[str, Any], dict[str, Any]]],
    settings: Settings,
) -> bytes:
    """A list of objects. `rows`: the values of each, and its nodes: an id, or several."""
    made: list[dict[str, Any]] = [{} for _ in rows]
    for item in items:
        match item:
            case Literal():
                answers: Iterable[Any] = [item.value] * len(rows)
            case WalkedValue():
                answers = [values[item.name] for values, _ in rows]
            case WalkedNodes():
                named = [nodes[item.name] for _, nodes in rows]
                answers = await _objects(store, named, item.variants, settings)
        for row, answer in zip(made, answers, strict=True):
            row[item.key] = answer
    return msgspec.json.encode(made)


async def _objects(
    store: GraphStore, named: Sequence[str | Sequence[str]], variants: Variants, settings: Settings
) -> list[Any]:
    """The object of each id, or the objects of each list of ids, all by one statement."""
    lists = [(ids,) if isinstance(ids, str) else tuple(ids) for ids in named]
    every = tuple(dict.fromkeys(id for ids in lists for id in ids))
    answer = await _nodes(store, every, variants, settings)
    objects = dict(zip(every, msgspec.json.decode(answer, type=list[msgspec.Raw]), strict=True))
    return [objects[ids] if isinstance(ids, str) else [objects[id] for id in ids] for ids in named]


async def _nodes(
    store: GraphStore, ids: tuple[str, ...], variants: Variants, settings: Settings
) -> bytes:
    return await store.answer(ByIds(ids, variants), timeout_seconds=settings.timeout_seconds)


async def _walk(store: GraphStore, asked: Walked, settings: Settings) -> Walk:
    given, limits = asked.arguments, _limits(settings)
    types = tuple(item.value for item in given.get("types") or ())
    if asked.field == "paths":
        return await networks.shortest_path(
            store, given["from"], given["to"], given["maxLength"], types, limits
        )
    return await networks.neighbourhood(store, given["id"], given["depth"], types, limits)


def _limits(settings: Settings) -> Limits:
    return Limits(settings.max_subgraph_edges, settings.timeout_seconds)


def _edge(edge: tuple[str, str, str], asked: WalkedEdges) -> dict[str, str]:
    values = dict(zip(("type", "head", "tail"), edge, strict=True))
    return {item.key: item.value for item in asked.items if isinstance(item, Literal)} | {
        item[0]: values[item[1]] for item in asked.items if not isinstance(item, Literal)
    }
