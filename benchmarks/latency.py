"""How long a tap waits for its answer at 50 a second, where each call takes the API 50 ms.

From the tap at the sandbox until the sandbox has edited the message. What lies beyond the API's own
is what Rein takes more than its client alone, which asks for updates and makes the two calls in the
same way but reads and keeps nothing. Rounds of both alternate.
"""

import asyncio
import statistics
import tempfile
import time
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks import rig, turns
from benchmarks.contenders import PROMPT
from bot import callback_data
from bot.callback_data import Tap
from bot.sandbox import acts
from bot.sandbox.chats import Person
from bot.sandbox.server import Sandbox

A_SECOND = 50
ROUND_TRIP = 0.05
TAPS = 1_000
WARM_UP = 500
ROUNDS = 3
PATIENCE = 120
CONTENDERS = {"tap": "Rein, durable tap turns", "bare": "the two calls, no Rein"}


class Taps:
    """People before the days keyboard, each of whom sets and clears Monday."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._shown: list[tuple[Person, int]] = []
        self._numbers = count()
        self._at: dict[int, float] = {}
        self.waits: list[float] = []

    def show(self, sandbox: Sandbox) -> None:
        """Put the keyboard before everybody."""
        for person in list(sandbox.people.values()):
            shown = sandbox.post(sandbox.chats[person.id], sandbox.bot(), {"text": "Which days?"})
            self._shown.append((person, shown["message_id"]))

    def tap(self) -> None:
        """Let the next one tap."""
        round_, place = divmod(next(self._numbers), len(self._shown))
        person, message = self._shown[place]
        written = callback_data.encode(Tap("sd", PROMPT, f"0{'-+'[round_ % 2]}"))
        self._at[self._sandbox.chats[person.id].id] = time.perf_counter()
        acts.press(self._sandbox, person, message, written)

    async def tap_on(self, times: int) -> None:
        """Let as many tap, at the rate."""
        begun = time.perf_counter()
        for number in range(times):
            await asyncio.sleep(begun + number / A_SECOND - time.perf_counter())
            self.tap()

    async def watch(self, answers: int) -> None:
        """Note how long each answer took, in milliseconds, until so many came."""
        async for event in self._sandbox.feed.follow(None):
            if event.kind == "edited":
                tapped = self._at.pop(event.body["chat_id"])
                self.waits.append((time.perf_counter() - tapped) * 1000)
                if len(self.waits) == answers:
                    return


def measure() -> dict[str, Any]:
    """Run the rounds, and gather percentiles by contender, the median of the rounds each."""
    found: dict[str, list[list[float]]] = {name: [] for name in CONTENDERS}
    for _ in range(ROUNDS):
        for name in CONTENDERS:
            found[name].append(asyncio.run(_round(name)))
    rows = {
        name: {
            f"p{percent}_ms": statistics.median(
                statistics.quantiles(waits, n=100)[percent - 1] for waits in rounds
            )
            for percent in (50, 99)
        }
        for name, rounds in found.items()
    }
    return {
        "what": "milliseconds from a tap to its answer",
        **rig.machine(),
        "n": TAPS,
        "rounds": ROUNDS,
        "a_second": A_SECOND,
        "round_trip_ms": ROUND_TRIP * 1000,
        "rows": rows,
        "beyond_ms": {key: rows["tap"][key] - rows["bare"][key] for key in rows["tap"]},
    }


def table(measured: dict[str, Any]) -> str:
    """Write the result for people."""
    rows = {said: measured["rows"][name] for name, said in CONTENDERS.items()}
    rows["beyond the API's own"] = measured["beyond_ms"]
    head = f"n = {measured['n']} taps, {measured['a_second']}/s, {measured['round_trip_ms']:.0f} ms"
    lines = [f"{head:40}        p50        p99"]
    for said, told in rows.items():
        lines.append(f"{said:40}{told['p50_ms']:8.1f} ms{told['p99_ms']:8.1f} ms")
    return "\n".join(lines)


async def _round(name: str) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        async with rig.serving(ROUND_TRIP) as (sandbox, address):
            turns.invite(sandbox)
            taps = Taps(sandbox)
            taps.show(sandbox)
            async with turns.running(name, address, Path(folder)), asyncio.timeout(PATIENCE):
                return await _tapped(taps)


async def _tapped(taps: Taps) -> list[float]:
    """Tap at the rate; leave out what came while the bot started and warmed up."""
    await asyncio.gather(taps.watch(1), taps.tap_on(1))
    await asyncio.gather(taps.watch(1 + WARM_UP + TAPS), taps.tap_on(WARM_UP + TAPS))
    return taps.waits[1 + WARM_UP :]
