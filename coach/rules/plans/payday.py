"""The weeks of saving or paying down: one transfer a payday, and the total so far."""

from dataclasses import replace
from datetime import date

from coach.rules import amounts, paces
from coach.rules.goal import Goal
from coach.rules.plans import frame
from coach.rules.plans.frame import Frame
from coach.values import Quantity, Session, Week

_WEEKS_A_PAYDAY = 4


def weeks(goal: Goal, plan: Frame) -> tuple[Week, ...]:
    """List the weeks with the sum that has come together by then."""
    t = goal.t
    size = paces.transfer(goal.u, goal.settled, goal.today)
    share = paces.money(goal.u, goal.settled, goal.today)
    most = share[1] if share else plan.weeks
    made = [_week(goal, plan, number, size, most) for number in range(1, plan.weeks + 1)]
    line = t(f"session.{goal.settled.activity.key}")
    first = Session(_soon(goal, plan), None, None, line)
    return (replace(made[0], sessions=(first,)), *made[1:])


def _week(goal: Goal, plan: Frame, number: int, size: Quantity | None, most: int) -> Week:
    t = goal.t
    theme = t(f"theme.money.{min(3, 1 + (number - 1) // _WEEKS_A_PAYDAY)}")
    if size is None:
        return frame.week(plan, number, t("week.transfer"), theme)
    every = 1 if goal.u.per_week and goal.u.per_week >= 1 else _WEEKS_A_PAYDAY
    times = min(most, 1 + (number - 1) // every)
    total = Quantity(size.value * times, amounts.base(size.unit))
    text = t("week.total", amount=amounts.short(total, t))
    return frame.week(plan, number, text, theme, total)


def _soon(goal: Goal, plan: Frame) -> date:
    return min(plan.start, plan.deadline or plan.start)
