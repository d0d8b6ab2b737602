"""What a turn may ask of the database: a count of statements, and of the messages it reads."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from bot import known
from coach.ids import uuid7
from storage import conversations, messages, people
from storage.messages import Direction, Message
from storage.opening import open_for_bot
from storage.origin import Origin
from storage.people import Person
from storage.transaction import Transaction
from tests.bot import house
from tests.bot.house import Guest
from tests.bot.test_conversation import begin_a_plan

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
MOST_SAID = 400
"""Messages that a reply may look back on, however long somebody has been here."""

TAP, TEXT = 6, 9
"""Statements of the work that ends a turn and takes its answer, without those that frame it."""

FRAMES = ("BEGIN", "SAVEPOINT", "RELEASE")
Sent = tuple[object, str]
"""A connection, and a statement sent by it."""


@contextmanager
def listening() -> Generator[list[Sent]]:
    """Gather the statements that are sent meanwhile."""
    heard: list[Sent] = []

    def hear(connection: object, _cursor: object, statement: str, *_: object) -> None:
        heard.append((connection, statement))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def turns_of(heard: list[Sent]) -> list[list[str]]:
    """Divide by what frames a work on each connection, and keep the works that end a turn."""
    works: list[list[str]] = []
    latest: dict[object, list[str]] = {}
    for connection, statement in heard:
        if statement.startswith(FRAMES):
            latest[connection] = []
            works.append(latest[connection])
        elif connection in latest:
            latest[connection].append(statement)
    return [work for work in works if any("UPDATE conversation" in one for one in work)]


async def at_the_days(guest: Guest) -> None:
    await begin_a_plan(guest)
    while not any("Mon" in label for label in guest.labels()):
        await guest.press(guest.labels()[0])


async def test_a_tap_and_a_text_send_few_statements(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await at_the_days(guest)

        with listening() as tapped:
            await guest.tap(next(label for label in guest.labels() if "Mon" in label))
        with listening() as said:
            await guest.say("hmm")

    assert [len(turn) for turn in turns_of(tapped)] == [TAP]
    assert [len(turn) for turn in turns_of(said)] == [TEXT]


def talk(transaction: Transaction, much: int) -> Person:
    person = people.create(transaction, 7, "en", NOW)
    conversations.begin(transaction, person, "home", b"{}", NOW)
    for number in range(much):
        at = NOW - timedelta(minutes=number)
        said = Message(f"t:{number}", Direction.IN, "so tired", number)
        messages.keep(transaction, person, said, Origin(uuid7(at), at))
    return person


def test_a_long_history_is_not_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    database = open_for_bot(f"sqlite:///{tmp_path}/rein.db", tmp_path / "master.key", NOW)
    person = database.write_now(lambda t: talk(t, MOST_SAID + 100))
    read: list[object] = []
    opened = messages.Message

    def counted(*fields: object, **named: object) -> Message:
        read.append(fields)
        return opened(*fields, **named)  # pyright: ignore

    monkeypatch.setattr(messages, "Message", counted)
    database.read_now(lambda t: known.lately(t, person, NOW))
    database.close()

    assert len(read) == MOST_SAID
