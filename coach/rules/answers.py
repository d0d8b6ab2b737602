"""Take an answer into what is known of a goal: a tapped code, or words.

Words may answer more than was asked ("Tue and Thu, 20 minutes"): whatever else is found
fills what is still open.
"""

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from coach.rules import extraction, normalise, revision, tapped, typed, typed_times
from coach.rules.one_reading import reading
from coach.values import GoalType, GoalUnderstanding, Quantity, Slot

_T = TypeVar("_T")

LEFT_TO_US = ("you_choose", "skip")
_LONGEST_NOTE = 200
_ABOUT_FIGURES = (Slot.AMOUNT, Slot.BASELINE, Slot.HOURS, Slot.DEADLINE)


@reading
def fill(
    u: GoalUnderstanding, slot: Slot, said: str, now: datetime, option: bool
) -> tuple[GoalUnderstanding, bool]:
    """Return *u* with the answer to *slot*, and whether it could be understood.

    An answer that could not is kept as a note, and the slot counts as asked.
    """
    asked = replace(u, asked=u.asked if slot in u.asked else (*u.asked, slot))
    if option:
        return _choose(asked, slot, said, now)
    words = normalise.one_line(said)
    if typed.is_unsure(words, u.language):
        return _leave(asked, slot), True
    answered = typed.answer(asked, slot, words, now) if words else None
    if answered is None:
        noted = replace(asked, notes=(*asked.notes, words[:_LONGEST_NOTE])) if words else asked
        return _and_the_rest(noted, slot, words, now), False
    return _and_the_rest(answered, slot, words, now), True


@reading
def revise(
    u: GoalUnderstanding, text: str, now: datetime, wording: bool = True
) -> tuple[GoalUnderstanding, bool]:
    """Return *u* changed as *text* wishes: "4 times", "not Mondays", or (*wording*) a new line."""
    changed = revision.change(u, normalise.one_line(text), now, wording)
    return (changed, True) if changed else (u, False)


def _choose(
    u: GoalUnderstanding, slot: Slot, code: str, now: datetime
) -> tuple[GoalUnderstanding, bool]:
    if code in LEFT_TO_US:
        return _leave(u, slot), True
    answered = tapped.answer(u, slot, code, now)
    return (answered, True) if answered else (u, False)


def _leave(u: GoalUnderstanding, slot: Slot) -> GoalUnderstanding:
    """Leave the slot to us; of an ambiguous date the earlier reading is the safe one."""
    left = u if slot in u.chosen_for_me else replace(u, chosen_for_me=(*u.chosen_for_me, slot))
    return typed_times.date_settled(left, later=False) if slot is Slot.DATE_ORDER else left


def _and_the_rest(u: GoalUnderstanding, slot: Slot, words: str, now: datetime) -> GoalUnderstanding:
    """Fill what is still open from the same words."""
    also = extraction.understand(words, now, u.language)
    leaving = u.goal_type is GoalType.QUIT
    return replace(
        u,
        per_week=u.per_week or also.per_week,
        days=u.days or also.days,
        at=u.at or also.at,
        cue=u.cue or (None if leaving else also.cue),
        deadline=u.deadline or also.deadline,
        hours_per_week=u.hours_per_week or also.hours_per_week,
        amount=u.amount or (None if slot in _ABOUT_FIGURES or leaving else _session(also)),
        numbers=_joined(u.numbers, also.numbers),
        dates=_joined(u.dates, also.dates),
    )


def _session(also: GoalUnderstanding) -> Quantity | None:
    return (
        also.amount if also.amount and also.amount.unit in ("min", "pages", "km", "reps") else None
    )


def _joined(known: tuple[_T, ...], more: tuple[_T, ...]) -> tuple[_T, ...]:
    return (*known, *(one for one in more if one not in known))
