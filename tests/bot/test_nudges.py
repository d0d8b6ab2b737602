"""What Rein says by itself, over real HTTP, on a clock that a test moves."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from bot.sandbox import acts
from coach.values import Drafted, Scores
from storage import changes, check_ins, goals, ids, plans
from storage.origin import Origin
from storage.outbox import Lane
from storage.subjects import Subject, SubjectKind
from storage.tables.lived import NUDGE
from storage.tables.transport import OUTBOX
from storage.transaction import Transaction
from tests.bot import house
from tests.bot.house import Guest, House
from tests.bot.test_conversation import person_of
from tests.bot.test_own import be_at_home

HOUR = timedelta(hours=1)


async def next_due(rein: House) -> datetime:
    """Tell when somebody is looked after next."""
    assert rein.bot is not None
    due = await rein.bot.database.read(check_ins.earliest)
    assert due is not None
    return due


async def go_to_the_next(rein: House) -> None:
    """Move to when the next check-in is due, and look."""
    assert rein.bot is not None
    due = await next_due(rein)
    rein.sandbox.clock.advance(max(timedelta(), due - rein.sandbox.clock.now()))
    await rein.bot.sweep.look()


async def nudge(rein: House, guest: Guest) -> str:
    """Move on until something is said unasked, and return it."""
    said = len(guest.messages())
    for _ in range(12):
        await go_to_the_next(rein)
        await rein.settled()
        if len(guest.messages()) > said:
            return str(guest.last()["text"])
    raise AssertionError("nothing was said")


async def test_a_session_is_asked_about_once_and_one_tap_answers(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await be_at_home(guest)
        assert rein.bot is not None

        asked = await nudge(rein, guest)
        assert "Done ✅" in guest.labels(), asked
        await rein.bot.sweep.look()
        assert "Noted: 1 of" in await guest.press("Done ✅")

        (kept,) = await rein.bot.database.read(lambda t: t.run(select(NUDGE)).all())
        assert (kept.kind, kept.wording.split(".")[0]) == ("session", "session")
        assert kept.sent_at is not None
        assert kept.answered_at is not None


async def test_words_answer_the_check_in_that_came_while_the_memory_was_open(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await be_at_home(guest)
        await guest.say("/memory")
        await nudge(rein, guest)

        answered = await guest.say("not today")

        assert "remember" not in answered
        assert "What got in the way?" in answered


async def test_what_was_told_before_is_not_asked_about(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await be_at_home(guest)
        assert rein.bot is not None
        while "Today:" not in await guest.say("/today"):
            rein.sandbox.clock.advance(timedelta(days=1))
        await guest.say("/done")
        await guest.press("Done ✅")
        said, soon = len(guest.messages()), rein.sandbox.clock.now() + 20 * HOUR

        looks = 0
        while await next_due(rein) <= soon:
            await go_to_the_next(rein)
            await rein.settled()
            looks += 1

        assert looks, "nobody looked"
        assert len(guest.messages()) == said


async def test_nothing_is_said_of_what_is_long_over(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await be_at_home(guest)
        assert rein.bot is not None
        said = len(guest.messages())

        rein.sandbox.clock.advance(await next_due(rein) - rein.sandbox.clock.now() + 3 * HOUR)
        await rein.bot.sweep.look()
        await rein.settled()

        assert len(guest.messages()) == said
        assert await next_due(rein) > rein.sandbox.clock.now()


async def test_a_block_stops_everything_until_they_are_back(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await be_at_home(guest)
        assert rein.bot is not None
        acts.block(rein.sandbox, guest.person, blocked=True)
        async with asyncio.timeout(house.PATIENCE):  # the news has to arrive first
            while await rein.bot.database.read(check_ins.earliest) is not None:
                pass

        acts.block(rein.sandbox, guest.person, blocked=False)
        await guest.say("/today")
        assert await next_due(rein) > rein.sandbox.clock.now()
        assert "Done ✅" in (await nudge(rein, guest), *guest.labels())


def with_a_second_goal(transaction: Transaction, guest: Guest) -> None:
    """Have somebody live by the same plan for a second goal."""
    person = person_of(transaction, guest)
    (goal,) = goals.of(transaction, person)
    newest = plans.newest(transaction, person, goal.id)
    assert newest is not None
    other, now = ids.new(), goal.created_at + HOUR
    goals.create(transaction, person, other, goal.understanding, now)
    subject = Subject(SubjectKind.PLAN, str(other), 1)
    made = Drafted(newest.plan, Scores({}, 8), "rules")
    plans.keep(transaction, person, subject, made, Origin("second goal", now))


async def test_silence_after_a_review_holds_every_goal_that_nobody_told_of(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await be_at_home(guest)
        assert rein.bot is not None
        await rein.bot.database.write(lambda t: with_a_second_goal(t, guest))

        def held(transaction: Transaction) -> list[list[str]]:
            person = person_of(transaction, guest)
            mine = goals.of(transaction, person)
            made = changes.of_goals(transaction, person, [goal.id for goal in mine])
            return [[one.trigger for one in made.get(goal.id, [])] for goal in mine]

        for _ in range(30):
            await go_to_the_next(rein)
            await rein.settled()
            if any(await rein.bot.database.read(held)):
                break

        assert await rein.bot.database.read(held) == [["unanswered"], ["unanswered"]]


async def test_after_a_hold_who_wished_so_is_asked_once_how_they_are(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await be_at_home(guest)
        await guest.say("I want to end my life")
        await guest.press("I'm safe right now")
        await guest.press("Yes, ask once")
        assert "tomorrow at 11:00" in guest.last()["text"]

        asked = await nudge(rein, guest)
        assert asked == "You wanted me to ask once: how are you today?"

        for _ in range(8):
            await go_to_the_next(rein)
            await rein.settled()
        assert [one["text"] for one in guest.heard()].count(asked) == 1


async def test_an_old_question_that_loses_its_buttons_is_no_nudge(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await be_at_home(guest)
        assert rein.bot is not None
        while await rein.bot.database.read(check_ins.earliest):  # weeks without an answer
            await go_to_the_next(rein)
            await rein.settled()

        kept = await rein.bot.database.read(lambda t: set(t.run(select(NUDGE.c.key)).scalars()))
        sent = await rein.bot.database.read(lambda t: t.run(select(OUTBOX)).all())
        assert kept == {letter.dedup_key for letter in sent if letter.lane == Lane.NUDGES}
        turns = {letter.lane for letter in sent if letter.dedup_key.startswith("check_in:")}
        assert Lane.ANSWERS in turns, "no question was open"
