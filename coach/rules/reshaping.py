"""Another shape of the same plan: easier, harder, fewer days, shorter, later, or the minimum.

A wish about the plan changes what is known of the goal; the plan is then built anew.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from coach.rules import amounts, calendar, defaults
from coach.values import GoalType, GoalUnderstanding, Quantity

_EASIER, _HARDER = 0.7, 1.2
_LEAST, _MOST = 0.2, 2.0
_LATER = timedelta(days=7)

Change = Callable[[GoalUnderstanding, date], GoalUnderstanding]


class UnknownShapeError(ValueError):
    """Nobody knows this way to reshape a plan; our fault."""

    def __init__(self, how: str) -> None:
        super().__init__(how)
        self.how = how


def reshape(u: GoalUnderstanding, how: str, today: date) -> GoalUnderstanding:
    """Change what is known so that the next plan has the wished shape."""
    if how not in _SHAPES:
        raise UnknownShapeError(how)
    return _SHAPES[how](u, today)


def _easier(u: GoalUnderstanding, today: date) -> GoalUnderstanding:
    return replace(u, load=max(_LEAST, round(u.load * _EASIER, 3)))


def _harder(u: GoalUnderstanding, today: date) -> GoalUnderstanding:
    """Start higher; a start that is the wish already takes the wish along."""
    settled = defaults.settle(u, today)
    wish = settled.wish
    level = not settled.activity.impact or u.baseline is not None
    if u.load >= 1 and wish and wish.unit != defaults.CLOCK and level:
        thing = amounts.base(wish.unit)
        more = max(wish.value + amounts.one(thing), wish.value * _HARDER)
        return replace(u, amount=Quantity(amounts.rounded(more, thing), wish.unit))
    return replace(u, load=min(_MOST, round(u.load * _HARDER, 3)))


def _fewer_days(u: GoalUnderstanding, today: date) -> GoalUnderstanding:
    settled = defaults.settle(u, today)
    count = max(1, len(settled.days) - 1)
    days = calendar.some_of(u.days, count) if u.days else ()
    return replace(u, per_week=float(count), days=days)


def _shorter(u: GoalUnderstanding, today: date) -> GoalUnderstanding:
    """Make a session smaller; never below the smallest amount that can be said."""
    wish = defaults.settle(u, today).wish
    if wish is None or wish.unit == defaults.CLOCK or u.goal_type is GoalType.QUIT:
        return _easier(u, today)
    thing = amounts.base(wish.unit)
    less = amounts.rounded(wish.value * _EASIER, thing)
    size = less if less < wish.value else max(amounts.grain(0, thing), wish.value - 1)
    span = "" if u.hours_per_week and u.amount is None else wish.unit[len(thing) :]
    return replace(u, amount=Quantity(size, f"{thing}{span}"), hours_per_week=None)


def _later(u: GoalUnderstanding, today: date) -> GoalUnderstanding:
    return replace(u, start=calendar.first_day(u, today) + _LATER)


def _minimum(u: GoalUnderstanding, today: date) -> GoalUnderstanding:
    return replace(u, load=_LEAST)


_SHAPES: dict[str, Change] = {
    "easier": _easier,
    "harder": _harder,
    "fewer_days": _fewer_days,
    "shorter": _shorter,
    "later": _later,
    "minimum": _minimum,
}
