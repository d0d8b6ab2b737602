"""Paces that only some keep up: said plainly, with three ways out that stay the person's choice."""

from collections.abc import Iterable
from dataclasses import replace

from coach.rules import amounts, paces, weights
from coach.rules.goal import Goal
from coach.rules.plans import habit, outcome
from coach.values import Quantity, Week

_MOST = 1.3  # of a credible pace
_A_WEEK = {"pages": 70.0, "words": 5000.0}
_LOOK_AFTER = 3  # weeks
_A_MONTH = 52 / 12


def note(goal: Goal, left: int) -> str | None:
    """Offer more time, less of it, or a try, when *left* weeks need far more than is credible."""
    ways = _weight(goal, left), _counted(goal), _money(goal), _repetitions(goal, left)
    said = next((one for one in ways if one), None)
    return f"{said} {goal.t('steep.ways')}" if said else None


def looked_at(weeks: Iterable[Week], goal: Goal) -> tuple[Week, ...]:
    """Put a look at the pace into the third week."""
    look = goal.t("steep.look")
    return tuple(
        replace(week, milestone=look) if week.number == _LOOK_AFTER else week for week in weeks
    )


def _weight(goal: Goal, left: int) -> str | None:
    change = weights.of(goal.u)
    if change is None or goal.settled.deadline is None:
        return None
    whole = max(1, left - paces.buffer_weeks(goal.u.goal_type, left))
    if change.size / whole <= _MOST * change.a_week:
        return None
    reached = amounts.rounded(whole * change.a_week, change.unit)
    return goal.t("steep.weight", amount=amounts.said(Quantity(reached, change.unit), goal.t))


def _counted(goal: Goal) -> str | None:
    pace = paces.units(goal.u, goal.settled, goal.today)
    usual = _A_WEEK.get(pace.unit) if pace else None
    if pace is None or usual is None or pace.per_week <= _MOST * usual:
        return None
    needed, common = Quantity(pace.per_week, pace.unit), Quantity(usual, pace.unit)
    return goal.t(
        "steep.units", needed=amounts.said(needed, goal.t), usual=amounts.said(common, goal.t)
    )


def _money(goal: Goal) -> str | None:
    """Compare the share of a payday with what the person said they can put aside."""
    share, own = paces.money(goal.u, goal.settled, goal.today), goal.u.amount
    if share is None or own is None or not amounts.same_thing(own, share[0]):
        return None
    weekly = goal.u.per_week is not None and goal.u.per_week >= 1
    by_week = amounts.span(own.unit) == "week"
    mine = own.value * (1 if weekly == by_week else _A_MONTH if by_week else 1 / _A_MONTH)
    if share[0].value <= _MOST * mine:
        return None
    return goal.t(
        "steep.money", needed=amounts.said(share[0], goal.t), own=amounts.said(own, goal.t)
    )


def _repetitions(goal: Goal, left: int) -> str | None:
    """Compare the repetitions wished with those that comfortable steps lead to."""
    aim = outcome.repetitions(goal)
    if aim is None or goal.settled.deadline is None:
        return None
    whole = max(1, left - paces.buffer_weeks(goal.u.goal_type, left))
    reached = max(one.value for one in habit.grown(goal, aim, whole, 0))
    if reached * _MOST >= aim.value:
        return None
    return goal.t("steep.reps", amount=amounts.said(Quantity(reached, aim.unit), goal.t))
