"""Trials added up: what each variant of an experiment came to, from its first turn on.

A turn counts for a variant once a step was up whose prompt was on trial, whoever answered in
the end; it went wrong where a call failed or broke the rules, or the rules had to answer.
Each variant is named "experiment/variant".
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Subquery, and_, case, func, select

from coach.guardrails import Outcome
from coach.samples import Sample, Share, of
from coach.tracing import CANCELLED
from coach.values import RULES
from storage.ratings import STARS
from storage.subjects import SubjectKind
from storage.tables.record import MODEL_CALL, RATING
from storage.transaction import Transaction

MADE = (SubjectKind.RESOLUTION, SubjectKind.PLAN, SubjectKind.REPLY, SubjectKind.REVIEW)
"""What a step words itself; other things that are rated come from many prompts."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a variant came to: people, turns, who answered, cost, and what people said."""

    first: datetime
    last: datetime
    people: int
    by_rules: Share  # of turns
    micro_usd: int
    outcome: Outcome
    answers: dict[tuple[str, str], Counter[int]] = field(hash=False)  # by kind and aspect


def tally(transaction: Transaction) -> dict[str, Trial]:
    """Add up every variant that was ever met."""
    answers, stars = _answers(transaction), _stars(transaction)
    people: dict[str, list[Any]] = defaultdict(list)
    for row in transaction.run(_by_person(_by_turn())):
        people[row.variant].append(row)
    return {
        variant: replace(_met(rows, stars.get(variant, Sample())), answers=answers.get(variant, {}))
        for variant, rows in people.items()
    }


def _met(rows: Iterable[Any], stars: Sample) -> Trial:
    met = list(rows)
    return Trial(
        first=min(row.first for row in met),
        last=max(row.last for row in met),
        people=len(met),
        by_rules=Share(sum(int(row.by_rules) for row in met), sum(row.turns for row in met)),
        micro_usd=sum(int(row.micro_usd) for row in met),
        outcome=Outcome(of(int(row.wrong) / row.turns for row in met), stars),
        answers={},
    )


def _by_turn() -> Subquery:
    c = MODEL_CALL.c
    failed = and_(c.error.is_not(None), c.error != CANCELLED)
    return (
        select(
            c.variant,
            c.person_id,
            func.max(case((c.mode == RULES, 1), else_=0)).label("by_rules"),
            func.max(case((c.mode == RULES, 1), (failed, 1), else_=0)).label("wrong"),
            func.sum(c.micro_usd).label("micro_usd"),
            func.min(c.at).label("at"),
        )
        .where(c.variant != "")
        .group_by(c.variant, c.person_id, c.turn_id)
        .subquery()
    )


def _by_person(turns: Subquery) -> Any:
    c = turns.c
    added = [func.sum(c[name]).label(name) for name in ("by_rules", "wrong", "micro_usd")]
    ends = (func.min(c.at).label("first"), func.max(c.at).label("last"))
    counted = select(c.variant, func.count().label("turns"), *added, *ends)
    return counted.group_by(c.variant, c.person_id)


def _stars(transaction: Transaction) -> dict[str, Sample]:
    """Sum up the mean stars of each person."""
    c = RATING.c
    found: dict[str, Sample] = defaultdict(Sample)
    means = (
        select(c.variant, func.sum(c.value).label("total"), func.count().label("n"))
        .where(c.variant != "", c.aspect == STARS, c.object_kind.in_(MADE))
        .group_by(c.variant, c.person_id)
    )
    for row in transaction.run(means):
        found[row.variant] += of([int(row.total) / row.n])
    return found


def _answers(transaction: Transaction) -> dict[str, dict[tuple[str, str], Counter[int]]]:
    """Count each value of each aspect."""
    c = RATING.c
    counted = (
        select(c.variant, c.object_kind, c.aspect, c.value, func.count().label("n"))
        .where(c.variant != "", c.object_kind.in_(MADE))
        .group_by(c.variant, c.object_kind, c.aspect, c.value)
    )
    found: dict[str, dict[tuple[str, str], Counter[int]]] = {}
    for row in transaction.run(counted):
        aspects = found.setdefault(row.variant, {})
        aspects.setdefault((row.object_kind, row.aspect), Counter())[row.value] = row.n
    return found
