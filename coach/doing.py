"""What a reply may say of the doing: facts of a plan as it is lived."""

from dataclasses import replace
from datetime import date, timedelta

from coach import lived
from coach.lived import KEPT, Lived
from coach.rules import reasons
from coach.values import GoalType, Progress
from coach.weeks import DayState

_FOUR_WEEKS = timedelta(days=28)


def progress(life: Lived, facts: Progress, today: date) -> Progress:
    """Complete *facts* (title, why … of the resolution) with what a reply may say of the doing."""
    plan, u = life.plan, life.understanding
    number = life.week_on(today)
    past = list(lived.days_until(life, today))
    recent = [day for day in past if day.on > today - _FOUR_WEEKS]
    coming = life.next_session(today)
    answers = plan.obstacle_if, plan.obstacle_then
    answer_if, answer_then = ("", "") if "obstacle" in life.forgotten else answers
    ahead = plan.weeks[number].text if 0 < number < len(plan.weeks) else ""
    return replace(
        facts,
        activity=u.activity,
        minimum=plan.minimum,
        next_session=coming.text if coming else "",
        next_day=coming.on if coming else None,
        next_figure=ahead,
        done=lived.done(life, number, today),
        planned=lived.planned(life, number, today),
        weeks=number,
        done_4_weeks=sum(day.state in KEPT for day in recent),
        planned_4_weeks=sum(map(lived.counts, recent)),
        comebacks=lived.returns(life, today),
        best_day=None if "best_day" in life.forgotten else lived.best_day(past),
        best_week=_best_week(life, number, today),
        days_in=_days_in(life, today) if u.goal_type is GoalType.QUIT else 0,
        cue=plan.cue,
        action=plan.action,
        obstacle=answer_if or "",
        obstacle_then=answer_then or "",
        obstacle_reason=_met_by_plan(life) if answer_if else "",
        goal_type=u.goal_type,
        language=u.language,
        reasons=_reasons(life, today),
    )


def _met_by_plan(life: Lived) -> str:
    """Name the reason that the if-then plan for an obstacle answers; empty for none."""
    obstacle, language = life.understanding.obstacle or "", life.understanding.language
    if obstacle in reasons.CODES:
        return obstacle
    return reasons.named(obstacle, language) or ""


def _reasons(life: Lived, today: date) -> tuple[str, ...]:
    """List what got in the way in the last four weeks, each once, the latest first."""
    recent = sorted((one for one in life.told if one.on > today - _FOUR_WEEKS), key=lambda o: o.on)
    return tuple(dict.fromkeys(one.reason for one in reversed(recent) if one.reason))


def _best_week(life: Lived, number: int, today: date) -> int:
    """Find the week before this one in which most was done; 0 when there is none."""
    counts = {
        n: lived.done(life, n, today) for n in range(1, min(number, len(life.plan.weeks) + 1))
    }
    best = max(counts, key=lambda n: counts[n], default=0)
    return best if best and counts[best] else 0


def _days_in(life: Lived, today: date) -> int:
    """Count the days since leaving something, or since the last slip."""
    slips = [one.on for one in life.told if one.state is DayState.MISSED]
    begun = max([life.plan.weeks[0].start, *slips])
    return max(0, (today - begun).days)
