"""What a user costs in a month: people who wrote or tapped, in blocks of 30 days."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from storage.aggregates import calls, turns
from storage.aggregates.scope import Scope
from storage.transaction import Transaction
from storage.windows import Window

MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Cost:
    """What was spent in a window, and on how many: somebody counts once a month they came."""

    window: Window
    micro_usd: int
    people: int
    covered_days: int  # for how much of the window there is a record


def of(transaction: Transaction, scope: Scope) -> Cost:
    """Look at as many whole months as fit into the window, at its end; at one at least."""
    end = scope.window.end
    months = max(1, scope.window.days * timedelta(days=1) // MONTH)
    blocks = [Window(end - MONTH * (n + 1), end - MONTH * n) for n in range(months)]
    whole = replace(scope, window=Window(end - MONTH * months, end))
    spent = calls.tally(transaction, whole).get((), calls.Calls()).micro_usd
    people = [
        turns.active(transaction, replace(scope, window=block)).get((), 0) for block in blocks
    ]
    covered = _covered(whole.window, turns.since(transaction))
    return Cost(whole.window, spent, sum(people), covered)


def _covered(window: Window, since: datetime | None) -> int:
    """Count the days of a window for which there is a record, the first one begun as whole."""
    if since is None or since >= window.end:
        return 0
    return min(window.days, -((since - window.end) // timedelta(days=1)))
