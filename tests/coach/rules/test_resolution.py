from dataclasses import replace
from datetime import date, time

import pytest

from coach import cards
from coach.rules import forbidden, resolution, scores
from coach.values import GoalType, GoalUnderstanding, Quantity
from tests.coach import goals
from tests.coach.goals import TODAY

LINES = {
    "run": "I will run for 20 minutes, 3 times a week, before work.",
    "read": "I will read 10 pages every night, before bed.",
    "water": "I will drink 2 litres of water a day instead of cola.",
    "call": "I will call my grandparents every Sunday.",
    "lights out": "I will have lights out by 23:00 on weekdays.",
    "payday": "I will put €50 aside every payday.",
    "half marathon": "I will go for a run 3 times a week, one of them a little longer each week.",
    "japan": "I will put $430 aside every payday.",
    "credit card": "I will pay €350 towards my credit card every payday.",
    "weight": "I will walk for 20 minutes and cook one meal at home, 4 times a week.",
    "gre": "I will study for the GRE for 6 hours a week, in 4 sessions.",
    "novel": "I will finish the first draft of my novel by Saturday 1 May 2027:"
    " 650 words, 4 times a week.",
    "garage": "I will declutter the garage: 15 minutes, 3 times a week.",
    "grants": "I will write and submit 2 grant applications by Tuesday 15 December 2026"
    " and Wednesday 20 January 2027: 45 minutes, 3 times a week.",
    "smoking": "I will quit smoking on Monday 30 November 2026.",
    "coffee": "I will cut down on coffee in weekly steps:"
    " at most 5 coffees a day in the first week.",
    "nails": "I will stop biting my nails, starting on Tuesday 24 November 2026.",
}


@pytest.mark.parametrize("name", LINES)
def test_the_first_line_reads_like_a_sentence_somebody_would_say(name: str):
    assert resolution.build(goals.ALL[name], TODAY).line == LINES[name]


@pytest.mark.parametrize(
    ("goal", "target"),
    [
        (
            goals.HALF_MARATHON,
            "Run a half marathon in under 2 hours by Sunday 18 April 2027 (now: 5 km)",
        ),
        (goals.GRE, "Score 320+ on the GRE by Monday 1 February 2027, in 10 weeks (now: 305)"),
        (goals.WEIGHT, "Lose 6 kg by Monday 1 March 2027"),
        (goals.SMOKING, "From 15 cigarettes a day to none"),
        (goals.COFFEE, "From 6 coffees a day down to 2 coffees a day"),
        (goals.LIGHTS_OUT, "From 01:00 to 23:00, a quarter of an hour a week"),
        (goals.NOVEL, "80,000 words (now: 32,000 words)"),
        (goals.RUN, None),
    ],
)
def test_what_it_is_for_stands_apart_in_the_persons_words(
    goal: GoalUnderstanding, target: str | None
):
    assert resolution.build(goal, TODAY).target == target


@pytest.mark.parametrize("name", goals.ALL)
def test_every_number_the_person_said_is_on_the_card(name: str):
    goal = goals.ALL[name]
    card = cards.plain(cards.resolution(resolution.build(goal, TODAY)))

    digits = card.replace(",", "").replace(".", "")
    missing = [q for q in goal.numbers if f"{q.value:g}".replace(".", "") not in digits]
    assert missing == []


@pytest.mark.parametrize("name", goals.ALL)
def test_every_resolution_is_good_enough_short_enough_and_kind(name: str):
    goal = goals.ALL[name]
    made = resolution.build(goal, TODAY)
    card = cards.plain(cards.resolution(made))

    assert scores.is_enough(scores.resolution(made, goal))
    assert len(card) <= cards.MOST_RESOLUTION
    assert forbidden.found(card) == ()
    assert "  " not in card
    assert not {"None", "{", "}"} & set(card.split())


def test_a_missing_deadline_stays_missing_and_says_so():
    made = resolution.build(goals.GARAGE, TODAY)

    assert "no end date, we look again after 6 weeks" in made.suggestions
    assert "202" not in made.line


def test_what_was_assumed_is_listed_and_what_was_said_is_not():
    meditate = GoalUnderstanding(
        "meditate", goal_type=GoalType.HABIT, activity="meditation", behaviour="meditate"
    )

    assert resolution.build(meditate, TODAY).suggestions[:3] == (
        "5 minutes",
        "5 times a week",
        "the if-then moment",
    )
    assert not {"20 minutes", "3 times a week"} & set(
        resolution.build(goals.RUN, TODAY).suggestions
    )


@pytest.mark.parametrize(
    ("amount", "minimum"),
    [(60, 5), (20, 5), (5, None), (2, None)],
)
def test_the_hard_day_version_is_five_minutes_or_less_and_less_than_the_amount(
    amount: float, minimum: float | None
):
    made = resolution.build(replace(goals.RUN, amount=Quantity(amount, "min")), TODAY)

    wanted = "put my running shoes on and stop there if I like"
    assert made.minimum == (f"walk or jog for {minimum} minutes" if minimum else wanted)


