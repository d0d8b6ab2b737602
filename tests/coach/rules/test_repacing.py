"""Three ways on from a date that does not hold."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from coach.lived import Lived, Told
from coach.plan_wishes import Repaced
from coach.rules import changing, courses, plan, resolution
from coach.values import Plan, Quantity
from coach.weeks import DayState
from tests.coach import goals
from tests.coach.goals import TODAY

NEAR = date(2027, 1, 31)
DAY = timedelta(days=1)


def behind(done: int) -> Lived:
    """Live the first week of a dated novel, with so many of its sessions done."""
    assert goals.NOVEL.deadline is not None
    u = replace(goals.NOVEL, deadline=replace(goals.NOVEL.deadline, first=NEAR, last=NEAR))
    life = Lived(plan.build(u, resolution.build(u, TODAY), TODAY), u)
    states = [DayState.DONE] * done + [DayState.MISSED] * 7
    sessions = zip(life.sessions(1), states, strict=False)
    return replace(life, told=tuple(Told(one.on, 0, state) for one, state in sessions))


def repaced(life: Lived, how: str) -> Lived:
    today = life.plan.weeks[1].start - DAY
    made = changing.rework(life, Repaced(2, how), datetime.combine(today, time(18), UTC))
    assert made is not None
    return replace(life, plan=made.plan, understanding=made.understanding)


def ahead(made: Plan) -> float:
    """Add up what is planned after the first week."""
    return sum(week.figure.value for week in made.weeks[1:] if week.figure)


def left(life: Lived) -> float:
    found = courses.pace(courses.of(life, 1, life.plan.weeks[1].start - DAY))
    assert found is not None
    return found.left.value


@pytest.mark.parametrize("done", [0, 1, 2])
def test_more_a_week_brings_all_that_is_left_until_the_date(done: int):
    life = behind(done)
    now = repaced(life, "more")

    weeks = len([week for week in now.plan.weeks[1:] if week.figure])
    assert abs(ahead(now.plan) - left(life)) <= 50 * weeks  # each week is rounded
    assert ahead(now.plan) > ahead(life.plan)
    assert now.plan.deadline == life.plan.deadline


@pytest.mark.parametrize("done", [0, 1, 2])
def test_a_later_date_keeps_the_pace_there_was_and_all_of_the_result(done: int):
    life = behind(done)
    now = repaced(life, "later")

    assert ahead(now.plan) >= left(life)
    assert now.plan.deadline is not None
    assert life.plan.deadline is not None
    assert now.plan.deadline > life.plan.deadline
    assert now.understanding.deadline is not None
    assert now.understanding.deadline.first == now.plan.deadline
    numbers = [week.number for week in now.plan.weeks]
    assert numbers == list(range(1, len(numbers) + 1))
    starts = [week.start for week in now.plan.weeks]
    assert all(b - a == timedelta(days=7) for a, b in itertools.pairwise(starts))


def test_a_smaller_result_keeps_date_and_pace_and_lowers_the_target():
    life = behind(2)
    now = repaced(life, "less")

    assert now.plan.deadline == life.plan.deadline
    assert ahead(now.plan) < left(life)
    target, was = now.understanding.target, life.understanding.target
    assert isinstance(target, Quantity)
    assert isinstance(was, Quantity)
    assert target.value < was.value


def test_the_sessions_of_a_changed_week_add_up_to_its_figure():
    now = repaced(behind(1), "more")
    figure = now.plan.weeks[1].figure

    assert figure is not None
    said = sum(one.amount.value for one in now.sessions(2) if one.amount)
    assert abs(said - figure.value) <= 25 * len(now.sessions(2))


def test_without_a_date_that_is_counted_to_there_is_nothing_to_change():
    u = goals.RUN
    life = Lived(plan.build(u, resolution.build(u, TODAY), TODAY), u)
    now = datetime.combine(life.plan.weeks[1].start - DAY, time(18), UTC)
    assert changing.rework(life, Repaced(2, "more"), now) is None
