"""A database whose commits a test counts."""

import asyncio
from collections.abc import Callable
from typing import Any

from storage.database import Database
from storage.errors import DatabaseUnavailableError
from storage.transaction import Transaction


class Counted:
    """A database whose commits are counted; of those named in *unheard* nobody hears."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._more = asyncio.Event()
        self.commits = 0
        self.unheard: set[int] = set()

    async def write(self, work: Callable[[Transaction], Any]) -> Any:
        done = await self._database.write(work)
        self.commits += 1
        self._more.set()
        if self.commits in self.unheard:
            raise DatabaseUnavailableError("the line broke")
        return done

    async def settled(self, commits: int) -> None:
        """Wait for so many commits, and for what would follow of itself."""
        async with asyncio.timeout(5):
            while self.commits < commits:
                self._more.clear()
                await self._more.wait()
        for _ in range(20):
            await asyncio.sleep(0)