@pytest.mark.parametrize(
    ("obstacle", "when", "then"),
    [
        ("ti", "I feel too tired", "start with 2 minutes and may stop after that"),
        ("tm", "the day gets full", "walk or jog for 5 minutes before dinner"),
        ("rain", "I can't because of rain", "walk or jog for 5 minutes as soon as I can that day"),
        (
            "my kids wake up early",
            "my kids wake up early",
            "walk or jog for 5 minutes as soon as I can that day",
        ),
        ("i work late", "I work late", "walk or jog for 5 minutes as soon as I can that day"),
        ("no", None, None),
    ],
)
def test_an_obstacle_gets_an_answer_that_can_be_read_aloud(
    obstacle: str, when: str | None, then: str | None
):
    made = resolution.build(replace(goals.RUN, obstacle=obstacle), TODAY)

    assert (made.obstacle_if, made.obstacle_then) == (when, then)


@pytest.mark.parametrize(
    ("cue", "moment"),
    [
        ("before work", "I'm up and dressed before work"),
        ("after lunch", "I've finished lunch"),
        ("after I drop the kids", "it's right after I drop the kids"),
    ],
)
def test_the_persons_cue_becomes_a_moment(cue: str, moment: str):
    assert resolution.build(replace(goals.RUN, cue=cue), TODAY).cue == moment


def test_a_chosen_time_becomes_the_moment_when_there_is_no_cue():
    timed = replace(goals.RUN, cue=None, at=time(6, 30))

    assert resolution.build(timed, TODAY).cue == "it's 06:30 on one of my days"


@pytest.mark.parametrize(
    ("goal", "note"),
    [
        (goals.WEIGHT, "scales"),
        (goals.SMOKING, "quit line"),
        (replace(goals.RUN, caution="medical"), "doctor"),
    ],
)
def test_a_goal_that_touches_health_carries_one_line_of_care(goal: GoalUnderstanding, note: str):
    assert note in (resolution.build(goal, TODAY).note or "")


def test_the_first_step_is_within_two_days_and_not_after_the_date():
    soon = replace(goals.GARAGE, deadline=goals.on("tomorrow", 2026, 11, 24))

    assert resolution.build(goals.RUN, TODAY).first_step_by == date(2026, 11, 25)
    assert resolution.build(soon, TODAY).first_step_by == date(2026, 11, 24)


def test_an_ambiguous_date_is_shown_as_it_was_typed():
    both = replace(goals.on("12/05/2027", 2027, 5, 12), other=date(2027, 12, 5))
    exam = replace(goals.GRE, deadline=both)

    assert "12/05/2027 (taken as Wednesday 12 May 2027" in (
        resolution.build(exam, TODAY).target or ""
    )


def test_the_persons_own_wording_is_the_first_line():
    own = replace(goals.RUN, wording="run in the park with Mia")

    assert resolution.build(own, TODAY).line == "Run in the park with Mia."


def test_a_foreign_text_is_quoted_and_never_bent():
    thesis = GoalUnderstanding(
        "Meine Bachelorarbeit bis zum 15. Februar abgeben",
        goal_type=GoalType.PROJECT,
        activity="studying",
        deadline=goals.on("bis zum 15. Februar", 2027, 2, 15),
    )

    line = resolution.build(thesis, TODAY).line
    assert line.startswith("I will work on “Meine Bachelorarbeit bis zum 15. Februar abgeben” by")


@pytest.mark.parametrize(
    ("text", "behaviour", "activity", "amount", "line"),
    [
        (
            "do 20 push-ups a day",
            "do push-ups",
            "exercises",
            Quantity(20, "reps"),
            "I will do 20 push-ups every day.",
        ),
        ("floss every evening", "floss", "other", None, "I will floss every evening."),
        (
            "spend more time with my kids every day",
            "spend more time with my kids",
            "spending",
            None,
            "I will spend 30 minutes with my kids every day.",
        ),
        (
            "walk more every day",
            "walk more",
            "walking",
            None,
            "I will walk for 15 minutes every day.",
        ),
        (
            "wake up at 6 every day",
            "wake up",
            "bedtime",
            Quantity(6, "clock"),
            "I will wake up at 06:00 every day.",
        ),
    ],
)
def test_amounts_go_where_they_belong_in_a_sentence(
    text: str, behaviour: str, activity: str, amount: Quantity | None, line: str
):
    goal = GoalUnderstanding(
        text,
        goal_type=GoalType.HABIT,
        activity=activity,
        behaviour=behaviour,
        amount=amount,
        per_week=7,
    )

    assert resolution.build(goal, TODAY).line == line
