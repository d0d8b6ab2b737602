"""Parts of the day that somebody names, "every morning", and the wall time each stands for."""

from datetime import time

from coach.catalogue import texts
from coach.rules import wording
from coach.values import GoalUnderstanding

TIMES = {
    "morning": time(7, 30),
    "midday": time(12, 30),
    "noon": time(12, 30),
    "lunch": time(12, 30),
    "afternoon": time(15),
    "evening": time(19),
    "night": time(21, 30),
}


def at(text: str, language: str = "en") -> time | None:
    """Return the time that the named part of the day stands for; None when none is named."""
    part = wording.part_of_day(text, language)
    return TIMES[part] if part else None


def named(words: str, language: str) -> time | None:
    """Return the time of the part of the day that an answer names: "in the evening"."""
    part = wording.day_part(words, language)
    return TIMES[part] if part else None


def without(text: str, language: str) -> str:
    """Return *text* without the part of the day it names; what happens daily stays daily."""
    cut = wording.patterns(language).cut
    return cut["part"].sub(" ", cut["daily"].sub(texts(language)("often.daily"), text))


def meant(u: GoalUnderstanding) -> str | None:
    """Return the part of the day a session is in; None once a time by the clock was given."""
    part = wording.part_of_day(u.text, u.language)
    return part if part and u.at in (None, TIMES[part]) else None
