"""Sheets: the tables of a report, in words, for the terminal and the page alike."""

from collections.abc import Iterator

from bot.report import agreeing, opinions, outcomes, steps, trials, wording
from bot.report.metrics import Unit
from bot.report.prompts import Prompted
from bot.report.sheet import Row, Sheet
from bot.report.summary import Summary
from bot.report.trials import Result
from coach import samples
from coach.samples import Share
from storage import evaluations
from storage.turns import Outcome

WEEKS = (
    "Seven days each, counted back from the end; the first may be shorter. Dots are means or "
    "rates, lines the intervals in which the true ones lie. Sources as in the first table."
)
RATINGS = "Source: table rating. Answers are 1 to 5, yes or no, and for `percent` 25, 50 or 75."
DAYS = "Days in UTC. Sources: table turn; model_call.micro_usd for the cost."


def metrics(summary: Summary) -> Sheet:
    """Show the seven metrics."""
    rows = [
        (
            one.target.label,
            wording.measured(one),
            wording.target(one),
            wording.MET[one.ok],
            f"{one.n:,} {one.target.counted}",
            wording.trend(one.trend, one.target.unit),
            one.note,
        )
        for one in summary.metrics
    ]
    head = ("metric", "value (95 %)", "target", "", "n", "trend", "note")
    return Sheet("Key metrics", head, rows)


def ratings(summary: Summary) -> Sheet:
    """Show what people said of each aspect of each kind of subject."""
    rows: list[Row] = []
    for one in opinions.told(summary.now, summary.before):
        if isinstance(one.summed, Share):
            told, unit = wording.rate(one.summed), Unit.SHARE
        else:
            told, unit = wording.mean(one.summed, Unit.STARS), Unit.STARS
        rows.append((one.kind, one.aspect, told, wording.trend(one.trend, unit)))
    head = ("of", "aspect", "mean or share of yes", "trend")
    return Sheet("Ratings", head, rows, RATINGS, 2)


def reasons(summary: Summary) -> Sheet:
    """Show what was off where people gave few stars."""
    rows = [
        (kind, wording.reason(code), f"{n:,}")
        for kind, counts in sorted(summary.now.reasons.items())
        for code, n in counts.most_common()
    ]
    return Sheet("What was off", ("of", "reason", "taps"), rows, "Source: rating.reason.", 2)


def coach_steps(summary: Summary) -> Sheet:
    """Show who answered each step, and what the model's part cost and took."""
    told = steps.told(summary.now, summary.took)
    rows = [
        (
            one.name,
            NOT_STOOD_IN if one.is_judging else wording.rate(one.by_rules),
            f"{one.model.n:,}",
            f"{one.model.failed:,}",
            wording.usd(one.model.micro_usd),
            _times(one.took.p50, one.took.p95),
        )
        for one in told
    ]
    whole = wording.rate(steps.by_rules(told))
    spent = sum(one.model.micro_usd for one in told)
    note = f"Together: by rules {whole}; {wording.usd(spent)} spent. Source: table model_call."
    head = ("step", "answered by rules", "model calls", "failed", "cost", "model p50 / p95")
    return Sheet("Steps of the coach", head, rows, note)


NOT_STOOD_IN = "the judge's"


def errors(summary: Summary) -> Sheet:
    """Show what went wrong: with the model, where rules stood in, and with whole turns."""
    rows = [
        ("model", step, error, f"{n:,}")
        for step, counts in sorted(summary.now.errors.items())
        for error, n in counts.most_common()
    ]
    rows += [("turn", "", error, f"{n:,}") for error, n in summary.now.failures.most_common()]
    outcomes = summary.now.outcomes
    note = (
        f"Turns: {outcomes[Outcome.ANSWERED]:,} answered, {outcomes[Outcome.FAILED]:,} failed and "
        f"tried again, {outcomes[Outcome.GIVEN_UP]:,} given up. Where a model failed, the rules "
        "answered. Sources: model_call.error, turn.error."
    )
    return Sheet("Errors", ("of", "step", "kind", "times"), rows, note, 3)


def waits(summary: Summary) -> Sheet:
    """Show how long people waited for an answer."""
    named = {"model": "a model was asked", "rules": "no model was asked"}
    spreads = [("all", summary.now.waited)]
    spreads += [(named[mode], spread) for (mode,), spread in sorted(summary.waits.items())]
    rows = [
        (
            name,
            wording.mean(samples.scaled(spread.sample, 1 / 1_000), Unit.SECONDS),
            _times(spread.p50, spread.p95),
        )
        for name, spread in spreads
        if spread.sample.n
    ]
    note = (
        "From a message's arrival here to the first message of its answer that Telegram took; "
        "messages are kept for 90 days. Answers around danger are not kept, so not in it."
    )
    return Sheet("Response time", ("answers", "mean", "p50 / p95"), rows, note)


