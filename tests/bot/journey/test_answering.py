"""Check-ins answered: let go, how much, one's own plan, and seven states told apart."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.drawing.weeks import MARKS as DRAWN
from bot.journey import machine
from bot.journey.content import Text
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Button, Effect, Say, Toast
from bot.journey.events import Occasion, OccasionTapped, Said
from bot.journey.found import DaysFound, GoalState, KnownGoal, WishHeard
from bot.journey.keeps import KeepAnswer
from bot.texts import LANGUAGES, texts, weeks
from coach.lived import Lived, Told
from coach.rules import check_in_words, wishes
from coach.values import GoalType, Quantity, Session
from coach.weeks import Day, DayState
from storage.answers import DERIVED
from tests.bot.journey.lives import NOON, TODAY, TURN, UNDERSTOOD, plan_from

HOME = Conversation(Stage.HOME, has_goal=True)
RUN = Session(TODAY, None, Quantity(20, "min"), "run 20 minutes")


def living(*told: Told, goal_type: GoalType = GoalType.HABIT) -> Lived:
    plan = plan_from(TODAY)
    week = replace(plan.weeks[0], sessions=(RUN,))
    understood = replace(UNDERSTOOD, goal_type=goal_type)
    return Lived(replace(plan, weeks=(week, *plan.weeks[1:])), understood, told)


def tap(action: str, argument: str, life: Lived) -> tuple[Conversation, tuple[Effect, ...]]:
    tapped = OccasionTapped(NOON, TURN, action, Occasion(1, TODAY), argument, 9, "label", "x")
    goals = (KnownGoal(1, "Run", GoalState.ACTIVE, "run", life.plan, life),)
    step = machine.advance(HOME, DaysFound(NOON, TURN, goals, action, tapped))
    return step.conversation, step.effects


def kept(effects: tuple[Effect, ...]) -> list[Told]:
    return [one.told for one in effects if isinstance(one, KeepAnswer)]


def buttons(effects: tuple[Effect, ...]) -> list[Button]:
    return [
        button for one in effects if isinstance(one, Say) for row in one.buttons for button in row
    ]


def test_a_session_left_out_on_purpose_is_let_go_and_asks_why():
    conversation, effects = tap("ci", "x0", living())

    assert kept(effects) == [Told(TODAY, 0, DayState.SKIPPED)]
    assert conversation.stage is Stage.REASON
    said = [part for one in effects if isinstance(one, Say) for part in one.content]
    assert Text("reason.ask_skipped") in said


@pytest.mark.parametrize(
    ("code", "goal_type", "state"),
    [
        ("si", GoalType.HABIT, DayState.SKIPPED),
        ("tr", GoalType.HABIT, DayState.SKIPPED),
        ("ti", GoalType.HABIT, DayState.MISSED),
        ("tr", GoalType.QUIT, DayState.MISSED),
    ],
)
def test_illness_and_travel_let_a_missed_session_go(
    code: str, goal_type: GoalType, state: DayState
):
    missed = living(Told(TODAY, 0, DayState.MISSED), goal_type=goal_type)

    _, effects = tap("rs", f"{code}0", missed)

    assert kept(effects) == [Told(TODAY, 0, state, code)]


def test_partly_offers_amounts_and_one_tap_keeps_it():
    _, effects = tap("ci", "p0", living())
    offered = [one for one in buttons(effects) if one.action == "am"]
    assert [one.label.text for one in offered if not isinstance(one.label, Text)] == [
        "5 min",
        "10 min",
        "15 min",
    ]

    partly = living(Told(TODAY, 0, DayState.PARTLY))
    _, effects = tap("am", offered[1].argument, partly)
    assert kept(effects) == [Told(TODAY, 0, DayState.PARTLY, None, Quantity(10, "min"))]


def test_an_amount_is_kept_only_while_the_answer_says_partly():
    for life in (living(), living(Told(TODAY, 0, DayState.DONE))):
        _, effects = tap("am", "10", life)
        assert kept(effects) == []
        assert any(isinstance(one, Toast) for one in effects)


def test_a_session_without_an_amount_offers_none():
    life = living()
    week = replace(life.plan.weeks[0], sessions=(replace(RUN, amount=None),))
    bare = replace(life, plan=replace(life.plan, weeks=(week, *life.plan.weeks[1:])))

    _, effects = tap("ci", "p0", bare)

    assert not [one for one in buttons(effects) if one.action == "am"]


def after_partly(words: str, language: str = "en") -> tuple[Effect, ...]:
    """Say partly, then type what was asked."""
    asked, _ = tap("ci", "p0", living())
    life = living(Told(TODAY, 0, DayState.PARTLY))
    goals = (KnownGoal(1, "Run", GoalState.ACTIVE, "run", life.plan, life),)
    wish, told = wishes.of(words, language), check_in_words.read(words, language)
    heard = WishHeard(NOON, TURN, goals, Said(NOON, TURN, words), wish, told)
    return machine.advance(asked, heard).effects


@pytest.mark.parametrize(
    ("words", "language", "minutes"),
    [
        ("12 minutes", "en", 12),
        ("about 15", "en", 15),
        ("half an hour", "en", 30),
        ("only 5 min", "en", 5),
        ("I ran 10 minutes", "en", 10),
        ("12,5 minutos", "es", 12.5),
        ("media hora", "es", 30),
    ],
)
def test_how_much_it_was_may_be_typed(words: str, language: str, minutes: float):
    told = Told(TODAY, 0, DayState.PARTLY, None, Quantity(minutes, "min"))

    assert kept(after_partly(words, language)) == [told]


@pytest.mark.parametrize(
    "words", ["3 pages", "thanks", "my 3 kids kept me busy all day", "yesterday I ran 5 min"]
)
def test_what_is_no_amount_of_the_session_is_not_taken_for_one(words: str):
    assert [told.amount for told in kept(after_partly(words))] in ([], [None])


# --- seven states, everywhere ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_week_view_tells_all_states_apart(language: str):
    views = {weeks.view([Day(TODAY, state)], language) for state in DayState}
    assert len(views) == len(DayState) == 7
    assert len({weeks.name(state, language) for state in DayState}) == 7


def test_the_week_view_says_how_much_was_done():
    day = Day(TODAY, DayState.PARTLY, None, Quantity(10, "min"))
    assert "🌗 10 min" in weeks.view([day], "en")


def test_the_picture_has_a_mark_for_each_state():
    assert set(DRAWN) == set(DayState)
    assert len(set(DRAWN.values())) == 7


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("prefix", ["check_in.told", "check_in.line", "check_in.changed"])
def test_a_card_tells_apart_whatever_can_be_answered(language: str, prefix: str):
    answered = [state for state in DayState if state not in DERIVED]
    t = texts(language)
    slots = {"session": "run", "n": 1}
    assert len({t(f"{prefix}.{state.value}", **slots) for state in answered}) == 5


def test_what_nobody_told_is_to_come_until_its_day_is_over():
    life, tomorrow = living(), TODAY + timedelta(days=1)

    def state(today: date) -> DayState:
        return life.days(1, today)[0].state

    assert state(TODAY) is DayState.NOT_DUE
    assert state(tomorrow) is DayState.UNANSWERED


@pytest.mark.parametrize("state", [state for state in DayState if state not in DERIVED])
def test_what_was_told_is_never_taken_for_another_state(state: DayState):
    life = living(Told(TODAY, 0, state))
    assert life.days(1, TODAY + timedelta(days=9))[0].state is state
