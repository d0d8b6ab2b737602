"""What the driver is given directly fails as SQLAlchemy's own execution would."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from storage import driver, errors, people
from storage.database import Database
from storage.errors import DatabaseUnavailableError
from storage.people import Person
from storage.transaction import Transaction
from tests.storage.conftest import NOW, opened


def broken(database: Database, sql: str) -> DBAPIError:
    with pytest.raises(DBAPIError) as raised:
        database.read_now(lambda t: driver.execute(t.connection, sql))
    return raised.value


def test_a_wrong_statement_is_named_and_no_outage(database: Database):
    wrong = broken(database, "SELECT nothing FROM nowhere")

    assert "nowhere" in str(wrong)
    assert not errors.is_outage(wrong)
    assert database.read_now(lambda t: people.find(t, 7)) is None


def test_what_breaks_a_rule_does_not_show_its_values(database: Database, ada: Person, bob: Person):
    def be_bob(transaction: Transaction) -> None:
        mark = "%s" if transaction.connection.dialect.name == "postgresql" else "?"
        sql = f"UPDATE person SET chat_id = 42, time_zone = {mark} WHERE chat_id <> 42"
        driver.execute(transaction.connection, sql, ("canary",))

    with pytest.raises(IntegrityError) as raised:
        database.write_now(be_bob)

    assert "canary" not in str(raised.value)


@pytest.mark.postgres
def test_a_lost_connection_is_given_up(postgres_url: str, key_file: Path):
    def lose(transaction: Transaction) -> None:
        suicide = "SELECT pg_terminate_backend(pg_backend_pid())"
        with pytest.raises(OperationalError) as raised:
            driver.execute(transaction.connection, suicide)
        assert raised.value.connection_invalidated
        raise raised.value

    for database in opened(postgres_url, key_file):
        with pytest.raises(DatabaseUnavailableError):
            database.write_now(lose)
        assert database.write_now(lambda t: people.create(t, 7, "en", NOW)).chat_id == 7


def test_whoever_listens_to_sqlalchemys_cursors_hears_of_it(database: Database):
    heard: list[str] = []

    def hear(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        heard.append(statement)

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        database.read_now(lambda t: driver.execute(t.connection, "SELECT 1"))
    finally:
        event.remove(Engine, "before_cursor_execute", hear)

    assert heard[-1] == "SELECT 1"
