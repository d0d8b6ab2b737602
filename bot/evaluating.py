"""`rein evaluate`: the coach, with the operator's model, over goals or phrases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot import models
from bot.clock import SystemClock
from bot.settings import Settings
from coach import baseline, evaluation, goal_set, phrases
from coach.baseline import BaselineError, Circumstances
from coach.coach import Coach
from coach.goal_set import Case
from coach.llm import prompts
from coach.llm.service import ModelService
from coach.llm.timing import Deadlines
from coach.values import RULES


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the operator asks for; without a dataset, the project's own goals."""

    dataset: Path | None = None
    judged: bool = False
    baseline: Path | None = None
    save: bool = False  # keep this run as the baseline, rather than compare with it


@dataclass(frozen=True, slots=True)
class Report:
    """What was found: as JSON, as tables, and whether that is well."""

    result: dict[str, Any]
    tables: str
    ok: bool


async def evaluate(chosen: Settings, wanted: Wanted) -> Report:
    """Run the coach, or triage, over what is wanted, with the model of these settings if any.

    No budget applies: the operator asked for every call.
    """
    cases = goal_set.read(wanted.dataset or goal_set.OWN)
    if phrases.are_phrases(cases):
        result = phrases.evaluate(cases)
        return Report(result, phrases.render(result), evaluation.passes(result))
    run = _circumstances(chosen, wanted, cases)
    before = _baseline(wanted, run)
    result = await _evaluated(chosen, wanted, cases)
    tables = [evaluation.render(result)]
    now = baseline.of(result, run, SystemClock().now().date())
    if wanted.save and wanted.baseline:
        baseline.write(now, wanted.baseline)
        tables.append(f"kept as a baseline: {wanted.baseline}")
    elif before is not None:
        result["summary"]["comparison"] = baseline.compare(before, now)
        tables.append(baseline.render(result["summary"]["comparison"]))
    return Report(result, "\n\n".join(tables), evaluation.passes(result))


def _baseline(wanted: Wanted, run: Circumstances) -> baseline.Baseline | None:
    """Read what to compare with, before anything is run; for our own goals by rules, our own."""
    if wanted.save:
        if wanted.baseline is None:
            raise BaselineError("--save-baseline needs --baseline FILE, to know where")
        return None
    if wanted.baseline is not None:
        before = baseline.read(wanted.baseline)
        baseline.check(before.run, run)
        return before
    ours = wanted.dataset is None and run.model == RULES
    return baseline.read(goal_set.OWN_BASELINE) if ours else None


async def _evaluated(chosen: Settings, wanted: Wanted, cases: Sequence[Case]) -> dict[str, Any]:
    provider = models.provider(chosen)
    if provider is None:
        return await evaluation.evaluate(cases, Coach())
    deadlines = Deadlines(step=timedelta(seconds=chosen.step_deadline_s))
    service = ModelService(provider, deadlines, judge=models.judge(chosen))
    try:
        return await evaluation.evaluate(cases, Coach(service), service, judged=wanted.judged)
    finally:
        await service.close()


def _circumstances(chosen: Settings, wanted: Wanted, cases: Sequence[Case]) -> Circumstances:
    dataset = goal_set.digest(cases)
    if chosen.provider == RULES:
        return Circumstances(dataset, RULES)
    judge = models.judge(chosen) or chosen.llm_model
    return Circumstances(
        dataset,
        f"{chosen.provider}/{chosen.llm_model}",
        judge if wanted.judged else None,
        prompts={name: prompts.load(name).version for name in prompts.names()},
    )
