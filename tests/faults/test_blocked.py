"""Somebody blocks the bot: nothing more is sent to them until they come back."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from tests.bot.house import Guest
from tests.bot.test_own import be_at_home
from tests.faults import company, front, kinds
from tests.faults.company import Company
from tests.faults.front import Call
from tests.faults.kinds import Fault
from tests.proofs import proven

HOUR, DAYS = timedelta(hours=1), 7
BLOCKED = kinds.refused(403, "Forbidden: bot was blocked by the user")


async def days_go_by(people: Company, days: int) -> None:
    """Let the hours pass, in each of which is looked for what is due."""
    for _ in range(24 * days):
        people.rein.sandbox.clock.advance(HOUR)
        await people.bot.sweep.look()
        await people.rein.settled()


def calls_for(people: Company, guest: Guest) -> list[Call]:
    """List all calls that went to somebody's chat."""
    return [call for call in people.front.seen if call.chat == guest.person.id]


@pytest.mark.long
@pytest.mark.timeout(300)
async def test_who_blocked_the_bot_is_left_alone_until_they_come_back(tmp_path: Path):
    async with company.opened(tmp_path) as people:
        gone, here = (people.rein.guest(name) for name in ("Gone", "Here"))
        await asyncio.gather(be_at_home(gone), be_at_home(here))

        def refuse(call: Call) -> Fault:
            return BLOCKED if call.chat == gone.person.id else kinds.NONE

        people.front.chance = refuse
        before, asked = len(calls_for(people, gone)), len(here.heard())
        await days_go_by(people, DAYS)
        met = calls_for(people, gone)[before:]
        assert [call.fault for call in met] == [BLOCKED]  # which is how it was learnt
        assert len(here.heard()) > asked + 1, "nobody was asked anything"

        people.front.chance = front.nothing
        await gone.say("/today")
        answered = len(gone.heard())
        await days_go_by(people, 2)
        assert len(gone.heard()) > answered, "nobody asks them any more"
    proven("faults", "blocked", kinds=1, met=len(met))
