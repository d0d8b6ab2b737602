"""Attempts at turns that came to nothing: what they leave behind all the same.

Written apart from the turn, which is undone: its row, its trace without a word, and the calls
of models that were made for it. This may fail too, and then is only logged.
"""

import logging
from dataclasses import dataclass, field, replace

from bot.clock import Clock
from coach.ids import uuid7
from coach.tracing import Trace
from coach.values import MODEL
from storage import ledger, opik_outbox, people, turns
from storage.database import Database
from storage.inbox import Item
from storage.ledger import Call
from storage.origin import Origin
from storage.people import Person
from storage.transaction import Transaction
from storage.turns import Outcome, Turn

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Attempt:
    """One attempt at a turn, as far as it has come; *person* is None for a newcomer."""

    item: Item
    origin: Origin
    person: Person | None = None
    trace: Trace | None = None
    calls: list[Call] = field(default_factory=list[Call])


class Attempts:
    """Keeps what failed attempts leave."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def failed(self, attempt: Attempt, error: Exception, *, last: bool) -> None:
        """Keep an attempt that ended in *error*; *last*: there will be no other."""
        if attempt.trace is not None:
            attempt.trace.root.failed(error)
        outcome = Outcome.GIVEN_UP if last else Outcome.FAILED
        await self._keep(attempt, outcome, type(error).__name__)

    async def cut_short(self, attempt: Attempt) -> None:
        """Keep an attempt that our own stop ended; it will be made again."""
        if attempt.calls or (attempt.trace and attempt.trace.spans):
            await self._keep(attempt, Outcome.CUT_SHORT, None)

    async def given_up(self, item: Item, reason: str) -> None:
        """Keep that an item was given up whose attempts could tell nothing themselves."""
        now = self._clock.now()
        await self._keep(Attempt(item, Origin(uuid7(now), now)), Outcome.GIVEN_UP, reason)

    async def _keep(self, attempt: Attempt, outcome: Outcome, error: str | None) -> None:
        took = self._clock.now() - attempt.item.received_at
        turn = Turn(attempt.item.source, outcome, took, error)
        try:
            await self._database.write(lambda t: _write(t, attempt, turn))
        except Exception as fault:  # whatever it was, the next attempt must not suffer by it
            told = {"turn": attempt.origin.turn_id, "error": type(fault).__name__}
            log.warning("a failed turn left no trace", extra=told)


def _write(transaction: Transaction, attempt: Attempt, turn: Turn) -> None:
    person = people.find(transaction, attempt.item.chat_id)
    if person is None or (attempt.person is not None and attempt.person.id != person.id):
        return  # a newcomer, or erased meanwhile
    trace, origin = attempt.trace, attempt.origin
    if trace is not None:
        origin = replace(origin, trace_id=trace.id)
        trace.root.note(outcome=turn.outcome)
        payload = trace.payload(private=True)
        opik_outbox.put_trace(transaction, person, trace.id, payload, origin.at)
    for call in attempt.calls:
        if call.mode == MODEL:  # the rules answer anew
            ledger.record(transaction, person, call, origin)
    turns.record(transaction, person, turn, origin)
