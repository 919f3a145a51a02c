"""Bytes become the text they were written as, and what was lost is counted."""

import pytest

from gongkai.graph.errors import InputRefused
from gongkai.loaders.read.decode import decode

REPORT = (
    "某市政府信息公开工作年度报告\n2016年，全市主动公开政府信息121.1万条，比上年增长5.6%。\n" * 3
)


@pytest.mark.parametrize(
    ("python_encoding", "mark", "expected"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-32-le", b"\xff\xfe\0\0", "utf-32-le"),
        ("gb18030", b"", "gb18030"),
        ("gbk", b"", "gb18030"),
    ],
)
def test_a_report_is_read_in_any_usual_encoding(
    python_encoding: str, mark: bytes, expected: str
) -> None:
    decoded = decode(mark + REPORT.encode(python_encoding), "report.txt")
    assert (decoded.text, decoded.encoding, decoded.flags) == (REPORT, expected, ())


def test_big5_is_told_from_the_national_encodings() -> None:
    text = "臺北縣政府資訊公開工作年度報告，本年主動公開政府資訊一百條，較上年增加。" * 5
    decoded = decode(text.encode("big5"), "report.txt")
    assert (decoded.text, decoded.encoding) == (text, "big5hkscs")


def test_a_page_that_declares_gb2312_may_use_all_of_gb18030() -> None:
    page = "<meta charset=gb2312>政府信息公开年度报告，局长朱镕基、陶喆，㐂"
    assert decode(page.encode("gb18030"), "report.html").text == page


@pytest.mark.parametrize(
    ("declared", "true"),
    [("gb2312", "utf-8"), ("utf-8", "gb18030"), ("iso-8859-1", "gb18030"), ("big5", "utf-8")],
)
def test_a_wrong_declaration_spoils_nothing_and_is_said(declared: str, true: str) -> None:
    page = f"<meta charset={declared}>" + REPORT
    decoded = decode(page.encode(true), "report.html")
    assert (decoded.text, decoded.encoding) == (page, true)
    [flag] = decoded.flags
    assert flag.code == "WRONG_ENCODING"
    assert declared in flag.message
    assert true in flag.message


@pytest.mark.parametrize(
    ("declared", "true"),
    [("gb2312", "gb18030"), ("GBK", "gb18030"), ("UTF8", "utf-8"), ("utf-8", "utf-8")],
)
def test_a_right_declaration_is_nothing_to_speak_of(declared: str, true: str) -> None:
    page = f'<meta http-equiv=content-type content="text/html; charset={declared}">' + REPORT
    assert decode(page.encode(true), "report.html").flags == ()


def test_undecodable_bytes_are_replaced_counted_and_flagged() -> None:
    data = REPORT.encode() * 4 + b"\xff\xfe\xfd" + REPORT.encode()
    decoded = decode(data, "report.txt")
    assert decoded.encoding == "utf-8"
    assert decoded.text.count("\N{REPLACEMENT CHARACTER}") == 3
    assert [flag.code for flag in decoded.flags] == ["BAD_ENCODING"]
    assert decoded.flags[0].message.startswith("3 characters")


def test_a_file_cut_inside_a_character_stays_utf8() -> None:
    decoded = decode(REPORT.encode()[:-2], "report.txt")
    assert decoded.encoding == "utf-8"
    assert [flag.code for flag in decoded.flags] == ["BAD_ENCODING"]


def test_garbage_is_refused_by_name() -> None:
    with pytest.raises(InputRefused, match=r"^report\.txt: .*cannot be decoded") as refusal:
        decode(b"\x80\xff" * 500, "report.txt")
    assert refusal.value.code == "UNREADABLE_ENCODING"


def test_nul_characters_are_removed_and_flagged() -> None:
    decoded = decode("政府\0信息\0公开".encode(), "report.txt")
    assert decoded.text == "政府信息公开"
    assert decoded.flags[0].code == "NUL_BYTES"
    assert decoded.flags[0].message.startswith("2 ")


def test_line_ends_become_newlines() -> None:
    assert decode(b"a\r\nb\rc\n", "report.txt").text == "a\nb\nc\n"
