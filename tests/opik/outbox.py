"""What tests put into the outbox: traces as turns write them, and scores."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from coach.ids import uuid7
from coach.tracing import Trace, leaf, recording, span
from storage import opik_outbox
from storage.database import Database
from storage.people import Person
from tests.bot.fakes import NOON

USAGE = {"prompt_tokens": 30, "completion_tokens": 4, "total_tokens": 34, "cached_tokens": 8}


def traced(now: datetime = NOON) -> Trace:
    """Trace a turn that asked a model for a reply."""
    trace = Trace(uuid7(now), "thread-of-ada", lambda: now)
    with recording(trace), span("coaching_reply") as step:
        step.note(mode="model")
        with leaf("coaching_reply") as call:
            call.measured(
                model="small", provider="google_ai", usage=USAGE, total_estimated_cost=0.00002
            )
            call.note(prompt="coaching_reply", prompt_version="coaching_reply-0123abcd")
    return trace


async def put_turns(database: Database, person: Person, turns: int) -> Sequence[str]:
    """Put traces of turns into the outbox, a second apart, and give their ids."""
    traces = [traced(NOON + timedelta(seconds=second)) for second in range(turns)]
    for trace in traces:
        await put(database, person, trace)
    return [trace.id for trace in traces]


async def put(database: Database, person: Person, trace: Trace) -> None:
    """Put one trace into the outbox."""
    at, payload = trace.root.start, trace.payload()
    await database.write(lambda t: opik_outbox.put_trace(t, person, trace.id, payload, at))


async def rate(database: Database, person: Person, trace_id: str, stars: int) -> None:
    """Put a rating into the outbox."""
    scores = {"reply_rating": stars}
    await database.write(
        lambda t: opik_outbox.put_scores(t, person, trace_id, scores, NOON, "kind")
    )


def behind(database: Database) -> opik_outbox.Backlog:
    """Tell how far Opik is behind."""
    return database.read_now(opik_outbox.backlog)
