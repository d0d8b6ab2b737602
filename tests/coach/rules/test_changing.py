from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from coach.lived import Lived, Told
from coach.plan_wishes import Proposed, Reworked
from coach.rules import changing, plan, resolution
from coach.values import GoalUnderstanding, Plan, Quantity
from coach.weeks import Change, DayState, Load, ObstaclePlan, Proposal
from tests.coach import goals
from tests.coach.goals import TODAY

RUN = replace(goals.RUN, baseline=Quantity(10, "min"), days=(1, 3, 5))  # Tuesday to Saturday
PLAN = plan.build(RUN, resolution.build(RUN, TODAY), TODAY)
START = PLAN.weeks[0].start
SECOND_FRIDAY = datetime(2026, 12, 4, 9, tzinfo=UTC)


def life(goal: GoalUnderstanding = RUN) -> Lived:
    return Lived(plan.build(goal, resolution.build(goal, TODAY), TODAY), goal)


def said(words: str, of: Lived | None = None) -> Reworked:
    found = changing.in_words(of or life(), words, SECOND_FRIDAY)
    assert found is not None
    return found


def weekdays(made: Plan, number: int) -> list[int]:
    found = Lived(made, RUN).sessions(number)
    return [one.on.weekday() for one in found]


def test_one_day_moves_and_what_lies_behind_stays():
    made = said("move Saturday to Sunday").plan

    assert weekdays(made, 1) == [1, 3, 5]
    assert weekdays(made, 2) == [1, 3, 6]
    assert weekdays(made, 3) == [1, 3, 6]
    assert [week.text for week in made.weeks] == [week.text for week in PLAN.weeks]


def test_another_time_holds_from_now_on():
    made = said("at 18:30 instead").plan

    times = {one.at for one in Lived(made, RUN).sessions(3)}
    assert times == {time(18, 30)}


def test_a_day_moved_with_a_time_has_both():
    made = said("change Saturday to Sunday 10am").plan

    assert weekdays(made, 2) == [1, 3, 6]
    assert {one.at for one in Lived(made, RUN).sessions(3)} == {time(10)}


@pytest.mark.parametrize(
    "words",
    [
        "evenings are better",
        "mornings don't work, evenings are better",
        "mornings are bad for me, the evening is better",
    ],
)
def test_the_part_of_the_day_that_suits_is_taken_and_not_the_one_that_does_not(words: str):
    made = said(words).plan

    assert {one.at for one in Lived(made, RUN).sessions(3)} == {time(19)}


def test_the_part_of_the_day_that_suits_is_taken_in_spanish():
    for words in ("las noches son mejores", "las mañanas no me van, las noches son mejores"):
        made = said(words, life(replace(RUN, language="es"))).plan

        assert {one.at for one in Lived(made, RUN).sessions(3)} == {time(21)}


def test_fewer_times_a_week_stay_on_days_that_were_chosen():
    made = said("twice a week is enough", life(replace(RUN, days=(0, 2, 5)))).plan

    assert len(weekdays(made, 3)) == 2
    assert set(weekdays(made, 3)) < {0, 2, 5}


@pytest.mark.parametrize(
    "words", ["I can't run on Thursdays any more", "can no longer do thursdays", "not Thursdays"]
)
def test_a_day_that_no_longer_suits_moves_and_the_others_stay(words: str):
    made = said(words).plan

    assert 3 not in weekdays(made, 3)
    assert {1, 5} < set(weekdays(made, 3))


def test_a_day_that_no_longer_suits_moves_in_spanish():
    made = said("ya no puedo correr los jueves", life(replace(RUN, language="es"))).plan

    assert 3 not in weekdays(made, 3)
    assert {1, 5} < set(weekdays(made, 3))


def test_a_longer_session_grows_from_what_it_is_by_now():
    gym = replace(goals.RUN, activity="strength", text="gym", behaviour="go to the gym")
    level = life(replace(gym, amount=None, days=(0, 2, 4)))
    assert {one.amount for one in level.sessions(2)} == {Quantity(30, "min")}

    made = said("make it 45 minutes", level)

    sizes = [week.figure.value for week in made.plan.weeks[1:] if week.figure]
    assert sizes[0] > 30
    assert max(sizes) == 45
    ahead = Lived(made.plan, made.understanding).next_session(SECOND_FRIDAY.date())
    assert ahead is not None
    assert ahead.amount == Quantity(sizes[0], "min")


