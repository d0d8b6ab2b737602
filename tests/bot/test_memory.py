"""What a person sees and controls: what is remembered of them, and whether a model may know it."""

from pathlib import Path

from coach.llm.scripted import ScriptedModel
from storage import facts
from tests.bot import house
from tests.bot.house import Guest, House
from tests.bot.test_conversation import person_of
from tests.bot.test_own import be_at_home, known


async def remembered(rein: House, guest: Guest) -> list[str]:
    assert rein.bot is not None
    return await rein.bot.database.read(
        lambda t: [fact.words for fact in facts.of(t, person_of(t, guest))]
    )


async def test_a_fact_is_added_shown_with_its_source_and_forgotten(tmp_path: Path):
    async with house.sandbox_only(tmp_path) as rein:
        guest, other = rein.guest(), rein.guest("Bob")
        async with rein.open():
            await be_at_home(guest)
            await guest.say("/memory I work nights")
            await guest.say("My dog needs walks")
            shown = await guest.press("Show all")
            assert "I work nights\nyou said so" in shown
            await be_at_home(other)
            await other.say("/memory")
            _, theirs = guest.button("Forget 1")
            mine, _ = other.button("Done")
            await other.tap_data(mine, theirs)
        async with rein.open():
            assert await remembered(rein, guest) == ["My dog needs walks", "I work nights"]
            await guest.press("Forget 1")
            await guest.until(lambda: "Forget 1" in guest.labels())

            assert len(await remembered(rein, guest)) == 1
            await guest.press("Forget all")
            await guest.press("Forget all")
            await guest.until(lambda: "nothing about you" in guest.last()["text"])
            assert "dog" not in "".join(await remembered(rein, guest))
            await guest.press("Done")
            assert "nothing about you" in await guest.say("/memory")


async def test_with_ai_wording_off_nothing_goes_to_the_model(tmp_path: Path):
    model = ScriptedModel()
    async with house.sandbox_only(tmp_path) as rein:
        guest = rein.guest()
        async with rein.open(model=model):
            assert "language model: scripted" in await guest.say("/start")
            await be_at_home(guest)
            await guest.say("/settings")
            await guest.tap("AI wording: on")
            await guest.tap("Off")
            assert "AI wording: off" in guest.labels()
            await guest.press("Done")
        asked = len(model.requests)
        async with rein.open(model=model):
            await guest.say("I feel a bit tired today")

            assert len(model.requests) == asked
            assert not (await known(rein, guest)).preferences.ai_wording


async def test_without_a_model_there_is_nothing_to_switch(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        assert "model" not in await guest.say("/start")
        await be_at_home(guest)
        await guest.say("/settings")

        assert not [label for label in guest.labels() if "AI" in label]
