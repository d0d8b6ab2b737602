"""Durable turns against a stock python-telegram-bot echo bot, on the same sandbox.

The sandbox runs in this process and each contender in a child of its own, so that on two
cores each has one. Updates wait before a contender starts; rate and processor time are taken
over the last nine tenths of the answers, so starting up does not count. Rounds alternate.

A tap turn is one inbox row, one turn in one transaction, `answerCallbackQuery` and an
`editMessageText`; a text turn is read by the rules, keeps both messages and sends one; an
echo is one `sendMessage` and nothing is stored. What a tap's two calls alone cost, through
our own client and with nothing read or kept, is measured as a contender too.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from benchmarks import processes, rig
from benchmarks.contenders import PEOPLE, PROMPT
from bot import callback_data
from bot.callback_data import Tap
from bot.demo import TOKEN
from bot.sandbox import acts
from bot.sandbox.server import Sandbox
from bot.telegram.reception import MOST_WAITING

EACH = MOST_WAITING
"""As many as one chat may have waiting: the longer, the less of a round is starting up."""

WARM_UP = 0.1
LAST = 0.98
"""The share after which is no more counted: a stock bot loses an answer now and then."""
ROUNDS = 3
CONTENDERS = {
    "tap": "Rein, durable tap turns",
    "text": "Rein, durable text turns (rules)",
    "echo": "stock echo bot, one after the other",
    "echo256": "stock echo bot, concurrent_updates=256",
    "aiogram": "stock aiogram echo bot",
    "bare": "the two calls of a tap, no Rein",
}
ANSWERS = {"tap": "edited", "bare": "edited"}
"""The event that is an answer; of the others it is a message."""

AIOGRAM = Path(__file__).parents[1] / "build" / "aiogram" / "bin" / "python"
"""Python with aiogram, which `make bench` installs: without it there is no such row."""

Rate = tuple[float, ...]
"""Answers a second, and milliseconds that each of the processes took for one."""


def measure() -> dict[str, Any]:
    """Run the rounds and gather turns a second and processor time by contender."""
    names = [name for name in CONTENDERS if name != "aiogram" or AIOGRAM.exists()]
    found: dict[str, list[Rate]] = {name: [] for name in names}
    for _ in range(ROUNDS):
        for name in names:
            found[name].append(asyncio.run(_round(name)))
    rates = {name: [rate for rate, _ in rounds] for name, rounds in found.items()}
    cpu = {name: [spent for _, spent in rounds] for name, rounds in found.items()}
    medians = {name: statistics.median(rounds) for name, rounds in rates.items()}
    return {
        "what": "answers a second, each contender alone on one core",
        **rig.machine(),
        "people": PEOPLE,
        "n": PEOPLE * EACH,
        "rounds": ROUNDS,
        "rates": rates,
        "cpu_ms": {name: statistics.median(rounds) for name, rounds in cpu.items()},
        "medians": medians,
        "tap_to_echo": _ratio(rates["tap"], rates["echo"]),
        "tap_to_echo256": _ratio(rates["tap"], rates["echo256"]),
        "text_to_echo": _ratio(rates["text"], rates["echo"]),
        "bare_to_echo": _ratio(rates["bare"], rates["echo"]),
        "tap_to_bare": _ratio(rates["tap"], rates["bare"]),
        **({"tap_to_aiogram": _ratio(rates["tap"], rates["aiogram"])} if AIOGRAM.exists() else {}),
    }


def _ratio(ours: list[float], theirs: list[float]) -> float:
    """Return the median of the ratios within the rounds, each of which ran side by side."""
    return statistics.median(our / their for our, their in zip(ours, theirs, strict=True))


def table(measured: dict[str, Any]) -> str:
    """Write the result for people."""
    lines = [
        f"{said:40}{measured['medians'][name]:8.0f}/s{measured['cpu_ms'][name]:8.2f} ms CPU"
        for name, said in CONTENDERS.items()
        if name in measured["medians"]
    ]
    ratios = [
        f"{key.replace('_', ' '):40}{measured[key]:8.2f}" for key in measured if "_to_" in key
    ]
    return "\n".join([f"n = {measured['n']} answers a round", *lines, *ratios])


async def _round(name: str) -> Rate:
    with tempfile.TemporaryDirectory() as folder:
        fill = taps if name in ANSWERS else texts
        async with contender(name, Path(folder), fill) as (sandbox, pid):
            return await rate(sandbox, ANSWERS.get(name, "message"), pid)


@asynccontextmanager
async def contender(
    name: str, folder: Path, fill: Callable[[Sandbox], object]
) -> AsyncGenerator[tuple[Sandbox, int]]:
    """Start a contender whose updates wait; yield the sandbox and the number of its process."""
    async with rig.serving() as (sandbox, address):
        invite(sandbox)
        fill(sandbox)
        async with running(name, address, folder) as pid:
            yield sandbox, pid


def invite(sandbox: Sandbox) -> None:
    """Let as many people be there as take part."""
    for number in range(PEOPLE - len(sandbox.people)):
        sandbox.add_person(f"Person {number}", "en")


@asynccontextmanager
async def running(name: str, address: str, folder: Path, *more: str) -> AsyncGenerator[int]:
    """Run a contender against the sandbox at *address*; yield the number of its process."""
    command = [sys.executable, "-m", "benchmarks.contenders", name, address, str(folder), *more]
    if name == "aiogram":
        command = [str(AIOGRAM), str(Path(__file__).with_name("aiogram_echo.py")), address, TOKEN]
    child = await asyncio.create_subprocess_exec(*command, env=rig.compiled())
    try:
        yield child.pid
    finally:
        with suppress(ProcessLookupError):
            child.kill()
        await child.wait()


async def rate(sandbox: Sandbox, answer: str, *pids: int, n: int = PEOPLE * EACH) -> Rate:
    """Count what is shown until *n* answers, and tell how many a second and what each cost."""
    warm, last = (int(n * share) for share in (WARM_UP, LAST))
    seen, begun, spent = -1, 0.0, list[float]()
    async with asyncio.timeout(180):
        async for event in sandbox.feed.follow(None):
            if event.kind == "reload" and seen >= 0:
                raise CountLostError
            if seen < 0 or event.kind == answer:
                seen += 1
            if seen == warm and not begun:
                begun, spent = time.perf_counter(), list(map(processes.cpu, pids))
            if seen == last:
                break
    timed = last - warm
    took = time.perf_counter() - begun
    used = (processes.cpu(pid) - before for pid, before in zip(pids, spent, strict=True))
    return timed / took, *(seconds * 1000 / timed for seconds in used)


class CountLostError(Exception):
    """Answers came faster than they could be counted; the round is void."""


def texts(sandbox: Sandbox, each: int = EACH) -> None:
    """Let everybody write."""
    for person in list(sandbox.people.values()):
        for number in range(each):
            acts.say(sandbox, sandbox.chats[person.id], person, f"message {number}")


def taps(sandbox: Sandbox) -> None:
    """Let everybody set and clear Monday in turn, on the keyboard they have before them."""
    for person in list(sandbox.people.values()):
        shown = sandbox.post(sandbox.chats[person.id], sandbox.bot(), {"text": "Which days?"})
        for number in range(EACH):
            written = callback_data.encode(Tap("sd", PROMPT, f"0{'-+'[number % 2]}"))
            acts.press(sandbox, person, shown["message_id"], written)
