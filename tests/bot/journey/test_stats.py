"""/stats in words: facts with their window and n, and nothing averaged out of a few."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.journey import machine
from bot.journey.content import Content, Text, WeekView
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Effect, Say, ShowChart
from bot.journey.events import Command, Occasion, OccasionTapped
from bot.journey.found import DaysFound, GoalState, KnownGoal, Reviewed
from bot.journey.pictures import AskStats, StarsGiven, StatsFound
from bot.journey.stages import stats as stats_stage
from bot.texts import LANGUAGES, texts
from bot.texts.render import Rendering
from coach.lived import Lived, Told
from coach.preferences import Pause, Preferences
from coach.rules import forbidden
from coach.weeks import Change, DayState, Load, Proposal, Review
from tests.bot.journey.lives import NOON, TODAY, TURN, UNDERSTOOD, plan_from

HOME = Conversation(Stage.HOME, has_goal=True)
LOOKED_BACK = Review(4, 1, 0, 3, 0, None, Proposal(Change.SAME, Load(None, 3, "10 min"), "steady"))
NO_STARS = StarsGiven(30, {}, {})
BEGUN = TODAY - timedelta(days=27)  # the fourth week, in which day 1 and 4 are behind


def lived(*told: Told, weeks: int = 8) -> Lived:
    return Lived(plan_from(BEGUN, weeks), UNDERSTOOD, told)


def told(day: int, state: DayState) -> Told:
    return Told(BEGUN + timedelta(days=day), 0, state)


def stats(
    *lives: Lived,
    stars: StarsGiven = NO_STARS,
    conversation: Conversation = HOME,
    goals: tuple[KnownGoal, ...] = (),
) -> tuple[Effect, ...]:
    known = tuple(
        KnownGoal(n, f"Goal {n}", GoalState.ACTIVE, "x", life.plan, life)
        for n, life in enumerate(lives, 1)
    )
    return machine.advance(conversation, StatsFound(NOON, TURN, known + goals, stars)).effects


def said(effects: tuple[Effect, ...]) -> tuple[Content, ...]:
    (one,) = [effect for effect in effects if isinstance(effect, Say)]
    return one.content


def slots(effects: tuple[Effect, ...]) -> dict[str, Mapping[str, object]]:
    return {part.key: part.slots for part in said(effects) if isinstance(part, Text)}


def test_the_command_looks_up_what_there_is():
    assert machine.advance(HOME, Command(NOON, TURN, "stats")).effects == (AskStats(),)


def test_a_week_is_told_with_its_marks_and_four_weeks_with_what_was_due():
    life = lived(told(0, DayState.DONE), told(3, DayState.MISSED), told(21, DayState.SMALL))

    effects = stats(life)

    found = slots(effects)
    assert found["stats.week"] == {"title": "Goal 1", "done": 1, "planned": 3}
    (view,) = [part for part in said(effects) if isinstance(part, WeekView)]
    assert [one.state for one in view.days] == [
        DayState.SMALL,
        DayState.UNANSWERED,
        DayState.NOT_DUE,
    ]
    assert found["stats.four_weeks"] == {"done": 2, "planned": 11}
    assert found["stats.unanswered"] == {"n": 8}
    assert found["stats.heading"] == {"day": TODAY}


def test_what_is_not_known_is_not_drawn_as_nothing_done():
    shown = stats(lived(told(0, DayState.DONE)))[-1]

    assert isinstance(shown, ShowChart)
    weeks = shown.chart.tracks[0].weeks
    assert [(w.planned, w.done, w.unanswered, w.to_come) for w in weeks] == [
        (3, 1, 2, 0),
        (3, 0, 3, 0),
        (3, 0, 3, 0),
        (3, 0, 2, 1),
    ]


def test_coming_back_is_told_and_the_weeks_before_too():
    begun = TODAY - timedelta(days=48)
    life = Lived(
        plan_from(begun, 9),
        UNDERSTOOD,
        tuple(
            Told(begun + timedelta(days=day), 0, state)
            for day, state in (
                (0, DayState.DONE),
                (3, DayState.MISSED),
                (6, DayState.MISSED),
                (7, DayState.DONE),
            )
        ),
    )

    found = slots(stats(life))

    assert found["stats.came_back"] == {"n": 1}
    assert found["stats.before"] == {"done": 2, "planned": 9}


@pytest.mark.parametrize(
    ("begins", "weeks", "key"),
    [
        pytest.param(TODAY + timedelta(days=2), 4, "stats.begins", id="not begun"),
        pytest.param(TODAY - timedelta(days=30), 2, "stats.over", id="over"),
    ],
)
def test_a_plan_that_is_not_under_way_is_told_and_not_drawn(begins: date, weeks: int, key: str):
    effects = stats(Lived(plan_from(begins, weeks), UNDERSTOOD))

    assert key in slots(effects)
    assert not any(isinstance(effect, ShowChart) for effect in effects)


def test_without_a_plan_there_is_nothing_to_count_and_no_picture():
    done = KnownGoal(5, "Read", GoalState.DONE, "read")

    effects = stats(goals=(done,))

    assert {"stats.none", "stats.no_stars"} <= set(slots(effects))
    assert slots(effects)["stats.finished"] == {"n": 1}
    assert not any(isinstance(effect, ShowChart) for effect in effects)


def test_a_pause_is_told():
    resting = replace(HOME, preferences=Preferences(pause=Pause(NOON, None)), stage=Stage.PAUSED)

    assert "stats.paused" in slots(stats(lived(), conversation=resting))


@pytest.mark.parametrize(
    ("lately", "before", "expected"),
    [
        ({}, {}, {"stats.no_stars": {"n": 0, "days": 30}}),
        ({5: 4}, {1: 9}, {"stats.few_stars": {"n": 4, "days": 30}}),
        ({4: 3, 5: 2}, {5: 4}, {"stats.stars": {"mean": 4.4, "n": 5, "days": 30}}),
        (
            {5: 9, 4: 1},
            {1: 5, 2: 5},
            {
                "stats.stars": {"mean": 4.9, "n": 10, "days": 30},
                "stats.stars.more": {"mean": 1.5, "n": 10, "days": 30},
            },
        ),
        (
            {1: 5, 2: 5},
            {5: 9, 4: 1},
            {
                "stats.stars": {"mean": 1.5, "n": 10, "days": 30},
                "stats.stars.fewer": {"mean": 4.9, "n": 10, "days": 30},
            },
        ),
        (
            {4: 3, 5: 3},
            {4: 2, 5: 4},
            {
                "stats.stars": {"mean": 4.5, "n": 6, "days": 30},
                "stats.stars.same": {"mean": 4.7, "n": 6, "days": 30},
            },
        ),
    ],
    ids=["none", "four", "enough, nothing before", "clearly more", "clearly fewer", "about alike"],
)
def test_stars_are_averaged_from_five_on_and_compared_where_it_is_no_chance(
    lately: dict[int, int], before: dict[int, int], expected: dict[str, dict[str, object]]
):
    found = slots(stats(lived(), stars=StarsGiven(30, lately, before)))

    assert {key: told for key, told in found.items() if "stars" in key} == expected


def test_strength_is_told_with_what_it_is_made_of_from_five_told_sessions_on():
    days = (0, 3, 6, 7, 10)
    five = lived(*(told(day, DayState.DONE) for day in days))
    four = lived(*(told(day, DayState.DONE) for day in days[:4]))

    assert slots(stats(five))["stats.strength"] == {"score": 100, "n": 5, "half": 10}
    assert "stats.strength" not in slots(stats(four))


def test_few_stars_are_not_drawn():
    drawn = {}
    for n in (4, 5):
        shown = stats(lived(), stars=StarsGiven(30, {5: n}, {}))[-1]
        assert isinstance(shown, ShowChart)
        drawn[n] = shown.chart.stars is not None

    assert drawn == {4: False, 5: True}


def test_a_picture_comes_with_what_is_in_it_in_words():
    shown = stats(lived(told(0, DayState.DONE), told(21, DayState.DONE)))[-1]

    assert isinstance(shown, ShowChart)
    (caption,) = shown.caption
    assert isinstance(caption, Text)
    assert caption.slots["weeks"] == "1/3 · 0/3 · 0/3 · 1/3"


def tapped(*lives: Lived) -> tuple[Effect, ...]:
    """Tap the button for the picture under a review."""
    known = tuple(KnownGoal(1, "Run", GoalState.ACTIVE, "x", life.plan, life) for life in lives)
    week = Occasion(1, BEGUN + timedelta(days=21))
    tap = OccasionTapped(NOON, TURN, "wp", week, "", 5, "Show my weeks", "the card")
    return machine.advance(HOME, DaysFound(NOON, TURN, known, "wp", tap)).effects


def test_a_review_offers_the_weeks_in_words_and_as_a_picture():
    life = lived(told(0, DayState.DONE))
    known = KnownGoal(1, "Run", GoalState.ACTIVE, "x", life.plan, life)
    card = machine.advance(HOME, Reviewed(NOON, TURN, known, 4, LOOKED_BACK)).effects[0]

    assert isinstance(card, Say)
    assert card.buttons[-1] == (stats_stage.button(Occasion(1, BEGUN + timedelta(days=21))),)
    shown = tapped(life)
    assert "stats.week" in slots(shown)
    assert isinstance(shown[-1], ShowChart)
    assert [track.title for track in shown[-1].chart.tracks] == ["Run"]


def test_the_button_says_what_it_cannot_draw():
    over, gone = tapped(Lived(plan_from(BEGUN, 3), UNDERSTOOD)), tapped()

    assert set(slots(over)) == {"stats.over"}
    assert set(slots(gone)) == {"check_in.gone"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_it_presses_or_blames(language: str):
    life = lived(*(told(day, DayState.MISSED) for day in (0, 3, 6, 7, 10, 13, 14)))
    stars = StarsGiven(30, {1: 9}, {5: 9})

    html = Rendering(language, 1, {}, "").html(said(stats(life, stars=stars)))

    assert forbidden.found(html, language) == ()
    assert len(re.findall(r"\w+", html)) <= 90
    assert texts(language)("state.not_answered") in html
