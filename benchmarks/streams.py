"""What live drafts cost the bot's process: its processor time while many replies grow at once.

The bot is a process of its own; the sandbox, in this one, counts the drafts. All replies have
shown their first sentence when the time begins, and none of them is over when it ends. Rounds of
the different numbers alternate; none at all is what the bot takes by itself.

A bot lets 8 calls to a model through at once and 32 chats have a turn, so no process has a hundred
such streams: for that round both limits are raised.
"""

import asyncio
import logging
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks import contenders, metered, processes, rig, turns
from benchmarks.metered import Metered
from bot import claiming
from bot.background import beside
from bot.sandbox import acts
from bot.sandbox.chats import Person
from bot.sandbox.server import Sandbox
from coach.llm import gate
from coach.llm.port import Chunk, Finish, ModelRequest, Usage
from coach.llm.scripted import ScriptedModel
from coach.llm.timing import Deadlines

STREAMS = (0, gate.OVERALL, 100)
ROUNDS = 3
SECONDS = 5.0
PACE = 0.1
"""Seconds from word to word."""
SENTENCE = "A small step is enough now. "
BEGINNING, REST = "That was a long day. A ", f"small step is enough now. {SENTENCE * 9}".split()
PATIENT = Deadlines(*[timedelta(seconds=60)] * 3)
PATIENCE = 180
GO_ON = "go on"

Round = tuple[float, int]
"""Seconds of processor time, and drafts."""


class Slowly(ScriptedModel):
    """Says its first sentence at once, and the rest word by word when it is told to go on."""

    def __init__(self) -> None:
        super().__init__(lambda _: rig.NO_DANGER)
        self.going_on = asyncio.Event()

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Chunk]:
        del request
        yield Chunk(BEGINNING)
        await self.going_on.wait()
        for word in REST:
            yield Chunk(f"{word} ")
            await asyncio.sleep(PACE)
        yield Chunk("", Usage(prompt=1, output=1), Finish.STOP)


def measure() -> dict[str, Any]:
    """Let none, a few and many replies grow at once."""
    found: dict[int, list[Round]] = {streams: [] for streams in STREAMS}
    for _ in range(ROUNDS):
        for streams in STREAMS:
            found[streams].append(asyncio.run(_round(streams)))
    idle = [spent for spent, _ in found[0]]
    return {
        "what": "processor time of the bot while so many drafts grow at once",
        **rig.machine(),
        "seconds": SECONDS,
        "rounds": ROUNDS,
        "words_a_second": 1 / PACE,
        "rows": {str(streams): _told(streams, rounds, idle) for streams, rounds in found.items()},
    }


def table(measured: dict[str, Any]) -> str:
    """Write the result for people."""
    lines = [
        f"{measured['seconds']:.0f} s            one core   drafts/s"
        "   CPU, a second of a stream   CPU, a draft"
    ]
    for streams, told in measured["rows"].items():
        cells = f"{told['core']:10.1%}{told['drafts_s']:11.1f}"
        if int(streams):
            cells += f"{told['stream_ms']:25.2f} ms{told['draft_ms']:12.2f} ms"
        lines.append(f"  {streams:>3} streams {cells}")
    return "\n".join(lines)


def _told(streams: int, rounds: list[Round], idle: list[float]) -> dict[str, float]:
    """Tell what the streams took beyond what the bot takes without any."""
    beyond = [spent - at_rest for (spent, _), at_rest in zip(rounds, idle, strict=True)]
    drafts = [shown for _, shown in rounds]
    told = {
        "core": statistics.median(spent for spent, _ in rounds) / SECONDS,
        "drafts_s": statistics.median(drafts) / SECONDS,
    }
    if not streams:
        return told
    each = (spent / shown for spent, shown in zip(beyond, drafts, strict=True))
    return {
        **told,
        "stream_ms": statistics.median(beyond) * 1000 / SECONDS / streams,
        "draft_ms": statistics.median(each) * 1000,
    }


async def _round(streams: int) -> Round:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        options = rig.options("", folder, rig.UNLIMITED)
        await asyncio.to_thread(contenders.seed, options, rig.at_home)
        async with rig.serving() as (sandbox, address):
            turns.invite(sandbox)
            people = list(sandbox.people.values())[:streams]
            async with metered.begun(address, folder, __name__) as bot, asyncio.timeout(PATIENCE):
                await bot.used()  # it answers when it is up
                await asyncio.to_thread(processes.await_idle, bot.pid)
                return await _grown(sandbox, bot, people)


async def _grown(sandbox: Sandbox, bot: Metered, people: list[Person]) -> Round:
    """Let their replies begin, then grow for a while; return what that took."""
    shown, all_begun = Counter[int](), asyncio.Event()

    async def count() -> None:
        async for event in sandbox.feed.follow(None):
            if event.kind == "draft":
                shown[event.body["chat_id"]] += 1
            if len(shown) == len(people):
                all_begun.set()

    async with beside(count()):
        for person in people:
            acts.say(sandbox, sandbox.chats[person.id], person, rig.SAID)
        await all_begun.wait()
        before, drafts = await bot.used(GO_ON), shown.total()
        await asyncio.sleep(SECONDS)
        return (await bot.used() - before).cpu_s, shown.total() - drafts


def _main(address: str, folder: str) -> None:
    gate.OVERALL = claiming.CHATS_AT_ONCE = max(STREAMS)
    model = Slowly()
    made = rig.options(address, Path(folder), rig.UNLIMITED)
    options = replace(made, model=model, deadlines=PATIENT)
    asyncio.run(metered.live(options, {GO_ON: model.going_on.set}))


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    _main(*sys.argv[1:])
