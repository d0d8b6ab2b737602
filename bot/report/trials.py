"""Experiments in a report: what each variant came to, beside its control."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.report import scales
from coach.experiments import CONTROL, split
from coach.guardrails import SHARES, STARS, compared
from coach.samples import Difference, Share, at_least
from storage import experiments
from storage.aggregates import trials
from storage.aggregates.scope import Scope
from storage.aggregates.trials import Trial
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Result:
    """What a variant came to in the whole of its experiment, and how it differs from the control.

    The differences are of means of people, with intervals that hold however often one looks.
    """

    variant: str
    trial: Trial
    wrong: Difference | None = None
    stars: Difference | None = None
    stopped: datetime | None = None


def results(transaction: Transaction, scope: Scope) -> Sequence[Result]:
    """Compare the variants of every experiment that somebody met in a window; none of a person."""
    if scope.person is not None:
        return ()
    met, stops = trials.tally(transaction), experiments.stops(transaction)
    lately = {split(name)[0] for name, one in met.items() if one.last >= scope.window.start}
    return [
        _result(name, met, stops.get(split(name)))
        for name in sorted(met)
        if split(name)[0] in lately
    ]


def yes(trial: Trial) -> dict[str, Share]:
    """Tell how many said yes, by aspect."""
    return {
        aspect: at_least(counts, 1)
        for (kind, aspect), counts in sorted(trial.answers.items())
        if scales.of(kind, aspect).is_yes_no
    }


def _result(name: str, met: Mapping[str, Trial], stopped: datetime | None) -> Result:
    experiment, variant = split(name)
    control = met.get(f"{experiment}/{CONTROL}")
    if variant == CONTROL or control is None:
        return Result(name, met[name], stopped=stopped)
    ours, theirs = met[name].outcome, control.outcome
    return Result(
        name,
        met[name],
        compared(ours.wrong, theirs.wrong, SHARES),
        compared(ours.stars, theirs.stars, STARS),
        stopped,
    )
