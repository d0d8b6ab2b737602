"""The course of a plan: how its weeks went so far, what they asked for, and how fast it goes."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from coach.lived import Lived
from coach.rules import calendar, defaults, tally, unfolding
from coach.values import GoalType, GoalUnderstanding, Plan, Quantity
from coach.weeks import KeptWeek, Load, Pace

_COMING = 2
_LATELY = 4  # weeks that say how fast it goes


@dataclass(frozen=True, slots=True)
class Course:
    """A plan under way and how its weeks went: the oldest first, the last is looked back on."""

    plan: Plan
    understanding: GoalUnderstanding
    weeks: tuple[KeptWeek, ...]
    obstacle: str = ""  # the reason that the present obstacle plan answers

    @property
    def number(self) -> int:
        """Return the number of the week that is looked back on."""
        return self.weeks[-1].number

    def load(self, number: int) -> Load:
        """Return what a week of the plan asks for."""
        week, u = self.plan.weeks[number - 1], self.understanding
        sessions = unfolding.sessions(self.plan, u, number)
        clock = week.figure is not None and week.figure.unit == defaults.CLOCK
        limit = u.goal_type is GoalType.QUIT
        return Load(None if clock else week.figure, len(sessions), week.text, limit)

    def coming(self) -> tuple[Load, ...]:
        """Return what the plan has next; the last planned week has nothing behind it."""
        last = min(len(self.plan.weeks), self.number + _COMING)
        return tuple(self.load(number) for number in range(self.number + 1, last + 1))

    def until(self, count: int) -> "Course":
        """Return the course as it was after *count* of its weeks."""
        return replace(self, weeks=self.weeks[:count])


def of(life: Lived, number: int, today: date) -> Course:
    """Gather how the weeks up to one went."""
    weeks = tuple(life.kept_week(n, today) for n in range(1, number + 1))
    return Course(life.plan, life.understanding, weeks, life.understanding.obstacle or "")


def pace(course: Course) -> Pace | None:
    """Compare what is left to a date with what is done a week; only where things are counted."""
    if not _reaches_its_date(course):
        return None
    figures = [week.figure for week in course.plan.weeks if week.figure is not None]
    shares = [tally.of(course.weeks[: n + 1]).share for n in range(len(course.weeks))]
    weeks_left = len(figures) - course.number
    if shares[-1] is None or weeks_left < 1:
        return None
    if (
        len({one.unit for one in figures}) != 1
        or course.plan.weeks[len(figures) - 1].figure is None
    ):
        return None  # only weeks kept free, at the end, may have no figure
    done = [
        (share or 0.0) * figures[week.number - 1].value
        for share, week in zip(shares, course.weeks, strict=True)
    ]
    left = sum(one.value for one in figures) - sum(done)
    told = sum(share is not None for share in shares[-_LATELY:])
    achieved = sum(done[-_LATELY:]) / told
    return Pace(Quantity(left, figures[0].unit), weeks_left, achieved, left / weeks_left)


def _reaches_its_date(course: Course) -> bool:
    """Tell whether the plan's figures add up to the whole by its date."""
    plan = course.plan
    if course.understanding.goal_type is not GoalType.PROJECT or plan.deadline is None:
        return False
    free = timedelta(days=plan.buffer_days)
    return plan.deadline - free <= plan.weeks[-1].start + calendar.WEEK
