"""Traces: what a turn asked of the coach, as a tree of timed spans.

A `Trace` collects the spans that are opened while it is current; what it collected is kept
by whoever began it, in the transaction that ends the turn. Where no trace is current a span
is nothing and costs next to nothing. Words are collected only where they are wanted, and
leave a trace masked.
"""

import asyncio
import json
import time
import traceback
from collections.abc import Awaitable, Callable, Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

from coach.ids import uuid7
from coach.llm.errors import ModelError
from coach.masking import masked_in

P = ParamSpec("P")
T = TypeVar("T")

_HOME = Path(__file__).parent.parent
GENERAL, LLM = "general", "llm"
"""Types of spans, as Opik calls them."""

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
        """Add facts that hold no words: figures, codes, versions."""
        self.metadata.update(metadata)

    def given(self, words: Any) -> None:
        """Note what went in; kept only where words are wanted."""
        if self.trace.words:
            self._input = words

    def said(self, words: Any) -> None:
        """Note what came out; kept only where words are wanted."""
        if self.trace.words:
            self._output = words

    def measured(self, **fields: Any) -> None:
        """Fill fields that Opik has names for: model, provider, usage, total_estimated_cost …"""
        self.fields.update(fields)

    def failed(self, error: BaseException) -> None:
        """Note the error that ended it, by its type and its place; its message may quote words."""
        if isinstance(error, asyncio.CancelledError | GeneratorExit):
            self.note(outcome=CANCELLED)
        else:
            self.error = _told(error)

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

    def given(self, words: Any) -> None: ...

    def said(self, words: Any) -> None: ...

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


@contextmanager
def span(name: str) -> Generator[Span]:
    """Open a span for the block; spans within it are its children."""
    parent = _current.get()
    if parent is None:
        yield NOTHING
        return
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
def leaf(name: str, type: str = LLM) -> Generator[Span]:
    """Open a span without children; the block may be left in another context, as streams are."""
    parent = _current.get()
    if parent is None:
        yield NOTHING
        return
    opened = parent.trace.open(name, type, parent)
    try:
        yield opened
    except BaseException as error:
        opened.failed(error)
        raise
    finally:
        opened.end = parent.trace.now()


def traced(
    name: str, describe: Callable[[T], Mapping[str, Any]] = lambda _: {}
) -> Callable[[Callable[P, Awaitable[T]]], Callable[P, Awaitable[T]]]:
    """Decorate a coroutine function: each call is a span; *describe* tells facts of its result."""

    def decorate(work: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
        @wraps(work)
        async def call(*args: P.args, **kwargs: P.kwargs) -> T:
            if _current.get() is None:
                return await work(*args, **kwargs)
            with span(name) as opened:
                result = await work(*args, **kwargs)
                opened.note(**describe(result))
                return result

        return call

    return decorate


def _masked(given: Any, said: Any) -> dict[str, Any]:
    told = {"input": given, "output": said}
    return {
        name: masked_in(words if isinstance(words, dict) else {"text": words})
        for name, words in told.items()
        if words is not None
    }


def _told(error: BaseException) -> dict[str, str]:
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{_place(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
    told = {"exception_type": type(error).__name__, "traceback": "\n".join(places)}
    return told | {"message": error.kind} if isinstance(error, ModelError) else told


def _place(file: str) -> str:
    """Name a file as the project does; one of a library by its last two parts."""
    path = Path(file)
    if path.is_relative_to(_HOME) and ".venv" not in path.parts:
        return str(path.relative_to(_HOME))
    return "/".join(path.parts[-2:])
