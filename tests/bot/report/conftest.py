"""A database of a small town on SQLite, and its summary."""

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.report import summary
from bot.report.summary import Summary
from bot.settings import Settings
from storage import opening, windows
from storage.aggregates.scope import Scope
from storage.database import Database
from storage.people import Person
from tests.bot.test_doctor import chosen
from tests.storage import seeding
from tests.storage.conftest import NOW

MONTH = windows.last(30, NOW)


@dataclass(frozen=True)
class Town:
    """Who lives there, and what the report reads of it."""

    settings: Settings
    database: Database
    people: list[Person]

    def summary(self, person: Person | None = None) -> Summary:
        return self.database.read_now(lambda tx: summary.take(tx, Scope(MONTH, person)))


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Generator[Town]:
    yield from _town(tmp_path_factory.mktemp("town"), inhabitants=6)


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Generator[Town]:
    yield from _town(tmp_path_factory.mktemp("empty"), inhabitants=0)


def _town(folder: Path, inhabitants: int) -> Generator[Town]:
    settings = chosen(folder)
    url = settings.database_url.get_secret_value()
    database = opening.open_for_bot(url, settings.key_file, NOW)
    yield Town(settings, database, database.write_now(lambda tx: seeding.settle(tx, inhabitants)))
    database.close()
