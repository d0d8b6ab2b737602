"""Traces as plain functions: which span lies under which, however the work is arranged."""

import asyncio
import contextvars
import json
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from coach import tracing
from coach.llm.errors import TooLateError
from coach.tracing import CANCELLED, NOTHING, Span, Trace, leaf, recording, span, traced

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CANARY = "canary who sings"
ID = "018f4a7e-0000-7000-8000-000000000001"


def a_trace(*, words: bool = False) -> Trace:
    ticks = iter(range(1_000))
    return Trace(ID, "thread", lambda: NOON + timedelta(seconds=next(ticks)), words=words)


def spans_of(trace: Trace, **how: bool) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in json.loads(trace.payload(**how))["spans"]}


def parents(trace: Trace) -> dict[str, str | None]:
    """Name the parent of every span; None is the root."""
    names = {span.id: span.name for span in trace.spans}
    return {span.name: names.get(span.parent_id or "") for span in trace.spans}


def test_spans_lie_under_the_ones_they_were_opened_in():
    trace = a_trace()

    with recording(trace), span("a"):
        with span("b"), leaf("c"):
            pass
        with span("d"):
            pass

    assert parents(trace) == {"a": None, "b": "a", "c": "b", "d": "a"}


async def test_what_runs_side_by_side_does_not_mix():
    trace = a_trace()

    async def work(name: str) -> None:
        with span(name):
            await asyncio.sleep(0)
            with span(f"{name}.below"):
                await asyncio.sleep(0)

    with recording(trace), span("all"):
        await asyncio.gather(work("a"), work("b"))

    assert parents(trace) == {"all": None, "a": "all", "b": "all", "a.below": "a", "b.below": "b"}


def test_where_no_trace_is_current_a_span_is_nothing():
    with span("a") as opened, leaf("b") as below:
        opened.note(of=1)
        opened.given(CANARY)
        opened.failed(ValueError(CANARY))

    assert opened is below is NOTHING
    assert tracing.trace_id() is None


def test_nothing_is_recorded_after_the_block():
    trace = a_trace()
    with recording(trace):
        assert tracing.trace_id() == ID

    with span("late"):
        pass

    assert trace.spans == []


def test_an_error_is_told_by_type_and_place_and_never_by_its_message():
    trace = a_trace(words=True)

    with pytest.raises(ValueError, match=CANARY), recording(trace), span("a"):
        raise ValueError(CANARY)

    error = spans_of(trace)["a"]["error_info"]
    assert error["exception_type"] == "ValueError"
    assert "tests/coach/test_tracing.py:" in error["traceback"]
    assert CANARY not in trace.payload().decode()


async def test_a_cancelled_call_is_marked_and_the_context_is_as_before():
    trace = a_trace()

    async def wait() -> None:
        with span("a"), leaf("b"):
            await asyncio.Event().wait()

    with recording(trace):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await wait()
        with span("after"):
            pass

    told = spans_of(trace)
    assert {told[name]["metadata"]["outcome"] for name in "ab"} == {CANCELLED}
    assert "error_info" not in told["a"]
    assert parents(trace)["after"] is None


def test_a_deadline_is_a_cancellation_with_its_kind():
    trace = a_trace()

    with pytest.raises(TooLateError), recording(trace), leaf("a"):
        raise TooLateError("step")

    told = spans_of(trace)["a"]
    assert (told["metadata"]["outcome"], told["error_info"]["message"]) == (CANCELLED, "too_late")


async def test_a_stream_may_be_closed_in_another_context():
    trace = a_trace()

    async def stream() -> AsyncGenerator[int]:
        with leaf("stream"):
            yield 1
            yield 2

    with recording(trace):
        stream_ = stream()
        await anext(stream_)
    await asyncio.get_running_loop().create_task(stream_.aclose(), context=contextvars.Context())

    assert spans_of(trace)["stream"]["metadata"]["outcome"] == CANCELLED


def test_words_are_kept_only_where_they_are_wanted_and_leave_masked():
    for wanted, private, kept in ((True, False, True), (True, True, False), (False, False, False)):
        trace = a_trace(words=wanted)
        with recording(trace), span("a") as opened:
            opened.given("write to ada@example.org")
            opened.said(lambda: "Hello")

        told = spans_of(trace, private=private)["a"]

        assert ("input" in told, "output" in told) == (kept, kept)
        if kept:
            assert told["input"] == {"text": "write to [email]"}


def test_words_that_nobody_wants_are_never_written_down():
    def write() -> str:
        raise AssertionError

    trace = a_trace(words=True)
    with recording(trace), span("a") as opened:
        opened.said(write)

    assert trace.payload(private=True)


async def test_a_decorated_function_is_a_span_that_is_told_its_result():
    def tell(opened: Span, result: int) -> None:
        opened.note(result=result)

    @traced("now", tell)
    def double(number: int) -> int:
        return 2 * number

    @traced("later", tell)
    async def triple(number: int) -> int:
        return 3 * number

    trace = a_trace()
    with recording(trace):
        assert (double(2), await triple(2)) == (4, 6)

    told = spans_of(trace)
    assert {name: row["metadata"] for name, row in told.items()} == {
        "now": {"result": 4},
        "later": {"result": 6},
    }
    assert double(1) == 2


def test_more_spans_of_an_older_trace_bring_no_root():
    trace = a_trace()
    with recording(trace), span("a"):
        pass

    told = json.loads(trace.payload(with_root=False))

    assert told["trace"] is None
    assert told["spans"][0]["trace_id"] == ID
