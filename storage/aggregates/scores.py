"""Scores added up: by rules and by the judge, alone, in pairs, and beside people's stars."""

from collections import defaultdict
from typing import Any

from sqlalchemy import ColumnElement, String, Table, and_, cast, select

from coach.samples import Sample
from storage import evaluations, pedigree
from storage.aggregates import grouping
from storage.aggregates.grouping import Group
from storage.aggregates.scope import Scope
from storage.ratings import STARS
from storage.subjects import SubjectKind
from storage.tables.goals import PLAN, RESOLUTION
from storage.tables.record import EVALUATION, MODEL_CALL, RATING
from storage.transaction import Transaction

KIND, DIMENSION, SOURCE = "object_kind", "dimension", "source"
"""What scores can be told apart by, beside the day."""

Pairs = dict[tuple[str, str], list[tuple[float, float]]]


def tally(transaction: Transaction, scope: Scope, *by: str) -> dict[Group, Sample]:
    """Add scores up, for each combination of the columns *by*."""
    moment = EVALUATION.c.at
    groups = grouping.columns(EVALUATION, moment, by)
    counted = (
        select(*groups, *grouping.sums(EVALUATION.c.score))
        .where(*scope.of(EVALUATION, moment))
        .group_by(*groups)
    )
    rows = transaction.run(counted).all()
    return {grouping.group(row, by): grouping.sample(row) for row in rows if row.n}


def by_prompt(transaction: Transaction, scope: Scope) -> dict[tuple[str, str, str], Sample]:
    """Add the rules' whole scores up by kind, prompt version and variant of what they are for."""
    found: dict[tuple[str, str, str], Sample] = {}
    for kind, table, joined in _MAKERS:
        made = (table.c.prompt_version, table.c.variant)
        counted = (
            select(*made, *grouping.sums(EVALUATION.c.score))
            .join_from(EVALUATION, table, joined)
            .where(*scope.of(EVALUATION, EVALUATION.c.at), EVALUATION.c.object_kind == kind)
            .where(EVALUATION.c.source == evaluations.RULES)
            .where(EVALUATION.c.dimension == evaluations.OVERALL)
            .group_by(*made)
        )
        for row in transaction.run(counted):
            found[str(kind), row.prompt_version, row.variant] = grouping.sample(row)
    return found


def judged(transaction: Transaction, scope: Scope) -> Pairs:
    """Pair the rules' scores with the judge's of the same, by kind and dimension."""
    rules, judge = EVALUATION.alias("rules"), EVALUATION.alias("judge")
    same = ("object_kind", "object_id", "object_version", "dimension")
    pairs = (
        select(judge.c.object_kind, judge.c.dimension, rules.c.score, judge.c.score)
        .join_from(judge, rules, and_(*(judge.c[name] == rules.c[name] for name in same)))
        .where(judge.c.source == evaluations.JUDGE, rules.c.source == evaluations.RULES)
        .where(*scope.of(judge, judge.c.at))
    )
    return _paired(transaction.run(pairs))


def starred(transaction: Transaction, scope: Scope) -> Pairs:
    """Pair whole scores with the stars of the same, by kind and by who gave the score."""
    same = ("object_kind", "object_id", "object_version")
    pairs = (
        select(RATING.c.object_kind, EVALUATION.c.source, EVALUATION.c.score, RATING.c.value)
        .join_from(RATING, EVALUATION, and_(*(RATING.c[n] == EVALUATION.c[n] for n in same)))
        .where(EVALUATION.c.dimension == evaluations.OVERALL)
        .where(EVALUATION.c.source.in_(evaluations.SUFFIX))
        .where(RATING.c.aspect == STARS, *scope.of(RATING, RATING.c.created_at))
    )
    return _paired(transaction.run(pairs))


def _paired(rows: Any) -> Pairs:
    found: Pairs = defaultdict(list)
    for kind, name, one, other in rows:
        found[kind, name].append((one, other))
    return dict(found)


def _version_of(table: Table) -> ColumnElement[bool]:
    """Say in SQL which version of a resolution or plan a score is for."""
    return and_(
        cast(table.c.goal_id, String) == EVALUATION.c.object_id,
        table.c.version == EVALUATION.c.object_version,
        table.c.person_id == EVALUATION.c.person_id,
    )


def _call_of(kind: SubjectKind) -> ColumnElement[bool]:
    """Say in SQL which call made the message that a score is for."""
    call = MODEL_CALL.c
    steps = call.step.in_(pedigree.STEPS[kind])
    return and_(call.turn_id == EVALUATION.c.turn_id, steps, call.error.is_(None))


_MAKERS = (
    (SubjectKind.RESOLUTION, RESOLUTION, _version_of(RESOLUTION)),
    (SubjectKind.PLAN, PLAN, _version_of(PLAN)),
    (SubjectKind.REPLY, MODEL_CALL, _call_of(SubjectKind.REPLY)),
    (SubjectKind.REVIEW, MODEL_CALL, _call_of(SubjectKind.REVIEW)),
)
