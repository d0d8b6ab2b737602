"""The weekly review: what worked, what got in the way, and what the next week could be."""

from dataclasses import dataclass
from datetime import timedelta

from coach import formats
from coach.catalogue import Catalogue, texts
from coach.rules import adaptation, amounts, calendar, defaults, reasons, tally, unfolding
from coach.rules.tally import Tally
from coach.values import GoalType, GoalUnderstanding, Plan, Progress, Quantity
from coach.weeks import (
    AskedInReview,
    Change,
    DayState,
    KeptWeek,
    Load,
    ObstaclePlan,
    Pace,
    Review,
)

_OFTEN = 2
_TWO_WEEKS = 2
_COMING = 2


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


def look_back(course: Course, progress: Progress, warn: bool = True) -> Review:
    """Review the last week; *warn* of a date at risk only if that was not said before."""
    t, weeks = texts(progress.language), course.weeks
    counted = tally.of(weeks)
    now = course.load(course.number)
    proposal = adaptation.propose(weeks, now, course.coming(), course.plan.minimum, t)
    pace = _pace(course) if warn else None
    asks = adaptation.asks(weeks, proposal.change, pace)
    obstacle = _obstacle(course, progress)
    worked, in_the_way = _worked(weeks, t), _in_the_way(weeks, t)
    at_risk = _at_risk(pace, t) if pace and asks is AskedInReview.AT_RISK else ""
    lines = (
        _head(course.number, counted, t),
        worked,
        in_the_way,
        _proposed(course.number + 1, proposal.change, proposal.load, t),
        t("review.if_then", when=obstacle.when, then=obstacle.then) if obstacle else "",
        at_risk,
    )
    return Review(
        number=course.number,
        done=counted.done,
        small=counted.small,
        planned=counted.planned,
        spare=counted.spare,
        share=counted.share,
        proposal=proposal,
        worked=worked,
        in_the_way=in_the_way,
        obstacle=obstacle,
        asks=asks,
        at_risk=at_risk,
        lines=tuple(line for line in lines if line),
    )


def _head(number: int, counted: Tally, t: Catalogue) -> str:
    small = t("review.small", n=counted.small) if counted.small else ""
    spare = t("review.spare", n=counted.spare) if counted.spare else ""
    extras = ", ".join(part for part in (small, spare) if part)
    slots = {"number": number, "done": counted.done, "planned": counted.planned}
    return t("review.head_with", extras=extras, **slots) if extras else t("review.head", **slots)


def proposed(found: Review, language: str) -> str:
    """Say the proposal of a review as its card does."""
    proposal = found.proposal
    return _proposed(found.number + 1, proposal.change, proposal.load, texts(language))


def _proposed(number: int, change: Change, load: Load, t: Catalogue) -> str:
    return t("review.proposal", number=number, change=t(f"change.{change}"), figure=load.text)


def _worked(weeks: tuple[KeptWeek, ...], t: Catalogue) -> str:
    """Say the most telling thing that worked; what was not answered worked in no way."""
    week, counted = weeks[-1], tally.of(weeks)
    if counted.planned > 1 and counted.done == counted.planned:
        return t("review.worked.all", planned=counted.planned)
    if _went_on_after_a_miss(week):
        return t("review.worked.went_on")
    if counted.small:
        return t.n("review.worked.small", counted.small)
    if fewer := _fewer_of_a_reason(weeks):
        return t("review.worked.trend", reason=reasons.label(fewer, t.language))
    if counted.done:
        day = next(d.on for d in week.days if d.state is DayState.DONE)
        return t("review.worked.day", day=t(f"day.{day.weekday()}"))
    return t("review.worked.partly") if counted.partly else ""


def _went_on_after_a_miss(week: KeptWeek) -> bool:
    states = [day.state for day in week.days]
    missed = [n for n, state in enumerate(states) if state is DayState.MISSED]
    return bool(missed) and any(
        state in (DayState.DONE, DayState.SMALL) for state in states[missed[0] + 1 :]
    )


def _fewer_of_a_reason(weeks: tuple[KeptWeek, ...]) -> str | None:
    """Find a reason that stood in the way more often the week before."""
    if len(weeks) < _TWO_WEEKS:
        return None
    now = dict(tally.in_the_way(weeks[-1:]))
    before = tally.in_the_way(weeks[-2:-1])
    return next((code for code, n in before if n > now.get(code, 0)), None)


def _in_the_way(weeks: tuple[KeptWeek, ...], t: Catalogue) -> str:
    found = tally.in_the_way(weeks[-1:])
    if not found:
        return ""
    code, times = found[0]
    return t("review.in_the_way", reason=t(f"reason.{code}"), times=t.n("reply.times", times))


def _obstacle(course: Course, progress: Progress) -> ObstaclePlan | None:
    """Answer a reason that came twice within two weeks, unless the plan answers it already."""
    for code, times in tally.in_the_way(course.weeks[-_TWO_WEEKS:]):
        if times >= _OFTEN and code not in (*reasons.EXCUSED, course.obstacle):
            return reasons.answer(code, progress)
    return None


def _pace(course: Course) -> Pace | None:
    """Compare what is left to a date with what is done a week; only where things are counted."""
    figures = [week.figure for week in course.plan.weeks if week.figure is not None]
    shares = [tally.of(course.weeks[: n + 1]).share for n in range(len(course.weeks))]
    weeks_left = len(figures) - course.number
    if not _reaches_its_date(course) or shares[-1] is None or weeks_left < 1:
        return None
    if (
        len({one.unit for one in figures}) != 1
        or course.plan.weeks[len(figures) - 1].figure is None
    ):
        return None  # only weeks kept free, at the end, may have no figure
    done = sum(
        (share or 0.0) * figures[week.number - 1].value
        for share, week in zip(shares, course.weeks, strict=True)
    )
    left = sum(one.value for one in figures) - done
    achieved = done / sum(share is not None for share in shares)
    return Pace(Quantity(left, figures[0].unit), weeks_left, achieved, left / weeks_left)


def _reaches_its_date(course: Course) -> bool:
    """Tell whether the plan's figures add up to the whole by its date."""
    plan = course.plan
    if course.understanding.goal_type is not GoalType.PROJECT or plan.deadline is None:
        return False
    free = timedelta(days=plan.buffer_days)
    return plan.deadline - free <= plan.weeks[-1].start + calendar.WEEK


def _at_risk(pace: Pace, t: Catalogue) -> str:
    def said(value: float) -> str:
        return amounts.said(Quantity(amounts.rounded(value, pace.left.unit), pace.left.unit), t)

    weeks = formats.number(pace.weeks_left, t.language)
    return t(
        "review.at_risk",
        left=said(pace.left.value),
        weeks=weeks,
        needed=said(pace.needed),
        achieved=said(pace.achieved) if pace.achieved else t("week.none"),
    )
