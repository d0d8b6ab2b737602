"""The writer: one thread that makes every change, one transaction at a time.

A commit on a disk costs far more than the few statements of a turn, so whatever waits
while a commit runs shares the next one. Each of several has its own savepoint within it: one
that fails is undone alone, and its error goes to the caller that brought it. When the
database itself fails (locked, full, gone), or the commit does, all of them have failed
and may be brought again: nothing of them was written.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from sqlalchemy import Engine

from storage import driver, errors
from storage.keys import Keyring
from storage.transaction import Transaction

log = logging.getLogger(__name__)
T = TypeVar("T")
SHARED_COMMIT = 64


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[Transaction], Any]
    future: asyncio.Future[Any]


@dataclass(frozen=True, slots=True)
class _Failed:
    error: Exception


class Writer:
    """Runs works in their order; see the module."""

    def __init__(self, engine: Engine, keys: Keyring) -> None:
        self._engine = engine
        self._keys = keys
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._closing = False
        self._thread = Thread(target=self._serve, name="writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Transaction], T]) -> asyncio.Future[T]:
        """Queue *work* from a running loop; its future is done when its commit is."""
        if self._closing:
            raise errors.DatabaseUnavailableError("it is closed")
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._jobs.put(_Job(work, future))
        return future

    def close(self) -> None:
        """Finish what is queued, then end the thread."""
        self._closing = True
        self._jobs.put(None)
        self._thread.join()

    def _serve(self) -> None:
        away = False
        while True:
            jobs, last = self._waiting()
            if jobs:
                # A stop has no time to find out twice that the database is away.
                outcomes = _unavailable(jobs) if away and self._closing else self._write(jobs)
                was_away, away = away, all(_is_outage(outcome) for outcome in outcomes)
                if away is not was_away:
                    _tell_operator(outcomes[0] if away else None)
                _settle(jobs, outcomes)
            if last:
                return

    def _waiting(self) -> tuple[list[_Job], bool]:
        """Wait for a job, and take those behind it; True when there will be no more."""
        jobs: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            if not job.future.cancelled():
                jobs.append(job)
            if len(jobs) == SHARED_COMMIT:
                return jobs, False
            try:
                job = self._jobs.get_nowait()
            except Empty:
                return jobs, False
        return jobs, True

    def _write(self, jobs: list[_Job]) -> list[Any]:
        """Do all jobs in one transaction; return what became of each."""
        try:
            with self._engine.begin() as connection:
                transaction = Transaction(connection, self._keys)
                if len(jobs) == 1:  # it is undone with the transaction
                    return [jobs[0].work(transaction)]
                return [_attempt(transaction, job.work) for job in jobs]
        except Exception as error:  # every caller learns of it
            return [_Failed(errors.translated(error))] * len(jobs)


def _attempt(transaction: Transaction, work: Callable[[Transaction], Any]) -> Any:
    """Do one work within the shared transaction; an error of its own is its outcome."""
    send = partial(driver.execute, transaction.connection)  # begin_nested() costs many times that
    send("SAVEPOINT work")
    try:
        outcome = work(transaction)
        send("RELEASE SAVEPOINT work")
    except Exception as error:
        if errors.is_outage(error):
            raise  # the savepoint may be gone with the transaction
        send("ROLLBACK TO SAVEPOINT work")
        send("RELEASE SAVEPOINT work")
        return _Failed(errors.translated(error))
    return outcome


def _unavailable(jobs: list[_Job]) -> list[Any]:
    return [_Failed(errors.DatabaseUnavailableError("it is closed"))] * len(jobs)


def _is_outage(outcome: Any) -> bool:
    failed = isinstance(outcome, _Failed)
    return failed and isinstance(outcome.error, errors.DatabaseUnavailableError)


def _tell_operator(failed: _Failed | None) -> None:
    """Log that the database went away, by what its driver says, or that it is back."""
    if failed is None:
        log.warning("the database can be written again")
    else:
        log.error("the database cannot be written", extra={"error": str(failed.error)})


def _settle(jobs: list[_Job], outcomes: list[Any]) -> None:
    """Tell the callers, waking each loop once: that costs as much as a small work."""
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[Any], Any]]] = {}
    for job, outcome in zip(jobs, outcomes, strict=True):
        by_loop.setdefault(job.future.get_loop(), []).append((job.future, outcome))
    for loop, settled in by_loop.items():
        with contextlib.suppress(RuntimeError):  # the loop is closed, nobody waits any more
            loop.call_soon_threadsafe(_tell, settled)


def _tell(settled: list[tuple[asyncio.Future[Any], Any]]) -> None:
    for future, outcome in settled:
        if future.cancelled():
            continue
        if isinstance(outcome, _Failed):
            future.set_exception(outcome.error)
        else:
            future.set_result(outcome)
