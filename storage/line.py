"""The line: connections of their own to PostgreSQL, for what a pool cannot hold.

A bell is rung in a transaction and heard by every process that listens once it commits
(LISTEN, NOTIFY). What is said with it is ids, never words. A bell may be missed while a
connection is away: whoever listens looks by itself now and then, too. The seat is an advisory
lock that one process of several holds for as long as its connection lives.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Collection
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import URL, func, select

from storage.transaction import Transaction

if TYPE_CHECKING:
    from psycopg import AsyncConnection

SEAT_KEY = int.from_bytes(b"rein seat"[:8])
_PATIENCE = timedelta(seconds=5)


class LineLostError(Exception):
    """The connection is gone, or could not be made; open another one."""


def ring(transaction: Transaction, bell: str, told: str = "") -> None:
    """Ring a bell when this transaction commits; *told* goes with it."""
    transaction.run(select(func.pg_notify(bell, told)))


@asynccontextmanager
async def heard(url: URL, bells: Collection[str]) -> AsyncGenerator[AsyncIterator[tuple[str, str]]]:
    """Listen to *bells*: yields each that rings, with what was told; LineLostError."""
    async with _connection(url) as connection:
        for bell in bells:
            await connection.execute(f"LISTEN {bell}".encode())

        async def ringing() -> AsyncIterator[tuple[str, str]]:
            async for one in connection.notifies():
                yield one.channel, one.payload

        yield ringing()


class Seat:
    """The place of the one process that sends; free again when its connection ends."""

    def __init__(self, connection: "AsyncConnection") -> None:
        self._connection = connection

    async def is_taken(self) -> bool:
        """Try to take it; True once it is ours."""
        return bool(await self._ask(f"SELECT pg_try_advisory_lock({SEAT_KEY})"))

    async def is_kept(self) -> bool:
        """Tell whether the connection still lives, and the seat with it."""
        from psycopg import Error

        try:
            async with asyncio.timeout(_PATIENCE.total_seconds()):
                return bool(await self._ask("SELECT true"))
        except (Error, OSError, TimeoutError):
            return False

    async def _ask(self, question: str) -> object:
        cursor = await self._connection.execute(question.encode())
        row = await cursor.fetchone()
        return row and row[0]


@asynccontextmanager
async def seat(url: URL) -> AsyncGenerator[Seat]:
    """Lend a connection to the seat; LineLostError."""
    async with _connection(url) as connection:
        yield Seat(connection)


@asynccontextmanager
async def _connection(url: URL) -> AsyncGenerator["AsyncConnection"]:
    from psycopg import AsyncConnection, Error  # few have it, and it takes a while

    place = url.set(drivername="postgresql").render_as_string(hide_password=False)
    seconds = int(_PATIENCE.total_seconds())
    try:
        async with await AsyncConnection.connect(
            place, autocommit=True, connect_timeout=seconds, keepalives_idle=seconds
        ) as connection:
            yield connection
    except (Error, OSError) as error:
        raise LineLostError(type(error).__name__) from None
