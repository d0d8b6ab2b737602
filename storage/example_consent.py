"""Who lets their messages become cases that an evaluation runs: asked for, given, withdrawn.

A consent of its own beside the one to be coached, under versions of its own; the latest row
counts. Whoever never answered has not agreed.
"""

from datetime import datetime

from sqlalchemy import func, select

from storage import people
from storage.people import Person
from storage.tables.people import CONSENT, PERSON
from storage.transaction import Transaction

GIVEN, WITHDRAWN = "examples-1", "examples-0"
"""Versions of `consent`; a text that asks for more than today's needs a new one."""

_ANSWERS = CONSENT.c.version.in_((GIVEN, WITHDRAWN))


def give(transaction: Transaction, person: Person, now: datetime) -> None:
    """Keep that somebody's messages may be used, without their name."""
    people.consent(transaction, person, GIVEN, now)


def withdraw(transaction: Transaction, person: Person, now: datetime) -> None:
    """Keep that they may not be, from now on; also where somebody said no to begin with."""
    people.consent(transaction, person, WITHDRAWN, now)


def given(transaction: Transaction, person: Person) -> bool:
    """Tell whether somebody's messages may be used now."""
    theirs = select(CONSENT.c.version).where(_ANSWERS, CONSENT.c.person_id == person.id)
    latest = theirs.order_by(CONSENT.c.id.desc()).limit(1)
    return transaction.run(latest).scalar() == GIVEN


def people_who_agreed(transaction: Transaction) -> list[Person]:
    """List the people whose messages may be used now."""
    latest = select(func.max(CONSENT.c.id)).where(_ANSWERS).group_by(CONSENT.c.person_id)
    agreed = select(CONSENT.c.person_id).where(CONSENT.c.id.in_(latest), CONSENT.c.version == GIVEN)
    found = select(*people.COLUMNS).where(PERSON.c.id.in_(agreed)).order_by(PERSON.c.id)
    return [people.read(row, transaction.keys) for row in transaction.run(found)]
