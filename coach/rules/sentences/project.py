"""The line of a project: what gets finished, by when, and the work it takes."""

from coach import formats
from coach.rules import amounts, calendar, due_dates, languages, paces, phrases, templates
from coach.rules.goal import Goal
from coach.rules.sentences.parts import Sentence, by_date, joined, long_date, when
from coach.values import Quantity

_HALF_AN_HOUR = 30.0


def write(goal: Goal) -> Sentence:
    """Say what gets finished and the work of a week."""
    u, t, settled = goal.u, goal.t, goal.settled
    pace = paces.units(u, settled, goal.today)
    sized = Quantity(pace.per_session, pace.unit) if pace and pace.per_session else None
    size = sized or session_time(goal)
    own = languages.is_in(u.text, u.language)
    named = templates.named(goal) if own else phrases.aim(u, t)
    by = t("target.by", what=named, date=_dates(goal)) if settled.deadline else named
    line = t(
        "line.project" if own else "line.project.foreign",
        what=by,
        how=joined(*_work(goal, size, sized is None), *when(goal)),
    )
    added = (paces.said(pace, t),) if pace else ()
    return Sentence(line, _measure(goal, sized), _begun(goal), size, added)


def session_time(goal: Goal) -> Quantity:
    """Return how long a session is: as said, or the activity's time, or half an hour."""
    wish = goal.settled.wish
    if wish and amounts.base(wish.unit) in amounts.DURATIONS:
        return wish
    return Quantity(_HALF_AN_HOUR, "min")


def _dates(goal: Goal) -> str:
    t, u = goal.t, goal.u
    days = [by_date(goal, on) for on in (goal.settled.deadline,) if on]
    days += [long_date(calendar.due(found), t) for found in due_dates.later(u)]
    if len(days) == 1:
        return days[0]
    purposes = [due_dates.purpose(u, found) for found in due_dates.all_of(u)]
    named = [
        t("date.for", date=day, what=what) if what else day
        for day, what in zip(days, purposes, strict=False)
    ]
    return formats.listed(named, t.language)


def _work(goal: Goal, size: Quantity | None, by_time: bool) -> list[str]:
    u, t, settled = goal.u, goal.t, goal.settled
    if settled.weekly and by_time:
        count = len(settled.days)
        return [amounts.said(settled.weekly, t), t.n("often.sessions", count, count=count)]
    often = phrases.how_often(u, settled.per_week, t)
    return [amounts.said(size, t), often] if size else [often]


def _measure(goal: Goal, sized: Quantity | None) -> str:
    t = goal.t
    if goal.u.scope:
        return t("measure.scope", scope=goal.u.scope)
    return t("measure.units", amount=amounts.said(sized, t)) if sized else t("measure.step")


def _begun(goal: Goal) -> str | None:
    u, t = goal.u, goal.t
    if not u.target:
        return None
    if not u.baseline or not u.baseline.value:
        return t("target.plain", amount=amounts.said(u.target, t))
    return t("target.now", what=amounts.said(u.target, t), now=amounts.said(u.baseline, t))
