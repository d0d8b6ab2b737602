"""CONSENT: say what Rein is, and ask before anything is kept."""

from dataclasses import replace

from bot.journey.asks import AskReading
from bot.journey.content import Content, Text, Words
from bot.journey.conversation import SAFETY, Conversation, Stage
from bot.journey.effects import Hold, Rows, Say
from bot.journey.events import Command, Event, Pressed, Said
from bot.journey.house import AskAgain
from bot.journey.keeps import KeepConsent
from bot.journey.stages import goal
from bot.journey.step import Step, button, fresh, say, text, words

FIRST = "1"
"""Version of the consent text, and what people agreed to before the conversation noted which."""

WITH_MODEL = "2"
"""Version of the text that also names whose language model may be asked."""

WITH_WORDS = "3"
"""Version of the text that also names where masked words go with traces, but no model."""

WITH_BOTH = "4"
"""Version of the text that names both."""

TOLD = {
    FIRST: frozenset[str](),
    WITH_MODEL: frozenset({"model"}),
    WITH_WORDS: frozenset({"words"}),
    WITH_BOTH: frozenset({"model", "words"}),
}
"""Which recipients of words each version names. Whenever what is stored changes, raise them all."""

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


def ask_after(conversation: Conversation, *first: Content | str) -> Step:
    """Say *first*, who else gets to see words, and ask for consent."""
    asked = (*first, *_of_others(conversation), "consent.question")
    return Step(conversation, (say(*asked, buttons=_buttons(conversation)),))


def explain(conversation: Conversation, _: Pressed) -> Step:
    """Tell what is stored, and ask again."""
    asked = ("consent.stored", *_of_figures(conversation))
    return ask_after(conversation, *asked)


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
    """Hold a goal in memory until the person has decided; a yes in words is neither."""
    if said.no_goal:
        return _only_by_tap(conversation, said)
    if conversation.renewing is not None:
        return Step(conversation, (Hold(said.text), _renewal(conversation)))
    return ask_after(conversation, "consent.goal_held").after(Hold(said.text))


def _only_by_tap(conversation: Conversation, said: Said) -> Step:
    """Ask for the tap; what is held already stays, since nothing better was said."""
    first = words(said.answer) if said.answer else "consent.tap"
    if conversation.renewing is not None:
        return Step(conversation, (say(first), _renewal(conversation)))
    return ask_after(conversation, first).after(Hold(said.text, if_none=True))


# --- a newer text ---


def needed(conversation: Conversation) -> str:
    """Name the version of the text that is true of this house."""
    house = conversation.disclosure
    told = {"model": house.provider, "words": house.traces_words}
    true = frozenset(who for who, named in told.items() if named)
    return next(version for version, named in TOLD.items() if named == true)


def covers(conversation: Conversation) -> bool:
    """Tell whether what they agreed to holds for this house: it named everybody who is there."""
    told = TOLD.get(conversation.consent or FIRST)
    return told is not None and told >= TOLD[needed(conversation)]


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
    others = _of_others(conversation)
    return say("consent.renew", *others, "consent.renew.question", buttons=RENEW)


def _of_others(conversation: Conversation) -> tuple[Text, ...]:
    """Name whose model may be asked, whether that is free of charge, and who gets words as well."""
    house, told = conversation.disclosure, list[Text]()
    if house.provider:
        told.append(text("consent.model", provider=house.provider))
    if house.provider and house.free_tier:
        told.append(text("consent.free_tier", provider=house.provider))
    if house.traces_words:
        told.append(text("consent.traces_words", where=house.tracing))
    return tuple(told)


def _of_figures(conversation: Conversation) -> tuple[Text, ...]:
    """Say where figures go, if they go anywhere without words."""
    house = conversation.disclosure
    if not house.tracing or house.traces_words:
        return ()
    return (text("consent.traces", where=house.tracing),)


def _buttons(conversation: Conversation) -> Rows:
    return BUTTONS if conversation.renewing is None else RENEW
