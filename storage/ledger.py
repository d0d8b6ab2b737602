"""The ledger: every call of the coach, by rules or by a model, and what it took."""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import insert

from coach.llm.caller import CallMade
from coach.llm.port import Usage
from coach.values import MODEL
from storage.origin import Origin
from storage.people import Person
from storage.tables.record import MODEL_CALL
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the coach; *error* is the kind of what went wrong with the model.

    A model's answer that was late or broken leaves two: the model's, and the rules' for it.
    """

    step: str
    mode: str
    prompt_version: str
    latency: timedelta
    model: str | None = None
    provider: str | None = None
    usage: Usage = field(default_factory=Usage)
    micro_usd: int = 0
    attempts: int = 0
    first_token: timedelta | None = None
    chunks: int = 0
    finish: str | None = None
    error: str | None = None
    variant: str = ""


def of_model(made: CallMade) -> Call:
    """Enter what a model was asked, as the service recorded it."""
    return Call(
        made.step,
        MODEL,
        made.prompt_version,
        made.latency,
        made.model,
        made.provider,
        made.usage,
        made.micro_usd,
        made.attempts,
        made.first_token,
        made.chunks,
        made.finish or None,
        made.error,
        made.variant,
    )


def record(transaction: Transaction, person: Person, call: Call, origin: Origin) -> None:
    """Enter a call."""
    row = {
        "person_id": person.id,
        "turn_id": origin.turn_id,
        "trace_id": origin.trace_id,
        "step": call.step,
        "mode": call.mode,
        "provider": call.provider,
        "model": call.model and call.model[:64],
        "prompt_version": call.prompt_version,
        "variant": call.variant,
        "prompt_tokens": call.usage.prompt,
        "output_tokens": call.usage.output,
        "cached_tokens": call.usage.cached,
        "thinking_tokens": call.usage.thinking,
        "attempts": call.attempts,
        "chunks": call.chunks,
        "micro_usd": call.micro_usd,
        "first_token_ms": None if call.first_token is None else _ms(call.first_token),
        "latency_ms": _ms(call.latency),
        "finish": call.finish,
        "error": call.error,
        "at": origin.at,
    }
    transaction.run(insert(MODEL_CALL).values(row))


def _ms(time: timedelta) -> int:
    return time // timedelta(milliseconds=1)
