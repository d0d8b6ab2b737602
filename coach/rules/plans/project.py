"""The weeks of a project: units a week where they can be counted, else one finished step a week."""

from dataclasses import replace
from datetime import timedelta
from math import ceil

from coach.catalogue import Catalogue
from coach.rules import amounts, calendar, due_dates, paces, templates
from coach.rules.goal import Goal
from coach.rules.paces import Pace
from coach.rules.plans import frame, outcome
from coach.rules.plans.frame import Frame
from coach.rules.sentences import parts
from coach.rules.sentences import project as sentence
from coach.values import Quantity, Session, Week

_READY_BEFORE = timedelta(days=2)
_SHARE_BEFORE_FIRST_DATE = 0.67
_MOST_STEPS_A_WEEK = 3
_FINISHING = 3  # steps: revised, checked, handed in


def weeks(goal: Goal, plan: Frame) -> tuple[Week, ...]:
    """List the weeks; the first one has its sessions."""
    pace = paces.units(goal.u, goal.settled, goal.today)
    if pace and pace.per_session:
        return _dated(goal, _then_finished(goal, plan, pace, outcome.units(goal, plan, pace)))
    made = [
        frame.week(plan, number, text, text) for number, text in enumerate(_steps(goal, plan), 1)
    ]
    return _dated(goal, (replace(made[0], sessions=_sessions(goal, plan)), *made[1:]))


def _then_finished(goal: Goal, plan: Frame, pace: Pace, made: tuple[Week, ...]) -> tuple[Week, ...]:
    """Give the weeks between the last unit and a later date the finishing steps of the road."""
    counted = ceil(pace.left / pace.per_week)
    free = min(plan.weeks, _weeks_of_work(goal, plan)) - counted
    if len(frame.deadlines(goal)) < 2 or free <= 0:
        return made
    finish = _spread(templates.steps(goal)[-_FINISHING:], _weeks_of_work(goal, plan) - counted)
    later = [
        replace(week, text=text, theme=text, figure=None, milestone=None)
        for week, text in zip(made[counted:], finish, strict=False)
    ]
    return (*made[:counted], *later, *made[counted + len(later) :])


def _sessions(goal: Goal, plan: Frame) -> tuple[Session, ...]:
    t, wish = goal.t, sentence.session_time(goal)
    thing = templates.thing(goal)
    size = Quantity(amounts.rounded(wish.value * goal.u.load, wish.unit), wish.unit)
    line = t("session.project", amount=amounts.said(size, t), thing=thing)
    return frame.sessions(goal, plan, goal.settled.days, line, size)


def _steps(goal: Goal, plan: Frame) -> list[str]:
    """Give each week its step; before the nearer of two dates most of the road is gone."""
    steps = templates.steps(goal)
    road = _weeks_of_work(goal, plan)
    nearer = _weeks_to_first_date(goal, plan)
    if nearer is None or nearer >= road:
        on_the_way = _spread(steps, road)
    else:
        early = max(1, round(len(steps) * _SHARE_BEFORE_FIRST_DATE))
        on_the_way = _spread(steps[:early], nearer) + _spread(steps[early:], road - nearer)
    shown = on_the_way[: plan.weeks]
    if len(shown) > 1 and shown[0] == shown[1]:
        shown[0] = goal.t("week.begin", step=shown[0])
    return shown + [goal.t("week.buffer")] * (plan.weeks - len(shown))


def _weeks_of_work(goal: Goal, plan: Frame) -> int:
    """Count the weeks the whole road takes, those behind the weeks of this plan included."""
    if plan.deadline is None:
        return plan.weeks
    return max(1, plan.left - paces.buffer_weeks(goal.u.goal_type, plan.left))


def _weeks_to_first_date(goal: Goal, plan: Frame) -> int | None:
    dates = frame.deadlines(goal)
    if len(dates) < 2:
        return None
    return max(1, calendar.weeks_between(plan.start, dates[0] - _READY_BEFORE))


def _spread(steps: list[str], weeks: int) -> list[str]:
    """Spread the steps evenly: several in a short week, or one that takes several weeks."""
    most = weeks * _MOST_STEPS_A_WEEK
    if len(steps) > most:  # a near date: the steps that matter most, the finish among them
        steps = [steps[(n + 1) * len(steps) // most - 1] for n in range(most)]
    made: list[str] = []
    for week in range(weeks):
        first, last = week * len(steps) // weeks, (week + 1) * len(steps) // weeks
        made.append("; ".join(steps[first : max(last, first + 1)]))
    return made


def _dated(goal: Goal, made: tuple[Week, ...]) -> tuple[Week, ...]:
    """Name each date in its week."""
    if len(frame.deadlines(goal)) < 2:  # a single date has a line of its own
        return made
    return tuple(replace(week, milestone=_date_in(goal, week) or week.milestone) for week in made)


def _date_in(goal: Goal, week: Week) -> str | None:
    t = goal.t
    for found in due_dates.all_of(goal.u):
        on = calendar.due(found)
        if week.start <= on < week.start + calendar.WEEK:
            day, what = parts.long_date(on, t), due_dates.purpose(goal.u, found)
            return t("milestone.date_for", date=day, what=what) if what else _due(day, t)
    return None


def _due(day: str, t: Catalogue) -> str:
    return t("milestone.date", date=day)
