"""Whether scores agree: the rules' with the judge's, and both with people's stars."""

from dataclasses import dataclass

from coach import samples
from coach.samples import Agreement, Estimate
from storage.aggregates import scores
from storage.aggregates.scope import Scope
from storage.transaction import Transaction

WITHIN = 1.5
"""Points by which two scores may differ and still agree."""

CAVEAT = (
    "Nobody has checked the judge against people yet. Small judges like long and polished text "
    "and give high scores: compare means over weeks, never single values, and show them to "
    f"nobody until 30 texts scored by people agree with it within {WITHIN} points in 80 %."
)


@dataclass(frozen=True, slots=True)
class Judged:
    """How far rules and judge agree on one dimension of a kind."""

    kind: str
    dimension: str
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Starred:
    """How the whole scores of a kind and its stars go together, by rank; *n* counts the pairs."""

    kind: str
    source: str
    n: int
    correlation: Estimate | None


def judged(transaction: Transaction, scope: Scope) -> list[Judged]:
    """Compare rules and judge wherever both scored the same."""
    found = sorted(scores.judged(transaction, scope).items())
    return [
        Judged(kind, dimension, samples.agreement(pairs, WITHIN))
        for (kind, dimension), pairs in found
    ]


def starred(transaction: Transaction, scope: Scope) -> list[Starred]:
    """Compare scores with stars wherever the same was scored and rated."""
    found = sorted(scores.starred(transaction, scope).items())
    return [
        Starred(kind, source, len(pairs), samples.spearman(pairs))
        for (kind, source), pairs in found
    ]
