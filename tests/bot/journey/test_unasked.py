"""Whether anything is said unasked: the rules, one by one."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.check_ins.kinds import Kind
from bot.journey import unasked
from bot.journey.conversation import Conversation, Stage
from bot.journey.events import Due
from bot.journey.found import DueFound, GoalState, KnownGoal, Nudged
from coach.lived import Lived
from coach.preferences import Pause, Preferences, Quiet
from coach.values import Session
from tests.bot.journey.lives import UNDERSTOOD, plan_from

EVENING = datetime(2026, 11, 25, 19, 30, tzinfo=UTC)
TODAY = EVENING.date()
DAY = timedelta(days=1)
AT_HOME = Conversation(Stage.HOME, zone="UTC", has_goal=True)


def due(kind: Kind = Kind.SESSION, at: datetime = EVENING, late: timedelta = timedelta()) -> Due:
    return Due(at + late, "turn", kind, at)


def asked(*days_ago: int, answered: bool = False, kind: Kind = Kind.SESSION) -> tuple[Nudged, ...]:
    return tuple(
        Nudged(kind, f"{kind.value}.{1 + n % 8}", TODAY - ago * DAY, True, answered)
        for n, ago in enumerate(days_ago)
    )


def found(*nudges: Nudged, silent: int = 0) -> DueFound:
    return DueFound(EVENING, "turn", due(), (), silent, nudges)


def quiet(begins: int, ends: int) -> Conversation:
    return replace(AT_HOME, preferences=Preferences(quiet=Quiet(time(begins), time(ends))))


@pytest.mark.parametrize("late", [timedelta(), timedelta(hours=2)])
def test_it_is_said_within_two_hours(late: timedelta):
    in_the_day = datetime(2026, 11, 25, 12, tzinfo=UTC)
    assert unasked.may_speak(AT_HOME, due(at=in_the_day, late=late))
    assert not unasked.may_speak(AT_HOME, due(at=in_the_day, late=timedelta(hours=2, seconds=1)))


def test_nothing_is_said_in_hours_of_quiet_that_somebody_chose():
    assert not unasked.may_speak(quiet(19, 8), due())
    assert unasked.may_speak(quiet(20, 8), due())


def test_a_chosen_time_wins_over_hours_nobody_chose_but_lateness_does_not():
    late_at_night = datetime(2026, 11, 25, 22, tzinfo=UTC)
    assert unasked.may_speak(AT_HOME, due(at=late_at_night))
    assert not unasked.may_speak(AT_HOME, due(at=EVENING + timedelta(hours=1), late=2 * DAY / 24))


def test_what_is_not_sent_by_the_beginning_of_the_night_is_not_sent():
    assert unasked.until(AT_HOME, due()) == datetime(2026, 11, 25, 21, 30, tzinfo=UTC)
    noon = datetime(2026, 11, 25, 12, tzinfo=UTC)
    assert unasked.until(AT_HOME, due(at=noon)) == noon + timedelta(hours=2)


@pytest.mark.parametrize(
    "stage", [Stage.CONSENT, Stage.DATA, Stage.SAFETY_CHECK, Stage.SAFETY_HOLD, Stage.REFERRED]
)
def test_nobody_is_written_to_before_consent_while_erasing_or_in_danger(stage: Stage):
    assert not unasked.may_speak(replace(AT_HOME, stage=stage), due())


def test_a_pause_stops_all_but_its_own_end():
    paused = replace(AT_HOME, preferences=Preferences(pause=Pause(EVENING - DAY)))
    assert not unasked.may_speak(paused, due())
    assert unasked.may_speak(paused, due(Kind.PAUSED))
    over = replace(AT_HOME, preferences=Preferences(pause=Pause(EVENING - DAY, EVENING)))
    assert unasked.may_speak(over, due())


def test_one_thing_a_day_is_enough_and_five_a_week():
    assert unasked.is_too_much(found(*asked(0, kind=Kind.REVIEW)), (), TODAY)
    assert not unasked.is_too_much(found(*asked(4, 3, 2, 1)), (), TODAY)
    assert unasked.is_too_much(found(*asked(6, 4, 3, 2, 1)), (), TODAY)
    assert not unasked.is_too_much(found(*asked(7, 4, 3, 2, 1)), (), TODAY)


def test_what_never_arrived_is_not_held_against_anybody():
    lost = replace(asked(1)[0], seen=False)
    assert unasked.unanswered((*asked(3, 2), lost)) == 2
    assert unasked.unanswered((*asked(5, 4), *asked(3, answered=True), *asked(2, 1))) == 2
    assert unasked.unanswered(asked(5, 4, answered=True)) == 0


def test_silence_makes_it_quieter():
    assert not unasked.is_spared(found(*asked(2)), (), TODAY, TODAY)
    assert not unasked.is_spared(found(), (), TODAY, TODAY)
    assert not unasked.is_spared(found(*asked(9, 8)), (), TODAY, TODAY)
    assert unasked.is_spared(found(*asked(8, 7)), (), TODAY, TODAY)
    assert unasked.is_spared(found(*asked(5, 4, 3, 1)), (), TODAY, TODAY)


@pytest.mark.parametrize(("week", "apart"), [(1, 1), (2, 1), (3, 2), (6, 2), (7, 3), (9, 3)])
def test_a_habit_that_holds_is_asked_about_less_often(week: int, apart: int):
    begun = TODAY - 7 * (week - 1) * DAY
    weeks = tuple(
        replace(
            one,
            sessions=tuple(Session(one.start + n * DAY, None, None, "10 min") for n in range(7)),
        )
        for one in plan_from(begun, weeks=10).weeks
    )
    life = Lived(replace(plan_from(begun), weeks=weeks), UNDERSTOOD)
    daily = (KnownGoal(1, "Run", GoalState.ACTIVE, "run", life.plan, life),)

    spared = [
        ago
        for ago in (1, 2, 3)
        if unasked.is_spared(found(*asked(ago, answered=True)), daily, TODAY, TODAY)
    ]

    assert spared == list(range(1, apart))


def test_no_wording_comes_back_within_a_week():
    said: tuple[Nudged, ...] = ()
    for day in range(30):
        n = unasked.wording(said, Kind.SESSION, 8, "seed")
        recent = [one.wording for one in said if (TODAY + day * DAY - one.on).days < 7]
        assert f"session.{n}" not in recent
        said = (*said, Nudged(Kind.SESSION, f"session.{n}", TODAY + day * DAY, True, True))
    assert {one.wording for one in said} == {f"session.{n}" for n in range(1, 9)}


def test_people_begin_with_different_wordings():
    first = {unasked.wording((), Kind.SESSION, 8, f"person {n}") for n in range(100)}
    assert len(first) == 8


def test_five_reminders_without_an_answer_are_enough():
    reminders = asked(9, 8, 7, 6, 5, kind=Kind.REMINDER)
    assert unasked.reminders_ignored(reminders) == unasked.MOST_IGNORED
    answered = asked(4, kind=Kind.REMINDER, answered=True)
    assert unasked.reminders_ignored((*reminders, *answered)) == 0
