"""The weeks of a project: units a week where they can be counted, else one finished step a week."""

from dataclasses import replace
from datetime import date, timedelta

from coach.rules import amounts, calendar, paces, templates
from coach.rules.goal import Goal
from coach.rules.plans import frame, outcome
from coach.rules.plans.frame import Frame
from coach.rules.sentences import parts
from coach.rules.sentences import project as sentence
from coach.values import Quantity, Session, Week

_READY_BEFORE = timedelta(days=2)
_SHARE_BEFORE_FIRST_DATE = 0.67
_MOST_STEPS_A_WEEK = 3


def weeks(goal: Goal, plan: Frame) -> tuple[Week, ...]:
    """List the weeks; the first one has its sessions."""
    pace = paces.units(goal.u, goal.settled, goal.today)
    if pace and pace.per_session:
        return _dated(goal, outcome.units(goal, plan, pace))
    made = [
        frame.week(plan, number, text, text) for number, text in enumerate(_steps(goal, plan), 1)
    ]
    return _dated(goal, (replace(made[0], sessions=_sessions(goal, plan)), *made[1:]))


def _sessions(goal: Goal, plan: Frame) -> tuple[Session, ...]:
    t, wish = goal.t, sentence.session_time(goal)
    thing = templates.thing(goal)
    size = Quantity(amounts.rounded(wish.value * goal.u.load, wish.unit), wish.unit)
    line = t("session.project", amount=amounts.said(size, t), thing=thing)
    return frame.sessions(goal, plan, goal.settled.days, line, size)


def _steps(goal: Goal, plan: Frame) -> list[str]:
    """Give each week its step; before the nearer of two dates most of the road is gone."""
    steps = templates.steps(goal)
    free = [goal.t("week.buffer")] * max(0, plan.weeks - plan.work)
    work = plan.weeks - len(free)
    nearer = _weeks_to_first_date(goal, plan)
    if nearer is None or nearer >= work:
        return _spread(goal, steps, work) + free
    early = max(1, round(len(steps) * _SHARE_BEFORE_FIRST_DATE))
    return _spread(goal, steps[:early], nearer) + _spread(goal, steps[early:], work - nearer) + free


def _weeks_to_first_date(goal: Goal, plan: Frame) -> int | None:
    dates = frame.deadlines(goal)
    if len(dates) < 2:
        return None
    return max(1, calendar.weeks_between(plan.start, dates[0] - _READY_BEFORE))


def _spread(goal: Goal, steps: list[str], weeks: int) -> list[str]:
    """Spread the steps evenly: several in a short week, or one that takes several weeks."""
    most = weeks * _MOST_STEPS_A_WEEK
    if len(steps) > most:  # a near date: the steps that matter most, the finish among them
        steps = [steps[(n + 1) * len(steps) // most - 1] for n in range(most)]
    made: list[str] = []
    for week in range(weeks):
        first, last = week * len(steps) // weeks, (week + 1) * len(steps) // weeks
        if first < last:
            made.append("; ".join(steps[first:last]))
        else:
            begin = goal.t("week.begin", step=steps[min(first, len(steps) - 1)])
            made.append(goal.t("week.go_on") if made else begin)
    return made


def _dated(goal: Goal, made: tuple[Week, ...]) -> tuple[Week, ...]:
    """Name each date in its week."""
    dates = frame.deadlines(goal)
    return tuple(
        replace(week, milestone=_date_in(goal, week, dates) or week.milestone) for week in made
    )


def _date_in(goal: Goal, week: Week, dates: list[date]) -> str | None:
    due = [on for on in dates if week.start <= on < week.start + calendar.WEEK]
    if not due:
        return None
    return goal.t("milestone.date", date=parts.long_date(due[0], goal.t))
