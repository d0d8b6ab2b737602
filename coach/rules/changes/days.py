"""Other days, more of them or fewer: "move Friday to Saturday", "not Mondays", "one day less"."""

from dataclasses import replace
from datetime import date

from coach.rules import calendar, defaults, frequency, reshaping
from coach.rules.changes import asked
from coach.values import GoalUnderstanding

Days = tuple[int, ...]
_WEEK = 7


def refilled(days: Days, free: Days, count: int) -> Days:
    """Keep the days that are not to be free; others take the place of those that are."""
    kept = tuple(day for day in days if day not in free)
    while kept and len(kept) < count:
        kept = (*kept, *_farthest(kept, free))
    return tuple(sorted(kept)) or calendar.besides(free, count)


def changed(u: GoalUnderstanding, words: str, today: date) -> tuple[GoalUnderstanding, str]:
    """Return *u* on the days that *words* ask for, and the words that ask for something else."""
    usual = defaults.settle(u, today).days
    for read in (_moved, _kept_free, _dropped, _added, _counted):
        if done := read(u, words, usual, today):
            return done
    return u, words


def _moved(
    u: GoalUnderstanding, words: str, usual: Days, _: date
) -> tuple[GoalUnderstanding, str] | None:
    for found in asked.finds("move", words, u.language):
        old, new = _named(found["old"], u), _named(found["new"], u)
        if old and new:
            kept = [day for day in usual if day not in old]
            return _on(u, (*kept, *new)), asked.rest(words, found)
    return None


def _kept_free(
    u: GoalUnderstanding, words: str, usual: Days, _: date
) -> tuple[GoalUnderstanding, str] | None:
    """Take days out: "not Mondays" moves the sessions to other days, as many as before."""
    for found in asked.finds("keep_free", words, u.language):
        if unwanted := _named(found["days"], u):
            free = tuple(sorted({*u.free_days, *unwanted}))
            days = calendar.besides(free, min(len(usual), _WEEK - len(free)))
            return replace(_on(u, days), free_days=free), asked.rest(words, found)
    return None


def _dropped(
    u: GoalUnderstanding, words: str, usual: Days, _: date
) -> tuple[GoalUnderstanding, str] | None:
    for found in asked.finds("drop", words, u.language):
        unwanted = _named(found["days"], u)
        left = tuple(day for day in usual if day not in unwanted)
        if unwanted and left:
            return _on(u, left), asked.rest(words, found)
    return None


def _added(
    u: GoalUnderstanding, words: str, usual: Days, _: date
) -> tuple[GoalUnderstanding, str] | None:
    for found in asked.finds("add", words, u.language):
        if more := _named(found["days"], u):
            return _on(u, (*usual, *more)), asked.rest(words, found)
    return None


def _counted(
    u: GoalUnderstanding, words: str, usual: Days, today: date
) -> tuple[GoalUnderstanding, str] | None:
    for found in asked.finds("fewer_days", words, u.language):
        return reshaping.reshape(u, "fewer_days", today), asked.rest(words, found)
    for found in asked.finds("more_days", words, u.language):
        count = min(_WEEK - len(u.free_days), len(usual) + 1)
        more = replace(u, per_week=float(count), days=())
        if u.days:
            more = replace(more, days=tuple(sorted({*u.days, *_farthest(u.days, u.free_days)})))
        return more, asked.rest(words, found)
    return None


def _farthest(days: Days, free: Days) -> Days:
    """Return the day with the most room around it, if any is left."""
    open_ = [day for day in range(_WEEK) if day not in (*days, *free)]

    def room(day: int) -> int:
        return min(min((day - other) % _WEEK, (other - day) % _WEEK) for other in days)

    return (max(open_, key=room),) if open_ else ()


def _on(u: GoalUnderstanding, days: Days) -> GoalUnderstanding:
    days = tuple(sorted(set(days)))
    free = tuple(day for day in u.free_days if day not in days)
    return replace(u, days=days, per_week=float(len(days)), free_days=free)


def _named(words: str, u: GoalUnderstanding) -> Days:
    return frequency.weekdays(words, u.language)
