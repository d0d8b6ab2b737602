"""Ten thousand messages wait for a bot that starts: what it takes in, and what that takes."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.sandbox import acts
from tests import databases
from tests.bot import house
from tests.crash.talk import word
from tests.faults import lives
from tests.faults.bot import Wish
from tests.proofs import proven
from tests.tiers import FULL

PEOPLE, EACH = (500 if FULL else 100), 20
LONGEST_S, AFTERWARDS_S = 300, (60 if FULL else 5)
MOST_MB = 200


@pytest.mark.long
@pytest.mark.timeout(600)
async def test_ten_thousand_messages_that_wait_fit_into_little_memory(tmp_path: Path):
    clock = SystemClock()
    async with house.sandbox_only(tmp_path) as rein:
        wish = Wish(rein.address, str(tmp_path))
        async with lives.begun(wish):
            guests = [rein.guest(f"Person {number}") for number in range(PEOPLE)]
            await lives.settle(wish, guests)
        for number in range(PEOPLE * EACH):
            guest = guests[number % PEOPLE]
            chat = rein.sandbox.chats[guest.person.id]
            acts.say(rein.sandbox, chat, guest.person, f"Thinking about {word(number)} today")
        async with lives.begun(wish) as life:
            until = clock.elapsed() + timedelta(seconds=LONGEST_S)
            while len(rein.sandbox.updates) and clock.elapsed() < until:
                await clock.wait(timedelta(seconds=0.5))
            await clock.wait(timedelta(seconds=AFTERWARDS_S))
            peak = life.peak_mb()
            await life.kill()

    found = databases.asked(wish.database_url, "SELECT state, count(*) FROM inbox GROUP BY state")
    states = {str(state): int(str(count)) for state, count in found}
    assert states.keys() <= {"new", "done"}
    assert sum(states.values()) == PEOPLE * EACH
    print(f"\n{PEOPLE * EACH} waiting: {peak:.0f} MB at most")
    assert peak < MOST_MB
    proven("memory", waiting=PEOPLE * EACH, peak=peak)
