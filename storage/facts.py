"""Facts that people told about themselves, kept to be used in later texts, or forgotten.

Forgetting deletes the words. Where a fact would follow again from a goal or from its days, a
row without words stays, so that it is not concluded again.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from storage import ids
from storage.origin import Origin
from storage.people import Person
from storage.tables.lived import MEMORY_FACT
from storage.transaction import Transaction

WHAT_WORKS, OWN = "what_works", "own"
"""What helps with a goal, and what was added by hand; both in the person's own words."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What was told about a goal, or about the person; without words: what is forgotten."""

    id: int
    goal_id: int | None
    kind: str
    words: str
    told_at: datetime


def keep(
    transaction: Transaction,
    person: Person,
    goal_id: int | None,
    kind: str,
    told: str,
    origin: Origin,
) -> None:
    """Keep what was told about a goal, or about the person."""
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


def of(transaction: Transaction, person: Person) -> tuple[Fact, ...]:
    """List everything kept and forgotten about somebody, newest first."""
    table = MEMORY_FACT.c
    theirs = select(MEMORY_FACT).where(table.person_id == person.id)
    rows = transaction.run(theirs.order_by(table.told_at.desc(), table.id)).all()
    return tuple(
        Fact(
            row.id,
            row.goal_id,
            row.kind,
            row.body.open(person.key, str(row.id)).decode(),
            row.told_at,
        )
        for row in rows
    )


def drop(transaction: Transaction, person: Person, fact_id: int) -> None:
    """Delete one fact of theirs."""
    table = MEMORY_FACT.c
    theirs = delete(MEMORY_FACT).where(table.person_id == person.id, table.id == fact_id)
    transaction.run(theirs)


def drop_kind(transaction: Transaction, person: Person, goal_id: int, kinds: list[str]) -> None:
    """Delete what is kept, or noted as forgotten, of some kinds about a goal of theirs."""
    table = MEMORY_FACT.c
    theirs = delete(MEMORY_FACT).where(
        table.person_id == person.id, table.goal_id == goal_id, table.kind.in_(kinds)
    )
    transaction.run(theirs)
