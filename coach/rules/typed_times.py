"""Read a typed answer about when: a date, days of the week, a time of day."""

from dataclasses import replace
from datetime import datetime, time

from coach.rules import date_words, day_parts, extraction, lexicon, times
from coach.values import FoundDate, GoalType, GoalUnderstanding, Quantity


def date_settled(
    u: GoalUnderstanding, other: bool | None = None, later: bool = True
) -> GoalUnderstanding:
    """Return *u* with its ambiguous dates read one way; without *other* by earlier or later."""
    read = {one: _one_way(one, other, later) for one in u.dates if one.other}
    return replace(
        u,
        dates=tuple(read.get(one, one) for one in u.dates),
        deadline=read.get(u.deadline, u.deadline) if u.deadline else None,
        later_deadlines=tuple(read.get(one, one) for one in u.later_deadlines),
    )


def _one_way(found: FoundDate, other: bool | None, later: bool) -> FoundDate:
    second = found.other or found.first
    chosen = (
        (found.first, second)[other]
        if other is not None
        else (max if later else min)(found.first, second)
    )
    return FoundDate(found.text, chosen, chosen)


def date_order(u: GoalUnderstanding, words: str, now: datetime) -> GoalUnderstanding | None:
    """Take "12 May", "the second one" for an ambiguous date."""
    found = extraction.look(words, now.date(), u.language).dates
    ambiguous = next((one for one in u.dates if one.other), None)
    if ambiguous is None:
        return u
    if found and not found[0].found.other:
        meant = found[0].found
        if ambiguous.other and meant.first.month == ambiguous.other.month:
            return date_settled(u, other=True)
        return date_settled(u, other=False)
    for other, name in ((False, "first"), (True, "second")):
        if lexicon.wording("typed_times", name, u.language).search(words):
            return date_settled(u, other=other)
    return None


def deadline(u: GoalUnderstanding, words: str, now: datetime) -> GoalUnderstanding | None:
    """Take a date, a span such as "3 months", or "no date"."""
    within = date_words.words(u.language).roles["inside"][0]
    texts = (words, f"{within} {words}")
    found = next(
        filter(None, (extraction.look(one, now.date(), u.language).dates for one in texts)), ()
    )
    if found:
        day = found[0].found
        if u.goal_type is GoalType.QUIT:
            return replace(u, start=day.first, dates=(*u.dates, day))
        return replace(u, deadline=day, dates=(*u.dates, day))
    return u if lexicon.pattern(f"{u.language}/answers", "no_date").match(words) else None


def days(u: GoalUnderstanding, words: str, now: datetime) -> GoalUnderstanding | None:
    """Take "Tue and Thu", "weekdays", "any day"."""
    seen = extraction.look(words, now.date(), u.language)
    at = seen.times[0].at if seen.times else u.at
    if seen.often.days:
        return replace(u, days=seen.often.days, per_week=float(len(seen.often.days)), at=at)
    if lexicon.pattern(f"{u.language}/answers", "all_days").fullmatch(words.strip(" .!")):
        return replace(u, days=tuple(range(7)), per_week=7.0, at=at)
    if seen.often.per_week:
        return replace(u, days=(), per_week=seen.often.per_week, at=at)
    return None


def time_of_day(u: GoalUnderstanding, words: str, now: datetime) -> GoalUnderstanding | None:
    """Take "5:45", "after work", "in the evening"."""
    days = extraction.look(words, now.date(), u.language).often.days
    u = replace(u, days=days, per_week=float(len(days))) if days else u
    cue = extraction.cue_in(words, u.language)
    if cue is not None and times.of_cue(cue, u.language):
        return replace(u, cue=cue, at=times.of_cue(cue, u.language))
    at = clock_of(words, u.language) or day_parts.named(words, u.language)
    return replace(u, at=at) if at else None


def clock_of(words: str, language: str) -> time | None:
    """Read "5:45", "at 7", or a bare "7"."""
    found = times.find(words, language)
    if found:
        return found[0].at
    bare = lexicon.wording("typed_times", "bare_hour", language).match(words)
    return time(int(bare["h"]), int(bare["m"] or 0)) if bare else None


def as_time(clock: Quantity) -> time:
    """Return the time of day that a number of hours means."""
    return time(int(clock.value) % 24, round(clock.value % 1 * 60))
