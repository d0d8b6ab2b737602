"""How fast: what has to be done a week, a payday or a day to arrive in time."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor

from coach.catalogue import Catalogue
from coach.rules import amounts, calendar, slots
from coach.rules.defaults import Settled
from coach.values import GoalType, GoalUnderstanding, Mode, Quantity

# fmt: off
_COUNTABLE = frozenset((
    "words", "pages", "chapters", "books", "articles", "lessons", "videos", "songs", "poems",
    "drawings", "paintings", "applications", "episodes", "photos", "sessions", "exercises",
    "items", "recipes", "courses", "count", "", "km", "mi",
))
# fmt: on
_READ_IN_PARTS = ("books", "courses")  # nobody sits down to a whole one
_PAGES_OF_A_BOOK = 250
_WEEKS_OF = {"week": 1.0, "month": 52 / 12, "year": 52.0}
_SCORED = ("studying", "language", "coding")
PREPARED = (
    "smoking",
    "vaping",
    "cannabis",
)  # leaving these gets a day of its own, after some days of preparing
_PREPARING = timedelta(days=5)
_QUIT_WITHIN = timedelta(days=14)  # a day further off is easily lost sight of


@dataclass(frozen=True, slots=True)
class Pace:
    """Units to get through: in all, a week and a session, with weeks kept free at the end."""

    unit: str
    begun: float
    left: float
    weeks: int
    buffer: int
    per_week: float
    per_session: float | None  # None when a session is less than one unit


def buffer_weeks(goal_type: GoalType | None, weeks: int) -> int:
    """Return how many of the weeks are kept free before a deadline."""
    if goal_type is GoalType.PROJECT:
        return max(1, _half_up(0.15 * weeks)) if weeks >= 4 else 0
    return max(1, _half_up(0.1 * weeks)) if weeks >= 6 else 0


def units(u: GoalUnderstanding, settled: Settled, today: date) -> Pace | None:
    """Share what is left among the weeks; None when nothing can be counted or there is no date."""
    target = u.target
    if target is None or settled.deadline is None or not is_countable(target):
        return None
    if not target.unit and u.activity in _SCORED:  # the score of an exam is no heap of points
        return None
    begun = u.baseline.value if u.baseline and amounts.same_thing(u.baseline, target) else 0.0
    left = target.value - begun
    if left <= 0:
        return None
    weeks = calendar.weeks_between(today, settled.deadline)
    buffer = buffer_weeks(u.goal_type, weeks)
    unit = amounts.base(target.unit)
    needed = left / max(1, weeks - buffer) * u.load
    per_week = amounts.up(needed, unit) if needed >= 1 else round(needed, 1)
    per_session = amounts.up(per_week / len(settled.days), unit)
    whole = unit not in _READ_IN_PARTS
    own = not slots.depends_on_others(u)  # others buy and follow; nobody does that in a session
    fits = whole and own and per_week >= len(settled.days)  # two books a week are no book a session
    return Pace(unit, begun, left, weeks, buffer, per_week, per_session if fits else None)


def pages(u: GoalUnderstanding, settled: Settled, today: date) -> Quantity | None:
    """Return the pages of a session that lead to a number of books, unless a size was said."""
    pace, said = units(u, settled, today), settled.weekly
    if said and amounts.base(said.unit) == "books":
        a_week = said.value / _WEEKS_OF[amounts.span(said.unit)]
    elif pace and pace.unit == "books" and not u.amount and not u.hours_per_week:
        a_week = pace.per_week
    else:
        return None
    a_session = a_week * _PAGES_OF_A_BOOK / len(settled.days)
    return Quantity(max(5.0, 5.0 * round(a_session / 5)), "pages")


def said(pace: Pace, t: Catalogue) -> str:
    """Say the pace of a week or month: "2,550 words a week to be done in time"."""
    if pace.per_week < 1:
        a_month = Quantity(max(1.0, _half_up(pace.per_week * _WEEKS_OF["month"])), pace.unit)
        return t("added.pace_month", amount=amounts.said(a_month, t))
    return t("added.pace", amount=amounts.said(Quantity(pace.per_week, pace.unit), t))


def is_countable(target: Quantity) -> bool:
    """Tell whether a target is a number of things to get through."""
    return amounts.base(target.unit) in _COUNTABLE


def money(u: GoalUnderstanding, settled: Settled, today: date) -> tuple[Quantity, int] | None:
    """Return the sum of one payday and how many paydays are left to the date."""
    if u.target is None or settled.deadline is None or not amounts.is_money(u.target.unit):
        return None
    if amounts.span(u.target.unit):
        return None
    begun = u.baseline.value if u.baseline and amounts.same_thing(u.baseline, u.target) else 0.0
    # What is still owed is the rest itself; what is saved already comes off the target.
    left = begun if u.activity == "debt" and begun else u.target.value - begun
    if left <= 0:
        return None
    weekly = u.per_week is not None and u.per_week >= 1
    times = (
        max(1, calendar.weeks_between(today, settled.deadline))
        if weekly
        else calendar.months_between(today, settled.deadline)
    )
    return Quantity(amounts.up(left / times, u.target.unit), amounts.base(u.target.unit)), times


def transfer(u: GoalUnderstanding, settled: Settled, today: date) -> Quantity | None:
    """Return the sum of one transfer: worked out, or as the person said it."""
    share = money(u, settled, today)
    said = u.amount or (u.target if u.target and amounts.span(u.target.unit) else None)
    if share or said is None or not amounts.is_money(said.unit):
        return share[0] if share else None
    return Quantity(said.value, amounts.base(said.unit))


def quit_day(u: GoalUnderstanding, settled: Settled, today: date) -> date:
    """Return the first day without: the one named, a near Monday to prepare for, or tomorrow."""
    first = calendar.first_day(u, today)
    if settled.activity.key not in PREPARED:
        return first
    if named := _named_day(u, settled, today):
        return named
    ready = max(first, today + _PREPARING)
    return ready + timedelta(days=-ready.weekday() % 7)


def _named_day(u: GoalUnderstanding, settled: Settled, today: date) -> date | None:
    """Return the day somebody chose to stop; "by New Year" leaves the day to us, and soon."""
    on = settled.deadline
    if on is None or u.deadline is None or calendar.ends_a_span(u.deadline):
        return None
    return on if on - today <= _QUIT_WITHIN or not calendar.is_bound(u) else None


def goes_in_steps(u: GoalUnderstanding) -> bool:
    """Tell whether somebody leaves in steps: they said so, or they want less and not nothing."""
    if u.mode:
        return u.mode is Mode.STEPS
    return u.target is not None and u.target.value > 0


def way_down(u: GoalUnderstanding) -> list[Quantity] | None:
    """Return the most of each week on the way down; None when no figure is known."""
    end = u.target or u.amount
    start = _in_minutes(u.baseline, end)
    if start is None:
        return [end] if end and end.value else None
    aim = _in_unit_of(end, start) if end else 0.0
    if aim is None or start.value <= aim:
        return [end] if end and end.value else None
    steps = (
        smoking_caps(start.value) if u.activity == "smoking" and not aim else caps(start.value, aim)
    )
    return [
        Quantity(max(aim, amounts.rounded(cap, start.unit) if cap else 0.0), start.unit)
        for cap in steps
    ]


def _in_minutes(now: Quantity | None, end: Quantity | None) -> Quantity | None:
    """Return where things are now, counted as finely as the end: 3 hours down to 45 minutes."""
    finer = now and end and amounts.base(now.unit) == "h" and amounts.base(end.unit) == "min"
    if now is None or not finer:
        return now
    return Quantity(now.value * 60, now.unit.replace("h", "min", 1))


def _in_unit_of(wanted: Quantity, start: Quantity) -> float | None:
    """Convert hours and minutes into each other; None when the two cannot be compared."""
    factor = {("h", "min"): 60.0, ("min", "h"): 1 / 60}
    units = (amounts.base(wanted.unit), amounts.base(start.unit))
    if units[0] == units[1] or "times" in units or "count" in units:
        return wanted.value
    return wanted.value * factor[units] if units in factor else None


def caps(start: float, target: float, weeks: int | None = None) -> list[float]:
    """Return the most of each week on the way down from *start* to *target*."""
    count = weeks or min(6, max(2, ceil((start - target) / max(1, _half_up(0.2 * start)))))
    return [float(_half_up(start - k * (start - target) / count)) for k in range(1, count + 1)]


def smoking_caps(start: float) -> list[float]:
    """Go to a quarter within two weeks; the quit day follows."""
    quarter = float(_half_up(start / 4))
    return [float(_half_up(start - (start - quarter) / 2)), quarter]


def _half_up(value: float) -> int:
    return floor(value + 0.5)
