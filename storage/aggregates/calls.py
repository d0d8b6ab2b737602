"""The ledger added up: what the coach's calls cost and took, who answered, and what went wrong."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select

from coach.samples import Share
from storage.aggregates import grouping
from storage.aggregates.grouping import Group, Spread
from storage.aggregates.scope import Scope
from storage.tables.record import MODEL_CALL
from storage.transaction import Transaction

STEP, MODE, PROMPT_VERSION, VARIANT = "step", "mode", "prompt_version", "variant"
"""What calls can be told apart by, beside the day."""

JUDGING = "evaluate_"
"""How the judge's steps begin; nobody waits for them, and no rules stand in."""


@dataclass(frozen=True, slots=True)
class Calls:
    """Calls of one kind: how many, how many of them failed, what they cost and read and wrote."""

    n: int = 0
    failed: int = 0
    micro_usd: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0  # with those spent on thinking

    def __add__(self, other: "Calls") -> "Calls":
        return Calls(
            self.n + other.n,
            self.failed + other.failed,
            self.micro_usd + other.micro_usd,
            self.prompt_tokens + other.prompt_tokens,
            self.cached_tokens + other.cached_tokens,
            self.output_tokens + other.output_tokens,
        )

    @property
    def answered(self) -> int:
        """How many brought an answer that was used."""
        return self.n - self.failed

    @property
    def failures(self) -> Share:
        """How many of all failed."""
        return Share(self.failed, self.n)


def tally(transaction: Transaction, scope: Scope, *by: str) -> dict[Group, Calls]:
    """Add calls up, for each combination of the columns *by*."""
    c = MODEL_CALL.c
    groups = grouping.columns(MODEL_CALL, c.at, by)
    added = [func.sum(c[name]) for name in ("micro_usd", "prompt_tokens", "cached_tokens")]
    counted = (
        select(*groups, func.count(), func.count(c.error), *added)
        .add_columns(func.sum(c.output_tokens + c.thinking_tokens))
        .where(*scope.of(MODEL_CALL, c.at))
        .group_by(*groups)
    )
    found: dict[Group, Calls] = {}
    for row in transaction.run(counted).all():
        figures = [int(figure or 0) for figure in tuple(row)[len(by) :]]
        if figures[0]:
            found[grouping.group(row, by)] = Calls(*figures)
    return found


def latencies(transaction: Transaction, scope: Scope, *by: str) -> dict[Group, Spread]:
    """Tell how long the calls took that brought an answer, for each combination of *by*."""
    c = MODEL_CALL.c
    groups = grouping.columns(MODEL_CALL, c.at, by)
    values = select(*groups, c.latency_ms.label("value")).where(
        *scope.of(MODEL_CALL, c.at), c.error.is_(None)
    )
    return grouping.spreads(transaction, values, by)


def errors(transaction: Transaction, scope: Scope) -> dict[str, Counter[str]]:
    """Count what went wrong with the model, by step and kind of error."""
    c = MODEL_CALL.c
    counted = (
        select(c.step, c.error, func.count().label("n"))
        .where(*scope.of(MODEL_CALL, c.at), c.error.is_not(None))
        .group_by(c.step, c.error)
    )
    found: dict[str, Counter[str]] = {}
    for row in transaction.run(counted):
        found.setdefault(row.step, Counter())[row.error] = row.n
    return found
