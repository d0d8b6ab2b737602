"""The weeks of going to bed or getting up: a quarter of an hour a week towards the time."""

from dataclasses import replace

from coach.rules import amounts, wording
from coach.rules.goal import Goal
from coach.rules.plans import frame
from coach.rules.plans.frame import Frame
from coach.rules.sentences import parts
from coach.values import Quantity, Week

_STEP = 0.25
_MOST_EARLIER = 60  # minutes, when nobody said a time
_NOON, _DAY = 12.0, 24.0


def weeks(goal: Goal, plan: Frame) -> tuple[Week, ...]:
    """List the weeks with the time of each."""
    wish, t = goal.settled.wish, goal.t
    behaviour = parts.verb_phrase(goal)
    if wish is None:
        texts = [
            t("week.earlier", n=min(_MOST_EARLIER, 15 * number))
            for number in range(1, plan.weeks + 1)
        ]
        clocks: list[Quantity | None] = [None] * plan.weeks
        plain = wording.patterns(goal.u.language).cut["early"].sub("", behaviour)
        line = t("session.earlier", what=plain)
    else:
        clocks = [Quantity(clock % _DAY, "clock") for clock in _moved(goal, wish, plan.weeks)]
        texts = [amounts.said(clock, t) for clock in clocks if clock]
        line = parts.sized(goal, behaviour, clocks[0])
    made = [
        frame.week(plan, i + 1, texts[i], t(f"theme.bedtime.{min(4, (i + 2) // 2)}"), clocks[i])
        for i in range(plan.weeks)
    ]
    first = frame.sessions(goal, plan, goal.settled.days, line, clocks[0])
    return (replace(made[0], sessions=tuple(replace(s, at=None) for s in first)), *made[1:])


def _moved(goal: Goal, wish: Quantity, weeks: int) -> list[float]:
    """Move the clock from now to the wish; unknown or already there: the wish at once."""
    now = goal.u.baseline
    if now is None or now.unit != "clock":
        return [wish.value] * weeks
    late = goal.kind != "rising"
    begin, end = _on_one_evening(now.value, late), _on_one_evening(wish.value, late)
    step = _STEP if begin > end else -_STEP
    clocks = [begin - step * goal.u.load * week for week in range(1, weeks + 1)]
    return [max(clock, end) if step > 0 else min(clock, end) for clock in clocks]


def _on_one_evening(clock: float, late: bool) -> float:
    return clock + _DAY if late and clock < _NOON else clock
