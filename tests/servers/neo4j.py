"""A real Neo4j for the tests: the one that `NEO4J_URI` names, or one of our own.

Our own is Neo4j Community, put together by Maven from `pom.xml` once (in a cache folder outside the
checkout), started on free ports with a password of its own, and gone at the end.
"""

import fcntl
import hashlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from neo4j import GraphDatabase

POM = Path(__file__).with_name("pom.xml")

_START_SECONDS = 120
_SETTINGS = """server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{bolt}
server.bolt.advertised_address=127.0.0.1:{bolt}
server.http.listen_address=127.0.0.1:{http}
server.http.advertised_address=127.0.0.1:{http}
server.https.enabled=false
server.memory.heap.initial_size=512m
server.memory.heap.max_size=1g
server.memory.pagecache.size=256m
dbms.usage_report.enabled=false
"""
# What Neo4j's own start script opens to it.
_JAVA = [
    "java",
    "-Xms512m",
    "-Xmx1g",
    *(
        f"--add-opens=java.base/{package}=ALL-UNNAMED"
        for package in ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
    ),
]


class ServerMissing(Exception):
    """There is no server and none can be made here."""


@dataclass(frozen=True, slots=True)
class Server:
    """`home`: the folder of a server of our own. `http`: where it says so, and the Browser is."""

    address: str
    username: str
    password: str
    http: str | None = None
    home: Path | None = None

    def run(self, text: str, **parameters: Any) -> list[Any]:
        """The rows of a statement, outside of every store."""
        auth = (self.username, self.password)
        with GraphDatabase.driver(self.address, auth=auth) as driver:
            return driver.execute_query(text, parameters).records

    def clear(self) -> None:
        """Takes out every node, constraint and index."""
        self.run("MATCH (n) DETACH DELETE n")
        for row in self.run("SHOW CONSTRAINTS YIELD name"):
            self.run(f"DROP CONSTRAINT `{row['name']}`")
        for row in self.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'"):
            self.run(f"DROP INDEX `{row['name']}`")

    @property
    def environment(self) -> dict[str, str]:
        return {"NEO4J_USERNAME": self.username, "NEO4J_PASSWORD": self.password}


@contextmanager
def neo4j_server(folder: Path, settings: str = "") -> Iterator[Server]:
    """`folder`: where a server of our own keeps its data. `settings`: more lines of its
    configuration. Raises `ServerMissing`."""
    address = os.environ.get("NEO4J_URI")
    if address and not settings:
        username = os.environ.get("NEO4J_USERNAME", "neo4j")
        yield Server(address, username, os.environ.get("NEO4J_PASSWORD", ""))
        return
    with started(folder, settings) as server:
        yield server


@contextmanager
def started(folder: Path, settings: str = "") -> Iterator[Server]:
    """A server of our own, stopped at the end."""
    jars = _jars()
    bolt, http = _free_ports(2)
    for name in ("conf", "data", "logs", "import", "plugins", "run", "lib", "licenses"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "conf" / "neo4j.conf").write_text(
        _SETTINGS.format(bolt=bolt, http=http) + settings, encoding="utf-8"
    )
    password = secrets.token_urlsafe(16)
    _set_password(folder, jars, password)
    with running(folder, http):
        yield Server(
            f"bolt://127.0.0.1:{bolt}", "neo4j", password, f"http://127.0.0.1:{http}", folder
        )


@contextmanager
def running(folder: Path, http: int) -> Iterator[None]:
    """The server of a folder that `started` has made."""
    command = [*_JAVA, "-cp", f"{_jars()}/*", "org.neo4j.server.CommunityEntryPoint"]
    with (folder / "logs" / "console.log").open("ab") as log:
        process = subprocess.Popen(
            [*command, f"--home-dir={folder}", f"--config-dir={folder / 'conf'}"],
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
    try:
        _wait(process, http, folder)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _jars() -> Path:
    """The folder of Neo4j's jars, filled by the first who needs it."""
    missing = [name for name in ("java", "mvn") if shutil.which(name) is None]
    version = hashlib.sha256(POM.read_bytes()).hexdigest()[:12]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gongkai"
    jars = cache / f"neo4j-{version}"
    if "java" in missing or (missing and not jars.is_dir()):
        raise ServerMissing(
            f"no Neo4j: NEO4J_URI is not set, and {' and '.join(missing)} cannot be found. "
            "Install Java 17 or newer and Maven, or name a server in NEO4J_URI."
        )
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not jars.is_dir():
            _fetch(jars)
    return jars


def _fetch(jars: Path) -> None:
    made = jars.with_suffix(".part")
    shutil.rmtree(made, ignore_errors=True)
    fetched = subprocess.run(
        [
            *("mvn", "--batch-mode", "--quiet", "--file", str(POM)),
            "dependency:copy-dependencies",
            f"-DoutputDirectory={made}",
            "-DincludeScope=runtime",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if fetched.returncode:
        raise ServerMissing(f"no Neo4j: Maven could not fetch it.\n{fetched.stdout[-2000:]}")
    made.rename(jars)


def _set_password(folder: Path, jars: Path, password: str) -> None:
    subprocess.run(
        [
            *("java", "-cp", f"{jars}/*", f"-Dbasedir={folder}"),
            "org.neo4j.server.startup.Neo4jAdminCommand",
            *("dbms", "set-initial-password", password),
        ],
        env={**os.environ, "NEO4J_HOME": str(folder), "NEO4J_CONF": str(folder / "conf")},
        check=True,
        capture_output=True,
    )


def _wait(process: "subprocess.Popen[bytes]", http: int, folder: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{http}/", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    log = (folder / "logs" / "console.log").read_text(errors="replace")
    raise RuntimeError(f"Neo4j did not start:\n{log[-3000:]}")


def _free_ports(count: int) -> list[int]:
    """Ports that nothing listens on; all are held until all are known."""
    held = [socket.socket() for _ in range(count)]
    try:
        for one in held:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in held]
    finally:
        for one in held:
            one.close()
