"""Seven processes on one PostgreSQL, of which one after the other is killed while people talk.

What was lost, came twice or out of order is judged by what people said and saw. Nudges are put
into the outbox as the sweep's turns would, each with a word of its own, so that one that comes
twice is seen.
"""

import os
import random
from collections import Counter
from collections.abc import Generator
from contextlib import AsyncExitStack, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from bot.background import Background
from bot.clock import SystemClock
from bot.outgoing import SendText, dump
from bot.sandbox.server import Sandbox
from storage import outbox
from storage.database import Database
from storage.errors import DatabaseUnavailableError
from storage.opening import open_beside
from storage.outbox import Kind, Letter
from tests.bot.house import Guest
from tests.crash.talk import Talk, judge, word
from tests.crash.test_kills import settle_in
from tests.proofs import proven
from tests.scale import crew
from tests.scale.crew import Crew
from tests.storage import postgres
from tests.storage.postgres import Server

FULL = os.environ.get("LONG_TIER") == "full"
SEED = 8
TALKING = 6
NUDGE_EVERY = timedelta(seconds=0.05)
MOMENT = timedelta(seconds=0.5)
SHORT = ("worker", "sender", "ingress", "database")
RECOVERED_WITHIN = {"worker": 20.0, "sender": 10.0, "ingress": 10.0, "database": 20.0}
_STATES = "SELECT state, count(*) FROM outbox WHERE lane = 'nudges' GROUP BY state"
_WAITING = "SELECT count(*) FROM outbox WHERE state IN ('new', 'sending')"
_DEAD = "SELECT count(*) FROM inbox WHERE state = 'dead'"


@pytest.fixture
def server() -> Generator[Server]:
    with postgres.private() as made:
        if made is None:
            pytest.skip("no PostgreSQL server is installed")
        yield made


async def nudge(database: Database, guests: list[Guest]) -> None:
    """Have people nudged without a pause, each time with a word that is said once."""
    clock, number = SystemClock(), 0
    while True:
        guest = guests[number % len(guests)]
        text, now = f"Nudged by {word(number)}", clock.now()
        letter = Letter(f"nudge {number}", guest.person.id, Kind.NUDGE, dump(SendText(text)))
        with suppress(DatabaseUnavailableError):
            await database.write(lambda t, one=letter, at=now: outbox.put(t, [one], at))
            number += 1
        await clock.wait(NUDGE_EVERY)


async def kill(members: Crew, victim: str, chance: random.Random) -> str | None:
    """Kill one of a kind; name it, unless it is up again already."""
    if victim == "database":
        await members.restart_the_database()
        return None
    name = f"{victim} {chance.randint(1, 3 if victim == 'worker' else 2)}"
    if victim == "sender":
        name = await members.who_sends()
    await members.kill(name)
    return name


async def kill_and_recover(members: Crew, talk: Talk, victim: str, chance: random.Random) -> float:
    """Kill one; return the seconds until everything that was said by then is answered."""
    clock = SystemClock()
    await clock.wait(chance.random() * MOMENT)
    began = clock.elapsed()
    name = await kill(members, victim, chance)
    await talk.caught_up()
    took = (clock.elapsed() - began).total_seconds()
    if name is not None:
        await members.begin(name)
    return took


async def nudges_have_gone(members: Crew) -> None:
    """Wait until no nudge waits any more."""
    while await members.asked(_WAITING) != [(0,)]:
        await SystemClock().wait(MOMENT)


async def see(sandbox: Sandbox, nudged: Counter[str]) -> None:
    """Count each nudge as people see it; a chat itself forgets what is long ago."""
    async for event in sandbox.feed.follow(None):
        text = event.body["message"].get("text", "") if event.kind == "message" else ""
        if text.startswith("Nudged by"):
            nudged[text] += 1


@pytest.mark.long
@pytest.mark.postgres
@pytest.mark.timeout(3600)
async def test_nothing_is_lost_when_processes_of_any_role_are_killed(
    server: Server, tmp_path: Path
) -> None:
    chance, victims = random.Random(SEED), SHORT * (15 if FULL else 1)
    took: dict[str, list[float]] = {victim: [] for victim in SHORT}
    url = server.url.render_as_string(hide_password=False)
    async with AsyncExitStack() as stack:
        members, sandbox = await stack.enter_async_context(crew.working(tmp_path, server, url))
        guests = await settle_in(sandbox, TALKING)
        talk, nudging, seeing = Talk(sandbox, guests[1:]), Background(), Background()
        nudged = Counter[str]()
        database = open_beside(url, tmp_path / "master.key", SystemClock().now())
        stack.callback(database.close)
        async with talk.going_on():
            seeing.start("seen nudges", see(sandbox, nudged))
            nudging.start("nudges", nudge(database, guests[:1]))
            for victim in victims:
                took[victim].append(await kill_and_recover(members, talk, victim, chance))
            await nudging.stop(crew.GOODBYE)
            await talk.end()
        await nudges_have_gone(members)
        await seeing.stop(crew.GOODBYE)
        states = Counter({str(state): n for state, n in await members.asked(_STATES)})
        ((dead,),) = await members.asked(_DEAD)
        assert members.everybody_lives()

    found = judge(list(talk.talkers.values()))
    twice = nudged.total() - len(nudged)
    slowest = {victim: max(times) for victim, times in took.items()}
    print(found, "nudges", len(nudged), "twice", twice, dict(states), slowest)
    assert (found.lost, found.out_of_order, dead, twice) == (0, 0, 0, 0)
    assert states["sent"] <= len(nudged) <= states["sent"] + states["unknown"]
    assert all(slowest[victim] <= most for victim, most in RECOVERED_WITHIN.items()), slowest
    proven(
        "roles",
        kills=len(victims),
        said=found.said,
        lost=found.lost,
        disordered=found.out_of_order,
        doubled=found.doubled,
        nudges=len(nudged),
        unknown=states["unknown"],
        nudged_twice=twice,
        worker_s=slowest["worker"],
        sender_s=slowest["sender"],
        ingress_s=slowest["ingress"],
        database_s=slowest["database"],
    )
