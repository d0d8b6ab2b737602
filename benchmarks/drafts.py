"""From a model's first sentence to the draft of it, through the whole house on loopback.

Each pair is one turn: when the model gave the piece that ends its first sentence, and when
the sandbox took the draft that shows it. The model finds no danger and says all at once, so
that nothing but the house is measured. Telegram itself adds its own way.
"""

import asyncio
import statistics
import time
from collections.abc import AsyncGenerator
from typing import Any

from benchmarks import rig
from bot.app import Running
from bot.sandbox.server import Sandbox
from coach.llm.port import Chunk, Finish, ModelRequest, Usage
from coach.llm.scripted import ScriptedModel

TURNS = 40
WARM_UP = 5
FIRST, REST = "A long day of work. ", "Would the small version fit?"


class TimedModel(ScriptedModel):
    """Notes when its first sentence was said."""

    def __init__(self) -> None:
        super().__init__(lambda _: rig.NO_DANGER)
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
    model = TimedModel()
    async with rig.house(model) as (sandbox, bot):
        return [await _turn(sandbox, bot, model, n) for n in range(TURNS + WARM_UP)]


async def _turn(sandbox: Sandbox, bot: Running, model: TimedModel, number: int) -> float:
    person = sandbox.add_person(f"Person {number}", "en")
    await rig.settle(bot, person)
    return await rig.said(sandbox, person, lambda event: event.kind == "draft") - model.said_at
