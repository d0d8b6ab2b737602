from datetime import timedelta

from storage import example_consent, people
from storage.database import Database
from storage.people import Person
from tests.storage.conftest import NOW

LATER = NOW + timedelta(days=1)


def given(database: Database, person: Person) -> bool:
    return database.read_now(lambda tx: example_consent.given(tx, person))


def agreed(database: Database) -> list[Person]:
    return database.read_now(example_consent.people_who_agreed)


def test_nobody_has_agreed_who_was_not_asked(database: Database, ada: Person):
    database.write_now(lambda tx: people.consent(tx, ada, "2", NOW))

    assert not given(database, ada)
    assert agreed(database) == []


def test_the_latest_answer_counts_and_is_nobody_elses(database: Database, ada: Person, bob: Person):
    database.write_now(lambda tx: example_consent.give(tx, ada, NOW))
    assert given(database, ada)
    assert not given(database, bob)
    assert agreed(database) == [ada]

    database.write_now(lambda tx: example_consent.withdraw(tx, ada, LATER))
    assert not given(database, ada)
    assert agreed(database) == []

    database.write_now(lambda tx: example_consent.give(tx, ada, LATER))
    database.write_now(lambda tx: example_consent.give(tx, bob, LATER))
    assert {one.id for one in agreed(database)} == {ada.id, bob.id}
