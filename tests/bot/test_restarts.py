"""The first session after a return is the small one wherever it is named, over real HTTP."""

from datetime import timedelta
from pathlib import Path

from storage import goals, plans
from storage.transaction import Transaction
from tests.bot import house
from tests.bot.house import Guest, House
from tests.bot.test_company import days_later, on_a_day_with_a_session
from tests.bot.test_conversation import person_of
from tests.bot.test_data import files
from tests.bot.test_own import be_at_home


async def minimum(rein: House, guest: Guest) -> str:
    """Read what the plan's minimum version is."""

    def kept(transaction: Transaction) -> str:
        person = person_of(transaction, guest)
        (goal,) = goals.of(transaction, person)
        newest = plans.newest(transaction, person, goal.id)
        assert newest is not None
        return newest.plan.minimum

    assert rein.bot is not None
    return await rein.bot.database.read(kept)


async def in_the_calendar(guest: Guest, words: str) -> int:
    """Count the events of the exported calendar that name something."""
    sent = len(guest.heard())
    await guest.say("/export")
    await guest.until(lambda: sum("document" in one for one in guest.heard()[sent:]) == 2)
    file = files(guest)["ics"].decode().replace("\r\n ", "")
    return sum(f": {words}" in line for line in file.splitlines() if line.startswith("SUMMARY"))


async def ask_on_its_day(rein: House, guest: Guest) -> str:
    """Move to the next day with a session, and be asked how it went."""
    await on_a_day_with_a_session(rein, guest)
    return await guest.say("/done")


async def test_after_a_small_restart_the_next_session_is_the_small_one(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await be_at_home(guest)
        small = await minimum(rein, guest)
        assert await in_the_calendar(guest, small) == 0
        await days_later(rein, 9)
        await guest.say("/today")

        assert "this is enough" in await guest.press("Small restart")

        assert small in await guest.say("/today")
        assert "small restart" in await guest.say("/why")
        assert await in_the_calendar(guest, small) == 1
        asked = await ask_on_its_day(rein, guest)
        assert asked.startswith(f"{small[:1].upper()}{small[1:]} today")
        assert (await guest.say("/plan")).count(small) == 2  # and what a hard day asks for
        await guest.say("/done")
        await guest.press("Done ✅")
        await days_later(rein, 1)
        assert small not in await ask_on_its_day(rein, guest)
        assert await in_the_calendar(guest, small) == 1, "as it was lived"


async def test_after_a_long_pause_the_first_session_is_the_small_one(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await be_at_home(guest)
        small = await minimum(rein, guest)
        await guest.say("/pause")
        await guest.press("2 weeks")
        rein.sandbox.clock.advance(timedelta(days=9))
        await guest.say("/resume")

        assert "the first session is the small version" in await guest.press("Same plan")

        assert small in await guest.say("/today")
        assert small[1:] in await ask_on_its_day(rein, guest)
        await guest.press("Done ✅")
        await days_later(rein, 1)
        assert small not in await guest.say("/today")
