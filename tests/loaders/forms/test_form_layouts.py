"""Every statutory table, however the file shows it, reads as the same cells."""

import re

import official_forms as official
import pytest

from gongkai.graph.extract import Observation
from gongkai.loaders.forms import FormReading, read_forms
from gongkai.loaders.read import read_document

SEEDS = range(6)


def read(text: str, name: str) -> FormReading:
    document = read_document(text.encode(), name)
    reading = read_forms(
        document, report_id="report:1", agency_id="agency:1", year=2022, sections=(), rollup=False
    )
    for item in reading.observations:
        assert document.text[item.start : item.end] == item.quote
    assert len({item.id for item in reading.observations}) == len(reading.observations)
    return reading


def cells(reading: FormReading) -> dict[official.Meaning, Observation]:
    found = {}
    for item in reading.observations:
        dimensions = {
            name: value
            for name, value in item.dimensions.items()
            if not (name == "outcome" and item.cell and "申请" in "".join(item.cell.row_path[:0]))
        }
        key = (item.metric, tuple(sorted(dimensions.items())))
        assert key not in found, key
        found[key] = item
    return found


def assert_reads(
    text: str, name: str, form: str, grid: official.Grid, *, with_places: bool = False
) -> None:
    expected = official.expected(grid)
    if form == "statistics":  # the 2014 form has no outcome column: the metric alone says it
        found = {(metric, ()): item for (metric, _), item in cells(read(text, name)).items()}
    else:
        found = cells(read(text, name))
    assert set(found) == set(expected)
    for key, want in expected.items():
        have = found[key]
        assert (have.value, have.semantic.value) == (want.value, want.semantic), key
        if with_places:
            assert have.cell is not None
            assert (have.cell.row, have.cell.column) == (want.row, want.column), key


@pytest.mark.parametrize("form", official.FORMS)
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("options", [{}, {"tag": "th"}, {"wrap": True}])
def test_html_tables_with_spans(form: str, seed: int, options: dict[str, bool]) -> None:
    grid = official.FORMS[form](official.filler(seed))
    page = f"<html><body><p>报告</p>{official.html(grid, **options)}</body></html>"  # type: ignore[arg-type]
    assert_reads(page, "a.html", form, grid, with_places=True)


@pytest.mark.parametrize("form", official.FORMS)
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("layout", [official.markdown_blank, official.markdown_repeat])
def test_markdown_tables_with_blank_or_repeated_spans(form: str, seed: int, layout) -> None:  # type: ignore[no-untyped-def]
    grid = official.FORMS[form](official.filler(seed))
    assert_reads(layout(grid), "a.md", form, grid)


@pytest.mark.parametrize("form", official.FORMS)
@pytest.mark.parametrize("seed", SEEDS)
def test_markdown_tables_with_ragged_rows(form: str, seed: int) -> None:
    grid = official.FORMS[form](official.filler(seed))
    assert_reads(official.markdown_ragged(grid), "a.md", form, grid)


@pytest.mark.parametrize("form", official.FORMS)
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("layout", [official.lines, official.spaced_rows, official.flattened])
def test_text_with_one_cell_per_line_or_one_row_per_line(form: str, seed: int, layout) -> None:  # type: ignore[no-untyped-def]
    grid = official.FORMS[form](without_words(official.filler(seed, blanks=False)))
    assert_reads("某县报告\n" + layout(grid), "a.txt", form, grid, with_places=True)


@pytest.mark.parametrize("form", official.FORMS)
@pytest.mark.parametrize("seed", SEEDS)
def test_text_with_a_pipe_after_each_cell(form: str, seed: int) -> None:
    grid = official.FORMS[form](without_words(official.filler(seed)))
    text = "某县报告\n" + official.piped_lines(grid)
    assert_reads(text, "a.txt", form, grid, with_places=True)


def without_words(fill: official.Fill) -> official.Fill:
    return lambda meaning: fill(meaning).replace("若干", "7")


@pytest.mark.parametrize(
    "form", ["activities-2021", "activities-2019", "requests-2021", "statistics"]
)
@pytest.mark.parametrize("seed", SEEDS)
def test_tables_split_over_two(form: str, seed: int) -> None:
    grid = official.FORMS[form](official.filler(seed))
    for cut in range(4, len(grid), 3):
        rows = official.html(grid)
        parts = re.findall(r"<tr>.*?</tr>", rows)
        page = (
            "<table>" + "".join(parts[:cut]) + "</table><table>" + "".join(parts[cut:]) + "</table>"
        )
        assert_reads(f"<html><body>{page}</body></html>", "a.html", form, grid)
