"""A commit of what comes in, for a test that takes no turns."""

import asyncio
from collections.abc import Callable

from bot.telegram.reception import Commit
from storage.database import Database
from storage.transaction import Transaction


def committing(database: Database, arrived: asyncio.Event) -> Commit:
    """Commit, and say that something arrived."""

    async def commit(work: Callable[[Transaction], object]) -> None:
        await database.write(work)
        arrived.set()

    return commit
