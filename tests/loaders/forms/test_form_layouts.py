"""Every statutory table, however the file shows it, reads as the same cells."""

import random
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from opencc import OpenCC

from gongkai.graph.extract import Observation
from gongkai.loaders.forms import FormReading, read_forms
from gongkai.loaders.read import read_document
from tests.loaders.forms import official_forms as official

Layout = Callable[[official.Grid], str]

SEEDS = range(2)


def read(content: str | bytes, name: str) -> FormReading:
    data = content if isinstance(content, bytes) else content.encode()
    document = read_document(data, name)
    reading = read_forms(
        document, report_id="report:1", agency_id="agency:1", year=2022, sections=(), rollup=False
    )
    for item in reading.observations:
        assert document.text[item.start : item.end] == item.quote
    assert len({item.id for item in reading.observations}) == len(reading.observations)
    return reading


def cells(reading: FormReading) -> dict[official.Meaning, Observation]:
    found: dict[official.Meaning, Observation] = {}
    for item in reading.observations:
        key = (item.metric, tuple(sorted(item.dimensions.items())))
        assert key not in found, key
        found[key] = item
    return found


def assert_reads(
    content: str | bytes, name: str, form: str, grid: official.Grid, *, with_places: bool = False
) -> None:
    expected = official.expected(grid)
    found = cells(read(content, name))
    if form == "statistics":  # the oracle leaves out what its metrics say themselves
        found = {(metric, key[1][:0]): item for key, item in found.items() for metric in key[:1]}
    assert set(found) == set(expected)
    for key, want in expected.items():
        have = found[key]
        assert (have.value, have.semantic.value) == (want.value, want.semantic), key
        if with_places:
            assert have.cell is not None
            assert (have.cell.row, have.cell.column) == (want.row, want.column), key


@pytest.mark.parametrize("form", official.FORMS)
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "layout",
    [
        official.html,
        official.html_headers,
        official.html_wrapped,
        official.html_broken_labels,
        official.html_blank_spans,
        official.html_in_layout,
        official.html_with_spacers,
    ],
)
def test_html_tables_with_spans(form: str, seed: int, layout: Layout) -> None:
    grid = official.FORMS[form](official.filler(seed))
    page = f"<html><body><p>报告</p>{layout(grid)}</body></html>"
    assert_reads(page, "a.html", form, grid, with_places=True)


@pytest.mark.parametrize("form", official.FORMS)
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "layout", [official.html_without_spans, official.html_repeated_spans, official.html_in_parts]
)
def test_html_tables_that_have_lost_their_spans(form: str, seed: int, layout: Layout) -> None:
    grid = official.FORMS[form](official.filler(seed))
    page = f"<html><body><p>报告</p>{layout(grid)}</body></html>"
    assert_reads(page, "a.html", form, grid)


@pytest.mark.parametrize("form", [form for form in official.FORMS if form != "statistics"])
def test_cells_have_the_headers_printed_over_and_beside_them(form: str) -> None:
    grid = official.FORMS[form](official.filler(2))
    found = cells(read(f"<html><body><p>报告</p>{official.html(grid)}</body></html>", "a.html"))
    assert {
        key: (item.cell.row_path, item.cell.column_path) for key, item in found.items() if item.cell
    } == official.paths(form, grid)


@pytest.mark.parametrize("form", official.FORMS)
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("layout", [official.markdown_blank, official.markdown_repeat])
def test_markdown_tables_with_blank_or_repeated_spans(form: str, seed: int, layout: Layout) -> None:
    grid = official.FORMS[form](official.filler(seed))
    assert_reads(layout(grid), "a.md", form, grid)


@pytest.mark.parametrize("form", official.FORMS)
@pytest.mark.parametrize("seed", SEEDS)
def test_markdown_tables_with_ragged_rows(form: str, seed: int) -> None:
    grid = official.FORMS[form](official.filler(seed))
    assert_reads(official.markdown_ragged(grid), "a.md", form, grid)


@pytest.mark.parametrize("form", official.FORMS)
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "layout",
    [
        official.lines,
        official.broken_lines,
        official.spaced_rows,
        official.flattened,
        official.glued,
    ],
)
def test_text_with_one_cell_per_line_or_one_row_per_line(
    form: str, seed: int, layout: Layout
) -> None:
    grid = official.FORMS[form](official.filler(seed, blanks=False))
    assert_reads("某县报告\n" + layout(grid), "a.txt", form, grid, with_places=True)


@pytest.mark.parametrize("form", official.FORMS)
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("layout", [official.lines, official.lines_apart, official.tabbed])
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_text_that_keeps_blank_cells_as_blank_lines_or_tabs(
    form: str, seed: int, layout: Layout, name: str
) -> None:
    if layout is official.tabbed and name == "a.md":
        pytest.skip("Markdown has no tables of tabs")
    grid = official.FORMS[form](official.filler(seed))
    assert_reads("某县报告\n" + layout(grid), name, form, grid, with_places=True)


@pytest.mark.parametrize("form", official.FORMS)
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize(
    "layout",
    [
        official.piped_lines,
        official.pipes_between,
        official.trailing_fillers,
        official.fillers_behind,
        official.leading_pipes,
    ],
)
def test_text_with_a_pipe_at_each_cell(form: str, seed: int, layout: Layout, name: str) -> None:
    grid = official.FORMS[form](official.filler(seed))
    text = "某县报告\n" + layout(grid)
    assert_reads(text, name, form, grid, with_places=True)


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


