"""Migrations: bring a database to the schema that this version of Rein knows.

Alembic is imported only when there is a step to take. On SQLite a copy of the database
is kept beside it before the first step on existing rows.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from storage import backup, engines, errors, location
from storage.errors import SchemaNewerError

if TYPE_CHECKING:
    from alembic.config import Config

_MOMENT = "%Y%m%dT%H%M%SZ"
_HISTORY = Path(__file__).parent / "migrations"


def head() -> str:
    """Name the newest revision that this code knows."""
    return max(step.name[:4] for step in _HISTORY.glob("versions/[0-9]*.py"))


def current(connection: Connection) -> str | None:
    """Name the revision of a database; None before its first step."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(text("SELECT version_num FROM alembic_version"))


def found(url: URL) -> str | None:
    """Name the revision of the database at *url*, or raise DatabaseUnavailableError."""
    engine = engines.reading(url)
    try:
        with engine.connect() as connection:
            return current(connection)
    except DBAPIError as error:
        raise errors.translated(error) from error
    finally:
        engine.dispose()


def upgrade(url: URL, now: datetime) -> None:
    """Take the steps that are missing, each in one transaction, after a backup."""
    engine = engines.writing(url)
    try:
        with engine.connect() as connection:
            found = current(connection)
            if found == head():
                return
            if found is not None and found > head():
                raise SchemaNewerError(found, head())
        if found is not None and (path := location.file(url)):
            copy = _copy_before(path, found, now)
            for cut_short in path.parent.glob(f"{path.name}.*.backup.part"):
                cut_short.unlink()
            if not copy.exists():  # else a start that was killed within this second made it
                backup.save(url, copy)
        with engine.connect() as connection:
            step_to(connection, head())
    finally:
        engine.dispose()


def step_to(connection: Connection, revision: str) -> None:
    """Go up or down to a revision ("base" is none at all)."""
    from alembic import command

    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET statement_timeout = 0")  # a step may take its time
        connection.commit()
    known = current(connection)
    connection.rollback()
    down = revision == "base" or (known is not None and revision < known)
    (command.downgrade if down else command.upgrade)(config(connection), revision)


def config(connection: Connection) -> "Config":
    """Say where the history is, and which connection to use."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_HISTORY))
    config.attributes["connection"] = connection
    return config


def copies(url: URL) -> list[Path]:
    """List the copies that were made ahead of a step."""
    path = location.file(url)
    return sorted(path.parent.glob(f"{path.name}.*-*.backup")) if path else []


def forget_copies(url: URL, before: datetime) -> None:
    """Delete the copies that were made ahead of a step before then: people may be erased since."""
    oldest = before.astimezone(UTC).strftime(_MOMENT)
    for copy in copies(url):
        if copy.name.rpartition("-")[2] < oldest:
            copy.unlink()


def _copy_before(path: Path, found: str, now: datetime) -> Path:
    moment = now.astimezone(UTC).strftime(_MOMENT)
    return path.with_name(f"{path.name}.{found}-{moment}.backup")
