"""The database: one writer, a few readers, and the keys, behind two awaits.

`storage.opening` makes one.
"""

import asyncio
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from storage import engines, erasures, errors, integrity, location
from storage.copies import Copies
from storage.engines import Presence
from storage.keys import Keyring
from storage.lock import InstanceLock, SharedLock
from storage.transaction import Transaction
from storage.writer import Writer

T = TypeVar("T")


class Database:
    """A migrated database that is ready for work, perhaps with its lock; close it when done."""

    def __init__(self, copies: Copies, keyring: Keyring, lock: InstanceLock | None = None) -> None:
        url = copies.url
        self.keys = keyring
        self._copies = copies
        self._lock = lock
        self._file = location.file(url)
        self._engine = engines.writing(url, _presence(lock))
        self._reading = engines.reading(url)
        self._writer = Writer(self._engine, keyring)
        self._readers = ThreadPoolExecutor(engines.READERS, "reader")

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Run *work* in a transaction and wait for its commit.

        It may share the commit with others, and is undone alone when it raises; then its
        error is raised here. DatabaseUnavailableError: nothing was written, try again.
        Cancelling undoes it only if it has not begun.
        """
        return await self._writer.submit(work)

    async def read(self, look: Callable[[Transaction], T]) -> T:
        """Run *look* in a transaction that sees one moment and cannot write."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, self._look, look)

    def write_now(self, work: Callable[[Transaction], T]) -> T:
        """Do what `write` does, for callers without a loop."""
        return asyncio.run(self.write(work))

    def read_now(self, look: Callable[[Transaction], T]) -> T:
        """Do what `read` does, for callers without a loop."""
        return self._look(look)

    async def finish_erasures(self) -> None:
        """Leave no key of anybody erased in a file that Rein keeps: write-ahead file, copies.

        Those who were erased are remembered until this succeeds; call it after each erasure,
        and now and then. ErasureUnfinishedError, DatabaseUnavailableError: not everywhere yet.
        """
        loop = asyncio.get_running_loop()
        done = await loop.run_in_executor(self._readers, self._clean_files)
        await self.write(lambda transaction: erasures.finish(transaction, done))

    def _clean_files(self) -> Collection[str]:
        waiting = self._look(erasures.waiting)
        if waiting and self._file:
            integrity.scrub(self._file)
        self._copies.forget(self.keys, waiting)
        return waiting

    def close(self) -> None:
        """Finish the writes that wait, then let go of the database and its lock."""
        self._writer.close()
        self._readers.shutdown()
        self._reading.dispose()
        self._engine.dispose()
        if self._lock is not None:
            self._lock.close()

    def _look(self, look: Callable[[Transaction], T]) -> T:
        try:
            with self._reading.begin() as connection:
                return look(Transaction(connection, self.keys))
        except Exception as error:
            if (known := errors.translated(error)) is error:
                raise
            raise known from error


def _presence(lock: InstanceLock | None) -> Presence | None:
    if lock is None:
        return None
    return Presence.AMONG_ROLES if isinstance(lock, SharedLock) else Presence.ALONE
