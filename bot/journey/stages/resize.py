"""RESIZE: a goal that is too fast becomes one that can be done, by the person's choice."""

from bot.journey.asks import AskReading, AskResize
from bot.journey.content import Words
from bot.journey.conversation import Conversation
from bot.journey.effects import Button
from bot.journey.events import Pressed, Said
from bot.journey.step import Step, rows, say


def ask(conversation: Conversation) -> Step:
    """Offer the two ways out."""
    choices = [
        Button(Words(option.label), "rz", option.code) for option in conversation.draft.options
    ]
    return Step(conversation, (say("resize.ask", buttons=rows(choices, 1)),))


def choose(conversation: Conversation, pressed: Pressed) -> Step:
    """Take the choice; an unknown one asks again."""
    if pressed.argument not in {option.code for option in conversation.draft.options}:
        return ask(conversation)
    return Step(conversation, (AskResize(pressed.argument),))


def say_instead(conversation: Conversation, said: Said) -> Step:
    """Read other words as the goal."""
    return Step(conversation, (AskReading(Words(said.text)),))
