"""A yes or no that is typed beside a card does what the card's own buttons do."""

from pathlib import Path

import pytest

from tests.bot import house
from tests.bot.house import Guest

MINUTES = "meditate 10 minutes every morning after coffee"


async def _to_the_card(guest: Guest) -> None:
    await guest.say("/start")
    await guest.press("Yes, I'm 18+ and agree")
    await guest.say(MINUTES)
    await guest.until(lambda: "Yes, plan it" in guest.labels())


@pytest.mark.parametrize("said", ["yes", "sure, looks good", "sí"])
async def test_a_typed_yes_agrees_to_the_resolution_and_gets_its_stars(tmp_path: Path, said: str):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await _to_the_card(guest)
        await guest.say(said)
        await guest.until(lambda: "Other city" in guest.labels())

        assert "☆" in str(guest.heard()[-2])
        assert not [m for m in guest.heard() if "Yes, plan it" in str(m.get("reply_markup"))]


@pytest.mark.parametrize("said", ["no", "I don't like it"])
async def test_a_typed_no_asks_what_should_be_different(tmp_path: Path, said: str):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await _to_the_card(guest)
        await guest.say(said)
        await guest.until(lambda: "Keep it as it is" in guest.labels())

        assert "not sure I got" not in guest.last()["text"]


async def test_a_typed_yes_leads_from_every_card_to_the_next(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await _to_the_card(guest)
        for change in ("15", "20", "25"):
            await guest.say(change)
            await guest.until(lambda change=change: change in guest.last()["text"])
        assert "adjust in a week" in guest.last()["text"]
        await guest.say("ok yes")
        await guest.until(lambda: "Other city" in guest.labels())
        await guest.say("Lisbon")
        await guest.until(lambda: "Too tired" in guest.labels())
        await guest.press("Too tired")
        await guest.until(lambda: "Start" in guest.labels())
        await guest.say("no")
        await guest.until(lambda: "Fewer days" in guest.labels())
        await guest.press("Keep it as it is")
        await guest.until(lambda: "Start" in guest.labels())
        await guest.say("ok start")
        await guest.until(lambda: "9–10" in guest.labels())
        await guest.press("0–3")
        easier = guest.last()["text"]
        await guest.say("sure")
        await guest.until(lambda: guest.last()["text"] != easier)

        assert "Evening 19:30" in guest.labels()
