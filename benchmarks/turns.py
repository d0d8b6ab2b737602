"""Durable tap turns against a stock python-telegram-bot echo bot, on the same sandbox.

The sandbox runs in this process and each contender in a child of its own, so that on two
cores each has one. Updates wait before a contender starts; the rate is taken over the
last nine tenths of the answers, so starting up does not count. Rounds alternate.

A tap turn is one inbox row, one turn in one transaction, `answerCallbackQuery` and an
`editMessageText`; an echo is one `sendMessage` and nothing is stored.
"""

import asyncio
import platform
import statistics
import sys
import tempfile
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from benchmarks import rig
from benchmarks.contenders import PEOPLE, PROMPT
from bot import callback_data
from bot.callback_data import Tap
from bot.sandbox import acts
from bot.sandbox.server import Sandbox

EACH = 10
WARM_UP = 0.1
ROUNDS = 3
CONTENDERS = ("rein", "echo")


def measure() -> dict[str, Any]:
    """Run the rounds and gather turns a second by contender."""
    rates: dict[str, list[float]] = {name: [] for name in CONTENDERS}
    for _ in range(ROUNDS):
        for name in CONTENDERS:
            rates[name].append(asyncio.run(_round(name)))
    medians = {name: statistics.median(found) for name, found in rates.items()}
    return {
        "what": "answers a second, each contender alone on one core",
        "measured_at": datetime.fromtimestamp(time.time(), UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "people": PEOPLE,
        "answers_a_round": PEOPLE * EACH,
        "rates": rates,
        "medians": medians,
        "rein_to_echo": medians["rein"] / medians["echo"],
    }


def table(measured: dict[str, Any]) -> str:
    """Write the result for people."""
    names = {"rein": "Rein, durable tap turns", "echo": "stock echo bot, nothing stored"}
    lines = [
        f"{names[name]:34} {median:8.0f}/s   rounds: "
        + ", ".join(f"{rate:.0f}" for rate in measured["rates"][name])
        for name, median in measured["medians"].items()
    ]
    ratio = f"{'ratio':34} {measured['rein_to_echo']:8.2f}"
    return "\n".join([f"n = {measured['answers_a_round']} answers a round", *lines, ratio])


async def _round(name: str) -> float:
    async with rig.serving() as (sandbox, address):
        for number in range(PEOPLE - len(sandbox.people)):
            sandbox.add_person(f"Person {number}", "en")
        fill = _taps if name == "rein" else _texts
        fill(sandbox)
        with tempfile.TemporaryDirectory() as folder:
            counting = _rate(sandbox, PEOPLE * EACH)
            child = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "benchmarks.contenders", name, address, folder
            )
            try:
                return await counting
            finally:
                with suppress(ProcessLookupError):
                    child.kill()
                await child.wait()


async def _rate(sandbox: Sandbox, answers: int) -> float:
    """Count what the bot shows, and tell how many a second."""
    seen, begun, warm = -1, 0.0, int(answers * WARM_UP)
    async with asyncio.timeout(120):
        async for event in sandbox.feed.follow(None):
            if event.kind == "reload" and seen >= 0:
                raise CountLostError
            if seen < 0 or event.kind in {"message", "edited"}:
                seen += 1
            if seen == warm and not begun:
                begun = time.perf_counter()
            if seen == answers:
                break
    return (answers - warm) / (time.perf_counter() - begun)


class CountLostError(Exception):
    """Answers came faster than they could be counted; the round is void."""


def _texts(sandbox: Sandbox) -> None:
    for person in list(sandbox.people.values()):
        for number in range(EACH):
            acts.say(sandbox, sandbox.chats[person.id], person, f"message {number}")


def _taps(sandbox: Sandbox) -> None:
    """Let everybody set and clear Monday in turn, on the keyboard they have before them."""
    for person in list(sandbox.people.values()):
        shown = sandbox.post(sandbox.chats[person.id], sandbox.bot(), {"text": "Which days?"})
        for number in range(EACH):
            written = callback_data.encode(Tap("sd", PROMPT, f"0{'-+'[number % 2]}"))
            acts.press(sandbox, person, shown["message_id"], written)
