"""`rein evaluate`: the coach, with the operator's model, over goals or phrases."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot import models, opik
from bot.clock import SystemClock
from bot.opik import evaluations
from bot.opik.evaluations import Recorder, Run
from bot.settings import Settings
from coach import baseline, evaluation, goal_set, phrases
from coach.baseline import BaselineError, Circumstances
from coach.coach import Coach
from coach.goal_set import Case
from coach.llm import prompts
from coach.llm.service import ModelService
from coach.llm.timing import Deadlines
from coach.values import RULES

OWN_NAME = "rein-goals"
"""What the project's own goals are called in Opik; others are called after their file."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the operator asks for; without a dataset, the project's own goals."""

    dataset: Path | None = None
    judged: bool = False
    baseline: Path | None = None
    save: bool = False  # keep this run as the baseline, rather than compare with it


@dataclass(frozen=True, slots=True)
class Report:
    """What was found: as JSON, as tables, and whether that is well; *aside* goes to stderr."""

    result: dict[str, Any]
    tables: str
    ok: bool
    aside: str = ""


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
    shown, clock = opik.of(chosen), SystemClock()
    recorder = Recorder(clock.now) if shown else None
    result = await _evaluated(chosen, wanted, cases, recorder)
    tables = [evaluation.render(result)]
    now = baseline.of(result, run, clock.now().date())
    if wanted.save and wanted.baseline:
        baseline.write(now, wanted.baseline)
        tables.append(f"kept as a baseline: {wanted.baseline}")
    elif before is not None:
        result["summary"]["comparison"] = baseline.compare(before, now)
        tables.append(baseline.render(result["summary"]["comparison"]))
    aside = ""
    if shown and recorder:
        name = wanted.dataset.stem if wanted.dataset else OWN_NAME
        made = Run(name, cases, result["cases"], recorder.traces, asdict(run))
        aside = await evaluations.log(shown, made, clock.now())
    return Report(result, "\n\n".join(tables), evaluation.passes(result), aside)


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


async def _evaluated(
    chosen: Settings, wanted: Wanted, cases: Sequence[Case], recorder: Recorder | None
) -> dict[str, Any]:
    watch = recorder.watch if recorder else None
    provider = models.provider(chosen)
    if provider is None:
        return await evaluation.evaluate(cases, Coach(), watch=watch)
    deadlines = Deadlines(step=timedelta(seconds=chosen.step_deadline_s))
    service = ModelService(provider, deadlines, judge=models.judge(chosen))
    try:
        return await evaluation.evaluate(
            cases, Coach(service), service, judged=wanted.judged, watch=watch
        )
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
