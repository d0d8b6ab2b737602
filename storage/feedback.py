"""Feedback: what somebody says about the bot itself."""

from sqlalchemy import insert, select

from storage import ids
from storage.origin import Origin
from storage.people import Person
from storage.tables.people import FEEDBACK
from storage.transaction import Transaction


def keep(transaction: Transaction, person: Person, text: str, origin: Origin) -> None:
    """Keep what somebody said."""
    feedback_id = ids.new()
    row = {
        "id": feedback_id,
        "person_id": person.id,
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
