"""The copy for matching has one form for everything and knows the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.loaders.document import Document
from gongkai.loaders.folding import fold, fold_prose
from gongkai.loaders.read import read_document
from tests.conftest import REAL_REPORTS, real_reports

CHARACTERS = st.text(
    st.one_of(
        st.sampled_from(
            "一二条件公开政府，,、。：:（）()１２3４％%. \t　\xa0\u200bAbＡ報發ā〇○⾏⺠“”\n"
        ),
        st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufffd"),
    )
)


def prose(text: str) -> str:
    return fold_prose(read_document(text.encode(), "report.txt")).text


@pytest.mark.parametrize(
    ("served", "folded"),
    [
        ("１，２３４条", "1,234条"),
        ("1,234,567条,比2015,2016年", "1,234,567条，比2015，2016年"),
        ("(一)公开:12件;占５．６％!", "（一）公开：12件；占5.6%！"),
        ("⾏政⼈⺠⻔户", "行政人民门户"),
        ("二○一六年◯", "二〇一六年〇"),
        ("資訊公開，於網頁", "资讯公开，于网页"),
        ("「年報」『甲』", "“年报”‘甲’"),
        ("甲\u3000乙\xa0丙", "甲 乙 丙"),
        ("2016–2017年――", "2016-2017年——"),
        ("《条例》〔2016〕19号〈一〉", "《条例》〔2016〕19号〈一〉"),
        ("①㎡½Ⅳ", "①㎡½Ⅳ"),
    ],
)
def test_every_character_has_one_form(served: str, folded: str) -> None:
    assert fold(served) == folded


@given(CHARACTERS)
def test_folding_keeps_the_length_and_is_done_once(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("served", "folded"),
    [
        ("国 务院令第 711 号", "国务院令第711号"),
        ("自2020 年 1月　1 日起", "自2020年1月1日起"),
        ("２ ０ １ ６年", "2016年"),
        ("占 27.8 %，同比 增长", "占27.8%，同比增长"),
        ("用 Open Data 平台", "用Open Data平台"),
        ("共計 报(bào)告發（fā）布，APP（app）", "共计报告发布，APP（app）"),
        ("公\u200b开1\ufeff2件", "公开12件"),
        ("1. 2016年公开", "1. 2016年公开"),
        ("规章 0 12 3", "规章0 12 3"),
        ("时, 均未收取", "时，均未收取"),
    ],
)
def test_needless_blanks_glosses_and_invisible_characters_go(served: str, folded: str) -> None:
    assert prose(served) == folded


def test_paragraphs_are_parted_by_one_newline_and_tables_left_out() -> None:
    document = read_document("甲。\n\n乙。\n指标\t数\n公开\t1\n丙。".encode(), "report.txt")
    assert fold_prose(document).text == "甲。\n乙。\n丙。"


def test_what_is_skipped_is_left_out_even_inside_a_paragraph() -> None:
    document = read_document("甲乙丙。\n丁戊。".encode(), "report.txt")
    folded = fold_prose(document, skip=[(1, 2), (5, 8)])
    assert folded.text == "甲丙。"
    assert [folded.origin(i, i + 1) for i in range(3)] == [(0, 1), (2, 3), (3, 4)]


def test_a_span_leads_back_over_what_was_dropped() -> None:
    document = read_document("共收到群众来信，12.47万\n\n件，办结10件。".encode(), "report.txt")
    folded = fold_prose(document)
    start = folded.text.index("12.47万件")
    first, last = folded.origin(start, start + len("12.47万件"))
    assert document.text[first:last] == "12.47万\n件"


def check_offsets(document: Document) -> None:
    folded = fold_prose(document)
    assert len(folded.offsets) == len(folded.text) + 1
    assert list(folded.offsets) == sorted(folded.offsets)
    assert all(0 <= place <= len(document.text) for place in folded.offsets)
    for index, character in enumerate(folded.text):
        served = document.text[folded.offsets[index]]
        if character not in " \n":
            repaired = character == "," or (character == "0" and served in "OoＯｏ")  # 1O2条
            assert fold(served) == character or repaired


@given(CHARACTERS.filter(lambda text: text.strip()))
def test_every_span_lies_in_the_served_text(text: str) -> None:
    lines = "甲" + text
    check_offsets(read_document(lines.encode(), "report.txt"))


@real_reports
def test_the_real_reports_fold_character_by_character() -> None:
    for path in REAL_REPORTS.iterdir():
        check_offsets(read_document(path.read_bytes(), path.name))
