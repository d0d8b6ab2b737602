from dataclasses import replace

import pytest

from coach.rules import plan, resolution
from coach.rules.reshaping import UnknownShapeError, reshape
from coach.values import GoalUnderstanding, Plan, Quantity
from tests.coach import goals
from tests.coach.goals import TODAY

DAYS = replace(goals.RUN, days=(1, 3, 5), baseline=Quantity(10, "min"))


def planned(goal: GoalUnderstanding) -> Plan:
    return plan.build(goal, resolution.build(goal, TODAY), TODAY)


def first(goal: GoalUnderstanding) -> float:
    figure = planned(goal).weeks[0].figure
    assert figure is not None
    return figure.value


@pytest.mark.parametrize("goal", [DAYS, goals.READ, goals.NOVEL], ids=["run", "read", "novel"])
def test_easier_lowers_the_first_week(goal: GoalUnderstanding):
    assert first(reshape(goal, "easier", TODAY)) < first(goal)


def test_easier_three_times_ends_near_the_minimum():
    eased = DAYS
    for _ in range(3):
        eased = reshape(eased, "easier", TODAY)

    assert first(eased) < 5
    assert first(reshape(DAYS, "minimum", TODAY)) == 2


@pytest.mark.parametrize("goal", [goals.RUN, goals.READ], ids=["run", "read"])
def test_harder_raises_the_first_week(goal: GoalUnderstanding):
    assert first(reshape(goal, "harder", TODAY)) > first(goal)


def test_fewer_days_drops_one_of_them():
    fewer = reshape(DAYS, "fewer_days", TODAY)

    assert len(planned(fewer).weeks[0].sessions) == 2
    assert set(fewer.days) < set(DAYS.days)
    assert reshape(goals.CALL, "fewer_days", TODAY).per_week == 1


def test_shorter_makes_the_session_smaller():
    assert reshape(goals.RUN, "shorter", TODAY).amount == Quantity(14, "min")
    assert reshape(goals.WATER, "shorter", TODAY).amount == Quantity(1.4, "l/day")


def test_later_starts_a_week_later():
    assert planned(reshape(DAYS, "later", TODAY)).weeks[0].start > planned(DAYS).weeks[0].start


def test_an_unknown_shape_is_an_error_that_names_it():
    with pytest.raises(UnknownShapeError) as caught:
        reshape(DAYS, "sideways", TODAY)
    assert caught.value.how == "sideways"
