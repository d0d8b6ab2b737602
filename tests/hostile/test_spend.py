"""Floods and strangers against the purse: no cap is passed, and a stranger costs nothing."""

from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from benchmarks import rig
from bot.budget import Caps
from bot.sandbox import acts
from coach.llm.port import ModelRequest
from storage.tables import METADATA
from tests.bot import house
from tests.coach.llm.providers import Named
from tests.hostile import rows
from tests.proofs import proven

CAPS = Caps(month=Decimal("0.0005"), day=Decimal("0.001"))
MESSAGES, CALLERS = 300, 50


class Priced(Named):
    """A model that costs something; it counts what it was asked."""

    def __init__(self) -> None:
        super().__init__(lambda request: self._said(request))
        self.calls = 0

    def _said(self, request: ModelRequest) -> str:
        self.calls += 1
        return rig.NO_DANGER if request.schema else "One small step is enough for today."


@pytest.mark.long
async def test_a_flood_passes_no_cap_and_strangers_cost_nothing(tmp_path: Path):
    model = Priced()
    async with house.sandbox_only(tmp_path) as rein:
        people = [rein.guest(f"Person {number}") for number in range(CALLERS)]
        admitted = frozenset(guest.person.id for guest in people)
        async with rein.open(model=model, caps=CAPS, public=False, allowed=admitted) as bot:
            strangers = [rein.guest(f"Stranger {number}") for number in range(CALLERS)]
            for guest in strangers:
                acts.say(rein.sandbox, rein.sandbox.chats[guest.person.id], guest.person, "/start")
            before = await rows.counted(rein)
            for guest in people:
                await rig.settle(bot, guest.person)
            flood = [people[0]] * MESSAGES + people
            for guest in flood:
                acts.say(rein.sandbox, rein.sandbox.chats[guest.person.id], guest.person, rig.SAID)
            for guest in people:
                await guest.until(lambda one=guest: one.heard())
            await rein.settled()
            after = await rows.counted(rein)
            spend = METADATA.tables["spend"]
            used = await bot.database.read(lambda t: t.run(select(spend)).mappings().all())
            heard = [one for one in strangers if len(one.heard()) > 1]

    assert before["person"] == before["spend"] == 0
    assert heard == []
    assert model.calls > 0
    assert after["person"] == CALLERS
    beyond = 0
    for row in used:
        cap = CAPS.day if row["scope"] == "all" else CAPS.month
        beyond += row["used"] + row["reserved"] > cap * 1_000_000
    assert beyond == 0
    assert model.calls < len(flood)
    proven("spend", messages=len(flood), strangers=len(strangers), beyond=beyond, rows=0)
