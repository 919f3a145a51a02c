"""The command line as programs use it: what is on standard output, and the exit status."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from gongkai.graph.version import VERSION
from gongkai.loaders.load import SAMPLES

SUQIAN = SAMPLES / "suqian-2023.html"


def gongkai(*arguments: object, status: int = 0) -> str:
    """Standard output of the command, which must end with `status` and no stack trace."""
    return _run(arguments, status).stdout


def refusal(*arguments: object) -> str:
    """What standard error says of a command that is refused."""
    return _run(arguments, 1).stderr


def _run(arguments: Iterable[object], status: int) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "gongkai.api.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    return done


def answer(*arguments: object, status: int = 0) -> Any:
    return json.loads(gongkai(*arguments, "--json", status=status))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "reports.db"


def test_the_version_is_printed() -> None:
    assert gongkai("--version") == f"gongkai {VERSION}\n"


def test_wrong_usage_has_status_two() -> None:
    assert gongkai("load", status=2) == ""
    assert gongkai("no-such-command", status=2) == ""


def test_the_samples_are_loaded_by_name(store: Path) -> None:
    done = answer("load", "--samples", "--store", store)
    assert len(done["loaded"]) == len(list(SAMPLES.iterdir()))


def test_loading_says_what_was_loaded_and_what_was_refused(tmp_path: Path, store: Path) -> None:
    empty = tmp_path / "empty.html"
    empty.write_bytes(b"")

    done = answer("load", SUQIAN, empty, "--store", store, status=1)

    (loaded,) = done["loaded"]
    assert loaded["path"] == str(SUQIAN)
    assert loaded["title"] == "宿迁市2023年政府信息公开工作年度报告"
    assert loaded["report"].startswith("report:")
    assert loaded["counts"]["observation"] > 200
    assert loaded["warnings"] == []
    (refused,) = done["refused"]
    assert refused["path"] == str(empty)
    assert "empty.html" in refused["message"]
    assert refused["code"]


def test_a_folder_stands_for_its_files(store: Path) -> None:
    done = answer("load", SAMPLES, "--store", store)

    assert [Path(item["path"]).name for item in done["loaded"]] == sorted(
        path.name for path in SAMPLES.iterdir()
    )


def test_an_extract_is_one_object_with_the_fields_of_the_contract() -> None:
    found = answer("extract", SUQIAN)

    assert list(found) == [
        "report",
        "sections",
        "observations",
        "policies",
        "agencies",
        "channels",
        "categories",
        "relations",
        "unplaced",
        "warnings",
    ]
    assert found["report"]["year"] == 2023
    assert found["report"]["template"] == "2021"


def test_what_cannot_be_read_is_an_error_object_and_status_one(tmp_path: Path) -> None:
    picture = tmp_path / "report.html"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))

    found = answer("extract", picture, status=1)

    assert list(found) == ["error"]
    assert set(found["error"]) == {"code", "message"}
    assert "report.html" in found["error"]["message"]


def test_people_see_the_text_and_a_table_of_figures() -> None:
    shown = gongkai("extract", SUQIAN)

    assert "宿迁市人民政府" in shown
    assert "3607" in shown


def test_an_export_is_the_same_bytes_whatever_the_order_of_loading(tmp_path: Path) -> None:
    forth, back = tmp_path / "forth.db", tmp_path / "back.db"
    files = sorted(SAMPLES.iterdir())
    gongkai("load", *files, "--store", forth)
    gongkai("load", *reversed(files), "--store", back)
    gongkai("load", files[0], "--store", back)

    assert gongkai("export", "--store", forth) == gongkai("export", "--store", back)


def test_a_removed_report_is_gone_with_what_only_it_supported(store: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone.db"
    other = SAMPLES / "suqian-2024.html"
    gongkai("load", other, "--store", alone)
    report = answer("load", SUQIAN, other, "--store", store)["loaded"][0]["report"]

    gongkai("remove", report, "--store", store)

    assert gongkai("export", "--store", store) == gongkai("export", "--store", alone)
    assert gongkai("remove", report, "--store", store, status=1) == ""


def test_reports_are_listed(store: Path) -> None:
    gongkai("load", SAMPLES, "--store", store)

    listed = answer("reports", "--store", store)["reports"]

    assert len(listed) == len(list(SAMPLES.iterdir()))
    assert {"id", "title", "agency", "year", "template", "observations"} == set(listed[0])


def test_a_store_that_does_not_exist_is_an_error_that_says_what_to_do(store: Path) -> None:
    assert gongkai("export", "--store", store, status=1) == ""
    assert not store.exists()


def test_the_schema_is_the_one_kept_in_the_repository() -> None:
    kept = Path(__file__).parents[2] / "api" / "schema.graphql"

    assert gongkai("schema") == kept.read_text(encoding="utf-8")
