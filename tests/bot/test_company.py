"""Life with a plan, through the sandbox: real python-telegram-bot, real HTTP, real SQLite."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from coach.weeks import DayState
from storage import answers, changes, check_ins, facts, goals, plans
from storage.tables.transport import OUTBOX
from storage.transaction import Transaction
from tests.bot import house
from tests.bot.house import Guest, House
from tests.bot.test_conversation import agree_to_a_plan, person_of

DAY = timedelta(days=1)


async def begin(guest: Guest) -> None:
    await agree_to_a_plan(guest)
    await guest.until(lambda: "You're set" in guest.last()["text"])


async def days_later(rein: House, days: int) -> None:
    rein.sandbox.clock.advance(days * DAY)


async def on_a_day_with_a_session(rein: House, guest: Guest) -> None:
    """Move to the plan's next day with a session."""
    for _ in range(8):
        if "Today:" in await guest.say("/today"):
            return
        await days_later(rein, 1)
    raise AssertionError(guest.last()["text"])


async def states(rein: House, guest: Guest) -> list[DayState]:
    def told(transaction: Transaction) -> list[DayState]:
        person = person_of(transaction, guest)
        (goal,) = goals.of(transaction, person)
        return [one.state for one in answers.of_goal(transaction, person, goal.id)]

    assert rein.bot is not None
    return await rein.bot.database.read(told)


async def test_a_tap_records_a_day_and_a_second_thought_corrects_it(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await begin(guest)
        await on_a_day_with_a_session(rein, guest)

        assert "how did it go?" in await guest.say("/done")
        assert "Noted: 1 of" in await guest.press("Done ✅")
        assert await states(rein, guest) == [DayState.DONE]

        await guest.tap("Change")
        await guest.press("Partly")
        assert await states(rein, guest) == [DayState.PARTLY]
        assert "Changed to done" in await guest.say("/back")
        assert await states(rein, guest) == [DayState.DONE]


async def test_what_is_told_in_words_is_noted_after_a_yes(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await begin(guest)
        await on_a_day_with_a_session(rein, guest)

        assert "Shall I note it" in await guest.say("I did it!")
        assert await states(rein, guest) == []
        assert "Noted: 1 of" in await guest.press("Yes, note it")
        assert await states(rein, guest) == [DayState.DONE]


async def test_a_missed_day_finds_its_reason_and_changes_the_plan(tmp_path: Path):
    """Stop and start the bot before each answer."""
    async with house.sandbox_only(tmp_path) as rein:
        guest = rein.guest()
        async with rein.open():
            await begin(guest)
            await on_a_day_with_a_session(rein, guest)
            await guest.say("/done")
        async with rein.open():
            assert "What got in the way?" in await guest.press("Not today")
        async with rein.open():
            await guest.press("No time")
            option = guest.labels()[0]
        async with rein.open():
            assert "It is in the plan now" in await guest.press(option)

            def kept(transaction: Transaction):
                person = person_of(transaction, guest)
                (goal,) = goals.of(transaction, person)
                told = answers.of_goal(transaction, person, goal.id)
                plan = plans.newest(transaction, person, goal.id)
                return told, plan, changes.of_goals(transaction, person, [goal.id])[goal.id]

            assert rein.bot is not None
            told, plan, changed = await rein.bot.database.read(kept)
        assert [(one.state, one.reason) for one in told] == [(DayState.MISSED, "tm")]
        assert plan is not None
        assert plan.version == 2
        assert [one.trigger for one in changed] == ["obstacle"]


async def test_a_review_is_agreed_on_once(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await begin(guest)
        await on_a_day_with_a_session(rein, guest)
        await guest.say("/done")
        await guest.press("Done ✅")

        assert "Week 1" in await guest.say("/review")
        message, data = guest.button("Looks good")
        assert "Agreed. Week 2:" in await guest.press("Looks good")

        again = await guest.say("/review")
        assert "Looks good" not in guest.labels()
        assert "Week 1" in again
        assert message
        assert data


async def test_an_undo_passes_over_a_review_that_left_the_plan_as_it_was(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await begin(guest)
        assert "no plan change" in await guest.say("/undo")
        assert "Changed" in await guest.say("at 8pm")
        await on_a_day_with_a_session(rein, guest)
        await guest.say("/done")
        await guest.press("Done ✅")
        await guest.say("/review")
        await guest.press("Looks good")

        assert "07:30" in await guest.say("/undo")
        assert "20:00" in await guest.say("/undo")


async def test_a_change_in_words_shows_the_new_line(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await begin(guest)

        assert "Changed. Next, on" in await guest.say("make it 4 times a week")


async def test_somebody_who_drifted_away_is_offered_a_small_restart(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await begin(guest)
        await days_later(rein, 9)

        assert "happens to almost everyone" in await guest.say("/today")
        assert "this is enough" in await guest.press("Small restart")


async def test_the_end_of_a_goal_is_told_in_facts(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await begin(guest)
        await on_a_day_with_a_session(rein, guest)
        await guest.say("/done")
        await guest.press("Done ✅")

        assert "What helped most?" in await guest.say("I reached my goal!")
        assert "I keep that" in await guest.say("running with Sam")
        await guest.press("Stop here")

        def kept(transaction: Transaction):
            person = person_of(transaction, guest)
            (goal,) = goals.of(transaction, person)
            return goal.state, [one.words for one in facts.of(transaction, person)]

        assert rein.bot is not None
        assert await rein.bot.database.read(kept) == (goals.GoalState.DONE, ["running with Sam"])


async def test_a_goal_that_is_kept_is_done_and_asked_about_on_seven_days(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await begin(guest)
        await guest.say("I reached my goal!")
        assert "once a week for four weeks" in await guest.press("Keep it going")

        def kept(transaction: Transaction):
            person = person_of(transaction, guest)
            (goal,) = goals.of(transaction, person)
            return goal, [one for one in check_ins.of(transaction, person) if one.kind == "kept"]

        assert rein.bot is not None
        goal, asked = await rein.bot.database.read(kept)
        assert goal.state is goals.GoalState.DONE
        assert goal.kept_since is not None
        assert [(one.on - goal.kept_since).days for one in asked if one.on] == [
            7, 14, 21, 28, 56, 84, 112,
        ]  # fmt: skip


async def test_stats_come_in_words_and_as_a_picture_that_is_kept_nowhere(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await begin(guest)
        assert "begins on" in await guest.say("/stats")
        await on_a_day_with_a_session(rein, guest)
        await guest.say("/done")
        await guest.press("Done ✅")

        await guest.say("/stats")
        await guest.until(lambda: "photo" in guest.last())

        words, picture = guest.heard()[-2:]
        assert "1 of" in words["text"]
        assert "✅ done" in words["text"]
        assert "You gave no stars" in words["text"]
        assert picture["caption"].startswith("Picture:")
        assert picture["photo"][-1]["width"] == 1080

        def kept(transaction: Transaction):
            c = OUTBOX.c
            asked = select(c.payload, c.kind).where(c.message_id == picture["message_id"])
            return transaction.run(asked).one()

        assert rein.bot is not None
        await guest.say("/today")  # by then it is written down that the picture arrived
        assert await rein.bot.database.read(kept) == (None, "document")


async def test_nobody_answers_for_somebody_else(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        owner, other = rein.guest("Ada"), rein.guest("Eve")
        await begin(owner)
        await on_a_day_with_a_session(rein, owner)
        await owner.say("/done")
        _, data = owner.button("Done ✅")
        await other.say("/start")

        assert await other.tap_data(other.last(), data) == "This button is no longer valid."
        assert await states(rein, owner) == []
