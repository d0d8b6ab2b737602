"""Twenty people talk while the bot is killed again and again; then they are asked.

Judged from outside alone, by what people said and saw.
"""

import asyncio
import random
from datetime import timedelta
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
MOMENT = timedelta(seconds=0.4)


async def settle_in(sandbox: Sandbox) -> list[Guest]:
    """Let everybody come to an agreed plan, after which answers repeat what was said."""
    names = [f"Person {number}" for number in range(PEOPLE)]
    guests = [Guest(sandbox, sandbox.add_person(name, "en")) for name in names]
    await asyncio.gather(*(agree_to_a_plan(guest) for guest in guests))
    return guests


async def kill_and_kill_again(lives: Lives, talk: Talk, at_each_point: int, early: int) -> None:
    """Kill bots in pairs: one that is barely alive, then one that everybody has an answer from.

    Never more often: what three bots in a row have died over is given up, and rightly so.
    """
    chance = random.Random(SEED)
    deaths = [*harness.POINTS * at_each_point, *[""] * early]
    chance.shuffle(deaths)
    for point in deaths:
        if point:
            await lives.kill_at(point, chance.randint(1, 8))
        else:
            await lives.kill(await lives.begin(), chance.random() * MOMENT)
        bot = await lives.begin()
        await talk.caught_up()
        await lives.kill(bot, chance.random() * MOMENT)


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
    ("at_each_point", "early"),
    [
        pytest.param(2, 40, id="a hundred and twenty kills", marks=pytest.mark.timeout(240)),
        pytest.param(
            20,
            300,
            id="a thousand kills",
            marks=[pytest.mark.long, pytest.mark.timeout(1800)],
        ),
    ],
)
async def test_nobody_notices_that_the_bot_is_killed_again_and_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], at_each_point: int, early: int
) -> None:
    async with harness.opened(tmp_path) as (lives, sandbox):
        bot = await lives.begin()
        talk = Talk(sandbox, await settle_in(sandbox))
        await lives.stop(bot)
        async with talk.going_on():
            await kill_and_kill_again(lives, talk, at_each_point, early)
            bot = await lives.begin()
            await talk.end()
            await lives.stop(bot)

    found = judge(list(talk.talkers.values()))
    with capsys.disabled():
        print(f"\n{table(found, lives.deaths, lives.given_up())}")
    assert found.lost == 0
    assert found.out_of_order == 0
    assert found.doubled <= lives.deaths.while_sending
