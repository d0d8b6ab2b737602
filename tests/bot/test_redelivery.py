"""Telegram brings again what was served long ago: nothing happens a second time."""

import asyncio
import random
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.sandbox import acts
from bot.sandbox.pulse import Pulse
from bot.sandbox.shapes import Json
from bot.sandbox.updates import Updates
from storage.tables import METADATA
from tests import databases
from tests.bot import house
from tests.bot.house import Guest, House
from tests.bot.test_conversation import agree_to_a_plan
from tests.proofs import proven

BATCH = 50
BATCHES, ACROSS_A_RESTART = 19, 1
SEED = 20_261_126


class Repeating(Updates):
    """Updates that are kept when they are confirmed, and can be brought again."""

    def __init__(self, first: int) -> None:
        super().__init__(first)
        self.served: dict[int, Json] = {}
        self._confirmed = Pulse()

    def confirm(self, offset: int) -> None:
        """Forget updates below *offset*, as a poller sees it."""
        below = (update for update in self._queue if update["update_id"] < offset)
        self.served |= {update["update_id"]: update for update in below}
        super().confirm(offset)
        self._confirmed.ring()

    def bring_again(self, chance: random.Random) -> None:
        """Put some that were served into the queue once more, as they were."""
        again = chance.choices(sorted(self.served), k=BATCH)
        self._queue.extend(self.served[number] for number in sorted(again))
        self._pulse.ring()

    async def until_confirmed(self) -> None:
        """Wait until nothing is left to be brought."""
        async with asyncio.timeout(house.PATIENCE):
            while self._queue:
                await self._confirmed.wait()


async def live(rein: House, guest: Guest) -> None:
    """Do a little of everything that there are updates for."""
    await agree_to_a_plan(guest)
    await guest.until(lambda: "You're set" in guest.last()["text"])
    await guest.press("☆")
    await guest.say("/settings")
    await guest.tap("Style: balanced")
    await guest.tap("Firm")
    said = acts.say(rein.sandbox, rein.sandbox.chats[guest.person.id], guest.person, "I run")
    acts.edit(rein.sandbox, guest.person, said["message_id"], "I ran today")
    for blocked in (True, False):
        acts.block(rein.sandbox, guest.person, blocked=blocked)
    await guest.say("/done")


def all_there_is(url: str, guests: list[Guest]) -> tuple[dict[str, list[str]], str]:
    """List the rows of each table, and what everybody sees."""
    with databases.connected(url) as connection:
        rows = {
            table.name: sorted(str(tuple(row)) for row in connection.execute(select(table)))
            for table in METADATA.sorted_tables
        }
    return rows, str([guest.messages() for guest in guests])


@databases.on_either
@pytest.mark.long
async def test_what_was_served_once_has_no_second_effect(tmp_path: Path, database_url: str) -> None:
    chance = random.Random(SEED)
    async with house.sandbox_only(tmp_path) as rein:
        rein.options = replace(rein.options, database_url=database_url)
        updates = rein.sandbox.updates = Repeating(int(rein.sandbox.clock.now().timestamp()))
        guests = [rein.guest(name) for name in ("Ada", "Bob", "Eve")]
        async with rein.open():
            await asyncio.gather(*(live(rein, guest) for guest in guests))
            await rein.settled()
            await updates.until_confirmed()
            before = all_there_is(database_url, guests)
            for _ in range(BATCHES):
                updates.bring_again(chance)
                await updates.until_confirmed()
                await rein.settled()
            after = all_there_is(database_url, guests)
        updates.bring_again(chance)
        async with rein.open():
            await updates.until_confirmed()
            await rein.settled()
            in_the_end = all_there_is(database_url, guests)

    assert len(updates.served) > BATCH
    assert before == after == in_the_end
    proven(
        "redelivery",
        databases.kind(database_url),
        updates=len(updates.served),
        again=BATCH * (BATCHES + ACROSS_A_RESTART),
        across=BATCH * ACROSS_A_RESTART,
        effects=sum(one != before for one in (after, in_the_end)),
    )
