"""Step 2: the resolution in the model's words; facts, dates, target and health note stay ours."""

import re
from dataclasses import replace
from typing import Annotated

from pydantic import Field

from coach.rules import languages, lexicon
from coach.rules import resolution as resolutions
from coach.steps import checks
from coach.steps.step import Shape, Step
from coach.values import GoalUnderstanding, Resolution

Brief = Annotated[str, Field(min_length=1, max_length=70)]
Sentence = Annotated[str, Field(min_length=1, max_length=160)]
Title = Annotated[str, Field(min_length=1, max_length=resolutions.MOST_TITLE)]
Clause = Annotated[str, Field(min_length=1, max_length=90)]
Deed = Annotated[str, Field(min_length=1, max_length=110)]


class Worded(Shape):
    """A resolution's texts; `if_cue` and `then_action` continue "If …, then I …"."""

    title: Title
    line: Sentence
    measure: Clause
    if_cue: Brief
    then_action: Brief
    minimum: Brief
    why: Clause | None = None
    first_step: Deed


STEP = Step("generate_resolution", Worded, most_tokens=360)
_LINKS = ("if", "then", "si", "entonces")


def data(u: GoalUnderstanding, rule: Resolution, weakness: str = "") -> dict[str, object]:
    """Gather what the model is told: the card by rules and the person's words."""
    card = _worded(rule).model_dump()
    told: dict[str, object] = {"card": card, "user_text": u.text}
    return {**told, "mend": weakness} if weakness else told


def weakness(said: Worded, u: GoalUnderstanding, rule: Resolution) -> str | None:
    """Name the first thing that is wrong with a wording; None when it may be shown."""
    facts = " ".join(filter(None, (*_worded(rule).model_dump().values(), rule.target)))
    allowed = checks.known(facts, u.language)
    told = said.model_dump()
    if not lexicon.wording("resolution", "first_person", u.language).match(said.line):
        return "first_person"
    if any(_begins_with_link(part) for part in (said.if_cue, said.then_action)):
        return "one_if_then"
    if not lexicon.wording("resolution", "after_then_i", u.language).match(said.then_action):
        return "then_action"
    if (said.why is None) != (rule.why is None):
        return "why"
    lacking = checks.weakness(said.line, allowed, rule.line)
    lacking = lacking or checks.weakness(said.measure, allowed, rule.measure)
    smaller = checks.known(rule.minimum, u.language)
    lacking = lacking or checks.weakness(said.minimum, smaller, rule.minimum)
    whole = checks.first_weakness(told.values(), allowed)
    return lacking or whole or (None if _is_in(told, u.language) else "language")


def applied(said: Worded, rule: Resolution) -> Resolution:
    """Put a wording into the card by rules."""
    return replace(
        rule,
        title=said.title,
        line=said.line,
        measure=said.measure,
        cue=said.if_cue,
        action=said.then_action,
        minimum=said.minimum,
        first_step=said.first_step,
        why=said.why,
        reworded=(rule.cue, rule.action),
    )


def _worded(rule: Resolution) -> Worded:
    """Return the rules' own texts in the step's shape, whatever their length."""
    return Worded.model_construct(
        title=rule.title,
        line=rule.line,
        measure=rule.measure,
        if_cue=rule.cue,
        then_action=rule.action,
        minimum=rule.minimum,
        why=rule.why,
        first_step=rule.first_step,
    )


def _begins_with_link(part: str) -> bool:
    words = re.findall(r"[^\W\d_]+", part.lower())
    return any(word in _LINKS for word in words)


def _is_in(told: dict[str, str | None], language: str) -> bool:
    return languages.of(" ".join(filter(None, told.values())), language).code == language
