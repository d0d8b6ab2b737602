"""`rein evaluate`: the coach, with the operator's model, over goals or phrases."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bot import experiment_file, models, opik
from bot.clock import SystemClock
from bot.opik import evaluations
from bot.opik.evaluations import Recorder, Run
from bot.settings import Settings
from coach import baseline, evaluation, goal_set, phrases
from coach.baseline import Baseline, Circumstances
from coach.coach import Coach
from coach.llm import prompts
from coach.llm.prompts import Prompt
from coach.llm.service import ModelService
from coach.llm.timing import Deadlines
from coach.values import RULES

OWN_NAME = "rein-goals"
"""What the project's own goals are called in Opik; others are called after their file."""

Ready = Callable[..., Awaitable[dict[str, Any]]]
"""An evaluation that lacks only the coach, and its model if it has one."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the operator asks for; without a dataset, the project's own goals."""

    dataset: Path | None = None
    judged: bool = False
    variant: str = ""  # of an experiment, as its name alone or "experiment/variant"
    baseline: Path | None = None
    save: bool = False  # keep this run as the baseline, rather than compare with it


@dataclass(frozen=True, slots=True)
class Report:
    """What was found: as JSON, as tables, and whether that is well; *aside* goes to stderr."""

    result: dict[str, Any]
    tables: str
    ok: bool
    aside: str = ""


class WantedError(Exception):
    """What was asked for cannot be done; the operator's to mend."""

    exit_code = 2


async def evaluate(chosen: Settings, wanted: Wanted) -> Report:
    """Run the coach, or triage, over what is wanted, with the model of these settings if any.

    No budget applies: the operator asked for every call.
    """
    cases = goal_set.read(wanted.dataset or goal_set.OWN)
    if phrases.are_phrases(cases):
        result = phrases.evaluate(cases)
        return Report(result, phrases.render(result), evaluation.passes(result))
    on_trial = _on_trial(chosen, wanted)
    run = _circumstances(chosen, wanted, goal_set.digest(cases), on_trial)
    before = _baseline(wanted, run)
    shown, clock = opik.of(chosen), SystemClock()
    recorder = Recorder(clock.now) if shown else None
    ready = partial(
        evaluation.evaluate,
        cases,
        judged=wanted.judged,
        on_trial=on_trial,
        watch=recorder.watch if recorder else None,
    )
    result = await _with_model(chosen, ready)
    compared = _compared(wanted, before, baseline.of(result, run, clock.now().date()), result)
    aside = ""
    if shown and recorder:
        name = wanted.dataset.stem if wanted.dataset else OWN_NAME
        made = Run(name, cases, result["cases"], recorder.traces, asdict(run))
        aside = await evaluations.log(shown, made, clock.now())
    tables = f"{evaluation.render(result)}\n\n{compared}".rstrip()
    return Report(result, tables, evaluation.passes(result), aside)


def _on_trial(chosen: Settings, wanted: Wanted) -> dict[str, Prompt]:
    if not wanted.variant:
        return {}
    if chosen.provider == RULES:
        raise WantedError("--variant needs a model: the rules use no prompt")
    return experiment_file.chosen(chosen.experiments_file, wanted.variant)


def _baseline(wanted: Wanted, run: Circumstances) -> Baseline | None:
    """Read what to compare with, before anything is run; for our own goals by rules, our own."""
    if wanted.save:
        if wanted.baseline is None:
            raise WantedError("--save-baseline needs --baseline FILE, to know where")
        return None
    if wanted.baseline is not None:
        before = baseline.read(wanted.baseline)
        baseline.check(before.run, run)
        return before
    ours = wanted.dataset is None and run.model == RULES
    return baseline.read(goal_set.OWN_BASELINE) if ours else None


def _compared(
    wanted: Wanted, before: Baseline | None, now: Baseline, result: dict[str, Any]
) -> str:
    """Keep this run, or compare it and add to the result what is found; tell which."""
    if wanted.save and wanted.baseline:
        baseline.write(now, wanted.baseline)
        return f"kept as a baseline: {wanted.baseline}"
    if before is None:
        return ""
    found = result["summary"]["comparison"] = baseline.compare(before, now)
    return baseline.render(found)


async def _with_model(chosen: Settings, ready: Ready) -> dict[str, Any]:
    provider = models.provider(chosen)
    if provider is None:
        return await ready(Coach())
    deadlines = Deadlines(step=timedelta(seconds=chosen.step_deadline_s))
    service = ModelService(provider, deadlines, judge=models.judge(chosen))
    try:
        return await ready(Coach(service), service)
    finally:
        await service.close()


def _circumstances(
    chosen: Settings, wanted: Wanted, dataset: str, on_trial: Mapping[str, Prompt]
) -> Circumstances:
    if chosen.provider == RULES:
        return Circumstances(dataset, RULES)
    used = {name: on_trial.get(name) or prompts.load(name) for name in prompts.names()}
    judge = models.judge(chosen) or chosen.llm_model
    return Circumstances(
        dataset,
        f"{chosen.provider}/{chosen.llm_model}",
        judge if wanted.judged else None,
        next((prompt.variant for prompt in on_trial.values()), ""),
        {name: prompt.version for name, prompt in used.items()},
    )
