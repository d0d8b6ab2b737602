from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import ColumnElement, Table, and_, select

from coach.llm.caller import CallMade
from coach.llm.port import Finish, Usage
from storage import ids, ledger, messages, people, ratings, retention
from storage.database import Database
from storage.messages import Direction, Message
from storage.origin import Origin
from storage.people import Person
from storage.ratings import Rating
from storage.subjects import Subject, SubjectKind
from storage.tables.goals import PLAN
from storage.tables.record import EVALUATION, MESSAGE, MODEL_CALL, RATING
from storage.transaction import Transaction
from tests.storage import examples
from tests.storage.conftest import NOW

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def goal_id(database: Database, ada: Person) -> int:
    return database.write_now(lambda transaction: examples.keep_goal(transaction, ada))


def rate(database: Database, person: Person, subject: Subject, stars: int) -> Rating | None:
    return database.write_now(lambda tx: ratings.rate(tx, person, subject, stars, NOW))


def test_stars_are_kept_with_the_turn_that_made_what_is_rated(
    database: Database, ada: Person, goal_id: int
):
    rating = rate(database, ada, examples.plan(goal_id), 4)

    assert rating == Rating(4, None, examples.TURN.turn_id, examples.TURN.trace_id)


def test_a_second_tap_changes_the_stars(database: Database, ada: Person, goal_id: int):
    rate(database, ada, examples.plan(goal_id), 2)
    rate(database, ada, examples.plan(goal_id), 5)

    found = database.read_now(lambda tx: ratings.find(tx, ada, examples.plan(goal_id)))
    assert found is not None
    assert found.value == 5
    assert len(database.read_now(lambda tx: tx.run(RATING.select()).all())) == 1


def test_what_was_off_is_added_to_the_stars(database: Database, ada: Person, goal_id: int):
    subject = examples.resolution(goal_id)
    rate(database, ada, subject, 2)

    explained = database.write_now(lambda tx: ratings.explain(tx, ada, subject, "lo", LATER))

    assert explained == Rating(2, "lo", examples.TURN.turn_id, examples.TURN.trace_id)


def test_no_stars_no_reason(database: Database, ada: Person, goal_id: int):
    subject = examples.resolution(goal_id)

    assert database.write_now(lambda tx: ratings.explain(tx, ada, subject, "lo", NOW)) is None


def test_a_reply_is_rated_by_its_message(database: Database, ada: Person):
    subject = Subject(SubjectKind.REPLY, "r:1")
    reply = Message("r:1", Direction.OUT, "One step at a time.", about=subject)
    database.write_now(lambda tx: messages.keep(tx, ada, reply, examples.TURN))

    rating = rate(database, ada, subject, 3)

    assert rating == Rating(3, None, examples.TURN.turn_id)  # a turn that left no trace
    assert rate(database, ada, replace(subject, version=2), 3) is None


@pytest.mark.parametrize(
    "subject",
    [
        pytest.param(Subject(SubjectKind.PLAN, str(ids.LARGEST)), id="nobody's plan"),
        pytest.param(Subject(SubjectKind.PLAN, "9" * 40), id="a number beyond all"),
        pytest.param(Subject(SubjectKind.RESOLUTION, "x' OR 1=1"), id="no number"),
        pytest.param(Subject(SubjectKind.RESOLUTION, "²"), id="a digit that is no number"),
        pytest.param(Subject(SubjectKind.PLAN, ""), id="nothing"),
        pytest.param(Subject(SubjectKind.REPLY, "r:unknown"), id="nobody's reply"),
    ],
)
def test_a_forged_rating_is_refused(database: Database, ada: Person, subject: Subject):
    assert rate(database, ada, subject, 1) is None


def test_nobody_rates_what_is_anothers(database: Database, ada: Person, bob: Person, goal_id: int):
    assert rate(database, bob, examples.plan(goal_id), 1) is None
    assert rate(database, ada, examples.plan(goal_id, version=2), 1) is None


def test_somebodys_own_words_are_no_reply_to_rate(database: Database, ada: Person):
    said = Message("in:1", Direction.IN, "hello")
    database.write_now(lambda tx: messages.keep(tx, ada, said, examples.TURN))

    assert rate(database, ada, Subject(SubjectKind.REPLY, "in:1"), 5) is None


def test_messages_are_read_in_order_with_what_they_show(
    database: Database, ada: Person, bob: Person, goal_id: int
):
    said = Message("in:1", Direction.IN, "I want to run", telegram_id=7_000_000_001)
    shown = Message("r:1", Direction.OUT, "Your plan", about=examples.plan(goal_id))

    def talk(transaction: Transaction) -> None:
        messages.keep(transaction, ada, said, Origin("t1", NOW))
        messages.keep(transaction, ada, shown, Origin("t1", LATER))
        messages.keep(transaction, ada, shown, Origin("t1", LATER))  # a repeated turn
        messages.keep(transaction, bob, Message("in:2", Direction.IN, "x"), Origin("t2", NOW))

    database.write_now(talk)

    assert database.read_now(lambda tx: messages.latest(tx, ada, 9)) == [said, shown]
    assert database.read_now(lambda tx: messages.latest(tx, ada, 1)) == [shown]


