"""The calendar somebody takes away follows their plan through every change of it."""

from dataclasses import replace
from datetime import date
from typing import Any, cast

import pytest
import vobject

from bot import takeaway
from bot.journey.keeps import KeepRestored, KeepReturn, KeepStanding
from bot.keeping import owned
from storage import people
from storage.database import Database
from storage.people import Person
from storage.transaction import Transaction
from tests.bot.fakes import NOON
from tests.storage import examples
from tests.storage.examples import PLAN, TURN, UNDERSTANDING


@pytest.fixture
def ada(database: Database) -> Person:
    return database.write_now(lambda tx: people.create(tx, 7_000_000_001, "en", NOON))


@pytest.fixture
def goal(database: Database, ada: Person) -> int:
    return database.write_now(lambda tx: examples.keep_goal(tx, ada))


def calendar(database: Database, ada: Person) -> dict[str, tuple[date, str, str]]:
    """Read the day, the status and the sequence of each event, by its place in the plan."""
    written = database.read_now(lambda tx: takeaway.documents(tx, ada, NOON))[-1].content
    read = cast(Any, vobject).readOne(written.decode())
    return {
        event.uid.value.partition(".")[2]: (
            getattr(event.dtstart.value, "date", lambda on=event.dtstart.value: on)(),
            event.status.value,
            event.sequence.value,
        )
        for event in read.vevent_list
    }


def test_every_week_has_its_sessions(database: Database, ada: Person, goal: int):
    assert {place: told[0] for place, told in calendar(database, ada).items()} == {
        "w1@rein": date(2026, 11, 23),
        "w1.0@rein": date(2026, 11, 24),
        "w1.1@rein": date(2026, 11, 26),
        "w2@rein": date(2026, 11, 30),
        "w2.0@rein": date(2026, 12, 1),
        "w2.1@rein": date(2026, 12, 3),
    }


def test_a_pause_moves_the_same_events(database: Database, ada: Person, goal: int):
    back = KeepReturn(date(2026, 11, 30), date(2026, 12, 7), easier=False)
    before = calendar(database, ada)

    database.write_now(lambda tx: owned.returned(tx, ada, back, TURN))

    after = calendar(database, ada)
    assert set(after) == set(before)
    assert after["w1.0@rein"] == (date(2026, 11, 24), "CONFIRMED", "2")
    assert after["w2.0@rein"] == (date(2026, 12, 8), "CONFIRMED", "2")


def test_a_shorter_plan_cancels_what_fell_away_until_it_is_undone(
    database: Database, ada: Person, goal: int
):
    before = calendar(database, ada)
    for plan in (replace(PLAN, weeks=PLAN.weeks[:1]), PLAN):
        keep = KeepRestored(goal, UNDERSTANDING, plan, "undo")

        def kept(transaction: Transaction, keep: KeepRestored = keep) -> None:
            owned.restored(transaction, ada, keep, TURN)

        database.write_now(kept)
        told = calendar(database, ada)
        assert set(told) == set(before)
        fate = "CANCELLED" if len(plan.weeks) == 1 else "CONFIRMED"
        assert told["w2.1@rein"][1] == fate
        assert told["w1.1@rein"][1] == "CONFIRMED"

    assert {sequence for _, _, sequence in told.values()} == {"3"}


def test_a_goal_put_aside_leaves_the_calendar(database: Database, ada: Person, goal: int):
    database.write_now(lambda tx: owned.standing(tx, ada, KeepStanding(goal, "parked"), TURN))

    told = calendar(database, ada)
    assert told["w2.0@rein"][1] == "CANCELLED"
    assert told["w1@rein"][1] == "CONFIRMED"  # it had begun
