"""The composed documents are read at least as well as they were: `floors.toml` says how well."""

import tomllib
from pathlib import Path

import pytest

from .gold import BadGold, read_all, read_gold
from .judging import judge
from .marks import Mark, Outcome, Sum, sums
from .variations import judge_variations

HERE = Path(__file__).parent
FLOORS: dict[str, dict[str, float]] = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def measured() -> dict[str, Sum]:
    marks = [mark for gold in read_all(HERE / "composed") for mark in judge(gold)]
    return sums(marks, lambda mark: mark.subject)


@pytest.fixture(scope="module")
def varied() -> dict[str, Sum]:
    marks = judge_variations(read_all(HERE / "composed"))
    return sums([mark for mark in marks if mark.subject == "figures"], lambda mark: mark.tag)


@pytest.mark.parametrize("subject", FLOORS["right"])
def test_what_was_read_right_stays_right(measured: dict[str, Sum], subject: str) -> None:
    assert measured[subject].right >= FLOORS["right"][subject]


@pytest.mark.parametrize("subject", FLOORS["precision"])
def test_little_is_read_that_is_not_there(measured: dict[str, Sum], subject: str) -> None:
    assert measured[subject].precision >= FLOORS["precision"][subject]


@pytest.mark.parametrize("variation", FLOORS["variations"])
def test_a_variation_is_read_as_well_as_it_was(varied: dict[str, Sum], variation: str) -> None:
    assert varied[variation].right >= FLOORS["variations"][variation]


def test_everything_measured_has_a_floor(measured: dict[str, Sum], varied: dict[str, Sum]) -> None:
    # How many numbers there are to account for depends on what is served: no count can hold.
    assert set(FLOORS["right"]) | {"accounted for"} == set(measured)
    assert set(FLOORS["variations"]) == set(varied)


def gold_of(folder: Path, text: str, figures: str) -> Path:
    (folder / "town.txt").write_text(text, "utf-8")
    path = folder / "town.toml"
    path.write_text(f'document = "town.txt"\nform = "2008"\nfigures = """\n{figures}\n"""', "utf-8")
    return path


TOWN = """旌德县旌阳镇2015年政府信息公开年度报告

一、主动公开情况
2015年，我镇主动公开政府信息120条，发放宣传资料300余份。
"""


@pytest.mark.parametrize(
    ("figure", "outcomes"),
    [
        ("公开政府信息[120条] | 120 条 | items-disclosed | plain", ["right", "false"]),
        ("公开政府信息[120条] | 121 条 | items-disclosed | plain", ["missed", "false", "false"]),
        ("公开政府信息[120条] | 120 件 | items-disclosed | plain", ["missed", "false", "false"]),
        ("公开政府信息[120条] | about 120 条 | * | plain", ["missed", "false", "false"]),
        ("发放宣传资料[300余份] | over 300 份 | * | plain", ["right", "false"]),
        ("宣传资料300余[份] | 120 条 | items-disclosed | plain", ["missed", "false", "false"]),
        ("? 公开政府信息[120条] | 120 条 | items-disclosed | plain", ["false"]),
        ("? 宣传资料[300余份] | 300 份 | open | plain", ["false", "false"]),
    ],
)
def test_a_figure_is_right_with_value_unit_qualifier_and_place(
    tmp_path: Path, figure: str, outcomes: list[str]
) -> None:
    gold = read_gold(gold_of(tmp_path, TOWN, figure))
    marks: list[Mark] = [mark for mark in judge(gold) if mark.subject == "figures"]
    assert [mark.outcome for mark in marks] == [Outcome(outcome) for outcome in outcomes]


def test_gold_that_is_not_in_the_text_is_refused(tmp_path: Path) -> None:
    gold = read_gold(gold_of(tmp_path, TOWN, "公开[99条] | 99 条 | items-disclosed | plain"))
    with pytest.raises(BadGold, match="公开\\[99条\\]"):
        judge(gold)


def test_gold_without_a_marked_figure_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadGold, match=r"fragment with \[figure\]"):
        read_gold(gold_of(tmp_path, TOWN, "公开120条 | 120 条 | items-disclosed | plain"))
