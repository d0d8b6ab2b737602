"""CONSENT: say what Rein is, and ask before anything is kept."""

from dataclasses import replace

from bot.journey.asks import AskReading
from bot.journey.content import Text, Words
from bot.journey.conversation import SAFETY, Conversation, Stage
from bot.journey.effects import Hold, Rows, Say
from bot.journey.events import Command, Event, Pressed, Said
from bot.journey.house import AskAgain
from bot.journey.keeps import KeepConsent
from bot.journey.stages import goal
from bot.journey.step import Step, button, fresh, say, text

FIRST = "1"
"""Version of the consent text, and what people agreed to before the conversation noted which.

Raise the versions whenever what is stored, or who sees it, changes.
"""

WITH_MODEL = "2"
"""Version of the text that also names whose language model may be asked."""

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
    if conversation.renewing is not None:
        return Step(conversation, (_renewal(conversation),))
    return ask_after(conversation, "consent.hello")


def ask_after(conversation: Conversation, first: str) -> Step:
    """Say *first*, whose model may be asked, and ask for consent."""
    asked = (first, *_of_the_model(conversation), "consent.question")
    return Step(conversation, (say(*asked, buttons=_buttons(conversation)),))


def explain(conversation: Conversation, _: Pressed) -> Step:
    """Tell what is stored, and ask again."""
    return ask_after(conversation, "consent.stored")


def agree(conversation: Conversation, pressed: Pressed) -> Step:
    """Take the yes; a goal typed before it counts now."""
    version = needed(conversation)
    agreed = replace(fresh(conversation, Stage.GOAL), consent=version)
    if pressed.held:
        return Step(agreed, (KeepConsent(version), AskReading(Words(pressed.held))))
    return goal.ask(agreed).after(KeepConsent(version))


def decline(conversation: Conversation, _: Pressed) -> Step:
    """Take the no; nothing is kept."""
    if conversation.renewing is not None:
        return Step(conversation, (Hold(""), say("consent.not_renewed")))
    return Step(conversation, (Hold(""), say("consent.declined")))


def hold(conversation: Conversation, said: Said) -> Step:
    """Hold a goal in memory until the person has decided."""
    if conversation.renewing is not None:
        return Step(conversation, (Hold(said.text), _renewal(conversation)))
    return ask_after(conversation, "consent.goal_held").after(Hold(said.text))


# --- a newer text ---


def needed(conversation: Conversation) -> str:
    """Name the version of the text that is true of this house."""
    return WITH_MODEL if conversation.disclosure.provider else FIRST


def covers(conversation: Conversation) -> bool:
    """Tell whether what they agreed to holds for this house; a later version holds for less."""
    return int(conversation.consent or FIRST) >= int(needed(conversation))


def is_due(conversation: Conversation, event: Event) -> bool:
    """Tell whether a newer text must be agreed to before this can be answered."""
    if conversation.stage in {Stage.CONSENT, Stage.DATA, *SAFETY}:
        return False
    if covers(conversation):
        return False
    asked = isinstance(event, Said | Pressed)
    return asked or (isinstance(event, Command) and event.name not in ALWAYS)


def renew(conversation: Conversation, event: Event) -> Step:
    """Ask for consent to the newer text; where they were and what they wrote is not lost."""
    asking = replace(conversation, stage=Stage.CONSENT, renewing=conversation.stage)
    written = event.text if isinstance(event, Said) else ""
    return Step(asking, (Hold(written), _renewal(conversation)))


def agree_again(conversation: Conversation, pressed: Pressed) -> Step:
    """Take the yes to the newer text, and go on with what was written, where they were."""
    back = conversation.renewing
    if back is None:
        return agree(conversation, pressed)
    version = needed(conversation)
    agreed = replace(conversation, stage=back, renewing=None, consent=version)
    return Step(agreed, (KeepConsent(version), AskAgain(pressed.held)))


def _renewal(conversation: Conversation) -> Say:
    of_the_model = _of_the_model(conversation)
    return say("consent.renew", *of_the_model, "consent.renew.question", buttons=RENEW)


def _of_the_model(conversation: Conversation) -> tuple[Text, ...]:
    """Name whose model may be asked, and say so where that is free of charge."""
    house = conversation.disclosure
    if not house.provider:
        return ()
    told = text("consent.model", provider=house.provider)
    return (
        (told, text("consent.free_tier", provider=house.provider)) if house.free_tier else (told,)
    )


def _buttons(conversation: Conversation) -> Rows:
    return BUTTONS if conversation.renewing is None else RENEW
