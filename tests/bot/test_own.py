"""What belongs to a person and can be changed, through the sandbox on a real database."""

import json
from datetime import timedelta
from pathlib import Path

from coach.values import Plan
from storage import check_ins, feedback, goals, people, plans
from storage.people import Person
from storage.transaction import Transaction
from tests.bot import house
from tests.bot.house import Guest, House
from tests.bot.test_conversation import agree_to_a_plan, person_of


async def be_at_home(guest: Guest) -> None:
    """Agree to a plan, and wait until all of the answer is there."""
    await agree_to_a_plan(guest)
    await guest.until(lambda: "You're set" in guest.last()["text"])


async def known(rein: House, guest: Guest) -> Person:
    assert rein.bot is not None
    return await rein.bot.database.read(lambda t: person_of(t, guest))


async def test_a_setting_is_changed_in_place_and_survives_a_restart(tmp_path: Path):
    async with house.sandbox_only(tmp_path) as rein:
        guest = rein.guest()
        async with rein.open():
            await be_at_home(guest)
            await guest.say("/settings")
            shown = len(guest.messages())
            await guest.tap("Style: balanced")
        async with rein.open():
            await guest.tap("Firm")
            assert "Style: firm" in guest.labels()
            assert len(guest.messages()) == shown
            assert (
                "22:00–07:00" in await guest.say("quiet from 22 to 7")
                or "Noted." in (guest.last()["text"])
            )
            assert "Quiet: 22:00–07:00" in guest.labels()
            person = await known(rein, guest)
            assert person.preferences.style == "firm"
            assert f"{person.preferences.quiet.begins:%H}" == "22"


async def test_another_language_is_spoken_at_once(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await be_at_home(guest)
        await guest.say("/language")

        await guest.tap("Español")

        assert "Idioma: Español" in guest.labels()
        await guest.press("Listo")
        assert (await known(rein, guest)).language == "es"
        theirs = json.dumps({"type": "chat", "chat_id": guest.person.id}, sort_keys=True)
        menus = rein.sandbox.profile.commands
        await guest.until(lambda: (theirs, "") in menus)
        assert "Tus metas" in str(menus[theirs, ""])


async def test_another_city_moves_the_check_ins(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await be_at_home(guest)
        await guest.say("/timezone")

        await guest.say("Tokyo")

        def zones(transaction: Transaction) -> set[str]:
            return {
                one.time_zone for one in check_ins.of(transaction, person_of(transaction, guest))
            }

        assert rein.bot is not None
        assert await rein.bot.database.read(zones) == {"Asia/Tokyo"}
        assert (await known(rein, guest)).time_zone == "Asia/Tokyo"
        assert "Zone: Tokyo" in guest.labels()


async def test_a_set_up_waits_while_settings_are_open(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await guest.say("/start")
        await guest.press("Yes, I'm 18+ and agree")
        await guest.say("I want to run a 10k by April")
        question = guest.last()["text"]
        await guest.say("/settings")
        await guest.press("Done")

        assert await guest.press("Continue") == question


async def test_feedback_is_kept_and_thanked(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await be_at_home(guest)
        await guest.say("/feedback")
        await guest.until(lambda: "whoever runs this Rein" in guest.last()["text"])

        assert "Thank you" in await guest.say("Shorter messages, please")

        def told(transaction: Transaction) -> list[str]:
            person = people.find(transaction, guest.person.id)
            assert person is not None
            return feedback.of(transaction, person)

        assert rein.bot is not None
        assert await rein.bot.database.read(told) == ["Shorter messages, please"]
        assert "Shorter" not in json.dumps(guest.last())


async def two_goals(guest: Guest) -> None:
    """Be at home with one goal under way, and another one on the list."""
    await be_at_home(guest)
    await guest.say("/goal")
    await guest.press("Park it")
    assert "waits on your list" in await guest.say("learn the guitar")


async def test_a_second_new_goal_is_parked_in_the_persons_words(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await two_goals(guest)

        listed = await guest.say("/goals")

        assert "(main)" in listed
        assert "learn the guitar (waiting)" in listed
        assert "learn the guitar" in await guest.say("the guitar one")


async def test_a_goal_is_deleted_only_when_asked_once_more(tmp_path: Path):
    async with house.sandbox_only(tmp_path) as rein:
        guest = rein.guest()
        async with rein.open():
            await two_goals(guest)
            await guest.say("/goals")
            await guest.press("learn the guitar")
            assert "Delete" in await guest.press("Delete")
        async with rein.open():
            await guest.say("hm, wait")
            await guest.press("Keep it")
            await guest.press("Delete")
            await guest.press("Delete it")

            assert "guitar" not in await guest.say("/goals")


async def test_a_parked_goal_keeps_its_history_and_can_begin_again(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await be_at_home(guest)
        await guest.say("/goals")
        title = guest.labels()[0]
        await guest.press(title)
        await guest.press("Park it")
        await guest.until(lambda: "(waiting)" in guest.last()["text"])

        await guest.press(title)
        await guest.press("Start it")

        assert "Yes, plan it" in guest.labels()


async def change_the_plan(guest: Guest) -> None:
    """Change the main goal's plan from the list, to an easier one."""
    await guest.say("/goals")
    await guest.press(guest.labels()[0])
    await guest.press("Change goal or plan")
    await guest.press("Yes, plan it")
    await guest.press("Easier")
    await guest.press("Start")
    await guest.press("9–10")
    await guest.press("Evening 19:30")
    await guest.until(lambda: "You're set" in guest.last()["text"])


async def test_a_changed_plan_can_be_explained_and_taken_back(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await be_at_home(guest)
        first = await guest.say("/plan")
        assert "the first one" in await guest.say("/why")
        assert "no plan change" in await guest.say("/undo")
        await change_the_plan(guest)
        assert await guest.say("/plan") != first
        assert "you asked for it" in await guest.say("/why")

        undone = await guest.say("/undo")

        assert "as it was before" in undone
        assert await guest.say("/plan") == first
        assert "took the last change back" in await guest.say("/why")


async def test_a_pause_silences_and_a_return_moves_the_plan(tmp_path: Path):
    async with house.sandbox_only(tmp_path) as rein:
        guest = rein.guest()
        async with rein.open():
            await be_at_home(guest)
            before = await plan_of(rein, guest)
            await guest.say("/pause")
            assert "Paused until" in await guest.press("2 weeks")
        async with rein.open():
            assert "stays paused" in await guest.say("it is snowing here")
            assert (await known(rein, guest)).preferences.pause is not None
        rein.sandbox.clock.advance(timedelta(days=15))
        async with rein.open():
            assert "Welcome back" in await guest.say("hello again")

            assert "lighter first week" in await guest.press("Same plan")

            after = await plan_of(rein, guest)
            assert [w.start - timedelta(days=14) for w in after.weeks] == [
                w.start for w in before.weeks
            ][: len(after.weeks)]
            assert after.weeks[0].figure != before.weeks[0].figure
            assert (await known(rein, guest)).preferences.pause is None


async def plan_of(rein: House, guest: Guest) -> Plan:
    def read(transaction: Transaction) -> Plan:
        person = person_of(transaction, guest)
        (goal,) = goals.of(transaction, person)
        kept = plans.newest(transaction, person, goal.id)
        assert kept is not None
        return kept.plan

    assert rein.bot is not None
    return await rein.bot.database.read(read)
