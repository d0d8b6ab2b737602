"""A habit that goes well is asked about less often, for several days at once: over real HTTP."""

from pathlib import Path

import pytest

from coach.weeks import DayState
from tests.bot import house
from tests.bot.house import Guest, House
from tests.bot.test_check_in_taps import told
from tests.bot.test_nudges import nudge
from tests.bot.test_own import be_at_home

WEEKS, DAYS_A_WEEK = 3, 7


async def until_several_are_asked_about(rein: House, guest: Guest) -> None:
    """Answer whatever is asked, until one question is about several sessions."""
    for _ in range(WEEKS * DAYS_A_WEEK + WEEKS):
        await nudge(rein, guest)
        if "Done ✅" in guest.labels():
            await guest.press("Done ✅")
        elif "Looks good" in guest.labels():
            await guest.press("Looks good")
        else:
            return


@pytest.mark.long
async def test_one_card_asks_about_several_days_and_takes_every_answer(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await be_at_home(guest)
        assert "Changed" in await guest.say("make it 6 times a week")

        await until_several_are_asked_about(rein, guest)
        before = await told(rein, guest)
        places = [label.split()[0] for label in guest.labels() if label.endswith(" done")]
        assert len(places) > 1, guest.last()["text"]
        for place in places:
            await guest.tap(f"{place} done")
            await rein.settled()

        answers = (await told(rein, guest))[len(before) :]
        assert [one.state for one in answers] == [DayState.DONE] * len(places)
        assert len({one.on for one in answers}) == len(places)
