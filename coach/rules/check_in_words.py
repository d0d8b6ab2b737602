"""A check-in answered in words: what became of it, how much, what got in the way, and which day."""

import re
from functools import cache

from coach.rules import intents, numbers, phrasebook, reasons
from coach.values import Quantity
from coach.weeks import CheckInRead, DayState

_BY_INTENT = {
    "done": DayState.DONE,
    "success": DayState.DONE,
    "partial": DayState.PARTLY,
    "missed": DayState.MISSED,
    "slip": DayState.MISSED,
}
_SMALL_TALK = {"thanks", "greeting"}
_MOST_AROUND = 2  # words beside an amount
_LATER = {"change", "pause", "how_to", "why_it_works", "progress", "off_topic", *_SMALL_TALK}


def read(text: str, language: str = "en") -> CheckInRead:
    """Read an answer; its state is None when the text is none, or nothing but an amount."""
    told = intents.all_of(text, language)
    plain = phrasebook.plain(text)
    state = _state(plain, told, language)
    reason = reasons.named(text, language)
    if state is None and reason is not None and not set(told) & _LATER:
        state = DayState.MISSED  # "too tired" answers the question
    amount = _amount(text, language) if state in (DayState.DONE, DayState.PARTLY) else None
    if state is None:
        amount = _amount_alone(text, language)
    if state is DayState.DONE or state is None:
        reason = None
    if state is DayState.MISSED and "slip" not in told and _is_let_go(plain, reason, language):
        state = DayState.SKIPPED
    return CheckInRead(state, amount, reason, bool(_found("yesterday", plain, language)))


def _state(plain: str, told: tuple[str, ...], language: str) -> DayState | None:
    if _found("small", plain, language):
        return DayState.SMALL
    first = next((_BY_INTENT[intent] for intent in told if intent in _BY_INTENT), None)
    if first is not None:
        return DayState.PARTLY if _halved(first, plain, told, language) else first
    if set(told) & _LATER - _SMALL_TALK:
        return None
    if _found("on_purpose", plain, language):
        return DayState.SKIPPED
    for name, state in _PLAIN:
        if _found(name, plain, language):
            return state
    return None


_PLAIN = (
    ("missed", DayState.MISSED),
    ("partly", DayState.PARTLY),
    ("done", DayState.DONE),
)


def _is_let_go(plain: str, reason: str | None, language: str) -> bool:
    """Tell whether a session was let go: on purpose, or for illness or travel."""
    return reason in reasons.EXCUSED or bool(_found("on_purpose", plain, language))


def _halved(first: DayState, plain: str, told: tuple[str, ...], language: str) -> bool:
    """Tell whether "did it" is followed by "only half of it"."""
    return first is DayState.DONE and ("partial" in told or bool(_found("partly", plain, language)))


def _amount(text: str, language: str) -> Quantity | None:
    found = numbers.find(text, language=language)
    return found[0].quantity if found else None


def _amount_alone(text: str, language: str) -> Quantity | None:
    """Read an amount that is told alone, "about 1.5 litres": what was done is asked elsewhere."""
    found = numbers.find(text, language=language)
    if len(found) != 1:
        return None
    around = f"{text[: found[0].start]} {text[found[0].end :]}"
    return found[0].quantity if len(around.split()) <= _MOST_AROUND else None


def _found(name: str, plain: str, language: str) -> re.Match[str] | None:
    return _pattern(name, language).search(plain)


@cache
def _pattern(name: str, language: str) -> re.Pattern[str]:
    return phrasebook.any_of(phrasebook.table("check_in", language)[name])
