from dataclasses import replace
from datetime import timedelta

import pytest

from coach.values import Quantity
from coach.weeks import DayState
from storage import answers, facts
from storage.answers import Answer, NotAnAnswerError
from storage.database import Database
from storage.origin import Origin
from storage.people import Person
from tests.storage import examples
from tests.storage.conftest import NOW

TODAY = NOW.date()
LATER = Origin("0193580a-0000-7000-8000-000000000002", NOW + timedelta(minutes=5))


@pytest.fixture
def goal_id(database: Database, ada: Person) -> int:
    return database.write_now(lambda transaction: examples.keep_goal(transaction, ada))


def keep(database: Database, person: Person, answer: Answer) -> int:
    return database.write_now(lambda tx: answers.keep(tx, person, answer, examples.TURN))


def found(database: Database, person: Person, goal_id: int) -> list[Answer]:
    return database.read_now(lambda tx: answers.of_goal(tx, person, goal_id))


def test_an_answer_comes_back_as_it_was_told(database: Database, ada: Person, goal_id: int):
    told = Answer(goal_id, TODAY, 0, DayState.PARTLY, "ti", "long day", Quantity(10, "min"))

    keep(database, ada, told)

    assert found(database, ada, goal_id) == [told]


def test_a_second_answer_corrects_the_first(database: Database, ada: Person, goal_id: int):
    missed = Answer(goal_id, TODAY, 0, DayState.MISSED, "tm", "no time")
    keep(database, ada, missed)

    version = keep(database, ada, Answer(goal_id, TODAY, 0, DayState.DONE))

    assert version == 2
    assert found(database, ada, goal_id) == [Answer(goal_id, TODAY, 0, DayState.DONE, version=2)]


def test_each_session_of_a_day_has_an_answer_of_its_own(
    database: Database, ada: Person, goal_id: int
):
    keep(database, ada, Answer(goal_id, TODAY, 1, DayState.SMALL))
    keep(database, ada, Answer(goal_id, TODAY, 0, DayState.DONE))
    keep(database, ada, Answer(goal_id, TODAY - timedelta(days=1), 0, DayState.SKIPPED))

    states = [answer.state for answer in found(database, ada, goal_id)]
    assert states == [DayState.SKIPPED, DayState.DONE, DayState.SMALL]


def test_an_answer_can_be_taken_back(database: Database, ada: Person, goal_id: int):
    keep(database, ada, Answer(goal_id, TODAY, 0, DayState.DONE))

    database.write_now(lambda tx: answers.withdraw(tx, ada, goal_id, TODAY, 0))

    assert found(database, ada, goal_id) == []


@pytest.mark.parametrize("state", answers.DERIVED)
def test_what_follows_from_the_plan_is_never_stored(
    database: Database, ada: Person, goal_id: int, state: DayState
):
    with pytest.raises(NotAnAnswerError):
        keep(database, ada, Answer(goal_id, TODAY, 0, state))


def test_nobody_reads_or_takes_back_what_somebody_else_answered(
    database: Database, ada: Person, bob: Person, goal_id: int
):
    keep(database, ada, Answer(goal_id, TODAY, 0, DayState.DONE))

    database.write_now(lambda tx: answers.withdraw(tx, bob, goal_id, TODAY, 0))

    assert found(database, bob, goal_id) == []
    assert len(found(database, ada, goal_id)) == 1


def test_the_newest_fact_comes_first(database: Database, ada: Person, goal_id: int):
    def tell(origin: Origin, told: str) -> None:
        database.write_now(lambda tx: facts.keep(tx, ada, goal_id, facts.WHAT_WORKS, told, origin))

    tell(examples.TURN, "shoes by the door")
    tell(LATER, "running with Sam")

    newest, older = database.read_now(lambda tx: facts.of(tx, ada))

    assert (newest.goal_id, newest.words) == (goal_id, "running with Sam")
    assert older.words == "shoes by the door"


def test_versions_grow_with_every_correction(database: Database, ada: Person, goal_id: int):
    told = Answer(goal_id, TODAY, 0, DayState.DONE)

    versions = [keep(database, ada, replace(told, state=state)) for state in list(DayState)[:5]]

    assert versions == [1, 2, 3, 4, 5]
