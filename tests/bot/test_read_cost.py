"""What reading costs: as many statements for many goals as for one, and no table read whole."""

import re
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from bot import known, owned
from bot.report import in_chat
from coach.ids import uuid7
from coach.values import GoalUnderstanding
from storage import conversations, goals, ids, messages, people
from storage.database import Database
from storage.messages import Direction, Message
from storage.opening import open_for_bot
from storage.origin import Origin
from storage.people import Person
from storage.tables import METADATA
from storage.transaction import Transaction
from tests import migrated

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
CHAT = 7
UNDERSTOOD = GoalUnderstanding("run 3 times a week", behaviour="run", per_week=3)
WAITING = {"opik_outbox", "spend"}
"""Tables that hold what waits, and a row a budget: they do not grow with people."""

Read = Callable[[Transaction, Person], object]
READS: dict[str, Read] = {
    "goals": known.goals_of,
    "lately": lambda t, person: known.lately(t, person, NOW),
    "stars": lambda t, person: known.stars(t, person, NOW),
    "conversation": lambda t, _: conversations.load(t, CHAT),
    "/stats": lambda t, _: in_chat.told(t, NOW, Decimal(1)),
}
Sent = tuple[str, Any]


@pytest.fixture
def database(tmp_path: Path) -> Generator[Database]:
    path = tmp_path / "rein.db"
    migrated.put(path)
    database = open_for_bot(f"sqlite:///{path}", tmp_path / "master.key", NOW)
    yield database
    database.close()


@pytest.fixture
def ada(database: Database) -> Person:
    def begin(transaction: Transaction) -> Person:
        person = people.create(transaction, CHAT, "en", NOW)
        conversations.begin(transaction, person, "home", b"{}", NOW)
        said = Message("t:1", Direction.IN, "so tired", 1)
        messages.keep(transaction, person, said, Origin(uuid7(NOW), NOW))
        return person

    return database.write_now(begin)


@contextmanager
def listening() -> Generator[list[Sent]]:
    heard: list[Sent] = []

    def hear(_connection: object, _cursor: object, statement: str, values: Any, *_: object) -> None:
        heard.append((statement, values))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def sent(database: Database, read: Callable[[Transaction], object]) -> list[Sent]:
    with listening() as heard:
        database.read_now(read)
    return [one for one in heard if one[0].startswith(("SELECT", "WITH"))]


def add_goals(database: Database, person: Person, many: int) -> None:
    def add(transaction: Transaction) -> None:
        for _ in range(many):
            goals.create(transaction, person, ids.new(), UNDERSTOOD, NOW)

    database.write_now(add)


@pytest.mark.parametrize(
    "read",
    [known.goals_of, known.memory_of, owned.goals_of],
    ids=["goals", "memory", "owned"],
)
def test_many_goals_are_read_with_as_many_statements_as_one(
    database: Database, ada: Person, read: Any
):
    extra = (NOW,) if read is known.memory_of else ()
    add_goals(database, ada, 1)
    one = sent(database, lambda t: read(t, ada, *extra))
    add_goals(database, ada, 19)
    twenty = sent(database, lambda t: read(t, ada, *extra))

    assert len(one) == len(twenty) <= 6


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_no_table_is_read_whole(database: Database, ada: Person, read: Read):
    add_goals(database, ada, 2)
    asked = sent(database, lambda t: read(t, ada))
    assert asked

    def plans(transaction: Transaction) -> list[tuple[str, str]]:
        explain = transaction.connection.exec_driver_sql
        return [
            (row[3], statement)
            for statement, values in asked
            for row in explain(f"EXPLAIN QUERY PLAN {statement}", values)
        ]

    scans = [
        (found[1], statement)
        for detail, statement in database.read_now(plans)
        if (found := re.match(r"SCAN (\w+)", detail)) and found[1] in METADATA.tables
    ]
    assert [one for one in scans if one[0] not in WAITING] == []
