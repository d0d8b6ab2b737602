"""A question about Rein itself gets its honest answer wherever people write freely."""

from dataclasses import replace

import pytest

from bot.journey import machine
from bot.journey.asks import AskFill, AskReading, AskReply, AskRevision, AskWish
from bot.journey.content import Words
from bot.journey.conversation import SAFETY, Conversation, Everyday, Lighter, Stage
from bot.journey.effects import Hold, Say
from bot.journey.events import Occasion, Said
from bot.journey.found import WishHeard
from bot.journey.keeps import Keep
from bot.journey.step import Step
from coach.preferences import Pause, Preferences
from coach.values import Danger, Wish
from coach.weeks import CheckInRead
from tests.bot.journey.lives import ACTIVE, DAY, PLAN, UNDERSTOOD, goals
from tests.bot.journey.stand_ins import LIGHTER, RESOLUTION
from tests.bot.journey.test_danger import DRAFT, NOON, TURN, at, tell

PROGRAM = "I'm a program."
FREE = [stage for stage in Stage if stage not in {*SAFETY, Stage.DATA}]
"""A question whether to erase everything is left by any word, and so is no stage to answer in."""


def standing(stage: Stage) -> Conversation:
    """Stand where a plan is made and lived, and there is something to ask about."""
    lighter = Lighter(DRAFT.understanding or UNDERSTOOD, LIGHTER)
    draft = replace(DRAFT, resolution=RESOLUTION, plan=PLAN, lighter=lighter)
    return replace(
        at(stage),
        draft=draft,
        everyday=Everyday(Occasion(7, DAY)),
        preferences=Preferences(pause=Pause(NOON)) if stage is Stage.PAUSED else Preferences(),
    )


def asked(step: Step, said: Said, wish: Wish = Wish.TALK) -> Step:
    """Ask, and have it understood where the stage first wants to know what is wanted."""
    if any(isinstance(effect, AskWish) for effect in step.effects):
        heard = WishHeard(NOON, TURN, goals(ACTIVE), said, wish, CheckInRead(None))
        return machine.advance(step.conversation, heard)
    return step


def answered(step: Step) -> bool:
    said = [effect for effect in step.effects if isinstance(effect, Say)]
    return any(Words(PROGRAM) in effect.content for effect in said)


@pytest.mark.parametrize("stage", FREE)
def test_whoever_asks_what_we_are_is_told_in_every_stage(stage: Stage):
    said = Said(NOON, TURN, "are you human?", asks=True, answer=PROGRAM)
    step = asked(machine.advance(standing(stage), said), said)

    assert answered(step)
    taken = (AskReply, AskReading, AskFill, AskRevision, Hold, Keep)
    assert not [effect for effect in step.effects if isinstance(effect, taken)]
    assert step.conversation.stage is stage


def test_whoever_asks_what_we_are_in_a_referral_is_told_too():
    referred = tell(at(Stage.HOME), "x", danger=Danger.MEDICAL).conversation
    said = Said(NOON, TURN, "are you human?", asks=True, answer=PROGRAM)
    step = machine.advance(referred, said)

    assert answered(step)
    assert step.conversation.stage is Stage.REFERRED


@pytest.mark.parametrize("wish", [Wish.CHANGE, Wish.PAUSE, Wish.QUESTION])
def test_a_wish_in_the_form_of_such_a_question_is_followed(wish: Wish):
    said = Said(NOON, TURN, "can I take a break?", asks=True, answer=PROGRAM)

    assert not answered(asked(machine.advance(at(Stage.HOME), said), said, wish))
