"""The bot is killed while it sends nudges: each is sent at most once, and none is forgotten."""

import asyncio
from collections import Counter
from pathlib import Path

from bot.clock import SystemClock
from bot.delivery.pacing import Limits
from bot.outgoing import SendText, dump
from storage import outbox
from storage.opening import open_beside
from storage.outbox import Kind, Letter
from tests.bot.house import Guest
from tests.crash import harness

PEOPLE, EACH = 12, 8
PLACES = ("send.before", "send.after", "sent.before") * 2


async def put_nudges(folder: Path, guests: list[Guest]) -> None:
    now = SystemClock().now()
    letters = [
        Letter(f"{guest.person.id}:{n}", guest.person.id, Kind.NUDGE, dump(SendText(f"Nudge {n}")))
        for n in range(EACH)
        for guest in guests
    ]
    database = open_beside(f"sqlite:///{folder / 'rein.db'}", folder / "master.key", now)
    try:
        await database.write(lambda transaction: outbox.put(transaction, letters, now))
    finally:
        database.close()


def nudges_seen(guests: list[Guest]) -> Counter[tuple[int, str]]:
    return Counter(
        (guest.person.id, message["text"])
        for guest in guests
        for message in guest.heard()
        if message["text"].startswith("Nudge ")
    )


async def test_a_nudge_never_arrives_twice_however_often_the_bot_is_killed(tmp_path: Path) -> None:
    in_doubt: list[int] = []
    async with harness.opened(tmp_path) as (lives, sandbox):
        bot = await lives.begin()
        guests = [Guest(sandbox, sandbox.add_person(f"Person {n}", "en")) for n in range(PEOPLE)]
        await asyncio.gather(*(guest.say("/start") for guest in guests))
        await lives.stop(bot)
        await put_nudges(tmp_path, guests)
        for passes, place in enumerate(PLACES, start=1):
            await lives.kill_at(place, passes)
            in_doubt.append(lives.letters("sending"))
        expected = nudges_seen(guests).total() + lives.letters("new")
        bot = await lives.begin()
        await guests[0].until(lambda: nudges_seen(guests).total() >= expected)
        await lives.stop(bot)

    assert max(in_doubt) <= Limits().nudges_in_flight
    assert lives.letters("unknown") == sum(in_doubt) > 0
    assert lives.letters("new") == lives.letters("sending") == 0
    seen = nudges_seen(guests)
    assert set(seen.values()) == {1}
    assert PEOPLE * EACH - sum(in_doubt) <= seen.total() <= PEOPLE * EACH
