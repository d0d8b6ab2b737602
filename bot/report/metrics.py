"""The seven key metrics, each against its target, with its n, its source and its window.

What was not measured, or not often enough, meets no target and misses none.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.report.cost import Cost
from bot.report.figures import Figures
from coach import samples
from coach.samples import ENOUGH, Difference, Estimate, Interval, Sample
from storage import evaluations
from storage.aggregates.turns import Tracing
from storage.subjects import SubjectKind
from storage.windows import Window


class Unit(StrEnum):
    """What a metric is measured in."""

    POINTS = "points of 10"
    STARS = "stars of 5"
    SHARE = "share"
    SECONDS = "seconds"
    USD = "US dollars"


@dataclass(frozen=True, slots=True)
class Target:
    """What a metric should stay above, or below, in its unit."""

    name: str
    label: str
    unit: Unit
    limit: float
    above: bool
    source: str
    counted: str  # what n counts


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric over one window; *value* is None where nothing can be claimed, *note* says why."""

    target: Target
    window: Window
    n: int
    value: float | None = None
    interval: Interval | None = None
    trend: Difference | None = None  # against the window before
    note: str = ""
    is_partial: bool = False  # what it should cover is not over yet

    @property
    def ok(self) -> bool | None:
        """Whether the target is met; None where that cannot be said."""
        if self.value is None or self.is_partial:
            return None
        return (
            self.value > self.target.limit
            if self.target.above
            else (self.value < self.target.limit)
        )


RESOLUTIONS = Target(
    "resolution_quality",
    "Resolution quality",
    Unit.POINTS,
    7.0,
    True,
    "evaluation.score: overall of resolutions, by the rules",
    "resolutions",
)
SATISFACTION = Target(
    "satisfaction",
    "Satisfaction",
    Unit.STARS,
    4.0,
    True,
    "rating.value: stars people gave, of all kinds, as they stand",
    "ratings",
)
PLANS = Target(
    "plan_feasibility",
    "Plan feasibility",
    Unit.POINTS,
    7.5,
    True,
    "evaluation.score: feasibility of plans, by the rules",
    "plans",
)
ERRORS = Target(
    "error_rate",
    "Error rate",
    Unit.SHARE,
    0.02,
    False,
    "turn.outcome: attempts that failed or were given up, of all",
    "attempts",
)
RESPONSE = Target(
    "mean_response",
    "Mean response",
    Unit.SECONDS,
    2.0,
    False,
    "message.sent_at - message.at: from arrival to the first message of the answer that "
    "Telegram took",
    "answers",
)
OVERHEAD = Target(
    "trace_overhead",
    "Trace overhead",
    Unit.SHARE,
    0.05,
    False,
    "turn.trace_us / turn.took_ms: recording, masking and keeping a trace, measured in each "
    "traced turn; what sending takes later is not in it",
    "traced turns",
)
COST = Target(
    "model_cost",
    "Model cost, user and month",
    Unit.USD,
    0.01,
    False,
    "model_call.micro_usd / people who wrote or tapped in 30 days (turn.person_id)",
    "people and months",
)


def seven(now: Figures, before: Figures, cost: Cost) -> tuple[Metric, ...]:
    """Measure all of them."""
    errors = _claimed(ERRORS, now.scope.window, now.attempts.n, now.attempts.rate())
    changed = samples.rate_difference(now.attempts, before.attempts)
    return (
        _averaged(RESOLUTIONS, now, before, quality),
        _averaged(SATISFACTION, now, before, lambda one: one.stars),
        _averaged(PLANS, now, before, feasibility),
        replace(errors, trend=changed),
        _averaged(RESPONSE, now, before, lambda one: one.seconds_waited),
        _overhead(now.scope.window, now.tracing),
        _cost(cost),
    )


def quality(figures: Figures) -> Sample:
    """Return the rules' whole scores of resolutions."""
    return figures.scored(SubjectKind.RESOLUTION, evaluations.OVERALL)


def feasibility(figures: Figures) -> Sample:
    """Return the rules' scores of how feasible plans are."""
    return figures.scored(SubjectKind.PLAN, "feasibility")


def _averaged(
    target: Target, now: Figures, before: Figures, of: Callable[[Figures], Sample]
) -> Metric:
    sample = of(now)
    found = _claimed(target, now.scope.window, sample.n, sample.mean())
    return replace(found, trend=samples.difference(sample, of(before)))


def _overhead(window: Window, tracing: Tracing) -> Metric:
    found = _claimed(OVERHEAD, window, tracing.n, None)
    if tracing.n == 0:
        return replace(found, note="no turn was traced")
    if tracing.n < ENOUGH or tracing.turns_ms == 0:
        return found
    return replace(found, value=tracing.traces_us / 1_000 / tracing.turns_ms, note="")


def _cost(cost: Cost) -> Metric:
    found = _claimed(COST, cost.window, cost.people, None)
    if cost.people < ENOUGH:
        return found
    value = cost.micro_usd / 1_000_000 / cost.people
    if cost.covered_days < cost.window.days:
        told = f"so far: the record is {cost.covered_days} days long, of {cost.window.days}"
        return replace(found, value=value, note=told, is_partial=True)
    return replace(found, value=value, note="")


def _claimed(target: Target, window: Window, n: int, found: Estimate | None) -> Metric:
    if found is None:
        note = "nothing yet" if n == 0 else f"only {n}: too few to average"
        return Metric(target, window, n, note=note)
    return Metric(target, window, n, found.value, found.interval)
