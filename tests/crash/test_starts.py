"""Starts are killed at any moment, also between the steps of a migration; the next one is fine."""

import asyncio
import random
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from storage import engines, location, migrate
from tests.bot.house import Guest
from tests.crash import harness
from tests.crash.harness import Lives
from tests.crash.talk import Talk, judge
from tests.crash.test_kills import settle_in
from tests.proofs import proven
from tests.tiers import FULL

SEED = 20_261_126
OLD = "0004"
STEPS = int(migrate.head()) - int(OLD)
A_START = timedelta(seconds=0.6)
"""About how long a start takes that has to migrate."""


def content(database: Path) -> set[str]:
    """List everything in a database, as statements that would write it."""
    with closing(sqlite3.connect(database)) as opened:
        assert opened.execute("PRAGMA quick_check").fetchone() == ("ok",)
        return set(opened.iterdump())


def revision(database: Path) -> str:
    with closing(sqlite3.connect(database)) as opened:
        return opened.execute("SELECT version_num FROM alembic_version").fetchone()[0]


def grow_old(folder: Path) -> Path:
    """Take a database back to an old revision; give where it lies, for trial after trial."""
    url, old = location.parse(f"sqlite:///{folder / 'rein.db'}"), folder / "old.db"
    engine = engines.writing(url)
    with engine.connect() as connection:
        migrate.step_to(connection, OLD)
    engine.dispose()
    shutil.copyfile(folder / "rein.db", old)
    return old


def put_back(old: Path) -> None:
    """Let the next start find the old database, and nothing beside it."""
    for file in old.parent.glob("rein.db*"):
        file.unlink()
    shutil.copyfile(old, old.with_name("rein.db"))


def copies(folder: Path) -> list[set[str]]:
    """List what the copies hold that were made before the first step."""
    return [content(copy) for copy in folder.glob(f"rein.db.{OLD}-*.backup")]


async def plans_of(guests: list[Guest]) -> list[str]:
    return list(await asyncio.gather(*(guest.say("/plan") for guest in guests)))


async def kill_a_start(lives: Lives, chance: random.Random) -> None:
    """Kill it at one of the steps, or at any moment."""
    if chance.random() < 0.5:
        await lives.kill_at("migrate.step", chance.randint(1, STEPS))
    else:
        await lives.kill(await lives.begin(), chance.random() * A_START)


@pytest.mark.parametrize(
    "trials",
    [
        2,
        pytest.param(25 if FULL else 6, marks=[pytest.mark.long, pytest.mark.timeout(900)]),
    ],
)
async def test_a_start_that_is_killed_loses_nothing_and_the_next_one_is_fine(
    trials: int, tmp_path: Path
) -> None:
    chance, fine, copied = random.Random(SEED), 0, 0
    async with harness.opened(tmp_path) as (lives, sandbox):
        bot = await lives.begin()
        guests = await settle_in(sandbox, people=3)
        before = await plans_of(guests)
        await lives.stop(bot)
        old = grow_old(tmp_path)
        was = content(old)
        talk = Talk(sandbox, guests)
        for _ in range(trials):
            put_back(old)
            async with talk.going_on():
                await kill_a_start(lives, chance)
                bot = await lives.begin()
                await talk.end()
            fine += await plans_of(guests) == before
            await lives.stop(bot)
            assert revision(tmp_path / "rein.db") == migrate.head()
            copied += was in copies(tmp_path)

    found = judge(list(talk.talkers.values()))
    assert (fine, copied) == (trials, trials)
    assert (found.lost, found.out_of_order) == (0, 0)
    proven(
        "killed starts",
        case=f"{trials}",
        kills=lives.deaths.count,
        steps=lives.deaths.at_points["migrate.step"],
        fine=fine,
        copied=copied,
        said=found.said,
        lost=found.lost,
    )
