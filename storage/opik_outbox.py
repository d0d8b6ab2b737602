"""What Opik is to have: traces, scores and erasures, kept until it has accepted them.

Written in the transaction of what they tell of, so that nothing is lost between the two.
Ids are ours and scores are upserts at Opik: sending something again changes nothing.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, delete, func, insert, or_, select, update

from coach.ids import uuid7
from storage.errors import WordsUnreadableError
from storage.opik_erasure import ERASURE, WAITING
from storage.people import Person
from storage.tables.people import PERSON
from storage.tables.tracing import COUNTER, OPIK_OUTBOX
from storage.transaction import Transaction

_NEW = insert(OPIK_OUTBOX)  # made once: that takes longer than to execute it
REFUSED = "refused"
DROPPED = "opik_dropped"
"""Counter of rows that were given up for want of room."""

MOST_TRACES = 50_000
TRACES_KEPT = timedelta(days=14)
SCORES_KEPT = timedelta(days=90)
"""A score waits as long as the messages it is about are kept here. What people rated stays
in its own table for good; it is only Opik that is not told."""


class Kind(StrEnum):
    """What is to be sent."""

    TRACE = "trace"
    SCORES = "scores"
    ERASURE = ERASURE


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to send: for a trace `{"trace", "spans"}`, for scores a list of them.

    *content* is None for an erasure, and where it cannot be read.
    """

    id: int
    kind: Kind
    trace_id: str
    content: Any
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much waits and since when; what Opik refused in 90 days; what was ever given up."""

    waiting: int
    oldest: datetime | None
    refused: int
    dropped: int


def put_trace(
    transaction: Transaction, person: Person, trace_id: str, payload: bytes, now: datetime
) -> None:
    """Keep a trace, or more spans of one, as `coach.tracing.Trace.payload` wrote it."""
    _put(transaction, person, Kind.TRACE, trace_id, payload, now)


def put_scores(
    transaction: Transaction,
    person: Person,
    trace_id: str | None,
    scores: Mapping[str, float],
    now: datetime,
    reason: str | None = None,
) -> None:
    """Keep feedback scores of a trace, by their names in Opik; nothing where there is no trace."""
    if trace_id is None or not scores:
        return
    told = [{"name": name, "value": value, "reason": reason} for name, value in scores.items()]
    _put(transaction, person, Kind.SCORES, trace_id, json.dumps(told).encode(), now)


def waiting(transaction: Transaction, most: int) -> list[Entry]:
    """Read what waits, in its order."""
    c = OPIK_OUTBOX.c
    asked = (
        select(c.id, c.key, c.kind, c.trace_id, c.payload, c.created_at)
        .add_columns(PERSON.c.public_id, PERSON.c.wrapped_key)
        .join_from(OPIK_OUTBOX, PERSON, PERSON.c.id == c.person_id, isouter=True)
        .where(c.state == WAITING)
        .order_by(c.id)
        .limit(most)
    )
    return [_entry(transaction, row) for row in transaction.run(asked)]


def accepted(transaction: Transaction, ids: Sequence[int]) -> None:
    """Forget what Opik has."""
    transaction.run(delete(OPIK_OUTBOX).where(OPIK_OUTBOX.c.id.in_(ids)))


def refused(transaction: Transaction, entry_id: int, reason: str) -> None:
    """Give up what Opik will never take; the row stays, without its payload, to be counted."""
    one = update(OPIK_OUTBOX).where(OPIK_OUTBOX.c.id == entry_id)
    transaction.run(one.values(state=REFUSED, reason=reason[:64], payload=None))


def make_room(transaction: Transaction, now: datetime, most: int = MOST_TRACES) -> None:
    """Give up and count what waited too long: the oldest traces first, erasures never."""
    c = OPIK_OUTBOX.c
    traces = and_(c.state == WAITING, c.kind == Kind.TRACE)
    newest = select(c.id).where(traces).order_by(c.id.desc())
    beyond = transaction.run(newest.offset(most).limit(1)).scalar() or 0
    old_scores = and_(c.state == WAITING, c.kind == Kind.SCORES, c.created_at < now - SCORES_KEPT)
    old_traces = and_(traces, or_(c.id <= beyond, c.created_at < now - TRACES_KEPT))
    given_up = transaction.run(delete(OPIK_OUTBOX).where(or_(old_traces, old_scores))).rowcount
    if given_up:
        _count(transaction, given_up)
    forgotten = and_(c.state == REFUSED, c.created_at < now - SCORES_KEPT)
    transaction.run(delete(OPIK_OUTBOX).where(forgotten))


def backlog(transaction: Transaction) -> Backlog:
    """Tell how far Opik is behind."""
    c = OPIK_OUTBOX.c
    asked = select(func.count().label("n"), func.min(c.created_at).label("oldest"))
    waits = transaction.run(asked.where(c.state == WAITING)).one()
    refusals = transaction.run(asked.where(c.state == REFUSED)).one()
    lost = transaction.run(select(COUNTER.c.value).where(COUNTER.c.name == DROPPED)).scalar()
    return Backlog(waits.n, waits.oldest, refusals.n, lost or 0)


def _put(
    transaction: Transaction,
    person: Person,
    kind: Kind,
    trace_id: str,
    payload: bytes,
    now: datetime,
) -> None:
    key = uuid7(now)
    row = {
        "key": key,
        "person_id": person.id,
        "kind": kind,
        "trace_id": trace_id,
        "payload": person.words(key, payload),
        "state": WAITING,
        "created_at": now,
    }
    transaction.run(_NEW, row)


def _entry(transaction: Transaction, row: Any) -> Entry:
    content = None
    if row.payload is not None:
        with suppress(WordsUnreadableError):  # one damaged row must not hold up the others
            key = transaction.keys.key_of(row.public_id, row.wrapped_key)
            content = json.loads(row.payload.open(key, row.key))
    return Entry(row.id, Kind(row.kind), row.trace_id, content, row.created_at)


def _count(transaction: Transaction, given_up: int) -> None:
    transaction.add_new(COUNTER, [{"name": DROPPED, "value": 0}])
    one = update(COUNTER).where(COUNTER.c.name == DROPPED)
    transaction.run(one.values(value=COUNTER.c.value + given_up))
