"""Hostile words of a model, in every step that asks one: the rules answer in their place."""

import itertools
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, get_args

import pytest

from coach.coach import Coach
from coach.llm.port import Provider
from coach.llm.service import ModelService
from coach.rules import resolution
from coach.rules.rewriting import TONE, Criticism
from coach.steps import safety_triage
from coach.steps.safety_triage import Meaning, Risk, Verdict
from coach.values import RULES, Danger, Progress, Safety
from tests.bot.fakes import NOON
from tests.bot.test_attacks import filled
from tests.coach.goals import READ, TODAY
from tests.coach.steps.test_adapt_week import COURSE, FACTS, GOOD
from tests.hostile.outputs import BROKEN, SAID
from tests.models import contract, server
from tests.models.server import Heard, ModelServer
from tests.proofs import proven
from tests.tiers import FULL

PROGRESS = Progress("Run", next_session="run for 12 minutes", done=2, planned=3, weeks=3)
AGREED = resolution.build(READ, TODAY)
BONSAI = "get somewhere with my bonsai trees, for the joy of it"
"""Of which the rules cannot tell what kind of goal it is."""
QUOTED = ("text", "behaviour", "cue", "why", "scope", "triggers")
TIRED = "so tired of work today"
OFF = Criticism(TIRED, "Some days are like that.", TONE)
DANGERS = (Safety(), Safety(Danger.SELF_HARM, soft=True), Safety(Danger.SELF_HARM))
UNHURT = {"safety": "none", "confidence": 90, "meaning": "literal"}
CHOSEN = (*SAID, *BROKEN)[:: 1 if FULL else 4]

Step = Callable[[Coach], Awaitable[bool]]
"""Asks a coach for something; tells whether any of it is the model's."""


async def goal(coach: Coach) -> bool:
    """Ask what kind of goal it is, which a model may choose; its words are the person's own."""
    rule = await coach.by_rules.preprocess_goal(BONSAI, now=NOON)
    made = await coach.preprocess_goal(BONSAI, now=NOON)
    told = (made.understanding, rule.understanding)
    return len({tuple(getattr(one, phrase) for phrase in QUOTED) for one in told}) > 1


async def reply(coach: Coach) -> bool:
    return (await coach.coaching_reply(TIRED, PROGRESS, now=NOON)).mode != RULES


async def rewrite(coach: Coach) -> bool:
    return (await coach.rewrite_reply(OFF, PROGRESS, now=NOON)).mode != RULES


async def agreement(coach: Coach) -> bool:
    return (await coach.generate_resolution(READ, today=TODAY)).mode != RULES


async def weeks(coach: Coach) -> bool:
    return (await coach.create_plan(READ, AGREED, today=TODAY)).mode != RULES


async def review(coach: Coach) -> bool:
    return (await coach.review_week(COURSE, FACTS)).mode != RULES


async def triage(coach: Coach) -> bool:
    settled = [await coach.triage_further(TIRED, found, language="en") for found in DANGERS]
    return settled != [*DANGERS]


STEPS: tuple[Step, ...] = (goal, reply, rewrite, agreement, weeks, review, triage)


def shaped(output: str, heard: Heard) -> Sequence[str]:
    """Say it in every place of the shape that is asked for, if one is and it is no broken JSON."""
    shape = heard.body.get("generationConfig", {}).get("responseJsonSchema")
    if shape is None or output in BROKEN:
        return (output,)
    return (json.dumps(filled(shape, shape, output)),)


@dataclass
class Hostile:
    """A Gemini on loopback, and what of its words was shown."""

    server: ModelServer
    provider: Provider
    asked: int = 0
    shown: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    async def answers(self, step: Step, says: Callable[[Heard], Sequence[str]], told: str) -> None:
        """Answer one step; each has a service of its own, which has met no failure yet."""
        self.server.says = says
        self.server.heard.clear()
        if await step(Coach(ModelService(self.provider))):
            self.shown.append((step.__name__, told[:200]))
        assert self.server.heard, "nobody asked the model"
        self.asked += 1


@asynccontextmanager
async def hostile() -> AsyncGenerator[Hostile]:
    async with server.serving() as model:
        provider = contract.make("gemini", model.root)
        try:
            yield Hostile(model, provider)
        finally:
            await provider.close()


@pytest.mark.long
async def test_no_hostile_output_is_shown():
    async with hostile() as model:
        for output, step in itertools.product(CHOSEN, STEPS):
            await model.answers(step, lambda heard, said=output: shaped(said, heard), output)
    assert model.shown == []
    proven("outputs", "whole", outputs=len(CHOSEN), asked=model.asked, shown=len(model.shown))


def hidden(good: dict[str, Any], output: str) -> Iterable[str]:
    """Say it in one place of an answer that is fine otherwise, in each in turn."""
    return (json.dumps({**good, place: output}) for place in (*good, "more"))


@pytest.mark.long
@pytest.mark.parametrize(("step", "good"), [(review, GOOD), (triage, UNHURT)], ids=["week", "risk"])
async def test_no_hostile_part_of_a_good_answer_is_shown(step: Step, good: dict[str, Any]):
    async with hostile() as model:
        for output in CHOSEN:
            for answer in hidden(good, output[:110]):
                await model.answers(step, lambda _, said=answer: (said,), answer)
    assert model.shown == []
    proven("outputs", step.__name__, outputs=0, asked=model.asked, shown=len(model.shown))


def test_no_verdict_takes_back_a_danger_that_the_rules_are_sure_of():
    sure = [Safety(danger) for danger in Danger if danger not in (Danger.NONE, Danger.HEAVY)]
    verdicts = itertools.product(get_args(Risk), get_args(Meaning), (0, 79, 80, 100))
    weight = [*Danger].index

    for (risk, meaning, confidence), found in itertools.product(verdicts, sure):
        said = Verdict(safety=risk, meaning=meaning, confidence=confidence)
        settled = safety_triage.settled(found, said)
        assert weight(settled.danger) >= weight(found.danger)
        assert settled.danger is not found.danger or not settled.soft
