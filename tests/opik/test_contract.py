"""What arrives by our way is what Opik's own `@track` sends for the same calls.

Where the two differ is listed in `ours_of`, each difference with its reason.
"""

import os
import subprocess
import sys
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from bot.opik import Opik
from bot.opik.sender import Sender
from bot.opik.wire import Wire
from coach.ids import uuid7
from coach.tracing import Trace, leaf, recording, span
from storage import people
from storage.database import Database
from tests.bot.fakes import NOON, LeapingClock
from tests.opik import tracked
from tests.opik.outbox import behind, put, rate
from tests.opik.recording import ROOT, Held, Recording, Row

pytestmark = pytest.mark.usefixtures("opik_package")
PROJECT = "our-project"
TIMES = {"start_time", "end_time"}


def traced_by_us() -> Trace:
    """Make the calls of `tests.opik.tracked` with our own spans."""
    clock = LeapingClock()

    def now():
        clock.advance(timedelta(milliseconds=5))
        return clock.now()

    trace = Trace(uuid7(NOON), tracked.THREAD, now, words=True)
    trace.root.note(**tracked.ROOT)
    with recording(trace):
        with span("coaching_reply") as step:
            step.note(mode="model")
            with leaf("coaching_reply") as call:
                call.given(tracked.GIVEN)
                call.said(tracked.SAID)
                call.note(**tracked.NOTED)
                cost = tracked.COST
                call.measured(usage=tracked.USAGE, total_estimated_cost=cost, **tracked.MODEL)
        with suppress(ValueError), span("create_plan"):
            raise ValueError(tracked.BROKEN)
    return trace


async def ours(database: Database, recorder: Recording) -> Held:
    ada = await database.write(lambda transaction: people.create(transaction, 7, "en", NOON))
    trace = traced_by_us()
    await put(database, ada, trace)
    await rate(database, ada, trace.id, 4)
    sender = Sender(database, Wire(Opik(recorder.url, PROJECT)), LeapingClock())
    while behind(database).waiting:
        await sender.send_page()
    sender.close()
    return recorder.held()


def theirs(recorder: Recording) -> Held:
    quiet = {"OPIK_SENTRY_ENABLE": "false", "OPIK_ANALYTICS_ENABLE": "false"}
    where = {"OPIK_URL_OVERRIDE": recorder.url, "OPIK_PROJECT_NAME": PROJECT}
    command = [sys.executable, "-m", "tests.opik.tracked"]
    env = {**os.environ, **quiet, **where}
    subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=True)
    return recorder.held()


def compared(held: Held) -> Row:
    """Put ids into words and times into their form, so that two runs can be compared."""
    (trace_id,) = held.traces
    names = {trace_id: "the trace", None: None}
    names |= {span["id"]: f"{span['name']}, {span['type']}" for span in held.spans.values()}

    def row(told: Row) -> Row:
        ids = ("id", "trace_id", "parent_span_id")
        found = told | {name: names[told[name]] for name in ids if name in told}
        return found | {name: "a time in UTC" for name in TIMES if told[name].endswith("Z")}

    return {
        "trace": row(held.traces[trace_id]),
        "spans": {names[span["id"]]: row(span) for span in held.spans_of(trace_id)},
        "scores": [row(score | dict.fromkeys(TIMES, "Z")) for score in held.scores.values()],
    }


def ours_of(theirs: Row) -> Row:
    """Turn what `@track` sends into what we send."""
    # The trace is the turn: a second row of the same name and length would say nothing.
    del theirs["spans"]["turn, general"]
    for told in (theirs["trace"], *theirs["spans"].values()):
        # Opik sets it when a row arrives; ours would count an outage as a change.
        del told["last_updated_at"]
        if told.get("parent_span_id") == "turn, general":
            del told["parent_span_id"]
        # We always send the facts of a span, also where there are none.
        told.setdefault("metadata", {})
    call: Any = theirs["spans"]["coaching_reply, llm"]
    # The decorator keeps every count three times; Opik adds up and shows the first.
    del call["metadata"]["usage"]
    for name in tracked.USAGE:
        del call["usage"][f"original_usage.{name}"]
    # An error's own text may quote somebody, and a stack's source lines say nothing more.
    error: Any = theirs["spans"]["create_plan, general"]["error_info"]
    assert tracked.BROKEN in error.pop("message")
    assert tracked.BROKEN in error["traceback"]
    error["traceback"] = "places only"
    return theirs


async def test_what_arrives_is_what_the_decorator_would_have_sent(
    database: Database, recorder: Recording
):
    expected = ours_of(compared(theirs(recorder)))
    recorder.forget()

    arrived = compared(await ours(database, recorder))

    error: Any = arrived["spans"]["create_plan, general"]["error_info"]
    assert "tests/opik/test_contract.py" in error["traceback"]
    assert tracked.BROKEN not in str(error)
    error["traceback"] = "places only"
    assert arrived == expected
