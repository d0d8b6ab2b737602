"""People talk and their check-ins fall due while the bot is killed again and again.

Then they are asked: what was lost, came twice or out of order is judged by what people said
and saw, and what fell due also by what the database knows of it.
"""

import asyncio
import random
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery.pacing import Limits
from bot.sandbox import acts
from bot.sandbox.server import Sandbox
from tests import databases
from tests.bot.house import Guest
from tests.bot.test_conversation import agree_to_a_plan
from tests.crash import calls, harness, program
from tests.crash.calls import Calls
from tests.crash.harness import Deaths, Lives
from tests.crash.nudged import Nudged, Nudges
from tests.crash.nursery import POISON
from tests.crash.talk import Judgement, Talk, judge
from tests.databases import POSTGRES, SQLITE, in_full
from tests.proofs import proven
from tests.tiers import FULL

WHO_TALK, WHO_ARE_NUDGED = 8, 12
SEED = 20_261_123
MOMENT = timedelta(seconds=0.3)
Capture = pytest.CaptureFixture[str]
ONCE_A_LIFE = {"tick.after"}
"""Places that are passed once in a life: all that is due comes due at once."""


async def settle_in(sandbox: Sandbox, people: int = WHO_TALK) -> list[Guest]:
    """Let everybody come to an agreed plan, after which answers repeat what was said.

    They are never written to unasked.
    """
    names = [f"Person {number}" for number in range(people)]
    guests = [Guest(sandbox, sandbox.add_person(name, "en")) for name in names]
    await asyncio.gather(*(agree_to_a_plan(guest, "Don't ask, I'll write") for guest in guests))
    for guest in guests:
        await guest.until(lambda guest=guest: "You're set" in guest.last()["text"])
    return guests


async def kill_and_kill_again(
    lives: Lives, talk: Talk, nudged: Nudged, at_each_point: int, early: int
) -> None:
    """Kill bots in pairs: one that is barely alive, then one that everybody has an answer from.

    Never more often: what three bots in a row have died over is given up, and rightly so.
    Before each pair the next check-ins fall due.
    """
    chance = random.Random(SEED)
    deaths = [*harness.POINTS * at_each_point, *[""] * early]
    chance.shuffle(deaths)
    for point in deaths:
        nudged.come_due()
        if point:
            await lives.kill_at(point, 1 if point in ONCE_A_LIFE else chance.randint(1, 8))
        else:
            await lives.kill(await lives.begin(), chance.random() * MOMENT)
        bot = await lives.begin()
        await talk.caught_up()
        await nudged.caught_up()
        if nudged.are_over():
            await nudged.settle_in()
        await lives.kill(bot, chance.random() * MOMENT)


def called(folder: Path, talk: Talk) -> Calls:
    """Count what the model was asked: each kill repeats a question once, and an answer ends it."""
    heard_at = {
        word: at for talker in talk.talkers.values() for word, at in talker.heard_at.items()
    }
    found = calls.judged(folder, heard_at)
    assert (found.twice_in_a_life, found.after_an_answer) == (0, 0)
    return found


def table(found: Judgement, nudges: Nudges, deaths: Deaths, given_up: int, asked: Calls) -> str:
    """Write the figures that a release may quote."""
    figures = {
        "kills": deaths.count,
        "at named points": deaths.at_points.total(),
        "at random instants": deaths.at_random,
        "replies in doubt at kills": deaths.replies_in_doubt,
        "messages said": found.said,
        "lost": found.lost,
        "out of order": found.out_of_order,
        "answered twice": found.doubled,
        "given up after three deaths": given_up,
        "calls of the model": asked.made,
        "again after a kill": asked.again,
        "check-ins due": nudges.due,
        "forgotten": nudges.forgotten,
        "nudges sent": nudges.states["sent"],
        "in doubt, not repeated": nudges.states["unknown"],
        "most in doubt at a kill": deaths.most_nudges_in_doubt,
        "sent twice": nudges.doubled,
    }
    return "\n".join(f"{name:<32}{figure:>8}" for name, figure in figures.items())


