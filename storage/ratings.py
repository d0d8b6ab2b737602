"""Ratings: what somebody thinks of a subject of their own, aspect by aspect.

A second answer about the same aspect changes the first. Every rating has the pedigree of
its subject, and goes to Opik as a score of the trace that made it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, insert, select, update

from storage import opik_outbox, pedigree
from storage.people import Person
from storage.subjects import Subject
from storage.tables.record import RATING
from storage.transaction import Transaction

STARS = "stars"
"""The aspect that is the whole: 1 to 5."""


@dataclass(frozen=True, slots=True)
class Rating:
    """An answer, what was off if there was something, and where its subject came from."""

    value: int
    reason: str | None
    turn_id: str
    trace_id: str | None = None


def rate(
    transaction: Transaction,
    person: Person,
    subject: Subject,
    value: int,
    now: datetime,
    aspect: str = STARS,
) -> Rating | None:
    """Keep an answer, or change it; None, and nothing kept, for a foreign subject."""
    made = pedigree.of(transaction, person.id, subject)
    if made is None:
        return None
    if not _change(transaction, person, subject, aspect, value=value, updated_at=now):
        row = {
            "person_id": person.id,
            "object_kind": subject.kind,
            "object_id": subject.id,
            "object_version": subject.version,
            "aspect": aspect,
            "value": value,
            "turn_id": made.turn_id,
            "trace_id": made.trace_id,
            "mode": made.mode,
            "prompt_version": made.prompt_version,
            "variant": made.variant,
            "created_at": now,
            "updated_at": now,
        }
        transaction.run(insert(RATING).values(row))
    return _forwarded(transaction, person, subject, aspect, now)


def explain(
    transaction: Transaction, person: Person, subject: Subject, reason: str, now: datetime
) -> Rating | None:
    """Add what was off, as a code, to the stars of a subject; None if there are none."""
    _change(transaction, person, subject, STARS, reason=reason, updated_at=now)
    return _forwarded(transaction, person, subject, STARS, now)


def find(
    transaction: Transaction, person: Person, subject: Subject, aspect: str = STARS
) -> Rating | None:
    """Read somebody's answer about a subject."""
    c = RATING.c
    found = select(c.value, c.reason, c.turn_id, c.trace_id).where(_of(person, subject, aspect))
    row = transaction.run(found).one_or_none()
    return None if row is None else Rating(*row)


def given(transaction: Transaction, person: Person, subject: Subject) -> dict[str, int]:
    """Read all that somebody answered about a subject, by aspect."""
    rows = transaction.run(select(RATING.c.aspect, RATING.c.value).where(_about(person, subject)))
    return {row.aspect: row.value for row in rows}


def score_name(subject: Subject, aspect: str) -> str:
    """Name an aspect as Opik's score; stars are named after what they are for."""
    return f"{subject.kind}_rating" if aspect == STARS else aspect


def _forwarded(
    transaction: Transaction, person: Person, subject: Subject, aspect: str, now: datetime
) -> Rating | None:
    found = find(transaction, person, subject, aspect)
    if found is not None:
        score = {score_name(subject, aspect): float(found.value)}
        opik_outbox.put_scores(transaction, person, found.trace_id, score, now, found.reason)
    return found


def _change(
    transaction: Transaction, person: Person, subject: Subject, aspect: str, **values: Any
) -> bool:
    changed = update(RATING).where(_of(person, subject, aspect)).values(values)
    return transaction.run(changed).rowcount > 0


def _of(person: Person, subject: Subject, aspect: str) -> ColumnElement[bool]:
    return and_(_about(person, subject), RATING.c.aspect == aspect)


def _about(person: Person, subject: Subject) -> ColumnElement[bool]:
    table = RATING.c
    named = subject.among(table.object_kind, table.object_id, table.object_version)
    return and_(table.person_id == person.id, named)
