"""The metric dictionary is whole: every reference holds, every cell of every form has a metric."""

import pytest

from gongkai.graph.dictionary import metrics
from gongkai.loaders.forms.labels import form_rows


def test_every_reference_names_an_entry() -> None:
    ids = {entry.id for entry in metrics.all_metrics()}
    for entry in metrics.all_metrics():
        assert set(entry.sum_of) <= ids, entry.id
        assert entry.part_of is None or entry.part_of in ids, entry.id


def test_every_comparison_names_two_forms_a_level_and_a_reason() -> None:
    for entry in metrics.all_metrics():
        for earlier, later, level, _ in entry.comparability:
            assert {earlier, later} <= set(metrics.FORMS), entry.id
            assert level in ("SAME", "PARTLY", "BROKEN"), entry.id
            assert metrics.comparability(entry.id, later, earlier).reason_zh, entry.id


@pytest.mark.parametrize(("form", "count"), [("2014", 58), ("2019", 55), ("2021", 45)])
def test_every_cell_of_a_form_has_its_metric(form: str, count: int) -> None:
    assert len(metrics.cells(form)) == count


def test_paths_of_the_2014_form_are_rows_of_the_form() -> None:
    rows = {row.path for row in form_rows("2014")}
    assert set(metrics.cells("2014")) <= rows


def test_units_and_kinds_are_known() -> None:
    for entry in metrics.all_metrics():
        assert entry.kind in ("flow", "stock", "rate", "money", "change"), entry.id
        assert (entry.unit == "元") == (entry.kind == "money"), entry.id
        assert (entry.unit == "%") == (entry.kind == "rate"), entry.id


def test_an_open_metric_describes_itself() -> None:
    key = metrics.open_metric_key("全年累计发放“明白卡”600")
    assert key == "open/发放明白卡"
    described = metrics.describe(key)
    assert (described.name, described.open) == ("发放明白卡", True)


def test_the_same_phrase_has_the_same_slug_however_it_is_printed() -> None:
    assert metrics.open_metric_key("其中， 便民 服务类信息 571") == metrics.open_metric_key(
        "便民服务类信息"
    )
