"""Read a typed answer about how much: a size, a number of times, hours, or where things are now."""

import re
from dataclasses import replace
from datetime import datetime

from coach.catalogue import texts
from coach.rules import (
    activities,
    choices,
    date_words,
    extraction,
    lexicon,
    numbers,
    roles,
    typed_times,
)
from coach.values import GoalType, GoalUnderstanding, Quantity, Slot

_BARE = re.compile(r"^\W*(?P<n>\d+(?:[.,]\d+)?|[^\W\d_]+)\b")
_MOST_SESSIONS, _MOST_HOURS = 14.0, 80.0
_SIZED = ("min", "h", "pages", "words", "km", "mi", "reps", "meals", "applications", "contacts")


def amount(u: GoalUnderstanding, words: str, now: datetime) -> GoalUnderstanding | None:
    """Take the size of one session, or a time for goals by the clock."""
    if u.goal_type is GoalType.QUIT:
        return baseline(u, words, now)
    unit = activities.named(u.activity).unit
    if unit == "clock":
        at = typed_times.clock_of(words, u.language)
        return replace(u, amount=roles.as_clock(at), at=at) if at else None
    found = _first_amount(words, now, unit, u.language)
    if found is None:
        return None
    session = found.unit.removesuffix("/day") if found.unit != "l/day" else found.unit
    return replace(u, amount=Quantity(found.value, session if session in _SIZED else found.unit))


def baseline(u: GoalUnderstanding, words: str, now: datetime) -> GoalUnderstanding | None:
    """Take where things are now; "nothing yet" counts as zero."""
    unit, _ = _now_unit(u)
    found = _first_amount(words, now, unit, u.language)
    if found:
        return replace(u, baseline=found)
    if lexicon.pattern(f"{u.language}/answers", "none").match(words):
        return replace(u, baseline=Quantity(0.0, u.target.unit if u.target else unit))
    return replace(u, notes=(*u.notes, words)) if len(words.split()) >= 2 else None


def _now_unit(u: GoalUnderstanding) -> tuple[str, bool]:
    """Return the unit a bare number has here: the target's, or the one of the offered answers."""
    rows = choices.now_choices(u, Slot.BASELINE, texts(u.language))
    offered = next((row[2].unit for row in rows if row[2]), "")
    return (u.target.unit, True) if u.target and not offered else (offered, False)


def frequency(u: GoalUnderstanding, words: str, now: datetime) -> GoalUnderstanding | None:
    """Take "3", "twice a week", "Mon and Thu"."""
    often = extraction.look(words, now.date(), u.language).often
    if often.per_week:
        return replace(u, per_week=often.per_week, days=often.days or u.days)
    bare = _bare_number(words, u.language)
    return replace(u, per_week=bare) if bare and bare <= _MOST_SESSIONS else None


def hours(u: GoalUnderstanding, words: str, now: datetime) -> GoalUnderstanding | None:
    """Take hours a week; a daily figure is multiplied, "20 minutes after dinner" is a session."""
    found = _first_amount(words, now, "h", u.language)
    if found is None or found.value <= 0:
        return None
    if found.unit in ("min", "h") and _names_a_moment(u, words, now):
        return replace(u, amount=found)
    hours = found.value / (60 if found.unit.startswith("min") else 1)
    hours *= 7 if found.unit.endswith("/day") else 1
    return replace(u, hours_per_week=min(hours, _MOST_HOURS))


def _names_a_moment(u: GoalUnderstanding, words: str, now: datetime) -> bool:
    """Tell "after dinner", said of one session, from "3 times a week" and from no time at all."""
    said = extraction.understand(words, now, u.language)
    return not said.per_week and bool(said.cue or said.at)


def _first_amount(words: str, now: datetime, unit: str, language: str) -> Quantity | None:
    """Return the first number with its unit, or with *unit* when it has none."""
    found = extraction.look(words, now.date(), language).amounts
    if found:
        one = found[0].quantity
        return one if one.unit not in ("", "count") else Quantity(one.value, unit)
    bare = _bare_number(words, language)
    return Quantity(bare, unit) if bare is not None else None


def _bare_number(words: str, language: str) -> float | None:
    match = _BARE.match(words)
    if match is None:
        return None
    typed = match["n"].lower()
    if typed[0].isdigit():
        return numbers.digits(typed)
    rows = lexicon.table(f"{language}/numbers")
    known = date_words.numbers_of(language)
    word = known.get(lexicon.bare(typed)) if typed not in numbers.ARTICLES else None
    return rows["multiples"].get(typed, word)
