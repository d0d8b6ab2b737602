"""A plan under way, changed: in somebody's words, for its next week, or in its obstacle plan.

What was lived stays as it was. The week that changes is spelled out; later ones follow from it.
"""

from dataclasses import replace
from datetime import date, datetime

from coach.lived import Lived
from coach.plan_wishes import (
    Extended,
    InWords,
    NewObstacle,
    PlanWish,
    Proposed,
    Repaced,
    Reshaped,
    Reworked,
    Scaled,
)
from coach.rules import (
    amounts,
    calendar,
    extraction,
    goal,
    grafting,
    next_week,
    repacing,
    reshaping,
    revision,
    times,
    unfolding,
)
from coach.rules.changes import days as weekdays
from coach.rules.changes import times as moments
from coach.values import GoalType, GoalUnderstanding, Quantity, Session, Week
from coach.weeks import ObstaclePlan

_EASIER, _HARDER = 0.7, 1.2
_MOVED = 2  # weekdays in "move Friday to Saturday"


def rework(life: Lived, wish: PlanWish, now: datetime) -> Reworked | None:
    """Change the plan as wished; None when there is nothing in the wish that can be read."""
    match wish:
        case InWords(text):
            return in_words(life, text, now)
        case NewObstacle(found):
            return with_obstacle(life, found, now.date())
        case Proposed():
            return proposed(life, wish, now.date())
        case Scaled(number, how):
            return scaled(life, number, how)
        case Reshaped(how):
            return reshaped(life, how, now.date())
        case Extended(more):
            return extended(life, more, now.date())
        case Repaced(number, how):
            return repacing.repaced(life, number, how, now.date())


def in_words(life: Lived, words: str, now: datetime) -> Reworked | None:
    """Change the plan as *words* wish; None when they wish for nothing that can be read."""
    today = now.date()
    number = max(1, life.week_on(today))
    if number > len(life.plan.weeks):
        return None
    u = _moved(life, words, number) or revision.change(life.understanding, words, now)
    # A text that only became a new wording named nothing a plan has.
    if u is None or replace(u, wording=life.understanding.wording) == life.understanding:
        return None
    if u.days and set(u.free_days) - set(life.understanding.free_days):
        u = _freed(life, u, number)
    if u.load != life.understanding.load:
        how = "easier" if u.load < life.understanding.load else "harder"
        return scaled(life, min(number + 1, len(life.plan.weeks)), how)
    return Reworked(u, grafting.grafted(life, u, number, today), number)


def with_obstacle(life: Lived, found: ObstaclePlan, today: date) -> Reworked:
    """Put another answer to what gets in the way into the plan."""
    changed = replace(life.plan, obstacle_if=found.when, obstacle_then=found.then)
    u = replace(life.understanding, obstacle=found.reason)
    return Reworked(u, changed, max(1, life.week_on(today)))


def proposed(life: Lived, wish: Proposed, today: date) -> Reworked:
    """Let the next week be as a review proposed, with the answer to what got in the way."""
    before = life if wish.obstacle is None else _answering(life, wish.obstacle, today)
    made = next_week.adapted(before.plan, before.understanding, wish.week - 1, wish.proposal)
    return Reworked(before.understanding, made, wish.week)


def _answering(life: Lived, found: ObstaclePlan, today: date) -> Lived:
    answered = with_obstacle(life, found, today)
    return replace(life, plan=answered.plan, understanding=answered.understanding)


def scaled(life: Lived, number: int, how: str) -> Reworked:
    """Make week *number* easier or harder; leaving something waits a week, or goes one faster."""
    was = life.plan.weeks[number - 1]
    if life.understanding.goal_type is GoalType.QUIT:
        other = number - 1 if how == "easier" else number + 1
        model = life.plan.weeks[max(1, min(other, len(life.plan.weeks))) - 1]
        now = replace(was, figure=model.figure, text=model.text)
        return _with_week(life, _spelled(life, was, now, life.sessions(number)), how == "easier")
    ratio = _EASIER if how == "easier" else _HARDER
    now = _by(life, was, ratio)
    found = life.sessions(number)
    if was.figure is None:  # only the sessions have a size
        found = tuple(_sized(life, one, ratio) for one in found)
    return _with_week(life, _spelled(life, was, now, found), shift=how == "easier")


