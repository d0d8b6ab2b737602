"""The summary of a window: everything that a report shows, read at one moment."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.report import agreeing, cost, course, figures, metrics, prompts, trials
from bot.report.agreeing import Judged, Starred
from bot.report.course import Day
from bot.report.figures import Figures
from bot.report.metrics import Metric
from bot.report.prompts import Prompted
from bot.report.trials import Result
from coach.samples import Share
from coach.weeks import DayState
from storage.aggregates import answers, calls, nudges, turns
from storage.aggregates.grouping import Group, Spread
from storage.aggregates.scope import Scope
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Summary:
    """One window of everybody, or of one person."""

    metrics: Sequence[Metric]
    now: Figures
    before: Figures
    waits: Mapping[Group, Spread]  # by mode
    took: Mapping[Group, Spread]  # calls that went well, by step and mode
    nudges: Mapping[tuple[str, str], Share]  # answered within a day, by kind and wording
    outcomes: Counter[DayState]  # of sessions told of
    prompts: Sequence[Prompted]
    trials: Sequence[Result]
    judged: Sequence[Judged]
    starred: Sequence[Starred]
    days: Sequence[Day]
    weeks: Sequence[Figures]

    @property
    def scope(self) -> Scope:
        """Say what it is about."""
        return self.now.scope


def take(transaction: Transaction, scope: Scope) -> Summary:
    """Read everything."""
    now, before = (figures.gather(transaction, one) for one in (scope, scope.before()))
    return Summary(
        metrics=metrics.seven(now, before, cost.of(transaction, scope)),
        now=now,
        before=before,
        waits=turns.waits(transaction, scope, turns.MODE),
        took=calls.latencies(transaction, scope, calls.STEP, calls.MODE),
        nudges=nudges.answered(transaction, scope),
        outcomes=answers.by_state(transaction, scope),
        prompts=prompts.compared(transaction, scope),
        trials=trials.results(transaction, scope),
        judged=agreeing.judged(transaction, scope),
        starred=agreeing.starred(transaction, scope),
        days=course.days(transaction, scope),
        weeks=course.weeks(transaction, scope),
    )