def test_nobody_reads_what_another_said(database: Database, ada: Person, bob: Person):
    def talk(transaction: Transaction) -> None:
        theirs = Message("in:2", Direction.IN, "a secret", telegram_id=5, about=examples.plan(1))
        messages.keep(transaction, bob, theirs, Origin("t2", NOW))

    database.write_now(talk)

    def read(transaction: Transaction) -> list[object]:
        return [
            messages.latest(transaction, ada, 10),
            messages.since(transaction, ada, NOW, 10),
            messages.of_turn(transaction, ada, "t2"),
            messages.shown_in(transaction, ada, 5),
            messages.last_about(transaction, ada, SubjectKind.PLAN, NOW),
        ]

    assert database.read_now(read) == [[], [], [], None, None]


def test_telegrams_number_of_a_message_is_added_when_it_was_sent(database: Database, ada: Person):
    shown = Message("r:1", Direction.OUT, "Hello")
    database.write_now(lambda tx: messages.keep(tx, ada, shown, examples.TURN))
    database.write_now(lambda tx: messages.sent(tx, "r:1", 99, LATER))

    (found,) = database.read_now(lambda tx: messages.latest(tx, ada, 9))
    assert found.telegram_id == 99


def test_messages_are_forgotten_after_ninety_days(database: Database, ada: Person):
    said = Message("in:1", Direction.IN, "hello")
    database.write_now(lambda tx: messages.keep(tx, ada, said, Origin("t", NOW)))
    database.write_now(lambda tx: retention.purge(tx, NOW + retention.MESSAGES))
    assert database.read_now(lambda tx: messages.latest(tx, ada, 9)) == [said]

    database.write_now(lambda tx: retention.purge(tx, LATER + retention.MESSAGES))

    assert database.read_now(lambda tx: messages.latest(tx, ada, 9)) == []


def test_one_query_joins_message_turn_trace_prompt_scores_and_stars(
    database: Database, ada: Person
):
    database.write_now(lambda transaction: examples.fill(transaction, ada))
    same = (MESSAGE.c.object_kind, MESSAGE.c.object_id, MESSAGE.c.object_version)

    def of(table: Table) -> ColumnElement[bool]:
        columns = (table.c.object_kind, table.c.object_id, table.c.object_version)
        return and_(*(left == right for left, right in zip(same, columns, strict=True)))

    record = (
        select(
            MESSAGE.c.key,
            PLAN.c.trace_id,
            PLAN.c.prompt_version,
            MODEL_CALL.c.latency_ms,
            EVALUATION.c.score,
            RATING.c.value,
        )
        .join(PLAN, PLAN.c.turn_id == MESSAGE.c.turn_id)
        .join(MODEL_CALL, MODEL_CALL.c.turn_id == MESSAGE.c.turn_id)
        .join(EVALUATION, of(EVALUATION))
        .join(RATING, of(RATING))
        .where(EVALUATION.c.source == "judge", EVALUATION.c.dimension == "overall")
    )

    (row,) = database.read_now(lambda transaction: transaction.run(record).all())

    assert row == (f"out:{ada.id}", "0193580a-trace", "plan-2", 3, 8.5, 5)


def test_the_ledger_keeps_what_a_failed_call_took(database: Database, ada: Person):
    call = ledger.Call(
        step="coaching_reply",
        mode="rules",
        prompt_version="reply-1",
        latency=timedelta(seconds=2.5),
        model="gemini",
        usage=Usage(300, 40),
        error="TimeoutError",
    )
    database.write_now(lambda tx: ledger.record(tx, ada, call, examples.TURN))

    (row,) = database.read_now(lambda tx: tx.run(MODEL_CALL.select()).all())
    assert (row.latency_ms, row.error, row.prompt_tokens) == (2500, "TimeoutError", 300)


def test_the_ledger_keeps_all_that_the_service_recorded(database: Database, ada: Person):
    made = CallMade(
        step="coaching_reply",
        provider="gemini",
        model="gemini-3.1-flash-lite",
        prompt_version="reply-1",
        usage=Usage(prompt=300, output=40, cached=10, thinking=5),
        micro_usd=143,
        latency=timedelta(seconds=2.5),
        first_token=timedelta(seconds=0.8),
        chunks=12,
        attempts=2,
        finish=Finish.STOP,
    )
    entry = ledger.of_model(made)
    database.write_now(lambda tx: ledger.record(tx, ada, entry, examples.TURN))

    (row,) = database.read_now(lambda tx: tx.run(MODEL_CALL.select()).all())
    assert (row.step, row.mode, row.provider, row.model) == (
        "coaching_reply",
        "model",
        "gemini",
        "gemini-3.1-flash-lite",
    )
    assert (row.prompt_tokens, row.output_tokens) == (300, 40)
    assert (row.cached_tokens, row.thinking_tokens, row.micro_usd) == (10, 5, 143)
    assert (row.latency_ms, row.first_token_ms, row.chunks) == (2500, 800, 12)
    assert (row.attempts, row.finish, row.error) == (2, "stop", None)


any_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(words=any_text)
def test_any_cleaned_text_comes_back_as_it_was(sqlite_database: Database, words: str):
    def remember(transaction: Transaction) -> list[Message]:
        person = people.find(transaction, 1) or people.create(transaction, 1, "en", NOW)
        message = Message("in:1", Direction.IN, words)
        transaction.run(MESSAGE.delete())
        messages.keep(transaction, person, message, examples.TURN)
        return messages.latest(transaction, person, 1)

    (found,) = sqlite_database.write_now(remember)

    assert found.text == words
