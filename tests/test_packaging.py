"""What a wheel must hold is said in pyproject.toml; nothing may be forgotten there."""

import tomllib
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[1]
SETUPTOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "setuptools"
]
ITSELF = "gongkai"  # its folder, `api/gongkai`, lies inside another's
FOLDERS: dict[str, str] = {
    package: folder for package, folder in SETUPTOOLS["package-dir"].items() if package != ITSELF
}
MADE_HERE = {"__pycache__", "node_modules", "vendor"}


def test_every_folder_of_code_is_a_package_of_the_wheel() -> None:
    packages = {
        ".".join([package, *path.parent.relative_to(ROOT / folder).parts])
        for package, folder in FOLDERS.items()
        for path in (ROOT / folder).rglob("__init__.py")
    }

    assert {*packages, ITSELF} - {"gongkai.api.gongkai"} == set(SETUPTOOLS["packages"])
    assert (ROOT / SETUPTOOLS["package-dir"][ITSELF] / "__init__.py").is_file()


def test_every_data_file_goes_into_the_wheel() -> None:
    patterns = {
        f"{_folder(package)}/{pattern}"
        for package, several in SETUPTOOLS["package-data"].items()
        for pattern in several
    }
    files = [
        path for folder in FOLDERS.values() for path in (ROOT / folder).rglob("*") if path.is_file()
    ]
    kept = [
        str(path.relative_to(ROOT))
        for path in files
        if path.suffix not in {".py", ".pyc"} and not MADE_HERE & set(path.parts)
    ]

    assert [path for path in kept if not any(fnmatch(path, item) for item in patterns)] == []


def _folder(package: str) -> str:
    """Where the files of a package are in the checkout."""
    top = next(name for name in FOLDERS if f"{package}.".startswith(f"{name}."))
    return FOLDERS[top] + package.removeprefix(top).replace(".", "/")
