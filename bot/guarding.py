"""Guarding experiments: a variant that falls clearly behind is stopped, and operators are told."""

import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping

from bot.clock import Clock
from coach.experiments import CONTROL, Experiment, Variant
from coach.guardrails import Cause, Outcome, behind
from storage import experiments
from storage.aggregates import trials
from storage.database import Database
from storage.errors import DatabaseUnavailableError

log = logging.getLogger(__name__)

Tell = Callable[[str, Mapping[str, object], str], Awaitable[None]]
"""Tells operators of a cause, with its figures, about something."""


def falls_behind(
    experiment: Experiment, outcomes: Mapping[str, Outcome]
) -> Iterator[tuple[Variant, Cause]]:
    """Find the variants to stop, each with its cause; *outcomes* by "experiment/variant"."""
    nothing = Outcome()
    control = outcomes.get(f"{experiment.name}/{CONTROL}", nothing)
    for variant in experiment.variants:
        met = outcomes.get(variant.prompt.variant, nothing)
        if variant.name != CONTROL and (cause := behind(met, control, experiment.guardrails)):
            yield variant, cause


async def look(
    database: Database, on_trial: tuple[Experiment, ...], clock: Clock, tell: Tell
) -> None:
    """Compare every variant with its control; a stop counts from the next turn on."""
    if not on_trial:
        return
    try:
        met, stopped = await database.read(lambda t: (trials.tally(t), experiments.stops(t)))
        outcomes = {name: trial.outcome for name, trial in met.items()}
        for experiment in on_trial:
            for variant, cause in falls_behind(experiment, outcomes):
                if (experiment.name, variant.name) not in stopped:
                    await _stop(database, experiment.name, variant.name, cause, clock)
                    figures = {
                        "variant": variant.prompt.variant,
                        "n": met[variant.prompt.variant].people,
                    }
                    await tell(f"variant_{cause}", figures, variant.prompt.variant)
    except DatabaseUnavailableError as error:
        log.error("experiments not looked at", extra={"error": type(error).__name__})


async def _stop(
    database: Database, experiment: str, variant: str, cause: Cause, clock: Clock
) -> None:
    now = clock.now()
    await database.write(lambda t: experiments.stop(t, experiment, variant, cause, now))
    told = {"experiment": experiment, "variant": variant, "reason": str(cause)}
    log.warning("variant stopped", extra=told)
