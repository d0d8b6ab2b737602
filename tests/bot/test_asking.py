"""A reply brings stars at most once on each of a person's own days, on a real database."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import known
from coach.ids import uuid7
from storage import holds, ids, messages, people
from storage.database import Database
from storage.messages import Direction, Message
from storage.origin import Origin
from storage.people import Person
from storage.subjects import Subject, SubjectKind
from storage.transaction import Transaction
from tests.bot.fakes import NOON

ZONES = [ZoneInfo(name) for name in ("Pacific/Auckland", "Europe/Madrid", "America/Los_Angeles")]
gaps = st.lists(st.tuples(st.integers(1, 1_500), st.booleans()), min_size=1, max_size=10)


def reply(transaction: Transaction, person: Person, now: datetime) -> bool:
    """Reply to somebody, with stars where they may be asked; tell whether they were."""
    asks = known.lately(transaction, person, now).may_rate
    key = f"reply:{ids.new()}"
    about = Subject(SubjectKind.REPLY, key) if asks else None
    said = Message(key, Direction.OUT, "I hear you.", about=about)
    messages.keep(transaction, person, said, Origin(uuid7(now), now))
    return asks


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(gaps, st.sampled_from(ZONES))
def test_stars_come_at_most_once_a_day_and_never_on_the_day_of_a_hold(
    database: Database, life: list[tuple[int, bool]], zone: ZoneInfo
):
    def live(transaction: Transaction) -> tuple[list[datetime], list[datetime]]:
        person = people.create(transaction, ids.new(), "en", NOON)
        now, asked, held = NOON.astimezone(zone), list[datetime](), list[datetime]()
        for minutes, danger in life:
            now = (now + timedelta(minutes=minutes)).astimezone(zone)
            if danger:
                holds.begin(transaction, person, "self_harm", now)
                held.append(now)
            elif reply(transaction, person, now):
                asked.append(now)
        return asked, held

    asked, held = database.write_now(live)
    assert len({at.date() for at in asked}) == len(asked)
    assert not [at for at in asked for since in held if timedelta() <= at - since <= known.DAY]


@pytest.fixture
def ada(database: Database) -> Person:
    return database.write_now(lambda t: people.create(t, 1, "en", NOON))


def test_somebody_who_talks_all_day_is_still_asked_once(database: Database, ada: Person):
    def talk(transaction: Transaction) -> list[bool]:
        asked = [reply(transaction, ada, NOON)]
        for minute in range(450):
            now = NOON + timedelta(seconds=minute)
            said = Message(f"in:{minute}", Direction.IN, "and then")
            messages.keep(transaction, ada, said, Origin(uuid7(now), now))
        return [*asked, reply(transaction, ada, NOON + timedelta(hours=1))]

    assert database.write_now(talk) == [True, False]
