"""The weeks of leaving something: ready, without, steady; or down in steps."""

from dataclasses import replace
from datetime import date

from coach.rules import calendar, paces, things
from coach.rules.goal import Goal
from coach.rules.plans import frame
from coach.rules.plans.frame import Frame
from coach.rules.sentences import parts
from coach.values import Quantity, Session, Week

_FEWEST_WEEKS = 4
_UNTIL_EVERY_SECOND_DAY, _UNTIL_WEEKLY = 2, 4


def weeks(goal: Goal, plan: Frame) -> tuple[Week, ...]:
    """List the weeks; the first one has its days."""
    way = paces.way_down(goal.u) if paces.goes_in_steps(goal.u) else None
    return _steps(goal, plan, way) if way else _without(goal, plan)


def _steps(goal: Goal, plan: Frame, way: list[Quantity]) -> tuple[Week, ...]:
    """Take one step a week, then stay there."""
    t = goal.t
    count = max(_FEWEST_WEEKS, len(way)) if plan.deadline is None else plan.weeks
    shown = [way[min(i, len(way) - 1)] for i in range(count)]
    if goal.settled.activity.key in paces.PREPARED and not goal.u.target:
        shown = [*way, *[Quantity(0, way[-1].unit)] * max(0, count - len(way))]
    made: list[Week] = []
    for number, most in enumerate(shown, 1):
        text = _at_most(goal, most)
        theme = t("theme.step" if 1 < len(way) >= number else "theme.stay")
        made.append(frame.week(plan, number, text, theme, most))
    line = t("session.step", most=_at_most(goal, shown[0]), action=_action(goal))
    first = frame.sessions(goal, plan, goal.settled.days, line)
    return (replace(made[0], sessions=_all_day(first)), *made[1:])


def _at_most(goal: Goal, most: Quantity) -> str:
    if not most.value:
        return goal.t("week.none")
    return goal.t("week.most", most=things.a_day(goal.u, goal.kind, most, goal.t))


def _without(goal: Goal, plan: Frame) -> tuple[Week, ...]:
    quit_day = paces.quit_day(goal.u, goal.settled, goal.today)
    made = [_week(goal, plan, number, quit_day) for number in range(1, plan.weeks + 1)]
    if quit_day > plan.start:
        first = _getting_ready(goal, plan, quit_day)
    else:
        line = goal.t("session.without", action=_action(goal))
        first = _all_day(frame.sessions(goal, plan, goal.settled.days, line))
    return (replace(made[0], sessions=first), *made[1:])


def _week(goal: Goal, plan: Frame, number: int, quit_day: date) -> Week:
    t, opens = goal.t, plan.opens(number)
    after = (opens - quit_day).days // 7 + 1
    if opens + calendar.WEEK <= quit_day:
        return frame.week(plan, number, t("week.ready"), t("theme.ready"))
    if opens < quit_day:
        text = t("week.ready_until", date=parts.long_date(quit_day, t))
        return frame.week(plan, number, text, t("theme.ready"))
    stage = 1 + (after > _UNTIL_EVERY_SECOND_DAY) + (after > _UNTIL_WEEKLY)
    return frame.week(plan, number, t(f"week.without.{stage}"), t(f"theme.without.{stage}"))


def _getting_ready(goal: Goal, plan: Frame, quit_day: date) -> tuple[Session, ...]:
    """Prepare one thing a day before the quit day."""
    t = goal.t
    days = [day for day in calendar.dates(plan.start, tuple(range(7))) if day <= quit_day]
    tasks = [t(key) for key in t.variants("session.ready")]
    ready = [Session(on, None, None, task) for on, task in zip(days, tasks, strict=False)]
    if days[-1] == quit_day:
        ready = [session for session in ready if session.on < quit_day]
        ready.append(Session(quit_day, None, None, t("session.quit_day", action=_action(goal))))
    return tuple(ready)


def _action(goal: Goal) -> str:
    return goal.t(f"activity.{goal.kind}.action")


def _all_day(sessions: tuple[Session, ...]) -> tuple[Session, ...]:
    return tuple(replace(session, at=None) for session in sessions)
