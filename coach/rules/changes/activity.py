"""Something else to do instead: "swap running for swimming", "cycling instead"."""

from dataclasses import replace
from datetime import datetime

from coach.rules import amounts, domains, extraction
from coach.rules.changes import asked
from coach.values import GoalType, GoalUnderstanding

_ANYWHERE = (*amounts.DURATIONS, "count", "times")  # what can be said of any activity


def changed(u: GoalUnderstanding, words: str, now: datetime) -> tuple[GoalUnderstanding, str]:
    """Return *u* about what *words* ask for, and the words that ask for something else."""
    if u.goal_type is not GoalType.HABIT:
        return u, words
    for found in asked.finds("swap", words, u.language):
        if _is_another(u, found["new"]) and _is_its_own(u, found.groupdict().get("old")):
            return _about(u, found["new"], now), asked.rest(words, found)
    return u, words


def _is_another(u: GoalUnderstanding, new: str) -> bool:
    activity = domains.activity(new, language=u.language)
    return activity not in ("other", u.activity)


def _is_its_own(u: GoalUnderstanding, old: str | None) -> bool:
    """Tell whether what is to go is what the goal is about."""
    if not old:
        return True
    return domains.activity(old, language=u.language) in ("other", u.activity)


def _about(u: GoalUnderstanding, new: str, now: datetime) -> GoalUnderstanding:
    """Keep days, time and what can be kept of the size; the rest belongs to the old activity."""
    said = extraction.understand(new, now, u.language)
    kept = u.amount if u.amount and amounts.base(u.amount.unit) in _ANYWHERE else None
    numbers = tuple(one for one in u.numbers if _stays(one.unit))
    return replace(
        u,
        text=new,
        behaviour=said.behaviour or new,
        activity=said.activity,
        domain=said.domain,
        caution=said.caution,
        amount=said.amount or kept,
        baseline=None,
        target=None,
        numbers=numbers,
    )


def _stays(unit: str) -> bool:
    return amounts.base(unit) in (*_ANYWHERE, "clock")
