"""Bad files on the command line: each refused or flagged by name, and the rest of the batch loaded."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gongkai.loaders.load import SAMPLES

PAGE = (SAMPLES / "suqian-2023.html").read_text(encoding="utf-8")
TEXT = (SAMPLES / "chongqing-2016.md").read_text(encoding="utf-8")
GOOD = SAMPLES / "huaian-district-2022.md"

REFUSED: list[tuple[str, Callable[[], bytes], str]] = [
    ("empty.html", lambda: b"", "empty"),
    ("blank.txt", lambda: b" \n\t\n\xe3\x80\x80", "blank"),
    ("picture.html", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "PNG"),
    ("archive.md", lambda: b"PK\x03\x04" + bytes(range(256)), "ZIP"),
    ("huge.html", lambda: PAGE.encode() + b" " * (100 * 1024 * 1024), "100 MB"),
    ("collection.html", lambda: PAGE.encode() + b"<p>" * 4_000_000, "10,000,000"),
    ("noise.txt", lambda: b"\x80\xff" * 500, "decoded"),
    ("far-future.md", lambda: TEXT.replace("2016", "3016").encode(), "3016"),
    ("too-early.md", lambda: TEXT.replace("2016", "1999").encode(), "1999"),
    ("no-year.md", lambda: re.sub(r"20\d\d", "", TEXT).encode(), "which year"),
    ("minutes.md", lambda: b"# Minutes\n\nWe met 12 times.\n" * 40, "no annual report"),
]

FLAGGED: list[tuple[str, Callable[[], bytes], str]] = [
    ("truncated.html", lambda: PAGE[: len(PAGE) // 2].encode(), "TRUNCATED_MARKUP"),
    ("mis-declared.html", lambda: PAGE.encode("gb18030"), "WRONG_ENCODING"),
    ("patched.md", lambda: TEXT.encode().replace("概述".encode(), b"\xff\xfe"), "BAD_ENCODING"),
    ("nul.md", lambda: TEXT.replace("公开", "公\0开", 5).encode(), "NUL_BYTES"),
    ("wide.html", lambda: PAGE.replace("<td", '<td colspan="99999"').encode(), "IMPOSSIBLE_SPAN"),
]


def load(*paths: Path, store: Path) -> tuple[int, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "gongkai.api.cli", "load", *paths, "--store", store, "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, json.loads(done.stdout)


def test_each_bad_file_of_a_batch_is_refused_by_name_and_the_rest_is_loaded(tmp_path: Path) -> None:
    for name, content, _ in REFUSED:
        (tmp_path / name).write_bytes(content())
    bad = [tmp_path / name for name, _, _ in REFUSED]

    status, done = load(*bad[:3], GOOD, *bad[3:], tmp_path / "absent.md", store=tmp_path / "s.db")

    assert status == 1
    assert [item["path"] for item in done["loaded"]] == [str(GOOD)]
    refused = {Path(item["path"]).name: item for item in done["refused"]}
    assert list(refused) == [*(name for name, _, _ in REFUSED), "absent.md"]
    for name, _, said in REFUSED:
        assert refused[name]["message"].startswith(f"{name}: ")
        assert said in refused[name]["message"]
    assert len({item["code"] for item in refused.values()}) >= 8


@pytest.mark.parametrize(("name", "content", "code"), FLAGGED)
def test_a_damaged_report_is_loaded_with_a_warning_that_says_what(
    tmp_path: Path, name: str, content: Callable[[], bytes], code: str
) -> None:
    (tmp_path / name).write_bytes(content())

    status, done = load(tmp_path / name, store=tmp_path / "s.db")

    assert status == 0
    [loaded] = done["loaded"]
    assert code in {warning["code"] for warning in loaded["warnings"]}


def test_five_hundred_nested_tables_are_survived(tmp_path: Path) -> None:
    page = tmp_path / "nested.html"
    page.write_text("<table><tr><td>" * 500 + PAGE + "</td></tr></table>" * 500, encoding="utf-8")

    status, done = load(page, store=tmp_path / "s.db")

    assert status == 0
    assert done["loaded"][0]["counts"]["observation"] > 100
