"""Somebody whose conversation cannot be read."""

from pathlib import Path

from sqlalchemy import text

from bot.texts import texts
from storage.transaction import Transaction
from tests.bot import house

SPOIL = text("UPDATE conversation SET draft = substr(draft, 1, length(draft) - 1) || x'00'")
DRAFT = text("SELECT draft FROM conversation")


async def test_they_are_told_so_and_answered_once_it_can_be_read_again(tmp_path: Path):
    def spoil(transaction: Transaction) -> bytes:
        draft = transaction.run(DRAFT).scalar_one()
        transaction.run(SPOIL)
        return draft

    async with house.opened(tmp_path) as rein:
        assert rein.bot is not None
        guest = rein.guest()
        await guest.say("/start")
        draft = await rein.bot.database.write(spoil)
        assert await guest.say("/help") == texts("en")("sorry")

        restore = text("UPDATE conversation SET draft = :draft")
        await rein.bot.database.write(lambda t: t.run(restore, {"draft": draft}))
        assert await guest.say("/help") != texts("en")("sorry")
