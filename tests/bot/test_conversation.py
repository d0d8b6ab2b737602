"""Whole conversations through the sandbox: real python-telegram-bot, real HTTP, real SQLite."""

import json
from pathlib import Path

import pytest

from storage import conversations, goals, plans, ratings
from storage.people import Person
from storage.subjects import Subject, SubjectKind
from storage.transaction import Transaction
from tests.bot import house
from tests.bot.house import Guest


async def begin_a_plan(guest: Guest, goal: str = "I want to run a 10k by April") -> str:
    """Walk from nothing to the first question of a plan; return the resolution's card."""
    await guest.say("/start")
    await guest.press("Yes, I'm 18+ and agree")
    await guest.say(goal)
    while "Yes, plan it" not in guest.labels():
        await guest.press("You choose")
    card = guest.last()["text"]
    await guest.press("Yes, plan it")
    return card


async def agree_to_a_plan(guest: Guest, check_in: str = "Evening 19:30") -> None:
    """Walk the straight road: eleven taps and one sentence."""
    await begin_a_plan(guest)
    while "Nothing I see" not in guest.labels():
        await guest.press("Done" if "Done" in guest.labels() else guest.labels()[0])
    await guest.press("Too tired")
    await guest.press("Start")
    await guest.press("7–8")
    await guest.press(check_in)


def person_of(transaction: Transaction, guest: Guest) -> Person:
    standing = conversations.load(transaction, guest.person.id)
    assert standing is not None
    return standing.person