def test_a_shorter_session_is_as_short_as_was_said():
    gym = replace(goals.RUN, activity="strength", text="gym", behaviour="go to the gym")

    made = said("make it 20 minutes", life(replace(gym, amount=None, days=(0, 2, 4))))

    assert {week.figure for week in made.plan.weeks[1:]} == {Quantity(20, "min")}


def test_more_times_a_week_are_spread_over_it():
    assert len(weekdays(said("make it 4 times a week").plan, 3)) == 4


def test_what_names_nothing_changes_nothing():
    assert changing.in_words(life(), "something has to be different", SECOND_FRIDAY) is None


def test_the_number_of_weeks_and_their_dates_never_change():
    for words in (
        "move Saturday to Sunday",
        "make it 4 times a week",
        "easier",
        "at 18:30 instead",
    ):
        made = said(words).plan
        assert [(w.number, w.start) for w in made.weeks] == [
            (w.number, w.start) for w in PLAN.weeks
        ]


def test_easier_makes_the_next_week_smaller_and_the_rest_come_later():
    made = changing.scaled(life(), 3, "easier").plan

    assert {one.text for one in Lived(made, RUN).sessions(3)} == {"run for 10 minutes"}
    assert [week.figure for week in made.weeks[3:]] == [week.figure for week in PLAN.weeks[2:-1]]


def test_harder_makes_the_next_week_bigger_and_leaves_the_rest():
    made = changing.scaled(life(), 3, "harder").plan

    assert {one.amount for one in Lived(made, RUN).sessions(3)} == {Quantity(17, "min")}
    assert made.weeks[3:] == PLAN.weeks[3:]


def test_a_week_gets_the_load_and_the_answer_that_were_proposed():
    load = Load(Quantity(8, "min"), 2, "2 × 8 min")
    found = ObstaclePlan("ti", "I feel too tired", "start with 2 minutes")
    wish = Proposed(2, Proposal(Change.LIGHTER, load, "it was a lot"), found)

    made = changing.proposed(life(), wish, TODAY).plan

    assert [one.text for one in Lived(made, RUN).sessions(2)] == ["run for 8 minutes"] * 2
    assert made.weeks[1].text == "2 × 8 min"
    assert made.obstacle_if == "I feel too tired"


def test_leaving_something_gets_easier_by_staying_a_week():
    made = changing.scaled(life(goals.COFFEE), 2, "easier").plan

    assert made.weeks[1].text == made.weeks[0].text


def test_a_project_gets_easier_by_shorter_sessions():
    made = changing.scaled(life(goals.GARAGE), 2, "easier").plan

    assert made.weeks[1].sessions[0].text == "10 minutes on the garage"


def test_the_answer_to_an_obstacle_replaces_the_one_before():
    found = ObstaclePlan("ti", "I feel too tired", "start with 2 minutes")

    made = changing.with_obstacle(life(), found, TODAY)

    assert (made.plan.obstacle_if, made.plan.obstacle_then) == (found.when, found.then)
    assert made.understanding.obstacle == "ti"


def test_a_session_told_of_already_keeps_its_day():
    told = Told(START, 0, DayState.DONE)
    now = datetime.combine(START + timedelta(days=3), time(9), UTC)

    made = changing.in_words(replace(life(), told=(told,)), "move Saturday to Sunday", now)

    assert made is not None
    assert Lived(made.plan, RUN).sessions(1)[0].on == PLAN.weeks[0].sessions[0].on


def test_a_minimum_week_is_no_model_for_the_next():
    load = Load(None, 2, "5 minutes, 2 days")
    wish = Proposed(2, Proposal(Change.MINIMUM, load, "a small week"))

    made = changing.proposed(life(), wish, TODAY).plan

    assert [one.text for one in Lived(made, RUN).sessions(2)] == [PLAN.minimum] * 2
    assert PLAN.minimum not in {one.text for one in Lived(made, RUN).sessions(3)}


def test_a_plan_goes_on_after_its_end_with_weeks_like_the_last():
    end = PLAN.weeks[-1].start + timedelta(days=7)

    found = changing.extended(life(), 2, end)

    made = Lived(found.plan, RUN)
    assert found.week == 9
    assert [week.number for week in made.plan.weeks] == list(range(1, 11))
    assert {one.text for one in made.sessions(10)} == {"run for 20 minutes"}


def test_weeks_that_passed_since_the_end_stay_free():
    late = PLAN.weeks[-1].start + timedelta(days=21)

    found = changing.extended(life(), 2, late)

    made = Lived(found.plan, RUN)
    assert [len(made.sessions(number)) for number in range(9, 13)] == [0, 0, 3, 3]
    assert made.week_on(late) == found.week - 1 or made.week_on(late) == found.week
