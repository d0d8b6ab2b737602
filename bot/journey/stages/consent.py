"""CONSENT: say what Rein is, and ask before anything is kept."""

from dataclasses import replace

from bot.journey.asks import AskReading
from bot.journey.content import Words
from bot.journey.conversation import SAFETY, Conversation, Stage
from bot.journey.effects import Hold, Rows
from bot.journey.events import Command, Event, Pressed, Said
from bot.journey.house import AskAgain
from bot.journey.keeps import KeepConsent
from bot.journey.stages import goal
from bot.journey.step import Step, button, fresh, say

VERSION = "1"
"""Version of the consent text; raise it whenever what is stored, or who sees it, changes."""

FIRST = "1"
"""The version that people agreed to before the conversation noted which."""

ALWAYS = frozenset({"privacy", "export", "delete", "help", "sos"})
"""Commands that need no consent to a newer text."""

RENEW: Rows = (
    (button("consent.renew.yes", "cs", "r"),),
    (button("consent.what", "cs", "more"), button("consent.no", "cs", "n")),
)

BUTTONS: Rows = (
    (button("consent.yes", "cs", "y"),),
    (button("consent.what", "cs", "more"), button("consent.no", "cs", "n")),
)


def ask(conversation: Conversation) -> Step:
    """Introduce Rein and ask for consent."""
    key = "consent.ask" if conversation.renewing is None else "consent.renew"
    return Step(conversation, (say(key, buttons=_buttons(conversation)),))


def explain(conversation: Conversation, _: Pressed) -> Step:
    """Tell what is stored, and ask again."""
    return Step(conversation, (say("consent.stored", buttons=_buttons(conversation)),))


def agree(conversation: Conversation, pressed: Pressed) -> Step:
    """Take the yes; a goal typed before it counts now."""
    agreed = replace(fresh(conversation, Stage.GOAL), consent=VERSION)
    if pressed.held:
        return Step(agreed, (KeepConsent(VERSION), AskReading(Words(pressed.held))))
    return goal.ask(agreed).after(KeepConsent(VERSION))


def decline(conversation: Conversation, _: Pressed) -> Step:
    """Take the no; nothing is kept."""
    if conversation.renewing is not None:
        return Step(conversation, (Hold(""), say("consent.not_renewed")))
    return Step(conversation, (Hold(""), say("consent.declined")))


def hold(conversation: Conversation, said: Said) -> Step:
    """Hold a goal in memory until the person has decided."""
    if conversation.renewing is not None:
        return Step(conversation, (Hold(said.text), say("consent.renew", buttons=RENEW)))
    return Step(conversation, (Hold(said.text), say("consent.goal_held", buttons=BUTTONS)))


# --- a newer text ---


def is_due(conversation: Conversation, event: Event) -> bool:
    """Tell whether a newer text must be agreed to before this can be answered."""
    if conversation.stage in {Stage.CONSENT, Stage.DATA, *SAFETY}:
        return False
    if (conversation.consent or FIRST) == VERSION:
        return False
    asked = isinstance(event, Said | Pressed)
    return asked or (isinstance(event, Command) and event.name not in ALWAYS)


def renew(conversation: Conversation, event: Event) -> Step:
    """Ask for consent to the newer text; where they were and what they wrote is not lost."""
    asking = replace(conversation, stage=Stage.CONSENT, renewing=conversation.stage)
    written = event.text if isinstance(event, Said) else ""
    return Step(asking, (Hold(written), say("consent.renew", buttons=RENEW)))


def agree_again(conversation: Conversation, pressed: Pressed) -> Step:
    """Take the yes to the newer text, and go on with what was written, where they were."""
    back = conversation.renewing
    if back is None:
        return agree(conversation, pressed)
    agreed = replace(conversation, stage=back, renewing=None, consent=VERSION)
    return Step(agreed, (KeepConsent(VERSION), AskAgain(pressed.held)))


def _buttons(conversation: Conversation) -> Rows:
    return BUTTONS if conversation.renewing is None else RENEW
