from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import cards
from coach.rules import forbidden, plan, resolution, scores
from coach.values import FoundDate, GoalType, GoalUnderstanding, Plan, Quantity
from tests.coach import goals
from tests.coach.goals import TODAY


def planned(goal: GoalUnderstanding, today: date = TODAY) -> Plan:
    return plan.build(goal, resolution.build(goal, today), today)


def figures(made: Plan) -> list[float | None]:
    return [week.figure.value if week.figure else None for week in made.weeks]


@pytest.mark.parametrize("name", goals.ALL)
def test_every_plan_is_good_enough_short_enough_and_kind(name: str):
    goal = goals.ALL[name]
    made = planned(goal)
    card = cards.plain(cards.plan(made))

    assert scores.plan_is_enough(scores.plan(made, goal))
    assert len(card) <= cards.MOST_PLAN
    assert forbidden.found(card) == ()
    assert "None" not in card


@pytest.mark.parametrize(
    ("goal", "weeks"),
    [
        (goals.READ, 8),
        (goals.GARAGE, 6),
        (goals.GRE, 10),
        (goals.NOVEL, 12),
        (goals.SMOKING, 8),
        (goals.COFFEE, 4),
        (replace(goals.GARAGE, deadline=goals.on("friday", 2026, 11, 27)), 1),
    ],
    ids=["habit", "open project", "date in 10 weeks", "far date", "quit day", "steps", "near date"],
)
def test_a_plan_is_as_long_as_its_kind_and_its_date_ask_for(goal: GoalUnderstanding, weeks: int):
    assert len(planned(goal).weeks) == weeks


def test_a_run_with_a_known_level_grows_to_the_wish():
    days = replace(goals.RUN, baseline=Quantity(10, "min"), days=(1, 3, 5))

    made = planned(days)

    assert figures(made) == [10, 12, 14, 14, 16, 18, 20, 20]
    assert [s.on.weekday() for s in made.weeks[0].sessions] == [1, 3, 5]
    assert [s.at for s in made.weeks[0].sessions] == [time(7), time(7), time(9)]


def test_without_chosen_days_effort_for_the_body_begins_with_fewer_of_them():
    first, second = planned(goals.RUN).weeks[:2]

    assert (len(first.sessions), first.text, second.text) == (2, "2 × 12 min", "3 × 12 min")


def test_somebody_who_is_there_already_gets_a_level_plan():
    there = replace(goals.RUN, baseline=Quantity(25, "min"), days=(0, 2, 4))

    assert figures(planned(there)) == [20] * 8


def test_the_sessions_of_a_week_of_words_add_up_to_its_figure():
    made = planned(goals.NOVEL)

    words = [s.amount.value for s in made.weeks[0].sessions if s.amount]
    assert words == [650, 650, 650, 600]
    assert made.weeks[-1].milestone == "about 62,600 words in total"
    assert made.buffer_days == 21


def test_two_dates_are_both_in_the_plan_and_the_nearer_one_comes_first():
    made = planned(goals.GRANTS)

    dates = {w.number: w.milestone for w in made.weeks if w.milestone}
    assert dates == {4: "due Tuesday 15 December 2026", 9: "due Wednesday 20 January 2027"}
    sent = next(w.number for w in made.weeks if "the nearest one sent" in w.text)
    assert sent < 4


def test_bedtime_moves_a_quarter_of_an_hour_a_week():
    assert [w.text for w in planned(goals.LIGHTS_OUT).weeks] == [
        "00:45", "00:30", "00:15", "00:00", "23:45", "23:30", "23:15", "23:00",
    ]  # fmt: skip


def test_the_days_before_a_quit_day_prepare_it():
    week = planned(goals.SMOKING).weeks[0]

    assert week.sessions[-1].on == date(2026, 11, 30)
    assert week.sessions[-1].text.startswith("quit day")
    assert len({s.text for s in week.sessions}) == 7


def test_steps_down_name_what_the_person_counts():
    assert [w.text for w in planned(goals.COFFEE).weeks] == [
        f"at most {n} coffees a day" for n in (5, 4, 3, 2)
    ]


def test_an_exam_has_a_mock_test_every_second_week_and_then_every_week():
    tests = [w.number for w in planned(goals.GRE).weeks if w.milestone == "mock test"]

    assert tests == [2, 4, 6, 8, 9]


def test_a_race_that_a_comfortable_pace_cannot_reach_says_so():
    near = replace(
        goals.HALF_MARATHON, baseline=Quantity(3, "km"), deadline=goals.on("x", 2027, 2, 20)
    )

    assert any("comfortable pace" in note for note in planned(near).notes)
    assert not any("comfortable pace" in note for note in planned(goals.HALF_MARATHON).notes)


def test_what_was_named_after_the_resolution_is_in_the_plan():
    agreed = resolution.build(goals.RUN, TODAY)

    made = plan.build(replace(goals.RUN, obstacle="ti"), agreed, TODAY)

    assert made.obstacle_if == "I feel too tired"


def test_a_plan_can_start_later():
    made = planned(replace(goals.RUN, start=date(2026, 12, 7)))

    assert made.weeks[0].start == date(2026, 12, 7)


AMOUNTS = st.builds(
    Quantity,
    st.integers(1, 300).map(float),
    st.sampled_from(["min", "h", "km", "pages", "words", "reps", "steps/day", "l/day", "", "EUR"]),
)


@given(
    kind=st.sampled_from(GoalType),
    activity=st.sampled_from(
        ["running", "reading", "writing", "saving", "debt", "bedtime", "smoking", "screen_time",
         "studying", "weight", "other", "contact", "swimming", "nobody_knows"]
    ),
    amount=st.none() | AMOUNTS,
    target=st.none() | AMOUNTS,
    baseline=st.none() | AMOUNTS,
    per_week=st.none() | st.sampled_from([0.25, 1.0, 3.0, 3.5, 7.0, 14.0]),
    days=st.sampled_from([(), (0,), (1, 4), (0, 1, 2, 3, 4)]),
    left=st.none() | st.integers(-3, 800),
    load=st.sampled_from([0.2, 0.7, 1.0, 1.2]),
)  # fmt: skip
def test_any_goal_gets_a_plan_with_its_dates_in_order_and_none_in_the_past(
    kind: GoalType,
    activity: str,
    amount: Quantity | None,
    target: Quantity | None,
    baseline: Quantity | None,
    per_week: float | None,
    days: tuple[int, ...],
    left: int | None,
    load: float,
):
    due = None if left is None else TODAY + timedelta(days=left)
    goal = GoalUnderstanding(
        "do the thing",
        goal_type=kind,
        activity=activity,
        behaviour="do the thing",
        amount=amount,
        target=target,
        baseline=baseline,
        per_week=per_week,
        days=days,
        deadline=FoundDate("then", due, due) if due else None,
        load=load,
    )

    made = planned(goal)

    dates = [s.on for s in made.weeks[0].sessions]
    assert dates
    assert dates == sorted(dates)
    assert dates[0] > TODAY
    assert [w.start for w in made.weeks] == sorted(w.start for w in made.weeks)
    assert 1 <= len(made.weeks) <= 12
    if kind is GoalType.HABIT and amount and activity == "reading":
        assert max(f for f in figures(made) if f is not None) <= amount.value
