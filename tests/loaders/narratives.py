"""Hand-made readings for tests of the narrative: a text, a publisher, a year; the composed cases."""

import tomllib
from pathlib import Path

from gongkai.graph import identity
from gongkai.graph.extract import Level, Observation, RegionRef, Scope, Section
from gongkai.loaders.document import Block, Document
from gongkai.loaders.folding import fold_prose
from gongkai.loaders.narrative import Narrative, observe
from gongkai.loaders.reading import AgencyMention, Body, CategoryMention, ChannelMention, Reading

FILES = sorted((Path(__file__).parents[1] / "data" / "narrative").glob("*.toml"))
CASES = [case for file in FILES for case in tomllib.loads(file.read_text("utf-8"))["case"]]


def make_body(name: str, level: Level | None = Level.COUNTY) -> Body:
    region = RegionRef("320000", "江苏省")
    return Body(identity.agency_id(region.code, name), name, level, region)


def make_reading(
    text: str,
    publisher: str = "宁安县人民政府",
    year: int = 2016,
    heading: str = "",
    rollup: bool = False,
) -> Reading:
    """A report of one section under `heading`; every line of `text` is a paragraph."""
    blocks = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(start, start + len(line)))
        start += len(line) + 1
    document = Document(text, tuple(blocks), (), "text", "utf-8")
    body = make_body(publisher)
    report = identity.report_id(body.id, year)
    title = f"{publisher}{year}年政府信息公开工作年度报告"
    root = Section(identity.section_id(report, 0), title, [title], 0, len(text))
    sections = [root]
    if heading:
        sections.append(
            Section(identity.section_id(report, 1), heading, [title, heading], 0, len(text))
        )
    return Reading(
        document=document,
        prose=fold_prose(document),
        sections=tuple(sections),
        publisher=body,
        rollup=rollup,
        year=year,
        title=title,
        template="2008",
    )


def mentions_of(reading: Reading, *names: str, scope: Scope = Scope.AGENCY) -> list[AgencyMention]:
    """Every place where these bodies are named."""
    text = reading.prose.text
    found = []
    for name in names:
        place = text.find(name)
        while place >= 0:
            found.append(AgencyMention(make_body(name), place, place + len(name), scope))
            place = text.find(name, place + 1)
    return found


def read(
    text: str,
    year: int = 2016,
    heading: str = "",
    agencies: list[AgencyMention] | None = None,
    channels: list[ChannelMention] | None = None,
    categories: list[CategoryMention] | None = None,
) -> Narrative:
    return observe(
        make_reading(text, year=year, heading=heading),
        agencies or [],
        channels or [],
        categories or [],
    )


def short(observation: Observation) -> tuple[object, ...]:
    """Value, unit, metric: what most tests compare."""
    return observation.value, observation.unit, observation.metric
