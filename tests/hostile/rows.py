"""What is in the database of a house, looked at from beside."""

from sqlalchemy import ColumnElement, func, select

from storage import inbox
from storage.tables import METADATA
from storage.tables.transport import INBOX, OUTBOX
from storage.transaction import Transaction
from tests.bot.house import House

QUIET = ("inbox", "outbox", "conversation", "turn", "opik_outbox")
"""Tables in which something is always written."""


async def counted(rein: House) -> dict[str, int]:
    """Count the rows of every table but the QUIET."""

    def count(transaction: Transaction) -> dict[str, int]:
        return {
            name: transaction.run(select(func.count()).select_from(table)).scalar_one()
            for name, table in METADATA.tables.items()
            if name not in QUIET
        }

    assert rein.bot is not None
    return await rein.bot.database.read(count)


async def given_up(rein: House) -> list[str]:
    """List why updates were given up, and letters that Telegram did not take."""
    dead = [
        select(table.c.reason).where(table.c.state == inbox.State.DEAD) for table in (INBOX, OUTBOX)
    ]
    assert rein.bot is not None
    return await rein.bot.database.read(
        lambda t: [str(why) for one in dead for why in t.run(one).scalars()]
    )


async def arrived(rein: House, *which: ColumnElement[bool]) -> int:
    """Count what came in, of those *which*."""
    count = select(func.count()).select_from(INBOX).where(*which)
    assert rein.bot is not None
    return await rein.bot.database.read(lambda t: t.run(count).scalar_one())
