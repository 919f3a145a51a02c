"""Properties of the graph as Neo4j holds them, and back; see `layout`."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from gongkai.graph.schema import NODES, Label, Property, Type
from gongkai.graph.search import fold_search, tokens

from .captions import caption
from .layout import entry_names, entry_prefix

_LARGEST_INTEGER = 2**63 - 1


def stored(
    label: Label, id: str, properties: Mapping[str, Any], own_length: int | None = None
) -> dict[str, Any]:
    """Every property of a node. `own_length`: see `search_length` in `layout`."""
    made: dict[str, Any] = {"id": id, "caption": caption(label, properties)}
    made |= stored_properties(NODES[label].properties, properties)
    return made | _searched(label, properties, own_length)


def stored_properties(items: Iterable[Property], properties: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for item in items:
        value = properties.get(item.name)
        if value is None:
            continue
        match item.type:
            case Type.NUMBER:
                made[item.name] = float(value)
            case Type.DATE:
                made[item.name] = date.fromisoformat(value)
            case Type.MAP:
                made[entry_names(item.name)] = sorted(value)
                prefix = entry_prefix(item.name)
                made.update((f"{prefix}{name}", text) for name, text in value.items())
            case _:
                made[item.name] = value
    return made


def _searched(
    label: Label, properties: Mapping[str, Any], own_length: int | None
) -> dict[str, Any]:
    names = NODES[label].names
    if not names:
        return {}
    made: dict[str, Any] = {"search_name": fold_search(properties.get(names[0]) or "")}
    for place, name in enumerate(names, start=1):
        text = properties.get(name) or ""
        if (label, name) == (Label.SECTION, "text"):
            text = text[:own_length]
            made["search_length"] = len(text)
        if text:
            made[f"search_{place}"] = tokens(text)
    return made


def stated(items: Iterable[Property], found: Mapping[str, Any]) -> dict[str, Any]:
    """The properties of the schema that a node or relationship has, as a report states them."""
    made: dict[str, Any] = {}
    for item in items:
        if item.type is Type.MAP:
            prefix = entry_prefix(item.name)
            names = found.get(entry_names(item.name), [])
            made[item.name] = {name: found[f"{prefix}{name}"] for name in names}
        elif (value := found.get(item.name)) is not None:
            match item.type:
                case Type.NUMBER:
                    made[item.name] = plain_number(value)
                case Type.DATE:
                    made[item.name] = value.iso_format()
                case _:
                    made[item.name] = value
    return made


def plain_number(value: float) -> float:
    """An integer where it is integral, so that it prints without `.0`."""
    return int(value) if value.is_integer() and abs(value) <= _LARGEST_INTEGER else value
