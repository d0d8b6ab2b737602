"""The frame of a plan: when it starts, how many weeks it has, and what is kept free at its end."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from coach.rules import amounts, calendar, due_dates, paces
from coach.rules.goal import Goal
from coach.values import GoalType, Quantity, Session, Week

LONGEST = 12
_SHORT_BUFFER = timedelta(days=2)  # before a date that is too near for a free week
_OPEN_WEEKS = {GoalType.PROJECT: 6}
_OPEN_WEEKS_OTHERWISE = 8
_AFTER_QUIT_DAY = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """The calendar of a plan. The first `work` weeks carry the work; `left` counts to the date."""

    start: date
    weeks: int
    work: int
    left: int
    deadline: date | None

    def opens(self, number: int) -> date:
        """Return the first day of a week."""
        return self.start + (number - 1) * calendar.WEEK


def of(goal: Goal) -> Frame:
    """Lay out the weeks from the first day to the date, or to the review."""
    start = calendar.first_day(goal.u, goal.today)
    ends = last_deadline(goal)
    if ends is None or _is_quit_day(goal):
        weeks = _OPEN_WEEKS.get(goal.u.goal_type or GoalType.HABIT, _OPEN_WEEKS_OTHERWISE)
        if ends:  # a quit day: the weeks after it are what the plan is for
            last = paces.quit_day(goal.u, goal.settled, goal.today)
            weeks = min(LONGEST, max(weeks, calendar.weeks_between(start, last) + _AFTER_QUIT_DAY))
        return Frame(start, weeks, weeks, weeks, None)
    start = min(start, ends)
    left = calendar.weeks_between(goal.today, ends)
    shown = -(-((ends - start).days + 1) // 7)  # a begun week is a week
    buffer = paces.buffer_weeks(goal.u.goal_type, left)
    whole = max(1, left - buffer)
    return Frame(start, min(LONGEST, shown), min(LONGEST, whole), left, ends)


def _is_quit_day(goal: Goal) -> bool:
    """Tell whether the date is the first day without, and not the last day of the plan."""
    prepared = goal.settled.activity.key in paces.PREPARED
    return prepared and goal.u.deadline is not None and not calendar.ends_a_span(goal.u.deadline)


def last_deadline(goal: Goal) -> date | None:
    """Return the last date of the goal that still lies ahead."""
    ahead = [on for on in deadlines(goal) if on > goal.today]
    return max(ahead) if ahead else None


def deadlines(goal: Goal) -> list[date]:
    """List the dates of the goal, the nearest first."""
    later = [calendar.due(found) for found in due_dates.later(goal.u)]
    own = [goal.settled.deadline] if goal.settled.deadline else []
    return sorted({*own, *later})


def buffer_days(goal: Goal, frame: Frame) -> int:
    """Return how many days before the date are kept free."""
    kept = goal.u.goal_type in (GoalType.PROJECT, GoalType.OUTCOME)
    if frame.deadline is None or not kept or goal.settled.activity.unit == "money":
        return 0
    weeks = paces.buffer_weeks(goal.u.goal_type, frame.left)
    if weeks or goal.u.goal_type is GoalType.OUTCOME:
        return 7 * weeks
    return min(_SHORT_BUFFER.days, max(0, (frame.deadline - frame.start).days))


def last_day(goal: Goal, frame: Frame) -> date | None:
    """Return the last day for sessions, before the days kept free."""
    if frame.deadline is None:
        return None
    return frame.deadline - timedelta(days=buffer_days(goal, frame))


def week(frame: Frame, number: int, text: str, theme: str, figure: Quantity | None = None) -> Week:
    """Make a week without sessions."""
    return Week(number, frame.opens(number), theme, figure, text)


def sessions(
    goal: Goal, frame: Frame, days: tuple[int, ...], text: str, amount: Quantity | None = None
) -> tuple[Session, ...]:
    """Lay equal sessions on the days of the first week; never none."""
    until = last_day(goal, frame)
    on = calendar.dates(frame.start, days, until)
    if not goal.u.days and until and until < frame.start + calendar.WEEK:
        free = calendar.dates(frame.start, tuple(range(7)), until)  # a near date: every day counts
        on = list(calendar.some_of(tuple(free), len(days)))
    on = on or [frame.start]
    return tuple(Session(day, at(goal, day), amount, text) for day in on)


def at(goal: Goal, on: date) -> time | None:
    """Return the time of a session on a day; None for what lasts all day."""
    if goal.settled.all_day:
        return None
    return calendar.time_on(on, goal.settled.at, goal.u.cue)


def figure(value: float, unit: str) -> Quantity:
    """Make a figure of a unit's thing."""
    return Quantity(value, amounts.base(unit))
