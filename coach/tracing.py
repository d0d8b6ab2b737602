"""Traces: what a turn asked of the coach, as a tree of timed spans.

A `Trace` collects the spans that are opened while it is current; what it collected is kept
by whoever began it, in the transaction that ends the turn. Where no trace is current a span
is nothing and costs next to nothing. Words are collected only where they are wanted, and
leave a trace masked.
"""

import asyncio
import json
import time
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any, Final, TypeVar, cast

from coach import stacks
from coach.ids import uuid7
from coach.llm.errors import TooLateError
from coach.masking import masked_in

F = TypeVar("F", bound=Callable[..., Any])

GENERAL, LLM = "general", "llm"
"""Types of spans, as Opik calls them."""

Words = Any
"""A text, or texts by their names; or a function that writes them, called only if they are kept."""

CANCELLED = "cancelled"
"""Outcome of what was stopped before its end: by a person, a deadline, or our own stop."""


@dataclass(slots=True)
class Span:
    """Something that took time: a step of the coach, or one call of a model under it."""

    name: str
    type: str
    id: str
    parent_id: str | None
    start: datetime
    trace: "Trace"
    end: datetime | None = None
    metadata: dict[str, Any] = field(default_factory=dict[str, Any])
    fields: dict[str, Any] = field(default_factory=dict[str, Any])
    error: dict[str, str] | None = None
    _input: Any = None
    _output: Any = None

    def note(self, **metadata: Any) -> None:
        """Add facts that hold no words: figures, codes, versions; those that are None are none."""
        self.metadata.update((name, fact) for name, fact in metadata.items() if fact is not None)

    def given(self, words: Words) -> None:
        """Note what went in; kept only where words are wanted."""
        if self.trace.words:
            self._input = words

    def said(self, words: Words) -> None:
        """Note what came out; kept only where words are wanted."""
        if self.trace.words:
            self._output = words

    def measured(self, **fields: Any) -> None:
        """Fill fields that Opik has names for: model, provider, usage, total_estimated_cost …"""
        self.fields.update(fields)

    def failed(self, error: BaseException) -> None:
        """Note the error that ended it, by its type and its place; its message may quote words."""
        if isinstance(error, asyncio.CancelledError | GeneratorExit | TooLateError):
            self.note(outcome=CANCELLED)
        if isinstance(error, Exception):
            self.error = stacks.told(error)

    def record(self, *, words: bool) -> dict[str, Any]:
        """Write it as Opik takes it, its words masked, or without them."""
        row: dict[str, Any] = {
            "id": self.id,
            "trace_id": self.trace.id,
            "parent_span_id": self.parent_id,
            "name": self.name,
            "type": self.type,
            "start_time": self.start.isoformat(),
            "end_time": (self.end or self.start).isoformat(),
            "metadata": self.metadata,
            **self.fields,
        }
        if self.error:
            row["error_info"] = self.error
        return row | (_masked(self._input, self._output) if words else {})


class _Nothing(Span):
    """The span where no trace is current: it takes everything and keeps nothing."""

    def __init__(self) -> None: ...

    def note(self, **metadata: Any) -> None: ...

    def given(self, words: Words) -> None: ...

    def said(self, words: Words) -> None: ...

    def measured(self, **fields: Any) -> None: ...

    def failed(self, error: BaseException) -> None: ...


NOTHING: Final[Span] = _Nothing()


