"""/quiet: nothing unasked for some hours, and where somebody's day ends."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.check_ins.kinds import Kind
from bot.journey import local, machine, unasked
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Say
from bot.journey.events import Command, Due, Pressed
from bot.journey.keeps import KeepPreferences
from bot.journey.rows import NO_PROMPT
from bot.journey.stages import settings
from coach.preferences import Preferences
from tests.bot.journey.lives import NOON, TURN

HOME = Conversation(Stage.HOME, has_goal=True, zone="Europe/Madrid")  # one hour ahead of UTC


def hushed(words: str) -> datetime | None:
    step = machine.advance(HOME, Command(NOON, TURN, "quiet", words))
    kept = [one.preferences for one in step.effects if isinstance(one, KeepPreferences)]
    return kept[0].hush_until if kept else None


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("3h", 3),
        ("90m", 1.5),
        ("1 hour 30 min", 1.5),
        ("1h30", 1.5),
        ("2 horas", 2),
        ("24h", 24),
        ("until 18:00", 5),
        ("hasta las 18h", 5),
        ("till 9 am", 20),
        ("13:30", 0.5),
    ],
)
def test_quiet_lasts_as_long_as_is_written(words: str, hours: float):
    assert hushed(words) == NOON + timedelta(hours=hours)


@pytest.mark.parametrize("words", ["", "0h", "25h", "2d", "3 months", "a while", "off", "6 to 7"])
def test_what_is_no_time_or_a_longer_one_than_a_day_makes_nothing_quiet(words: str):
    assert hushed(words) is None


def test_nothing_is_said_unasked_until_quiet_is_over():
    at = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
    quiet = replace(HOME, preferences=Preferences(hush_until=at + timedelta(minutes=1)))
    due, later = (Due(when, TURN, Kind.SESSION, at) for when in (at, at + HOUR))

    assert not unasked.may_speak(quiet, due)
    assert unasked.may_speak(quiet, later)
    assert unasked.may_speak(HOME, due)


HOUR = timedelta(hours=1)


def test_the_choices_work_at_any_time_and_quiet_can_be_ended():
    step = machine.advance(HOME, Command(NOON, TURN, "quiet"))
    (asked,) = [one for one in step.effects if isinstance(one, Say)]
    assert [button.argument for button in asked.standing[0]] == ["1", "3", "night"]

    setting_up = replace(HOME, stage=Stage.DAYS)
    step = machine.advance(setting_up, Pressed(NOON, TURN, "qt", "night", NO_PROMPT, 9))
    assert step.conversation.stage is Stage.DAYS
    # eight in the morning, when the hours of quiet are over
    assert step.conversation.preferences.hush_until == datetime(2026, 11, 24, 7, tzinfo=UTC)

    step = machine.advance(step.conversation, Command(NOON, TURN, "quiet", "off"))
    assert step.conversation.preferences.hush_until is None


@pytest.mark.parametrize(
    ("ends", "at", "day"),
    [
        (time(3), (24, 0, 40), 23),
        (time(3), (24, 2, 59), 23),
        (time(3), (24, 3, 0), 24),
        (time(0), (24, 0, 0), 24),
        (time(4), (24, 3, 59), 23),
    ],
)
def test_until_a_day_ends_an_answer_belongs_to_it(ends: time, at: tuple[int, int, int], day: int):
    here = replace(HOME, zone="UTC", preferences=Preferences(day_ends=ends))
    assert local.today(here, datetime(2026, 11, *at, tzinfo=UTC)) == date(2026, 11, day)


def test_when_the_day_ends_is_set_beside_the_hours_of_quiet():
    opened = replace(HOME, stage=Stage.SETTINGS, about="quiet")
    choices = settings.ITEMS["quiet"].choices(opened)
    assert choices[-1][0].argument == "day_ends"

    about = replace(opened, about="day_ends")
    assert about.preferences.day_ends == time(3)
    chosen = settings.ITEMS["day_ends"].take(about, "1")
    assert chosen is not None
    assert chosen.conversation.preferences.day_ends == time(1)
    assert settings.ITEMS["day_ends"].take(about, "9") is None
