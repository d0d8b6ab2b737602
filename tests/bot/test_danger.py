"""Danger through the whole house: real Bot API, real database, nothing kept but time and level."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage import conversations, goals, holds, turned_away
from storage.tables import METADATA
from storage.transaction import Transaction
from tests.bot import house
from tests.bot.house import Guest, House
from tests.bot.test_conversation import agree_to_a_plan, person_of


async def rows(rein: House, table: str) -> int:
    assert rein.bot is not None
    counted = select(func.count()).select_from(METADATA.tables[table])
    return await rein.bot.database.read(lambda t: t.run(counted).scalar_one())


async def agree(guest: Guest) -> None:
    await guest.say("/start")
    await guest.press("Yes, I'm 18+ and agree")


async def at_home(guest: Guest) -> None:
    """Agree to a plan, and wait until everything about it is said."""
    await agree_to_a_plan(guest)
    await guest.say("/help")
    await guest.until(lambda: "/cancel" in guest.last()["text"])


async def test_a_hold_keeps_its_time_and_level_and_no_words(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await agree(guest)
        before = (await rows(rein, "message"), await rows(rein, "model_call"))

        assert "findahelpline" in await guest.say("I want to end my life")

        def held(transaction: Transaction) -> list[holds.Hold]:
            return holds.of(transaction, person_of(transaction, guest))

        assert rein.bot is not None
        (hold,) = await rein.bot.database.read(held)
        assert hold.level == "self_harm"
        assert (await rows(rein, "message"), await rows(rein, "model_call")) == before
        assert await rows(rein, "goal") == 0


async def test_before_consent_danger_is_held_too_and_nothing_is_kept_of_it(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await guest.say("/start")
        before = await rows(rein, "message")
        await guest.say("I want to end my life")
        assert await rows(rein, "message") == before

        await guest.press("Just a figure of speech")

        assert "18 or older" in guest.last()["text"]


async def test_a_hold_lasts_until_somebody_is_safe_and_half_a_day_is_over(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await at_home(guest)
        await guest.say("I want to end my life")
        await guest.press("I'm safe right now")
        await guest.press("Yes, ask once")
        assert "tomorrow at 11:00" in guest.last()["text"]

        rein.sandbox.clock.advance(timedelta(hours=1))
        assert "I read you" in await guest.say("/plan")
        rein.sandbox.clock.advance(timedelta(hours=12))
        assert "Week" in await guest.say("/plan")

        def wish(transaction: Transaction):
            person = person_of(transaction, guest)
            return person.time_zone, holds.of(transaction, person)[0].ask_at

        assert rein.bot is not None
        zone, ask_at = await rein.bot.database.read(wish)
        assert zone is not None
        assert ask_at is not None


async def test_a_minors_words_are_erased_and_coaching_does_not_begin_again(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await at_home(guest)

        assert "for adults" in await guest.say("I'm 15 and want abs by summer")

        for table in ("person", "goal", "plan", "message", "conversation", "hold"):
            assert await rows(rein, table) == 0, table
        assert rein.bot is not None
        now = rein.sandbox.clock.now()
        told = await rein.bot.database.read(lambda t: turned_away.told_at(t, guest.person.id, now))
        assert told is not None
        assert "findahelpline" in await guest.say("I want to die")
        assert "young" in await guest.say("/help")
        assert await rows(rein, "person") == 0


async def test_somebody_who_is_hit_can_leave_no_trace(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await at_home(guest)

        assert "isn't your fault" in await guest.say("my husband hits me")
        await guest.press("Delete this chat's data")
        await guest.press("Delete everything")

        assert await rows(rein, "person") == 0
        assert "18 or older" in await guest.say("/start")


async def test_a_talk_to_prepare_waits_on_the_list(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await agree(guest)
        await guest.say("come off my antidepressants by christmas")
        await guest.press("Prepare the talk")

        def kept(transaction: Transaction):
            return goals.of(transaction, person_of(transaction, guest))

        assert rein.bot is not None
        (goal,) = await rein.bot.database.read(kept)
        assert goal.state is goals.GoalState.PARKED
        assert "antidepressants" not in goal.understanding.text


async def test_words_after_a_command_are_looked_at_for_danger(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await agree(guest)

        assert "findahelpline" in await guest.say("/goal I want to end my life")


@pytest.mark.parametrize("language", ["de", "es"])
async def test_danger_is_answered_in_its_language_or_in_english(tmp_path: Path, language: str):
    said = {
        "de": "ich will nicht mehr leben, ich kann das alles nicht",
        "es": "quiero morirme, no quiero vivir más",
    }
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await agree(guest)
        answer = await guest.say(said[language])

        assert "Thank you for telling me" in answer
        assert ("Gracias por decírmelo" in answer) == (language == "es")


async def test_the_conversation_keeps_no_word_of_danger(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await agree(guest)
        await guest.say("nobody would miss me, xyzzy")

        def draft(transaction: Transaction) -> bytes:
            standing = conversations.load(transaction, guest.person.id)
            assert standing is not None
            return standing.draft

        assert rein.bot is not None
        assert b"xyzzy" not in await rein.bot.database.read(draft)
