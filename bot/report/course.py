"""The course of a window: its days one by one, and its weeks, which have enough for a mean."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.report import figures
from bot.report.figures import Figures
from storage.aggregates import calls, grouping, turns
from storage.aggregates.calls import Calls
from storage.aggregates.scope import Scope
from storage.transaction import Transaction
from storage.turns import Outcome
from storage.windows import Window

DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Day:
    """What happened on one day of UTC, "2026-11-23"."""

    name: str
    outcomes: Counter[Outcome]
    active: int
    calls: Calls

    @property
    def failed(self) -> int:
        """How many attempts at a turn failed."""
        return figures.attempts(self.outcomes).yes


def days(transaction: Transaction, scope: Scope) -> list[Day]:
    """Describe each day of a window, the empty ones too."""
    outcomes = turns.outcomes(transaction, scope, grouping.DAY)
    active = turns.active(transaction, scope, grouping.DAY)
    made = calls.tally(transaction, scope, grouping.DAY)
    names = [f"{scope.window.start + DAY * n:%Y-%m-%d}" for n in range(scope.window.days)]
    return [
        Day(
            name,
            outcomes.get((name,), Counter()),
            active.get((name,), 0),
            made.get((name,), Calls()),
        )
        for name in names
    ]


def weeks(transaction: Transaction, scope: Scope) -> list[Figures]:
    """Add each week up, counted back from the end; the first may be shorter."""
    start, end = scope.window.start, scope.window.end
    count = -(-scope.window.days // WEEK.days)
    windows = [
        Window(max(start, end - WEEK * n), end - WEEK * (n - 1)) for n in range(count, 0, -1)
    ]
    return [figures.gather(transaction, replace(scope, window=one)) for one in windows]
