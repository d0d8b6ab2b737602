"""Step 9: how dangerous is a text? The model raises what the rules found, and hardly lowers it."""

from typing import Annotated, Literal

from pydantic import Field

from coach.llm.caller import Caller
from coach.llm.errors import BlockedError, BrokenAnswerError
from coach.llm.port import ModelAnswer
from coach.llm.retrying import AN_ANSWER
from coach.llm.service import ModelService
from coach.rules import injection
from coach.steps.step import Shape, Step, Voice
from coach.values import Danger, Safety

SURE = 80
"""Confidence from which a verdict is taken as it is, without one direct question first."""

Risk = Literal[
    "none", "heavy", "self_harm", "immediate_danger", "violence_victim", "harm_others", "illegal",
    "eating_disorder", "medical", "dependence", "minor", "injection",
]  # fmt: skip
Meaning = Literal["literal", "figure_of_speech", "third_person", "past", "fiction", "unclear"]

_NOT_THEIRS = frozenset(("figure_of_speech", "fiction", "third_person"))
_ASKED_FIRST = frozenset((Danger.SELF_HARM, Danger.MINOR))
_ORDER = tuple(Danger)  # from none to the most urgent


class Verdict(Shape):
    """What the model makes of a text."""

    safety: Risk
    confidence: Annotated[int, Field(ge=0, le=100)]
    meaning: Meaning


BLOCKED = Verdict(safety="self_harm", confidence=0, meaning="unclear")
"""What it comes to when the provider's own filter refuses a text: one direct question."""

STEP = Step("safety_triage", Verdict, most_tokens=60, temperature=0)


async def triage(
    service: ModelService, text: str, found: Safety, language: str, caller: Caller
) -> Safety:
    """Settle how dangerous *text* is after what the rules *found*; raise ModelError if unknown.

    An answer of another shape is asked for once more, if the time that is left is enough.
    """
    request = STEP.request({"user_text": text}, Voice(language))
    ends = service.elapsed() + service.deadlines.first_token  # nothing is shown until then

    async def answer() -> ModelAnswer:
        return await service.generate_content(request, caller, ends - service.elapsed())

    try:
        first = await answer()
        try:
            verdict = STEP.read(first)
        except BrokenAnswerError:
            if ends - service.elapsed() < AN_ANSWER:
                raise
            verdict = STEP.read(await answer())
    except BlockedError:
        verdict = BLOCKED
    return settled(found, verdict, lowers=not injection.sift(text, language).found)


def settled(found: Safety, verdict: Verdict, *, lowers: bool = True) -> Safety:
    """Take the more serious of what rules and model found.

    A sure verdict that nothing is meant of oneself raises nothing; where it *lowers*, it
    takes back the rules' hints and heavy words, and nothing else.
    """
    told = _told(verdict)
    if verdict.meaning in _NOT_THEIRS and verdict.confidence >= SURE:
        is_hint = found.soft or found.danger is Danger.HEAVY
        return told if lowers and is_hint and _weight(told) < _weight(found) else found
    return max(found, told, key=_weight)


def _told(verdict: Verdict) -> Safety:
    """Read a verdict; nobody is held, or sent away for their age, on an unsure one."""
    danger = Danger.NONE if verdict.safety == "injection" else Danger(verdict.safety)
    plain = verdict.meaning == "literal" and verdict.confidence >= SURE
    soft = danger in _ASKED_FIRST and (danger is Danger.MINOR or not plain)
    return Safety(danger, soft)


def _weight(safety: Safety) -> tuple[int, bool]:
    return _ORDER.index(safety.danger), not safety.soft
