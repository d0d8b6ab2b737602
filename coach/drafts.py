"""Drafts by rules: a resolution and a plan, mended once where they score too low."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from coach import scoring
from coach.rules import plan, resolution, scores
from coach.values import RULES, RULES_VERSION, Drafted, GoalUnderstanding, Plan, Resolution

_LESS = 0.7  # of the start, when a plan is built a second time


def of_resolution(u: GoalUnderstanding, today: date) -> Drafted[Resolution]:
    """Write a resolution; a wording of the person's that says too little gets our sentence too."""
    work = resolution.build(u, today)
    scored = scoring.resolution(work, u)
    if scores.is_enough(scored):
        return Drafted(work, scored, RULES)
    mended = resolution.repaired(work, u, today)
    again = scoring.resolution(mended, u)
    return Drafted(mended, again, RULES, RULES_VERSION, None if mended == work else scored)


def of_plan(u: GoalUnderstanding, build: Callable[[GoalUnderstanding], Plan]) -> Drafted[Plan]:
    """Plan the weeks; a plan below the mark is built once more with an easier start."""
    work = build(u)
    scored = scoring.plan(work, u)
    if scores.plan_is_enough(scored):
        return Drafted(work, scored, RULES)
    lighter = build(replace(u, load=u.load * _LESS))
    again = scoring.plan(lighter, u)
    if again.overall <= scored.overall:
        return Drafted(work, scored, RULES)
    return Drafted(lighter, again, RULES, RULES_VERSION, scored)


def builder(agreed: Resolution, today: date) -> Callable[[GoalUnderstanding], Plan]:
    """Return what plans any understanding of a goal whose resolution was agreed."""
    return lambda u: plan.build(u, agreed, today)
