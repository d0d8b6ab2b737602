"""The weekly review as a conversation: what it asks, what a tap does, and what silence does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.journey import machine
from bot.journey.asks import AskChange, AskReason, AskReview
from bot.journey.conversation import Conversation, Everyday, Stage
from bot.journey.effects import Effect, Say
from bot.journey.events import Occasion, OccasionTapped, Said
from bot.journey.found import (
    DaysFound,
    GoalState,
    KnownGoal,
    PlanChanged,
    Reviewed,
    Taken,
    WishHeard,
)
from bot.journey.keeps import KeepChange, KeepStanding
from bot.journey.stages import review
from coach.lived import Lived
from coach.plan_wishes import Proposed, Repaced, Reworked, Scaled
from coach.values import Drafted, Scores, Wish
from coach.weeks import AskedInReview, Change, CheckInRead, Load, Proposal, Review
from tests.bot.journey.lives import ACTIVE, BEGUN, NOON, TODAY, TURN, UNDERSTOOD, plan_from

HOME = Conversation(Stage.HOME, has_goal=True)
KNOWN = KnownGoal(1, "Run", GoalState.ACTIVE, "run", ACTIVE.plan, ACTIVE)
NUMBERS = "To the date there are 9,000 words left in 3 weeks."


def found(
    asks: AskedInReview | None = None, taken: Taken | None = None, change: Change = Change.SAME
) -> Reviewed:
    proposal = Proposal(change, Load(None, 3, "3 × 10 min"), "it went well")
    at_risk = NUMBERS if asks is AskedInReview.AT_RISK else ""
    made = Review(
        1, 2, 0, 3, 0, 0.7, proposal, asks=asks, at_risk=at_risk, lines=("Week 1: 2 of 3",)
    )
    return Reviewed(NOON, TURN, KNOWN, 1, made, taken)


def shown(asks: AskedInReview | None) -> Say:
    (said,) = machine.advance(HOME, found(asks)).effects
    assert isinstance(said, Say)
    return said


def codes(said: Say) -> list[str]:
    return [button.argument for row in said.buttons for button in row if button.action == "wr"]


def tapped(argument: str, known: KnownGoal = KNOWN) -> tuple[Conversation, tuple[Effect, ...]]:
    tap = OccasionTapped(NOON, TURN, "wr", Occasion(1, BEGUN), argument, 9, "label", "shown")
    looked = machine.advance(HOME, tap)
    step = machine.advance(looked.conversation, DaysFound(NOON, TURN, (known,), "wr", tap))
    return step.conversation, step.effects


@pytest.mark.parametrize(
    ("asks", "offered"),
    [
        (None, ["keep", "ez", "hd", "dy", "ps"]),
        (AskedInReview.OBSTACLE, ["keep", "ez", "hd", "dy", "ps", "ob"]),
        (AskedInReview.STILL_THE_GOAL, ["small", "other", "ps"]),
        (AskedInReview.AT_RISK, ["more", "later", "less", "as"]),
    ],
)
def test_what_a_review_asks_can_be_answered_with_a_tap(
    asks: AskedInReview | None, offered: list[str]
):
    assert codes(shown(asks)) == offered


@pytest.mark.parametrize(
    ("argument", "taken"),
    [("more", Taken.MORE), ("later", Taken.LATER), ("less", Taken.LESS)],
)
def test_a_date_at_risk_is_met_as_tapped_and_the_numbers_are_kept_as_the_reason(
    argument: str, taken: Taken
):
    _, effects = tapped(argument)
    assert AskReview(KNOWN, 1, taken) in effects

    step = machine.advance(HOME, found(AskedInReview.AT_RISK, taken))

    assert step.effects == (AskChange(KNOWN, Repaced(2, argument), "review", NUMBERS, 2),)


def test_a_goal_that_is_still_wanted_smaller_takes_the_small_version_that_was_proposed():
    step = machine.advance(HOME, found(None, Taken.SMALLER, Change.MINIMUM))

    (asked,) = step.effects
    assert isinstance(asked, AskChange)
    assert isinstance(asked.wish, Proposed)


def test_a_limit_that_would_stay_the_same_is_made_easier_where_it_shall_be_smaller():
    step = machine.advance(HOME, found(None, Taken.SMALLER, Change.SAME))

    (asked,) = step.effects
    assert isinstance(asked, AskChange)
    assert asked.wish == Scaled(2, "easier")


def test_another_goal_lets_this_one_rest_and_asks_for_the_next():
    after, effects = tapped("other")

    assert KeepStanding(1, "parked") in effects
    assert after.stage is Stage.GOAL


def test_what_gets_in_the_way_can_be_tapped_or_written_and_is_answered():
    _, asked = tapped("ob")
    (chips,) = [effect for effect in asked if isinstance(effect, Say)]
    assert "oti" in codes(chips)
    _, effects = tapped("oti")
    assert AskReason(KNOWN, Occasion(1, TODAY), 0, "ti") in effects

    occasion = Everyday(occasion=Occasion(1, BEGUN))
    reviewing = replace(HOME, stage=Stage.REVIEW, everyday=occasion)
    said = Said(NOON, TURN, "I am so tired in the evening")
    heard = WishHeard(NOON, TURN, (KNOWN,), said, Wish.TALK, CheckInRead(None, None, "ti"))
    assert machine.advance(reviewing, heard).effects == (
        AskReason(KNOWN, Occasion(1, TODAY), 0, "ti"),
    )


def test_a_review_nobody_answered_is_applied_a_day_later_without_a_word():
    asked = review.unanswered(HOME, (KNOWN,), TODAY)
    assert asked.effects == (AskReview(KNOWN, 1, Taken.IN_SILENCE),)

    step = machine.advance(HOME, found(None, Taken.IN_SILENCE, Change.LIGHTER))
    (change,) = step.effects
    assert isinstance(change, AskChange)
    assert change.trigger == "unanswered"

    made = Drafted(Reworked(UNDERSTOOD, ACTIVE.plan, 2), Scores({}, 8), "rules")
    changed = PlanChanged(
        NOON, TURN, KNOWN, change.wish, change.trigger, change.because, change.week, made
    )
    kept = machine.advance(HOME, changed)
    (only,) = kept.effects
    assert isinstance(only, KeepChange)
    assert (only.trigger, only.because, only.week) == ("unanswered", "it went well", 2)
    assert kept.conversation.stage is HOME.stage


@pytest.mark.parametrize(
    "life",
    [
        pytest.param(replace(ACTIVE, changes=((2, Change.SAME),)), id="answered"),
        pytest.param(Lived(plan_from(BEGUN, 1), UNDERSTOOD), id="the last week"),
        pytest.param(Lived(plan_from(TODAY + timedelta(days=2)), UNDERSTOOD), id="not begun"),
    ],
)
def test_silence_changes_nothing_where_there_was_nothing_to_answer(life: Lived):
    known = replace(KNOWN, plan=life.plan, life=life)

    assert review.unanswered(HOME, (known,), TODAY).effects == ()


def test_the_week_of_yesterdays_review_is_meant_though_the_next_one_has_begun():
    monday = TODAY + timedelta(days=1)  # the first day of week 2

    assert ACTIVE.week_on(monday) == 2
    assert review.unanswered(HOME, (KNOWN,), monday).effects == (
        AskReview(KNOWN, 1, Taken.IN_SILENCE),
    )


def test_silence_holds_every_goal_that_nobody_told_of_beside_the_main_one():
    silent = replace(KNOWN, number=2, life=replace(ACTIVE, told=()))
    told_of = replace(KNOWN, number=3)

    asked = review.unanswered(HOME, (KNOWN, silent, told_of), TODAY)

    assert asked.effects == (
        AskReview(KNOWN, 1, Taken.IN_SILENCE),
        AskReview(silent, 1, Taken.IN_SILENCE),
    )
