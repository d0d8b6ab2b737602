"""What one whole turn takes the bot's process, from the update to the answer that was sent.

One person speaks and another taps, each turn after the last, through the sandbox. A figure is the
lowest of a few batches, which leaves out what runs by the clock beside them.
"""

import asyncio
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

from benchmarks import metered, processes, rig
from benchmarks.contenders import PROMPT
from benchmarks.metered import Metered, Used
from bot import callback_data
from bot.callback_data import Tap
from bot.sandbox import acts
from bot.sandbox.chats import Person
from bot.sandbox.feed import Event
from bot.sandbox.server import Sandbox

BATCHES, EACH = 5, 20


async def costs(folder: Path, talker: int, tapper: int) -> dict[str, float]:
    """Tell milliseconds of processor time and statements of a turn, on the database there.

    *talker* is at home in it, *tapper* before the days keyboard.
    """
    found: dict[str, float] = {}
    async with rig.serving() as (sandbox, address), metered.begun(address, folder) as bot:
        acting = {
            "text turn": _speaking(sandbox, sandbox.add_person("Ada", "en", talker)),
            "tap turn": _tapping(sandbox, sandbox.add_person("Bob", "en", tapper)),
        }
        await bot.used()  # it answers when it is up
        for name, (act, answered) in acting.items():
            await rig.shown(sandbox, act, answered)
            await asyncio.to_thread(processes.await_idle, bot.pid)
            batches = [await _batch(sandbox, bot, act, answered) for _ in range(BATCHES)]
            found[f"{name}, CPU"] = min(used.cpu_s for used in batches) * 1000 / EACH
            found[f"{name}, statements"] = min(used.statements for used in batches) / EACH
    return found


async def _batch(
    sandbox: Sandbox, bot: Metered, act: Callable[[], object], answered: Callable[[Event], bool]
) -> Used:
    before = await bot.used()
    for _ in range(EACH):
        await rig.shown(sandbox, act, answered)
    return await bot.used() - before


Acting = tuple[Callable[[], object], Callable[[Event], bool]]
"""What somebody does, and how its answer is known."""


def _speaking(sandbox: Sandbox, person: Person) -> Acting:
    chat = sandbox.chats[person.id]
    return (
        lambda: acts.say(sandbox, chat, person, rig.SAID),
        lambda event: event.kind == "message" and event.body["message"]["from"]["is_bot"],
    )


def _tapping(sandbox: Sandbox, person: Person) -> Acting:
    shown = sandbox.post(sandbox.chats[person.id], sandbox.bot(), {"text": "Which days?"})
    signs = cycle("-+")

    def tap() -> None:
        written = callback_data.encode(Tap("sd", PROMPT, f"0{next(signs)}"))
        acts.press(sandbox, person, shown["message_id"], written)

    return tap, lambda event: event.kind == "edited"
