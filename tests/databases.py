"""New databases for tests that hold on SQLite and on PostgreSQL."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import NullPool, create_engine

from tests.storage import postgres

SQLITE, POSTGRES = "sqlite", "postgres"
on_either = pytest.mark.parametrize(
    "database_url",
    [SQLITE, pytest.param(POSTGRES, marks=[pytest.mark.postgres, pytest.mark.long])],
    indirect=True,
)
"""On SQLite, and in the long tier on PostgreSQL."""


@contextmanager
def lent(kind: str, folder: Path) -> Generator[str]:
    """Lend the URL of a new one: a file in *folder*, or a database of a server."""
    if kind == SQLITE:
        yield f"sqlite:///{folder / 'rein.db'}"
        return
    with postgres.server() as server:
        if server is None:
            pytest.skip("no PostgreSQL server is installed and TEST_POSTGRES_URL is not set")
        with postgres.database(server) as made:
            yield made.render_as_string(hide_password=False)


def kind(url: str) -> str:
    """Tell of which kind a database is."""
    return SQLITE if url.startswith(SQLITE) else POSTGRES


def asked(url: str, question: str) -> list[tuple[Any, ...]]:
    """Ask one something."""
    with create_engine(url, poolclass=NullPool).connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(question)]
