"""What a wheel must hold is said in pyproject.toml; nothing may be forgotten there."""

import tomllib
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[1]
SETUPTOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "setuptools"
]
TOPS = ("api", "graph", "loaders")
MADE_HERE = {"__pycache__", "node_modules", "vendor"}


def test_every_folder_of_code_is_a_package_of_the_wheel() -> None:
    folders = {path.parent for top in TOPS for path in (ROOT / top).rglob("__init__.py")}

    packages = {"gongkai." + ".".join(folder.relative_to(ROOT).parts) for folder in folders}

    assert packages == set(SETUPTOOLS["packages"])


def test_every_data_file_goes_into_the_wheel() -> None:
    patterns = {
        f"{package.removeprefix('gongkai.').replace('.', '/')}/{pattern}"
        for package, several in SETUPTOOLS["package-data"].items()
        for pattern in several
    }
    files = [path for top in TOPS for path in (ROOT / top).rglob("*") if path.is_file()]
    kept = [
        str(path.relative_to(ROOT))
        for path in files
        if path.suffix not in {".py", ".pyc"} and not MADE_HERE & set(path.parts)
    ]

    assert [path for path in kept if not any(fnmatch(path, item) for item in patterns)] == []
