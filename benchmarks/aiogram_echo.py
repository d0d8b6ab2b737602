"""The stock aiogram echo bot; it runs where aiogram is, apart from all that is ours.

aiogram takes no pydantic as new as the one the program is locked to, so it has a lock and an
installation of its own: `make bench` makes it.
"""

# pyright: basic, reportMissingImports=false

import asyncio
import sys

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message


async def main(address: str, token: str) -> None:
    """Answer each text with itself."""
    dispatcher = Dispatcher()

    @dispatcher.message(F.text)
    async def answer(message: Message) -> None:
        await message.answer(message.text or "")

    session = AiohttpSession(api=TelegramAPIServer.from_base(address))
    await dispatcher.start_polling(Bot(token, session=session), handle_signals=False)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
