"""The weeks of a habit: more often first, then more, then steady."""

from dataclasses import replace

from coach.rules import amounts, calendar, ramp
from coach.rules.goal import Goal
from coach.rules.plans import bedtime, frame, payday
from coach.rules.plans.frame import Frame
from coach.rules.sentences import parts
from coach.values import Quantity, Slot, Week

_EASY_SHARE = 0.6
_FEWEST = 2
_EVERY_DAY = 7
_THEMES = 4


def weeks(goal: Goal, plan: Frame) -> tuple[Week, ...]:
    """List the weeks; the first one has its sessions."""
    if goal.settled.activity.unit == "money":
        return payday.weeks(goal, plan)
    if goal.settled.activity.unit == "clock":
        return bedtime.weeks(goal, plan)
    return of_amount(goal, plan, parts.session_amount(goal), parts.verb_phrase(goal))


def of_amount(goal: Goal, plan: Frame, wish: Quantity | None, behaviour: str) -> tuple[Week, ...]:
    """List the weeks of sessions that grow towards *wish*."""
    counts = often(goal, plan.weeks)
    rising = sum(count < counts[-1] for count in counts)
    sizes = grown(goal, wish, plan.weeks, rising) if wish else [None] * plan.weeks
    every = round(1 / goal.settled.per_week) if goal.settled.per_week < 1 else 1
    made = [
        _week(goal, plan, i + 1, counts[i], sizes[i])
        if i % every == 0
        else _free(goal, plan, i + 1)
        for i in range(plan.weeks)
    ]
    days = calendar.some_of(goal.settled.days, counts[0])
    text = parts.sized(goal, behaviour, sizes[0])
    first = frame.sessions(goal, plan, days, text, sizes[0])
    return (replace(made[0], sessions=first), *made[1:])


def _free(goal: Goal, plan: Frame, number: int) -> Week:
    """Make a week in which nothing is due, of what is done every few weeks."""
    theme = goal.t(f"theme.habit.{theme_of(number)}")
    return frame.week(plan, number, goal.t("week.free"), theme)


def _week(goal: Goal, plan: Frame, number: int, count: int, size: Quantity | None) -> Week:
    t = goal.t
    lighter = size is not None and _is_lighter(goal, plan, number, size)
    theme = t("theme.lighter") if lighter else t(f"theme.habit.{theme_of(number)}")
    if size is None:
        text = t.n("week.times", count)
    elif goal.settled.all_day:
        text = amounts.short(size, t)
    else:
        text = t("week.sessions", count=count, amount=parts.short_size(goal, size))
    return replace(frame.week(plan, number, text, theme, size), lighter=lighter)


def _is_lighter(goal: Goal, plan: Frame, number: int, size: Quantity) -> bool:
    """Tell whether the week is lighter than what it grew to; a level plan has none."""
    rest = ramp.is_lighter(number, plan.weeks, goal.settled.activity)
    wish = goal.settled.wish
    return rest and wish is not None and first_amount(goal, wish) < size.value < wish.value


def theme_of(number: int) -> int:
    """Return which theme a week has: two weeks each, the last one stays."""
    return min(_THEMES, (number + 1) // 2)


def often(goal: Goal, weeks: int) -> list[int]:
    """List how many sessions each week has; days the person chose are kept from the start."""
    wish = len(goal.settled.days)
    named = bool(goal.u.days) or (goal.u.per_week or 0) >= _EVERY_DAY
    if named or goal.settled.all_day or not _has_to_grow(goal):
        return [wish] * weeks
    start = min(wish, max(_FEWEST, round(_EASY_SHARE * wish)))
    return [min(wish, start + week) for week in range(weeks)]


def grown(goal: Goal, wish: Quantity, weeks: int, hold: int) -> list[Quantity]:
    """List the amount of a session in each week."""
    unit = amounts.base(wish.unit)
    begin = first_amount(goal, wish)
    if begin > wish.value:  # cannot rise: the wish is the most of every week
        begin = wish.value
    figures = ramp.ramp(begin, wish.value, weeks, goal.settled.activity, unit, hold)
    if begin == wish.value:
        figures = [wish.value] * weeks
    return [Quantity(value, unit) for value in figures]


def first_amount(goal: Goal, wish: Quantity) -> float:
    """Return the amount of the first week: today's level, or an easy share of the wish."""
    unit = amounts.base(wish.unit)
    now, load = goal.u.baseline, goal.u.load
    if now and now.value and amounts.same_thing(now, wish):
        begin = min(now.value, wish.value)
    elif _has_to_grow(goal):
        begin = min(_EASY_SHARE * wish.value, _usual(goal, unit) or wish.value)
    else:
        begin = wish.value
    exact = begin == wish.value and load >= 1
    return wish.value if exact else min(wish.value, amounts.rounded(begin * load, unit))


def _usual(goal: Goal, unit: str) -> float | None:
    activity = goal.settled.activity
    # Repetitions differ too much between people: only the wish itself is a measure.
    same = amounts.base(activity.unit) == unit and unit != "reps"
    return activity.start if same else None


def _has_to_grow(goal: Goal) -> bool:
    """Tell whether the start has to lie below the wish."""
    now, wish = goal.u.baseline, goal.settled.wish
    if Slot.AMOUNT in goal.u.asked and Slot.AMOUNT not in goal.u.chosen_for_me and not now:
        return False  # that was asked as "what would feel easy"
    if now and amounts.same_thing(now, wish):
        return wish is not None and now.value < wish.value
    return goal.settled.activity.impact and goal.u.amount is not None
