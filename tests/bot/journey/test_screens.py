"""A screen that is open (memory, settings, goals …) is closed by a question that arrives."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.check_ins.kinds import Kind
from bot.journey import machine
from bot.journey.asks import AskPauseEnd, AskWish
from bot.journey.conversation import SCREENS, Conversation, Draft, Stage
from bot.journey.effects import Nudge
from bot.journey.events import Command, Due, Occasion, OccasionTapped, Pressed, Said
from bot.journey.found import DaysFound, DueFound, PauseEndRead
from coach.preferences import Pause, Preferences
from coach.values import Wish
from tests.bot.journey import lives
from tests.bot.journey.lives import ACTIVE, LAPSED, NOON, TODAY, TURN

DAY = timedelta(days=1)
DUE = Due(NOON, TURN, Kind.SESSION, NOON)
CHECK_IN = DueFound(NOON, TURN, DUE, lives.goals(ACTIVE), 0, ())
MISSED = OccasionTapped(NOON, TURN, "ci", Occasion(1, TODAY), "m0", 9, "Missed", "shown")


def looking_at(stage: Stage) -> Conversation:
    return Conversation(stage, prompt=3, open=True, zone="UTC", has_goal=True, about="quiet")


@pytest.mark.parametrize("stage", SCREENS)
def test_words_after_a_check_in_answer_it_whatever_screen_was_open(stage: Stage):
    asked = machine.advance(looking_at(stage), CHECK_IN)
    said = Said(NOON, TURN, "not today")

    assert any(isinstance(effect, Nudge) for effect in asked.effects)
    assert (asked.conversation.stage, asked.conversation.about) == (Stage.CHECK_IN, "")
    assert machine.advance(asked.conversation, said).effects == (AskWish(said),)


def test_the_buttons_of_a_screen_that_a_question_closed_are_stale():
    asked = machine.advance(looking_at(Stage.SETTINGS), CHECK_IN).conversation
    tap = Pressed(NOON, TURN, "st", "quiet", 3, 9)

    assert machine.advance(asked, tap).conversation == asked


def test_the_reason_for_a_miss_is_asked_for_on_a_screen_too():
    found = DaysFound(NOON, TURN, lives.goals(ACTIVE), "ci", MISSED)

    assert machine.advance(looking_at(Stage.MEMORY), found).conversation.stage is Stage.REASON


def test_what_asks_nothing_leaves_the_screen_open():
    done = replace(MISSED, argument="d0")
    found = DaysFound(NOON, TURN, lives.goals(LAPSED), "ci", done)

    after = machine.advance(looking_at(Stage.FEEDBACK), found).conversation

    assert (after.stage, after.open) == (Stage.FEEDBACK, True)


@pytest.mark.parametrize("said", ["please move it to 6:30", "13:00", "it is 13:00 here"])
def test_a_time_in_the_list_of_settings_moves_nobody_to_another_zone(said: str):
    here = replace(looking_at(Stage.SETTINGS), about="")

    step = machine.advance(here, Said(NOON, TURN, said))

    assert (step.conversation.zone, step.conversation.preferences) == ("UTC", Preferences())
    assert "settings.unclear" in str(step.effects)


@pytest.mark.parametrize(("about", "said"), [("timezone", "13:00"), ("", "Berlin")])
def test_a_time_where_the_zone_was_asked_and_a_city_anywhere_are_taken(about: str, said: str):
    here = replace(looking_at(Stage.SETTINGS), about=about, language="de")

    assert machine.advance(here, Said(NOON, TURN, said)).conversation.zone == "Europe/Berlin"


def test_the_end_of_a_pause_is_taken_from_words_and_from_the_command():
    home = replace(looking_at(Stage.HOME), about="")
    command = Command(NOON, TURN, "pause", "3 days")

    by_command = machine.advance(home, command)
    by_words = machine.advance(looking_at(Stage.PAUSE), Said(NOON, TURN, "3 days"))

    for step in (by_command, by_words):
        assert step.effects == (AskPauseEnd(Said(NOON, TURN, "3 days")),)
        read = PauseEndRead(NOON, TURN, Said(NOON, TURN, "3 days"), TODAY + 3 * DAY, Wish.TALK)
        paused = machine.advance(step.conversation, read).conversation
        assert paused.preferences.pause == Pause(NOON, NOON + 3 * DAY)


@pytest.mark.parametrize("wish", [Wish.TALK, Wish.PAUSE])
def test_words_that_name_no_end_of_a_pause_are_said_not_to_be_understood(wish: Wish):
    read = PauseEndRead(NOON, TURN, Said(NOON, TURN, "hm"), None, wish)

    step = machine.advance(looking_at(Stage.PAUSE), read)

    assert "pause.unclear" in str(step.effects)
    assert step.conversation.stage is Stage.PAUSE


def test_a_report_at_the_question_how_long_to_pause_is_heard_as_one():
    said = Said(NOON, TURN, "done")

    step = machine.advance(
        looking_at(Stage.PAUSE), PauseEndRead(NOON, TURN, said, None, Wish.REPORT)
    )

    assert (step.conversation.stage, step.effects) == (Stage.HOME, (AskWish(said),))


def test_a_mere_no_at_the_question_how_long_to_pause_reports_nothing():
    said = Said(NOON, TURN, "no", no_goal=True)
    read = PauseEndRead(NOON, TURN, said, None, Wish.REPORT)

    assert machine.advance(looking_at(Stage.PAUSE), read).conversation.stage is Stage.PAUSE


def test_a_set_up_that_waits_behind_a_screen_goes_on_waiting():
    waiting = replace(looking_at(Stage.SETTINGS), resume=Stage.DAYS, draft=Draft(days=(1,)))

    asked = machine.advance(waiting, CHECK_IN).conversation

    assert (asked.resume, asked.draft) == (Stage.DAYS, Draft(days=(1,)))


def test_a_pause_is_not_left_by_an_old_card():
    paused = Preferences(pause=Pause(NOON - timedelta(days=1)))
    here = replace(looking_at(Stage.SETTINGS), preferences=paused)
    found = DaysFound(NOON, TURN, lives.goals(ACTIVE), "ci", MISSED)

    assert machine.advance(here, found).conversation.stage is Stage.SETTINGS
