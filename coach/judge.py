"""The judge: a model's scores of what the coach made, by the anchors that the rules follow too.

It sees a text as it was shown, masked and without orders, and nothing else. Its scores stand
beside those of the rules and decide nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from coach import cards
from coach.llm.caller import NOBODY, Caller
from coach.llm.errors import ModelError
from coach.llm.port import ModelAnswer
from coach.llm.service import ModelService
from coach.masking import masked
from coach.rules import injection
from coach.steps import evaluate_plan, evaluate_reply, evaluate_resolution, judging
from coach.steps.judging import Verdict
from coach.steps.step import Step, Voice
from coach.values import Plan, Resolution, Scores

FAR_APART = 3.0
"""Points between the scores of rules and judge beyond which a person should read the text."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A text before the judge: the step that judges it, what it is shown, what it may quote."""

    step: Step[Any]
    data: dict[str, Any]
    quotable: str
    language: str


class Judge:
    """Scores exhibits with the model that the service keeps for judging."""

    def __init__(self, service: ModelService) -> None:
        self._service = service

    async def scores(
        self, exhibits: Iterable[Exhibit], caller: Caller = NOBODY
    ) -> list[Scores | ModelError]:
        """Score each exhibit by a call of its own; where no verdict came, its place says why."""
        shown = list(exhibits)
        model = self._service.judge
        requests = [one.step.request(one.data, Voice(one.language), model=model) for one in shown]
        answers = await self._service.generate_content_batch(requests, caller)
        return [_read(*pair) for pair in zip(shown, answers, strict=True)]


def resolution(work: Resolution, language: str = "en") -> Exhibit:
    """Show a resolution as its card."""
    card = _harmless(cards.plain(cards.resolution(work, language)), language)
    return Exhibit(evaluate_resolution.STEP, {"user_text": card}, card, language)


def plan(work: Plan, language: str = "en") -> Exhibit:
    """Show a plan as its card."""
    card = _harmless(cards.plain(cards.plan(work, language)), language)
    return Exhibit(evaluate_plan.STEP, {"user_text": card}, card, language)


def reply(said: str, message: str, language: str = "en") -> Exhibit:
    """Show a reply with the message it answers; both may hold the person's words."""
    shown = _harmless(said, language)
    data = {
        "message": {"user_text": _harmless(message, language)},
        "reply": {"user_text": shown},
    }
    return Exhibit(evaluate_reply.STEP, data, shown, language)


def far_apart(rules: Mapping[str, float], judge: Mapping[str, float]) -> bool:
    """Tell whether the two disagree so much on some dimension that a person should look."""
    return any(abs(rules[name] - judge[name]) > FAR_APART for name in rules.keys() & judge.keys())


def _harmless(text: str, language: str) -> str:
    return masked(injection.sift(text, language).text)


def _read(exhibit: Exhibit, answer: ModelAnswer | ModelError) -> Scores | ModelError:
    if isinstance(answer, ModelError):
        return answer
    try:
        verdict: Verdict = exhibit.step.read(answer)
        judging.check(verdict, exhibit.quotable)
    except ModelError as error:
        return error
    return verdict.scores()
