"""One report in five formats states the same figures."""

from collections import Counter
from collections.abc import Callable

import pytest

from gongkai.graph.extract import Extract
from gongkai.loaders.load import read_bytes
from tests.loaders.forms import official_forms as official
from tests.loaders.forms.test_form_layouts import assert_reads
from tests.loaders.read import papers

TITLE = "宿迁市沭阳县2022年政府信息公开工作年度报告"
BEFORE = [
    "本报告依据《中华人民共和国政府信息公开条例》编制，统计期限为2022年1月1日至12月31日。",
    "一、总体情况",
    "2022年，沭阳县人民政府主动公开政府信息1.2万余条，其中通过政府网站公开8032条，通过政务微信公开1530条；"
    "全年收到政府信息公开申请61件，比上年下降12.5%，均按时答复；未发生行政诉讼。",
]
AFTER = ["五、存在的主要问题及改进情况", "公开的内容还不够细。", "六、其他需要报告的事项", "无。"]


def parts() -> list[papers.Part]:
    fill = official.filler(5)
    return [
        TITLE,
        *BEFORE,
        "二、主动公开政府信息情况",
        official.activities_2021(fill),
        "三、收到和处理政府信息公开申请情况",
        official.requests(fill),
        "四、政府信息公开行政复议、行政诉讼情况",
        official.remedies(fill),
        *AFTER,
    ]


def html() -> bytes:
    body = (f"<p>{part}</p>" if isinstance(part, str) else official.html(part) for part in parts())
    return f"<html><body>{''.join(body)}</body></html>".encode()


def markdown() -> bytes:
    pieces = (part if isinstance(part, str) else official.markdown_blank(part) for part in parts())
    return "\n\n".join(pieces).encode()


def text() -> bytes:
    pieces = (part if isinstance(part, str) else official.tabbed(part) for part in parts())
    return "\n".join(pieces).encode()


def figures(extract: Extract) -> Counter[tuple[object, ...]]:
    return Counter(
        (
            item.metric,
            tuple(sorted(item.dimensions.items())),
            item.value,
            item.unit,
            item.qualifier,
            item.semantic,
            item.year,
            item.agency,
            tuple(item.cell.row_path + item.cell.column_path) if item.cell else None,
        )
        for item in extract.observations
    )


def pdf() -> bytes:
    return papers.pdf(parts(), header="沭阳县年报")


def docx() -> bytes:
    return papers.word(parts())


@pytest.mark.parametrize(
    ("make", "name"), [(markdown, "a.md"), (text, "a.txt"), (pdf, "a.pdf"), (docx, "a.docx")]
)
def test_the_same_report_states_the_same_figures(make: Callable[[], bytes], name: str) -> None:
    data = make()
    expected, found = read_bytes(html(), "a.html"), read_bytes(data, name)
    assert figures(found) == figures(expected)
    assert found.report.id == expected.report.id
    assert found.report.template == "2021"
    for item in found.observations:
        assert found.report.text[item.start : item.end] == item.quote


@pytest.mark.parametrize("form", official.FORMS)
def test_every_cell_of_a_form_has_its_place_in_pdf_and_docx(form: str) -> None:
    grid = official.FORMS[form](official.filler(3))
    report: list[papers.Part] = [TITLE, *BEFORE, grid, *AFTER]
    assert_reads(papers.pdf(report), "a.pdf", form, grid, with_places=True)
    assert_reads(papers.word(report), "a.docx", form, grid, with_places=True)


@pytest.mark.parametrize("form", official.FORMS)
@pytest.mark.parametrize("seed", range(2))
def test_a_pdf_whose_tables_have_no_lines_is_read_by_its_words(form: str, seed: int) -> None:
    fill = official.filler(seed, blanks=False)
    # The font of the test has no minus sign of its own.
    grid = official.FORMS[form](
        lambda meaning: fill(meaning).replace("若干", "7").replace("−", "-")
    )
    report: list[papers.Part] = [TITLE, grid, *AFTER]
    assert_reads(papers.pdf(report, ruled=False), "a.pdf", form, grid, with_places=True)
