"""The figures of running text, on composed paragraphs of every era and kind of publisher."""

from typing import Any

import pytest

from gongkai.graph.extract import Observation, as_list
from gongkai.loaders.assemble import Mentions, find_mentions
from gongkai.loaders.narrative import observe
from tests.loaders.narratives import CASES, make_reading


def expected_of(line: str, year: int) -> dict[str, Any]:
    value, unit, metric, *rest = line.split()
    wanted: dict[str, Any] = {
        "value": float(value),
        "unit": None if unit == "-" else unit,
        "year": year,
        "of": None,
        "q": "EXACT",
        "metric": metric,
    }
    for item in rest:
        key, _, said = item.partition("=")
        wanted[key] = (
            None
            if said == "null"
            else float(said)
            if key in ("of", "upper")
            else int(said)
            if key == "year"
            else said
        )
    return wanted


def stated_of(
    observation: Observation,
    by_id: dict[str, Observation],
    channels: dict[str, str],
    wanted: dict[str, Any],
) -> dict[str, Any]:
    wholes = as_list(observation.part_of)
    stated: dict[str, Any] = {
        "value": float(observation.value or 0), "unit": observation.unit, "year": observation.year,
        "of": float(by_id[wholes[0]].value or 0) if wholes else None,
        "q": observation.qualifier.value,
        "ch": ",".join(channels[id] for id in as_list(observation.channel)) or None,
        "metric": observation.metric, "kind": observation.kind.value, "upper": observation.upper,
    }  # fmt: skip
    metric = wanted["metric"]
    if metric == "*" or (metric.startswith("*/") and observation.metric.endswith(metric[1:])):
        stated["metric"] = metric
    return {key: stated[key] for key in wanted}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_a_composed_paragraph_yields_its_figures(case: dict[str, Any]) -> None:
    publisher, heading = case.get("publisher", "宁安县人民政府"), case.get("heading", "")
    reading = make_reading(case["text"], publisher, case["year"], heading)
    named = find_mentions(reading) if "publisher" in case else Mentions([], [], [], [])
    stated = observe(reading, named.agencies, named.channels, named.categories).observations
    names = {channel.id: channel.name for channel in named.channels}
    by_id = {observation.id: observation for observation in stated}
    wanted = [expected_of(line, case["year"]) for line in case["figures"]]
    found = [
        stated_of(observation, by_id, names, want)
        for observation, want in zip(stated, wanted, strict=False)
    ]
    assert [o.quote for o in stated[len(wanted) :]] == []
    assert found == wanted
    for observation in stated:
        assert reading.document.text[observation.start : observation.end] == observation.quote
