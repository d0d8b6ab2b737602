"""What tracing costs: a turn without it, with it, and with it while Opik hangs.

One bot each, in a process of its own with the sandbox it lives in, whose model answers after
20 ms; a turn asks it twice side by side (danger and reply). The parent lets them take turns one
at a time, in an order that changes, so that whatever slows the machine slows all of them. Each
triple is compared with itself. Then 10,000 traces are kept while nobody takes them.
"""

import asyncio
import gc
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import AsyncGenerator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import rig
from bot.background import beside
from bot.clock import SystemClock
from bot.opik import Opik
from bot.sandbox.chats import Person
from bot.sandbox.feed import Event
from bot.sandbox.server import LOOPBACK, Sandbox
from coach import tracing
from coach.ids import uuid7
from coach.llm.port import Chunk, ModelAnswer, ModelRequest
from coach.llm.scripted import ScriptedModel
from coach.tracing import Trace
from storage import opik_outbox, people
from storage.opening import open_for_bot
from storage.transaction import Transaction
from tests.opik.recording import recording

ROUNDS, WARM_UP = 300, 20
LATENCY = 0.020
TICK = 0.005
TRACES, AT_ONCE, SPANS = 10_000, 50, 5
CALLS = 200_000
WAYS = ("off", "on", "hanging")


class Slow(ScriptedModel):
    """Answers after a fixed while, as a server does."""

    def __init__(self) -> None:
        super().__init__(lambda request: rig.NO_DANGER if request.schema else "A long day of work.")

    async def generate(self, request: ModelRequest) -> ModelAnswer:
        await asyncio.sleep(LATENCY)
        return await super().generate(request)

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Chunk]:
        await asyncio.sleep(LATENCY)
        async for chunk in super().stream(request):
            yield chunk


def measure() -> dict[str, Any]:
    """Let the three take turns, and fill an outbox that nobody empties."""
    with ExitStack() as held:
        deaf = held.enter_context(socket.create_server((LOOPBACK, 0), backlog=512))
        opik = held.enter_context(recording())
        places = ("", opik.url, f"http://{LOOPBACK}:{deaf.getsockname()[1]}/api")
        bots = [held.enter_context(_child(place)) for place in places]
        for bot in bots:
            _read(bot)
        turns = [_triple(bots, first % 3) for first in range(ROUNDS + WARM_UP)][WARM_UP:]
        lags = [_asked(bot, "lag") for bot in bots]
    return {
        "what": "milliseconds of a turn; overhead is the median of the pairs' differences",
        "at": datetime.now(UTC).isoformat(timespec="seconds"),  # noqa: TID251 - told, not used
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "rounds": ROUNDS,
        "model_ms": LATENCY * 1_000,
        "ways": {way: _summed(turns, n, lags[n]) for n, way in enumerate(WAYS)},
        "off_span_ns": _span_without_a_trace(),
        "memory": asyncio.run(_memory()),
    }


def table(measured: dict[str, Any]) -> str:
    """Write the result for people."""
    heads = ("turn ms", "p95", "overhead", "of turn", "from", "to", "lag p99")
    lines = [f"{'tracing':10}" + "".join(f"{head:>9}" for head in heads)]
    for way, told in measured["ways"].items():
        lines.append(
            f"{way:10}{told['median_ms']:9.2f}{told['p95_ms']:9.2f}{told['over_ms']:9.2f}"
            f"{told['over_share']:9.2%}{told['over_from']:9.2%}{told['over_to']:9.2%}"
            f"{told['lag_p99_ms']:9.2f}"
        )
    memory = measured["memory"]
    lines.append(f"a span without a trace: {measured['off_span_ns']:.0f} ns")
    lines.append(
        f"{memory['traces']} traces kept, Opik down: {memory['kib']:.0f} KiB more in memory"
    )
    return "\n".join(lines)


def _child(place: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "benchmarks.tracing", place],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _triple(bots: list[subprocess.Popen[str]], first: int) -> list[float]:
    """Have each bot take one turn; return the milliseconds in the order of the ways."""
    took = [0.0] * len(bots)
    for n in (*range(first, len(bots)), *range(first)):
        took[n] = _asked(bots[n], "turn")
    return took


