from dataclasses import replace
from datetime import date, timedelta

import pytest

from coach import doing, lived
from coach.lived import Lived, Told
from coach.rules import changing, plan, resolution
from coach.values import Progress, Quantity
from coach.weeks import DayState
from tests.coach import goals
from tests.coach.goals import TODAY

RUN = replace(goals.RUN, baseline=Quantity(10, "min"), days=(1, 3, 5))  # Tuesday to Saturday
PLAN = plan.build(RUN, resolution.build(RUN, TODAY), TODAY)
TUESDAY = PLAN.weeks[0].sessions[0].on
THURSDAY, SATURDAY = TUESDAY + timedelta(days=2), TUESDAY + timedelta(days=4)
WEEK = timedelta(days=7)


def told(*days: tuple[date, DayState]) -> Lived:
    return Lived(PLAN, RUN, tuple(Told(on, 0, state) for on, state in days))


def states(life: Lived, number: int, today: date) -> list[DayState]:
    return [day.state for day in life.days(number, today)]


def test_what_nobody_told_is_not_due_or_not_answered():
    assert states(told(), 1, THURSDAY) == [
        DayState.UNANSWERED, DayState.NOT_DUE, DayState.NOT_DUE,
    ]  # fmt: skip


def test_doing_it_on_another_day_counts_for_the_week():
    life = told((TUESDAY + timedelta(days=1), DayState.DONE))

    assert states(life, 1, THURSDAY) == [DayState.DONE, DayState.NOT_DUE, DayState.NOT_DUE]


def test_the_next_session_is_the_first_without_an_answer():
    found = told((THURSDAY, DayState.DONE)).next_session(THURSDAY)

    assert found is not None
    assert found.on == SATURDAY


def test_a_session_of_today_is_still_next():
    found = told().next_session(THURSDAY)

    assert found is not None
    assert found.on == THURSDAY


def test_weeks_are_counted_from_the_first_day_of_the_plan():
    start = PLAN.weeks[0].start
    days = (start - timedelta(days=1), start, start + WEEK, start + 52 * WEEK)

    assert [told().week_on(on) for on in days] == [0, 1, 2, len(PLAN.weeks) + 1]


def test_progress_holds_what_was_done_and_what_comes():
    life = told((TUESDAY, DayState.DONE), (THURSDAY, DayState.SMALL), (SATURDAY, DayState.MISSED))

    found = doing.progress(life, Progress(title="Run"), SATURDAY)

    assert (found.title, found.done, found.planned, found.weeks) == ("Run", 2, 3, 1)
    assert (found.done_4_weeks, found.planned_4_weeks) == (2, 3)
    assert found.next_day == TUESDAY + WEEK
    assert found.next_figure == PLAN.weeks[1].text


def test_coming_back_is_doing_it_after_two_that_were_not():
    life = told(
        (TUESDAY, DayState.MISSED),
        (THURSDAY, DayState.SKIPPED),
        (SATURDAY, DayState.DONE),
        (TUESDAY + WEEK, DayState.MISSED),
        (THURSDAY + WEEK, DayState.SMALL),
    )

    assert lived.returns(life, THURSDAY + WEEK) == 1


def test_the_best_day_is_the_weekday_that_goes_best():
    life = told(
        (TUESDAY, DayState.DONE),
        (THURSDAY, DayState.MISSED),
        (TUESDAY + WEEK, DayState.PARTLY),
        (THURSDAY + WEEK, DayState.DONE),
        (TUESDAY + 2 * WEEK, DayState.SMALL),
    )

    assert doing.progress(life, Progress(), THURSDAY + WEEK).best_day is None  # twice is no habit
    found = doing.progress(life, Progress(), TUESDAY + 2 * WEEK)
    assert found.best_day == TUESDAY.weekday()


