"""The weekly review: what worked, what got in the way, and what the next week could be."""

from coach import formats
from coach.catalogue import Catalogue, texts
from coach.rules import adaptation, amounts, courses, reasons, tally
from coach.rules.courses import Course
from coach.rules.tally import Tally
from coach.values import Progress, Quantity
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


def look_back(course: Course, progress: Progress, silent: bool = False) -> Review:
    """Review the last week; *silent*: nobody answered it, so that nothing may go up.

    A date at risk is said once: in the week from which on it does not hold.
    """
    t, weeks = texts(progress.language), course.weeks
    counted = tally.of(weeks)
    now = course.load(course.number)
    minimum = course.plan.minimum
    proposal = adaptation.propose(weeks, now, course.coming(), minimum, t, silent)
    pace = courses.pace(course)
    if any(_is_at_risk(course.until(n)) for n in range(1, len(weeks))):
        pace = None
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
        done=counted.said,
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
    partly = t("review.partly", n=counted.partly) if counted.partly else ""
    spare = t("review.spare", n=counted.spare) if counted.spare else ""
    extras = ", ".join(part for part in (small, partly, spare) if part)
    slots = {"number": number, "done": counted.said, "planned": counted.planned}
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
    # A week that was hardly answered has fewer reasons because nobody told of any.
    if counted.share is not None and (fewer := _fewer_of_a_reason(weeks)):
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


def _is_at_risk(course: Course) -> bool:
    pace = courses.pace(course)
    return pace is not None and adaptation.is_at_risk(pace)


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
