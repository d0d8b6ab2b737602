"""Fixed words about danger: whole texts of the coach, with the numbers to call."""

from bot.journey.content import Words
from bot.journey.conversation import Conversation
from bot.journey.effects import Button
from bot.journey.events import Event, Said
from bot.journey.step import text
from coach import safety_texts
from coach.catalogue import FALLBACK_LANGUAGE
from coach.values import Danger, Safety

TALK = Button(text("safety.talk"), "sf", "help")
"""The way to people, visible without anything being noticed."""


def fixed(about: Safety | Danger | str, conversation: Conversation) -> Words:
    """Return the fixed text about a danger, or one by name, in the conversation's language."""
    return _in(about, conversation, conversation.language)


def answered_in(
    about: Safety | Danger | str, conversation: Conversation, event: Event
) -> list[Words]:
    """Return a fixed text in the language of what was said, and in English where that differs."""
    foreign = event.foreign if isinstance(event, Said) else None
    if foreign is None:
        return [_in(about, conversation, conversation.language)]
    own = foreign.code if foreign.spoken else conversation.language
    languages = dict.fromkeys((own, FALLBACK_LANGUAGE))
    return [_in(about, conversation, one) for one in languages]


def link(label: str = "safety.find_helpline") -> Button:
    """Make the button that opens the directory of helplines."""
    return Button(text(label), "", url=f"https://{safety_texts.DIRECTORY}")


def _in(about: Safety | Danger | str, conversation: Conversation, language: str) -> Words:
    zone = conversation.zone
    if isinstance(about, Safety):
        return Words(safety_texts.of(about, zone, language))
    return Words(safety_texts.text(f"safety.{about}", zone, language))
