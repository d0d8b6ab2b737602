"""The bot is killed while it erases somebody: they are erased all the same, and nobody else is."""

import asyncio
import itertools
import random
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.sandbox import acts
from bot.sandbox.server import Sandbox
from tests.bot.house import PATIENCE, Guest
from tests.crash import harness
from tests.crash.harness import Lives
from tests.crash.test_kills import MOMENT, settle_in
from tests.proofs import proven
from tests.tiers import FULL

SEED = 20_261_126
PLACES = ("delete.mid", "delete.after", "")
STAY = 2


async def ask_to_be_erased(lives: Lives, sandbox: Sandbox, guest: Guest) -> None:
    """Ask for it, and tap the button while no bot lives."""
    bot = await lives.begin()
    await guest.say("/delete")
    await guest.until(lambda: "Delete everything" in guest.labels())
    await lives.stop(bot)
    message, written = guest.button("Delete everything")
    acts.press(sandbox, guest.person, message["message_id"], written)


async def is_erased(lives: Lives, guest: Guest) -> None:
    """Wait until there is no such person."""
    asked = f"SELECT count(*) FROM person WHERE chat_id = {guest.person.id}"
    async with asyncio.timeout(PATIENCE):
        while lives.asked(asked) != [(0,)]:
            await SystemClock().wait(timedelta(milliseconds=20))


def written_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("rein.db*"))


@pytest.mark.long
@pytest.mark.timeout(600)
async def test_who_is_being_erased_at_a_kill_is_gone_for_good(tmp_path: Path) -> None:
    chance, left = random.Random(SEED), 0
    places = list(itertools.islice(itertools.cycle(PLACES), 18 if FULL else 3))
    async with harness.opened(tmp_path) as (lives, sandbox):
        bot = await lives.begin()
        guests = await settle_in(sandbox, len(places) + STAY)
        stay = guests[len(places) :]
        plans = [await guest.say("/plan") for guest in stay]
        await lives.stop(bot)
        for place, guest in zip(places, guests, strict=False):
            whose = f"SELECT wrapped_key, public_id FROM person WHERE chat_id = {guest.person.id}"
            ((key, name),) = lives.asked(whose)
            await ask_to_be_erased(lives, sandbox, guest)
            if place:
                await lives.kill_at(place, 1)
            else:
                await lives.kill(await lives.begin(), chance.random() * MOMENT)
            bot = await lives.begin()
            await is_erased(lives, guest)
            await guest.say("/start")
            await guest.until(lambda guest=guest: "May I store" in guest.last()["text"])
            await lives.stop(bot)
            left += sum(trace in written_in(tmp_path) for trace in (key, name.encode()))
        bot = await lives.begin()
        stayed = [await guest.say("/plan") for guest in stay]
        await lives.stop(bot)

    assert left == 0
    assert stayed == plans
    others = sum(one != other for one, other in zip(stayed, plans, strict=True))
    proven("erasures", kills=lives.deaths.count, erased=len(places), left=left, others=others)
