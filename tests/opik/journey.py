"""A whole journey as Opik has it in the end: the real bot over real HTTP, and a scripted model.

    python -m tests.opik.journey docs/tracing.md

draws its traces into a page that holds an older drawing; without a page it prints them.
"""

import asyncio
import json
import re
import sys
import tempfile
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import judging
from bot.clock import SystemClock
from bot.opik import Opik
from coach.llm.port import Chunk, Finish, ModelAnswer, ModelRequest, Usage
from coach.llm.scripted import ScriptedModel
from coach.llm.timing import Deadlines
from storage import opik_outbox
from tests.bot import house
from tests.bot.house import House
from tests.bot.test_judging import verdict
from tests.bot.test_worded_conversations import WORDED, to_a_plan
from tests.opik.recording import Held, Recording, Row, recording, tree

GOAL, TALK = "declutter the garage", "I feel proud of this week, call me on +34 600 123 456"
REPLY = ("A good week, and it counts. ", "Would the small version fit tomorrow?")
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
PATIENT = Deadlines(*[timedelta(seconds=20)] * 3)
_VARYING = ("latency_ms", "first_token_ms", "version")
_FENCE = re.compile(r"```text\n.*?\n```", re.DOTALL)


class Model(ScriptedModel):
    """Words well, and costs what one of Google's does."""

    name, model = "gemini", "gemini-3.1-flash-lite"

    def __init__(self) -> None:
        super().__init__(self._answer)

    async def generate(self, request: ModelRequest) -> ModelAnswer:
        return replace(await super().generate(request), usage=Usage(prompt=300, output=60))

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Chunk]:
        self.requests.append(request)
        for piece in REPLY:
            yield Chunk(piece)
        yield Chunk("", Usage(prompt=800, output=16, cached=500), Finish.STOP)

    def _answer(self, request: ModelRequest) -> str:
        if request.step.startswith("evaluate_"):
            return verdict(request, 8)
        return json.dumps(WORDED[request.step](request.data))


async def recorded(opik: Recording, folder: Path, *, words: bool = False) -> Held:
    """Go from a goal to a plan, a reply and its stars; return what Opik has then."""
    began = SystemClock().elapsed()

    def now() -> datetime:
        return MONDAY + (SystemClock().elapsed() - began)

    where = Opik(url=opik.url, words=words)
    async with (
        house.sandbox_only(folder, now) as rein,
        rein.open(model=Model(), opik=where, deadlines=PATIENT),
    ):
        guest = rein.guest()
        await to_a_plan(guest, GOAL)
        await guest.say(TALK)
        message, data = guest.button("☆")
        await guest.tap_data(message, f"{data[:-1]}5")
        return await _arrived(rein, opik)


async def _arrived(rein: House, opik: Recording) -> Held:
    """Wait until Opik has everything, the judge's scores of the last reply among it."""
    async with asyncio.timeout(house.PATIENCE):
        while True:
            held = await asyncio.to_thread(opik.held)
            names = {score["name"] for score in held.scores.values()}
            assert rein.bot is not None
            waiting = (await rein.bot.database.read(opik_outbox.backlog)).waiting
            if not waiting and {"relevance_judge", "reply_rating"} <= names:
                return held


def drawing(held: Held) -> str:
    """Draw every trace in its order, without what differs each time."""
    told = replace(held, traces=_steady(held.traces), spans=_steady(held.spans))
    order = sorted(held.traces.values(), key=lambda trace: trace["start_time"])
    drawn = "\n\n".join(tree(told, trace["id"]) for trace in order)
    opaque = re.sub(r"thread \w+", "thread (opaque)", drawn)
    return re.sub(r"(_version=\w+)-[0-9a-f]{8}\b", r"\1-…", opaque)


def _steady(rows: dict[str, Row]) -> dict[str, Row]:
    return {key: {**row, "metadata": _kept(row.get("metadata") or {})} for key, row in rows.items()}


def _kept(facts: Row) -> Row:
    return {name: fact for name, fact in facts.items() if name not in _VARYING}


def main() -> None:
    """Draw the journey."""
    judging.SHARES.update(dict.fromkeys(judging.SHARES, 1.0))
    with recording() as opik, tempfile.TemporaryDirectory() as folder:
        drawn = f"```text\n{drawing(asyncio.run(recorded(opik, Path(folder))))}\n```"
    for name in sys.argv[1:]:
        page = Path(name)
        page.write_text(_FENCE.sub(lambda _: drawn, page.read_text("utf-8")), "utf-8")
    if not sys.argv[1:]:
        print(drawn)


if __name__ == "__main__":
    main()
