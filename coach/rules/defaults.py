"""What a goal comes to once its gaps are filled: sizes, days and times, and which were assumed."""

from dataclasses import dataclass
from datetime import date, time

from coach.rules import activities, amounts, calendar, day_parts, kinds, lexicon, times, wording
from coach.rules.activities import Activity
from coach.values import GoalType, GoalUnderstanding, Quantity

CLOCK = "clock"
_TOTALS = ("week", "month", "year")
_SIZED_BY_SESSION = ("min", "h", "pages", "words", "km", "mi", "chapters", "reps")


@dataclass(frozen=True, slots=True)
class Settled:
    """A goal without gaps. `wish` is one session's (or day's) amount once the plan is through."""

    activity: Activity
    wish: Quantity | None
    per_week: float
    days: tuple[int, ...]
    at: time | None
    deadline: date | None
    weekly: Quantity | None = None  # said as a total of the week: "5 hours a week"
    assumed: tuple[str, ...] = ()  # catalogue keys of what the person did not say

    @property
    def all_day(self) -> bool:
        """Tell whether the goal is about the whole day, not about sessions."""
        return self.wish is not None and amounts.span(self.wish.unit) == "day"

    @property
    def has_a_time(self) -> bool:
        """Tell whether sessions have a time worth saying; sleep and whole days have none."""
        slept = self.activity.unit == CLOCK or self.activity.key == "sleeping"
        return not (slept or self.all_day)


def settle(u: GoalUnderstanding, today: date) -> Settled:
    """Fill every gap with the activity's default."""
    activity = activities.named(kinds.of(u))
    per_week = _per_week(u, activity)
    weekly = _weekly(u)
    wish = _session_of(weekly, per_week) if weekly else u.amount
    if activity.unit == CLOCK:
        wish = _clock(u)
    if wish and amounts.base(wish.unit) == "days":  # how often, not how much
        wish = None
    if wish and activity.key == "greens":  # portions, whatever they were counted as
        wish = Quantity(wish.value, activity.unit)
    return Settled(
        activity=activity,
        wish=wish or _default_amount(activity),
        per_week=per_week,
        days=calendar.days_for(u, per_week),
        at=time_of_day(u, activity),
        deadline=calendar.deadline(u, today),
        weekly=weekly,
        assumed=_assumed(u, weekly),
    )


def _clock(u: GoalUnderstanding) -> Quantity | None:
    """Return the time of day a bedtime goal is about."""
    for said in (u.amount, u.target):
        if said and said.unit == CLOCK:
            return said
    return Quantity(u.at.hour + u.at.minute / 60, CLOCK) if u.at else None


def time_of_day(u: GoalUnderstanding, activity: Activity) -> time | None:
    """Return when a session starts: the time said, the time of the cue, or the usual one."""
    if u.at:
        return u.at
    said = (u.cue or "", wording.part_of_day(u.text, u.language) or "")
    starts = times.starts(u.language)
    found = (at for cue in said for word, at in starts if word in lexicon.bare(cue))
    return next(found, activity.at)


def _per_week(u: GoalUnderstanding, activity: Activity) -> float:
    counted = u.amount is not None and amounts.span(u.amount.unit) in ("month", "year")
    if counted and not amounts.is_money(u.amount.unit if u.amount else ""):
        return max(u.per_week or 0, activity.per_week)  # "3 clients a month" is no day's work
    if u.per_week:
        return u.per_week
    if u.days:
        return float(len(u.days))
    if u.amount and amounts.span(u.amount.unit) == "day":
        return 7.0
    if u.amount and amounts.span(u.amount.unit) == "month" and amounts.is_money(u.amount.unit):
        return 0.25
    if u.goal_type is GoalType.QUIT:
        return 7.0
    if u.amount and u.amount.unit == "per week":  # three notes need no more than three sessions
        return max(1.0, min(activity.per_week, u.amount.value))
    return activity.per_week


def _weekly(u: GoalUnderstanding) -> Quantity | None:
    """Return what was said as a total of a week or month: "5 hours a week", "2 books a month"."""
    if u.amount and amounts.span(u.amount.unit) in _TOTALS and not amounts.is_money(u.amount.unit):
        return u.amount
    if u.amount is None and u.hours_per_week and u.goal_type is not GoalType.QUIT:
        return Quantity(u.hours_per_week, "h/week")
    return None


def _session_of(weekly: Quantity, per_week: float) -> Quantity | None:
    """Share a week's total among its sessions, where that makes sense."""
    thing = amounts.base(weekly.unit)
    if amounts.span(weekly.unit) != "week":
        return None
    if thing not in _SIZED_BY_SESSION:
        return None
    share = weekly.value / max(1.0, per_week)
    if thing == "h":
        return Quantity(amounts.rounded(share * 60, "min"), "min")
    return Quantity(amounts.rounded(share, thing), thing)


def _default_amount(activity: Activity) -> Quantity | None:
    if activity.start is None or amounts.is_money(activity.unit):
        return None
    return Quantity(activity.start, activity.unit)


def _assumed(u: GoalUnderstanding, weekly: Quantity | None) -> tuple[str, ...]:
    gaps = {
        "amount": u.amount is None
        and weekly is None
        and activities.named(kinds.of(u)).unit != CLOCK,
        "frequency": not (u.per_week or u.days or (u.amount and amounts.span(u.amount.unit))),
        "days": not u.days and (u.per_week or 0) < 7,
        "cue": u.cue is None and (u.at is None or day_parts.meant(u) is not None),
        "minimum": u.minimum is None,
    }
    return tuple(key for key, missing in gaps.items() if missing)
