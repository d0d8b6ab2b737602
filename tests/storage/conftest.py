"""What the storage's tests share: databases of both kinds, and somebody to write about."""

from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import URL

from storage import location, opening, people
from storage.database import Database
from storage.people import Person
from tests import migrated
from tests.storage import postgres

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NO_PATIENCE = timedelta(0)
"""For a lock that is held; PostgreSQL lets go of one a moment late, which needs some patience."""


@pytest.fixture(scope="session")
def postgres_server() -> Generator[URL, None, None]:
    with postgres.server() as url:
        if url is None:
            pytest.skip("no PostgreSQL server is installed and TEST_POSTGRES_URL is not set")
        yield url


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: URL) -> Generator[str, None, None]:
    with postgres.database(postgres_server) as url:
        opening.migrate_only(url.render_as_string(hide_password=False), NOW)
        yield str(url.database)


@pytest.fixture
def postgres_url(
    request: pytest.FixtureRequest, postgres_server: URL
) -> Generator[str, None, None]:
    """Lend a database: a migrated one to tests that ask for an open one, else an empty one."""
    template = "template0"
    if "database" in request.fixturenames:
        template = request.getfixturevalue("migrated_postgres")
    with postgres.database(postgres_server, template) as url:
        yield url.render_as_string(hide_password=False)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/data/rein.db"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "master.key"


@pytest.fixture
def database(url: str, key_file: Path) -> Generator[Database, None, None]:
    yield from opened(url, key_file)


@pytest.fixture
def sqlite_database(sqlite_url: str, key_file: Path) -> Generator[Database, None, None]:
    yield from opened(sqlite_url, key_file)


def opened(url: str, key_file: Path) -> Generator[Database, None, None]:
    if path := location.file(location.parse(url)):
        migrated.put(path)
    database = opening.open_for_bot(url, key_file, NOW)
    yield database
    database.close()


@pytest.fixture
def bob(database: Database) -> Person:
    return database.write_now(lambda transaction: people.create(transaction, 42, "de", NOW))


@pytest.fixture
def ada(database: Database) -> Person:
    return database.write_now(
        lambda transaction: people.create(transaction, 7_000_000_001, "en", NOW)
    )
