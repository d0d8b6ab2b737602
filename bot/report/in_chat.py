"""The report in chat: what an operator sees of the last days, in counts, never in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from bot.journey.content import Text, Value
from bot.report import cost, figures, metrics, steps, wording
from bot.report.figures import Figures
from bot.report.metrics import Metric
from coach.samples import Share
from storage import opik_outbox, spend, windows
from storage.aggregates.scope import Scope
from storage.opik_outbox import Backlog
from storage.spend import Limit
from storage.transaction import Transaction

DAYS = 30
MARKS = {True: "✓", False: "✗", None: "–"}
"""Whether a target is met, missed, or nothing can be claimed yet."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Spent:
    """What models cost, in millionths of a dollar, and the day's cap in dollars."""

    window: int
    today: int
    cap: Decimal


def told(transaction: Transaction, now: datetime, day_cap: Decimal) -> tuple[Text, ...]:
    """Sum the last days up, as `rein report` does, in three texts."""
    scope = Scope(windows.last(DAYS, now))
    found = figures.gather(transaction, scope)
    before = figures.gather(transaction, scope.before())
    seven = metrics.seven(found, before, cost.of(transaction, scope))
    today = spend.taken(transaction, Limit(spend.ALL, now.date(), None))
    spent = Spent(sum(made.micro_usd for made in found.calls.values()), today, day_cap)
    return (
        Text("admin.metrics", _metrics(seven, scope)),
        Text("admin.turns", _turns(found)),
        Text("admin.money", _money(spent, opik_outbox.backlog(transaction))),
    )


def _metrics(seven: tuple[Metric, ...], scope: Scope) -> dict[str, Value]:
    told: dict[str, Value] = {one.target.name: _metric(one) for one in seven}
    return told | {"days": DAYS, "day": (scope.window.end - _DAY).date()}


def _metric(one: Metric) -> str:
    value = "" if one.value is None else f" {wording.value(one.value, one.target.unit)}"
    return f"{MARKS[one.ok]}{value} (n {one.n})"


def _turns(found: Figures) -> dict[str, Value]:
    rules = steps.by_rules(steps.told(found, {}))
    return {
        "active": found.active,
        "half": _seconds(found.waited.p50),
        "most": _seconds(found.waited.p95),
        "answers": found.waited.sample.n,
        "wrong": found.attempts.yes,
        "attempts": found.attempts.n,
        "rules": _rate(rules),
    }


def _money(spent: Spent, opik: Backlog) -> dict[str, Value]:
    return {
        "days": DAYS,
        "cost": wording.usd(spent.window),
        "today": wording.usd(spent.today),
        "cap": f"${spent.cap:.2f}",
        "waiting": opik.waiting,
        "refused": opik.refused,
        "dropped": opik.dropped,
    }


def _seconds(milliseconds: int | None) -> str:
    return wording.NONE if milliseconds is None else f"{milliseconds / 1_000:.2f} s"


def _rate(share: Share) -> str:
    rate = share.rate()
    return f"{wording.NONE if rate is None else wording.percent(rate.value)} (n {share.n})"
