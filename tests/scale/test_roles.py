"""Seven processes on one PostgreSQL, of which one after the other is killed while people talk.

Before each kill check-ins fall due, which the workers sweep. What was lost, came twice or out of
order is judged by what people said and saw, and what fell due also by what the database knows.
"""

import random
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SystemClock
from tests.crash.nudged import Nudged
from tests.crash.talk import Talk, judge
from tests.crash.test_kills import settle_in
from tests.proofs import proven
from tests.scale import crew
from tests.scale.crew import INGRESSES, WORKERS, Crew
from tests.storage.postgres import Server
from tests.tiers import FULL

SEED = 8
WHO_TALK, WHO_ARE_NUDGED = 5, 12
MOMENT = timedelta(seconds=0.5)
DATABASE, INGRESS, WORKER, SENDER = "database", "ingress", "worker", "sender"
PLACES = {
    "inbox.inserted": INGRESS,
    "worker.claimed": WORKER,
    "llm.before": WORKER,
    "llm.after": WORKER,
    "commit.before": WORKER,
    "commit.after": WORKER,
    "tick.before": WORKER,
    "tick.after": WORKER,
    "send.before": SENDER,
    "send.after": SENDER,
    "sent.before": SENDER,
}
"""Where one of each role dies; with a webhook nobody polls."""

WHOEVER_SWEEPS = "tick.after"
AT_RANDOM = dict.fromkeys((DATABASE, INGRESS, WORKER, SENDER), "")
RECOVERED_WITHIN = {WORKER: 20.0, SENDER: 10.0, INGRESS: 10.0, DATABASE: 20.0}
_DEAD = "SELECT count(*) FROM inbox WHERE state = 'dead'"


async def chosen(members: Crew, victim: str, place: str, chance: random.Random) -> tuple[str, ...]:
    """Name who is to die; several where only one of them will pass the place."""
    if victim == SENDER:
        return (await members.who_sends(),)
    if place == WHOEVER_SWEEPS:
        return WORKERS
    return (chance.choice(WORKERS if victim == WORKER else INGRESSES),)


async def die(
    members: Crew, nudged: Nudged, victim: str, place: str, chance: random.Random
) -> tuple[str | None, timedelta]:
    """Let check-ins fall due and one of a kind die; name it, unless it is up again, and when."""
    clock = SystemClock()
    if place:
        names = await chosen(members, victim, place, chance)
        passes = 1 if place == WHOEVER_SWEEPS else chance.randint(1, 8)
        await members.arm(f"{place}:{passes}", *names)
        nudged.come_due()
        return await members.first_to_die(*names), clock.elapsed()
    nudged.come_due()
    await clock.wait(chance.random() * MOMENT)
    began = clock.elapsed()
    if victim == DATABASE:
        await members.restart_the_database()
        return None, began
    (name,) = await chosen(members, victim, place, chance)
    await members.kill(name)
    return name, began


async def die_and_recover(
    members: Crew, talk: Talk, nudged: Nudged, death: tuple[str, str], chance: random.Random
) -> float:
    """Let one die; return the seconds until everything that was said by then is answered."""
    name, began = await die(members, nudged, *death, chance)
    await talk.caught_up()
    took = (SystemClock().elapsed() - began).total_seconds()
    await nudged.caught_up()
    if name is not None:
        await members.begin(name)
    if nudged.are_over():
        await nudged.settle_in()
    return took


@pytest.mark.long
@pytest.mark.postgres
@pytest.mark.timeout(3600)
async def test_nothing_is_lost_when_processes_of_any_role_are_killed(
    own_server: Server, tmp_path: Path
) -> None:
    chance = random.Random(SEED)
    deaths = [*AT_RANDOM.items(), *((role, place) for place, role in PLACES.items())]
    deaths *= 4 if FULL else 1
    chance.shuffle(deaths)
    took: dict[str, list[float]] = {victim: [] for victim in AT_RANDOM}
    async with AsyncExitStack() as stack:
        members, sandbox = await stack.enter_async_context(crew.working(tmp_path, own_server))
        nudged = Nudged(sandbox, members.database, WHO_ARE_NUDGED)
        talk = Talk(sandbox, await settle_in(sandbox, WHO_TALK))
        await nudged.settle_in()
        async with talk.going_on():
            for death in deaths:
                lasted = await die_and_recover(members, talk, nudged, death, chance)
                took[death[0]].append(lasted)
                print(*death, f"{lasted:.1f} s")
            await talk.end()
        ((given_up,),) = await members.asked(_DEAD)
        assert members.everybody_lives()

    found, nudges = judge(list(talk.talkers.values())), nudged.found
    slowest = {victim: max(times) for victim, times in took.items()}
    print(found, nudges, slowest)
    assert (found.lost, found.out_of_order, given_up) == (0, 0, 0)
    assert (nudges.forgotten, nudges.doubled, nudges.unexplained) == (0, 0, 0)
    assert nudges.states.keys() <= {"sent", "unknown"}, nudges.states
    assert nudges.states["sent"] > 0
    assert all(slowest[victim] <= most for victim, most in RECOVERED_WITHIN.items()), slowest
    proven(
        "roles",
        kills=len(deaths),
        placed=sum(bool(place) for _, place in deaths),
        said=found.said,
        lost=found.lost,
        disordered=found.out_of_order,
        doubled=found.doubled,
        due=nudges.due,
        forgotten=nudges.forgotten,
        sent=nudges.states["sent"],
        unknown=nudges.states["unknown"],
        nudged_twice=nudges.doubled,
        worker_s=slowest[WORKER],
        sender_s=slowest[SENDER],
        ingress_s=slowest[INGRESS],
        database_s=slowest[DATABASE],
    )
