"""May what was said become an example that Rein is tested with? Offered with a button, rarely.

The button stands under the answer to "What was off?", never as a message of its own: few stars
have led to one question already.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.journey.content import Text, Words
from bot.journey.conversation import Conversation
from bot.journey.effects import Close, Rows, Say
from bot.journey.events import Pressed, Rated
from bot.journey.keeps import KeepExamples
from bot.journey.step import Step, button, say

OFFERED = frozenset({Rated.REPLY, Rated.RESOLUTION})
"""What can become an example."""

AGAIN_AFTER = timedelta(days=30)
"""How long nobody is offered it a second time."""

_OFFER: Rows = ((button("examples.offer", "ex", "ask"),),)
_CHOICE: Rows = ((button("opinions.yes", "ex", "yes"), button("opinions.no", "ex", "no")),)
WITHDRAW: Rows = ((button("examples.withdraw", "ex", "no"),),)


def offer(conversation: Conversation, rated: Rated, at: datetime) -> tuple[Conversation, Rows]:
    """Lay out the button, and note that it was shown; nothing for who agreed, or saw it lately."""
    last = conversation.examples_at
    lately = last is not None and at - last < AGAIN_AFTER
    if conversation.examples or lately or rated not in OFFERED:
        return conversation, ()
    return replace(conversation, examples_at=at), _OFFER


def tapped(conversation: Conversation, pressed: Pressed) -> Step:
    """Say what it would mean and ask, or take the answer; the latest one counts."""
    if pressed.argument == "ask":
        return Step(conversation, (Say((Text("examples.ask"),), standing=_CHOICE),))
    agrees = pressed.argument == "yes"
    told = replace(conversation, examples=agrees)
    closed = Close(pressed.message, pressed.shown, Words(pressed.label))
    key = "examples.given" if agrees else "examples.kept_out"
    return Step(told, (KeepExamples(agrees), closed, say(key)))
