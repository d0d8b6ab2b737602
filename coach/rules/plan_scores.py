"""What counts in a plan: that it hangs together, can be done, and leads on."""

from itertools import pairwise

from coach.rules import activities, amounts, kinds, ramp
from coach.rules.activities import Activity
from coach.values import GoalType, GoalUnderstanding, Plan, Quantity, Week

_LEVEL_UNITS = ("clock",)
_USUAL_HOURS = 5.0
_FULL_START, _HIGH_START = 1.1, 1.5
_FOUR_WEEKS = 4


def parts(
    plan: Plan, u: GoalUnderstanding, confidence: int | None
) -> dict[str, tuple[tuple[str, float], ...]]:
    """Return the points of each dimension by what they were given for."""
    activity = activities.named(kinds.of(u))
    feasible = _feasibility(plan, u, activity)
    if confidence is not None:
        most = float(confidence)
        over = max(0.0, sum(points for _, points in feasible) - most)
        feasible = (*feasible, ("confidence", -over)) if over else feasible
    return {
        "coherence": _coherence(plan, u),
        "feasibility": feasible,
        "progressiveness": _progressiveness(plan, u, activity),
    }


def _coherence(plan: Plan, u: GoalUnderstanding) -> tuple[tuple[str, float], ...]:
    units = {week.figure.unit for week in plan.weeks if week.figure}
    return (
        ("same_unit", 3.0 * (len(units) <= 1)),
        ("adds_up", 2.0 * _adds_up(plan.weeks[0])),
        ("reaches", 2.0 * bool(plan.weeks[-1].milestone or plan.weeks[-1].text)),
        ("given_days", 2.0 * _on_given_days(plan, u)),
        ("no_contradiction", 1.0 * _in_order(plan)),
    )


def _adds_up(week: Week) -> bool:
    """Tell whether the sessions are the week's figure each, together, or at the longest."""
    sizes = [s.amount.value for s in week.sessions if s.amount]
    if week.figure is None or not sizes:
        return bool(week.sessions)
    figure = week.figure.value
    return all(size == figure for size in sizes) or figure in (sum(sizes), max(sizes))


def _on_given_days(plan: Plan, u: GoalUnderstanding) -> bool:
    sessions = plan.weeks[0].sessions
    days = not u.days or all(s.on.weekday() in u.days for s in sessions)
    times = not u.at or all(s.at in (None, u.at) for s in sessions)
    return days and times


def _in_order(plan: Plan) -> bool:
    dates = [session.on for session in plan.weeks[0].sessions]
    opens = [week.start for week in plan.weeks]
    before_date = plan.deadline is None or all(on <= plan.deadline for on in dates)
    return dates == sorted(dates) and opens == sorted(opens) and before_date


def _feasibility(
    plan: Plan, u: GoalUnderstanding, activity: Activity
) -> tuple[tuple[str, float], ...]:
    return (
        ("start", _start(plan, u, activity)),
        ("steps", max(0.0, 3.0 - _jumps(plan, activity, u))),
        ("hours", 2.0 * (_hours(plan) <= (u.hours_per_week or _USUAL_HOURS) * 1.05)),
        ("rest", 1.0 * (len(plan.weeks[0].sessions) < 7 or bool(plan.spare_days or _free(u)))),
        ("minimum", 1.0 * bool(plan.minimum)),
    )


def _free(u: GoalUnderstanding) -> bool:
    """Tell whether the goal is no effort to rest from: leaving something, small daily things."""
    return u.goal_type is GoalType.QUIT


def _start(plan: Plan, u: GoalUnderstanding, activity: Activity) -> float:
    """Compare the first week with today's level, or with the usual start when it is unknown."""
    first = plan.weeks[0].figure
    session = next((s.amount for s in plan.weeks[0].sessions if s.amount), None)
    now = u.baseline if u.baseline and u.baseline.value else None
    if u.goal_type is GoalType.QUIT or activity.unit in (*_LEVEL_UNITS, "money"):
        return 3.0
    for size in (first, session):
        level = _level(size, now, activity)
        if size and level:
            ratio = size.value / level
            return 3.0 if ratio <= _FULL_START else 1.0 if ratio <= _HIGH_START else 0.0
    return 3.0


def _level(size: Quantity | None, now: Quantity | None, activity: Activity) -> float | None:
    """Return what the first week is compared with; repetitions differ too much to have a usual."""
    if size is None:
        return None
    if now and amounts.same_thing(now, size):
        return now.value
    unit = amounts.base(size.unit)
    if activity.impact and unit != "reps" and amounts.base(activity.unit) == unit:
        return activity.start
    return None


def _jumps(plan: Plan, activity: Activity, u: GoalUnderstanding) -> int:
    """Count the steps above the cap, from one full week to the next."""
    if u.goal_type is GoalType.QUIT or activity.unit in (*_LEVEL_UNITS, "money"):
        return 0
    full = [week.figure for week in plan.weeks if week.figure and not week.lighter]
    return sum(
        not ramp.allowed(before.value, after.value, activity, before.unit)
        for before, after in pairwise(full)
    )


def _hours(plan: Plan) -> float:
    sizes = [s.amount for s in plan.weeks[0].sessions if s.amount]
    minutes = [q.value * (60 if q.unit == "h" else 1) for q in sizes if q.unit in ("min", "h")]
    return sum(minutes) / 60


def _progressiveness(
    plan: Plan, u: GoalUnderstanding, activity: Activity
) -> tuple[tuple[str, float], ...]:
    full = [week.figure.value for week in plan.weeks if week.figure and not week.lighter]
    down = u.goal_type is GoalType.QUIT
    steady = all(b <= a if down else a <= b for a, b in pairwise(full))
    steady = steady or activity.unit in _LEVEL_UNITS  # a clock turns at midnight
    return (
        ("leads_on", 4.0 * steady),
        ("steps", 3.0 * (_jumps(plan, activity, u) == 0)),
        ("lighter", 2.0 * _consolidates(plan, activity, full)),
        ("arrives", 1.0 * _arrives(plan, u)),
    )


def _consolidates(plan: Plan, activity: Activity, full: list[float]) -> bool:
    level = len(set(full)) <= 1 or not activity.impact
    return len(plan.weeks) < _FOUR_WEEKS or level or any(week.lighter for week in plan.weeks)


def _arrives(plan: Plan, u: GoalUnderstanding) -> bool:
    last = plan.weeks[-1]
    wish = u.amount or u.target
    reached = wish and last.figure and last.figure.value == wish.value
    return bool(last.milestone or reached or last.figure is None)
