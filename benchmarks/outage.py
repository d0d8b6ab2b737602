"""A thousand turns and two hundred ratings, with Opik down for the first half of them.

The whole house on loopback, a model that answers at once, and the recorder that the tests
have for an Opik. Turns come one after the other, so that each one's time is its own.
"""

import asyncio
import statistics
import time
from datetime import datetime
from typing import Any

from sqlalchemy import select

from benchmarks import rig
from bot.app import Running
from bot.background import beside
from bot.clock import SystemClock
from bot.opik import Opik
from bot.sandbox.server import Sandbox
from coach.llm.scripted import ScriptedModel
from storage import opik_outbox, people
from storage.tables.record import TURN
from storage.transaction import Transaction
from tests.bot.house import Guest
from tests.opik.recording import Held, Recording, recording, until

TURNS, RATINGS, PEOPLE, WARM_UP = 1_000, 200, 50, 10
ANSWER = "That was a long day. Would the small version fit today?"
STARS = "reply_rating"


def measure() -> dict[str, Any]:
    """Take the turns, wait until Opik has caught up, and compare what it holds with ours."""
    with recording() as opik:
        return asyncio.run(_measure(opik))


def table(measured: dict[str, Any]) -> str:
    """Write the result for people."""
    lines = ["Opik down for the first half:     arrived  expected  lost  doubled"]
    for name, told in measured["rows"].items():
        counts = "".join(f"{told[key]:>9}" for key in ("arrived", "expected", "lost", "doubled"))
        lines.append(f"  {name:<30}{counts}")
    for half, told in measured["turn_ms"].items():
        lines.append(f"  a turn, Opik {half:<17} {told['p50']:.1f} ms, p95 {told['p95']:.1f} ms")
    behind, caught_up = measured["most_waiting"], measured["caught_up_s"]
    lines.append(f"  waiting when Opik came back: {behind}; caught up after {caught_up:.1f} s")
    return "\n".join(lines)


async def _measure(opik: Recording) -> dict[str, Any]:
    model = ScriptedModel(lambda asked: rig.NO_DANGER if asked.step == "safety_triage" else ANSWER)
    async with rig.house(model, Opik(opik.url)) as (sandbox, bot):
        return await _halves(bot, sandbox, opik)


async def _halves(bot: Running, sandbox: Sandbox, opik: Recording) -> dict[str, Any]:
    guests = [Guest(sandbox, sandbox.add_person(f"Person {n}", "en")) for n in range(PEOPLE)]
    for guest in guests:
        await rig.settle(bot, guest.person)
    await until(lambda: bool(opik.held().prompts))  # Opik's package is loaded
    for guest in guests[:WARM_UP]:
        await guest.say(rig.SAID)
    await until(lambda: _waiting(bot) == 0)
    opik.forget()
    ours: dict[str, int | None] = {}
    opik.down()
    down = await _half(bot, guests, ours)
    behind, back, came_back = _waiting(bot), time.perf_counter(), SystemClock().now()
    opik.up()

    async def caught_up() -> float:
        await until(lambda: (_oldest(bot) or SystemClock().now()) > came_back)
        return time.perf_counter() - back

    async with beside(caught_up()) as catching_up:
        up = await _half(bot, guests, ours)
        took = await catching_up
    await until(lambda: _waiting(bot) == 0)
    return {
        "turns": TURNS,
        "ratings": RATINGS,
        "rows": _compared(opik.held(), ours),
        "most_waiting": behind,
        "caught_up_s": took,
        "turn_ms": {"down": _ms(down), "back": _ms(up)},
    }


async def _half(bot: Running, guests: list[Guest], ours: dict[str, int | None]) -> list[float]:
    """Take half of the turns, and rate every fifth; note what Opik should come to know."""
    took: list[float] = []
    for turn in range(TURNS // 2):
        guest = guests[turn % PEOPLE]
        asked = time.perf_counter()
        await guest.say(rig.SAID)
        took.append(time.perf_counter() - asked)
        stars = 1 + turn % 5 if turn % (TURNS // RATINGS) == 0 else None
        ours[await _rated(bot, guest, stars)] = stars
    return took


async def _rated(bot: Running, guest: Guest, stars: int | None) -> str:
    """Rate the latest turn, in words of the outbox, unless *stars* is None; return its trace."""
    newest = select(TURN.c.trace_id).order_by(TURN.c.id.desc()).limit(1)

    def rate(transaction: Transaction) -> str:
        person = people.find(transaction, guest.person.id)
        assert person is not None
        trace = transaction.run(newest.where(TURN.c.person_id == person.id)).scalar_one()
        scores = {} if stars is None else {STARS: stars}
        opik_outbox.put_scores(transaction, person, trace, scores, SystemClock().now())
        return trace

    return await bot.database.write(rate)


def _compared(held: Held, ours: dict[str, int | None]) -> dict[str, Any]:
    """Count what is there, what should be, and what is there twice."""
    given = {trace: stars for trace, stars in ours.items() if stars is not None}
    arrived = {s["id"]: s["value"] for s in held.scores.values() if s["name"] == STARS}
    told = ("trace_id", "parent_span_id", "name", "start_time")  # an id apart is no other span
    spans = [tuple(span.get(name) for name in told) for span in held.spans.values()]
    right = sum(arrived.get(trace) == stars for trace, stars in given.items())
    return {
        "traces": _told(len(held.traces.keys() & ours.keys()), len(ours), len(held.traces)),
        "ratings": _told(right, len(given), len(arrived)),
        "spans of traces": _told(len(set(spans)), len(set(spans)), len(spans)),
    }


def _told(arrived: int, expected: int, there: int) -> dict[str, int]:
    lost, doubled = expected - arrived, there - arrived
    return {"arrived": arrived, "expected": expected, "lost": lost, "doubled": doubled}


def _waiting(bot: Running) -> int:
    return bot.database.read_now(opik_outbox.backlog).waiting


def _oldest(bot: Running) -> datetime | None:
    return bot.database.read_now(opik_outbox.backlog).oldest


def _ms(took: list[float]) -> dict[str, float]:
    p95 = statistics.quantiles(took, n=20)[-1]
    return {"p50": statistics.median(took) * 1000, "p95": p95 * 1000}
