"""The ledger: every call of the coach, by rules or by a model, and what it took."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import insert

from storage.origin import Origin
from storage.people import Person
from storage.tables.record import MODEL_CALL
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the coach; *error* is the type of what went wrong with the model."""

    step: str
    mode: str
    prompt_version: str
    latency: timedelta
    model: str | None = None
    prompt_tokens: int = 0
    output_tokens: int = 0
    error: str | None = None


def record(transaction: Transaction, person: Person, call: Call, origin: Origin) -> None:
    """Enter a call."""
    row = {
        "person_id": person.id,
        "turn_id": origin.turn_id,
        "trace_id": origin.trace_id,
        "step": call.step,
        "mode": call.mode,
        "model": call.model,
        "prompt_version": call.prompt_version,
        "prompt_tokens": call.prompt_tokens,
        "output_tokens": call.output_tokens,
        "latency_ms": call.latency // timedelta(milliseconds=1),
        "error": call.error,
        "at": origin.at,
    }
    transaction.run(insert(MODEL_CALL).values(row))
