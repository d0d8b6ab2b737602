"""What is answered about each kind of subject: whose it is, where it comes from, how it goes."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from coach.weeks import DayState
from storage import answers, feedback, goals, ledger, messages, opik_outbox, ratings, turns
from storage.answers import Answer
from storage.database import Database
from storage.ledger import Call
from storage.messages import Direction, Message
from storage.origin import Origin
from storage.people import Person
from storage.subjects import Subject, SubjectKind, progress_id
from storage.tables.people import FEEDBACK
from storage.tables.record import RATING
from storage.transaction import Transaction
from storage.turns import Outcome, Turn
from tests.storage import examples
from tests.storage.conftest import NOW

LATER = NOW + timedelta(hours=2)
TOLD = Origin("0193580a-0000-7000-8000-000000000002", LATER, "0193580a-told")
DAY = NOW.date()
MADE = (RATING.c.turn_id, RATING.c.trace_id, RATING.c.mode, RATING.c.prompt_version)


@pytest.fixture
def goal_id(database: Database, ada: Person) -> int:
    def begin(transaction: Transaction) -> int:
        goal_id = examples.keep_goal(transaction, ada)
        tell(transaction, ada, goal_id)
        enter(transaction, ada)
        return goal_id

    return database.write_now(begin)


def tell(
    transaction: Transaction, person: Person, goal_id: int, state: DayState = DayState.PARTLY
) -> None:
    """Tell how the first session of the day went."""
    answers.keep(transaction, person, Answer(goal_id, DAY, 0, state), TOLD)


def enter(transaction: Transaction, person: Person) -> None:
    """Enter the turn that told as one that was traced."""
    turn = Turn("telegram", Outcome.ANSWERED, timedelta(milliseconds=1))
    turns.record(transaction, person, turn, TOLD)


def progress(goal_id: int, version: int = 1) -> Subject:
    return Subject(SubjectKind.PROGRESS, progress_id(goal_id, DAY, 0), version)


def rows(database: Database, asked: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in database.read_now(lambda tx: tx.run(asked).all())]


def rate(database: Database, person: Person, subject: Subject, aspect: str, value: int) -> bool:
    rated = database.write_now(lambda tx: ratings.rate(tx, person, subject, value, NOW, aspect))
    return rated is not None


def test_how_a_session_went_is_tied_to_its_plan_and_to_the_turn_that_told(
    database: Database, ada: Person, goal_id: int
):
    assert rate(database, ada, progress(goal_id), "difficulty", 4)

    found = rows(database, select(*MADE, RATING.c.variant))
    plan = (examples.DRAFTED_PLAN.mode, examples.DRAFTED_PLAN.prompt_version)
    assert found == [(TOLD.turn_id, TOLD.trace_id, *plan, "warmer/b")]
    *_, scores = database.read_now(lambda tx: opik_outbox.waiting(tx, 9))
    assert scores.trace_id == TOLD.trace_id
    assert scores.content == [{"name": "difficulty", "value": 4.0, "reason": None}]


def test_a_corrected_answer_is_another_version(database: Database, ada: Person, goal_id: int):
    database.write_now(lambda tx: tell(tx, ada, goal_id, DayState.DONE))

    assert not rate(database, ada, progress(goal_id), "difficulty", 4)
    assert rate(database, ada, progress(goal_id, version=2), "difficulty", 4)


@pytest.mark.parametrize(
    "named", ["1", "1:2026-13-01:0", "1:2026-11-23", f"{10**30}:2026-11-23:0", "x:2026-11-23:0", ""]
)
def test_nonsense_names_no_session(database: Database, ada: Person, goal_id: int, named: str):
    assert not rate(database, ada, Subject(SubjectKind.PROGRESS, named), "difficulty", 4)


def test_nobody_rates_anothers_session(database: Database, ada: Person, bob: Person, goal_id: int):
    assert not rate(database, bob, progress(goal_id), "difficulty", 4)


def test_all_that_was_answered_is_read_by_aspect(database: Database, ada: Person, goal_id: int):
    for aspect, value in (("stars", 4), ("clarity", 2), ("clarity", 3)):
        rate(database, ada, examples.plan(goal_id), aspect, value)
    rate(database, ada, examples.resolution(goal_id), "clarity", 1)

    found = database.read_now(lambda tx: ratings.given(tx, ada, examples.plan(goal_id)))
    assert found == {"stars": 4, "clarity": 3}


def test_an_answer_taken_back_takes_what_was_said_of_it_along(
    database: Database, ada: Person, goal_id: int
):
    rate(database, ada, progress(goal_id), "difficulty", 4)
    database.write_now(lambda tx: feedback.keep(tx, ada, "steep hill", TOLD, progress(goal_id)))

    database.write_now(lambda tx: answers.withdraw(tx, ada, goal_id, DAY, 0))

    assert rows(database, select(RATING.c.value)) == []
    assert rows(database, select(FEEDBACK.c.id)) == []


def test_a_deleted_goal_takes_every_rating_and_comment_of_it_along(
    database: Database, ada: Person, goal_id: int
):
    def fill(transaction: Transaction) -> int:
        other = examples.keep_goal(transaction, ada)
        tell(transaction, ada, other)
        for goal in (goal_id, other):
            for subject in (examples.plan(goal), examples.resolution(goal), progress(goal)):
                ratings.rate(transaction, ada, subject, 1, NOW, "motivation")
                feedback.keep(transaction, ada, "hm", TOLD, subject)
        feedback.keep(transaction, ada, "of the bot", TOLD)
        return other

    other = database.write_now(fill)
    database.write_now(lambda tx: goals.drop(tx, ada, goal_id))

    left = {str(other), progress(other).id}
    assert {row[0] for row in rows(database, select(RATING.c.object_id))} == left
    assert {row[0] for row in rows(database, select(FEEDBACK.c.object_id))} == {*left, None}


def test_a_comment_about_what_is_gone_is_kept_as_one_about_the_bot(
    database: Database, ada: Person, bob: Person, goal_id: int
):
    database.write_now(lambda tx: feedback.keep(tx, bob, "hm", TOLD, examples.plan(goal_id)))

    assert rows(database, select(FEEDBACK.c.object_kind)) == [(None,)]


@pytest.mark.parametrize("kind", [SubjectKind.SESSION, SubjectKind.FINISH])
def test_the_whole_comes_from_the_newest_reply(database: Database, ada: Person, kind: SubjectKind):
    subject = Subject(kind, f"{kind}:1")

    def talk(transaction: Transaction) -> None:
        took = timedelta(milliseconds=1)
        for number, error in enumerate([None, None, "cancelled"]):
            call = Call(
                "coaching_reply", "model", f"reply-{number}", took, variant="warm/b", error=error
            )
            ledger.record(transaction, ada, call, examples.TURN)
        asked = Message(subject.id, Direction.OUT, "How is it?", about=subject)
        messages.keep(transaction, ada, asked, TOLD)
        enter(transaction, ada)

    database.write_now(talk)
    assert rate(database, ada, subject, "stars", 5)

    assert rows(database, select(*MADE, RATING.c.variant)) == [
        (TOLD.turn_id, TOLD.trace_id, "model", "reply-2", "warm/b")
    ]


def test_a_review_that_no_model_worded_comes_from_the_rules(database: Database, ada: Person):
    subject = Subject(SubjectKind.REVIEW, "review:1")
    shown = Message(subject.id, Direction.OUT, "Week 1", about=subject)
    database.write_now(lambda tx: messages.keep(tx, ada, shown, TOLD))

    assert rate(database, ada, subject, "stars", 5)

    assert rows(database, select(*MADE)) == [(TOLD.turn_id, None, "rules", "rules-1")]
