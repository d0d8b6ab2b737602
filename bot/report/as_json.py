"""The report as JSON: values that may not be claimed are null, and say so."""

from collections.abc import Iterator
from typing import Any

from bot.report import agreeing, opinions, outcomes, steps, trials, wording
from bot.report.agreeing import Judged, Starred
from bot.report.figures import Figures
from bot.report.metrics import Metric
from bot.report.opinions import Opinion
from bot.report.prompts import Prompted
from bot.report.summary import Summary
from bot.report.trials import Result
from coach import samples
from coach.samples import Difference, Estimate, Interval, Sample, Share
from storage import evaluations
from storage.aggregates.grouping import Spread
from storage.turns import Outcome
from storage.windows import Window

Json = dict[str, Any]
DIGITS = 6


def written(summary: Summary) -> Json:
    """Write everything; rates and shares are between 0 and 1, times in seconds."""
    now, person = summary.now, summary.scope.person
    return {
        "window": _window(summary.scope.window),
        **({} if person is None else {"person": person.public_id}),
        "metrics": [_metric(one) for one in summary.metrics],
        "people": {"active": now.active, "new": now.newcomers},
        "turns": _turns(now),
        "response": {
            **_spread(now.waited),
            "by_mode": {mode: _spread(spread) for (mode,), spread in sorted(summary.waits.items())},
        },
        "ratings": [_rating(one) for one in opinions.told(now, summary.before)],
        "reasons": [
            {"kind": kind, "reason": reason, "said": wording.reason(reason), "n": n}
            for kind, counts in sorted(now.reasons.items())
            for reason, n in counts.most_common()
        ],
        "nudges": [
            {"kind": kind, "wording": name, "answered_in_a_day": _rate(one)}
            for (kind, name), one in sorted(summary.nudges.items())
        ],
        "outcomes": {
            "source": outcomes.SOURCE,
            "told": {state: _rate(share) for state, share in outcomes.told(summary).items()},
            "questions_not_answered": _rate(outcomes.unanswered(summary)),
        },
        "scores": list(_scores(now)),
        "steps": [_step(one) for one in steps.told(now, summary.took)],
        "errors": [
            {"step": step, "error": error, "n": n}
            for step, counts in sorted(now.errors.items())
            for error, n in counts.most_common()
        ],
        "prompts": [_prompt(one) for one in summary.prompts],
        "variants": [_result(one) for one in summary.trials],
        "agreement": {
            "caveat": agreeing.CAVEAT,
            "within": agreeing.WITHIN,
            "rules_and_judge": [_judged(one) for one in summary.judged],
            "scores_and_stars": [_starred(one) for one in summary.starred],
        },
        "days": [
            {
                "day": day.name,
                "active": day.active,
                "answered": day.outcomes[Outcome.ANSWERED],
                "failed": day.failed,
                "usd": _usd(day.calls.micro_usd),
            }
            for day in summary.days
        ],
        "weeks": [_week(one) for one in summary.weeks],
    }


def _window(window: Window) -> Json:
    return {
        "from": window.start.isoformat(),
        "to": window.end.isoformat(),
        "days": window.days,
    }


def _metric(metric: Metric) -> Json:
    target = metric.target
    return {
        "name": target.name,
        "value": _rounded(metric.value),
        "target": target.limit,
        "n": metric.n,
        "source": target.source,
        "ok": metric.ok,
        "unit": target.unit,
        "better": "above" if target.above else "below",
        "counted": target.counted,
        "interval": _interval(metric.interval),
        "trend": _difference(metric.trend),
        "window": _window(metric.window),
        "note": metric.note,
    }


def _turns(now: Figures) -> Json:
    return {
        **{str(outcome): now.outcomes[outcome] for outcome in Outcome},
        "failure_rate": _rate(now.attempts),
        "errors": dict(now.failures.most_common()),
    }


def _rating(one: Opinion) -> Json:
    summed = one.summed
    return {
        "kind": one.kind,
        "aspect": one.aspect,
        "n": summed.n,
        "histogram": {str(value): n for value, n in one.histogram.items()},
        **({"yes_rate": _rate(summed)} if isinstance(summed, Share) else _mean(summed)),
        "trend": _difference(one.trend),
    }


