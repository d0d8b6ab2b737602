"""From a model's first sentence to the draft of it, through the whole house on loopback.

Each pair is one turn: when the model gave the piece that ends its first sentence, and when
the sandbox took the draft that shows it. The model finds no danger and says all at once, so
that nothing but the house is measured. Telegram itself adds its own way.
"""

import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.app import Options, Running, running
from bot.background import Background, beside
from bot.clock import SystemClock
from bot.demo import LIMITS, TOKEN
from bot.ending import codec
from bot.journey.conversation import Conversation, Stage
from bot.journey.stages import consent
from bot.sandbox import acts
from bot.sandbox.chats import Person
from bot.sandbox.server import LOOPBACK, Sandbox, SandboxClock, listen, serve
from coach.llm.port import Chunk, Finish, ModelRequest, Usage
from coach.llm.scripted import ScriptedModel
from storage import conversations, people
from storage.transaction import Transaction

TURNS = 40
WARM_UP = 5
FIRST, REST = "A long day of work. ", "Would the small version fit?"
NO_DANGER = json.dumps({"safety": "none", "confidence": 95, "meaning": "literal"})


class TimedModel(ScriptedModel):
    """Notes when its first sentence was said."""

    def __init__(self) -> None:
        super().__init__(lambda _: NO_DANGER)
        self.said_at = 0.0

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Chunk]:
        self.said_at = time.perf_counter()
        yield Chunk(FIRST)
        yield Chunk(REST)
        yield Chunk("", Usage(prompt=1, output=1), Finish.STOP)


def measure() -> dict[str, Any]:
    """Take the turns and gather how long each draft took, in milliseconds."""
    waits = [wait * 1000 for wait in asyncio.run(_turns())][WARM_UP:]
    return {
        "what": "milliseconds from the model's first sentence to its draft at the Bot API",
        "turns": len(waits),
        "median_ms": statistics.median(waits),
        "p95_ms": statistics.quantiles(waits, n=20)[-1],
        "worst_ms": max(waits),
    }


def table(measured: dict[str, Any]) -> str:
    """Write the result for people."""
    name = "first sentence to draft"
    return (
        f"{name:34} {measured['median_ms']:8.1f} ms   p95 {measured['p95_ms']:.1f}, "
        f"worst {measured['worst_ms']:.1f}; n = {measured['turns']} turns"
    )


async def _turns() -> list[float]:
    clock = SystemClock()
    sandbox = Sandbox(SandboxClock(clock.now))
    listener, world, model = listen(), Background(), TimedModel()
    world.start("sandbox", serve(sandbox, listener))
    with tempfile.TemporaryDirectory() as folder:
        options = Options(
            token=TOKEN,
            telegram_root=f"http://{LOOPBACK}:{listener.getsockname()[1]}",
            database_url=f"sqlite:///{folder}/rein.db",
            key_file=Path(folder) / "master.key",
            clock=clock,
            public=True,
            model=model,
            limits=LIMITS,
        )
        async with running(options, Background()) as bot:
            waits = [await _turn(sandbox, bot, model, n) for n in range(TURNS + WARM_UP)]
        await world.stop(timedelta(seconds=3))
    return waits


async def _turn(sandbox: Sandbox, bot: Running, model: TimedModel, number: int) -> float:
    person = sandbox.add_person(f"Person {number}", "en")
    await settle(bot, person)
    followed = sandbox.feed.follow(None)
    await anext(followed)

    async def drafted() -> float:
        async for event in followed:
            if event.kind == "draft":
                return time.perf_counter()
        raise AssertionError

    async with asyncio.timeout(10), beside(drafted()) as draft:
        acts.say(sandbox, sandbox.chats[person.id], person, "so tired of work today")
        return await draft - model.said_at


async def settle(bot: Running, person: Person) -> None:
    """Let somebody be in the middle of everyday life."""
    now = SystemClock().now()
    stands = Conversation(
        Stage.HOME, has_goal=True, zone="Europe/London", touched=now, consent=consent.WITH_MODEL
    )

    def store(transaction: Transaction) -> None:
        made = people.create(transaction, person.id, "en", now)
        conversations.begin(transaction, made, Stage.HOME, codec().dump_json(stands), now)

    await bot.database.write(store)
