from datetime import date, timedelta

import pytest

from coach.rules import plan, resolution, returning
from coach.rules.understanding import read
from coach.values import GoalUnderstanding, Plan
from tests.bot.fakes import NOON

TODAY = NOON.date()


def made(text: str = "I want to run 20 minutes 3 times a week") -> tuple[GoalUnderstanding, Plan]:
    u = read(text, NOON).understanding
    return u, plan.build(u, resolution.build(u, TODAY), TODAY)


@pytest.mark.parametrize(("days", "weeks"), [(3, 0), (4, 1), (7, 1), (10, 1), (14, 2), (30, 4)])
def test_a_plan_moves_by_whole_weeks_so_that_its_weekdays_stay(days: int, weeks: int):
    _, before = made()
    since = before.weeks[0].start

    after = returning.moved(before, since, since + timedelta(days=days))

    by = timedelta(weeks=weeks)
    assert [week.start for week in after.weeks] == [week.start + by for week in before.weeks]
    moved = [session.on for session in after.weeks[0].sessions]
    assert moved == [session.on + by for session in before.weeks[0].sessions]


def test_weeks_that_were_lived_stay_where_they_were():
    _, before = made()
    since = before.weeks[1].start

    after = returning.moved(before, since, since + timedelta(days=7))

    assert after.weeks[0] == before.weeks[0]
    assert after.weeks[1].start == before.weeks[1].start + timedelta(days=7)


def test_the_date_of_a_plan_stays_and_no_week_goes_beyond_it():
    _, before = made("I want to run 10k by 1 February 2027")
    since = before.weeks[0].start

    after = returning.moved(before, since, since + timedelta(days=14))

    assert after.deadline == before.deadline
    assert after.deadline is not None
    assert all(week.start <= after.deadline for week in after.weeks)


def test_the_first_week_back_carries_seven_tenths_and_the_others_stay():
    u, before = made()
    now: date = before.weeks[0].start

    after = returning.eased(before, u, now)

    was, week = before.weeks[0], after.weeks[0]
    assert was.figure is not None
    assert week.figure is not None
    assert week.figure.value == round(was.figure.value * returning.EASED)
    assert all(one.amount == week.figure for one in week.sessions)
    assert after.weeks[1:] == before.weeks[1:]
