"""The plan once a proposal was taken: the week ahead has the proposed load, later ones follow.

Where no date presses, what was put off moves the ramp back a week; with a date the later weeks
stay as they were planned. A plan never loses a week or a milestone by it.
"""

from dataclasses import replace

from coach.catalogue import texts
from coach.rules import calendar, unfolding
from coach.values import GoalUnderstanding, Plan, Session, Week
from coach.weeks import Change, Proposal

_DAYS = 7


def adapted(plan: Plan, u: GoalUnderstanding, number: int, taken: Proposal) -> Plan:
    """Return the plan with week *number* + 1 as *taken* proposes; the last week has no next one."""
    if number >= len(plan.weeks) or _as_planned(plan, number, taken):
        return plan
    was, ahead = plan.weeks[number - 1], plan.weeks[number]
    load = taken.load
    made = replace(ahead, figure=load.figure or ahead.figure, text=load.text)
    if taken.change is Change.MINIMUM:
        made = replace(made, figure=None)
    made = replace(made, sessions=_sessions(plan, u, (was, made), taken))
    return replace(plan, weeks=(*plan.weeks[:number], made, *_later(plan, number, taken)))


def _as_planned(plan: Plan, number: int, taken: Proposal) -> bool:
    ahead = plan.weeks[number]
    same = taken.load.text == ahead.text and taken.load.figure in (ahead.figure, None)
    return taken.change in (Change.STEP, Change.SAME) and same


def _sessions(
    plan: Plan, u: GoalUnderstanding, weeks: tuple[Week, Week], taken: Proposal
) -> tuple[Session, ...]:
    """Lay this week's sessions into the next one, in the proposed number and size."""
    was, made = weeks
    if made.figure is None and taken.change is not Change.MINIMUM:  # steps keep their own nouns
        found = unfolding.sessions(plan, u, made.number)
    else:
        now = unfolding.sessions(plan, u, was.number)
        days = (made.start - was.start).days
        found = unfolding.resized(now, was, made, texts(u.language), days)
    kept = _some(found, taken.load.sessions)
    if taken.change is Change.MINIMUM:
        return tuple(replace(one, amount=None, text=plan.minimum) for one in kept)
    return kept


def _some(found: tuple[Session, ...], count: int) -> tuple[Session, ...]:
    """Keep *count* of the sessions, evenly spread; days that are missing are added."""
    weekdays = tuple(sorted({one.on.weekday() for one in found}))
    if not found or count == len(found):
        return found
    if count < len(weekdays):
        kept = calendar.some_of(weekdays, count)
        return tuple(one for one in found if one.on.weekday() in kept)
    model, first = found[0], min(one.on for one in found)
    free = (first + n * calendar.DAY for n in range(_DAYS))
    extra = [on for on in free if on.weekday() not in weekdays][: count - len(found)]
    added = (replace(model, on=on) for on in extra)
    return tuple(sorted((*found, *added), key=lambda one: one.on))


def _never_less(week: Week, taken: Proposal) -> Week:
    """Lift a later week that would fall behind an extra step."""
    size = taken.load.figure
    behind = size and week.figure and week.figure.value < size.value
    return replace(week, figure=size, text=taken.load.text, sessions=()) if behind else week


def _later(plan: Plan, number: int, taken: Proposal) -> tuple[Week, ...]:
    """Move the ramp back a week where less was taken than planned and no date presses."""
    rest = plan.weeks[number + 1 :]
    if taken.change is Change.EXTRA:
        return tuple(_never_less(week, taken) for week in rest)
    put_off = not taken.change.raises and plan.deadline is None
    if not put_off or any(week.figure is None or week.milestone for week in plan.weeks):
        return rest
    shifted = plan.weeks[number : len(plan.weeks) - 1]
    return tuple(
        replace(week, figure=old.figure, text=old.text, sessions=(), lighter=old.lighter)
        for week, old in zip(rest, shifted, strict=True)
    )