async def test_a_stranger_goes_from_a_goal_to_a_stored_plan_with_stars(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await agree_to_a_plan(guest)

        def kept(transaction: Transaction):
            person = person_of(transaction, guest)
            (goal,) = goals.of(transaction, person)
            return (
                goal,
                goals.resolution(transaction, person, goal.id),
                plans.newest(transaction, person, goal.id),
            )

        assert rein.bot is not None
        goal, resolution, plan = await rein.bot.database.read(kept)
        assert "10k" in goal.understanding.text
        assert resolution is not None
        assert plan is not None
        assert plan.plan.weeks[0].sessions
        starred = [m for m in guest.heard() if "☆" in json.dumps(m, ensure_ascii=False)]
        assert len(starred) == 2


@pytest.mark.parametrize(
    ("goal", "suggested"),
    [("I want to swim 2 km without stopping", 2), ("I want to run a 10k by April", 3)],
)
async def test_as_many_days_are_ticked_as_the_resolution_suggests(
    tmp_path: Path, goal: str, suggested: int
):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        card = await begin_a_plan(guest, goal)
        ticked = [label for label in guest.labels() if "✓" in label]

    assert f"{suggested} times a week" in card
    assert len(ticked) == suggested


async def test_stars_can_be_changed_and_few_stars_are_asked_about(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await agree_to_a_plan(guest)
        message, _ = guest.button("☆")

        assert await guest.tap_data(message, stars(message, 5)) == "Thanks, noted."
        await guest.tap_data(message, stars(message, 2))
        await guest.until(lambda: "What was off?" in guest.last()["text"])
        await guest.tap("Too generic")

        def rating(transaction: Transaction):
            person = person_of(transaction, guest)
            (goal,) = goals.of(transaction, person)
            subject = Subject(SubjectKind.PLAN, str(goal.id), 1)
            return ratings.find(transaction, person, subject)

        assert rein.bot is not None
        found = await rein.bot.database.read(rating)
        assert found is not None
        assert (found.value, found.reason) == (2, "ge")


def stars(message: house.Message, given: int) -> str:
    row = message["reply_markup"]["inline_keyboard"][0]
    return row[given - 1]["callback_data"]


async def test_somebody_elses_stars_change_nothing(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        owner, other = rein.guest("Ada"), rein.guest("Eve")
        await agree_to_a_plan(owner)
        message, _ = owner.button("☆")
        await other.say("/start")

        assert await other.tap_data(other.last(), stars(message, 1)) == (
            "This button is no longer valid."
        )


async def test_a_stale_tap_is_told_so_and_a_double_tap_counts_once(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await guest.say("/start")
        message, data = guest.button("Yes, I'm 18+ and agree")
        await guest.press("Yes, I'm 18+ and agree")

        assert await guest.tap_data(message, data) == "That one is already answered."


async def test_a_restart_in_the_middle_of_every_stage_continues(tmp_path: Path):
    """Stop and start the bot before each answer of the straight road."""
    async with house.sandbox_only(tmp_path) as rein:
        guest = rein.guest()
        async with rein.open():
            await guest.say("/start")
        async with rein.open():
            await guest.press("Yes, I'm 18+ and agree")
        async with rein.open():
            await guest.say("I want to run a 10k by April")
        roads = ("You choose", "Yes, plan it", "Done", "Morning", "Too tired", "Start")
        while "9–10" not in guest.labels():
            async with rein.open():
                labels = guest.labels()
                label = next((label for label in roads if label in labels), labels[0])
                await guest.press(label)
        async with rein.open():
            await guest.press("9–10")
        async with rein.open():
            await guest.say("20:15")
            await guest.until(lambda: "at about 20:15" in guest.last()["text"])


async def test_a_goal_typed_before_consent_is_held_and_then_used(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await guest.say("/start")
        assert "one tap first" in await guest.say("read 10 pages every night before bed")

        await guest.press("Yes, I'm 18+ and agree")

        assert "10 pages" in guest.last()["text"]


async def test_what_is_no_goal_is_answered_after_the_tap_where_nothing_else_was_said(
    tmp_path: Path,
):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        assert "with a button" in await guest.say("no idea")

        await guest.press("Yes, I'm 18+ and agree")

        assert "Which part of life" in guest.last()["text"]


async def test_a_typed_yes_is_no_consent_and_takes_no_goal_away(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        assert "one tap first" in await guest.say("read 10 pages every night before bed")
        for typed in ("yes", "I agree", "ok, thanks"):
            assert "with a button" in await guest.say(typed)
        assert "I'm a program" in await guest.say("Are you human?")

        await guest.press("Yes, I'm 18+ and agree")

        assert "10 pages" in guest.last()["text"]


async def test_a_goal_written_into_the_empty_list_of_goals_is_read_as_one(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await guest.say("/start")
        await guest.press("Yes, I'm 18+ and agree")
        assert "No goals yet" in await guest.say("/goals")

        assert "10 pages" in await guest.say("read 10 pages every night before bed")


async def test_a_goal_that_is_too_fast_is_asked_about_once(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await guest.say("/start")
        await guest.press("Yes, I'm 18+ and agree")
        shown = len(guest.heard())

        assert (await guest.say("run 3 times a day")).count("Which fits better?") == 1

        assert "A few a week" in guest.labels()
        assert len(guest.heard()) == shown + 1


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        pytest.param("/nonsense", "I don't know that one", id="unknown command"),
        pytest.param("/help", "software", id="help"),
        pytest.param("/plan", "no plan yet", id="no plan"),
        pytest.param("/goals", "No goals yet", id="no goals"),
        pytest.param("/cancel", "Nothing to cancel", id="nothing to cancel"),
        pytest.param("hi", "What would you like to work on", id="a greeting"),
        pytest.param("I want to end my life", "findahelpline", id="danger"),
    ],
)
async def test_everything_is_answered(tmp_path: Path, text: str, answer: str):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await guest.say("/start")
        await guest.press("Yes, I'm 18+ and agree")

        assert answer in await guest.say(text)


async def test_words_of_danger_are_answered_before_consent_and_not_kept(tmp_path: Path):
    async with house.opened(tmp_path) as rein:
        guest = rein.guest()
        await guest.say("/start")

        assert "findahelpline" in await guest.say("I want to end my life")