def nudges(summary: Summary) -> Sheet:
    """Show which nudges people answer, each kind as a whole and by its wordings."""
    kinds = sorted({kind for kind, _ in summary.nudges})
    rows: list[Row] = []
    for kind in kinds:
        worded = {name: one for (of, name), one in sorted(summary.nudges.items()) if of == kind}
        whole = sum(worded.values(), Share())
        told = [("all", whole), *worded.items()] if len(worded) > 1 else worded.items()
        rows += [(kind, name, f"{one.n:,}", wording.rate(one)) for name, one in told]
    note = (
        "What Telegram took of what was said unasked; the last day's may still be answered. "
        "Wordings take turns, so they differ by when they were due as well. Source: table nudge."
    )
    return Sheet("Nudges", ("of", "wording", "sent", "answered in a day"), rows, note, 2)


def prompts(summary: Summary) -> Sheet:
    """Show versions of prompts side by side."""
    head = (
        "step",
        "version",
        "variant",
        "calls",
        "failed",
        "cost a call",
        "stars",
        "score (rules)",
    )
    rows = [(one.step, one.version, one.variant, *_worth(one)) for one in summary.prompts]
    return Sheet("Prompt versions", head, rows, "Stars and scores of what each one made.", 3)


def variants(summary: Summary) -> Sheet:
    """Show the variants of prompts on trial, each beside its control."""
    rows = [(one.variant, *row) for one in summary.trials for row in _trial(one)]
    note = (
        "The whole of each experiment that anybody met in this window. Everybody counts once: a "
        "mean is of people. Differences have intervals that hold however often you look. "
        "Sources: model_call, rating."
    )
    return Sheet("Variants on trial", ("variant", "", "", "against control"), rows, note, 2)


def _trial(one: Result) -> list[Row]:
    trial, outcome = one.trial, one.trial.outcome
    state = f", stopped {one.stopped:%Y-%m-%d}" if one.stopped else ""
    turns = f"{trial.people:,} / {trial.by_rules.n:,}"
    against = (wording.against(one.wrong, Unit.SHARE), wording.against(one.stars, Unit.STARS))
    return [
        ("since", f"{trial.first:%Y-%m-%d}{state}", ""),
        ("people / turns", turns, ""),
        ("went wrong", wording.mean(outcome.wrong, Unit.SHARE), against[0]),
        ("by rules", wording.rate(trial.by_rules), ""),
        ("stars", wording.mean(outcome.stars, Unit.STARS), against[1]),
        *((wording.said(name), wording.rate(yes), "") for name, yes in trials.yes(trial).items()),
        ("cost", wording.usd(trial.micro_usd), ""),
    ]


def scores(summary: Summary) -> Sheet:
    """Show the rules' scores beside the judge's, and how far they agree."""
    near = {(one.kind, one.dimension): one.agreement for one in summary.judged}
    found = summary.now.scores
    rows: list[Row] = []
    for kind, dimension in sorted({(kind, dimension) for kind, dimension, _ in found}):
        rules, judge = (
            found.get((kind, dimension, source), samples.Sample())
            for source in (evaluations.RULES, evaluations.JUDGE)
        )
        both = near.get((kind, dimension))
        rows.append((
            kind,
            wording.said(dimension),
            wording.mean(rules, Unit.POINTS),
            wording.mean(judge, Unit.POINTS),
            wording.rate(both.close) if both else wording.NONE,
            wording.correlation(both.correlation) if both else wording.NONE,
        ))  # fmt: skip
    head = ("of", "dimension", "rules", "judge", f"within {agreeing.WITHIN}", "correlation")
    return Sheet("Scores, and whether rules and judge agree", head, rows, agreeing.CAVEAT, 2)


def starred(summary: Summary) -> Sheet:
    """Show whether scores and stars go together."""
    rows = [
        (one.kind, one.source, f"{one.n:,}", wording.correlation(one.correlation))
        for one in summary.starred
    ]
    note = "Spearman's rank correlation of whole scores with stars; from ten pairs on."
    return Sheet("Do scores agree with stars?", ("of", "scored by", "pairs", "rank correlation"),
                 rows, note, 2)  # fmt: skip


def every(summary: Summary) -> Iterator[Sheet]:
    """Give all sheets in the order of reading, those of variants only where there are some."""
    yield metrics(summary)
    yield outcomes.sheet(summary)
    for draw in (ratings, reasons, waits, nudges, coach_steps, errors, prompts):
        yield draw(summary)
    if (on_trial := variants(summary)).rows:
        yield on_trial
    yield scores(summary)
    yield starred(summary)


def _worth(one: Prompted) -> Row:
    a_call = one.calls.micro_usd // one.calls.n if one.calls.n >= samples.ENOUGH else None
    return (
        f"{one.calls.n:,}",
        wording.rate(one.calls.failures),
        wording.few(one.calls.n) if a_call is None else wording.usd(a_call),
        wording.mean(samples.of_counts(one.stars), Unit.STARS),
        wording.mean(one.scored, Unit.POINTS),
    )


def _times(p50: int | None, p95: int | None) -> str:
    if p50 is None:
        return wording.NONE
    return f"{p50 / 1_000:.2f} s / " + ("too few" if p95 is None else f"{p95 / 1_000:.2f} s")
