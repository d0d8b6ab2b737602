"""Tombstones: who was erased, by keyed hashes, in a file apart from the database.

A restored backup knows nothing of erasures that came after it; this file does, and the
next start erases again whoever it names. A hash tells nobody who that was: its key is the
installation's, and what it hashes is a random id. The file only grows, a line a person.
"""

import fcntl
import os
import re
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import URL

from storage import location
from storage.errors import TombstonesError

_LINE = re.compile(rb"^[0-9a-f]{64}$", re.MULTILINE)  # what a dying process left half is no line


def place(url: URL, key_file: Path) -> Path:
    """Say where the file is unless somebody chose: beside the SQLite file, else beside the key."""
    path = location.file(url)
    if path is None:
        return key_file.with_name("rein.erased")
    return path.with_name(path.name + ".erased")


def prepare(path: Path) -> None:
    """Make the file if it is not there, readable for its owner alone; or raise TombstonesError."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600))
    except OSError as error:
        raise TombstonesError(path, error.strerror or "cannot be used") from error


def read(path: Path) -> frozenset[str]:
    """Read the hashes of everybody erased; OSError if that cannot be done."""
    try:
        return frozenset(line.decode() for line in _LINE.findall(path.read_bytes()))
    except FileNotFoundError:
        return frozenset()


def add(path: Path, hashes: Iterable[str]) -> None:
    """Add those that are not there yet, on disk when this returns; OSError if it cannot."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "rb+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        there = file.read()
        new = sorted(set(hashes) - {line.decode() for line in _LINE.findall(there)})
        if new:
            begun = b"" if there.endswith(b"\n") or not there else b"\n"
            file.write(begun + "".join(f"{one}\n" for one in new).encode())
            file.flush()
            os.fsync(file.fileno())
