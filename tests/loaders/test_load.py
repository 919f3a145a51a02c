"""Whole extracts: what holds of every report at hand, without exception."""

from pathlib import Path

import pytest

from gongkai.graph.extract import Extract, Semantic, Span, as_list
from gongkai.loaders.load import SAMPLES, read_report
from tests.conftest import REAL_REPORTS

AT_HAND = sorted(SAMPLES.iterdir()) + (
    sorted(REAL_REPORTS.iterdir()) if REAL_REPORTS.is_dir() else []
)


@pytest.fixture(params=AT_HAND, ids=lambda path: f"{path.parent.name}/{path.name}")
def extract(request: pytest.FixtureRequest) -> Extract:
    path: Path = request.param
    return read_report(path)


def mentions_of(extract: Extract) -> list[list[Span]]:
    return [
        *(agency.mentions for agency in extract.agencies),
        *(channel.mentions for channel in extract.channels),
        *(category.mentions for category in extract.categories),
    ]


def test_every_quote_is_what_stands_at_its_place(extract: Extract) -> None:
    text = extract.report.text
    evidence = [span for relation in extract.relations for span in relation.evidence]
    mentions = [span for spans in mentions_of(extract) for span in spans]
    spans = [*evidence, *mentions]
    spans += [Span(item.quote, item.start, item.end) for item in extract.observations]
    spans += [Span(item.quote, item.start, item.end) for item in extract.policies]
    spans += [Span(item.quote, item.start, item.end) for item in extract.unplaced]

    assert spans
    for span in spans:
        assert text[span.start : span.end] == span.quote
        assert len(span.quote) <= 120


def test_every_reference_is_to_an_entry_of_the_same_extract(extract: Extract) -> None:
    agencies = {item.id for item in extract.agencies}
    channels = {item.id for item in extract.channels}
    categories = {item.id for item in extract.categories}
    policies = {item.id for item in extract.policies}
    figures = {item.id for item in extract.observations}
    sections = {item.id for item in extract.sections}

    assert len(figures) == len(extract.observations)
    assert extract.report.agency.id in agencies
    for item in extract.observations:
        assert item.agency in agencies
        assert item.section in sections
        assert set(as_list(item.channel)) <= channels
        assert item.category is None or item.category in categories
        assert set(as_list(item.part_of)) <= figures - {item.id}
    for policy in extract.policies:
        assert set(as_list(policy.issuer)) <= agencies
    ends = agencies | channels | categories | policies | {extract.report.id}
    for relation in extract.relations:
        assert {relation.head, relation.tail} <= ends
        assert relation.evidence
    assert all(mentions_of(extract))


def test_what_is_blank_or_worded_has_no_value(extract: Extract) -> None:
    for item in extract.observations:
        if item.semantic is Semantic.ZERO:
            assert item.value == 0
        elif item.semantic is Semantic.NUMBER:
            assert item.value is not None
        else:
            assert item.value is None
        if item.semantic is Semantic.BLANK:
            assert item.quote == ""
            assert item.start == item.end
