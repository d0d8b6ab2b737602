"""Heavy words and violence: said wherever somebody is, and they stay there."""

from bot.journey import aside
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Rows, Say
from bot.journey.events import Pressed, Said
from bot.journey.fixed import TALK, fixed, link
from bot.journey.stages import anywhere
from bot.journey.step import Step, button, say
from coach.values import Danger, Safety

_PLAINLY = Safety(Danger.HEAVY)

_HEAVY: Rows = (
    (button("safety.leave", "hv", "leave"), button("safety.small", "hv", "small")),
    (TALK,),
)


def violence(conversation: Conversation, said: Said) -> Say:
    """Say that help exists, and offer to leave no trace on this phone."""
    forget: Rows = ((button("safety.forget", "sf", "del"),),)
    kept = forget if conversation.stage is not Stage.CONSENT else ()
    words = fixed(said.safety, conversation)
    return Say((words,), standing=((link("safety.find_help"),), *kept))


def say_it(conversation: Conversation, found: Safety = _PLAINLY) -> Step:
    """Say that this is heavy, and ask whether to leave the goal for today."""
    words = fixed(found, conversation)
    if conversation.stage is Stage.CONSENT:
        return Step(conversation, (Say((words,), standing=((TALK,),)),))
    return Step(conversation, (Say((words,), _HEAVY),))


def leave(conversation: Conversation, _: Pressed) -> Step:
    """Leave the goal for today; a draft stays."""
    return aside.leave(conversation, "safety.left")


def take_one_small(conversation: Conversation, _: Pressed) -> Step:
    """Name one small thing, and go back to what was pending in a set-up."""
    small = say("safety.one_small")
    if conversation.stage in {Stage.HOME, Stage.GOAL}:
        return Step(conversation, (small,))
    return anywhere.show_again(conversation).after(small)