def _scores(now: Figures) -> Iterator[Json]:
    for (kind, dimension, source), sample in sorted(now.scores.items()):
        if source in evaluations.SUFFIX:
            yield {"kind": kind, "dimension": dimension, "source": source, **_mean(sample)}


def _step(step: steps.Step) -> Json:
    return {
        "step": step.name,
        "answered": step.by_rules.n,
        "by_rules": step.by_rules.yes,
        "rules_share": _rate(step.by_rules),
        "model_calls": step.model.n,
        "model_failed": step.model.failed,
        "usd": _usd(step.model.micro_usd),
        "prompt_tokens": step.model.prompt_tokens,
        "cached_tokens": step.model.cached_tokens,
        "output_tokens": step.model.output_tokens,
        "model_seconds": _spread(step.took),
    }


def _prompt(one: Prompted) -> Json:
    return {
        "step": one.step,
        "version": one.version,
        "seconds": _spread(one.took),
        "variant": one.variant,
        "calls": one.calls.n,
        "failure_rate": _rate(one.calls.failures),
        "usd": _usd(one.calls.micro_usd),
        "stars": _mean(samples.of_counts(one.stars)),
        "score_by_rules": _mean(one.scored),
    }


def _result(one: Result) -> Json:
    trial = one.trial
    return {
        "variant": one.variant,
        "from": trial.first.isoformat(),
        "to": trial.last.isoformat(),
        "source": "model_call, rating",
        "people": trial.people,
        "turns": trial.by_rules.n,
        "rules_share": _rate(trial.by_rules),
        "usd": _usd(trial.micro_usd),
        "went_wrong": {**_mean(trial.outcome.wrong), "against_control": _difference(one.wrong)},
        "stars": {**_mean(trial.outcome.stars), "against_control": _difference(one.stars)},
        "yes_rates": {name: _rate(share) for name, share in trials.yes(trial).items()},
        "stopped": one.stopped and one.stopped.isoformat(),
    }


def _judged(one: Judged) -> Json:
    return {
        "kind": one.kind,
        "dimension": one.dimension,
        "n": one.agreement.close.n,
        "close": _rate(one.agreement.close),
        "correlation": _estimate(one.agreement.correlation),
    }


def _starred(one: Starred) -> Json:
    told = {"kind": one.kind, "source": one.source, "n": one.n}
    return {**told, "rank_correlation": _estimate(one.correlation)}


def _week(week: Figures) -> Json:
    return {
        "window": _window(week.scope.window),
        "active": week.active,
        "satisfaction": _mean(week.stars),
        "response": _spread(week.waited),
        "failure_rate": _rate(week.attempts),
    }


def _mean(sample: Sample) -> Json:
    mean = sample.mean()
    return {
        "n": sample.n,
        "small": sample.is_small,
        "mean": mean and _rounded(mean.value),
        "interval": mean and _interval(mean.interval),
    }


def _rate(share: Share) -> Json:
    return {"yes": share.yes, "n": share.n, **_estimate(share.rate())}


def _estimate(found: Estimate | None) -> Json:
    if found is None:
        return {"value": None, "interval": None}
    return {"value": _rounded(found.value), "interval": _interval(found.interval)}


def _spread(spread: Spread) -> Json:
    told = _mean(samples.scaled(spread.sample, 1 / 1_000))
    p50, p95 = (None if ms is None else ms / 1_000 for ms in (spread.p50, spread.p95))
    return {**told, "p50": p50, "p95": p95}


def _difference(found: Difference | None) -> Json | None:
    if found is None:
        return None
    return {
        "difference": _rounded(found.value),
        "interval": _interval(found.interval),
        "clear": found.is_clear,
    }


def _interval(found: Interval | None) -> list[float] | None:
    return found and [round(found.low, DIGITS), round(found.high, DIGITS)]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)


def _usd(micro: int) -> float:
    return micro / 1_000_000
