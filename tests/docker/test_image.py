"""The Dockerfile: what it promises, and that its steps make a working `gongkai` in a clean folder."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docker" / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
INSTRUCTIONS = [line.split(None, 1) for line in TEXT.splitlines() if line and line[0] != "#"]
STAGES = [place for place, (word, _) in enumerate(INSTRUCTIONS) if word == "FROM"]
BUILD, FINAL = INSTRUCTIONS[STAGES[0] : STAGES[1]], INSTRUCTIONS[STAGES[1] :]


def of(stage: list[list[str]], word: str) -> list[str]:
    return [rest for instruction, rest in stage if instruction == word]


def test_the_final_image_is_slim_and_takes_only_what_was_built() -> None:
    assert of(FINAL, "FROM") == ["python:3.11-slim"]
    assert of(FINAL, "COPY") == ["--from=build /opt/gongkai /opt/gongkai"]
    assert not re.search(r"apt|pip|gcc|npm", " ".join(of(FINAL, "RUN")))


def test_it_does_not_run_as_root() -> None:
    assert of(FINAL, "USER") == ["gongkai"]
    words = [word for word, _ in FINAL]
    assert words.index("USER") < words.index("CMD")


def test_its_health_is_that_of_the_store() -> None:
    (check,) = of(FINAL, "HEALTHCHECK")
    assert "/ready" in check


def test_everything_copied_is_there_and_sent_to_the_builder() -> None:
    kept = {
        line[1:]
        for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines()
        if line.startswith("!")
    }
    copied = {name for rest in of(BUILD, "COPY") for name in shlex.split(rest)[:-1]}
    assert copied == kept
    assert all((ROOT / name).exists() for name in copied)


def test_the_steps_of_the_image_make_a_command_that_works(tmp_path: Path) -> None:
    """Without the IDE's files, which need the npm registry and are tried by `make ide`."""
    source, installed = tmp_path / "src", tmp_path / "opt" / "gongkai"
    for rest in of(BUILD, "COPY"):
        *names, target = shlex.split(rest)
        for name in names:
            into = source / (name if target == "./" else target)
            into.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, into, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / name, into)
    steps = [step for step in of(BUILD, "RUN") if "ide/install.py" not in step]
    assert len(steps) == 3
    for step in steps:
        subprocess.run(
            shlex.split(step.replace("/opt/gongkai", str(installed))), cwd=source, check=True
        )
    command = installed / "bin" / "gongkai"
    store = tmp_path / "gongkai.db"
    loaded = subprocess.run(
        [command, "load", "--samples", "--store", store],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "reports loaded" in loaded.stdout
    assert not (installed / "bin" / "pip").exists()
