"""Evaluations: every score a subject was given, by whom, and why."""

from sqlalchemy import select

from coach.values import Scores
from storage.origin import Origin
from storage.people import Person
from storage.subjects import Subject
from storage.tables.record import EVALUATION
from storage.transaction import Transaction

OVERALL = "overall"


def record(
    transaction: Transaction,
    person: Person,
    subject: Subject,
    scores: Scores,
    source: str,
    origin: Origin,
) -> None:
    """Keep the scores that *source* ("rules", "judge") gave to a subject; the first ones stay."""
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
        for dimension, score in {**scores.values, OVERALL: scores.overall}.items()
    ]
    transaction.add_new(EVALUATION, rows)


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


def _identity(subject: Subject, source: str, dimension: str) -> str:
    return f"{subject.kind}:{subject.id}:{subject.version}:{source}:{dimension}"
