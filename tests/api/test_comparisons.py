"""Comparisons asked in GraphQL of the sample reports."""

import gc
import json
from pathlib import Path
from typing import Any

import pytest

from gongkai.api.comparisons import uncollected
from gongkai.api.execute import Executor
from gongkai.api.settings import Settings
from gongkai.graph.plan import Root
from gongkai.graph.store import GraphStore, open_store
from gongkai.loaders.load import SAMPLES, load_reports
from tests.api.conftest import Ask

SUQIAN = {"name": {"eq": "宿迁市人民政府"}}

SERIES = """query Series($metrics: [ID!]!, $where: AgencyFilter, $from: Int, $to: Int, $by: String,
                        $strict: Boolean) {
  series(metrics: $metrics, where: $where, from: $from, to: $to, by: $by, strict: $strict) {
    rows {
      agency { id name }
      metric { id key name }
      dimension
      points {
        year value unit semantic scope missing since warning
        comparability { level reason reasonZh notice }
        observation { id quote start end report { id year text } }
        statements { quote }
      }
    }
  }
}"""


POINT = {
    "value": "value",
    "unit": "unit",
    "semantic": "semantic",
    "scope": "scope",
    "qualifier": "qualifier",
    "missing": "missing",
    "since": "since",
    "warning": "warning",
    "comparability": "comparability { level reason }",
    "observation": "observation { id }",
    "statements": "statements { id }",
}
BOTH_SAMPLES = """query Points($by: String) {
  series(metrics: ["requests-received", "litigation-total", "items-disclosed"], by: $by,
         from: 2016, to: 2024) { rows { dimension points { year %s } } } }"""


@pytest.mark.parametrize("by", [None, "applicant"])
async def test_a_field_of_a_point_is_the_same_whatever_else_is_asked_for(
    ask: Ask, by: str | None
) -> None:
    """Only the columns that a selection needs are read from the store."""
    rows = (await ask(BOTH_SAMPLES % " ".join(POINT.values()), {"by": by}))["data"]["series"]
    for name, selected in POINT.items():
        alone = (await ask(BOTH_SAMPLES % selected, {"by": by}))["data"]["series"]["rows"]
        shown = [[point[name] for point in row["points"]] for row in alone]
        assert shown == [[point[name] for point in row["points"]] for row in rows["rows"]]


async def test_a_figure_of_two_years_with_its_quotes(ask: Ask) -> None:
    answer = await ask(
        SERIES, {"metrics": ["requests-received"], "where": SUQIAN, "from": 2022, "to": 2024}
    )

    [row] = answer["data"]["series"]["rows"]
    assert row["agency"]["name"] == "宿迁市人民政府"
    assert row["metric"]["key"] == "requests-received"
    assert row["dimension"] is None
    assert [(point["year"], point["value"], point["missing"]) for point in row["points"]] == [
        (2022, None, "NO_REPORT"),
        (2023, 3511, None),
        (2024, 3525, None),
    ]
    for point in row["points"][1:]:
        stated = point["observation"]
        assert stated["report"]["text"][stated["start"] : stated["end"]] == stated["quote"]
        assert stated["report"]["year"] == point["year"]
    assert row["points"][2]["comparability"] == {
        "level": "SAME",
        "reason": None,
        "reasonZh": None,
        "notice": None,
    }
    assert row["points"][2]["since"] == 2023


async def test_prose_and_table_are_two_statements_of_one_figure(ask: Ask) -> None:
    answer = await ask(
        SERIES, {"metrics": ["results-granted"], "where": SUQIAN, "from": 2024, "to": 2024}
    )

    [row] = answer["data"]["series"]["rows"]
    [point] = row["points"]
    quotes = [stated["quote"] for stated in point["statements"]]
    assert point["value"] == 1431
    assert len(quotes) == 2
    assert quotes[0] == point["observation"]["quote"] == "1431", "the cell before the sentence"
    assert "予以公开1431件" in quotes[1]
    assert point["warning"] is None


async def test_parts_add_up_beside_their_total(ask: Ask) -> None:
    asked = {"metrics": ["requests-received"], "where": SUQIAN, "from": 2024, "to": 2024}
    answer = await ask(SERIES, {**asked, "by": "applicant"})

    parts = {
        row["dimension"]: row["points"][0]["value"] for row in answer["data"]["series"]["rows"]
    }
    assert parts.pop("total") == 3525 == sum(parts.values())


@pytest.mark.parametrize("given", ["requests-received", "metric:2fd05e64cb2d06e0"])
async def test_a_metric_is_named_by_either_id(ask: Ask, given: str) -> None:
    answer = await ask(SERIES, {"metrics": [given], "where": SUQIAN, "from": 2024, "to": 2024})

    assert answer["data"]["series"]["rows"][0]["points"][0]["value"] == 3525


