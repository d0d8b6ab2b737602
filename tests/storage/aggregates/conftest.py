"""A town for the figures: its rows, and the same rows read one by one."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from math import ceil
from typing import Any

import pytest
from sqlalchemy import URL, Table, select

from coach import samples
from coach.samples import Sample
from storage import windows
from storage.aggregates.scope import Scope
from storage.database import Database
from storage.people import Person
from storage.transaction import Transaction
from tests.storage import postgres, seeding
from tests.storage.conftest import NOW, opened

WINDOW = windows.last(14, NOW)
EVERYBODY = Scope(WINDOW)


@dataclass(frozen=True)
class Town:
    """A database that nobody changes any more, and who lives there."""

    database: Database
    people: list[Person]

    def rows(self, table: Table, moment: str = "at", person: Person | None = None) -> list[Any]:
        """Read the rows of a table that lie in the window, in plain Python."""

        def within(row: Any) -> bool:
            theirs = person is None or row.person_id == person.id
            return theirs and WINDOW.start <= getattr(row, moment) < WINDOW.end

        found = self.database.read_now(lambda tx: tx.run(select(table)).all())
        return [row for row in found if within(row)]

    def ask(self, question: Callable[..., Any], *by: str, scope: Scope = EVERYBODY) -> Any:
        """Have the database add up."""
        return self.database.read_now(lambda tx: question(tx, scope, *by))


def settle(transaction: Transaction) -> list[Person]:
    return seeding.settle(transaction, inhabitants=6, days=28)


@pytest.fixture(scope="session")
def sqlite_town(tmp_path_factory: pytest.TempPathFactory) -> Generator[Town]:
    folder = tmp_path_factory.mktemp("town")
    url = f"sqlite:///{folder}/data/rein.db"
    for database in opened(url, folder / "master.key"):
        yield Town(database, database.write_now(settle))


@pytest.fixture(scope="session")
def postgres_town(
    tmp_path_factory: pytest.TempPathFactory, postgres_server: URL, migrated_postgres: str
) -> Generator[Town]:
    key_file = tmp_path_factory.mktemp("town") / "master.key"
    with postgres.database(postgres_server, migrated_postgres) as url:
        for database in opened(url.render_as_string(hide_password=False), key_file):
            yield Town(database, database.write_now(settle))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def town(request: pytest.FixtureRequest) -> Town:
    return request.getfixturevalue(f"{request.param}_town")


def same(found: Sample, values: list[float]) -> bool:
    """Tell whether a sample is that of these values, but for rounding."""
    told = samples.of(values)
    return (found.n, found.total, found.squares) == pytest.approx(
        (told.n, told.total, told.squares), rel=1e-6
    )


def nearest_rank(values: list[float], percent: int) -> float:
    return sorted(values)[ceil(len(values) * percent / 100) - 1]