@pytest.mark.parametrize(
    ("database_url", "at_each_point", "early"),
    [
        pytest.param(SQLITE, 1, 18, id="sixty kills", marks=pytest.mark.timeout(600)),
        pytest.param(
            *(SQLITE, *((20, 260) if FULL else (2, 26))),
            id="a thousand kills" if FULL else "a hundred kills",
            marks=[pytest.mark.long, pytest.mark.timeout(7200)],
        ),
        pytest.param(
            *(POSTGRES, *((2, 26) if FULL else (1, 3))),
            id="a hundred kills on PostgreSQL" if FULL else "thirty kills on PostgreSQL",
            marks=[in_full, pytest.mark.postgres, pytest.mark.long, pytest.mark.timeout(1800)],
        ),
    ],
    indirect=["database_url"],
)
async def test_nobody_notices_that_the_bot_is_killed_again_and_again(
    tmp_path: Path, capsys: Capture, database_url: str, at_each_point: int, early: int
) -> None:
    async with harness.opened(tmp_path, database_url) as (lives, sandbox):
        bot = await lives.begin()
        nudged = Nudged(sandbox, database_url, WHO_ARE_NUDGED)
        guests, _ = await asyncio.gather(settle_in(sandbox), nudged.settle_in())
        await lives.stop(bot)
        talk = Talk(sandbox, guests)
        async with talk.going_on():
            await kill_and_kill_again(lives, talk, nudged, at_each_point, early)
            bot = await lives.begin()
            await talk.end()
            await lives.stop(bot)

    found, nudges = judge(list(talk.talkers.values())), nudged.found
    asked = called(tmp_path, talk)
    with capsys.disabled():
        print(f"\n{table(found, nudges, lives.deaths, lives.given_up(), asked)}")
    assert asked.again > 0
    assert found.lost == 0
    assert found.out_of_order == 0
    assert lives.given_up() == 0
    assert found.doubled <= lives.deaths.replies_in_doubt
    assert (nudges.forgotten, nudges.doubled, nudges.unexplained) == (0, 0, 0)
    assert nudges.states.keys() <= {"sent", "unknown"}, nudges.states
    assert nudges.states["sent"] > 0
    assert nudges.states["unknown"] == lives.deaths.nudges_in_doubt
    assert lives.deaths.most_nudges_in_doubt <= Limits().nudges_in_flight
    proven(
        "kills",
        case=f"{databases.kind(database_url)} {at_each_point}",
        kills=lives.deaths.count,
        said=found.said,
        lost=found.lost,
        disordered=found.out_of_order,
        doubled=found.doubled,
        in_doubt=lives.deaths.replies_in_doubt,
        given_up=lives.given_up(),
        calls=asked.made,
        again=asked.again,
        twice=asked.twice_in_a_life + asked.after_an_answer,
    )
    proven(
        "nudges",
        case=f"{databases.kind(database_url)} {at_each_point}",
        kills=lives.deaths.count,
        due=nudges.due,
        forgotten=nudges.forgotten,
        sent=nudges.states["sent"],
        unknown=nudges.states["unknown"],
        most=lives.deaths.most_nudges_in_doubt,
        doubled=nudges.doubled,
    )


RECEIVING = ("inbox.inserted", "inbox.inserted", "commit.before", "commit.after", "")
"""Where bots die that a webhook brings updates to: mostly between the commit and the answer."""


@pytest.mark.long
@pytest.mark.timeout(900)
async def test_what_a_webhook_brings_is_not_lost_either(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    async with harness.opened(tmp_path) as (lives, sandbox):
        lives.port = program.free_port()
        bot = await lives.begin()
        talk = Talk(sandbox, await settle_in(sandbox))
        await lives.stop(bot)
        async with talk.going_on():
            for place in RECEIVING * (10 if FULL else 1):
                if place:
                    await lives.kill_at(place, chance.randint(1, 8))
                else:
                    await lives.kill(await lives.begin(), chance.random() * MOMENT)
                bot = await lives.begin()
                await talk.caught_up()
                await lives.kill(bot, chance.random() * MOMENT)
            bot = await lives.begin()
            await talk.end()
            await lives.stop(bot)

    found = judge(list(talk.talkers.values()))
    called(tmp_path, talk)
    assert sandbox.webhook.url
    assert (found.lost, found.out_of_order, lives.given_up()) == (0, 0, 0)
    assert found.doubled <= lives.deaths.replies_in_doubt
    proven(
        "webhook kills",
        kills=lives.deaths.count,
        said=found.said,
        lost=found.lost,
        doubled=found.doubled,
        in_doubt=lives.deaths.replies_in_doubt,
    )


@databases.on_either
async def test_a_message_that_kills_the_bot_is_given_up_and_nobody_else_suffers(
    tmp_path: Path, database_url: str
) -> None:
    async with harness.opened(tmp_path, database_url) as (lives, sandbox):
        bot = await lives.begin()
        guests = await settle_in(sandbox, people=4)
        await lives.stop(bot)
        talk = Talk(sandbox, guests[1:])
        victim = guests[0]
        async with talk.going_on():
            before = len(victim.heard())
            acts.say(sandbox, sandbox.chats[victim.person.id], victim.person, f"I want {POISON}")
            for _ in range(3):
                await lives.begin()
                await lives.dies_by_itself()
            bot = await lives.begin()
            await victim.until(lambda: len(victim.heard()) > before)
            await talk.end()
            await lives.stop(bot)

    found = judge(list(talk.talkers.values()))
    ((deaths,),) = lives.asked("SELECT attempts - 1 FROM inbox WHERE state = 'dead'")
    assert deaths == 3
    assert (found.lost, found.out_of_order) == (0, 0)
    assert len(victim.heard()) == before + 1
    proven("poison", databases.kind(database_url), deaths=deaths, lost=found.lost)
