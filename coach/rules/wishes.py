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
    if _pattern("no_longer", language).search(read):
        return Wish.CHANGE
    intent = intents.of(text, language)
    if intent in _REPORTS:
        return Wish.REPORT
    if (
        intent == "change"
        or _pattern(Wish.CHANGE, language).search(read)
        or _is_alone(read, language)
    ):
        return Wish.CHANGE
    if intent == "pause":
        return Wish.PAUSE
    return Wish.QUESTION if intent in _QUESTIONS else Wish.TALK


def _is_alone(read: str, language: str) -> bool:
    """Tell whether a message is nothing but a time or a number of times."""
    return _alone(language).fullmatch(read) is not None


@cache
def _alone(language: str) -> re.Pattern[str]:
    rows = phrasebook.table("wishes", language)["alone"]
    around = rf"(?:{rows['around']})"
    named = "|".join(rows["named"])
    return re.compile(rf"\W*(?:{around}\W+)*(?:{named})(?:\W+{around})*\W*")


@cache
def _pattern(wish: str, language: str) -> re.Pattern[str]:
    return phrasebook.any_of(phrasebook.table("wishes", language)[wish])
