"""Evaluations: every score a subject was given, by whom, and why."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from coach.values import Drafted, Scores
from storage import opik_outbox
from storage.origin import Origin
from storage.people import Person
from storage.subjects import Subject, SubjectKind
from storage.tables.record import EVALUATION
from storage.transaction import Transaction

OVERALL = "overall"
RULES, JUDGE = "rules", "judge"
"""Who gives scores."""

SUFFIX = {RULES: "rule", JUDGE: "judge"}
"""How a dimension's score is called at Opik, by who gave it."""

RULES_FIRST = "rules_first"
"""Source of the rules' scores of a first draft that another one replaced."""


def record(
    transaction: Transaction,
    person: Person,
    subject: Subject,
    scores: Scores,
    source: str,
    origin: Origin,
) -> None:
    """Keep the scores that *source* gave to a subject; the first ones stay.

    Opik gets them as scores of *origin*'s trace, if it has one.
    """
    given = {**scores.values, OVERALL: scores.overall}
    rows = [
        {
            "object_kind": subject.kind,
            "object_id": subject.id,
            "object_version": subject.version,
            "source": source,
            "dimension": dimension,
            "person_id": person.id,
            "turn_id": origin.turn_id,
            "score": score,
            "reason": person.words(
                _identity(subject, source, dimension), scores.reasons.get(dimension, "").encode()
            ),
            "at": origin.at,
        }
        for dimension, score in given.items()
    ]
    transaction.add_new(EVALUATION, rows)
    if source in SUFFIX:
        named = {f"{name}_{SUFFIX[source]}": score for name, score in given.items()}
        opik_outbox.put_scores(transaction, person, origin.trace_id, named, origin.at)


def record_draft(
    transaction: Transaction, person: Person, subject: Subject, made: Drafted[Any], origin: Origin
) -> None:
    """Keep the rules' scores of a draft, and of the one that it came after, if there was one.

    They belong to the trace of the turn that made the draft, which may lie before *origin*.
    """
    origin = replace(origin, trace_id=made.trace_id)
    record(transaction, person, subject, made.scores, RULES, origin)
    if made.first is not None:
        record(transaction, person, subject, made.first, RULES_FIRST, origin)


def find(transaction: Transaction, person: Person, subject: Subject, source: str) -> Scores | None:
    """Read the scores that *source* gave to a subject of this person."""
    table = EVALUATION.c
    of_subject = subject.among(table.object_kind, table.object_id, table.object_version)
    rows = transaction.run(
        select(table.dimension, table.score, table.reason).where(
            of_subject, table.person_id == person.id, table.source == source
        )
    ).all()
    scores = {row.dimension: float(row.score) for row in rows}
    if not scores:
        return None
    reasons = {
        row.dimension: row.reason.open(
            person.key, _identity(subject, source, row.dimension)
        ).decode()
        for row in rows
    }
    overall = scores.pop(OVERALL)
    return Scores(scores, overall, {name: why for name, why in reasons.items() if why})


def of_turn(transaction: Transaction, person: Person, turn_id: str) -> list[Subject]:
    """List what a turn made for this person and the rules scored."""
    table = EVALUATION.c
    rows = transaction.run(
        select(table.object_kind, table.object_id, table.object_version).where(
            table.turn_id == turn_id,
            table.person_id == person.id,
            table.source == RULES,
            table.dimension == OVERALL,
        )
    )
    return [
        Subject(SubjectKind(row.object_kind), row.object_id, row.object_version)
        for row in rows.all()
    ]


def _identity(subject: Subject, source: str, dimension: str) -> str:
    return f"{subject.kind}:{subject.id}:{subject.version}:{source}:{dimension}"
