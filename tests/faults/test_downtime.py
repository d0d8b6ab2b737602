"""The bot was away for long: all that was said is answered, and no storm of questions follows.

What clocks do, and every zone and date, is in tests/bot/check_ins.
"""

import asyncio
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage import check_ins
from storage.tables.goals import CHECK_IN
from storage.tables.lived import NUDGE
from storage.tables.transport import INBOX
from tests import databases
from tests.bot.test_own import be_at_home
from tests.crash.talk import Talker
from tests.faults import company
from tests.proofs import proven
from tests.tiers import FULL

AWAY, AFTER_DUE = timedelta(hours=30), timedelta(hours=1)
EACH_SAYS = 6
BUTTON = "Done ✅"


@databases.on_either
@pytest.mark.parametrize(
    "planning",
    [
        pytest.param(4, id="four people"),
        pytest.param(
            50 if FULL else 8,
            id="fifty people" if FULL else "eight people",
            marks=[pytest.mark.long, pytest.mark.timeout(600)],
        ),
    ],
)
async def test_thirty_hours_away_lose_nothing_and_nobody_is_asked_twice(
    tmp_path: Path, database_url: str, planning: int
):
    async with company.invited(tmp_path, database_url=database_url) as people:
        clock = people.rein.sandbox.clock
        async with people.rein.open() as bot:
            guests = [people.rein.guest(f"Person {number}") for number in range(planning)]
            await asyncio.gather(*map(be_at_home, guests))
            people.talkers = [Talker(guest) for guest in guests]
            due = await bot.database.read(check_ins.earliest)
            assert due is not None
            clock.advance_to(due + AFTER_DUE - AWAY)
        for talker in people.talkers * EACH_SAYS:
            people.say(talker)
        clock.advance(AWAY)
        before = {guest.person.id: len(guest.heard()) for guest in guests}
        async with people.rein.open() as bot:
            late = select(func.count()).where(CHECK_IN.c.next_due_at <= clock.now())
            missed = await bot.database.read(lambda t: t.run(late).scalar_one())
            await bot.sweep.look()
            await people.rein.settled()
            asked = await bot.database.read(
                lambda t: t.run(select(NUDGE.c.person_id)).scalars().all()
            )
            states = await bot.database.read(lambda t: t.run(select(INBOX.c.state)).scalars().all())

    nudges = Counter(asked)
    heard = sum(len(guest.heard()) - before[guest.person.id] for guest in guests)
    assert missed >= planning
    assert set(states) == {"done"}
    lost = planning * EACH_SAYS - (heard - nudges.total())
    assert lost == 0
    assert max(nudges.values(), default=0) <= 1
    proven(
        "downtime",
        databases.kind(database_url),
        said=planning * EACH_SAYS,
        missed=missed,
        nudges=nudges.total(),
        lost=lost,
    )
