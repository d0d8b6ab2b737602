"""New databases for tests that hold on SQLite and on PostgreSQL."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, NullPool, create_engine

from tests.storage import postgres
from tests.tiers import FULL

SQLITE, POSTGRES = "sqlite", "postgres"
in_full = pytest.mark.skipif(not FULL, reason="takes minutes: in the full form alone")


def _on_either(*more: pytest.MarkDecorator) -> pytest.MarkDecorator:
    marks = [pytest.mark.postgres, pytest.mark.long, *more]
    databases = [SQLITE, pytest.param(POSTGRES, marks=marks)]
    return pytest.mark.parametrize("database_url", databases, indirect=True)


on_either = _on_either()
"""On SQLite, and in the long tier on PostgreSQL."""

on_either_in_full = _on_either(in_full)
"""On SQLite, and in the full form of the long tier on PostgreSQL."""


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


@contextmanager
def connected(url: str) -> Generator[Connection]:
    """Lend a connection of one's own to one, whether or not a bot lives."""
    with create_engine(url, poolclass=NullPool).connect() as connection:
        yield connection


def asked(url: str, question: str) -> list[tuple[Any, ...]]:
    """Ask one something."""
    with connected(url) as connection:
        return [tuple(row) for row in connection.exec_driver_sql(question)]
