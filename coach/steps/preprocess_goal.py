"""Step 1: what the rules left open about a goal, filled from the person's own words.

Everything taken over stands in their text; what the rules read is never touched, so neither a
figure nor a date can come from here. Danger is looked for beside this step, not in it.
"""

from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field

from coach.rules import normalise
from coach.steps.step import Shape, Step
from coach.values import Domain, GoalType, GoalUnderstanding, Reading, Route, Slot

Phrase = Annotated[str, Field(min_length=2, max_length=80)]
Kind = Literal["habit", "outcome", "project", "quit"]
Area = Literal[
    "fitness", "nutrition", "sleep", "mind", "substances", "digital", "learning", "career", "money",
    "creative", "relationships", "organisation", "other",
]  # fmt: skip
_MOST_WORDS = 8  # of a behaviour
_ASKED_FIRST = (Slot.SUMMARY, Slot.OWN_PART, Slot.DATE_ORDER)


class Filled(Shape):
    """What the text says of the goal; phrases are quoted from it, what it lacks is null."""

    kind: Kind | None = None
    domain: Area | None = None
    behaviour: Phrase | None = None
    cue: Phrase | None = None
    why: Phrase | None = None
    scope: Phrase | None = None
    triggers: Phrase | None = None


STEP = Step("preprocess_goal", Filled, most_tokens=220, temperature=0)


def is_due(reading: Reading) -> bool:
    """Tell whether the rules accepted a goal, and were unsure what kind of goal it is."""
    u = reading.understanding
    goes_on = reading.route in (Route.COACH, Route.CLARIFY)
    settled = any(question.slot in _ASKED_FIRST for question in reading.questions)
    unsure = u.goal_type is None or u.domain is Domain.OTHER or not u.behaviour or u.vague
    return goes_on and unsure and not settled


def data(u: GoalUnderstanding) -> dict[str, object]:
    """Gather what the model is told: the rules' reading and the person's words."""
    known = {"kind": u.goal_type, "domain": u.domain, "behaviour": u.behaviour or None}
    return {"read_by_rules": known, "user_text": u.text}


def filled(u: GoalUnderstanding, said: Filled) -> GoalUnderstanding:
    """Return *u* with what was open and is now quoted; all else stays as the rules read it."""
    kind = u.goal_type or (GoalType(said.kind) if said.kind else None)
    domain = Domain(said.domain) if u.domain is Domain.OTHER and said.domain else u.domain
    behaviour = u.behaviour or _behaviour(said.behaviour, u)
    return replace(
        u,
        goal_type=kind,
        domain=domain,
        behaviour=behaviour,
        cue=u.cue or _quoted(said.cue, u),
        why=u.why or _quoted(said.why, u),
        scope=u.scope or (_quoted(said.scope, u) if kind is GoalType.PROJECT else None),
        triggers=u.triggers or (_quoted(said.triggers, u) if kind is GoalType.QUIT else None),
    )


def _quoted(phrase: str | None, u: GoalUnderstanding) -> str | None:
    """Return a phrase as it stands in the person's text; None for anything else.

    Figures are the rules' to read: a phrase with one is left out.
    """
    if phrase is None or any(char.isdigit() for char in phrase):
        return None
    text, wanted = normalise.one_line(u.text), normalise.one_line(phrase).strip(" .,;:!?")
    at = text.lower().find(wanted.lower())
    return text[at : at + len(wanted)] if wanted and at >= 0 else None


def _behaviour(phrase: str | None, u: GoalUnderstanding) -> str:
    quoted = _quoted(phrase, u) or ""
    return quoted if len(quoted.split()) <= _MOST_WORDS else ""