class Trace:
    """One trace: the spans of a turn, and its own facts."""

    def __init__(
        self,
        trace_id: str,
        thread_id: str,
        now: Callable[[], datetime],
        *,
        words: bool = False,
        ticks: Callable[[], int] = time.perf_counter_ns,
    ) -> None:
        """Begin a trace; *thread_id* is opaque, *words* tells whether what is said is collected.

        *ticks* counts nanoseconds, so that the trace can tell what it took itself.
        """
        self.id = trace_id
        self.thread_id = thread_id
        self.now = now
        self.words = words
        self.spent = timedelta()
        self._ticks = ticks
        self.spans: list[Span] = []
        self.root = Span("turn", GENERAL, trace_id, None, now(), self)

    def open(self, name: str, type: str, parent: Span) -> Span:
        """Begin a span under *parent*."""
        with self.timed():
            now = self.now()
            under = None if parent is self.root else parent.id
            span = Span(name, type, uuid7(now), under, now, self)
            self.spans.append(span)
            return span

    @contextmanager
    def timed(self) -> Generator[None]:
        """Count the block's time as spent on tracing, to the microsecond."""
        begun = self._ticks()
        try:
            yield
        finally:
            self.spent += timedelta(microseconds=(self._ticks() - begun) / 1_000)

    def payload(self, *, private: bool = False, with_root: bool = True) -> bytes:
        """Write everything as JSON for the outbox; *private*: without a word, come what may."""
        words = self.words and not private
        spans = [span.record(words=words) for span in self.spans]
        told: dict[str, Any] = {"trace": self._root(words=words) if with_root else None}
        return json.dumps({**told, "spans": spans}, default=str).encode()

    def _root(self, *, words: bool) -> dict[str, Any]:
        self.root.end = self.root.end or self.now()
        row = self.root.record(words=words)
        for name in ("trace_id", "parent_span_id", "type"):
            del row[name]
        return row | {"thread_id": self.thread_id}


_NO_SPAN: Final = nullcontext(NOTHING)
_current: ContextVar[Span | None] = ContextVar("span", default=None)


@contextmanager
def recording(trace: Trace | None) -> Generator[None]:
    """Make *trace* current for the block, tasks it begins included; None: nothing is traced."""
    token = _current.set(trace.root if trace else None)
    try:
        yield
    finally:
        _current.reset(token)


def trace_id() -> str | None:
    """Return the current trace's id, for what is made now and rated later."""
    span = _current.get()
    return span.trace.id if span else None


def span(name: str) -> AbstractContextManager[Span]:
    """Open a span for the block; spans within it are its children."""
    parent = _current.get()
    return _NO_SPAN if parent is None else _branch(name, parent)


def leaf(name: str, type: str = LLM) -> AbstractContextManager[Span]:
    """Open a span without children; the block may be left in another context, as streams are."""
    parent = _current.get()
    return _NO_SPAN if parent is None else _leaf(name, type, parent)


@contextmanager
def _branch(name: str, parent: Span) -> Generator[Span]:
    opened = parent.trace.open(name, GENERAL, parent)
    token = _current.set(opened)
    try:
        yield opened
    except BaseException as error:
        opened.failed(error)
        raise
    finally:
        _current.reset(token)
        opened.end = parent.trace.now()


@contextmanager
def _leaf(name: str, type: str, parent: Span) -> Generator[Span]:
    opened = parent.trace.open(name, type, parent)
    try:
        yield opened
    except BaseException as error:
        opened.failed(error)
        raise
    finally:
        opened.end = parent.trace.now()


def traced(
    name: str, describe: Callable[[Span, Any], object] = lambda _span, _result: None
) -> Callable[[F], F]:
    """Decorate a function, or a coroutine's: each call is a span, told the result by *describe*."""

    def decorate(work: F) -> F:
        @wraps(work)
        async def awaited(*args: Any, **kwargs: Any) -> Any:
            with span(name) as opened:
                result = await work(*args, **kwargs)
                describe(opened, result)
            return result

        @wraps(work)
        def called(*args: Any, **kwargs: Any) -> Any:
            if _current.get() is None:
                return work(*args, **kwargs)
            with span(name) as opened:
                result = work(*args, **kwargs)
                describe(opened, result)
            return result

        return cast("F", awaited if iscoroutinefunction(work) else called)

    return decorate


def _masked(given: Words, said: Words) -> dict[str, Any]:
    """Write both down, masked; Opik shows a text as it likes best under the name `text`."""
    told: dict[str, Any] = {}
    for name, words in (("input", given), ("output", said)):
        written = words() if callable(words) else words
        if written is not None:
            told[name] = masked_in(written if isinstance(written, dict) else {"text": written})
    return told
