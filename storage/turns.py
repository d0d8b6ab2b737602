"""Turns: what became of each attempt at one, how long it took, and whether it was traced."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import insert

from storage.origin import Origin
from storage.people import Person
from storage.tables.record import TURN
from storage.transaction import Transaction

_RECORD = insert(TURN).inline()


class Outcome(StrEnum):
    """What became of an attempt."""

    ANSWERED = "answered"
    FAILED = "failed"  # and was tried again
    CUT_SHORT = "cut_short"  # by our own stop, and is taken again after it
    GIVEN_UP = "given_up"  # for good; the person was told


@dataclass(frozen=True, slots=True)
class Turn:
    """One attempt; *took* counts from the arrival, *error* is a kind, *tracing* took part of it."""

    source: str
    outcome: Outcome
    took: timedelta
    error: str | None = None
    tracing: timedelta | None = None


def record(transaction: Transaction, person: Person, turn: Turn, origin: Origin) -> None:
    """Enter an attempt."""
    row = {
        "id": origin.turn_id,
        "person_id": person.id,
        "source": turn.source,
        "outcome": turn.outcome,
        "error": turn.error and turn.error[:64],
        "trace_id": origin.trace_id,
        "took_ms": turn.took // timedelta(milliseconds=1),
        "trace_us": None if turn.tracing is None else turn.tracing // timedelta(microseconds=1),
        "at": origin.at,
    }
    transaction.change(_RECORD, row)
