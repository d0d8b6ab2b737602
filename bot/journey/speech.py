"""Speaking another language with somebody: texts, dates and the menu follow at once."""

from dataclasses import replace

from bot.journey.conversation import Conversation
from bot.journey.keeps import KeepLanguage
from bot.journey.step import Step


def speak(conversation: Conversation, language: str) -> Step:
    """Go on in *language*, one there is a catalogue for; put what to say next after it.

    What is said in the same turn is in the new language already.
    """
    return Step(replace(conversation, language=language), (KeepLanguage(language),))
