from datetime import timedelta

import pytest

from storage import goals, holds, low_stars, messages, ratings
from storage.database import Database
from storage.low_stars import LowStars
from storage.messages import Direction, Message
from storage.origin import Origin
from storage.people import Person
from storage.subjects import Subject, SubjectKind
from storage.transaction import Transaction
from tests.storage import examples
from tests.storage.conftest import NOW

REPLY = Subject(SubjectKind.REPLY, "out:1")


def low(database: Database, person: Person) -> list[LowStars]:
    return database.read_now(lambda tx: low_stars.of(tx, person))


def rate(database: Database, person: Person, subject: Subject, stars: int) -> None:
    database.write_now(lambda tx: ratings.rate(tx, person, subject, stars, NOW))


def answered(transaction: Transaction, person: Person) -> None:
    """Keep a message of theirs and our reply to it."""
    turn = Origin("turn-1", NOW)
    heard = Message("in:1", Direction.IN, "so tired today")
    messages.keep(transaction, person, heard, turn)
    messages.keep(transaction, person, Message("out:1", Direction.OUT, "Rest.", about=REPLY), turn)


@pytest.fixture
def resolution(database: Database, ada: Person) -> Subject:
    return examples.resolution(database.write_now(lambda tx: examples.keep_goal(tx, ada)))


@pytest.mark.parametrize(("stars", "is_low"), [(1, True), (3, True), (4, False), (5, False)])
def test_three_stars_and_fewer_are_low(
    database: Database, ada: Person, resolution: Subject, stars: int, is_low: bool
):
    rate(database, ada, resolution, stars)

    assert bool(low(database, ada)) is is_low


def test_a_resolution_gives_the_goal_as_it_was_typed_and_why(
    database: Database, ada: Person, resolution: Subject
):
    rate(database, ada, resolution, 2)
    database.write_now(lambda tx: ratings.explain(tx, ada, resolution, "ge", NOW))

    goal = examples.UNDERSTANDING
    told = LowStars(SubjectKind.RESOLUTION, goal.text, goal.language, NOW, 2, "ge")
    assert low(database, ada) == [told]


def test_a_reply_gives_the_message_that_it_answered(database: Database, ada: Person):
    database.write_now(lambda tx: answered(tx, ada))
    rate(database, ada, REPLY, 1)

    assert low(database, ada) == [LowStars(SubjectKind.REPLY, "so tired today", "en", NOW, 1, None)]


def test_what_is_kept_no_longer_is_not_listed(database: Database, ada: Person, resolution: Subject):
    database.write_now(lambda tx: answered(tx, ada))
    rate(database, ada, REPLY, 1)
    rate(database, ada, resolution, 1)
    database.write_now(lambda tx: messages.purge(tx, NOW + timedelta(days=1)))
    database.write_now(lambda tx: goals.drop(tx, ada, int(resolution.id)))

    assert low(database, ada) == []


def test_nothing_from_within_a_day_of_a_hold_is_listed(
    database: Database, ada: Person, resolution: Subject
):
    rate(database, ada, resolution, 1)
    database.write_now(lambda tx: holds.begin(tx, ada, "self_harm", NOW - timedelta(hours=23)))

    assert low(database, ada) == []


def test_another_aspect_and_a_plan_are_no_low_stars(
    database: Database, ada: Person, resolution: Subject
):
    plan = examples.plan(int(resolution.id))
    rate(database, ada, plan, 1)
    database.write_now(lambda tx: ratings.rate(tx, ada, resolution, 1, NOW, "clarity"))

    assert low(database, ada) == []


def test_the_others_are_only_counted(
    database: Database, ada: Person, bob: Person, resolution: Subject
):
    rate(database, ada, resolution, 1)
    database.write_now(lambda tx: answered(tx, bob))
    rate(database, bob, REPLY, 5)

    def others(*agreed: Person) -> int:
        return database.read_now(lambda tx: low_stars.count_of_others(tx, agreed))

    assert others() == others(bob) == 1
    assert others(ada) == 0
