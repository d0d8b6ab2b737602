"""CONSENT: say what Rein is, and ask before anything is kept."""

from bot.journey.asks import AskReading
from bot.journey.content import Words
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Hold, Rows
from bot.journey.events import Pressed, Said
from bot.journey.keeps import KeepConsent
from bot.journey.stages import goal
from bot.journey.step import Step, button, fresh, say

VERSION = "1"
"""Version of the consent text; raise it whenever what is stored, or who sees it, changes."""

BUTTONS: Rows = (
    (button("consent.yes", "cs", "y"),),
    (button("consent.what", "cs", "more"), button("consent.no", "cs", "n")),
)


def ask(conversation: Conversation) -> Step:
    """Introduce Rein and ask for consent."""
    return Step(conversation, (say("consent.ask", buttons=BUTTONS),))


def explain(conversation: Conversation, _: Pressed) -> Step:
    """Tell what is stored, and ask again."""
    return Step(conversation, (say("consent.stored", buttons=BUTTONS),))


def agree(conversation: Conversation, pressed: Pressed) -> Step:
    """Take the yes; a goal typed before it counts now."""
    agreed = fresh(conversation, Stage.GOAL)
    if pressed.held:
        return Step(agreed, (KeepConsent(VERSION), AskReading(Words(pressed.held))))
    return goal.ask(agreed).after(KeepConsent(VERSION))


def decline(conversation: Conversation, _: Pressed) -> Step:
    """Take the no; nothing is kept."""
    return Step(conversation, (Hold(""), say("consent.declined")))


def hold(conversation: Conversation, said: Said) -> Step:
    """Hold a goal in memory until the person has decided."""
    return Step(conversation, (Hold(said.text), say("consent.goal_held", buttons=BUTTONS)))
