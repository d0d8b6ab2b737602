"""A date that does not hold: more a week, a later date, or less by the same date."""

from dataclasses import replace
from datetime import date
from math import ceil

from coach.lived import Lived
from coach.plan_wishes import Reworked
from coach.rules import amounts, calendar, courses, goal
from coach.rules.sentences import parts
from coach.values import FoundDate, GoalUnderstanding, Plan, Quantity, Week
from coach.weeks import Pace

_MOST_WEEKS = 52
_AT_LEAST = 0.5
"""The part of what is needed that a later date reckons with, where nothing was done so far."""


def repaced(life: Lived, number: int, how: str, today: date) -> Reworked | None:
    """Give the weeks from *number* on another pace; None where nothing is counted to a date."""
    found = courses.pace(courses.of(life, number - 1, today))
    if found is None:
        return None
    unit = found.left.unit
    pace = found.needed if how == "more" else found.achieved or found.needed * _AT_LEAST
    size = Quantity(amounts.rounded(pace, unit), unit)
    if how == "later":
        return _later(life, number, size, found)
    weeks = [*life.plan.weeks[: number - 1]]
    weeks += [_sized(life, week, size) for week in life.plan.weeks[number - 1 :]]
    u = life.understanding if how == "more" else _with_less(life.understanding, size, found)
    return Reworked(u, replace(life.plan, weeks=tuple(weeks)), number)


def _sized(life: Lived, was: Week, size: Quantity) -> Week:
    """Give a week another figure; one that is kept free stays so."""
    if was.figure is None:
        return was
    t = goal.of(life.understanding, was.start).t
    said = was.text.replace(amounts.short(was.figure, t), amounts.short(size, t))
    # Totals on the way were those of the old pace; dates on the way stay.
    mark = was.milestone if life.understanding.later_deadlines else None
    return replace(was, figure=size, text=said, sessions=(), milestone=mark)


def _with_less(u: GoalUnderstanding, size: Quantity, pace: Pace) -> GoalUnderstanding:
    """Lower the target by what does not come about; it keeps its unit."""
    if u.target is None or not amounts.same_thing(u.target, size):
        return u
    reached = u.target.value - pace.left.value + size.value * pace.weeks_left
    return replace(u, target=Quantity(amounts.rounded(reached, u.target.unit), u.target.unit))


def _later(life: Lived, number: int, size: Quantity, pace: Pace) -> Reworked:
    """Add as many weeks as the rest takes; what is kept free before the date moves along."""
    plan, counted = life.plan, int(pace.weeks_left)
    needed = min(_MOST_WEEKS, ceil(pace.left.value / size.value))
    model = _sized(life, plan.weeks[number - 1], size)
    free = plan.weeks[number - 1 + counted :]
    ahead = [model] * max(needed, counted) + list(free)
    weeks = [
        replace(
            week,
            number=number + n,
            start=model.start + n * calendar.WEEK,
            milestone=None,
            sessions=(),
        )
        for n, week in enumerate(ahead)
    ]
    moved = replace(plan, weeks=(*plan.weeks[: number - 1], *weeks))
    return _until(life, moved, number, len(weeks) - len(plan.weeks[number - 1 :]))


def _until(life: Lived, plan: Plan, number: int, more: int) -> Reworked:
    """Move the date by *more* weeks, in the plan and in what is understood."""
    if plan.deadline is None:
        return Reworked(life.understanding, plan, number)
    on = plan.deadline + more * calendar.WEEK
    t = goal.of(life.understanding, on).t
    found = FoundDate(parts.long_date(on, t), on, on)
    understood = replace(life.understanding, deadline=found)
    return Reworked(understood, replace(plan, deadline=on), number)