async def test_a_metric_that_no_report_states_is_shown_from_the_dictionary(ask: Ask) -> None:
    answer = await ask(
        """{ series(metrics: ["meetings"], where: {name: {contains: "宿迁市人民政府"}}, to: 2023,
                        from: 2023) { rows {
            metric { __typename id key name nameEn unit observations(first: 3) {
              totalCount nodes { id } pageInfo { hasNextPage endCursor __typename } } }
            points { missing } } } }"""
    )

    [row] = answer["data"]["series"]["rows"]
    assert row["metric"] | {"id": "", "name": ""} == {
        "__typename": "Metric",
        "id": "",
        "key": "meetings",
        "name": "",
        "nameEn": row["metric"]["nameEn"],
        "unit": "次",
        "observations": {
            "totalCount": 0,
            "nodes": [],
            "pageInfo": {"hasNextPage": False, "endCursor": None, "__typename": "PageInfo"},
        },
    }
    assert row["points"] == [{"missing": "NOT_ASKED"}]


@pytest.mark.parametrize(
    ("variables", "code", "said"),
    [
        ({"metrics": ["no-such-metric"]}, "NOT_FOUND", "no-such-metric"),
        ({"metrics": ["requests-received"], "from": 2024, "to": 2023}, "BAD_USER_INPUT", "2024"),
        ({"metrics": ["requests-received"], "from": 0, "to": 9999}, "BAD_USER_INPUT", "9999"),
    ],
)
async def test_what_cannot_be_compared_is_refused(
    ask: Ask, variables: dict[str, Any], code: str, said: str
) -> None:
    answer = await ask(SERIES, variables)

    [error] = answer["errors"]
    assert error["extensions"]["code"] == code
    assert said in error["message"]


async def test_an_unknown_body_is_refused(ask: Ask) -> None:
    answer = await ask(
        '{ series(metrics: ["requests-received"], agencies: ["agency:no"]) {rows {dimension}} }'
    )

    assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"
    assert "agency:no" in answer["errors"][0]["message"]


async def test_more_points_than_the_limit_are_refused(ask: Ask) -> None:
    answer = await ask(
        SERIES,
        {"metrics": ["requests-received"], "from": 2016, "to": 2024},
        settings=Settings(max_points=9),
    )

    assert answer["errors"][0]["extensions"] == {
        "code": "TOO_MANY_POINTS",
        "setting": "max_points",
        "limit": 9,
        "found": 18,
    }


async def test_lists_inside_of_a_comparison_count_as_nodes(ask: Ask) -> None:
    parts = "parts(first: 100) { nodes { id } }"
    series = (
        '{ series(metrics: ["requests-received"], from: 2016, to: 2024) '
        f"{{ rows {{ points {{ observation {{ {parts} }} }} }} }} }}"
    )
    years = (
        '{ compareYears(agency: "agency:fb6a26435433e0ea", from: 2023, to: 2024) '
        f"{{ figures {{ to {{ observation {{ {parts} }} }} }} }} }}"
    )

    small = Settings(max_nodes=1_500)
    assert "errors" not in await ask(series)
    for query in (series, years):
        answer = await ask(query, settings=small)
        assert answer["errors"][0]["extensions"]["code"] == "TOO_MANY_NODES"
        assert answer["errors"][0]["extensions"]["setting"] == "max_nodes"


async def test_a_series_is_one_statement(store: GraphStore) -> None:
    asked: list[Root] = []
    answer = store.answer

    async def count(root: Root, *, timeout_seconds: float) -> bytes:
        asked.append(root)
        return await answer(root, timeout_seconds=timeout_seconds)

    store.answer = count  # type: ignore[method-assign]
    response = await Executor(store, Settings()).execute(SERIES, {"metrics": ["requests-received"]})

    assert not response.errors
    assert len(asked) == 1


async def test_bodies_are_ranked_with_the_statement_behind_each_place(ask: Ask) -> None:
    answer = await ask(
        """{ rank(metric: "requests-received", year: 2016) {
          year stated blank notApplicable missing leftOut unit warning quartiles
          items { place percentile agency { name } value unit scope observation { quote }
                  ofObservation { quote } } } }"""
    )

    assert answer["data"]["rank"] == {
        "year": 2016,
        "stated": 1,
        "blank": 0,
        "notApplicable": 0,
        "missing": 0,
        "leftOut": 0,
        "unit": "件",
        "warning": "Fewer than 30 peers (1): places say little",
        "quartiles": [632, 632, 632],
        "items": [
            {
                "place": 1,
                "percentile": None,
                "agency": {"name": "重庆市人民政府"},
                "value": 632,
                "unit": "件",
                "scope": "AGENCY",
                "observation": {"quote": "市政府受理政府信息公开申请632件"},
                "ofObservation": None,
            }
        ],
    }


