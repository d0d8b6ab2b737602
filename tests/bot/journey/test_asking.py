"""Nobody is asked what they think around danger, nor in a lapse, whatever else happens."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.journey import asking, machine
from bot.journey.asks import AskDays, AskReply, AskWish
from bot.journey.content import PlanCard
from bot.journey.conversation import SAFETY, Conversation, Everyday, Stage
from bot.journey.effects import Close, Effect, Say
from bot.journey.events import (
    Command,
    Event,
    Occasion,
    OccasionTapped,
    Pressed,
    Rated,
    Said,
    Starred,
    Subject,
)
from bot.journey.found import DaysFound, Replied, WishHeard
from bot.journey.step import Step
from coach.values import Danger, Drafted, Reply, Safety, Scores, Wish
from coach.weeks import CheckInRead
from tests.bot.journey.lives import ACTIVE, NOON, TODAY, TURN, goals

HOME = Conversation(Stage.HOME, has_goal=True, zone="Europe/Madrid")
REPLY = Drafted(Reply("I hear you.", "none"), Scores({}, 8), "rules")
DAY = timedelta(hours=24)


def requests(effects: tuple[Effect, ...]) -> list[Effect]:
    """List what asks for an opinion: stars, chips, and the offer under a check-in's answer."""
    return [
        effect
        for effect in effects
        if (isinstance(effect, Say | Close) and effect.stars is not None)
        or (isinstance(effect, Say) and effect.chips is not None)
        or (
            isinstance(effect, Say)
            and any(isinstance(button.about, Rated) for row in effect.buttons for button in row)
        )
    ]


def happening(what: str, at: datetime, prompt: int) -> Event:
    said = {"danger": Safety(Danger.SELF_HARM), "hint": Safety(Danger.SELF_HARM, soft=True)}
    taps = {"figure": "fig", "safe": "safe", "low": "low"}
    if what in taps:
        return Pressed(at, TURN, "sf", taps[what], prompt, 9, "label", "shown")
    if what == "few stars":
        return Starred(at, TURN, Subject(Rated.PLAN, 1, 1), 2, 9)
    if what == "feedback":
        return Command(at, TURN, "feedback")
    if what == "did it":
        return OccasionTapped(at, TURN, "ci", Occasion(1, TODAY), "d0", 9, "Done", "shown")
    return Said(at, TURN, "just talking", said.get(what, Safety()))


def answered(step: Step, at: datetime) -> Iterator[Step]:
    """Give what a step asks for, until nothing is asked."""
    while True:
        yield step
        asked = next((e for e in step.effects if isinstance(e, AskWish | AskReply | AskDays)), None)
        match asked:
            case AskWish(said):
                known = goals(ACTIVE)
                answer = WishHeard(at, TURN, known, said, Wish.TALK, CheckInRead(None))
            case AskReply():
                answer = Replied(at, TURN, REPLY, goals(ACTIVE), may_rate=True)
            case AskDays(wanted, cause):
                answer = DaysFound(at, TURN, goals(ACTIVE), wanted, cause)
            case None:
                return
        step = machine.advance(step.conversation, answer)


WHAT = ("talk", "did it", "danger", "hint", "figure", "safe", "low", "few stars", "feedback")
lives = st.lists(st.tuples(st.integers(0, 40), st.sampled_from(WHAT)), max_size=12)


@given(lives)
def test_nobody_is_asked_what_they_think_in_danger_or_for_a_day_after(life: list[tuple[int, str]]):
    conversation, at, endangered = HOME, NOON, NOON - 2 * DAY
    for hours, what in life:
        at += timedelta(hours=hours)
        before = conversation.stage
        steps = list(
            answered(machine.advance(conversation, happening(what, at, conversation.prompt)), at)
        )
        conversation = steps[-1].conversation
        stages = {before, *(step.conversation.stage for step in steps)}
        if what == "danger" or stages & SAFETY:
            endangered = at
        asked = [one for step in steps for one in requests(step.effects)]
        assert not asked or at - endangered > DAY


def test_on_a_calm_day_each_of_these_asks():
    for what in ("talk", "did it", "few stars", "feedback"):
        steps = answered(machine.advance(HOME, happening(what, NOON, 0)), NOON)
        assert any(requests(step.effects) for step in steps), what


def test_what_is_said_beside_a_request_is_still_said_after_danger():
    near = replace(HOME, danger_at=NOON)

    def said(what: str) -> list[Effect]:
        steps = answered(machine.advance(near, happening(what, NOON, 0)), NOON)
        return [e for step in steps for e in step.effects if isinstance(e, Say)]

    assert len(said("talk")) == 1
    assert len(said("did it")) == 1
    assert [str(one) for one in said("feedback") if "feedback.ask" in str(one)]
    assert said("few stars") == []


def test_a_plan_agreed_after_danger_is_shown_without_stars():
    card = PlanCard(ACTIVE.plan)
    assert asking.withheld([Say((card,), stars=Rated.PLAN)]) == (Say((card,)),)


def test_a_lapse_brings_no_stars_that_day():
    lapsed = replace(HOME, stage=Stage.LAPSE, everyday=Everyday(lapse_on=TODAY))

    def stars(conversation: Conversation, at: datetime = NOON) -> list[Effect]:
        steps = answered(machine.advance(conversation, happening("talk", at, 0)), at)
        return [one for step in steps for one in requests(step.effects)]

    assert stars(lapsed) == []
    assert stars(replace(lapsed, stage=Stage.HOME)) == []
    assert stars(replace(lapsed, stage=Stage.HOME), NOON + DAY)
