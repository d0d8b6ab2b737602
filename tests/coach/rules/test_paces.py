from dataclasses import replace
from datetime import date

import pytest

from coach.rules import defaults, paces
from coach.values import GoalType, GoalUnderstanding, Mode, Quantity
from tests.coach import goals
from tests.coach.goals import TODAY


@pytest.mark.parametrize(
    ("start", "target", "weeks", "caps"),
    [
        (6, 2, None, [5, 4, 3, 2]),
        (360, 150, 6, [325, 290, 255, 220, 185, 150]),
        (360, 150, None, [290, 220, 150]),
        (2, 1, None, [2, 1]),
    ],
    ids=["coffee", "screen in six weeks", "screen by the formula", "never fewer than two weeks"],
)
def test_steps_lead_down_to_the_target(
    start: float, target: float, weeks: int | None, caps: list[float]
):
    assert paces.caps(start, target, weeks) == caps


def test_smoking_in_steps_goes_to_a_quarter_in_two_weeks():
    assert paces.smoking_caps(15) == [10, 4]


def test_the_words_of_a_novel_are_shared_among_the_weeks_before_the_buffer():
    pace = paces.units(goals.NOVEL, defaults.settle(goals.NOVEL, TODAY), TODAY)

    assert pace is not None
    assert (pace.weeks, pace.buffer, pace.per_week, pace.per_session) == (22, 3, 2550, 650)


@pytest.mark.parametrize(
    ("goal", "share"),
    [
        (goals.JAPAN, (Quantity(430, "USD"), 7)),
        (goals.CREDIT_CARD, (Quantity(350, "EUR"), 12)),
        (replace(goals.JAPAN, baseline=Quantity(900, "USD")), (Quantity(300, "USD"), 7)),
    ],
    ids=["saving", "debt", "saving with something saved"],
)
def test_a_sum_is_shared_among_the_paydays(goal: GoalUnderstanding, share: tuple[Quantity, int]):
    assert paces.money(goal, defaults.settle(goal, TODAY), TODAY) == share


@pytest.mark.parametrize(
    ("kind", "weeks", "buffer"),
    [
        (GoalType.PROJECT, 22, 3),
        (GoalType.PROJECT, 4, 1),
        (GoalType.PROJECT, 3, 0),
        (GoalType.OUTCOME, 20, 2),
        (GoalType.OUTCOME, 5, 0),
    ],
)
def test_some_weeks_before_a_date_are_kept_free(kind: GoalType, weeks: int, buffer: int):
    assert paces.buffer_weeks(kind, weeks) == buffer


@pytest.mark.parametrize(
    ("goal", "day"),
    [
        (goals.SMOKING, date(2026, 11, 30)),
        (
            replace(goals.SMOKING, deadline=goals.on("on New Year's Eve", 2026, 12, 31)),
            date(2026, 12, 31),
        ),
        (
            replace(goals.SMOKING, deadline=goals.on("by New Year", 2026, 12, 31)),
            date(2026, 11, 30),
        ),
        (
            replace(goals.SMOKING, deadline=goals.on("for a month", 2026, 12, 23)),
            date(2026, 11, 30),
        ),
        (goals.NAILS, date(2026, 11, 24)),
    ],
    ids=[
        "a monday to prepare for",
        "the day they named",
        "soon before a bound",
        "the end of a span",
        "no preparing",
    ],
)
def test_a_quit_day_is_near_or_the_one_that_was_named(goal: GoalUnderstanding, day: date):
    assert paces.quit_day(goal, defaults.settle(goal, TODAY), TODAY) == day


@pytest.mark.parametrize(
    ("goal", "way"),
    [
        (goals.COFFEE, [5, 4, 3, 2]),
        (replace(goals.COFFEE, baseline=None), [2]),
        (replace(goals.SMOKING, mode=Mode.STEPS), [10, 4]),
        (replace(goals.SMOKING, mode=Mode.STEPS, target=Quantity(5, "per day")), [13, 10, 8, 5]),
        (
            replace(goals.COFFEE, target=Quantity(2, "h"), baseline=Quantity(300, "min")),
            [240, 180, 120],
        ),
        (goals.NAILS, None),
    ],
    ids=["known", "no start", "smoking to none", "smoking to five", "hours and minutes", "nothing"],
)
def test_the_way_down_follows_what_is_known(goal: GoalUnderstanding, way: list[float] | None):
    found = paces.way_down(goal)

    assert (None if found is None else [most.value for most in found]) == way
