"""Getting in touch with Telegram, and telling who we are there."""

import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from telegram import Bot, User
from telegram.error import InvalidToken, TelegramError

from bot.backoff import Backoff
from bot.clock import Clock
from bot.telegram.request import AiohttpRequest

log = logging.getLogger(__name__)
_PAUSE = Backoff(timedelta(seconds=0.5), timedelta(seconds=30))


class TokenRefusedError(Exception):
    """Telegram does not know our token; the operator's to mend."""

    exit_code = 4

    def __init__(self) -> None:
        super().__init__("Telegram refused TELEGRAM_BOT_TOKEN")


@dataclass(frozen=True, slots=True)
class Connection:
    """A bot that has said who it is, and a second line for its long polls."""

    bot: Bot
    polls: AiohttpRequest


@asynccontextmanager
async def connect(token: str, root: str, clock: Clock) -> AsyncGenerator[Connection, None]:
    """Reach the Bot API at *root*, however long that takes; TokenRefusedError if it says no."""
    polls = AiohttpRequest()
    bot = Bot(
        token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=polls,
    )
    try:
        await _introduce(bot, clock)
        yield Connection(bot, polls)
    finally:
        await bot.shutdown()


async def who_am_i(token: str, root: str) -> User:
    """Ask Telegram once whose token this is; TokenRefusedError if it says nobody's."""
    bot = Bot(token, base_url=f"{root}/bot", request=AiohttpRequest())
    try:
        await bot.initialize()
        return bot.bot
    except InvalidToken:
        raise TokenRefusedError from None
    finally:
        await bot.shutdown()


async def _introduce(bot: Bot, clock: Clock) -> None:
    failures = 0
    while True:
        try:
            return await bot.initialize()
        except InvalidToken:
            raise TokenRefusedError from None
        except TelegramError as error:
            log.warning("Telegram is not reachable yet", extra={"error": type(error).__name__})
            await clock.wait(_PAUSE.after(failures))
            failures += 1
