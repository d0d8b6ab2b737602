from dataclasses import replace
from datetime import timedelta

import pytest

from coach.rules import plan, resolution, unfolding
from coach.values import GoalUnderstanding, Plan, Quantity, Session
from tests.coach import goals
from tests.coach.goals import TODAY

RUN = replace(goals.RUN, baseline=Quantity(10, "min"), days=(1, 3, 5))


def planned(goal: GoalUnderstanding) -> Plan:
    return plan.build(goal, resolution.build(goal, TODAY), TODAY)


def sessions(goal: GoalUnderstanding, number: int) -> tuple[Session, ...]:
    return unfolding.sessions(planned(goal), goal, number)


@pytest.mark.parametrize("name", goals.ALL)
def test_every_session_of_every_week_lies_in_its_week(name: str):
    made = planned(goals.ALL[name])
    for week in made.weeks:
        found = unfolding.sessions(made, goals.ALL[name], week.number)
        assert all(week.start <= one.on < week.start + timedelta(days=7) for one in found)
        assert all(one.text for one in found)


def test_a_later_week_has_its_own_figure_on_the_same_days():
    third = sessions(RUN, 3)

    assert [one.on.weekday() for one in third] == [1, 3, 5]
    assert {one.text for one in third} == {"run for 14 minutes"}
    assert {one.amount for one in third} == {Quantity(14, "min")}


def test_a_growing_habit_gets_the_days_it_grew_by():
    assert [len(sessions(goals.RUN, number)) for number in (1, 2, 3)] == [2, 3, 3]


def test_long_and_easy_sessions_grow_together():
    texts = [one.text for one in sessions(goals.HALF_MARATHON, 2)]

    assert texts == ["3.5 km, easy", "3.5 km, easy", "5.5 km, the long one, slow"]


def test_a_bedtime_moves_with_its_week():
    (one, *_) = sessions(goals.LIGHTS_OUT, 3)

    assert one.text == "have lights out by 00:15"
    assert one.amount == Quantity(0.25, "clock")


def test_money_moves_only_in_weeks_with_a_payday():
    assert [len(sessions(goals.PAYDAY, number)) for number in range(1, 9)] == [
        1, 0, 0, 0, 1, 0, 0, 0,
    ]  # fmt: skip


def test_leaving_something_is_looked_back_on_ever_more_rarely():
    counts = [len(sessions(goals.SMOKING, number)) for number in range(1, 9)]

    assert counts[-1] == 1
    assert sorted(counts[1:], reverse=True) == counts[1:]


def test_a_week_that_was_changed_is_the_model_of_the_next():
    made = planned(RUN)
    lighter = replace(made.weeks[2], sessions=unfolding.sessions(made, RUN, 3)[:2])
    changed = replace(made, weeks=(*made.weeks[:2], lighter, *made.weeks[3:]))

    assert len(unfolding.sessions(changed, RUN, 4)) == 2


def test_the_plan_from_a_week_on_begins_with_that_week_spelled_out():
    ahead = unfolding.from_week(planned(RUN), RUN, 3)

    assert ahead.weeks[0].number == 3
    assert len(ahead.weeks[0].sessions) == 3
    assert [week.number for week in ahead.weeks] == [3, 4, 5, 6, 7, 8]
