"""Two worker processes: one takes over what the other was writing, and both keep to one budget."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

import pytest

from benchmarks import rig
from bot.background import beside
from bot.sandbox import acts
from storage import opening
from tests.bot.house import Guest
from tests.crash.talk import word
from tests.proofs import proven
from tests.scale import crew, models
from tests.scale.crew import Crew
from tests.storage.postgres import Server
from tests.tiers import FULL

CUTS = 5 if FULL else 2
PEOPLE, TIMES = 40, 3
MONTH_USD, DAY_USD = "1", "0.002"  # what is urgent may pass a person's month, but nothing the day
_OVER = "SELECT count(*) FROM spend WHERE scope = 'all' AND used + reserved > %s"
_SPENT = "SELECT coalesce(sum(micro_usd), 0) FROM model_call"
pytestmark = [pytest.mark.long, pytest.mark.postgres, pytest.mark.timeout(900)]


async def at_home(members: Crew, guest: Guest) -> None:
    """Let somebody be in the middle of everyday life."""
    now, chat = guest.sandbox.clock.now(), guest.person.id
    key = members.folder / "master.key"
    with closing(opening.open_beside(members.database, key, now)) as database:
        await database.write(lambda t: rig.place(t, chat, rig.at_home(now), now))


def say(guest: Guest, text: str) -> None:
    acts.say(guest.sandbox, guest.sandbox.chats[guest.person.id], guest.person, text)


def draft(guest: Guest) -> dict[str, Any]:
    return guest.sandbox.chats[guest.person.id].draft or {"text": None, "draft_id": 0}


@asynccontextmanager
async def drafts_of(guest: Guest) -> AsyncGenerator[set[int]]:
    """Gather which drafts somebody is shown."""
    shown = set[int]()
    followed = guest.sandbox.feed.follow(None)
    await anext(followed)

    async def gather() -> None:
        async for event in followed:
            if event.kind == "draft" and event.body["chat_id"] == guest.person.id:
                shown.add(event.body.get("draft_id", 0))

    async with beside(gather()):
        yield shown


async def test_a_draft_cut_by_its_workers_end_becomes_one_whole_reply_of_another(
    own_server: Server, tmp_path: Path
) -> None:
    linger = tmp_path / "linger"
    names = ("ingress 1", "worker 1", "sender 1")
    async with crew.working(tmp_path, own_server, names, model="lingering") as (members, sandbox):
        guest = Guest(sandbox, sandbox.add_person("Ada", "en"))
        await at_home(members, guest)
        writing, other = "worker 1", "worker 2"
        left = broken = 0
        for number in range(CUTS):
            first, second = f"Thinking about {word(2 * number)}.", f"And {word(2 * number + 1)}."
            before = len(guest.heard())
            linger.touch()
            say(guest, f"{first} {second}")
            async with drafts_of(guest) as shown:
                await guest.until(lambda one=first: one in (draft(guest)["text"] or ""))
                await members.kill(writing)
                linger.unlink()
                await members.begin(other)
                await guest.until(lambda n=before: len(guest.heard()) > n)
            (reply,) = guest.heard()[before:]
            broken += f"{first} {second}" not in reply["text"]
            left += draft(guest)["text"] is not None
            assert len(shown) == 1, "the second worker goes on with the first one's draft"
            writing, other = other, writing

    assert (left, broken) == (0, 0)
    proven("cut drafts", cuts=CUTS, broken=broken, left=left)


async def test_two_workers_never_pass_a_days_cap_together(
    own_server: Server, tmp_path: Path
) -> None:
    names = ("ingress 1", "worker 1", "worker 2", "sender 1")
    wished = {"model": "priced", "caps": (MONTH_USD, DAY_USD)}
    day = int(Decimal(DAY_USD) * 1_000_000)
    async with crew.working(tmp_path, own_server, names, **wished) as (members, sandbox):
        guests = [Guest(sandbox, sandbox.add_person(f"P {n}", "en")) for n in range(PEOPLE)]
        for guest in guests:
            await at_home(members, guest)
        found: list[int] = []

        async def look() -> NoReturn:
            while True:
                ((over,),) = await members.asked(_OVER, day)
                found.append(over)

        async with beside(look()):
            for guest in guests * TIMES:
                say(guest, rig.SAID)
            for guest in guests:
                await guest.until(lambda one=guest: len(one.heard()) >= TIMES)
        ((spent,),) = await members.asked(_SPENT)

    calls = models.calls(tmp_path)
    assert len(calls) == 2, "both took part"
    assert 0 < sum(calls) < PEOPLE * TIMES
    assert 0 < spent <= day
    assert len(found) > 0
    assert sum(found) == 0
    proven(
        "shared caps",
        messages=PEOPLE * TIMES,
        calls=sum(calls),
        looks=len(found),
        beyond=sum(found),
    )
