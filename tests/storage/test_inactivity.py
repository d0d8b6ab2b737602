from datetime import timedelta

from storage import inactivity
from storage.database import Database
from storage.people import Person
from tests.storage.conftest import NOW

YEAR, MONTH = timedelta(days=365), timedelta(days=30)


def silent(database: Database, since: timedelta) -> list[str]:
    found = database.read_now(lambda tx: inactivity.silent(tx, NOW + since, 10))
    return [person.public_id for person in found]


def to_erase(database: Database, by: timedelta) -> list[str]:
    found = database.read_now(lambda tx: inactivity.to_erase(tx, NOW + by, 10))
    return [person.public_id for person in found]


def test_those_who_were_not_heard_are_found(database: Database, ada: Person, bob: Person):
    database.write_now(lambda tx: inactivity.heard(tx, bob, NOW + MONTH))

    assert silent(database, timedelta(0)) == [ada.public_id]
    assert silent(database, -timedelta(seconds=1)) == []


def test_a_warning_is_given_once_and_then_counts(database: Database, ada: Person):
    database.write_now(lambda tx: inactivity.warned(tx, ada, NOW + YEAR))

    assert silent(database, YEAR) == []
    assert to_erase(database, YEAR) == [ada.public_id]
    assert to_erase(database, MONTH) == []


def test_a_word_of_theirs_voids_the_warning(database: Database, ada: Person):
    database.write_now(lambda tx: inactivity.warned(tx, ada, NOW + YEAR))
    database.write_now(lambda tx: inactivity.heard(tx, ada, NOW + YEAR + MONTH))

    assert to_erase(database, 2 * YEAR) == []
    assert silent(database, YEAR) == []
