"""Word documents, read as the HTML that they become."""

import io
import zipfile

import pytest

from gongkai.graph.errors import InputRefused
from gongkai.loaders.read import read_document
from tests.loaders.forms.official_forms import C
from tests.loaders.read import papers


def archive(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(f"word/{name}.xml", content)
    return file.getvalue()


def test_paragraphs_and_merged_cells_are_read() -> None:
    grid = [
        [C("指标", rowspan=2), C("数量", 2)],
        [C("本年"), C("上年")],
        [C("信息"), C("3"), C("")],
    ]
    document = read_document(papers.word(["一、概述", grid, "完。"]), "report.docx")
    assert document.format == "docx"
    assert document.text == "一、概述\n指标\t数量\n本年\t上年\n信息\t3\t\n完。"
    (table,) = document.tables
    assert [cell.rowspan for cell in table.cells[:2]] == [2, 1]
    assert [cell.colspan for cell in table.cells[:2]] == [1, 2]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (papers.word(["一、概述"])[:2000], "DAMAGED_FILE"),
        (archive(document=b"<not closed"), "DAMAGED_FILE"),
        (archive(styles=b"<a/>"), "DAMAGED_FILE"),
        (archive(document=b"<a>" + b" " * 60_000_000 + b"</a>"), "TOO_LARGE"),
    ],
    ids=["cut off", "no XML", "no main part", "absurdly large"],
)
def test_a_damaged_or_absurd_document_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        read_document(data, "report.docx")
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("content", "code", "advice"),
    [
        (b"WordDocument", "FORMAT_NOT_READ", "save it as DOCX"),
        ("EncryptedPackage".encode("utf-16-le"), "ENCRYPTED", "without a password"),
    ],
)
def test_an_old_or_encrypted_document_is_refused_with_advice(
    content: bytes, code: str, advice: str
) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + content
    with pytest.raises(InputRefused, match=advice) as refusal:
        read_document(data, "report.doc")
    assert refusal.value.code == code
