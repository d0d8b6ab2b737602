"""Figures: everything that is added up for one scope, read in one transaction."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from coach import samples
from coach.samples import Sample, Share
from storage import evaluations
from storage.aggregates import calls, ratings, scores, turns
from storage.aggregates.calls import Calls
from storage.aggregates.grouping import Group, Spread
from storage.aggregates.scope import Scope
from storage.aggregates.turns import Tracing
from storage.ratings import STARS
from storage.subjects import SubjectKind
from storage.transaction import Transaction
from storage.turns import Outcome


@dataclass(frozen=True, slots=True)
class Figures:
    """What happened in a scope; the comments name the groups."""

    scope: Scope
    ratings: Mapping[Group, Counter[int]]  # kind, aspect
    reasons: Mapping[str, Counter[str]]
    scores: Mapping[Group, Sample]  # kind, dimension, source
    outcomes: Counter[Outcome]
    failures: Counter[str]  # of turns, by error
    waited: Spread
    tracing: Tracing
    active: int
    newcomers: int
    calls: Mapping[Group, Calls]  # step, mode
    errors: Mapping[str, Counter[str]]

    @property
    def attempts(self) -> Share:
        """How many attempts at a turn failed, for good or until the next one."""
        return attempts(self.outcomes)

    @property
    def stars(self) -> Sample:
        """The stars of all kinds together."""
        starred = (n for (_, aspect), n in self.ratings.items() if aspect == STARS)
        return sum(map(samples.of_counts, starred), Sample())

    @property
    def seconds_waited(self) -> Sample:
        """How long people waited for answers."""
        return samples.scaled(self.waited.sample, 1 / 1_000)

    def scored(self, kind: SubjectKind, dimension: str) -> Sample:
        """Return what the rules gave."""
        return self.scores.get((kind, dimension, evaluations.RULES), Sample())


def attempts(outcomes: Counter[Outcome]) -> Share:
    """Count the attempts at a turn, and those of them that failed: not those we cut short."""
    return Share(outcomes[Outcome.FAILED] + outcomes[Outcome.GIVEN_UP], outcomes.total())


def gather(transaction: Transaction, scope: Scope) -> Figures:
    """Add everything up."""
    return Figures(
        scope=scope,
        ratings=ratings.tally(transaction, scope, ratings.KIND, ratings.ASPECT),
        reasons=ratings.reasons(transaction, scope),
        scores=scores.tally(transaction, scope, scores.KIND, scores.DIMENSION, scores.SOURCE),
        outcomes=turns.outcomes(transaction, scope).get((), Counter()),
        failures=turns.errors(transaction, scope),
        waited=turns.waits(transaction, scope).get((), Spread()),
        tracing=turns.tracing(transaction, scope),
        active=turns.active(transaction, scope).get((), 0),
        newcomers=turns.newcomers(transaction, scope),
        calls=calls.tally(transaction, scope, calls.STEP, calls.MODE),
        errors=calls.errors(transaction, scope),
    )
