"""Bodies, channels, policies and relations that one sentence names."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gongkai.graph.extract import Extract, as_list
from gongkai.loaders.load import read_bytes

DATA = Path(__file__).parent.parent / "data" / "entities" / "sentences.toml"
CASES = tomllib.loads(DATA.read_text(encoding="utf-8"))["case"]


def read(case: dict[str, Any]) -> Extract:
    text = f"{case['title']}\n二、主动公开政府信息情况\n{case['text']}"
    return read_bytes(text.encode(), "report.txt")


def names_of(extract: Extract) -> dict[str, str]:
    names = {item.id: item.name for item in extract.agencies}
    names |= {item.id: item.name for item in extract.channels}
    names |= {item.id: item.name for item in extract.categories}
    return names | {item.id: item.title or str(item.doc_number) for item in extract.policies}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_a_sentence_names_bodies_channels_and_policies(case: dict[str, Any]) -> None:
    extract = read(case)
    names = names_of(extract)
    assert set(case.get("agencies", ())) <= {item.name for item in extract.agencies}
    assert not set(case.get("not_agencies", ())) & {item.name for item in extract.agencies}
    channels = {(item.name, item.type, names[item.owner or ""]) for item in extract.channels}
    for line in case.get("channels", ()):
        name, kind, owner = line.split(" | ")
        assert any((name, kind) == found[:2] and owner in ("*", found[2]) for found in channels), (
            channels
        )
    assert not set(case.get("not_channels", ())) & {item.name for item in extract.channels}
    policies = {
        f"{item.title} | {item.doc_number or ''} | {'、'.join(names[i] for i in as_list(item.issuer))}"
        for item in extract.policies
    }
    assert {line.replace("|  |", "| |") for line in case.get("policies", ())} <= {
        line.replace("|  |", "| |") for line in policies
    }
    assert not set(case.get("not_policies", ())) & {item.title for item in extract.policies}
    stated = {
        f"{item.type} {names.get(item.head)} > {names.get(item.tail)}" for item in extract.relations
    }
    assert set(case.get("relations", ())) <= stated
    assert not set(case.get("not_relations", ())) & stated


def test_the_number_of_the_report_itself_is_not_cited() -> None:
    text = (
        "湖州市2016年政府信息公开工作年度报告\n湖政公〔2017〕2号\n依据《条例》编制。\n一、概述\n"
        "落实浙政办发〔2016〕55号，公开信息6条。"
    )
    extract = read_bytes(text.encode(), "report.txt")
    numbers = [item.doc_number for item in extract.policies if item.doc_number]
    assert numbers == ["浙政办发〔2016〕55号"]
