"""A private PostgreSQL server for the tests that need one.

`TEST_POSTGRES_URL` names a server to use instead; each test gets a database of its own.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from sqlalchemy import URL, make_url

from tests import disks

DRIVER = "postgresql+psycopg"


def binaries() -> Path | None:
    """Find the newest installed server; None if there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@dataclass(frozen=True, slots=True)
class Server:
    """A private server, which can be stopped and started again at the same address."""

    url: URL
    control: Sequence[str]
    options: str
    folder: Path

    def start(self) -> None:
        """Start it, and wait until it serves."""
        _run([*self.control, "-w", "-l", str(self.folder / "log"), "-o", self.options, "start"])

    def stop(self) -> None:
        """Stop it as a crash would."""
        _run([*self.control, "-m", "immediate", "stop"])

    def is_up(self) -> bool:
        """Tell whether it runs, be it that it recovers."""
        asked = [*self.control, "status"]
        return not subprocess.run(asked, stdout=subprocess.DEVNULL, cwd="/").returncode


@contextmanager
def private(*, durable: bool = False, disk_mb: int = 0) -> Generator[Server | None, None, None]:
    """Lend a server of one's own; None where none is installed.

    Its commits only reach the disk if they are to be *durable*. With *disk_mb*, the disk is its
    own, of so many megabytes.
    """
    programs = binaries()
    if programs is None:
        yield None
    else:
        with _private_server(programs, durable=durable, disk_mb=disk_mb) as made:
            yield made


@contextmanager
def server() -> Generator[URL | None, None, None]:
    """Lend a server's URL; None where there is no server to be had."""
    if given := os.environ.get("TEST_POSTGRES_URL"):
        yield make_url(given).set(drivername=DRIVER)
    elif (programs := binaries()) is None:
        yield None
    else:
        with _private_server(programs) as made:
            yield made.url


@contextmanager
def database(
    server_url: URL, template: str = "template0", encoding: str = "UTF8"
) -> Generator[URL, None, None]:
    """Lend a new database of the server, a copy of *template*."""
    name = f"rein_{uuid4().hex}"
    how = "" if encoding == "UTF8" else f"ENCODING '{encoding}' LOCALE 'C'"
    administer(server_url, f"CREATE DATABASE {name} TEMPLATE {template} {how}")
    yield server_url.set(database=name)
    administer(server_url, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _private_server(
    programs: Path, *, durable: bool = False, disk_mb: int = 0
) -> Generator[Server, None, None]:
    folder = Path(tempfile.mkdtemp(prefix="rein-postgres-"))
    try:
        disk = disks.small(folder, disk_mb) if disk_mb else nullcontext()
        with disk, _serving(programs, folder, durable=durable) as made:
            yield made
    finally:
        shutil.rmtree(folder)


@contextmanager
def _serving(programs: Path, folder: Path, *, durable: bool) -> Generator[Server, None, None]:
    as_user = _unprivileged(folder)
    cluster, port = folder / "cluster", _free_port()
    initdb = ["-A", "trust", "-U", "rein", "-E", "UTF8", "--locale", "C.UTF-8", "-N"]
    _run([*as_user, str(programs / "initdb"), "-D", str(cluster), *initdb])
    control = [*as_user, str(programs / "pg_ctl"), "-D", str(cluster)]
    fsync = "on" if durable else "off"
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync={fsync} -k {folder}"
    url = URL.create(DRIVER, username="rein", host="127.0.0.1", port=port, database="postgres")
    made = Server(url, control, options, folder)
    made.start()
    try:
        yield made
    finally:
        if made.is_up():
            made.stop()


def _unprivileged(folder: Path) -> list[str]:
    """The server refuses to run as root, so root lends the folder to somebody else."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres")
    return ["runuser", "-u", "postgres", "--"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


def administer(server_url: URL, statement: str) -> None:
    """Have a statement done outside any transaction."""
    plain = server_url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(statement.encode())