@pytest.mark.parametrize(
    ("life", "today", "is_lapse"),
    [
        pytest.param(told(), TUESDAY, False, id="the first day"),
        pytest.param(told(), SATURDAY, True, id="silent with sessions planned"),
        pytest.param(
            told((TUESDAY, DayState.MISSED), (THURSDAY, DayState.MISSED)),
            SATURDAY,
            True,
            id="two missed in a row",
        ),
        pytest.param(
            told((TUESDAY, DayState.MISSED), (THURSDAY, DayState.DONE)),
            SATURDAY,
            False,
            id="one missed, one done",
        ),
        pytest.param(told((TUESDAY, DayState.DONE)), THURSDAY, False, id="nothing missed"),
    ],
)
def test_a_lapse_is_two_missed_or_three_silent_days(life: Lived, today: date, is_lapse: bool):
    assert lived.lapsed(life, today) is is_lapse


def test_days_since_leaving_something_begin_anew_with_a_slip():
    goal = goals.SMOKING
    made = plan.build(goal, resolution.build(goal, TODAY), TODAY)
    start = made.weeks[0].start
    slipped = Lived(made, goal, (Told(start + timedelta(days=2), 0, DayState.MISSED),))

    found = doing.progress(slipped, Progress(), start + timedelta(days=9))

    assert found.days_in == 7


def test_a_plan_is_over_after_its_last_week():
    last = PLAN.weeks[-1].start

    assert not lived.over(told(), last + timedelta(days=6))
    assert lived.over(told(), last + WEEK)


def named(life: Lived, today: date) -> dict[date, str]:
    """Tell how the sessions of a plan are named, as a calendar has them."""
    weeks = life.spelled_out(today).weeks
    return {one.on: one.text for week in weeks for one in week.sessions}


def small(life: Lived, today: date) -> list[date]:
    return [on for on, text in named(life, today).items() if text == PLAN.minimum]


BACK = replace(PLAN, restart_on=THURSDAY)


def test_after_a_return_one_session_is_the_minimum_version_everywhere_it_is_named():
    life = replace(told(), plan=BACK)

    assert small(told(), THURSDAY) == []
    assert small(life, THURSDAY) == [THURSDAY]
    assert [one.text for one in life.due(THURSDAY)] == [PLAN.minimum]
    assert life.due(THURSDAY)[0].amount is None
    upcoming = life.next_session(THURSDAY)
    assert upcoming is not None
    assert upcoming.text == PLAN.minimum
    this_week = life.ahead(THURSDAY).weeks[0].sessions
    assert [one.on for one in this_week if one.text == PLAN.minimum] == [THURSDAY]
    assert doing.progress(life, Progress(), THURSDAY).next_session == PLAN.minimum


def test_the_minimum_version_waits_for_the_first_answer_after_a_return():
    life = replace(told(), plan=BACK)

    assert small(life, SATURDAY) == [SATURDAY], "Thursday passed without a word"
    assert small(life, SATURDAY + timedelta(days=1)) == [TUESDAY + WEEK], "in the next week, too"


@pytest.mark.parametrize("state", [DayState.DONE, DayState.SMALL, DayState.MISSED])
def test_it_ends_with_the_first_answer(state: DayState):
    life = replace(told((TUESDAY, DayState.MISSED), (THURSDAY, state)), plan=BACK)

    assert small(life, SATURDAY) == [THURSDAY], "what was told stays named as it was"
    upcoming = life.next_session(SATURDAY)
    assert upcoming == next(one for one in PLAN.weeks[0].sessions if one.on == SATURDAY)


def test_of_two_sessions_on_a_day_the_first_one_is_small():
    first, second = PLAN.weeks[0].sessions[1], replace(PLAN.weeks[0].sessions[1], text="swim")
    week = replace(PLAN.weeks[0], sessions=(first, second))
    life = replace(told(), plan=replace(BACK, weeks=(week, *BACK.weeks[1:])))

    assert [one.text for one in life.due(THURSDAY)] == [PLAN.minimum, "swim"]


def test_a_small_restart_is_no_model_for_the_weeks_after_it():
    life = replace(told(), plan=BACK)
    changed = changing.scaled(life, 1, "harder")

    after = replace(life, plan=changed.plan, understanding=changed.understanding)
    assert small(after, SATURDAY) == [SATURDAY]
