"""Coming back from a pause: the plan moves on by whole weeks, so that its weekdays stay."""

from dataclasses import replace
from datetime import date, timedelta

from coach.catalogue import texts
from coach.rules import amounts, unfolding
from coach.values import GoalUnderstanding, Plan, Quantity, Week

WEEK = timedelta(days=7)
EASED = 0.7
"""The load of the first week after a long pause."""


def moved(plan: Plan, since: date, now: date) -> Plan:
    """Move the weeks that a pause from *since* to *now* kept from being lived.

    A pause shorter than half a week moves nothing: the week goes on. What no longer fits
    before the date of the plan falls away, because that date stays.
    """
    by = ((now - since).days + 3) // 7 * WEEK
    weeks = [_later(week, by) if week.start + WEEK > since else week for week in plan.weeks]
    if plan.deadline is not None:
        weeks = [week for week in weeks if week.start <= plan.deadline] or weeks[:1]
    return replace(plan, weeks=tuple(weeks))


def eased(plan: Plan, u: GoalUnderstanding, now: date) -> Plan:
    """Make the week of *now*, or the first one ahead, lighter; the others stay."""
    ahead = (place for place, week in enumerate(plan.weeks) if week.start + WEEK > now)
    place = next(ahead, len(plan.weeks) - 1)
    was = plan.weeks[place]
    if was.figure is None or not was.figure.value:
        return plan
    t = texts(u.language)
    size = Quantity(amounts.rounded(was.figure.value * EASED, was.figure.unit), was.figure.unit)
    said = was.text.replace(amounts.short(was.figure, t), amounts.short(size, t))
    lighter = replace(was, figure=size, text=said, lighter=True)
    sessions = unfolding.resized(unfolding.sessions(plan, u, place + 1), was, lighter, t)
    weeks = (*plan.weeks[:place], replace(lighter, sessions=sessions), *plan.weeks[place + 1 :])
    return replace(plan, weeks=weeks)


def _later(week: Week, by: timedelta) -> Week:
    sessions = tuple(replace(one, on=one.on + by) for one in week.sessions)
    return replace(week, start=week.start + by, sessions=sessions)
