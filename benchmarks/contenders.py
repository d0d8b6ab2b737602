"""The bots that are measured, each in a process of its own: `python -m benchmarks.contenders`."""

import asyncio
import logging
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from benchmarks import rig
from bot.app import running
from bot.background import Background
from bot.clock import SystemClock
from bot.demo import TOKEN
from bot.journey.conversation import Conversation, Draft, Stage
from bot.options import Options
from bot.telegram.connect import connect
from coach.values import GoalUnderstanding
from storage.opening import open_for_bot
from storage.transaction import Transaction

PROMPT = 7
FIRST_PERSON = 1001
PEOPLE = 300
ECHOES = {"echo": 1, "echo256": 256}
KEYBOARD = [[InlineKeyboardButton(f"{n}", callback_data=f"{n}") for n in range(7)]]
"""As many buttons as the days keyboard has for the days."""


def echo(address: str, at_once: int) -> None:
    """Run the stock echo bot, with so many updates at once."""

    async def answer(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message and update.message.text:
            await update.message.reply_text(update.message.text)

    made = Application.builder().token(TOKEN).base_url(f"{address}/bot")
    application = made.concurrent_updates(at_once).build()
    application.add_handler(MessageHandler(filters.TEXT, answer))
    application.run_polling()


async def rein(address: str, folder: Path) -> None:
    """Run Rein for people who all stand before the days keyboard."""
    options = rig.options(address, folder, rig.UNLIMITED)
    await asyncio.to_thread(seed, options)
    background = Background()
    async with running(options, background):
        await background.watch()


async def bare(address: str) -> None:
    """Answer taps with Rein's client alone: the two calls of a turn, nothing read or kept."""
    many = asyncio.Semaphore(rig.UNLIMITED.replies_in_flight)
    async with connect(TOKEN, address, SystemClock()) as connection, asyncio.TaskGroup() as answers:
        bot, offset = connection.bot, 0
        while True:
            asked = f"{bot.base_url}/getUpdates?timeout=25&limit=100&offset={offset}"
            updates = cast(list[dict[str, Any]], await connection.polls.post(asked))
            for update in updates:
                offset = update["update_id"] + 1
                answers.create_task(_answer(bot, many, offset, update["callback_query"]))


async def _answer(bot: Bot, many: asyncio.Semaphore, number: int, tap: dict[str, Any]) -> None:
    message, keyboard = tap["message"], InlineKeyboardMarkup(KEYBOARD)
    async with many:
        await asyncio.gather(
            bot.answer_callback_query(tap["id"]),
            bot.edit_message_text(
                f"Which days? {number}",
                message["chat"]["id"],
                message["message_id"],
                reply_markup=keyboard,
            ),
        )


def seed(options: Options, stand: Callable[[datetime], Conversation] | None = None) -> None:
    """Store the people and where they *stand*, before the days keyboard if nothing is said."""
    now = options.clock.now()
    database = open_for_bot(options.database_url, options.key_file, now)

    def store(transaction: Transaction) -> None:
        for chat_id in range(FIRST_PERSON, FIRST_PERSON + PEOPLE):
            rig.place(transaction, chat_id, (stand or at_the_days)(now), now)

    database.write_now(store)
    database.close()


def at_the_days(now: datetime) -> Conversation:
    """Stand before the days keyboard."""
    understood = GoalUnderstanding("run 3 times a week", behaviour="run", per_week=3)
    return Conversation(
        stage=Stage.DAYS,
        draft=Draft(understanding=understood, days=(0, 2, 4)),
        prompt=PROMPT,
        open=True,
        zone="Europe/London",
        touched=now,
    )


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    name, where, place = sys.argv[1:]
    if name in ECHOES:
        echo(where, ECHOES[name])
    elif name == "bare":
        asyncio.run(bare(where))
    else:
        asyncio.run(rein(where, Path(place)))
