"""One body in two years, asked in GraphQL of the sample reports."""

from typing import Any

import pytest

from gongkai.api.execute import Executor
from gongkai.api.settings import Settings
from gongkai.graph.plan import Root
from gongkai.graph.store import GraphStore
from tests.api.conftest import Ask

SUQIAN = "agency:fb6a26435433e0ea"
QUOTED = "quote start end section { heading } report { id text }"

COMPARED = """query Compare($agency: ID!, $from: Int!, $to: Int!) {
  compareYears(agency: $agency, from: $from, to: $to) {
    agency { id name }
    fromReport { id year }
    toReport { id year }
    figures {
      metric { key } dimension
      from { year value unit semantic qualifier scope missing warning observation { quote }
             statements { quote } }
      to { value missing observation { quote report { year } } }
      change ratio comparability { level reason }
    }
    categories { appeared { ...category } vanished { ...category } kept { ...category } }
    channels { appeared { name } vanished { id name node { type } from { quote } to { quote } }
               kept { name } }
    policies { appeared { name } vanished { name } kept { name node { docNumber } from { quote } } }
    sections { appeared { heading from { id } to { heading text } } vanished { heading }
               kept { heading moved from { start } to { start } } }
    text { kind moved similarity from { QUOTED } to { QUOTED } }
  }
}
fragment category on CategoryChange {
  id name node { id nameEn }
  from { quote start end year report { text year } section { heading } }
  to { quote start end report { text } }
}""".replace("QUOTED", QUOTED)


async def compared(ask: Ask) -> Any:
    answer = await ask(COMPARED, {"agency": SUQIAN, "from": 2023, "to": 2024})
    assert "errors" not in answer
    return answer["data"]["compareYears"]


async def test_a_figure_of_both_years_has_its_change_and_ratio(ask: Ask) -> None:
    found = await compared(ask)

    figures = {(item["metric"]["key"], item["dimension"]): item for item in found["figures"]}
    received = figures["requests-received", None]
    assert (received["from"]["value"], received["to"]["value"]) == (3511, 3525)
    assert (received["change"], received["ratio"]) == (14, 3525 / 3511)
    assert received["comparability"] == {"level": "SAME", "reason": None}
    assert received["from"]["observation"] == {"quote": "3511"}
    assert figures["requests-received", "business"]["change"] == 75 - 99
    assert figures["requests-received", "research"]["ratio"] is None, "nothing divides by zero"
    assert figures["items-disclosed", None]["from"]["qualifier"] == "OVER"


async def test_a_figure_of_one_year_says_why_the_other_has_none(ask: Ask) -> None:
    found = await compared(ask)

    [visits] = [item for item in found["figures"] if item["metric"]["key"] == "site-visits"]
    assert visits["from"]["value"] == 7854070
    assert visits["to"] == {"value": None, "missing": "NOT_STATED", "observation": None}
    assert (visits["change"], visits["ratio"], visits["comparability"]) == (None, None, None)


async def test_relations_come_and_go_with_their_quotes(ask: Ask) -> None:
    found = await compared(ask)

    [appeared] = found["categories"]["appeared"]
    assert appeared["name"] == "政策法规"
    assert appeared["from"] == []
    for quote in appeared["to"]:
        assert quote["report"]["text"][quote["start"] : quote["end"]] == quote["quote"]
    [kept] = [item for item in found["categories"]["kept"] if item["name"] == "政策解读"]
    assert {quote["report"]["year"] for quote in kept["from"]} == {2023}
    assert kept["to"]
    assert [item["name"] for item in found["channels"]["vanished"]] == ["政府公报", "政务新媒体"]
    assert found["channels"]["vanished"][0]["from"]
    assert found["channels"]["vanished"][0]["to"] == []
    assert "中华人民共和国政府信息公开条例" in [item["name"] for item in found["policies"]["kept"]]


async def test_sections_are_followed_by_their_headings(ask: Ask) -> None:
    sections = (await compared(ask))["sections"]

    assert [item["heading"] for item in sections["appeared"]] == ["（三）信息管理"]
    assert [item["heading"] for item in sections["vanished"]] == ["（三）平台建设"]
    assert sections["appeared"][0]["from"] is None
    assert "10219" in sections["appeared"][0]["to"]["text"]
    assert "一、总体情况" in [item["heading"] for item in sections["kept"]]
    assert not any(item["moved"] for item in sections["kept"])


async def test_sentences_are_followed_with_both_quotes(ask: Ask) -> None:
    found = await compared(ask)

    [rewritten] = [
        change
        for change in found["text"]
        if change["from"] and "意见征集33期" in change["from"]["quote"]
    ]
    assert rewritten["kind"] == "REWRITTEN"
    assert "意见征集19期" in rewritten["to"]["quote"]
    for side, year in (("from", 2023), ("to", 2024)):
        stands = rewritten[side]
        assert stands["report"]["text"][stands["start"] : stands["end"]] == stands["quote"]
        assert stands["section"]["heading"] == "（一）主动公开"
        assert stands["report"]["id"] == found[f"{side}Report"]["id"]
        assert found[f"{side}Report"]["year"] == year
    assert {change["kind"] for change in found["text"]} == {"REWRITTEN", "APPEARED", "VANISHED"}


async def test_a_year_without_a_report_has_only_what_others_state_of_it(ask: Ask) -> None:
    answer = await ask(COMPARED, {"agency": SUQIAN, "from": 2019, "to": 2024})

    found = answer["data"]["compareYears"]
    assert found["fromReport"] is None
    assert found["text"] == []
    assert found["sections"]["kept"] == found["categories"]["vanished"] == []
    assert {item["from"]["missing"] for item in found["figures"]} == {"NO_REPORT"}


@pytest.mark.parametrize(
    ("agency", "second", "code"),
    [("agency:no", 2024, "NOT_FOUND"), (SUQIAN, 2023, "BAD_USER_INPUT")],
)
async def test_an_unknown_body_and_a_single_year_are_refused(
    ask: Ask, agency: str, second: int, code: str
) -> None:
    answer = await ask(COMPARED, {"agency": agency, "from": 2023, "to": second})

    assert [error["extensions"]["code"] for error in answer["errors"]] == [code]


async def test_two_years_are_one_statement(store: GraphStore) -> None:
    asked: list[Root] = []
    answer = store.answer

    async def count(root: Root, *, timeout_seconds: float) -> bytes:
        asked.append(root)
        return await answer(root, timeout_seconds=timeout_seconds)

    store.answer = count  # type: ignore[method-assign]
    variables = {"agency": SUQIAN, "from": 2023, "to": 2024}
    response = await Executor(store, Settings()).execute(COMPARED, variables)

    assert not response.errors
    assert len(asked) == 1
