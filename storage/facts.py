"""Facts that people told about themselves, kept to be used in later texts."""

from sqlalchemy import insert, select

from storage import ids
from storage.origin import Origin
from storage.people import Person
from storage.tables.lived import MEMORY_FACT
from storage.transaction import Transaction

WHAT_WORKS = "what_works"
"""What helps this person with a goal, in their own words."""


def keep(
    transaction: Transaction, person: Person, goal_id: int, kind: str, told: str, origin: Origin
) -> None:
    """Keep what was told about a goal."""
    fact_id = ids.new()
    row = {
        "id": fact_id,
        "person_id": person.id,
        "goal_id": goal_id,
        "kind": kind,
        "body": person.words(str(fact_id), told.encode()),
        "turn_id": origin.turn_id,
        "told_at": origin.at,
    }
    transaction.run(insert(MEMORY_FACT).values(row))


def latest(transaction: Transaction, person: Person, goal_id: int, kind: str) -> str | None:
    """Read what was told last about a goal."""
    table = MEMORY_FACT.c
    theirs = select(MEMORY_FACT).where(
        table.person_id == person.id, table.goal_id == goal_id, table.kind == kind
    )
    newest = theirs.order_by(table.told_at.desc(), table.id).limit(1)
    row = transaction.run(newest).one_or_none()
    return row.body.open(person.key, str(row.id)).decode() if row else None
