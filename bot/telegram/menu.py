"""What Telegram is told at start: our command menu, and where updates go."""

import logging

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.telegram.envelope import KINDS
from bot.texts import LANGUAGES, texts
from coach.catalogue import FALLBACK_LANGUAGE

log = logging.getLogger(__name__)

COMMANDS = ("today", "plan", "goals", "back", "cancel", "help", "start")


async def publish(bot: Bot) -> None:
    """Tell Telegram our commands; without a menu the commands still work."""
    try:
        for language in LANGUAGES:
            said = texts(language)
            commands = [BotCommand(name, said(f"command.{name}")) for name in COMMANDS]
            await bot.set_my_commands(
                commands, language_code=None if language == FALLBACK_LANGUAGE else language
            )
    except TelegramError as error:
        log.warning("no command menu", extra={"error": type(error).__name__})


async def bring_updates_to(bot: Bot, url: str, secret: str) -> None:
    """Have Telegram bring updates to *url*; what waits there is kept."""
    await bot.set_webhook(url, secret_token=secret, allowed_updates=KINDS)
