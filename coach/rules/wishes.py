"""What a message of everyday life wants: to report, to change the plan, to begin or end a goal.

The order is the order of care: what somebody did comes before what they want next.
"""

import re
from functools import cache

from coach.rules import intents, phrasebook
from coach.values import Wish

_REPORTS = frozenset({"done", "partial", "missed"})
_QUESTIONS = frozenset({"progress", "why_it_works", "how_to"})


def of(text: str, language: str = "en") -> Wish:
    """Return what a message wants; TALK when it wants nothing but an answer."""
    read = phrasebook.plain(text)
    for wish in (Wish.FINISHED, Wish.NEW_GOAL):
        if _pattern(wish, language).search(read):
            return wish
    intent = intents.of(text, language)
    if intent in _REPORTS:
        return Wish.REPORT
    if intent == "change" or _pattern(Wish.CHANGE, language).search(read):
        return Wish.CHANGE
    if intent == "pause":
        return Wish.PAUSE
    return Wish.QUESTION if intent in _QUESTIONS else Wish.TALK


@cache
def _pattern(wish: Wish, language: str) -> re.Pattern[str]:
    return phrasebook.any_of(phrasebook.table("wishes", language)[wish])