async def test_a_ratio_shows_both_figures(ask: Ask) -> None:
    answer = await ask(
        """{ rank(metric: "results-granted", year: 2024, of: "requests-received") {
          unit items { value observation { quote } ofObservation { quote } } } }"""
    )

    assert answer["data"]["rank"] == {
        "unit": None,
        "items": [
            {
                "value": 1431 / 3525,
                "observation": {"quote": "1431"},
                "ofObservation": {"quote": "3525"},
            }
        ],
    }


async def test_aggregates_say_how_many_state_nothing(ask: Ask) -> None:
    answer = await ask(
        """{ aggregate(metric: "requests-received", from: 2023, to: 2024) { rows {
          year dimension unit count sum mean median min max stated blank notApplicable missing
          otherUnits leftOut { agency { name } within { name } observation { quote } } warning
        } } }"""
    )

    rows = answer["data"]["aggregate"]["rows"]
    assert [(row["year"], row["sum"], row["count"], row["missing"]) for row in rows] == [
        (2023, 3511, 1, 0),
        (2024, 3525, 1, 0),
    ]
    assert rows[0]["unit"] == "件"


async def test_units_that_mix_are_refused_with_their_code(tmp_path: Path) -> None:
    page = (SAMPLES / "donghuamen-2011.txt").read_text(encoding="utf-8")
    other = page.replace("东华门", "景山").replace("257条", "257件")
    for name, text in (("a.txt", page), ("b.txt", other)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    async with await open_store(str(tmp_path / "x.db"), create=True) as store:
        async for outcome in load_reports([tmp_path / "a.txt", tmp_path / "b.txt"], store):
            assert outcome.refused is None
        query = '{ aggregate(metric: "items-disclosed", from: 2011, to: 2011) { rows { sum } } }'
        answer = json.loads((await Executor(store, Settings()).execute(query)).body())

    assert [error["extensions"]["code"] for error in answer["errors"]] == ["MIXED_UNITS"]
    assert "1 in 条, 1 in 件" in answer["errors"][0]["message"]


STRICT = {"metrics": ["normative-documents-made"], "strict": True}


async def test_strict_refuses_a_step_that_is_not_the_same(tmp_path: Path) -> None:
    """The county's 2020 report follows the form of 2019; made into one of 2021, it has a break."""
    page = (SAMPLES / "suqian-2023.html").read_text(encoding="utf-8")
    county = (SAMPLES / "gucheng-education-2020.html").read_text(encoding="utf-8")
    (tmp_path / "2020.html").write_text(county, encoding="utf-8")
    (tmp_path / "2021.html").write_text(
        page.replace("宿迁市", "故城县教育局").replace("2023年", "2021年"), encoding="utf-8"
    )
    async with await open_store(str(tmp_path / "x.db"), create=True) as store:
        async for outcome in load_reports([tmp_path / "2020.html", tmp_path / "2021.html"], store):
            assert outcome.refused is None
        executor = Executor(store, Settings())
        strict = json.loads((await executor.execute(SERIES, STRICT)).body())
        labelled = json.loads((await executor.execute(SERIES, {**STRICT, "strict": False})).body())

    [error] = strict["errors"]
    assert error["extensions"]["code"] == "NOT_COMPARABLE"
    assert "2020 and 2021" in error["message"]
    [row] = labelled["data"]["series"]["rows"]
    assert row["points"][1]["comparability"]["level"] in ("PARTLY", "BROKEN")
    assert row["points"][1]["comparability"]["notice"] == "国办公开办函〔2021〕30号"


async def test_a_series_is_the_same_whatever_the_order_of_loading(tmp_path: Path) -> None:
    files = sorted(path for path in SAMPLES.iterdir() if path.suffix in {".md", ".html", ".txt"})
    answers = []
    for name, order in (("one", files), ("other", files[::-1])):
        async with await open_store(str(tmp_path / f"{name}.db"), create=True) as store:
            async for outcome in load_reports(order, store):
                assert outcome.refused is None
            metrics = ["requests-received", "items-disclosed", "policy-interpretations"]
            response = await Executor(store, Settings()).execute(SERIES, {"metrics": metrics})
            answers.append(response.body())

    assert answers[0] == answers[1]
    assert json.loads(answers[0])["data"]["series"]["rows"]


def test_the_collector_is_off_while_any_comparison_is_made_and_on_again_after() -> None:
    assert gc.isenabled()
    with uncollected:
        with uncollected:
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError), uncollected:
        raise ZeroDivisionError
    assert gc.isenabled()
