from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import inactive, outgoing
from bot.inactive import AWAY, GRACE
from bot.outgoing import SendText
from storage import inactivity, outbox, people
from storage.database import Database
from storage.people import Person
from tests.bot.fakes import NOON, LeapingClock

NIGHT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


async def add(database: Database, chat: int = 7_000_000_001) -> Person:
    return await database.write(lambda tx: people.create(tx, chat, "en", NOON))


async def see_off(database: Database, after: timedelta, begun: datetime = NOON) -> list[str]:
    """Look after that time; return what is then sent."""
    clock = LeapingClock(begun + after)
    await inactive.see_off(database, clock)
    taken = await database.write(lambda tx: outbox.take(tx, clock.now(), (), replies=9, nudges=9))
    letters = [outgoing.load(letter.payload) for letter in taken]
    return [letter.html for letter in letters if isinstance(letter, SendText)]


async def is_there(database: Database, person: Person) -> bool:
    found = await database.read(lambda tx: people.named(tx, person.public_id))
    return found is not None


async def test_whoever_stays_away_is_told_once_and_erased_a_month_later(database: Database):
    ada = await add(database)

    assert await see_off(database, AWAY - timedelta(hours=1)) == []
    (told,) = await see_off(database, AWAY)
    assert "Thursday 23 December" in told
    assert await see_off(database, AWAY + timedelta(hours=1)) == []
    assert await is_there(database, ada)
    await see_off(database, AWAY + GRACE)
    assert not await is_there(database, ada)


async def test_a_word_after_the_notice_keeps_everything(database: Database):
    ada = await add(database)
    await see_off(database, AWAY)

    await database.write(lambda tx: inactivity.heard(tx, ada, NOON + AWAY + timedelta(days=9)))
    await see_off(database, AWAY + GRACE)

    assert await is_there(database, ada)


async def test_nobody_is_told_at_night(database: Database):
    await add(database)

    assert await see_off(database, AWAY + timedelta(days=1), NIGHT) == []


async def test_no_byte_is_left_of_whoever_was_seen_off(database: Database, tmp_path: Path):
    ada = await add(database)
    await see_off(database, AWAY)
    await see_off(database, AWAY + GRACE)

    kept = b"".join(path.read_bytes() for path in tmp_path.glob("rein.db*"))  # noqa: ASYNC240 - small and local
    assert ada.public_id.encode() not in kept
    assert ada.chat_id.to_bytes(6) not in kept
