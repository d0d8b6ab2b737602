"""A pause as long as somebody says, through the sandbox on a real database."""

from pathlib import Path

from tests.bot import house
from tests.bot.test_own import be_at_home, known


async def test_a_pause_ends_when_its_words_say(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await be_at_home(guest)
        await guest.say("/pause")
        assert "until when" in await guest.say("stop asking me")
        assert "Paused until" in await guest.say("till wednesday")
        pause = (await known(rein, guest)).preferences.pause

        assert pause is not None
        assert pause.until is not None
        assert pause.until.weekday() == 2

        await guest.say("/resume")
        await guest.press("Same plan")
        assert "Paused until" in await guest.say("/pause 3 days")
