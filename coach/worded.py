"""The quality gate: a model's draft is looked at, revised once, and the best one is kept.

The rules' draft stands ready. A draft that fails a check or scores too low is asked for once
more, with its weakness named, within the time of one step in all.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from coach import scoring
from coach.llm.budget import Mode
from coach.llm.caller import Caller
from coach.llm.errors import BlockedError, ModelError
from coach.llm.prompts import Prompt
from coach.llm.service import ModelService
from coach.rules import scores, understanding
from coach.steps import adapt_week, create_plan, generate_resolution, preprocess_goal
from coach.steps.step import Voice
from coach.values import MODEL, Drafted, GoalUnderstanding, Plan, Reading, Resolution, Scores
from coach.weeks import Review

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wording:
    """Who words: the model, for whom, and in which voice."""

    service: ModelService
    voice: Voice
    caller: Caller

    async def is_free(self) -> bool:
        """Tell whether there is money for what reads nicer and need not be."""
        return await self.service.mode_for(self.caller.key) is Mode.MODEL


@dataclass(frozen=True, slots=True)
class _Draft(Generic[T]):
    """A model's draft with its scores, and what is to be mended; one against rules is not shown."""

    work: T
    scores: Scores
    weakness: str | None
    may_be_shown: bool = True


async def reading(wording: Wording, rule: Reading, now: datetime) -> Reading:
    """Fill what *rule* left open, or return it; BlockedError is for triage to meet."""
    step = preprocess_goal
    if not step.is_due(rule):
        return rule
    prompt = wording.caller.prompt(step.STEP.name)
    rule = replace(rule, variant=prompt.variant)
    try:
        request = step.STEP.request(step.data(rule.understanding), wording.voice, prompt)
        said = await step.STEP.ask(wording.service, request, wording.caller)
    except BlockedError:
        raise
    except ModelError:
        return rule
    known = step.filled(rule.understanding, said)
    if known == rule.understanding:
        return rule
    read = understanding.led(known, rule.safety, now)
    return replace(read, mode=MODEL, variant=prompt.variant)


async def resolution(
    wording: Wording, u: GoalUnderstanding, rule: Drafted[Resolution]
) -> Drafted[Resolution]:
    """Word a resolution, or return *rule*."""
    step = generate_resolution
    prompt = wording.caller.prompt(step.STEP.name)

    async def draft(weakness: str, within: timedelta) -> _Draft[Resolution]:
        request = step.STEP.request(step.data(u, rule.work, weakness), wording.voice, prompt)
        said = await step.STEP.ask(wording.service, request, wording.caller, within)
        work = step.applied(said, rule.work)
        scored = scoring.resolution(work, u)
        wrong = step.weakness(said, u, rule.work)
        weak = None if scores.is_enough(scored) else _lowest(scored)
        return _Draft(work, scored, wrong or weak, may_be_shown=wrong is None)

    return await _best(wording, draft, rule, prompt)


async def plan(
    wording: Wording,
    u: GoalUnderstanding,
    rule: Drafted[Plan],
    build: Callable[[GoalUnderstanding], Plan],
) -> Drafted[Plan]:
    """Word a plan and lay the model's ideas into it, or return *rule*; *build* makes plans."""
    step = create_plan
    prompt = wording.caller.prompt(step.STEP.name)

    async def draft(weakness: str, within: timedelta) -> _Draft[Plan]:
        request = step.STEP.request(step.data(u, rule.work, weakness), wording.voice, prompt)
        said = await step.STEP.ask(wording.service, request, wording.caller, within)
        wrong = step.weakness(said, u, rule.work)
        if wrong:
            return _Draft(rule.work, rule.scores, wrong, may_be_shown=False)
        known = replace(u, ideas=step.ideas(said, u))
        work = step.applied(said, build(known) if known != u else rule.work, known)
        scored = scoring.plan(work, known)
        weak = None if scores.plan_is_enough(scored) else _lowest(scored)
        return _Draft(work, scored, weak)

    return await _best(wording, draft, rule, prompt)


async def review(wording: Wording, rule: Review, proposed: str) -> Review:
    """Word a review, or return *rule*; *proposed* is the line of its proposal."""
    step = adapt_week
    prompt = wording.caller.prompt(step.STEP.name)
    rule = replace(rule, variant=prompt.variant)
    if not await wording.is_free():
        return rule
    try:
        request = step.STEP.request(step.data(rule, proposed), wording.voice, prompt)
        said = await step.STEP.ask(wording.service, request, wording.caller)
    except ModelError:
        return rule
    wrong = step.weakness(said, rule, proposed, wording.voice.language)
    return rule if wrong else replace(step.applied(said, rule, proposed), mode=MODEL)


async def _best(
    wording: Wording,
    draft: Callable[[str, timedelta], Awaitable[_Draft[T]]],
    rule: Drafted[T],
    prompt: Prompt,
) -> Drafted[T]:
    """Ask once, and once more if there is something to mend; keep the best that may be shown."""
    drafts: list[_Draft[T]] = []
    service = wording.service
    ends = service.elapsed() + service.deadlines.step
    with suppress(ModelError):
        drafts.append(await draft("", service.deadlines.step))
        if drafts[0].weakness:
            drafts.append(await draft(drafts[0].weakness, ends - service.elapsed()))
    return _kept(drafts, replace(rule, variant=prompt.variant), prompt.version)


def _kept(drafts: list[_Draft[T]], rule: Drafted[T], version: str) -> Drafted[T]:
    """Keep the best draft: a flawless one, else whichever scores highest, the rules' among them."""
    shown = [one for one in drafts if one.may_be_shown]
    best = max(shown, key=lambda one: (one.weakness is None, one.scores.overall), default=None)
    if best and (best.weakness is None or best.scores.overall >= rule.scores.overall):
        first = drafts[0].scores if best is not drafts[0] else None
        return Drafted(best.work, best.scores, MODEL, version, first, rule.variant)
    return replace(rule, first=drafts[0].scores) if drafts else rule


def _lowest(scored: Scores) -> str:
    """Name the dimension that scores lowest."""
    return min(scored.values, key=lambda name: scored.values[name])
