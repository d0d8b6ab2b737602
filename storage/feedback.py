"""Feedback: what somebody says in their own words, about the bot or about one subject.

Sealed like all their words, and for whoever runs this installation: it goes nowhere else,
to Opik in no setting either.
"""

from sqlalchemy import insert, select

from storage import ids, subjects
from storage.origin import Origin
from storage.people import Person
from storage.subjects import Subject
from storage.tables.people import FEEDBACK
from storage.transaction import Transaction


def keep(
    transaction: Transaction,
    person: Person,
    text: str,
    origin: Origin,
    about: Subject | None = None,
) -> None:
    """Keep what somebody said; a subject that is not theirs, or gone by now, is left out."""
    feedback_id = ids.new()
    if about is not None and subjects.maker(transaction, person.id, about) is None:
        about = None
    row = {
        "id": feedback_id,
        "person_id": person.id,
        "object_kind": about and about.kind,
        "object_id": about and about.id,
        "object_version": about and about.version,
        "body": person.words(str(feedback_id), text.encode()),
        "turn_id": origin.turn_id,
        "told_at": origin.at,
    }
    transaction.run(insert(FEEDBACK).values(row))


def of(transaction: Transaction, person: Person) -> list[str]:
    """List what somebody said, the oldest first."""
    theirs = select(FEEDBACK).where(FEEDBACK.c.person_id == person.id)
    rows = transaction.run(theirs.order_by(FEEDBACK.c.told_at, FEEDBACK.c.id))
    return [row.body.open(person.key, str(row.id)).decode() for row in rows]
