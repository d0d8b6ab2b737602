"""The database: one writer, a few readers, and the keys, behind two awaits.

`storage.opening` makes one.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import URL

from storage import engines, errors, integrity, location
from storage.keys import Keyring
from storage.lock import InstanceLock
from storage.transaction import Transaction
from storage.writer import Writer

T = TypeVar("T")


class Database:
    """A migrated database that is ready for work, perhaps with its lock; close it when done."""

    def __init__(self, url: URL, keyring: Keyring, lock: InstanceLock | None = None) -> None:
        self.keys = keyring
        self._lock = lock
        self._file = location.file(url)
        self._engine = engines.writing(url)
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

    async def scrub(self) -> None:
        """Leave no copy of erased rows in SQLite's write-ahead file."""
        if self._file:
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._readers, integrity.scrub, self._file)

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
