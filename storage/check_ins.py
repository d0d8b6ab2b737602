"""Check-ins: the questions that return, as a person agreed to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import delete, insert, select, update

from storage.people import Person
from storage.tables.goals import CHECK_IN
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A question at a wall time, on some weekdays (0 is Monday), in a time zone."""

    goal_id: int
    kind: str
    at: time
    weekdays: frozenset[int]
    time_zone: str
    next_due_at: datetime | None = None


def replace(
    transaction: Transaction,
    person: Person,
    goal_id: int,
    check_ins: Iterable[CheckIn],
    now: datetime,
) -> None:
    """Let these be the check-ins of a goal, and no others."""
    theirs = (CHECK_IN.c.goal_id == goal_id, CHECK_IN.c.person_id == person.id)
    transaction.run(delete(CHECK_IN).where(*theirs))
    rows = [
        {
            "person_id": person.id,
            "goal_id": goal_id,
            "kind": check_in.kind,
            "local_time": check_in.at,
            "weekdays": "".join(str(day) for day in sorted(check_in.weekdays)),
            "time_zone": check_in.time_zone,
            "next_due_at": check_in.next_due_at,
            "created_at": now,
        }
        for check_in in check_ins
    ]
    if rows:
        transaction.run(insert(CHECK_IN), rows)


def move(transaction: Transaction, person: Person, time_zone: str) -> None:
    """Ask somebody at the same wall times in another zone; what is due is to be found anew."""
    theirs = update(CHECK_IN).where(CHECK_IN.c.person_id == person.id)
    transaction.run(theirs.values(time_zone=time_zone, next_due_at=None))


def of(transaction: Transaction, person: Person) -> list[CheckIn]:
    """List somebody's check-ins."""
    rows = transaction.run(
        select(CHECK_IN).where(CHECK_IN.c.person_id == person.id).order_by(CHECK_IN.c.id)
    )
    return [
        CheckIn(
            goal_id=row.goal_id,
            kind=row.kind,
            at=row.local_time,
            weekdays=frozenset(int(day) for day in row.weekdays),
            time_zone=row.time_zone,
            next_due_at=row.next_due_at,
        )
        for row in rows
    ]
