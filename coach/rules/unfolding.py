"""The sessions of any week: a plan spells out one week, the others follow from their figures.

A week that was spelled out keeps its sessions. Any other has those of the last one before it
that was, on the same weekdays, with its own figure in place of that week's.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from coach.catalogue import Catalogue
from coach.rules import amounts, calendar, defaults, paces
from coach.rules import goal as goals
from coach.rules.goal import Goal
from coach.rules.plans import frame, habit
from coach.values import GoalType, GoalUnderstanding, Plan, Quantity, Session, Week

_UNTIL_EVERY_SECOND_DAY, _UNTIL_ONCE = 2, 4


def sessions(plan: Plan, u: GoalUnderstanding, number: int) -> tuple[Session, ...]:
    """List the sessions of week *number*; a week kept free has none."""
    week = plan.weeks[number - 1]
    if week.sessions:
        return week.sessions
    goal = goals.of(u, plan.weeks[0].start - calendar.DAY)
    if week.text == goal.t("week.buffer"):
        return ()
    if goal.settled.activity.unit == "money":
        return _transfer(plan, week)
    if goal.u.goal_type is GoalType.QUIT and week.figure is None:
        return _without(goal, week)
    return _repeated(goal, plan, week)


def quit_day(plan: Plan, u: GoalUnderstanding) -> date | None:
    """Return the first day without what somebody leaves; None where it goes down in steps."""
    if u.goal_type is not GoalType.QUIT or paces.goes_in_steps(u):
        return None
    goal = goals.of(u, plan.weeks[0].start - calendar.DAY)
    return paces.quit_day(goal.u, goal.settled, goal.today)


def resized(
    found: Iterable[Session], was: Week, now: Week, t: Catalogue, days: int = 0
) -> tuple[Session, ...]:
    """Say the sessions of week *was* again, *days* later, with the figure of week *now*."""
    ratio = _ratio(was.figure, now.figure)
    return tuple(
        _resized(replace(one, on=one.on + timedelta(days=days)), ratio, was, now, t)
        for one in found
    )


def from_week(plan: Plan, u: GoalUnderstanding, number: int) -> Plan:
    """Return the plan from week *number* on, that week spelled out: what is ahead."""
    number = max(1, min(number, len(plan.weeks)))
    first = replace(plan.weeks[number - 1], sessions=sessions(plan, u, number))
    return replace(plan, weeks=(first, *plan.weeks[number:]))


def spelled_out(plan: Plan, u: GoalUnderstanding) -> Plan:
    """Return the plan with the sessions of all its weeks."""
    weeks = (replace(week, sessions=sessions(plan, u, week.number)) for week in plan.weeks)
    return replace(plan, weeks=tuple(weeks))


def _transfer(plan: Plan, week: Week) -> tuple[Session, ...]:
    """Return the transfer of a week in which the sum grows."""
    before = plan.weeks[week.number - 2]
    if week.figure is None or before.figure is None or week.figure.value <= before.figure.value:
        return ()
    pattern = plan.weeks[0]
    on = pattern.sessions[0].on + (week.start - pattern.start)
    return (Session(on, None, None, week.text),)


def _without(goal: Goal, week: Week) -> tuple[Session, ...]:
    """List the days after the quit day on which one looks back: fewer with every stage."""
    quit_day = paces.quit_day(goal.u, goal.settled, goal.today)
    days = [on for on in calendar.dates(week.start, tuple(range(7))) if on >= quit_day]
    after = (week.start - quit_day).days // 7 + 1
    if after > _UNTIL_ONCE:
        days = days[-1:]
    elif after > _UNTIL_EVERY_SECOND_DAY:
        days = days[::2]
    line = goal.t("session.without", action=goal.t(f"activity.{goal.kind}.action"))
    return tuple(Session(on, None, None, line) for on in days)


def _repeated(goal: Goal, plan: Plan, week: Week) -> tuple[Session, ...]:
    before = plan.weeks[: week.number - 1]
    spelled = [one for one in before if one.sessions and not _is_minimum(plan, one)]
    if not spelled:
        return ()
    was = spelled[-1]
    found = was.sessions
    if was.number == 1:
        found = tuple(_more_often(goal, plan, week, was))
    return resized(found, was, week, goal.t, (week.start - was.start).days)


def _is_minimum(plan: Plan, week: Week) -> bool:
    """Tell whether a week asked for the minimum version only: no model for others."""
    return all(session.text == plan.minimum for session in week.sessions)


def _more_often(goal: Goal, plan: Plan, week: Week, was: Week) -> Iterable[Session]:
    """Add the days that a growing habit has by this week; sessions that differ stay as they are."""
    alike = len({(one.text, one.amount) for one in was.sessions}) == 1
    if goal.u.goal_type is not GoalType.HABIT or not alike:
        return was.sessions
    count = habit.often(goal, len(plan.weeks))[week.number - 1]
    if count <= len(was.sessions):
        return was.sessions
    days = calendar.some_of(goal.settled.days, count)
    model = was.sessions[0]
    timed = goal.settled.activity.unit != defaults.CLOCK and model.at is not None
    return (
        replace(model, on=on, at=frame.at(goal, on) if timed else None)
        for on in calendar.dates(was.start, days)
    )


def _ratio(was: Quantity | None, now: Quantity | None) -> float:
    if was is None or now is None or was.unit != now.unit or not was.value:
        return 1.0
    return 1.0 if now.unit == defaults.CLOCK else now.value / was.value


def _resized(one: Session, ratio: float, was: Week, now: Week, t: Catalogue) -> Session:
    if one.amount is None or ratio == 1.0:
        on_the_clock = one.amount is not None and one.amount.unit == defaults.CLOCK
        size = now.figure if on_the_clock else one.amount
        return replace(one, amount=size, text=one.text.replace(was.text, now.text))
    size = Quantity(amounts.rounded(one.amount.value * ratio, one.amount.unit), one.amount.unit)
    said = one.text.replace(amounts.said(one.amount, t), amounts.said(size, t))
    return replace(one, amount=size, text=said)
