"""The resolution: one clear sentence with everything that makes it work.

What the person said is taken over unchanged; what was added is listed in `suggestions`.
The first line and the measure depend on the kind of goal (`coach.rules.lines`).
"""

import re
from dataclasses import replace
from datetime import date, timedelta

from coach import formats
from coach.catalogue import Catalogue
from coach.rules import (
    amounts,
    calendar,
    cues,
    facts,
    languages,
    lines,
    paces,
    phrases,
    templates,
    times,
)
from coach.rules import goal as goals
from coach.rules.activities import Activity
from coach.rules.goal import Goal
from coach.rules.sentences import parts
from coach.values import GoalType, GoalUnderstanding, Quantity, Resolution

MOST_TITLE = 40
_TALK = "talk"
_FIRST_STEP_WITHIN = timedelta(days=2)
_SMALL_MINUTES = 5.0
_FLOORS = {"words": 50.0, "pages": 1.0, "reps": 1.0, "km": 0.5, "glasses": 1.0}


def build(u: GoalUnderstanding, today: date) -> Resolution:
    """Write the resolution for what is known, filling gaps with marked suggestions."""
    goal = goals.of(u, today)
    t = goal.t
    sentence = lines.write(goal)
    then = cues.start(u, goal.settled, goal.kind, t)
    minimum = u.minimum or smallest(goal, sentence.size)
    answer = cues.obstacle(u, minimum, then, goal.kind, t)
    plain = Resolution(
        title=title(goal),
        line=_own_wording(u) or sentence.line,
        measure=sentence.measure,
        cue=then.when,
        action=then.then,
        minimum=minimum,
        first_step=first_step(goal),
        first_step_by=first_step_by(goal),
        target=phrases.first_upper(sentence.target) if sentence.target else None,
        obstacle_if=answer.when if answer else None,
        obstacle_then=answer.then if answer else None,
        why=t(f"why.{u.why}") if u.why and f"why.{u.why}" in t else u.why,
        note=note(goal) or _one_time(goal),
        suggestions=facts.suggested(goal, sentence),
        from_person=facts.said(goal),
    )
    return replace(plain, also=facts.missing(plain, goal))


def repaired(work: Resolution, u: GoalUnderstanding, today: date) -> Resolution:
    """Add our own sentence to a wording of the person's that says too little."""
    plain = build(replace(u, wording=None), today)
    return work if plain.line == work.line else replace(work, line=f"{work.line} {plain.line}")


def title(goal: Goal) -> str:
    """Name the goal in at most 40 characters of the person's words."""
    u = goal.u
    if not languages.is_in(u.text, u.language):
        return phrases.shortened(u.text, MOST_TITLE, u.language)
    aim = phrases.aim(u, goal.t)
    counted = u.goal_type is GoalType.OUTCOME and re.search(r"\d", aim) and len(aim) <= MOST_TITLE
    if counted and not re.search(r"\d", u.behaviour):
        return phrases.first_upper(aim)
    if u.goal_type is GoalType.QUIT and not u.behaviour:
        return phrases.first_upper(goal.t(f"activity.{goal.kind}.do"))
    name = _sized(goal).replace(" ,", ",") or _thing_or(aim, goal)
    if goal.settled.activity.unit == "money" and aim and len(aim) <= MOST_TITLE:
        name = aim
    if u.cue and u.goal_type is GoalType.HABIT and len(name) + len(u.cue) < MOST_TITLE:
        name = f"{name} {u.cue}"
    return phrases.shortened(phrases.first_upper(name), MOST_TITLE, u.language)


def _sized(goal: Goal) -> str:
    """Return the behaviour, with the number it would be odd without: "Walk 10,000 steps"."""
    u, wish = goal.u, goal.settled.weekly or goal.settled.wish
    odd = (
        u.amount
        and wish
        and amounts.base(wish.unit) not in (*amounts.DURATIONS, *amounts.CURRENCIES)
    )
    odd = odd or goal.kind == "sleeping"
    if u.goal_type is not GoalType.HABIT or not odd or not u.behaviour or wish is None:
        return u.behaviour
    return parts.sized(goal, u.behaviour, Quantity(wish.value, amounts.base(wish.unit)))


def _thing_or(aim: str, goal: Goal) -> str:
    return templates.named(goal) if goal.u.goal_type is GoalType.PROJECT else aim


def smallest(goal: Goal, wish: Quantity | None) -> str:
    """Write the version of a hard day: five minutes or less, and less than the amount."""
    activity, t = goal.settled.activity, goal.t
    key = f"activity.{goal.kind}.minimum"
    unit = amounts.base(activity.unit)
    if unit == "money":
        return t(key, small=_tenth(wish, t))
    small = _small(activity, wish)
    if small is None:
        return t("minimum.start", action=t(f"activity.{goal.kind}.action"))
    return t(key, small=amounts.said(Quantity(small, unit), t) if small else "")


def _small(activity: Activity, wish: Quantity | None) -> float | None:
    """Return the smallest amount worth doing; None when the amount itself is no larger."""
    small, unit = activity.minimum, amounts.base(activity.unit)
    if wish is None or unit == "clock":
        return small if activity.start is None or unit == "min" else None
    thing = amounts.base(wish.unit)
    if thing != unit:
        return small if wish.value > _FLOORS.get(thing, 0) else None
    if thing == "min":
        small = min(_SMALL_MINUTES, max(small, amounts.rounded(wish.value / 5, thing)))
    return small if small < wish.value else None


def _tenth(whole: Quantity | None, t: Catalogue) -> str:
    if whole is None:
        return t("small.sum")
    thing = amounts.base(whole.unit)
    return amounts.said(Quantity(amounts.rounded(whole.value / 10, thing), thing), t)


def first_step(goal: Goal) -> str:
    """Write what can be done within two days in a quarter of an hour."""
    if goal.u.goal_type is GoalType.PROJECT:
        return templates.first(goal)
    if goal.kind in paces.PREPARED and paces.goes_in_steps(goal.u):
        return goal.t("first.steps")
    return goal.t(f"activity.{goal.kind}.first")


def first_step_by(goal: Goal) -> date:
    """Return the day the first step is done by: two days from now, and before the start."""
    first = calendar.first_day(goal.u, goal.today)
    on = goal.settled.deadline
    soon = goal.today + _FIRST_STEP_WITHIN if goal.u.start is None else first
    return min(soon, on) if on else soon


def note(goal: Goal) -> str | None:
    """Return the one-line health note of this goal, if it needs one."""
    if goal.kind == _TALK:  # what is said about somebody else is no care of theirs
        return None
    key = f"note.{goal.settled.activity.key}"
    if goal.u.caution and f"note.{goal.u.caution}" in goal.t:
        return goal.t(f"note.{goal.u.caution}")
    return goal.t(key) if key in goal.t else None


def _one_time(goal: Goal) -> str | None:
    """Say that a habit has one time a day, where several were said."""
    said = times.several(goal.u.text, goal.u.language)
    others = [f"{at:%H:%M}" for at in said if at != goal.u.at]
    if goal.u.goal_type is not GoalType.HABIT or goal.u.at not in said or not others:
        return None
    rest = formats.listed(others, goal.t.language)
    return goal.t("note.one_time", time=f"{goal.u.at:%H:%M}", others=rest)


def _own_wording(u: GoalUnderstanding) -> str | None:
    """Use the person's own sentence when they wrote one."""
    if not u.wording:
        return None
    said = phrases.first_upper(u.wording.strip().rstrip("."))
    return f"{said}."
