"""What Telegram is told at start: our profile and commands, and where updates go."""

import logging
from collections.abc import Collection

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from bot.journey import machine
from bot.telegram.envelope import WANTED
from bot.texts import LANGUAGES, texts
from coach.catalogue import FALLBACK_LANGUAGE

log = logging.getLogger(__name__)

COMMANDS = (
    "today", "done", "stats", "plan", "goal", "goals", "review", "pause", "resume", "quiet",
    "why", "undo", "memory", "settings", "language", "timezone", "feedback", "sos", "privacy",
    "export", "delete", "back", "cancel", "help", "start",
)  # fmt: skip
"""The order of the menu; what this version's journey has no row for is left out."""

ADMINISTER = ("invite", "admin")
"""What the menu of those who may invite begins with."""


async def publish(bot: Bot, admins: Collection[int]) -> None:
    """Tell Telegram who we are and our commands; without that, they still work."""
    known = [name for name in COMMANDS if machine.knows_command(name)]
    try:
        for language in LANGUAGES:
            await _present(bot, language)
            await bot.set_my_commands(_listed(known, language), language_code=_code(language))
    except TelegramError as error:
        log.warning("no command menu", extra={"error": type(error).__name__})
    for admin in sorted(admins):
        await _publish_for(bot, admin, [*ADMINISTER, *known])


async def speak(bot: Bot, chat_id: int, language: str) -> None:
    """Show somebody the menu in the language they chose, whatever their Telegram speaks."""
    known = [name for name in COMMANDS if machine.knows_command(name)]
    try:
        await bot.set_my_commands(_listed(known, language), BotCommandScopeChat(chat_id))
    except TelegramError as error:
        log.warning("no command menu", extra={"error": type(error).__name__})


async def _publish_for(bot: Bot, admin: int, names: list[str]) -> None:
    """Show somebody who may invite a longer menu; Telegram must have seen them first."""
    try:
        for language in LANGUAGES:
            await bot.set_my_commands(
                _listed(names, language), BotCommandScopeChat(admin), _code(language)
            )
    except TelegramError as error:
        log.info("no menu for an admin yet", extra={"error": type(error).__name__})


async def _present(bot: Bot, language: str) -> None:
    said = texts(language)
    await bot.set_my_description(said("profile.about"), _code(language))
    await bot.set_my_short_description(said("profile.short"), _code(language))


def _listed(names: list[str], language: str) -> list[BotCommand]:
    said = texts(language)
    return [BotCommand(name, said(f"command.{name}")) for name in names]


def _code(language: str) -> str | None:
    """Name the language for Telegram; ours that stands in for others is theirs without a name."""
    return None if language == FALLBACK_LANGUAGE else language


async def bring_updates_to(bot: Bot, url: str, secret: str) -> None:
    """Have Telegram bring updates to *url*; what waits there is kept."""
    await bot.set_webhook(url, secret_token=secret, allowed_updates=WANTED)
