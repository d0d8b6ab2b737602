"""What Rein says by itself about pauses, silence, fresh starts and goals that are kept."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.check_ins.kinds import Kind
from bot.journey import machine
from bot.journey.asks import AskOwned, AskReview
from bot.journey.content import Text
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Effect, Say
from bot.journey.events import Due, Occasion, Pressed
from bot.journey.found import DueFound, GoalState, KnownGoal, Nudged, OwnedFound, OwnedGoal, Taken
from bot.journey.keeps import KeepPreferences, KeepReturn, KeepStanding
from bot.journey.stages import finish, lapse, pause, quitting
from coach.preferences import Pause, Preferences
from coach.rules import unfolding
from coach.values import GoalType
from tests.bot.journey.lives import ACTIVE, NOON, PLAN, TODAY, TURN, UNDERSTOOD

HOME = Conversation(Stage.HOME, has_goal=True)
KNOWN = KnownGoal(1, "Run", GoalState.ACTIVE, "run", ACTIVE.plan, ACTIVE)
RUN = OwnedGoal(1, "active", UNDERSTOOD, plan=PLAN.work)
READ = OwnedGoal(2, "active", replace(UNDERSTOOD, text="read"), plan=PLAN.work)


def keys(effects: tuple[Effect, ...]) -> list[str]:
    return [
        part.key
        for effect in effects
        if isinstance(effect, Say)
        for part in effect.content
        if isinstance(part, Text)
    ]


def pressed(conversation: Conversation, argument: str) -> Pressed:
    return Pressed(NOON, TURN, "ps", argument, conversation.prompt, 9, "label", "shown")


def resting(since: int = 30, until: int | None = None) -> Conversation:
    ends = NOON + timedelta(days=until) if until is not None else None
    paused = Preferences(pause=Pause(NOON - timedelta(days=since), ends))
    return replace(HOME, stage=Stage.PAUSED, preferences=paused)


def shown(conversation: Conversation) -> Conversation:
    """Ask whether the pause goes on, as the table would number it."""
    return replace(pause.came_due(conversation).conversation, open=True)


def test_after_long_silence_a_pause_is_offered_and_begun_until_somebody_answers():
    step = pause.shall_i(HOME, NOON)

    assert keys(step.effects) == ["pause.shall_i"]
    assert KeepPreferences(step.conversation.preferences) in step.effects
    assert step.conversation.preferences.pause == Pause(NOON)

    asked = replace(step.conversation, open=True)
    assert keys(machine.advance(asked, pressed(asked, "keep")).effects) == ["paused.open"]
    back = machine.advance(asked, pressed(asked, "go"))
    assert keys(back.effects) == ["return.ask"]


def test_a_pause_without_an_end_is_asked_about_and_can_go_on():
    asked = shown(resting())

    assert keys(pause.came_due(resting()).effects) == ["paused.ask_still"]
    kept = machine.advance(asked, pressed(asked, "keep"))
    assert kept.conversation.preferences.pause is not None
    assert machine.advance(asked, pressed(asked, "go")).conversation.stage is Stage.RETURN


def test_the_one_goal_of_a_pause_can_be_closed_and_the_pause_ends_with_it():
    asked = shown(resting())

    step = machine.advance(asked, pressed(asked, "close"))
    assert AskOwned("pause.close") in step.effects
    closed = machine.advance(step.conversation, OwnedFound(NOON, TURN, (RUN,), "pause.close"))

    assert KeepStanding(1, "parked") in closed.effects
    assert closed.conversation.preferences.pause is None
    assert closed.conversation.stage is Stage.HOME


def test_of_several_goals_in_a_pause_the_person_chooses():
    asked = shown(resting())
    step = machine.advance(asked, pressed(asked, "close"))

    listed = machine.advance(step.conversation, OwnedFound(NOON, TURN, (RUN, READ), "pause.close"))

    assert listed.conversation.stage is Stage.GOALS
    assert not any(isinstance(effect, KeepStanding) for effect in listed.effects)


@pytest.mark.parametrize(("days", "key"), [(3, "return.again"), (14, "return.eased")])
def test_a_pause_ends_by_itself_on_its_last_day(days: int, key: str):
    asked = pause.came_due(resting(since=days, until=0))
    assert asked.effects == (AskOwned("return.over"),)

    step = machine.advance(asked.conversation, OwnedFound(NOON, TURN, (RUN,), "return.over"))

    assert keys(step.effects) == ["return.over", key]
    assert step.conversation.preferences.pause is None
    assert step.conversation.stage is Stage.HOME
    assert any(isinstance(effect, KeepReturn) for effect in step.effects)


@pytest.mark.parametrize(
    ("today", "first"),
    [
        pytest.param(date(2026, 11, 30), "lapse.new_week", id="Monday"),
        pytest.param(date(2026, 12, 1), "lapse.new_month", id="first of the month"),
        pytest.param(date(2026, 11, 25), "lapse.ask", id="any other day"),
    ],
)
def test_a_fresh_start_is_named_where_one_begins(today: date, first: str):
    assert keys(lapse.ask(HOME, KNOWN, today).effects)[0] == first


def test_the_quit_day_names_what_to_do_instead_and_takes_the_one_tap():
    step = quitting.quit_day(HOME, KNOWN, TODAY)

    (said,) = step.effects
    assert isinstance(said, Say)
    assert said.content == (Text("quit_day.say", {"replacement": "shoes on"}),)
    assert {button.argument for row in said.buttons for button in row} >= {"d0", "m0"}
    assert step.conversation.everyday.occasion == Occasion(1, TODAY)


def test_a_kept_goal_is_asked_about_in_one_line():
    done = KnownGoal(8, "Stretch", GoalState.DONE, "stretch", kept_since=TODAY)

    (said,) = finish.kept(HOME, done, TODAY).effects

    assert isinstance(said, Say)
    assert said.content == (Text("kept.ask", {"title": "Stretch"}),)


def due(
    kind: Kind, goals: tuple[KnownGoal, ...] = (KNOWN,), silent: int = 0, at: datetime = NOON
) -> DueFound:
    return DueFound(at, TURN, Due(at, TURN, kind, at), goals, silent, ())


AT_HOME = replace(HOME, zone="UTC")


@pytest.mark.parametrize("weeks", [1, 2, 3, 4, 8, 12, 16])
def test_a_kept_goal_is_asked_about_weekly_then_monthly(weeks: int):
    since = TODAY - timedelta(weeks=weeks)
    done = KnownGoal(8, "Stretch", GoalState.DONE, "stretch", kept_since=since)

    assert keys(machine.advance(AT_HOME, due(Kind.KEPT, (done,))).effects) == ["kept.ask"]


@pytest.mark.parametrize("weeks", [5, 9, 20])
def test_a_kept_goal_is_left_in_peace_between_and_after(weeks: int):
    since = TODAY - timedelta(weeks=weeks)
    done = KnownGoal(8, "Stretch", GoalState.DONE, "stretch", kept_since=since)

    assert machine.advance(AT_HOME, due(Kind.KEPT, (done,))).effects == ()


def test_the_quit_day_is_spoken_of_on_that_day_only():
    text_of = replace(UNDERSTOOD, text="quit smoking", goal_type=GoalType.QUIT, activity="smoking")
    life = replace(ACTIVE, understanding=text_of)
    known = replace(KNOWN, life=life)
    on = unfolding.quit_day(life.plan, text_of)
    assert on is not None
    then = datetime.combine(on, NOON.timetz())

    spoken = machine.advance(AT_HOME, due(Kind.QUIT_DAY, (known,), at=then))
    assert keys(spoken.effects) == ["quit_day.say"]
    later = due(Kind.QUIT_DAY, (known,), at=then + timedelta(days=1))
    assert machine.advance(AT_HOME, later).effects == ()


def test_a_review_that_was_not_answered_is_taken_though_enough_was_said_today():
    found = due(Kind.REVIEW_OVER)
    said = replace(found, nudges=(Nudged(Kind.SESSION, "session.1", TODAY, True, True),))

    assert machine.advance(AT_HOME, said).effects == (AskReview(KNOWN, 1, Taken.IN_SILENCE),)


def test_three_silent_weeks_bring_one_offer_to_pause():
    step = machine.advance(AT_HOME, due(Kind.SESSION, silent=21))

    assert keys(step.effects) == ["pause.shall_i"]
    assert step.conversation.preferences.pause is not None


def test_a_pause_that_ends_is_ended_from_wherever_somebody_stands():
    for stage in (Stage.HOME, Stage.SETTINGS, Stage.GOALS, Stage.PAUSED):
        where = replace(resting(since=3, until=0), stage=stage, zone="UTC")
        step = machine.advance(where, due(Kind.PAUSED))
        assert AskOwned("return.over") in step.effects
        ended = machine.advance(step.conversation, OwnedFound(NOON, TURN, (RUN,), "return.over"))
        assert ended.conversation.preferences.pause is None
