"""Twenty people talk while the bot is killed again and again; then they are asked.

Judged from outside alone, by what people said and saw.
"""

import asyncio
import random
from pathlib import Path

import pytest

from bot.sandbox.server import Sandbox
from tests.bot.house import Guest
from tests.bot.test_conversation import agree_to_a_plan
from tests.crash import harness
from tests.crash.harness import Deaths, Lives
from tests.crash.talk import Judgement, Talk, judge

PEOPLE = 20
SEED = 20261123


async def settle_in(sandbox: Sandbox) -> list[Guest]:
    """Let everybody come to an agreed plan, after which answers repeat what was said."""
    names = [f"Person {number}" for number in range(PEOPLE)]
    guests = [Guest(sandbox, sandbox.add_person(name, "en")) for name in names]
    await asyncio.gather(*(agree_to_a_plan(guest) for guest in guests))
    return guests


async def kill_and_kill_again(lives: Lives, at_each_point: int, at_random: int) -> None:
    chance = random.Random(SEED)
    places = list(harness.POINTS) * at_each_point
    deaths = [*places, *[None] * at_random]
    chance.shuffle(deaths)
    for point in deaths:
        if point is None:
            await lives.kill_at_random(chance)
        else:
            await lives.kill_at(point, chance.randint(1, 8))


def table(found: Judgement, deaths: Deaths, given_up: int) -> str:
    """Write the figures that a release may quote."""
    figures = {
        "kills": deaths.count,
        "at named points": deaths.at_points.total(),
        "at random instants": deaths.at_random,
        "while a letter was being sent": deaths.while_sending,
        "letters in doubt at kills": deaths.letters_in_doubt,
        "messages said": found.said,
        "lost": found.lost,
        "out of order": found.out_of_order,
        "answered twice": found.doubled,
        "given up after three deaths": given_up,
    }
    return "\n".join(f"{name:<32}{figure:>8}" for name, figure in figures.items())


@pytest.mark.parametrize(
    ("at_each_point", "at_random"),
    [
        pytest.param(2, 100, id="a hundred and twenty kills", marks=pytest.mark.timeout(240)),
        pytest.param(
            20,
            800,
            id="a thousand kills",
            marks=[pytest.mark.long, pytest.mark.timeout(1800)],
        ),
    ],
)
async def test_nobody_notices_that_the_bot_is_killed_again_and_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], at_each_point: int, at_random: int
) -> None:
    async with harness.opened(tmp_path) as (lives, sandbox):
        bot = await lives.begin()
        talk = Talk(sandbox, await settle_in(sandbox))
        async with talk.going_on():
            await lives.kill(bot)
            await kill_and_kill_again(lives, at_each_point, at_random)
            bot = await lives.begin()
            await talk.end()
        await lives.kill(bot)

    found = judge(list(talk.talkers.values()))
    with capsys.disabled():
        print(f"\n{table(found, lives.deaths, lives.given_up())}")
    assert found.lost == 0
    assert found.out_of_order == 0
    assert found.doubled <= lives.deaths.while_sending
