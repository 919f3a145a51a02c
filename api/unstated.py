"""Metrics that no report in the store states: shown as the dictionary has them."""

from typing import Any

import msgspec

from gongkai.graph import plan
from gongkai.graph.compare.gathered import FoundMetric
from gongkai.graph.dictionary.metrics import all_metrics
from gongkai.graph.identity import metric_id
from gongkai.graph.plan import Literal, Shape


def unstated_metric(id: str, shapes: tuple[Shape, ...]) -> FoundMetric | None:
    """A metric that no report in the store states, as the dictionary has it."""
    for entry in all_metrics():
        if metric_id(entry.id) == id:
            values = {**msgspec.structs.asdict(entry), "id": id, "key": entry.id}
            objects = [msgspec.Raw(msgspec.json.encode(_object(shape, values))) for shape in shapes]
            return FoundMetric(id, entry.id, objects)
    return None


def _object(shape: Shape, values: dict[str, Any]) -> dict[str, Any]:
    return {item.key: _shown(item, values) for item in shape.items}


def _shown(item: plan.Item, values: dict[str, Any]) -> Any:
    match item:
        case Literal():
            return item.value
        case plan.Value():
            return values.get(item.property)
        case plan.Connection():
            return {part.key: _nothing(part) for part in item.parts}
        case _:
            raise AssertionError(f"a metric has no {type(item).__name__}")


def _nothing(part: plan.Part) -> Any:
    """A part of an empty connection."""
    match part:
        case Literal():
            return part.value
        case plan.TotalCount():
            return 0
        case plan.PageInfo():
            return {
                item.key if isinstance(item, Literal) else item[0]: item.value
                if isinstance(item, Literal)
                else False
                if item[1] in (plan.PageField.HAS_NEXT, plan.PageField.HAS_PREVIOUS)
                else None
                for item in part.items
            }
        case _:
            return []