@pytest.mark.parametrize(
    "form", ["activities-2019", "requests-2021", "requests-2019", "statistics"]
)
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("is_named", [True, False], ids=["labels repeated", "labels blank"])
@pytest.mark.parametrize("has_header", [True, False], ids=["header repeated", "no header"])
def test_tables_split_by_a_page_break(
    form: str, seed: int, is_named: bool, has_header: bool
) -> None:
    """A word processor gives the second part the labels that reach into it, or blanks for them."""
    grid = official.FORMS[form](official.filler(seed))
    cut = random.Random(seed).randrange(4, len(grid) - 1)
    upper, lower = [list(cells) for cells in grid[:cut]], [list(cells) for cells in grid[cut:]]
    reaching = [
        replace(cell, text=cell.text if is_named else "", rowspan=row + cell.rowspan - cut)
        for row, _, cell in official.places(grid)
        if row < cut < row + cell.rowspan
    ]
    lower[0] = [*reaching, *lower[0]]
    heads = {"a": 0, "r": 3, "s": 1}[form[0]]
    lower = grid[:heads] + lower if has_header else lower
    page = f"{official.html(upper)}<p>— 5 —</p>{official.html(lower)}"
    assert_reads(f"<html><body><p>报告</p>{page}</body></html>", "a.html", form, grid)


converter = cache(OpenCC)  # slow to make


def converted(configuration: str) -> Callable[[str], str]:
    return lambda label: str(converter(configuration).convert(label))


NOISE: dict[str, Callable[[str], str]] = {
    "spaces inside": lambda label: label[:2] + " " + label[2:4] + "　" + label[4:],
    "half width": lambda label: label.replace("（", "(").replace("）", ")").replace("：", ":"),
    "no number": lambda label: re.sub(r"^(（.）|[一二三四五六七八九]、|\d\.)", "", label),
    "no note": lambda label: re.sub(r"（[^（）]{4,}）$", "", label),
    "other point": lambda label: re.sub(r"^(\d)\.", r"\1．", label),
    "Traditional": converted("s2t"),
    "Taiwan's wording": converted("s2twp"),
    "straight quotes": lambda label: label.replace("“", '"').replace("”", '"'),
}


@pytest.mark.parametrize("form", official.FORMS)
@pytest.mark.parametrize("noise", NOISE)
def test_labels_printed_otherwise_are_the_same_labels(form: str, noise: str) -> None:
    change = NOISE[noise]
    if noise in ("no number", "no note") and form.startswith("activities"):
        pytest.skip("blocks are numbers")
    grid = [
        [cell if cell.means else replace(cell, text=change(cell.text)) for cell in cells]
        for cells in official.FORMS[form](official.filler(1))
    ]
    assert_reads(f"<html><body>{official.html(grid)}</body></html>", "a.html", form, grid)
    assert_reads(official.markdown_blank(grid), "a.md", form, grid)


@pytest.mark.parametrize("form", ["activities-2021", "activities-2019", "statistics"])
@pytest.mark.parametrize("seed", SEEDS)
def test_missing_rows_leave_the_others_as_they_are(form: str, seed: int) -> None:
    lots = random.Random(seed)
    grid = [
        cells
        for cells in official.FORMS[form](official.filler(seed))
        if not cells[-1].means or lots.random() < 0.7
    ]
    assert_reads(f"<html><body>{official.html(grid)}</body></html>", "a.html", form, grid)
    assert_reads(official.markdown_ragged(grid), "a.md", form, grid)


@pytest.mark.parametrize("form", official.FORMS)
@pytest.mark.parametrize("seed", SEEDS)
def test_markdown_with_a_piped_cell_per_line(form: str, seed: int) -> None:
    grid = official.FORMS[form](official.filler(seed))
    text = "\n".join(f"| {cell.text} |" for cells in grid for cell in cells)
    assert_reads(text, "a.md", form, grid, with_places=True)


def test_every_form_blank_is_blank_everywhere() -> None:
    for form, make in official.FORMS.items():
        grid = make(lambda _: "")
        assert_reads(f"<html><body>{official.html(grid)}</body></html>", "a.html", form, grid)
        assert_reads(official.markdown_blank(grid), "a.md", form, grid)


@pytest.mark.parametrize("form", official.FORMS)
@pytest.mark.parametrize("mark", ["— 5 —", "-12-", "第 5 页 共 9 页", "5/9"])
@pytest.mark.parametrize("layout", [official.lines, official.pipes_between, official.leading_pipes])
def test_page_numbers_between_the_cells_are_no_cells(form: str, mark: str, layout: Layout) -> None:
    grid = official.FORMS[form](official.filler(1, blanks=False))
    printed = layout(grid).split("\n")
    for place in range(8, len(printed) - 8, 7):
        text = "\n".join(["某县报告", *printed[:place], mark, *printed[place:]])
        assert_reads(text, "a.txt", form, grid, with_places=True)


@pytest.mark.parametrize("layout", [official.lines, official.piped_lines, official.pipes_between])
def test_a_row_that_some_place_added_is_open(layout: Layout) -> None:
    grid = list(official.FORMS["requests-2021"](official.filler(1, blanks=False)))
    place = next(n for n, row in enumerate(grid) if row[0].text.startswith("2.重复"))
    added = [official.C("9.另有约定"), *(official.C(str(10 + n)) for n in range(7))]
    found = read(layout([*grid[: place + 1], added, *grid[place + 1 :]]), "a.txt")
    open_ones = [item for item in found.observations if item.metric.startswith("open/")]
    assert [item.value for item in open_ones] == list(range(10, 17))
    assert all(item.measure.startswith("不予处理另有约定") for item in open_ones), open_ones[0]
