"""Fifty people, ten messages a second, a model that takes 0.4 s: how long everybody waits.

The bot has a process of its own, so that neither the sandbox nor the people count in its memory.
"""

import statistics
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import cycle
from pathlib import Path

import pytest

from bot.background import beside
from bot.clock import SystemClock
from bot.sandbox import acts
from bot.sandbox.server import Sandbox
from tests.bot import house
from tests.bot.house import Guest
from tests.crash.talk import word
from tests.faults import lives
from tests.faults.bot import Wish
from tests.faults.lives import Life
from tests.proofs import proven
from tests.tiers import FULL

PEOPLE, EVERY_S, MODEL_TAKES_S = 50, 0.1, 0.4
SECONDS = 600 if FULL else 20
WARM_S = min(60, SECONDS / 2)
P95_S, P99_S, GROWTH_MB = 3, 6, 20
LAST_ANSWERS_S = 30


@dataclass
class Waits:
    """When each person said what is not answered yet, and how long each answer took.

    Answers come in the order of what was said, so the next message is the oldest's answer.
    """

    open: dict[int, deque[timedelta]]
    took: list[float] = field(default_factory=list[float])
    echoed: int = 0

    @property
    def unanswered(self) -> int:
        """Count what has no answer."""
        return sum(map(len, self.open.values()))

    async def listen(self, sandbox: Sandbox) -> None:
        """Note each answer."""
        async for event in sandbox.feed.follow(None):
            message = event.body.get("message", {})
            if event.kind == "message" and message["from"]["is_bot"]:
                said_at = self.open[event.body["chat_id"]].popleft()
                self.took.append((SystemClock().elapsed() - said_at).total_seconds())
                self.echoed += "Thinking about" in message["text"]


async def talk(sandbox: Sandbox, guests: Sequence[Guest], waits: Waits, life: Life) -> float:
    """Have somebody say something every tenth of a second; return the memory when warm."""
    clock, warm = SystemClock(), 0.0
    began = clock.elapsed()
    for number, guest in zip(range(int(SECONDS / EVERY_S)), cycle(guests), strict=False):
        due = began + timedelta(seconds=number * EVERY_S)
        await clock.wait(due - clock.elapsed())
        if not warm and due - began >= timedelta(seconds=WARM_S):
            warm = life.rss_mb()
        waits.open[guest.person.id].append(clock.elapsed())
        chat = sandbox.chats[guest.person.id]
        acts.say(sandbox, chat, guest.person, f"Thinking about {word(number)} today")
    return warm


async def all_answered(waits: Waits) -> None:
    """Wait for the last answers, but not for ever."""
    clock = SystemClock()
    until = clock.elapsed() + timedelta(seconds=LAST_ANSWERS_S)
    while waits.unanswered and clock.elapsed() < until:
        await clock.wait(timedelta(seconds=0.1))


@pytest.mark.long
@pytest.mark.timeout(900)
async def test_fifty_people_are_answered_in_time_and_memory_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    async with house.sandbox_only(tmp_path) as rein:
        wish = Wish(rein.address, str(tmp_path), model_takes_s=MODEL_TAKES_S)
        async with lives.begun(wish) as life:
            guests = [rein.guest(f"Person {number}") for number in range(PEOPLE)]
            await lives.settle(wish, guests)
            waits = Waits({guest.person.id: deque() for guest in guests})
            async with beside(waits.listen(rein.sandbox)):
                warm = await talk(rein.sandbox, guests, waits, life)
                await all_answered(waits)
            end, cpu = life.rss_mb(), life.cpu_s()

    cuts = statistics.quantiles(waits.took, n=100)
    figures: dict[str, float] = {
        "people": PEOPLE, "rate": 1 / EVERY_S, "seconds": SECONDS, "said": len(waits.took),
        "p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "warm": warm, "end": end,
        "lost": waits.unanswered, "by_model": waits.echoed, "cpu": cpu,
    }  # fmt: skip
    with capsys.disabled():
        print("\nload:", {name: round(figure, 2) for name, figure in figures.items()})
    assert not waits.unanswered
    assert figures["p95"] < P95_S
    assert figures["p99"] < P99_S
    assert end - warm < GROWTH_MB
    proven("load", "", **figures)
