"""The features that scores are computed from: of a resolution with its goal, or of a bare text."""

import re
from dataclasses import dataclass
from functools import cache

from coach.rules import lexicon
from coach.values import GoalType, GoalUnderstanding, Resolution


@dataclass(frozen=True, slots=True)
class Features:
    """What a resolution has, as far as it can be told."""

    words: int = 0
    behaviour: bool = False
    vague: bool = False
    one_goal: bool = True
    clear_date: bool = True
    amount: bool = False
    frequency: bool = False
    cue: bool = False
    place: bool = False
    baseline: bool = False
    target: bool = False
    date: bool = False
    review: bool = False
    done: bool = False
    first_step: bool = False
    first_step_date: bool = False
    if_then: bool = False
    minimum: bool = False
    obstacle: bool = False
    own_control: bool = True


def of_text(text: str, language: str = "en") -> Features:
    """Read the features of a text that has no structure."""
    low = text.lower()
    patterns = _patterns(language)
    found = {name: pattern.search(low) is not None for name, pattern in patterns.items()}
    vague = found["vague"] and not (found["amount"] and found["frequency"])
    return Features(
        words=len(text.split()),
        behaviour=found["behaviour"],
        vague=vague and not (found["amount"] and found["date"]),
        one_goal=not found["several"],
        clear_date=not found["ambiguous_date"],
        amount=found["amount"],
        frequency=found["frequency"],
        cue=found["cue"],
        place=found["place"],
        baseline=found["baseline"],
        date=found["date"],
        review=found["review"],
        done=found["done"],
        first_step=found["first_step"],
        first_step_date=found["first_step"],
        if_then=found["if_then"],
        minimum=found["minimum"],
        obstacle=found["obstacle"],
        own_control=not found["others"],
    )


def of_resolution(resolution: Resolution, u: GoalUnderstanding) -> Features:
    """Read the features of a resolution from its fields and from its line."""
    line = of_text(resolution.line, u.language)
    leaving = u.goal_type is GoalType.QUIT
    # Leaving something has its amount in the rule: none, or at most so many, every day.
    ambiguous = any(found.other for found in u.dates)
    return Features(
        words=line.words,
        behaviour=bool(resolution.line),
        vague=line.vague and not leaving,  # what was vague in the text has become one action
        clear_date=not ambiguous,
        amount=line.amount or leaving or bool(u.amount) or line.frequency,
        frequency=line.frequency or leaving or u.per_week is not None,
        cue=bool(resolution.cue),
        place=line.place,
        baseline=u.baseline is not None,
        target=resolution.target is not None,
        date=u.deadline is not None,
        review=True,  # every resolution is looked at again
        done=bool(resolution.measure),
        first_step=bool(resolution.first_step),
        first_step_date=True,
        if_then=bool(resolution.cue and resolution.action),
        minimum=bool(resolution.minimum),
        obstacle=resolution.obstacle_then is not None,
        own_control=line.own_control,
    )


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    rows = lexicon.table(f"{language}/features")
    return {name: re.compile(text, re.DOTALL) for name, text in rows.items()}
