"""When somebody is looked after, as it follows from plans and preferences."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.check_ins import schedule
from bot.check_ins.kinds import Kind
from bot.check_ins.schedule import Whose
from bot.journey.found import GoalState, KnownGoal
from coach.lived import Lived
from coach.preferences import Pause, Preferences, Quiet
from coach.values import GoalType, GoalUnderstanding, Plan, Quantity, Session, Week
from storage.check_ins import CheckIn

MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
NO_SPREAD = timedelta()
HALF_AN_HOUR = Quantity(30, "min")


def goal(
    *days: int,
    at: time | None = time(7),
    start: date = MONDAY,
    goal_type: GoalType = GoalType.HABIT,
) -> KnownGoal:
    sessions = tuple(
        Session(start + timedelta(days=day), at, HALF_AN_HOUR, "run 30 min") for day in days
    )
    weeks = (Week(1, start, "begin", None, "30 min", sessions),)
    plan = Plan(weeks, "5 min", "coffee", "shoes", "shoes out", start, review_on=6)
    life = Lived(plan, GoalUnderstanding("run", goal_type=goal_type))
    return KnownGoal(1, "Run", GoalState.ACTIVE, plan=plan, life=life)


def of(preferences: Preferences, *goals: KnownGoal, now: datetime = NOW) -> tuple[CheckIn, ...]:
    return schedule.of(Whose("Europe/Lisbon", preferences, NO_SPREAD), goals, now)


def asked(found: tuple[CheckIn, ...], kind: Kind) -> list[tuple[time, frozenset[int]]]:
    return [(one.at, one.weekdays) for one in found if one.kind is kind and one.on is None]


def on_days(found: tuple[CheckIn, ...]) -> dict[str, date]:
    return {one.kind: one.on for one in found if one.on is not None}


def test_sessions_are_asked_about_on_their_evenings():
    found = of(Preferences(check_in="evening"), goal(0, 2, 4))
    assert asked(found, Kind.SESSION) == [(time(19, 30), frozenset({0, 2, 4}))]


def test_in_the_morning_the_day_before_is_asked_about():
    found = of(Preferences(check_in="morning"), goal(0, 6))
    assert asked(found, Kind.MORNING) == [(time(8), frozenset({1, 0}))]
    assert asked(found, Kind.SESSION) == []


def test_right_after_is_half_an_hour_after_the_end():
    found = of(Preferences(check_in="after"), goal(0))
    assert asked(found, Kind.SESSION) == [(time(8), frozenset({0}))]


def test_what_ends_in_the_night_is_asked_about_on_the_morning_after():
    found = of(Preferences(check_in="after"), goal(0, at=time(21)))
    assert asked(found, Kind.MORNING) == [(time(8), frozenset({1}))]


def test_several_goals_on_one_day_are_one_question_at_the_latest_time():
    found = of(Preferences(check_in="after"), goal(0, at=time(7)), goal(0, 1, at=time(18)))
    assert asked(found, Kind.SESSION) == [(time(19), frozenset({0, 1}))]


def test_a_week_is_looked_back_on_when_the_plan_or_the_person_says():
    assert asked(of(Preferences(check_in="evening"), goal(0)), Kind.REVIEW) == [
        (time(18), frozenset({6}))
    ]
    on_friday = of(Preferences(check_in="evening", review_day=4), goal(0))
    assert asked(on_friday, Kind.REVIEW) == [(time(18), frozenset({4}))]
    assert asked(on_friday, Kind.REVIEW_OVER) == [(time(18), frozenset({5}))]


@pytest.mark.parametrize("choice", [None, "never"])
def test_who_does_not_want_to_be_asked_is_not(choice: str | None):
    assert of(Preferences(check_in=choice, reminders=True), goal(0)) == ()


def test_reminders_come_half_an_hour_before_where_they_are_wanted():
    assert asked(of(Preferences(check_in="evening"), goal(0)), Kind.REMINDER) == []
    wanted = of(Preferences(check_in="evening", reminders=True), goal(0, 3, at=time(7)))
    assert asked(wanted, Kind.REMINDER) == [(time(6, 30), frozenset({0, 3}))]


def test_a_pause_leaves_one_day_only():
    until = of(Preferences(check_in="evening", pause=Pause(NOW, NOW + timedelta(days=7))), goal(0))
    assert on_days(until) == {Kind.PAUSED: date(2026, 11, 30)}
    endless = of(Preferences(check_in="evening", pause=Pause(NOW)), goal(0))
    assert on_days(endless) == {Kind.PAUSED: date(2026, 12, 23)}


def test_the_end_and_the_first_day_without_are_days_of_their_own():
    leaving = goal(0, start=MONDAY + timedelta(days=7), goal_type=GoalType.QUIT)
    found = on_days(of(Preferences(check_in="evening"), leaving))
    assert found[Kind.QUIT_DAY] == date(2026, 11, 30)
    assert found[Kind.FINISH] == date(2026, 12, 7)
    assert found[Kind.LAPSE] == date(2026, 12, 1)


def test_who_wished_so_is_asked_how_they_are_whatever_else_they_want():
    whose = Whose("Europe/Lisbon", Preferences(), NO_SPREAD, safe_at=NOW + timedelta(days=1))
    (one,) = schedule.of(whose, (), NOW)
    assert (one.kind, one.on, one.at) == (Kind.SAFE, date(2026, 11, 24), time(11))


@pytest.mark.parametrize("seconds", range(-240, 241, 60))
def test_the_spread_moves_nobody_into_the_night_or_another_day(seconds: int):
    quiet = Quiet(time(20), time(8))
    for choice in ("08:00", "19:59", "00:00", "23:59"):
        preferences = Preferences(check_in=choice, quiet=quiet)
        whose = Whose("UTC", preferences, timedelta(seconds=seconds))
        found = schedule.of(whose, (goal(0, at=None),), NOW)
        ((at, weekdays),) = asked(found, Kind.SESSION)
        assert weekdays == frozenset({0})
        assert quiet.holds(at) == quiet.holds(time.fromisoformat(choice))
        apart = abs(
            datetime.combine(MONDAY, at) - datetime.combine(MONDAY, time.fromisoformat(choice))
        )
        assert apart <= timedelta(minutes=4)


def test_the_same_life_gives_the_same_schedule():
    preferences = Preferences(check_in="21:45", reminders=True)
    one = of(preferences, goal(0, 2))
    again = of(replace(preferences), goal(0, 2), now=NOW + timedelta(hours=1))
    assert one == again


@pytest.mark.parametrize(
    ("choice", "at", "kind", "when"),
    [
        pytest.param("evening", time(18), Kind.SESSION, time(19, 30), id="over by then"),
        pytest.param("evening", time(19, 30), Kind.SESSION, time(20, 30), id="not over by then"),
        pytest.param("12:00", time(18), Kind.SESSION, time(19), id="a chosen noon"),
        pytest.param("evening", time(22, 30), Kind.MORNING, time(8), id="at night"),
        pytest.param("22:00", time(21), Kind.SESSION, time(22), id="a late chosen time"),
        pytest.param("evening", None, Kind.SESSION, time(19, 30), id="no time of its own"),
    ],
)
def test_nobody_is_asked_before_a_session_is_over(
    choice: str, at: time | None, kind: Kind, when: time
):
    found = of(Preferences(check_in=choice), goal(0, at=at))

    assert [one[0] for one in asked(found, kind)] == [when]
    assert asked(found, Kind.MORNING if kind is Kind.SESSION else Kind.SESSION) == []


def test_every_first_of_a_month_until_the_end_of_the_plan_is_a_fresh_start():
    long = goal(0)
    assert long.plan is not None
    week = long.plan.weeks[0]
    weeks = tuple(
        replace(week, number=n + 1, start=MONDAY + timedelta(weeks=n), sessions=())
        for n in range(15)
    )
    plan = replace(long.plan, weeks=weeks)
    assert long.life is not None
    known = replace(long, plan=plan, life=replace(long.life, plan=plan))

    found = of(Preferences(check_in="evening"), known)

    days = [one.on for one in found if one.kind is Kind.LAPSE and one.on]
    assert days == [date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1)]
