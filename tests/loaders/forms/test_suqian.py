"""The two real reports of Suqian, every cell, against the printed numbers laid on the form."""

import re

import pytest

from gongkai.loaders.forms import read_forms
from gongkai.loaders.read import read_document
from tests.conftest import REAL_REPORTS, real_reports
from tests.loaders.forms import official_forms as official

pytestmark = real_reports


def printed_numbers(page: str) -> list[str]:
    """Texts of the cells that are numbers, in document order."""
    cells = re.findall(r"<td[^>]*>\s*([^<]*)", page)
    return [cell.strip() for cell in cells if re.fullmatch(r"[\d.]+", cell.strip())]


@pytest.mark.parametrize("year", [2023, 2024])
def test_every_cell_of_the_report_is_read(year: int) -> None:
    data = (REAL_REPORTS / f"suqian-{year}.html").read_bytes()
    document = read_document(data, f"suqian-{year}.html")
    reading = read_forms(
        document, report_id="r", agency_id="a", year=year, sections=(), rollup=True
    )
    numbers = iter(printed_numbers(data.decode()))
    expected = {}
    for table, form in enumerate(("activities-2021", "requests-2021", "remedies")):
        for row, column, cell in official.places(official.FORMS[form](lambda _: "")):
            if cell.means is not None:
                value = float(next(numbers)) * (10_000 if cell.means[0] in official.MONEY else 1)
                expected[table, row, column] = (cell.means, round(value, 4))
    assert next(numbers, None) is None
    found = {}
    for item in reading.observations:
        assert item.cell is not None
        meaning = (item.metric, tuple(sorted(item.dimensions.items())))
        found[item.cell.table, item.cell.row, item.cell.column] = (meaning, item.value)
        assert document.text[item.start : item.end] == item.quote
        assert item.scope.value == "JURISDICTION"
    assert found == expected
    assert reading.template == "2021"
    assert not reading.unplaced


def test_parts_add_up_to_their_whole() -> None:
    data = (REAL_REPORTS / "suqian-2024.html").read_bytes()
    document = read_document(data, "suqian-2024.html")
    reading = read_forms(
        document, report_id="r", agency_id="a", year=2024, sections=(), rollup=True
    )
    by_id = {item.id: item for item in reading.observations}
    sums: dict[tuple[str, bool], float] = {}
    for item in reading.observations:
        wholes = [item.part_of] if isinstance(item.part_of, str) else item.part_of or []
        for whole in wholes:
            is_same_metric = by_id[whole].metric == item.metric
            key = (whole, is_same_metric)
            sums[key] = sums.get(key, 0) + (item.value or 0)
    assert len(sums) > 30
    assert all(by_id[whole].value == total for (whole, _), total in sums.items())
