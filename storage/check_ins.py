"""Check-ins: when to look whether somebody is to be asked. All of it is derived, nothing agreed.

A row names a wall time where the person is, on some weekdays or on one day, and when that comes
next. One indexed query finds what is due, whoever it belongs to.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from storage.columns import UtcTime
from storage.people import Person
from storage.tables.goals import CHECK_IN
from storage.tables.people import PERSON
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A wall time in a zone, on some weekdays (0 is Monday) or on one day."""

    kind: str
    at: time
    time_zone: str
    weekdays: frozenset[int] = frozenset()
    on: date | None = None
    next_due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A check-in whose time has come, and whose chat it is."""

    id: int
    person_id: int
    chat_id: int
    check_in: CheckIn


_IS_DUE = CHECK_IN.c.next_due_at <= bindparam("now", type_=UtcTime())
_WAITING = (
    select(CHECK_IN.c.id).where(_IS_DUE).order_by(CHECK_IN.c.next_due_at).limit(bindparam("most"))
)
_DUE = (
    select(CHECK_IN, PERSON.c.chat_id)
    .join_from(CHECK_IN, PERSON, PERSON.c.id == CHECK_IN.c.person_id)
    .where(CHECK_IN.c.id.in_(bindparam("some", expanding=True)), _IS_DUE)
    .order_by(CHECK_IN.c.next_due_at)
    .with_for_update(of=CHECK_IN, skip_locked=True)  # nothing on SQLite, where one writes
)
_MOVE = (
    update(CHECK_IN)
    .where(CHECK_IN.c.id == bindparam("check_in"))
    .values(next_due_at=bindparam("next", type_=UtcTime()))
)


def settle(
    transaction: Transaction, person: Person, wanted: Iterable[CheckIn], now: datetime
) -> None:
    """Let these be somebody's check-ins and no others; what is the same stays as it is.

    One that is due and was not looked at yet is so still.
    """
    theirs = transaction.run(select(CHECK_IN).where(CHECK_IN.c.person_id == person.id)).all()
    missing = {replace(one, next_due_at=None): one for one in wanted}
    gone = [row.id for row in theirs if missing.pop(_bare(row), None) is None]
    if gone:
        transaction.run(delete(CHECK_IN).where(CHECK_IN.c.id.in_(gone)))
    if missing:
        rows = [_row(person, one, now) for one in missing.values()]
        transaction.run(insert(CHECK_IN), rows)


def stop(transaction: Transaction, chat_id: int) -> None:
    """Look after nobody of this chat any more, until they come back."""
    owner = select(PERSON.c.id).where(PERSON.c.chat_id == chat_id).scalar_subquery()
    transaction.run(delete(CHECK_IN).where(CHECK_IN.c.person_id == owner))


def waiting(transaction: Transaction, now: datetime, most: int) -> list[int]:
    """List the ids of what is due, what has waited longest first; read from the index alone."""
    return list(transaction.run(_WAITING, {"now": now, "most": most}).scalars())


def due(transaction: Transaction, now: datetime, some: Sequence[int]) -> list[Due]:
    """Take those of *some* ids that are due and that nobody else is taking, the oldest first."""
    rows = transaction.run(_DUE, {"now": now, "some": some})
    return [Due(row.id, row.person_id, row.chat_id, _read(row)) for row in rows]


def due_of(transaction: Transaction, person: Person, now: datetime) -> list[Due]:
    """Take what is due of somebody's; what a sweep is taking is waited for, and gone then."""
    theirs = select(CHECK_IN).where(
        CHECK_IN.c.person_id == person.id, CHECK_IN.c.next_due_at <= now
    )
    rows = transaction.run(theirs.order_by(CHECK_IN.c.next_due_at).with_for_update())
    return [Due(row.id, person.id, person.chat_id, _read(row)) for row in rows]


def move(transaction: Transaction, moves: Iterable[tuple[int, datetime | None]]) -> None:
    """Say when check-ins come next; None for one that does not come again."""
    asked = [{"check_in": number, "next": moment} for number, moment in moves]
    if asked:
        transaction.run(_MOVE, asked)


def look_again(transaction: Transaction, now: datetime) -> None:
    """Have every check-in looked at, as after a clock that was ahead: nothing enters twice."""
    later = or_(CHECK_IN.c.next_due_at > now, CHECK_IN.c.next_due_at.is_(None))
    transaction.run(update(CHECK_IN).where(later).values(next_due_at=now))


def earliest(transaction: Transaction) -> datetime | None:
    """Tell when the next check-in is due, whoever's it is."""
    return transaction.run(select(func.min(CHECK_IN.c.next_due_at))).scalar()


def of(transaction: Transaction, person: Person) -> list[CheckIn]:
    """List somebody's check-ins."""
    theirs = select(CHECK_IN).where(CHECK_IN.c.person_id == person.id).order_by(CHECK_IN.c.id)
    return [_read(row) for row in transaction.run(theirs)]


def _row(person: Person, one: CheckIn, now: datetime) -> dict[str, Any]:
    return {
        "person_id": person.id,
        "kind": one.kind,
        "local_time": one.at,
        "weekdays": "".join(str(day) for day in sorted(one.weekdays)),
        "on_date": one.on,
        "time_zone": one.time_zone,
        "next_due_at": one.next_due_at,
        "created_at": now,
    }


def _bare(row: Any) -> CheckIn:
    return replace(_read(row), next_due_at=None)


def _read(row: Any) -> CheckIn:
    return CheckIn(
        kind=row.kind,
        at=row.local_time,
        time_zone=row.time_zone,
        weekdays=frozenset(int(day) for day in row.weekdays),
        on=row.on_date,
        next_due_at=row.next_due_at,
    )
