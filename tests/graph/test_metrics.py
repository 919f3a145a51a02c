"""The metric dictionary is whole: every reference holds, every cell of every form has a metric."""

import csv
from pathlib import Path

import pytest

from gongkai.graph.dictionary import metrics
from gongkai.loaders.forms.labels import form_rows

FILE = Path(__file__).parents[1] / "data" / "dictionary" / "cells.csv"
CELLS = list(csv.DictReader(FILE.read_text("utf-8").splitlines()))


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


@pytest.mark.parametrize("form", metrics.FORMS)
def test_the_cells_of_a_form_are_those_of_the_official_form_and_no_others(form: str) -> None:
    official = {
        tuple(row["cell"].split(metrics.SEPARATOR)): (row["metric"], row["unit"])
        for row in CELLS
        if row["form"] == form
    }
    stated = {path: (entry.id, entry.unit) for path, entry in metrics.cells(form).items()}
    assert stated == official


def test_every_reason_and_every_list_of_words_is_used() -> None:
    entries = metrics.all_metrics()
    reasons = {reason for entry in entries for *_, reason in entry.comparability}
    assert reasons | {"local-form"} == set(metrics.reasons())
    phrases = " ".join(phrase for entry in entries for phrase in entry.phrases)
    assert [name for name in metrics.words() if f"{{{name}}}" not in phrases] == []


def test_the_local_form_compares_partly_with_every_form_but_not_with_prose() -> None:
    assert metrics.comparability("appeals", "local", "2019").level == "PARTLY"
    assert metrics.comparability("requests-online", "2014", "local").reason_zh.startswith(
        "2014年表"
    )
    assert metrics.comparability("requests-received", "local", "2008").level == "SAME"


def test_every_metric_is_named_in_both_languages_and_stated_somewhere() -> None:
    for entry in metrics.all_metrics():
        assert entry.name_en, entry.id
        assert entry.forms or entry.phrases or entry.sum_of, entry.id


def test_no_two_metrics_claim_one_phrase() -> None:
    seen: dict[str, str] = {}
    for phrase, entry in metrics.phrases():
        assert seen.setdefault(phrase, entry.id) == entry.id, phrase


def test_words_of_a_part_say_which_whole_they_belong_to() -> None:
    for entry in metrics.all_metrics():
        assert not entry.as_part or entry.part_of, entry.id


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