def _asked(bot: subprocess.Popen[str], what: str) -> float:
    assert bot.stdin is not None
    bot.stdin.write(f"{what}\n")
    bot.stdin.flush()
    return float(_read(bot))


def _read(bot: subprocess.Popen[str]) -> str:
    assert bot.stdout is not None
    return bot.stdout.readline()


def _summed(turns: list[list[float]], n: int, lag: float) -> dict[str, float]:
    took = [triple[n] for triple in turns]
    pairs = sorted(triple[n] - triple[0] for triple in turns)
    over, off = statistics.median(pairs), statistics.median(triple[0] for triple in turns)
    within = round(0.98 * len(pairs) ** 0.5)  # ranks on either side: 95 % sure of the median
    return {
        "median_ms": statistics.median(took),
        "p95_ms": statistics.quantiles(took, n=20)[-1],
        "over_ms": over,
        "over_share": over / off,
        "over_from": pairs[len(pairs) // 2 - within] / off,
        "over_to": pairs[len(pairs) // 2 + within] / off,
        "lag_p99_ms": lag,
    }


def _span_without_a_trace() -> float:
    """Return the nanoseconds that a span costs where nothing is traced."""
    began = time.perf_counter()
    for _ in range(CALLS):
        with tracing.span("step"):
            pass
    return (time.perf_counter() - began) / CALLS * 1e9


async def _memory() -> dict[str, float]:
    """Keep traces that nobody takes; return how much more memory we need after it."""
    now = SystemClock().now()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/rein.db"
        database = open_for_bot(url, Path(folder) / "master.key", now)
        ada = await database.write(lambda t: people.create(t, 1, "en", now))
        await database.write(lambda t: _keep(t, ada, TRACES // 10))
        tracemalloc.start()
        first = _in_use()
        for _ in range(TRACES // AT_ONCE):
            await database.write(lambda t: _keep(t, ada, AT_ONCE))
        more = _in_use() - first
        tracemalloc.stop()
        database.close()
    return {"traces": TRACES, "kib": more / 1024}


def _keep(transaction: Transaction, person: people.Person, traces: int) -> None:
    for _ in range(traces):
        trace = _turn(person.thread_id)
        payload = trace.payload()
        opik_outbox.put_trace(transaction, person, trace.id, payload, trace.root.start)


def _in_use() -> int:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def _turn(thread: str) -> Trace:
    clock = SystemClock()
    trace = Trace(uuid7(clock.now()), thread, clock.now)
    with tracing.recording(trace):
        for _ in range(SPANS):
            with tracing.span("step") as span:
                span.note(mode="rules", prompt_version="rules-1")
    return trace


# --- one bot ---


async def _serve(place: str) -> None:
    """Take a turn for each line of the input, and tell what it took in milliseconds."""
    opik, lags = Opik(url=place) if place else None, list[float]()
    async with (
        rig.house(Slow(), opik, rig.UNLIMITED) as (sandbox, bot),
        beside(_ticking(lags)),
    ):
        person = sandbox.add_person("Ada", "en")
        await rig.settle(bot, person)
        print("ready", flush=True)
        while line := (await asyncio.to_thread(sys.stdin.readline)).strip():
            told = _p99(lags) if line == "lag" else await _take(sandbox, person)
            print(told * 1_000, flush=True)


async def _take(sandbox: Sandbox, person: Person) -> float:
    """Say something; return the seconds until the answer is there."""
    began = time.perf_counter()
    return await rig.said(sandbox, person, _is_answer) - began


def _is_answer(event: Event) -> bool:
    return event.kind == "message" and event.body["message"]["from"]["is_bot"]


async def _ticking(lags: list[float]) -> None:
    """Note how late the loop is, over and over."""
    while True:
        due = time.perf_counter() + TICK
        await asyncio.sleep(TICK)
        lags.append(max(0.0, time.perf_counter() - due))


def _p99(lags: list[float]) -> float:
    return statistics.quantiles(lags, n=100)[-1]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asyncio.run(_serve(sys.argv[1]))
    else:
        print(table(measure()))
