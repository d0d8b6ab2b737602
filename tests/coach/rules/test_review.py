from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.coach import Coach
from coach.lived import KEPT
from coach.rules import forbidden, plan, resolution, review, unfolding
from coach.rules.courses import Course
from coach.values import GoalUnderstanding, Plan, Progress
from coach.weeks import AskedInReview, Change, Day, DayState, KeptWeek, Review
from tests.coach import goals
from tests.coach.goals import TODAY

FACTS = Progress(activity="running", minimum="walk for 5 minutes", action="put my shoes on")
DONE, SMALL, PARTLY, MISSED = DayState.DONE, DayState.SMALL, DayState.PARTLY, DayState.MISSED
SILENT = DayState.UNANSWERED


def planned(u: GoalUnderstanding) -> Plan:
    return plan.build(u, resolution.build(u, TODAY), TODAY)


def lived(
    u: GoalUnderstanding,
    made: Plan,
    number: int,
    states: tuple[DayState, ...],
    reason: str | None = None,
) -> KeptWeek:
    """Live a week of a plan: its sessions took *states* in turn."""
    days = tuple(
        Day(one.on, states[n % len(states)], reason if states[n % len(states)] is MISSED else None)
        for n, one in enumerate(unfolding.sessions(made, u, number))
    )
    return KeptWeek(number, days, spare_days=made.spare_days)


async def reviewed(
    states: tuple[DayState, ...], weeks: int = 1, reason: str | None = None, obstacle: str = ""
) -> Review:
    u = goals.RUN
    made = planned(u)
    kept = tuple(lived(u, made, n + 1, states, reason) for n in range(weeks))
    return await Coach().review_week(Course(made, u, kept, obstacle), FACTS)


async def test_a_whole_week_is_named_and_the_next_step_of_the_ramp_proposed():
    made = await reviewed((DONE,))

    ahead = planned(goals.RUN).weeks[1].text
    assert made.lines[0] == f"Week 1: {made.done} of {made.planned}"
    assert made.worked.startswith("What worked: every planned session")
    assert made.proposal.change is Change.STEP
    assert made.lines[-1] == f"Proposal for week 2: next step: {ahead}"
    assert "next step is due" in made.proposal.because


async def test_what_got_in_the_way_most_is_named_and_answered_when_it_came_twice():
    made = await reviewed((DONE, MISSED, MISSED), weeks=2, reason="ti")

    assert made.in_the_way.startswith("In the way: tiredness")
    assert made.obstacle is not None
    assert made.obstacle.reason == "ti"
    assert any("then I start with 2 minutes" in line for line in made.lines)


async def test_an_answer_that_the_plan_has_already_is_not_given_again():
    assert (await reviewed((DONE, MISSED), 2, "ti", obstacle="ti")).obstacle is None


async def test_illness_gets_no_answer_and_leaves_the_count():
    made = await reviewed((DONE, MISSED), 2, "si")

    assert made.obstacle is None
    assert made.share == 1.0
    assert made.proposal.change is Change.SAME


async def test_a_silent_week_concludes_nothing():
    made = await reviewed((SILENT,), weeks=2)

    assert made.share is None
    assert (made.worked, made.in_the_way, made.asks) == ("", "", None)
    assert "conclude nothing" in made.proposal.because


@pytest.mark.parametrize(
    ("language", "head"), [("en", "2 of 2 (1 partly)"), ("es", "2 de 2 (1 en parte)")]
)
async def test_partly_counts_as_done_in_the_head_as_in_every_count_and_half_for_the_proposal(
    language: str, head: str
):
    u, made = goals.RUN, planned(goals.RUN)
    week = lived(u, made, 1, (DONE, PARTLY))
    course = Course(made, u, (week,), "")

    found = await Coach().review_week(course, replace(FACTS, language=language))

    kept = sum(day.state in KEPT for day in week.days)  # as /stats and "this week" count
    assert found.done == kept == 2
    assert found.lines[0].endswith(head)
    assert found.share == 0.75


async def test_small_ones_are_shown_and_going_on_after_a_miss_is_what_worked():
    made = await reviewed((SMALL, MISSED, DONE))

    assert "(1 small" in made.lines[0]
    assert "went on" in made.worked or "small version" in made.worked


async def test_less_of_a_reason_is_what_worked_when_nothing_else_did():
    u = goals.RUN
    made = planned(u)
    weeks = (lived(u, made, 1, (MISSED,), "tm"), lived(u, made, 2, (PARTLY,)))

    assert "too little time" in (await Coach().review_week(Course(made, u, weeks), FACTS)).worked


async def test_less_of_a_reason_in_a_week_that_nobody_answered_is_not_what_worked():
    u = goals.RUN
    made = planned(u)
    weeks = (lived(u, made, 1, (DONE, MISSED), "ha"), lived(u, made, 2, (SILENT,)))

    assert (await Coach().review_week(Course(made, u, weeks), FACTS)).worked == ""


async def test_two_weeks_almost_without_ask_whether_it_is_still_the_goal():
    assert (await reviewed((MISSED,), 2)).asks is AskedInReview.STILL_THE_GOAL


