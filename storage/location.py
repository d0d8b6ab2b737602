"""Where the database is: a SQLite file, or a PostgreSQL server."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from storage.errors import DatabaseUrlError

EXPECTED = "sqlite:///<file> or postgresql+psycopg://<user>@<host>/<database>"
_DRIVERS = ("sqlite", "postgresql+psycopg")


def parse(text: str) -> URL:
    """Read a database URL, or raise DatabaseUrlError."""
    try:
        url = make_url(text)
    except ArgumentError:
        raise DatabaseUrlError(EXPECTED) from None
    if url.drivername not in _DRIVERS or url.database in (None, "", ":memory:"):
        raise DatabaseUrlError(EXPECTED)
    return url


def file(url: URL) -> Path | None:
    """Name the SQLite file; None for PostgreSQL."""
    return Path(url.database or "") if url.drivername == "sqlite" else None


def shown(url: URL) -> str:
    """Name the database for people, without its password."""
    return str(file(url) or url.render_as_string(hide_password=True))
