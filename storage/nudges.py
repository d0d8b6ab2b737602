"""Nudges: what was said unasked, by its wording, and whether it was answered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from sqlalchemy import Update, bindparam, false, or_, select, update

from storage.origin import Origin
from storage.people import Person
from storage.tables.lived import NUDGE
from storage.transaction import Transaction

ANSWERED_WITHIN = timedelta(days=6)
"""How long after a nudge something still counts as its answer."""


@dataclass(frozen=True, slots=True)
class Nudge:
    """One nudge: *key* is its letter's, *on* the person's day; not *sent*, nobody saw it."""

    key: str
    kind: str
    wording: str
    on: date
    at: datetime
    sent: bool = False
    answered: bool = False


def keep(transaction: Transaction, person: Person, nudge: Nudge, origin: Origin) -> None:
    """Keep a nudge that is about to be sent."""
    row = {
        "key": nudge.key,
        "person_id": person.id,
        "kind": nudge.kind,
        "wording": nudge.wording,
        "on_date": nudge.on,
        "turn_id": origin.turn_id,
        "at": nudge.at,
    }
    transaction.add_new(NUDGE, [row])


def sent(transaction: Transaction, key: str, now: datetime) -> None:
    """Note that Telegram took a nudge."""
    transaction.run(update(NUDGE).where(NUDGE.c.key == key).values(sent_at=now))


def answered(
    transaction: Transaction, person: Person, kinds: Collection[str], now: datetime
) -> None:
    """Note that somebody did what the nudges of these kinds asked for."""
    asked = {"person": person.id, "after": now - ANSWERED_WITHIN, "now": now}
    transaction.change(_answered(frozenset(kinds)), asked)


@cache
def _answered(kinds: frozenset[str]) -> Update:
    """Make what every turn sends; the kinds are written out, so that it can be prepared."""
    return (
        update(NUDGE)
        .where(
            NUDGE.c.person_id == bindparam("person"),
            NUDGE.c.at >= bindparam("after"),
            or_(false(), *(NUDGE.c.kind == kind for kind in sorted(kinds))),
            NUDGE.c.answered_at.is_(None),
            NUDGE.c.sent_at.is_not(None),
        )
        .values(answered_at=bindparam("now"))
    )


def since(transaction: Transaction, person: Person, moment: datetime) -> list[Nudge]:
    """List somebody's nudges since *moment*, oldest first."""
    theirs = select(NUDGE).where(NUDGE.c.person_id == person.id, NUDGE.c.at >= moment)
    return [
        Nudge(
            key=row.key,
            kind=row.kind,
            wording=row.wording,
            on=row.on_date,
            at=row.at,
            sent=row.sent_at is not None,
            answered=row.answered_at is not None,
        )
        for row in transaction.run(theirs.order_by(NUDGE.c.at, NUDGE.c.key))
    ]
