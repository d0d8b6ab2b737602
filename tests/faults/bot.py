"""A whole bot in a process of its own, as a test wishes it: for load, chaos and memory.

    python -m tests.faults.bot '{"root": …, "folder": …}'

says `up` when it works, and works until it is killed or asked to end.
"""

import asyncio
import json
import sys
from collections.abc import AsyncGenerator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot import signals
from bot.app import Running, running
from bot.background import Background, until
from bot.clock import SystemClock
from bot.demo import TOKEN
from bot.options import Options
from coach.llm.port import Chunk, ModelAnswer, ModelRequest, Provider
from coach.llm.scripted import ScriptedModel
from tests.faults.company import RICH, answer
from tests.models import contract

LOOK_EVERY = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """What kind of bot: where it lives, how far its clock is ahead, and what its model does."""

    root: str
    folder: str
    database: str = ""  # a file in the folder, unless it is said
    ahead_s: float = 0
    model_root: str = ""
    model_takes_s: float = 0

    @property
    def database_url(self) -> str:
        """Where its database is."""
        return self.database or f"sqlite:///{Path(self.folder) / 'rein.db'}"

    def __str__(self) -> str:
        return json.dumps(asdict(self))


class AheadClock(SystemClock):
    """The machine's clock, some time ahead."""

    def __init__(self, ahead: timedelta) -> None:
        self._ahead = ahead

    def now(self) -> datetime:
        return super().now() + self._ahead


class SlowModel(ScriptedModel):
    """Repeats what was said, after as long as a real one takes."""

    def __init__(self, takes: timedelta) -> None:
        super().__init__(answer)
        self._takes = takes

    async def generate(self, request: ModelRequest) -> ModelAnswer:
        await SystemClock().wait(self._takes)
        self.requests.clear()
        return await super().generate(request)

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Chunk]:
        await SystemClock().wait(self._takes)
        self.requests.clear()
        async for chunk in super().stream(request):
            yield chunk


def _model(wish: Wish) -> Provider:
    if wish.model_root:
        return contract.make("openai-compatible", wish.model_root)
    return SlowModel(timedelta(seconds=wish.model_takes_s))


async def run(wish: Wish) -> None:
    folder, clock = Path(wish.folder), AheadClock(timedelta(seconds=wish.ahead_s))
    options = Options(
        token=TOKEN,
        telegram_root=wish.root,
        database_url=wish.database_url,
        key_file=folder / "master.key",
        clock=clock,
        clock_may_be_set=False,
        public=True,
        model=_model(wish),
        caps=RICH,
    )
    stop, tasks = signals.stop_event(), Background()
    async with running(options, tasks) as parts:
        tasks.start("looks", _look(parts, clock))
        print("up", flush=True)
        await until(stop, tasks)


async def _look(parts: Running, clock: SystemClock) -> None:
    """Look for what is due more often than a bot does whose days are longer."""
    while True:
        await parts.sweep.look()
        await clock.wait(LOOK_EVERY)


if __name__ == "__main__":
    asyncio.run(run(Wish(**json.loads(sys.argv[1]))))