async def test_a_date_at_risk_is_said_in_numbers_once():
    u = replace(goals.NOVEL, deadline=replace(goals.NOVEL.deadline, first=NEAR, last=NEAR))  # pyright: ignore[reportArgumentType] # the novel has a date
    made = planned(u)
    weeks = (lived(u, made, 1, (DONE, MISSED, PARTLY, MISSED), "tm"),)
    course = Course(made, u, weeks)

    said = await Coach().review_week(course, FACTS)
    next_week = replace(course, weeks=(*weeks, lived(u, made, 2, (DONE, MISSED, PARTLY, MISSED))))
    again = await Coach().review_week(next_week, FACTS)

    assert said.asks is AskedInReview.AT_RISK
    assert "words a week" in said.at_risk
    assert again.asks is not AskedInReview.AT_RISK
    assert again.at_risk == ""


NEAR = date(2027, 1, 31)


async def test_a_card_in_spanish_has_no_english_line():
    u = goals.RUN
    made = planned(u)
    course = Course(made, u, (lived(u, made, 1, (DONE, MISSED), "ti"),))

    lines = review.look_back(course, replace(FACTS, language="es")).lines

    assert lines[0].startswith("Semana 1")
    assert not any(word in " ".join(lines) for word in ("Week", "worked", "Proposal"))


GOALS = [goals.RUN, goals.NOVEL, goals.COFFEE, goals.GARAGE]


@settings(deadline=None, max_examples=40)
@given(
    u=st.sampled_from(GOALS),
    states=st.lists(st.sampled_from(DayState), min_size=1, max_size=5).map(tuple),
    weeks=st.integers(1, 3),
    reason=st.sampled_from(["ti", "tm", "si", "tr", "ot"]),
)
def test_every_review_leads_to_a_plan_that_loses_nothing(
    u: GoalUnderstanding, states: tuple[DayState, ...], weeks: int, reason: str
):
    made = planned(u)
    kept = tuple(lived(u, made, n + 1, states, reason) for n in range(weeks))
    back = review.look_back(Course(made, u, kept), FACTS)
    ahead = Coach().adapt_week(made, u, weeks, back.proposal)

    assert [forbidden.found(line) for line in back.lines if forbidden.found(line)] == []
    assert len(ahead.weeks) == len(made.weeks)
    assert ahead.weeks[:weeks] == made.weeks[:weeks]
    assert [one.start for one in ahead.weeks] == [one.start for one in made.weeks]
    assert [one.milestone for one in ahead.weeks] == [one.milestone for one in made.weeks]
    if weeks < len(made.weeks):
        assert len(unfolding.sessions(ahead, u, weeks + 1)) == back.proposal.load.sessions


def test_a_lighter_week_moves_the_ramp_back_where_no_date_presses():
    u = goals.RUN
    made = planned(u)
    back = review.look_back(Course(made, u, (lived(u, made, 1, (SILENT,)),)), FACTS)
    ahead = Coach().adapt_week(made, u, 1, back.proposal)

    assert ahead.weeks[1].text == made.weeks[0].text
    assert [one.text for one in ahead.weeks[2:]] == [one.text for one in made.weeks[1:-1]]


@pytest.mark.parametrize("states", [(MISSED,)])
def test_a_minimum_week_has_the_small_version_on_two_days(states: tuple[DayState, ...]):
    u = goals.RUN
    made = planned(u)
    back = review.look_back(Course(made, u, (lived(u, made, 1, states, "tm"),)), FACTS)
    sessions = unfolding.sessions(Coach().adapt_week(made, u, 1, back.proposal), u, 2)

    assert {one.text for one in sessions} == {made.minimum}
    assert len(sessions) == 2


def test_the_last_week_has_no_next_one_to_change():
    u = goals.RUN
    made = planned(u)
    last = len(made.weeks)
    back = review.look_back(Course(made, u, (lived(u, made, last, (DONE,)),)), FACTS)

    assert back.proposal.change is Change.SAME
    assert Coach().adapt_week(made, u, last, back.proposal) == made


async def test_a_review_nobody_answered_holds_the_week_where_more_was_proposed():
    u = goals.RUN
    made = planned(u)
    course = Course(made, u, (lived(u, made, 1, (DONE,)),))

    held = await Coach().review_week(course, FACTS, silent=True)

    assert (await Coach().review_week(course, FACTS)).proposal.change is Change.STEP
    assert held.proposal.change is Change.SAME
    assert held.proposal.load == course.load(1)
    assert "unanswered" in held.proposal.because
    assert "needs your tap" in held.proposal.because


async def test_a_review_nobody_answered_may_lighten():
    u = goals.RUN
    made = planned(u)
    course = Course(made, u, (lived(u, made, 1, (MISSED,)),))

    told = (await Coach().review_week(course, FACTS)).proposal
    silent = (await Coach().review_week(course, FACTS, silent=True)).proposal

    assert (silent.change, silent.load) == (told.change, told.load)
    assert not told.change.raises
