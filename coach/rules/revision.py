"""A change somebody wishes for a resolution: figures, days, dates, or a new wording."""

from dataclasses import replace
from datetime import datetime

from coach.rules import extraction, lexicon, reshaping, roles
from coach.values import GoalType, GoalUnderstanding, Quantity, Slot
from coach.weekdays import EVEN

_FEWEST_WORDS, _MOST_WORDS = 3, 40
_WEEK = 7


def change(u: GoalUnderstanding, words: str, now: datetime) -> GoalUnderstanding | None:
    """Return *u* as *words* wish it; None when they wish for nothing that can be read."""
    bare = words.strip(" .!?")
    for how in ("easier", "harder"):
        if lexicon.pattern(f"{u.language}/answers", how).fullmatch(bare):
            return reshaping.reshape(u, how, now.date())
    if lexicon.pattern(f"{u.language}/answers", "drop_deadline").search(bare):
        return replace(u, deadline=None, later_deadlines=(), dates=())
    if (minimum := _minimum(bare, u.language)) is not None:
        return replace(u, minimum=minimum)
    changed = _figures(_without_days(u, bare), bare, now)
    if changed != u:
        return changed
    long_enough = _FEWEST_WORDS <= len(bare.split()) <= _MOST_WORDS
    asks = words.rstrip().endswith("?")  # a question about the card is no wording for it
    return replace(u, wording=bare) if long_enough and not asks else None


def _minimum(words: str, language: str) -> str | None:
    match = lexicon.pattern(f"{language}/answers", "minimum").match(words)
    return words[match.end() :].strip() or None if match else None


def _without_days(u: GoalUnderstanding, words: str) -> GoalUnderstanding:
    """Take days out: "not Mondays" moves the sessions to other days, as many as before."""
    negated = lexicon.pattern(f"{u.language}/answers", "not_days").search(words)
    if negated is None:
        return u
    unwanted = extraction.weekdays_in(words[negated.end() :], u.language)
    count = len(u.days) or max(1, min(_WEEK, round(u.per_week or 3)))
    usual = u.days or EVEN[count]
    shifted = (tuple(sorted((day + step) % _WEEK for day in usual)) for step in range(_WEEK))
    days = next((days for days in shifted if not set(days) & set(unwanted)), None)
    if days is None:
        days = tuple(day for day in range(_WEEK) if day not in unwanted)[:count]
    return replace(u, days=days, per_week=float(len(days))) if unwanted and days else u


def _figures(u: GoalUnderstanding, words: str, now: datetime) -> GoalUnderstanding:
    """Overwrite whatever the words name; "not Mondays" was dealt with before."""
    if lexicon.pattern(f"{u.language}/answers", "not_days").search(words):
        return u
    seen = extraction.look(_as_frequency(words, u.language), now.date(), u.language)
    said = extraction.understand(words, now, u.language)
    size = next(
        (
            one.quantity
            for one in seen.amounts
            if one.unit not in ("", "times", "weeks", "months", "days", "years")
        ),
        None,
    )
    found = replace(
        u,
        days=seen.often.days or (() if seen.often.per_week else u.days),
        per_week=seen.often.per_week or u.per_week,
        at=seen.times[0].at if seen.times else u.at,
        cue=said.cue or u.cue,
        deadline=seen.dates[0].found if seen.dates else u.deadline,
    )
    if size is not None:
        found = _resized(found, roles.as_session(size))
    if found == u:
        return u
    return replace(
        found,
        numbers=(
            *extraction.said_numbers(seen),
            *(one for one in u.numbers if _stays(one.unit, seen)),
        ),
        dates=tuple(one.found for one in seen.dates) or u.dates,
        chosen_for_me=tuple(slot for slot in u.chosen_for_me if slot not in (Slot.DAYS, Slot.TIME)),
    )


def _resized(u: GoalUnderstanding, size: Quantity) -> GoalUnderstanding:
    if u.goal_type is GoalType.QUIT or (u.target and u.target.unit == size.unit):
        return replace(u, target=size)
    return replace(u, amount=size)


def _stays(unit: str, seen: extraction.Seen) -> bool:
    """Tell whether a number said before still holds: nothing of its unit was said anew."""
    again = {one.unit for one in extraction.said_numbers(seen)}
    return unit not in again


def _as_frequency(words: str, language: str) -> str:
    """Read "make it 4 times" and "4x" as times a week."""
    times_a_week: str = lexicon.table(f"{language}/answers")["times_a_week"]
    return lexicon.wording("revision", "bare_count", language).sub(times_a_week, words)
