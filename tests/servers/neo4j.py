"""A real Neo4j for the tests: the one that `NEO4J_URI` names, or one of our own.

Our own is Neo4j Community, put together by Maven from `pom.xml` once (in a cache folder outside the
checkout), started on free ports with a password of its own, and gone at the end.
"""

import fcntl
import hashlib
import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
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
dbms.cypher.min_replan_interval=1h
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


@dataclass(slots=True)
class Server:
    """`home`: the folder of a server of our own. `http`: where it says so, and the Browser is."""

    address: str
    username: str
    password: str
    http: str | None = None
    home: Path | None = None
    process: "subprocess.Popen[bytes] | None" = None

    def run(self, text: str, **parameters: Any) -> list[Any]:
        """The rows of a statement, outside of every store."""
        auth = (self.username, self.password)
        with GraphDatabase.driver(self.address, auth=auth) as driver:
            return driver.execute_query(text, parameters).records

    def empty(self) -> None:
        """Takes out every node."""
        self.run("MATCH (n) DETACH DELETE n")

    def clear(self) -> None:
        """Takes out every node, constraint and index."""
        self.empty()
        for row in self.run("SHOW CONSTRAINTS YIELD name"):
            self.run(f"DROP CONSTRAINT `{row['name']}`")
        for row in self.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'"):
            self.run(f"DROP INDEX `{row['name']}`")

    def start(self) -> None:
        """Starts a server of our own and waits until it answers."""
        assert self.home is not None
        command = [*_JAVA, "-cp", f"{_jars()}/*", "org.neo4j.server.CommunityEntryPoint"]
        with (self.home / "logs" / "console.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*command, f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}"],
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
            )
        self._wait()

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def _wait(self) -> None:
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until and self.process and self.process.poll() is None:
            try:
                with urlopen(f"{self.http}/", timeout=5):
                    return
            except OSError:
                time.sleep(0.2)
        assert self.home is not None
        log = (self.home / "logs" / "console.log").read_text(errors="replace")
        raise RuntimeError(f"Neo4j did not start:\n{log[-3000:]}")

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
    bolt, http = free_ports(2)
    for name in ("conf", "data", "logs", "import", "plugins", "run", "lib", "licenses"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "conf" / "neo4j.conf").write_text(
        _SETTINGS.format(bolt=bolt, http=http) + settings, encoding="utf-8"
    )
    password = secrets.token_hex(16)
    _set_password(folder, jars, password)
    address, page = f"bolt://127.0.0.1:{bolt}", f"http://127.0.0.1:{http}"
    server = Server(address, "neo4j", password, page, folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()


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


def free_ports(count: int) -> list[int]:
    """Ports that nothing listens on; all are held until all are known."""
    held = [socket.socket() for _ in range(count)]
    try:
        for one in held:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in held]
    finally:
        for one in held:
            one.close()
