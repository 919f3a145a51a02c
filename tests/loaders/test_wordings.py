"""Every metric of the dictionary that prose states is found by each of its wordings."""

import csv
from pathlib import Path

import pytest

from gongkai.graph.dictionary import metrics
from tests.loaders.narratives import read

FILE = Path(__file__).parents[1] / "data" / "dictionary" / "wordings.csv"
ROWS = list(csv.DictReader(FILE.read_text("utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["sentence"])
def test_a_wording_states_its_metric(row: dict[str, str]) -> None:
    assert [stated.metric for stated in read(row["sentence"]).observations] == [row["metric"]]


def test_every_metric_with_phrases_has_a_wording() -> None:
    worded = {row["metric"] for row in ROWS}
    assert [
        entry.id for entry in metrics.all_metrics() if entry.phrases and entry.id not in worded
    ] == []
