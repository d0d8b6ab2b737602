"""Few stars lead to one question or one rewrite, kept beside the first with both ratings."""

import json
from pathlib import Path

from sqlalchemy import select

from coach.llm.port import ModelRequest
from coach.llm.scripted import ScriptedModel, echo
from storage.tables.record import EVALUATION, RATING
from tests.bot import house
from tests.bot.house import Guest, House
from tests.bot.test_own import be_at_home, known

SAID = "I feel proud of this week"


async def rated(rein: House, kind: str) -> list[tuple[int, int, str | None]]:
    """List the versions of a kind that were rated, with their stars and what was off."""
    found = select(RATING.c.object_version, RATING.c.value, RATING.c.reason)
    asked = found.where(RATING.c.object_kind == kind).order_by(RATING.c.object_version)
    assert rein.bot is not None
    rows = await rein.bot.database.read(lambda t: t.run(asked).all())
    return [(row.object_version, row.value, row.reason) for row in rows]


async def scored(rein: House, kind: str) -> set[int]:
    """List the versions of a kind that have scores."""
    found = select(EVALUATION.c.object_version).where(EVALUATION.c.object_kind == kind)
    assert rein.bot is not None
    return set(await rein.bot.database.read(lambda t: t.run(found).scalars().all()))


async def give(guest: Guest, number: int, label: str) -> None:
    """Give so many stars to the newest row of them, and say what was off."""
    message, data = guest.button("☆")
    before = len(guest.heard())
    await guest.tap_data(message, data[:-1] + str(number))
    await guest.until(lambda: len(guest.heard()) > before)
    await guest.tap(label)


async def test_a_reply_that_was_too_long_is_worded_once_more_and_only_once(tmp_path: Path):
    async with house.sandbox_only(tmp_path) as rein:
        guest = rein.guest()
        async with rein.open():
            await be_at_home(guest)
            first = await guest.say(SAID)
            await guest.press("☆")
        async with rein.open():
            await guest.tap("Too long")
            await guest.until(lambda: "☆" in guest.labels() and guest.last()["text"] != first)
            again = guest.last()
            assert len(again["text"].split()) <= 30

            await give(guest, 3, "Tone")

            assert guest.heard()[-2]["message_id"] == again["message_id"]
            assert await rated(rein, "reply") == [(1, 1, "lo"), (2, 3, "to")]
            assert await scored(rein, "reply") == {1, 2}


async def test_the_model_is_told_what_was_off_and_rewords_within_it(tmp_path: Path):
    again = "You noticed a good week, and that counts."

    def reply(request: ModelRequest) -> str:
        return json.dumps({"reply": again}) if request.step == "rewrite_reply" else echo(request)

    model = ScriptedModel(reply)
    async with house.sandbox_only(tmp_path) as rein, rein.open(model=model):
        guest = rein.guest()
        await be_at_home(guest)
        first = await guest.say(SAID)
        await give(guest, 2, "Too long")

        await guest.until(lambda: guest.last()["text"] == again)

        asked = next(one for one in model.requests if one.step == "rewrite_reply")
        assert asked.data["was_off"] == "too long"
        assert asked.data["first_reply"] == {"user_text": first}


async def test_a_wrong_fact_opens_what_is_remembered(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await be_at_home(guest)
        await guest.say("/memory I work nights")
        await guest.press("Show all")
        await guest.press("Done")
        await guest.say(SAID)

        await give(guest, 1, "Wrong fact")

        await guest.until(lambda: "Forget 1" in guest.labels())
        assert "I work nights" in guest.last()["text"]


async def test_a_wrong_tone_offers_to_stay_plain(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await be_at_home(guest)
        await guest.say(SAID)
        await give(guest, 2, "Tone")
        await guest.until(lambda: "Keep it this plain" in guest.labels())

        await guest.tap("Keep it this plain")

        await guest.until(lambda: "✓" in guest.last()["text"])
        assert (await known(rein, guest)).preferences.style == "firm"


async def test_few_stars_for_a_plan_lead_to_another_version_with_stars(tmp_path: Path):
    async with house.sandbox_only(tmp_path) as rein:
        guest = rein.guest()
        async with rein.open():
            await be_at_home(guest)
            await give(guest, 2, "Too generic")
            await guest.until(lambda: "Fewer days" in guest.labels())
        async with rein.open():
            await guest.tap("Fewer days")
            await guest.until(lambda: "☆" in guest.labels())
            await guest.press("☆")

            await guest.until(lambda: "What was off?" in guest.last()["text"])

            assert await rated(rein, "plan") == [(1, 2, "ge"), (2, 1, None)]
            assert "few stars" in await guest.say("/why")


async def test_few_stars_for_an_agreed_resolution_lead_to_its_next_version(tmp_path: Path):
    async with house.sandbox_only(tmp_path) as rein:
        guest = rein.guest()
        async with rein.open():
            await be_at_home(guest)
            resolution = next(m for m in guest.heard() if "☆" in str(m.get("reply_markup")))
            row = resolution["reply_markup"]["inline_keyboard"][0]
            await guest.tap_data(resolution, row[1]["callback_data"])
            await guest.until(lambda: "What was off?" in guest.last()["text"])
            await guest.tap("Too generic")
            await guest.until(lambda: "What should be different?" in guest.last()["text"])
        async with rein.open():
            await guest.say("25 minutes instead")
            await guest.press("Yes, plan it")
            await guest.until(lambda: "☆" in str(guest.heard()))
            await give(guest, 3, "Skip")

            assert await rated(rein, "resolution") == [(1, 2, "ge"), (2, 3, None)]


async def test_a_resolution_with_few_stars_may_stay_as_it_is(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await guest.say("/start")
        await guest.press("Yes, I'm 18+ and agree")
        await guest.say("run 20 minutes 3 times a week")
        while "Yes, plan it" not in guest.labels():
            await guest.press("You choose")
        asked = await guest.press("Yes, plan it")
        await give(guest, 2, "Too generic")
        await guest.until(lambda: "What should be different?" in guest.last()["text"])

        assert asked in await guest.press("Keep it as it is")
