"""Turns a second of one, two and three worker processes on one PostgreSQL with durable commits.

Texts of everybody come into the inbox at once, before workers that wait; the rules read them, and
one sender brings the answers to the sandbox in this process. Turns are counted as they are done,
and answers as they arrive, each between the two marks that `turns` has. Rounds of the three
alternate. Everybody's first text is left out: it warms the processes, and PostgreSQL looks at its
tables after it, as it does by itself within minutes.

All of it shares the cores of this machine: where no core is idle, another worker brings nothing.
Processor time tells what a turn would take where there are more.
"""

import asyncio
import statistics
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks import commits, contenders, rig, turns
from bot.clock import SystemClock
from bot.sandbox.server import Sandbox
from bot.telegram import envelope, reception
from storage import inbox, opening
from storage.inbox import Arrival
from tests.scale import crew
from tests.scale.crew import SENDERS, WORKERS, Crew
from tests.storage import postgres
from tests.storage.postgres import Server

EACH = 3
ROUNDS = 2
SIZES = tuple(range(1, len(WORKERS) + 1))
SENDER = SENDERS[0]
LOOK_AGAIN = timedelta(seconds=0.1)
_DONE = "SELECT count(*) FROM inbox WHERE state = 'done' AND received_at = %s"
_WAITING = """
    SELECT (SELECT count(*) FROM inbox WHERE state = 'new')
         + (SELECT count(*) FROM outbox WHERE state IN ('new', 'sending'))
"""
Round = dict[str, float]
KEYS = ("turns_s", "answers_s", "workers_ms", "sender_ms")


def measure() -> dict[str, Any]:
    """Run the rounds, where there is a server to be had."""
    found: dict[int, list[Round]] = {size: [] for size in SIZES}
    with postgres.private(durable=True) as server:
        if server is not None:
            for size in SIZES * ROUNDS:
                found[size].append(_round(server, size))
    return {
        "what": "turns a second by worker processes on PostgreSQL; CPU of them and of the sender",
        **rig.machine(),
        "n": contenders.PEOPLE * EACH,
        "window": [turns.WARM_UP, turns.LAST],
        "rounds": ROUNDS,
        "rows": {str(size): _told(found[1], rounds) for size, rounds in found.items() if rounds},
    }


def table(measured: dict[str, Any]) -> str:
    """Write the result for people."""
    if not measured["rows"]:
        return commits.NO_SERVER
    first, last = (f"{share:.0%}" for share in measured["window"])
    lines = [
        f"n = {measured['n']} texts, from {first} to {last} of them; {measured['cores']} cores",
        "  workers   turns/s   to one   answers/s   CPU of a turn: workers   sender",
    ]
    for size, told in measured["rows"].items():
        lines.append(
            f"  {size:7}{told['turns_s']:10.0f}{told['to_one']:9.2f}{told['answers_s']:12.0f}"
            f"{told['workers_ms']:22.2f} ms{told['sender_ms']:6.2f} ms"
        )
    return "\n".join(lines)


def _told(one: list[Round], rounds: list[Round]) -> Round:
    ratios = (ours["turns_s"] / ones["turns_s"] for ours, ones in zip(rounds, one, strict=True))
    medians = {key: statistics.median(found[key] for found in rounds) for key in KEYS}
    return {**medians, "to_one": statistics.median(ratios)}


def _round(server: Server, workers: int) -> Round:
    with (
        tempfile.TemporaryDirectory() as folder,
        postgres.database(server.url) as database,
    ):
        return asyncio.run(_turns(Path(folder), replace(server, url=database), workers))


async def _turns(folder: Path, server: Server, workers: int) -> Round:
    url = server.url.render_as_string(hide_password=False)
    made = replace(rig.options("", folder, rig.UNLIMITED), database_url=url)
    await asyncio.to_thread(contenders.seed, made)
    names = (SENDER, *WORKERS[:workers])
    async with crew.working(folder, server, names, model="none") as (members, sandbox):
        turns.invite(sandbox)
        pids = list(map(members.pid, names))
        await _answered(members, sandbox, 1, pids)
        await asyncio.to_thread(postgres.administer, server.url, "ANALYZE")
        return await _answered(members, sandbox, EACH, pids)


async def _answered(members: Crew, sandbox: Sandbox, each: int, pids: list[int]) -> Round:
    """Let everybody write *each* texts, and see them all answered."""
    turns.texts(sandbox, each)
    arrivals, now = _taken(sandbox), SystemClock().now()
    with closing(opening.open_beside(members.database, members.folder / "master.key", now)) as kept:
        await kept.write(lambda t: inbox.put(t, arrivals, now))
    turned, (answers, sent, *took) = await asyncio.gather(
        _rate(members, now, len(arrivals)),
        turns.rate(sandbox, "message", *pids, n=len(arrivals)),
    )
    while (await members.asked(_WAITING))[0][0]:
        await SystemClock().wait(LOOK_AGAIN)
    return {
        "turns_s": turned,
        "answers_s": answers,
        "workers_ms": sum(took),
        "sender_ms": sent,
    }


async def _rate(members: Crew, arrived: datetime, n: int) -> float:
    """Tell how many turns a second are done between the marks."""
    marks = list[tuple[float, int]]()
    for share in (turns.WARM_UP, turns.LAST):
        while (done := (await members.asked(_DONE, arrived))[0][0]) < int(n * share):
            await SystemClock().wait(LOOK_AGAIN)
        marks.append((time.perf_counter(), done))
    (begun, before), (ended, after) = marks
    return (after - before) / (ended - begun)


def _taken(sandbox: Sandbox) -> list[Arrival]:
    """Take the updates as the way in does."""
    arrivals: list[Arrival] = []
    while update := sandbox.updates.oldest():
        address = envelope.read(update)
        assert address is not None
        arrivals.append(reception.arrival(address, update))
        sandbox.updates.confirm(update["update_id"] + 1)
    return arrivals
