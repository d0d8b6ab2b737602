"""A new database of this version's schema, made once a process: migrating takes a while."""

import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from storage import opening


@cache
def empty() -> bytes:
    """Migrate a new SQLite database and return its file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "rein.db")
        opening.migrate_only(f"sqlite:///{path}", datetime(2026, 1, 1, tzinfo=UTC))
        return path.read_bytes()


def put(path: Path) -> None:
    """Put an empty database there, unless one is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_bytes(empty())