def reshaped(life: Lived, how: str, today: date) -> Reworked | None:
    """Give the plan another shape from today on; None when it has it, or is over."""
    number = max(1, life.week_on(today))
    u = reshaping.reshape(life.understanding, how, today)
    if number > len(life.plan.weeks) or u == life.understanding:
        return None
    return Reworked(u, grafting.grafted(life, u, number, today), number)


def extended(life: Lived, more: int, today: date) -> Reworked:
    """Add weeks like the last one; days that passed since the end stay free of sessions."""
    weeks, t = life.plan.weeks, goal.of(life.understanding, today).t
    busy = [week for week in weeks if week.text != t("week.buffer")]
    model = replace(busy[-1] if busy else weeks[-1], milestone=None)
    gap = max(0, (today - weeks[-1].start).days // 7 - 1)
    added = [
        replace(
            model,
            number=len(weeks) + n,
            start=weeks[-1].start + n * calendar.WEEK,
            text=t("week.buffer") if n <= gap else model.text,
            sessions=(),
        )
        for n in range(1, gap + more + 1)
    ]
    made = replace(life.plan, weeks=(*weeks, *added), deadline=None, buffer_days=0)
    return Reworked(life.understanding, made, len(weeks) + gap + 1)


def _freed(life: Lived, u: GoalUnderstanding, number: int) -> GoalUnderstanding:
    """Let the other days stay where some are to be free: they are lived by now."""
    present = grafting.lived_on(life, number)
    return replace(u, days=weekdays.refilled(present, u.free_days, len(u.days)))


def _moved(life: Lived, words: str, number: int) -> GoalUnderstanding | None:
    """Read "move Friday to Saturday": a day of the plan, and one that takes its place."""
    named = _weekdays_in_order(words, life.understanding.language)
    present = grafting.lived_on(life, number)
    if len(named) != _MOVED or named[0] not in present or named[1] in present:
        return None
    days = tuple(sorted({*present, named[1]} - {named[0]}))
    u = replace(life.understanding, days=days, per_week=float(len(days)))
    said = times.find(words, u.language)
    return moments.at_time(u, said[0].at) if said else u


def _weekdays_in_order(words: str, language: str) -> list[int]:
    found: list[int] = []
    for word in words.split():
        found += [day for day in extraction.weekdays_in(word, language) if day not in found]
    return found


def _spelled(life: Lived, was: Week, now: Week, found: tuple[Session, ...]) -> Week:
    t = goal.of(life.understanding, was.start).t
    return replace(now, sessions=unfolding.resized(found, was, now, t))


def _with_week(life: Lived, changed: Week, shift: bool) -> Reworked:
    """Put a week in; *shift*: what was planned for it comes one week later, and so on."""
    weeks, number = life.plan.weeks, changed.number
    later = list(weeks[number:])
    if shift:
        later = [
            replace(week, figure=before.figure, text=before.text, sessions=())
            for before, week in zip(weeks[number - 1 :], weeks[number:], strict=False)
        ]
    made = replace(life.plan, weeks=(*weeks[: number - 1], changed, *later))
    return Reworked(life.understanding, made, number)


def _by(life: Lived, was: Week, ratio: float) -> Week:
    """Scale a week's figure, and say it in the week's own line."""
    if was.figure is None:
        return was
    t = goal.of(life.understanding, was.start).t
    size = Quantity(_rounded(was.figure, ratio), was.figure.unit)
    said = was.text.replace(amounts.short(was.figure, t), amounts.short(size, t))
    return replace(was, figure=size, text=said)


def _sized(life: Lived, one: Session, ratio: float) -> Session:
    if one.amount is None:
        return one
    t = goal.of(life.understanding, one.on).t
    size = Quantity(_rounded(one.amount, ratio), one.amount.unit)
    said = one.text.replace(amounts.said(one.amount, t), amounts.said(size, t))
    return replace(one, amount=size, text=said)


def _rounded(size: Quantity, ratio: float) -> float:
    """Scale an amount so that it differs by something that can be said, and never to nothing."""
    step = amounts.one(size.unit)
    if ratio < 1:
        return max(
            amounts.grain(0, size.unit),
            min(amounts.rounded(size.value * ratio, size.unit), size.value - step),
        )
    return max(amounts.rounded(size.value * ratio, size.unit), size.value + step)
