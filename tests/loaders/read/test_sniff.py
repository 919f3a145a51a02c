"""What is no report's text is refused, whatever it is called."""

import io
import os
import zipfile

import pytest

from gongkai.graph.errors import InputRefused
from gongkai.loaders.read import read_document
from gongkai.loaders.read.sniff import format_of
from gongkai.loaders.refusals import MAX_BYTES


def archive(member: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr(member, "content")
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["report.html", "report.md", "report.txt", "report"])
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "EMPTY_FILE"),
        (b" \r\n\t\xef\xbb\xbf", "EMPTY_FILE"),
        (b"<html><body><div></div></body></html>", "EMPTY_FILE"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "BINARY_CONTENT"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "BINARY_CONTENT"),
        (b"GIF89a\1\0", "BINARY_CONTENT"),
        (b"\x7fELF\2\1\1\0", "BINARY_CONTENT"),
        (archive("a.txt"), "BINARY_CONTENT"),
        (b"\1\2\3\4\5\6\7\x08" * 40, "BINARY_CONTENT"),
        (archive("word/document.xml"), "DAMAGED_FILE"),
        (b"%PDF-1.4\n", "DAMAGED_FILE"),
        (b"{\\rtf1 ", "FORMAT_NOT_READ"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "FORMAT_NOT_READ"),
        (b"From: x\r\nContent-Type: multipart/related; boundary=a\r\n", "FORMAT_NOT_READ"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, code: str, name: str) -> None:
    if code == "EMPTY_FILE" and data.startswith(b"<") and name == "report.txt":
        name = "report.html"
    with pytest.raises(InputRefused, match=f"^{name}: ") as refusal:
        read_document(data, name)
    assert refusal.value.code == code


def test_random_bytes_are_refused() -> None:
    with pytest.raises(InputRefused):
        read_document(os.urandom(50_000), "report.html")


def test_too_large_a_file_is_refused_unread() -> None:
    with pytest.raises(InputRefused, match="MB are allowed") as refusal:
        read_document(bytes(MAX_BYTES + 1), "report.html")
    assert refusal.value.code == "TOO_LARGE"


def test_too_long_a_text_is_refused() -> None:
    with pytest.raises(InputRefused) as refusal:
        read_document("公开信息。".encode() * 200_000, "report.txt")
    assert refusal.value.code == "TOO_LARGE"


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("<!DOCTYPE html><p>甲", "report.txt", "html"),
        ("<p>甲</p><p>乙</p><p>丙</p>", "report", "html"),
        ("<p>甲", "report.htm", "html"),
        ("甲乙", "report.html", "text"),
        ("甲乙", "report.md", "markdown"),
        ("甲\n<table><tr><td>1</td></tr></table>", "report.md", "markdown"),
        ("# 甲\n乙", "report.txt", "markdown"),
        ("|甲|\n|---|\n|1|", "report", "markdown"),
        ("一、甲\n乙<丙", "report.txt", "text"),
    ],
)
def test_the_format_is_known_by_content_and_name(text: str, name: str, expected: str) -> None:
    assert format_of(text, name) == expected
